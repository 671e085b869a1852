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

/*
 * Which rung holds for two objects; plain first.  how may be NULL: no renames.
 *
 * What is debug data: sections that are not loaded and named .debug_*,
 * .zdebug_*, .stab*, .comment, .gnu_debuglink and the like, .SUNW_ctf, .ctf and
 * .note.gnu.build-id; their relocations and groups, symbols in them, and labels
 * (".L...") that nothing else refers to.
 *
 * Data is only in another order if the variables of sections for plain data
 * are the same bytes, relocations and references, each at a place that its
 * alignment could have put it.  Linker sets (sections whose name is a C
 * identifier), mergeable and thread-local data and sections with anything that
 * has no symbol are never free.
 */
enum vn_rung vn_object_compare(const struct vn_object *plain,
	    const struct vn_object *converted, const struct vn_compare *how);

/*
 * The comparison of 2008: section contents that strip(1) leaves, without
 * symbols, relocations and debug data.
 */
bool	vn_object_historical(const struct vn_object *plain,
	    const struct vn_object *converted);

/*
 * Feed fn, piece by piece, with all of an object that counts on the rungs
 * "bytes" and "debug": two objects are on one of these if and only if they feed
 * the same bytes, so sums of them tell.  Nothing of it depends on the machine
 * that it runs on.
 */
void	vn_object_feed(const struct vn_object *object,
	    void (*fn)(const void *bytes, size_t len, void *arg), void *arg);

/* "bytes", "debug", "symbols", "renames", "order", "differs"; static. */
const char *vn_rung_name(enum vn_rung rung);

#endif /* !VN_OBJECT_COMPARE_H */
