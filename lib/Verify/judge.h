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
struct vn_pair;
struct vn_pairs;

struct vn_judging {
	const struct vn_compare *compare;	/* borrowed */
	bool	historical;
	bool	explain;	/* fill in differences */
};

/*
 * Read both objects of a pair, fill in rung, sums and differences.  Returns 0,
 * or -1 after one error (an object that cannot be read).
 */
int	vn_judge_pair(struct vn_pair *pair, const struct vn_judging *how);

/*
 * Pair the objects below two directories by their names as seen from them: .o,
 * .pico, .So, .a (each member), .ko, .kld.  A .ko is left out where both trees
 * hold objects in its directory.  Objects are read and judged one after the
 * other.  Returns 0, or -1 after one error: no such directory, the same one
 * twice, no object in either.
 */
int	vn_judge_directories(struct vn_pairs *out, const char *plain,
	    const char *converted, const struct vn_judging *how);

#endif /* !VN_VERIFY_JUDGE_H */
