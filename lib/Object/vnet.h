/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Virtualized variables in objects: section set_vnet (sys/net/vnet.h).
 */

#ifndef VN_OBJECT_VNET_H
#define	VN_OBJECT_VNET_H

#include <stddef.h>
#include <stdint.h>

struct vn_object;
struct vn_differences;

struct vn_vnet_variable {
	const char	*name;		/* without vnet_entry_; borrowed from
					   the object */
	uint64_t	 offset, size;	/* bytes in set_vnet */
};

struct vn_vnet_set {
	struct vn_vnet_variable	*items;		/* owned; by offset */
	size_t			 count, room;
	uint64_t		 size;	/* of the section, with padding */
	uint64_t		 align;
};

/* The variables of the object's set_vnet; none: all zero. */
void	vn_vnet_read(struct vn_vnet_set *out, const struct vn_object *object);
void	vn_vnet_free(struct vn_vnet_set *set);

/*
 * Compare two objects of trees that are both converted and compiled with
 * VIMAGE, symbol by symbol: code, data, and the contents of set_vnet, whose
 * order is free, and that of other variables and of functions, but not that of
 * linker sets.  Unwinding follows from code and is left out, as is what fills
 * up between functions.  Appends what differs.  Returns 0 if nothing does, else
 * 1.
 */
int	vn_vnet_compare(struct vn_differences *out,
	    const struct vn_object *one, const struct vn_object *other);

#endif /* !VN_OBJECT_VNET_H */
