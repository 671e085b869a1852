/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which section and which symbol of one object is which of another.
 */

#ifndef VN_OBJECT_MATCH_H
#define	VN_OBJECT_MATCH_H

#include <stdbool.h>

#include "Object/view.h"

struct vn_match {
	struct vn_view	 one, other;
	int		*sections;	/* owned; one's index -> other's, -1 */
	int		*sections_back;	/* owned; other's -> one's */
	int		*symbols;	/* owned; -1: only in one */
	int		*symbols_back;	/* owned */
	bool		*inexact;	/* owned; by symbol of one: a function
					   whose code differs, so that places
					   inside cannot be compared */
};

/*
 * Sections by name, and by order where several have it.  Symbols by name; local
 * ones that find none by what they would be called without the compiler's
 * number or function ("last.0", "f.last"), and then by their order among those
 * of the same section, type and size: a static may be renamed.
 */
void	vn_match_init(struct vn_match *out, const struct vn_object *one,
	    const struct vn_object *other);
void	vn_match_free(struct vn_match *match);

/* Do a symbol of one and of the other mean the same? */
bool	vn_match_symbol(const struct vn_match *match, int one, int other);

/* The same for two targets; the types of relocations are no matter. */
bool	vn_match_target(const struct vn_match *match,
	    const struct vn_target *one, const struct vn_target *other);

#endif /* !VN_OBJECT_MATCH_H */
