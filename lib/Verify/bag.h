/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A set of names that owns them.
 */

#ifndef VN_VERIFY_BAG_H
#define	VN_VERIFY_BAG_H

#include <stdbool.h>
#include <stddef.h>

#include "Facts/names.h"
#include "Support/mem.h"

/* Names in the order in which they came.  Start with { 0 }. */
struct vn_bag {
	VN_VEC(char *)	 words;		/* owned, by index in set */
	struct vn_names	 set;
};

/* Add the len bytes at word; returns whether they were not there yet. */
bool	vn_bag_add(struct vn_bag *bag, const char *word, size_t len);

bool	vn_bag_has(const struct vn_bag *bag, const char *word);
void	vn_bag_free(struct vn_bag *bag);

#endif /* !VN_VERIFY_BAG_H */
