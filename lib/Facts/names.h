/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A set of identifiers that a search through many bytes can ask cheaply.
 */

#ifndef VN_FACTS_NAMES_H
#define	VN_FACTS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_name_slot {
	const char	*name;		/* borrowed */
	uint32_t	 len;
	uint32_t	 hash;
	int32_t		 index;
};

/* Open addressing, at most half full.  Start with { 0 }. */
struct vn_names {
	struct vn_name_slot	*slots;	/* owned */
	size_t			 nslots;
	size_t			 count;
};

/*
 * Add a name (borrowed: it has to outlive the set) and return its index, the
 * old one where it is known already; indexes count from 0.
 */
int	vn_names_add(struct vn_names *set, const char *name);

/* The index of the name of len bytes, or -1. */
int	vn_names_find(const struct vn_names *set, const char *name, size_t len);

/* The same for a name as it stands in a source, splices inside and all. */
int	vn_names_find_spelled(const struct vn_names *set, const char *name,
	    size_t len);

void	vn_names_free(struct vn_names *set);

#endif /* !VN_FACTS_NAMES_H */
