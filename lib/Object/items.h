/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A section of data taken apart into its variables, for objects that differ
 * only in their order.
 */

#ifndef VN_OBJECT_ITEMS_H
#define	VN_OBJECT_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_canon;
struct vn_reloc;

/* One variable, or more that are at the same place (aliases). */
struct vn_item {
	const char	*name;		/* borrowed */
	size_t		 base, len;	/* what counts: bytes from base,
					   len of them */
	uint64_t	 start, size;	/* bytes, in the section */
	uint64_t	 aligns;	/* bit n: alignment 2^n fits */
};

/* The variables of a section; none: its order is not free. */
struct vn_items {
	struct vn_item	*items;		/* owned; by start */
	size_t		 count, room;
	size_t		*order;		/* owned: indexes, by number */
	size_t		*numbers;	/* owned: each item's number */
	size_t		 numbered;	/* how many have one */
};

/*
 * Fill in canon->items: of each section whose variables may stand in any
 * order.  After vn_canon_number_sections().
 */
void	vn_items_find(struct vn_canon *canon);
/* The last step of that: each item's number (rank.c). */
void	vn_items_number(struct vn_canon *canon);
void	vn_items_free(struct vn_canon *canon);

/* The item that holds the offset; NULL: none. */
const struct vn_item *vn_items_at(const struct vn_items *items,
	    uint64_t offset);

/*
 * How many bytes a relocation by a section's own symbol means beyond its
 * addend: with x86's addresses relative to the next instruction, those to its
 * end.  Returns false where that cannot be told, as with an addend that is in
 * the bytes (REL), or a machine whose relocations are not known to mean just
 * symbol and addend.
 */
bool	vn_items_bias(struct vn_canon *canon, int section,
	    const struct vn_reloc *reloc, int64_t *bias);

/* Could each variable of both have the same alignment at both its places? */
bool	vn_items_aligned(const struct vn_canon *one,
	    const struct vn_canon *other);

#endif /* !VN_OBJECT_ITEMS_H */
