/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The shape of a source without preprocessing it: which bracket closes which,
 * and what each brace holds.  Every branch of an #if starts with the brackets
 * that are open at the #if; after the #endif those of the first branch count
 * that is not "#if 0".  Where braces do not balance, column 0 tells where
 * functions start and end.  A #define body is a world of its own.
 */

#ifndef VN_FACTS_OUTLINE_H
#define	VN_FACTS_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_lex;

enum vn_brace {
	VN_BRACE_NONE,		/* not a brace */
	VN_BRACE_FUNCTION,	/* a function's body */
	VN_BRACE_BLOCK,		/* compound statement inside one */
	VN_BRACE_STRUCT,	/* members of a struct or union */
	VN_BRACE_ENUM,
	VN_BRACE_INIT,		/* initializer list or compound literal */
	VN_BRACE_OTHER		/* extern "C" and what is not C */
};

struct vn_function {
	int	name;		/* token of its name */
	int	params;		/* token of the '(' of its parameters; the
				   body's where a macro holds them */
	int	body;		/* token of '{' */
	int	end;		/* token of '}' (or the last token); heads in
				   several branches of an #if share one */
};

struct vn_outline {
	int32_t			*match;	/* owned; per token: other end of the
					   bracket, or -1 */
	int32_t			*up;	/* owned; per token: innermost open
					   bracket before it, or -1 */
	uint8_t			*brace;	/* owned; per token: enum vn_brace of
					   a '{' */
	struct vn_function	*functions;	/* owned, in order */
	size_t			 nfunctions;
};

/* Outline lexed bytes; the caller frees out with vn_outline_free. */
void	vn_outline(struct vn_outline *out, const struct vn_lex *lex,
	    const char *data);
void	vn_outline_free(struct vn_outline *outline);

/*
 * The function whose parameters, K&R declarations or body hold the token, or
 * NULL.
 */
const struct vn_function *vn_outline_function(const struct vn_outline *outline,
	    int tok);

#endif /* !VN_FACTS_OUTLINE_H */
