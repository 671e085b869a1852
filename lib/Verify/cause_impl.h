/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Shared by the parts of cause.h.
 */

#ifndef VN_VERIFY_CAUSE_IMPL_H
#define	VN_VERIFY_CAUSE_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "Build/recompile.h"
#include "Object/object.h"
#include "Quick/ptokens.h"

struct vn_cause;
struct vn_command;

/* Preprocessed text is compiled here. */
struct vn_cause_cc {
	char	**argv;		/* owned */
	char	 *dir;		/* it runs there; owned */
	char	 *private;	/* directory of the next two; owned */
	char	 *text;		/* file that argv compiles; owned */
	char	 *object;	/* and what it makes; owned */
};

/*
 * Prepare for compiling with the words of a command.  Returns 0, or -1 after
 * one error.  To be finished even then: removes the files.
 */
int	vn_cause_cc_init(struct vn_cause_cc *cc,
	    const struct vn_command *command, const struct vn_recompile *how,
	    const char *work);
void	vn_cause_cc_finish(struct vn_cause_cc *cc);

/*
 * Compile text to out, which is the caller's to free.  Returns 1; 0: it does
 * not compile; or -1 after one error.
 */
int	vn_cause_compile(struct vn_object *out, const struct vn_cause_cc *cc,
	    const char *text, size_t len);

/*
 * Preprocess both sides.  Returns 1; 0: one does not preprocess, and there are
 * no tokens.
 */
int	vn_cause_preprocess(struct vn_ptokens out[2],
	    const struct vn_command *command,
	    const struct vn_recompile how[2]);

/* Describe a hunk, whose names are seen from root (NULL: as they are). */
void	vn_cause_describe(struct vn_cause *out, const struct vn_hunk *hunk,
	    const struct vn_ptokens tokens[2], const char *root);

#endif /* !VN_VERIFY_CAUSE_IMPL_H */
