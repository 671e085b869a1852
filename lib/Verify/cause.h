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
 * Find the causes of one differing pair, and append them to pair->causes; of
 * the pair nothing else is looked at.  how[] is how the two objects were made;
 * its output is not looked at.  work is a directory that exists; nothing stays
 * in it.
 *
 * Both sides are preprocessed and the text compiled (which has to show a
 * difference, too, else it is no proof).  All hunks in which the tokens differ
 * are put back; if that makes the objects equal (on a rung before "order"),
 * those are put forth again, half by half, that can be; the rest is proven: put
 * back together they make the objects equal, and without any one of them they
 * do not.  Parentheses that V_x brings are put back only if they matter.
 *
 * The compiler is run at most some 60 times; tokens that were not tried by
 * themselves until then are guesses.  If putting all back does not help, the
 * first hunks are guesses; if the text shows no difference, there is one guess
 * without a place, "what the preprocessor does not show".
 *
 * Returns 0, or -1 after one error: no space, no such compiler.  A text that
 * does not preprocess or compile is no error: then there is no cause.
 */
int	vn_cause_find(struct vn_pair *pair, const struct vn_command *command,
	    const struct vn_recompile how[2],
	    const struct vn_compare *compare, const char *work);

#endif /* !VN_VERIFY_CAUSE_H */
