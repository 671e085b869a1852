/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Directories, links and files of a private copy.  Untouched if they are
 * right: who asks for times of change then sees that nothing did.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/strbuf.h"
#include "mirror_impl.h"

static int
failed(const char *what, const char *path)
{
	vn_error("cannot %s '%s': %s", what, path, strerror(errno));
	return (-1);
}

static int
remove_below(const char *dir)
{
	struct vn_entries list = { 0 };
	char *path;
	size_t i;
	int error;

	error = vn_list_dir(&list, dir);
	if (error != 0)
		failed("read", dir);
	for (i = 0; error == 0 && i < list.count; i++) {
		path = vn_file_join(dir, list.items[i].name);
		error = vn_place_nothing(path);
		free(path);
	}
	vn_entries_free(&list);
	return (error);
}

int
vn_place_nothing(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return (errno == ENOENT ? 0 : failed("remove", path));
	if (!S_ISDIR(st.st_mode))
		return (unlink(path) == 0 ? 0 : failed("remove", path));
	if (remove_below(path) != 0)
		return (-1);
	return (rmdir(path) == 0 ? 0 : failed("remove", path));
}

int
vn_place_dir(const char *path, bool *is_new)
{
	struct stat st;

	*is_new = true;
	if (mkdir(path, 0777) == 0)
		return (0);
	if (errno != EEXIST || lstat(path, &st) != 0)
		return (failed("make the directory", path));
	if (S_ISDIR(st.st_mode)) {
		*is_new = false;
		return (0);
	}
	if (vn_place_nothing(path) != 0)
		return (-1);
	return (mkdir(path, 0777) == 0 ? 0 :
	    failed("make the directory", path));
}

char *
vn_place_target(const char *path)
{
	char buf[PATH_MAX];
	ssize_t n;

	n = readlink(path, buf, sizeof(buf));
	return (n < 0 ? NULL : vn_strndup(buf, (size_t)n));
}

static bool
is_link_to(const char *path, const char *target)
{
	char *there;
	bool same;

	there = vn_place_target(path);
	same = there != NULL && strcmp(there, target) == 0;
	free(there);
	return (same);
}

int
vn_place_link(const char *path, const char *target)
{
	if (symlink(target, path) == 0)
		return (0);
	if (errno != EEXIST)
		return (failed("make the link", path));
	if (is_link_to(path, target))
		return (0);
	if (vn_place_nothing(path) != 0)
		return (-1);
	return (symlink(target, path) == 0 ? 0 :
	    failed("make the link", path));
}

static bool
same_time(const struct timespec *a, const struct timespec *b)
{
	return (a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec);
}

/* Is it a file of these bytes? */
static bool
is_file_of(const char *path, const char *data, size_t len, struct stat *st)
{
	struct vn_strbuf sb = { 0 };
	bool same;

	if (lstat(path, st) != 0 || !S_ISREG(st->st_mode) ||
	    st->st_size != (off_t)len)
		return (false);
	same = vn_file_read(&sb, path) == 0 && sb.len == len &&
	    (len == 0 || memcmp(sb.data, data, len) == 0);
	vn_strbuf_free(&sb);
	return (same);
}

/* A new file; nothing of it stays if that fails. */
static int
write_file(const char *path, const char *data, size_t len,
    const struct stat *original)
{
	struct timespec times[2];
	int error, fd, saved;

	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    (original->st_mode & 0777) | S_IRUSR);
	if (fd == -1)
		return (failed("write", path));
	times[0] = original->st_atim;
	times[1] = original->st_mtim;
	error = vn_file_write_all(fd, data, len);
	if (error == 0)
		error = futimens(fd, times);
	saved = errno;
	if (close(fd) != 0 && error == 0) {
		error = -1;
		saved = errno;
	}
	if (error == 0)
		return (0);
	unlink(path);
	errno = saved;
	return (failed("write", path));
}

int
vn_place_file(const char *path, const char *data, size_t len,
    const struct stat *original)
{
	struct timespec times[2];
	struct stat st;

	if (!is_file_of(path, data, len, &st)) {
		if (vn_place_nothing(path) != 0)
			return (-1);
		return (write_file(path, data, len, original));
	}
	if (same_time(&st.st_mtim, &original->st_mtim))
		return (0);
	times[0] = original->st_atim;
	times[1] = original->st_mtim;
	return (utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0 ?
	    0 : failed("set the time of", path));
}
