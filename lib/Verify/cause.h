/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Why two objects of one source differ: the tokens whose undoing in a private
 * copy of the preprocessed converted source makes the objects equal.
 */

#ifndef VN_VERIFY_CAUSE_H
#define	VN_VERIFY_CAUSE_H

#include "Build/recompile.h"

struct vn_command;
struct vn_compare;
struct vn_pair;

/*
 * Find the causes of one differing pair.  Both sides are preprocessed and the
 * text compiled (which has to show the same difference, else it is no proof).
 * All hunks in which the tokens differ are put back; if that makes the objects
 * equal, those are put forth again, half by half, that can be; the rest is
 * proven.  Parentheses that V_x brings are never shown.  If putting all back
 * does not help, nothing is proven, and the first hunks are guesses.  Returns
 * 0, or -1 after one error.
 */
int	vn_cause_find(struct vn_pair *pair, const struct vn_command *command,
	    const struct vn_recompile how[2],
	    const struct vn_compare *compare, const char *work);

#endif /* !VN_VERIFY_CAUSE_H */
