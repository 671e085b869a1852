/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Private copies of two trees: real directories, links to what is the same,
 * copies of what changed.
 */

#ifndef VN_MIRROR_MIRROR_H
#define	VN_MIRROR_MIRROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Mirror/linemap.h"

/* What is defined otherwise, or not at all, on both sides. */
struct vn_setting {
	char	*name;		/* owned by whoever made it */
	char	*value;		/* NULL: --undef */
	bool	 in_file;	/* out: a header defined it */
};

struct vn_mirror {
	/* In. */
	const char	*trees[2];	/* canonical: plain, converted; lent */
	const char	*base;	/* canonical tree that lends files that none
				   has (generated ones), or NULL; borrowed */
	const char	*work;		/* absolute directory, made; borrowed */
	const char	*aside;	/* a directory that base does not lend, beside
				   work; or NULL; borrowed */
	bool		 lines;		/* neutralize line numbers */
	struct vn_setting *settings;	/* borrowed */
	size_t		 nsettings;
	char *const	*extra;	/* headers outside of the trees that settings
				   act on, too (opt_global.h); borrowed */
	size_t		 nextra;
	/*
	 * What is known of the edits that made a converted file (as seen from
	 * the root), or NULL; both NULL: nothing is.
	 */
	const struct vn_line_edit *(*edits)(const char *path, size_t *count,
			    void *arg);
	void		*arg;
	/* Out. */
	char		*roots[2];	/* work/0 and work/1; owned */
	char		*over[2];	/* to be first among -I: what was made
					   of extra; owned, or NULL */
	char		**changed;	/* owned: files that differ, as seen
					   from the roots, sorted */
	size_t		 nchanged;
	char		**only[2];	/* owned: files of one tree only, as
					   seen from its root, sorted */
	size_t		 nonly[2];
	struct vn_stretches unmapped;	/* in the converted tree */
	uint64_t	 names[2];	/* a digest of which names the copies
					   have, as one more may be found where
					   another was */
};

/*
 * Make, or bring up to date, the two copies: what is right already is not
 * touched, what is in the tree no more is removed.  Directories are real; a
 * file is a symbolic link, or a copy with the time of the original if a #line
 * or a setting changes it.  Symbolic links within the tree stay what they are;
 * those into any of the trees lead into the copy, others where they led.
 * ".git" is passed over, as are precompiled headers, devices and sockets.  The
 * trees are only read; none may be in the other or in a copy, nor hold the work
 * directory.  Files count as equal by their bytes.  Returns 0, or -1 after one
 * error.
 */
int	vn_mirror_make(struct vn_mirror *mirror);
void	vn_mirror_free(struct vn_mirror *mirror);

/*
 * Check a revision of the git repository at top (bare, a worktree, a directory
 * in one) out into dir, which is made: with an index of its own, the file
 * "dir.index", so that nothing in the repository changes.  Where dir and that
 * are there already, only files that are not right are written.  Returns 0, or
 * -1 after one error (no git, no such revision).
 */
int	vn_mirror_checkout(const char *top, const char *revision,
	    const char *dir);

/*
 * Write the historical padding of all changed files as unified diffs to file
 * (of the plain tree) and file.converted (of the other).  Returns 0, or -1
 * after one error; what cannot be padded is appended to stretches.
 */
int	vn_mirror_counterpatch(const struct vn_mirror *mirror,
	    const char *file, struct vn_stretches *stretches);

/*
 * Which line of a file of the converted tree says that number in its copy?  For
 * one that has none in the plain tree, a line nearby.
 */
unsigned vn_mirror_line(const struct vn_mirror *mirror, const char *path,
	    unsigned said);

#endif /* !VN_MIRROR_MIRROR_H */
