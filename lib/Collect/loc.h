/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * libclang's locations as (source index, byte offset).  The only place that
 * turns one into the other.  Private to this folder.
 */

#ifndef VN_COLLECT_LOC_H
#define	VN_COLLECT_LOC_H

#include <stdbool.h>
#include <stdint.h>

#include <clang-c/Index.h>

struct vn_sources;

/* Names of files that libclang gave, and the sources they are. */
struct vn_paths {
	const struct vn_sources	*sources;	/* borrowed */
	struct vn_path_entry	*by_name;	/* uthash head, owned */
	struct vn_handle_entry	*by_handle;	/* likewise; for one unit */
};

struct vn_place {
	int		 source; /* index, or -1: not a file that matters */
	uint32_t	 off;
	unsigned	 line, col;
	CXFile		 file;	/* NULL: no file (pasted, command line) */
};

/* Forget the handles of the unit before; they are reused by libclang. */
void	vn_paths_new_unit(struct vn_paths *paths);
void	vn_paths_free(struct vn_paths *paths);

/* The source a file is, or -1. */
int	vn_paths_source(struct vn_paths *paths, CXFile file);

/* Its canonical name, or NULL where it has none; owned by paths. */
const char *vn_paths_name(struct vn_paths *paths, CXFile file);

/* Is it a file that a search for names looks at: .c or .h, or none at all? */
bool	vn_paths_searched(struct vn_paths *paths, CXFile file);

/* Is this the first time that this is asked of the file? */
bool	vn_paths_first(struct vn_paths *paths, CXFile file);

/* Where the token itself stands, in a macro's body or argument if need be. */
struct vn_place vn_place_spelling(struct vn_paths *paths,
    CXSourceLocation loc);

/* Where the outermost macro that it comes from is expanded, or the token. */
struct vn_place vn_place_expansion(struct vn_paths *paths,
    CXSourceLocation loc);

#endif /* !VN_COLLECT_LOC_H */
