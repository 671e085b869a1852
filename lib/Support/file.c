/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files: read whole, walked, and made.  Replacing them is in replace.c.
 */

#include "file.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "strbuf.h"

/* free(3) and close(2) may change errno, which is what we return. */
static void
free_keeping_errno(void *p)
{
	int saved;

	saved = errno;
	free(p);
	errno = saved;
}

static void
close_keeping_errno(int fd)
{
	int saved;

	saved = errno;
	close(fd);
	errno = saved;
}

/* Append what is left of fd; -1 with errno set. */
static int
read_all(struct vn_strbuf *out, int fd)
{
	ssize_t n;

	for (;;) {
		vn_strbuf_reserve(out, 4096);
		n = read(fd, out->data + out->len, out->room - out->len - 1);
		if (n > 0)
			out->len += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
	out->data[out->len] = '\0';
	return (n == 0 ? 0 : -1);
}

int
vn_file_read(struct vn_strbuf *out, const char *path)
{
	struct stat st;
	size_t len;
	int error, fd;

	len = out->len;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return (-1);
	if (fstat(fd, &st) == 0 && st.st_size > 0)
		vn_strbuf_reserve(out, (size_t)st.st_size + 4096);
	error = read_all(out, fd);
	if (error != 0) {
		out->len = len;
		out->data[len] = '\0';
	}
	close_keeping_errno(fd);
	return (error);
}

char *
vn_file_realpath(const char *path)
{
	return (realpath(path, NULL));
}

char *
vn_file_join(const char *dir, const char *name)
{
	size_t len;

	len = strlen(dir);
	if (*name == '/' || len == 0)
		return (vn_strdup(name));
	return (vn_asprintf("%s%s%s", dir, dir[len - 1] == '/' ? "" : "/",
	    name));
}

char *
vn_file_dirname(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return (vn_strdup("."));
	return (vn_strndup(path, slash == path ? 1 : (size_t)(slash - path)));
}

bool
vn_file_exists(const char *dir, const char *name)
{
	char *path = vn_file_join(dir, name);
	struct stat st;
	bool is = stat(path, &st) == 0;

	free(path);
	return (is);
}

char *
vn_file_cache(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache != NULL && cache[0] == '/')
		return (vn_asprintf("%s/vnetize", cache));
	if (home != NULL && home[0] == '/')
		return (vn_asprintf("%s/.cache/vnetize", home));
	return (vn_strdup("/tmp/vnetize-cache"));
}

const char *
vn_file_below(const char *path, const char *dir)
{
	size_t len;

	len = strlen(dir);
	if (strncmp(path, dir, len) != 0)
		return (NULL);
	if (path[len] == '\0' || (len > 0 && dir[len - 1] == '/'))
		return (path + len);
	return (path[len] == '/' ? path + len + 1 : NULL);
}

/* Make one directory, or find that it is there. */
static int
make_dir(const char *dir)
{
	struct stat st;

	if (mkdir(dir, 0777) == 0)
		return (0);
	if (errno != EEXIST || stat(dir, &st) != 0)
		return (-1);
	errno = ENOTDIR;
	return (S_ISDIR(st.st_mode) ? 0 : -1);
}

int
vn_file_mkdirs(const char *dir)
{
	char *copy, *p;
	int error;

	if (*dir == '\0')
		return (0);
	copy = vn_strdup(dir);
	error = 0;
	for (p = copy + 1; error == 0 && *p != '\0'; p++) {
		if (*p != '/' || p[-1] == '/')
			continue;
		*p = '\0';
		error = make_dir(copy);
		*p = '/';
	}
	if (error == 0)
		error = make_dir(copy);
	free_keeping_errno(copy);
	return (error);
}

/*
 * The walk.
 */

struct entry {
	char	*path;		/* owned */
	size_t	 name;		/* where its last part begins */
	bool	 is_dir;
};

struct entries {
	VN_VEC(struct entry)	v;
};

static int
by_name(const void *a, const void *b)
{
	const struct entry *x, *y;

	x = a;
	y = b;
	return (strcmp(x->path + x->name, y->path + y->name));
}

static void
free_entries(struct entries *list)
{
	size_t i;

	for (i = 0; i < list->v.count; i++)
		free(list->v.items[i].path);
	VN_FREE(&list->v);
}

/* Keep the entry if it is a file or a directory; it may be gone by now. */
static int
add_entry(struct entries *list, const char *dir, const char *name)
{
	struct entry e;
	struct stat st;

	e.path = vn_file_join(dir, name);
	if (lstat(e.path, &st) != 0) {
		free_keeping_errno(e.path);
		return (errno == ENOENT ? 0 : -1);
	}
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
		free(e.path);
		return (0);
	}
	e.is_dir = S_ISDIR(st.st_mode);
	e.name = strlen(e.path) - strlen(name);
	VN_PUSH(&list->v, e);
	return (0);
}

/* closedir(3) that leaves errno alone. */
static void
close_dir(DIR *dir)
{
	int saved;

	saved = errno;
	closedir(dir);
	errno = saved;
}

/* All of a directory, in order; -1 with errno set. */
static int
read_dir(struct entries *list, const char *path)
{
	struct dirent *de;
	DIR *dir;
	int error;

	dir = opendir(path);
	if (dir == NULL)
		return (-1);
	error = 0;
	while (error == 0 && (errno = 0, de = readdir(dir)) != NULL)
		if (de->d_name[0] != '.')
			error = add_entry(list, path, de->d_name);
	if (error == 0 && errno != 0)
		error = -1;
	close_dir(dir);
	if (list->v.count > 1)
		qsort(list->v.items, list->v.count, sizeof(list->v.items[0]),
		    by_name);
	return (error);
}

int
vn_file_walk(const char *path, int (*fn)(const char *file, void *arg),
    void *arg)
{
	struct entries list = { 0 };
	struct entry *e;
	size_t i;
	int error, saved;

	error = read_dir(&list, path);
	for (i = 0; error == 0 && i < list.v.count; i++) {
		e = &list.v.items[i];
		error = e->is_dir ? vn_file_walk(e->path, fn, arg) :
		    fn(e->path, arg);
	}
	saved = errno;
	free_entries(&list);
	errno = saved;
	return (error);
}

bool
vn_file_ends(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return (n > m && strcmp(path + n - m, end) == 0);
}

int
vn_file_write_all(int fd, const char *data, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = write(fd, data, len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return (-1);
		data += n;
		len -= (size_t)n;
	}
	return (0);
}
