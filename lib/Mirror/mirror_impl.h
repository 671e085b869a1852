/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Shared by the parts that make copies.
 */

#ifndef VN_MIRROR_MIRROR_IMPL_H
#define	VN_MIRROR_MIRROR_IMPL_H

#include <sys/stat.h>

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"

struct vn_linemap;
struct vn_mirror;
struct vn_setting;
struct vn_strbuf;

/* mirror.c: the map of a file, from its edits where they are known. */
void	vn_mirror_map(struct vn_linemap *out, const struct vn_mirror *mirror,
	    const char *path, const struct vn_strbuf *plain,
	    const struct vn_strbuf *converted);

/*
 * list.c: what is in a directory.
 */

enum vn_kind { VN_KIND_NONE, VN_KIND_FILE, VN_KIND_DIR, VN_KIND_LINK };

struct vn_entry {
	char		*name;		/* owned */
	enum vn_kind	 kind;		/* NONE: a device, a socket */
};

struct vn_entries {
	struct vn_entry	*items;		/* owned; sorted by name */
	size_t		 count, room;
};

/*
 * Append what is in the directory, ".git" and precompiled headers left out.
 * Returns 0, or -1 with errno set.
 */
int	vn_list_dir(struct vn_entries *out, const char *dir);

/* What is there under a name. */
enum vn_kind vn_list_kind(const struct vn_entries *list, const char *name);

void	vn_entries_free(struct vn_entries *list);

/*
 * place.c: what is right already is left untouched, what is in the way is
 * removed.  Each returns 0, or -1 after one error.
 */

/* A real directory at path.  *is_new is set if nothing can be in it. */
int	vn_place_dir(const char *path, bool *is_new);

/* A symbolic link at path. */
int	vn_place_link(const char *path, const char *target);

/* A file of these bytes, with the time and mode of the original. */
int	vn_place_file(const char *path, const char *data, size_t len,
	    const struct stat *original);

/* Where the link at path leads, owned by the caller; NULL with errno set. */
char	*vn_place_target(const char *path);

/* Remove what is at path, with all that is below it. */
int	vn_place_nothing(const char *path);

/*
 * settings.c: "#define N ..." lines (not those of macros with parameters) of a
 * source made "#define N VALUE", or "#undef N", on as many lines as before.
 * The result is appended to out if any line is another one; in_file is set for
 * each setting that has a line, if it is that of a header: what a source
 * defines, it defines for itself.  Returns whether out was written.
 */
bool	vn_settings_apply(struct vn_setting *settings, size_t count,
	    struct vn_strbuf *out, const char *data, size_t len, bool header);

/* Is it by its name a source that settings act on? */
bool	vn_settings_reach(const char *path);

/*
 * copies.c: one name of a tree.  Each returns 0, or -1 after one error.
 */

enum { VN_TREE_BASE = 2, VN_NTREES };	/* beside 0, plain, 1, converted */

struct vn_names {
	char	**items;	/* owned, as are the names */
	size_t	 count, room;
};

struct vn_mirroring {
	struct vn_mirror	*m;			/* borrowed */
	const char		*trees[VN_NTREES];	/* borrowed; the base
							   may be NULL */
	struct vn_names		 changed;
	struct vn_names		 only[2];
};

/* A file of both trees. */
int	vn_put_pair(struct vn_mirroring *w, const char *rel);

/* A file of one tree, or a symbolic link, into the copy of that side. */
int	vn_put_one(struct vn_mirroring *w, int tree, int side,
	    const char *rel);
int	vn_put_link(struct vn_mirroring *w, int tree, int side,
	    const char *rel);

/* The headers outside of the trees, into over[]. */
int	vn_put_extra(struct vn_mirror *m);

/* tree.c: all of it. */
int	vn_put_trees(struct vn_mirroring *w);

#endif /* !VN_MIRROR_MIRROR_IMPL_H */
