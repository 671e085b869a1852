/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the files of the forms that compile share.
 */

#ifndef VN_VERIFY_TREES_IMPL_H
#define	VN_VERIFY_TREES_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"

#include "Build/build.h"
#include "Build/recompile.h"
#include "Mirror/mirror.h"
#include "Units/commands.h"

struct vn_pair;
struct vn_pairs;
struct vn_trees;

/* One command, on both sides. */
struct unit {
	const struct vn_command	*command;	/* borrowed */
	const char	*rel;	/* its source as seen from the tree; borrowed */
	char		*name;		/* of its object; owned */
	size_t		 steps[3][2];	/* by enum vn_output and side */
	bool		 there[2];	/* that side has the source */
	bool		 same;		/* tokens told: not compiled */
	bool		 debug;		/* compiled with -g, too */
};

struct verifying {
	const struct vn_trees	*how;		/* borrowed */
	struct vn_commands	 commands;
	VN_VEC(struct unit)	 units;		/* by source */
	struct vn_mirror	 mirror;
	VN_VEC(char *)		 extra, places, flags;	/* owned */
	VN_VEC(struct vn_moved)	 moved[2];
	struct vn_recompile	 recompile[2];
	struct vn_build		 build;
	bool			 sides[2];	/* which are compiled */
	unsigned char		*seen;	/* owned: by setting, what files that
					   were compiled have of it */
};

/*
 * Choose the units and make the private copies; sides is set.  0, or -1 after
 * one error; vn_verifying_free in any case.
 */
int	vn_verifying_begin(struct verifying *v, const struct vn_trees *how);

/*
 * With --quick find the units whose tokens are the same; compile the others.
 * 0, or -1 after one error.
 */
int	vn_verifying_compile(struct verifying *v);
void	vn_verifying_free(struct verifying *v);

/* The step that compiles a unit on a side; NULL: there is none. */
const struct vn_step *vn_verifying_step(const struct verifying *v,
	    const struct unit *u, int side);

/*
 * shown.c: what a step's compiler said (owned; "" if nothing), and
 * the places of what differs and why, with names and lines of the trees.
 */
char	*vn_shown_messages(const struct verifying *v,
	    const struct vn_step *step, int side);
void	vn_shown_places(const struct verifying *v, struct vn_pair *pair);

/* settings.c: headers outside of the trees that may define what is set. */
void	vn_settings_headers(struct verifying *v);

/* -D and -U of what no file defines. */
void	vn_settings_flags(struct verifying *v);

/*
 * Look for the settings in a file that was compiled; seen is by setting.
 * Returns whether the file can be read.
 */
bool	vn_settings_see(const struct vn_trees *how, unsigned char *seen,
	    const char *path);

/*
 * Is one defined only in headers that nothing compiled includes?  Then it is
 * left to the command line from now on, and all has to be compiled again.
 */
bool	vn_settings_missed(struct verifying *v);

/* 0, or -1 after an error: nothing that was compiled spells a setting. */
int	vn_settings_check(const struct verifying *v);

/*
 * foreign.c: is it a file of another tree than that side's own, where it is
 * another one or is not there?
 */
bool	vn_foreign_file(const struct verifying *v, int side, const char *path);

/*
 * Is one of these names, as seen from dir, such a file?  What was found out of
 * each is in *looked, NULL at first.
 */
struct vn_looked;
bool	vn_foreign_names(const struct verifying *v, int side, const char *dir,
	    char *const *names, size_t count, struct vn_looked **looked);
void	vn_looked_free(struct vn_looked *looked);

/* 0, or -1 after an error: a step read such a file. */
int	vn_foreign_check(const struct verifying *v);

/* tokens.c: mark units whose tokens are the same. */
int	vn_tokens_first(struct verifying *v);

/*
 * Mark pairs that are equal but include a stretch whose lines are not mapped,
 * and whose tokens show it.
 */
int	vn_tokens_unmapped(struct verifying *v, struct vn_pairs *pairs);

#endif /* !VN_VERIFY_TREES_IMPL_H */
