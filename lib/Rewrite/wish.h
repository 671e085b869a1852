/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What has to be turned in a unit so that an occurrence is seen.
 */

#ifndef VN_REWRITE_WISH_H
#define	VN_REWRITE_WISH_H

#include <stdbool.h>

struct vn_guard;
struct vn_occurrence;
struct vn_parse;
struct vn_plan;

/*
 * What the occurrence wants of the unit of that parse: where the unit skipped
 * it, what compiles it; where a macro drops it, what makes a definition count
 * that uses it.  That a macro drops it is known only once its text was
 * compiled: late says that what compiles it was tried.  False: it wants
 * nothing that can be had.
 */
bool	vn_wish_of(struct vn_guard *guard, const struct vn_plan *plan,
	    const struct vn_occurrence *o, const struct vn_parse *parse,
	    bool late);

#endif /* !VN_REWRITE_WISH_H */
