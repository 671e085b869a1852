/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What an identifier is, judged by the tokens around it: for code that no
 * configuration compiled, arguments that a macro drops, and macros that are
 * never expanded.
 */

#ifndef VN_REWRITE_CONTEXT_H
#define	VN_REWRITE_CONTEXT_H

#include <stdbool.h>

struct vn_macros;
struct vn_source;
struct vn_sources;

enum vn_meaning {
	VN_MEANS_REF,		/* a use of the variable at file scope */
	VN_MEANS_DEF,		/* the name in a definition at file scope */
	VN_MEANS_DECL,		/* the name in an extern declaration */
	VN_MEANS_OTHER,		/* something else: what says */
	VN_MEANS_UNSURE		/* cannot tell: what says why */
};

struct vn_context {
	enum vn_meaning	 meaning;
	const char	*what;		/* static */
	bool		 constant;	/* a use in a static initializer */
	bool		 hidden;	/* static in a function */
	bool		 sure;	/* other by its neighbours alone, whatever is
				   declared where */
};

/* Judge token t of the source. */
struct vn_context vn_context_of(const struct vn_macros *macros,
	    const struct vn_sources *sources, const struct vn_source *source,
	    int t);

/* Is token t the name in a declaration with "static"? */
bool	vn_token_is_static(const struct vn_source *source, int t);

/*
 * The token that declares something else of that name which token t would
 * mean: a local or a parameter of its function, or of its macro.  -1 if there
 * is none.
 */
int	vn_context_local(const struct vn_macros *macros,
	    const struct vn_sources *sources,
	    const struct vn_source *source, int t, const char *name);

/* Is token t below a sizeof, typeof or the like? */
bool	vn_context_unevaluated(const struct vn_source *source, int t);

#endif /* !VN_REWRITE_CONTEXT_H */
