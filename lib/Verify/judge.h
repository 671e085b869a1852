/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Objects read, compared, explained.
 */

#ifndef VN_VERIFY_JUDGE_H
#define	VN_VERIFY_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

struct vn_compare;
struct vn_object;
struct vn_pair;
struct vn_pairs;

struct vn_judging {
	const struct vn_compare *compare;	/* borrowed */
	bool	historical;
	bool	explain;	/* fill in differences */
};

/*
 * Read the objects of a pair that are present (paths are files, not members),
 * fill in rung, sums and differences.  Of the comparison of 2008 the rung is
 * VN_RUNG_DEBUG or VN_RUNG_DIFFERS.  Returns 0, or -1 after one error: an
 * object that cannot be read, two of different formats.
 */
int	vn_judge_pair(struct vn_pair *pair, const struct vn_judging *how);

/*
 * The same for objects in memory, plain first; NULL for one that is not there.
 * The bytes are freed.
 */
int	vn_judge_bytes(struct vn_pair *pair, const struct vn_judging *how,
	    unsigned char *data[2], const size_t len[2]);

/*
 * Are both names those of directories, and not of one (by device and inode)?
 * what is in them: "built objects".  Returns 0, or -1 after one error.
 */
int	vn_two_directories(const char *plain, const char *converted,
	    const char *what);

/*
 * Read the object of a file; freed with vn_object_free.  Returns 0, or -1 after
 * one error.
 */
int	vn_judge_open(struct vn_object *out, const char *path);

/*
 * Say where in the sources the differences of a judged pair are, from the line
 * tables of the same two objects compiled with -g; an object that cannot be
 * read says nothing.
 */
void	vn_judge_lines(struct vn_pair *pair, const char *plain,
	    const char *converted);

/*
 * Pair the objects below two directories (vn_find_objects) by their names as
 * seen from them: .o, .pico, .So, .a (each member: "lib.a(x.o)", of two of one
 * name the second is "lib.a(x.o)#2"), .ko, .kld.  A .ko or .kld is left out,
 * and counted in left_out, where both trees hold objects in its directory.
 * Objects are read and judged one after the other.  Returns 0, or -1 after one
 * error: no such directory, the same one twice, no object in either, an object
 * that cannot be read.
 */
int	vn_judge_directories(struct vn_pairs *out, const char *plain,
	    const char *converted, const struct vn_judging *how);

#endif /* !VN_VERIFY_JUDGE_H */
