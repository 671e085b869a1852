/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files: read whole, walked, and replaced all or none.
 */

#ifndef VN_SUPPORT_FILE_H
#define	VN_SUPPORT_FILE_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

struct vn_strbuf;

/*
 * Append the bytes of the file at path to out.  Returns 0, or -1 with errno
 * set; nothing is reported.
 */
int	vn_file_read(struct vn_strbuf *out, const char *path);

/*
 * The canonical absolute name of path (realpath(3)), owned by the caller, or
 * NULL with errno set.
 */
char	*vn_file_realpath(const char *path);

/* "dir/name", or name where it is absolute; owned by the caller. */
char	*vn_file_join(const char *dir, const char *name);

/* The directory that the name path stands in: "." without a '/'; owned. */
char	*vn_file_dirname(const char *path);

/* Is there something of that name in dir?  Links are followed. */
bool	vn_file_exists(const char *dir, const char *name);

/*
 * Where vnetize keeps what it can make again: $XDG_CACHE_HOME/vnetize,
 * $HOME/.cache/vnetize, /tmp/vnetize-cache, the first whose variable is an
 * absolute name; owned by the caller.
 */
char	*vn_file_cache(void);

/*
 * path as seen from dir: the rest after "dir/" where path lies below it, ""
 * where they are equal, else NULL.  Both canonical.  Borrowed from path.
 */
const char *vn_file_below(const char *path, const char *dir);

/* Write all of the bytes, as write(2) may not.  0, or -1 with errno. */
int	vn_file_write_all(int fd, const char *data, size_t len);

/* Make dir and its parents, mode 0777 less umask.  0, or -1 with errno. */
int	vn_file_mkdirs(const char *dir);

/*
 * Call fn for each regular file below the directory path, in byte order of
 * names, directories first read whole; names that start with '.' and symbolic
 * links are passed over.  fn gets the path as "path/...".  Stops and returns
 * what fn returns when that is not 0; -1 with errno set where a directory
 * cannot be read.
 */
int	vn_file_walk(const char *path, int (*fn)(const char *file, void *arg),
	    void *arg);

/* One file to replace. */
struct vn_replacement {
	const char	*path;		/* borrowed */
	const char	*data;		/* borrowed; the new bytes */
	size_t		 len;
	const char	*old;		/* borrowed; what must be there now */
	size_t		 oldlen;
	const char *const *links; /* borrowed; other names of the same file */
	size_t		 nlinks;
};

/* Does the name end with that text, and is it longer? */
bool	vn_file_ends(const char *path, const char *end);

/*
 * Replace all the files or none.  Each is written to a temporary file in its
 * own directory with the mode and owner of the original, synced, and renamed
 * over it when all are written; if a rename fails, the files renamed before
 * are put back.  The file's other names in `links` become names of the new
 * one; those that are not given keep the old bytes.  A symbolic link stays
 * one, its target is replaced.  A file
 * whose new bytes are the old ones is left alone.  A file that does not hold
 * the old bytes any more, is not writable by its mode (not even for root), is
 * named twice, or whose directory cannot be written fails the whole set.
 * Interrupts (SIGINT, SIGTERM, SIGHUP) wait: the work is undone, no temporary
 * file is left, and then they come in.  Returns 0, or -1 after reporting one
 * error.
 */
int	vn_file_replace_all(const struct vn_replacement *files, size_t count);

/*
 * Write a new file at path, making its directories; an existing one is
 * replaced by rename(2).  Mode as that of the file named like (may be NULL).
 * Returns 0, or -1 after reporting one error.
 */
int	vn_file_write(const char *path, const char *data, size_t len,
	    const char *like);

#endif /* !VN_SUPPORT_FILE_H */
