/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the files of context.h share.
 */

#ifndef VN_REWRITE_CONTEXT_IMPL_H
#define	VN_REWRITE_CONTEXT_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "Rewrite/context.h"

struct vn_function;
struct vn_asked;
struct vn_source;

#define	IS(m, w)	((struct vn_context){ .meaning = (m), .what = (w) })
#define	OTHER(w)	IS(VN_MEANS_OTHER, w)
#define	UNDECIDED	IS(VN_MEANS_REF, NULL)

/* A judgement other than "a use, as far as this rule goes". */
static inline bool
decided(struct vn_context c)
{

	return (c.meaning != VN_MEANS_REF);
}

/* Members and enumerators: the innermost brace that is no initializer's. */
struct vn_context vn_context_brace(const struct vn_source *source, int t);

/* What the name is bound to at a place in the function; undecided if not. */
struct vn_context vn_context_bound(const struct vn_asked *place,
	    const struct vn_function *function);

/* Judge a name at a place in the body of a macro by the macro's uses. */
struct vn_context vn_context_body(const struct vn_asked *place);

/*
 * In a macro's body: the declaration of the name between braces there that the
 * place sees, or -1.
 */
int	vn_context_body_local(const struct vn_asked *place);

#endif /* !VN_REWRITE_CONTEXT_IMPL_H */
