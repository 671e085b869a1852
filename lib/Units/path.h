/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Names of files that may not exist, as commands spell them.
 */

#ifndef VN_UNITS_PATH_H
#define	VN_UNITS_PATH_H

/*
 * The absolute path without "." and "..", empty components and a '/' at the
 * end; links are not followed, but where a ".." after a link means another
 * file (and that exists), its canonical name.  Owned by the caller.
 */
char	*vn_path_clean(const char *path);

/* The same of dir/name, or of name where it is absolute. */
char	*vn_path_join(const char *dir, const char *name);

#endif /* !VN_UNITS_PATH_H */
