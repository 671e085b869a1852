/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Are two objects the same?  The first rung of a ladder that holds.
 */

#ifndef VN_OBJECT_COMPARE_H
#define	VN_OBJECT_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

struct vn_object;

enum vn_rung {
	VN_RUNG_BYTES = 1,	/* identical bytes */
	VN_RUNG_DEBUG,		/* but for debug data and its relocations */
	VN_RUNG_SYMBOLS,	/* but for names of local symbols and the order
				   of symbols, strings, section headers */
	VN_RUNG_RENAMES,	/* the same after planned renames */
	VN_RUNG_ORDER,		/* but for the order of data */
	VN_RUNG_DIFFERS
};

/* A name in the converted tree and what it was. */
struct vn_rename {
	char	*now, *was;	/* owned by whoever made it */
};

struct vn_compare {
	const struct vn_rename	*renames;	/* borrowed */
	size_t			 nrenames;
};

/* Which rung holds for two objects; plain first. */
enum vn_rung vn_object_compare(const struct vn_object *plain,
	    const struct vn_object *converted, const struct vn_compare *how);

/*
 * The comparison of 2008: section contents that strip(1) leaves, without
 * symbols, relocations and debug data.
 */
bool	vn_object_historical(const struct vn_object *plain,
	    const struct vn_object *converted);

/* "bytes", "debug", "symbols", "renames", "order", "differs"; static. */
const char *vn_rung_name(enum vn_rung rung);

#endif /* !VN_OBJECT_COMPARE_H */
