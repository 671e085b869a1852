/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The forms that compile: two trees and a compilation database, or two
 * revisions.
 */

#ifndef VN_VERIFY_TREES_H
#define	VN_VERIFY_TREES_H

#include <stdbool.h>
#include <stddef.h>

struct vn_judging;
struct vn_pairs;
struct vn_record;
struct vn_setting;

struct vn_trees {
	const char	*trees[2];	/* canonical: plain, converted; lent */
	const char	*base;		/* canonical tree that the commands
					   name, if neither; NULL; borrowed */
	const char	*database;	/* file or directory; borrowed */
	char *const	*paths;	/* only sources below these: canonical, or as
				   seen from the trees; borrowed */
	size_t		 npaths;
	const char	*work;		/* absolute, made; borrowed */
	const char	*aside;		/* a directory that base does not lend,
					   or NULL; borrowed */
	const char	*self;		/* this program; borrowed */
	const char	*cc, *launcher;	/* or NULL; borrowed */
	unsigned	 jobs;
	struct vn_setting *settings;	/* borrowed; in_file is set */
	size_t		 nsettings;
	const struct vn_record *record;	/* of the conversion, or empty;
					   borrowed */
	bool		 no_lines;	/* leave line numbers as they are */
	bool		 quick;
	bool		 verbose;
	const char	*counterpatch;	/* file to write, or NULL; borrowed */
	const struct vn_judging *judging;	/* borrowed */
};

/*
 * Compile both trees, and pair what comes out.  Causes are looked for where
 * judging says explain.  Returns 0, or -1 after one error.
 */
int	vn_trees_verify(struct vn_pairs *out, const struct vn_trees *how);

#endif /* !VN_VERIFY_TREES_H */
