/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The words that a macro's call makes with ##, found on tokens, in whatever
 * configuration.
 */

#ifndef VN_REWRITE_EXPAND_H
#define	VN_REWRITE_EXPAND_H

#include <stdbool.h>
#include <stddef.h>

struct vn_macro;
struct vn_macros;
struct vn_source;
struct vn_sources;

/* "a ## b" in the body of a macro, with the arguments of one call. */
struct vn_paste {
	const struct vn_macro	*macro;	/* the one that has it */
	const char		*result;	/* the word it makes */
	const char *const	*pieces;	/* what is pasted, not empty */
	const bool		*given;	/* of each: an argument's, not the
					   body's */
	size_t			 npieces;
};

/*
 * Call fn for each ## of the macros that the name at token callee of a source
 * stands for, in all of their #defines, and of those that their bodies call
 * (C11 6.10.3.3).  What is lent to fn is gone after it.  An operand of several
 * tokens counts with the one next to the ##.  Stops and returns true when fn
 * does.
 */
bool	vn_expand_pastes(const struct vn_macros *macros,
	    const struct vn_sources *sources, const struct vn_source *source,
	    int callee,
	    bool (*fn)(const struct vn_paste *paste, void *arg), void *arg);

/* The pieces as a person reads them: "'foo_' and 'max'"; owned. */
char	*vn_paste_pieces(const struct vn_paste *paste);

#endif /* !VN_REWRITE_EXPAND_H */
