/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Paths of a command, where trees have moved.
 */

#ifndef VN_BUILD_MOVED_H
#define	VN_BUILD_MOVED_H

#include <stdbool.h>
#include <stddef.h>

struct vn_moved;

/* The trees, and where a command runs. */
struct vn_places {
	const struct vn_moved *moved;	/* borrowed; longest from first */
	size_t		 count;
	char		*dir;		/* where the command ran; owned */
	const struct vn_moved *in;	/* the tree that dir lies in, or NULL */
};

/* dir is copied. */
void	vn_places_init(struct vn_places *places, const struct vn_moved *moved,
	    size_t count, const char *dir);
void	vn_places_free(struct vn_places *places);

/* The directory to run the command in now; owned by the caller. */
char	*vn_places_dir(const struct vn_places *places);

/*
 * A path of the command, absolute or seen from its directory, as it is to be
 * spelled now: the same if it means the right file from the new directory,
 * else absolute.  A path that reaches a moved tree over a link counts as one
 * in the tree.  Owned by the caller.
 */
char	*vn_places_path(const struct vn_places *places, const char *path);

/*
 * The name of a file below its tree, or the whole absolute name if it lies in
 * none; owned by the caller.
 */
char	*vn_places_relative(const struct vn_places *places, const char *path);

/* Does the file exist where the command ran? */
bool	vn_places_exists(const struct vn_places *places, const char *path);

/*
 * Any word with each path into a moved tree replaced: at the word's start,
 * after punctuation, or joined to an option that takes a path, and up to the
 * end of a component.  Owned by the caller.
 */
char	*vn_places_text(const struct vn_places *places, const char *word);

/*
 * How long an option that takes a path in the same word is ("-I",
 * "--sysroot="), 0 if the word starts with none.
 */
size_t	vn_path_option(const char *word);

#endif /* !VN_BUILD_MOVED_H */
