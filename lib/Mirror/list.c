/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What is in a directory.
 */

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "mirror_impl.h"

static enum vn_kind
kind_of_mode(mode_t mode)
{
	return (S_ISREG(mode) ? VN_KIND_FILE : S_ISDIR(mode) ? VN_KIND_DIR :
	    S_ISLNK(mode) ? VN_KIND_LINK : VN_KIND_NONE);
}

/* File systems that do not tell are asked about each. */
static enum vn_kind
kind_of(const char *dir, const struct dirent *de)
{
	enum vn_kind kind;
	struct stat st;
	char *path;

	switch (de->d_type) {
	case DT_REG:
		return (VN_KIND_FILE);
	case DT_DIR:
		return (VN_KIND_DIR);
	case DT_LNK:
		return (VN_KIND_LINK);
	case DT_UNKNOWN:
		path = vn_file_join(dir, de->d_name);
		kind = lstat(path, &st) != 0 ? VN_KIND_NONE :
		    kind_of_mode(st.st_mode);
		free(path);
		return (kind);
	default:
		return (VN_KIND_NONE);
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct vn_entry *x, *y;

	x = a;
	y = b;
	return (strcmp(x->name, y->name));
}

/*
 * gcc takes a precompiled header for the one of its name without a look at
 * that, so none may be near a copy.
 */
static bool
is_passed_over(const char *name)
{
	return (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	    strcmp(name, ".git") == 0 || vn_file_ends(name, ".gch") ||
	    vn_file_ends(name, ".pch"));
}

int
vn_list_dir(struct vn_entries *out, const char *dir)
{
	struct vn_entry e;
	struct dirent *de;
	DIR *d;
	int saved;

	d = opendir(dir);
	if (d == NULL)
		return (-1);
	while ((errno = 0, de = readdir(d)) != NULL) {
		if (is_passed_over(de->d_name))
			continue;
		e.name = vn_strdup(de->d_name);
		e.kind = kind_of(dir, de);
		VN_PUSH(out, e);
	}
	saved = errno;
	closedir(d);
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(out->items[0]), by_name);
	errno = saved;
	return (saved == 0 ? 0 : -1);
}

enum vn_kind
vn_list_kind(const struct vn_entries *list, const char *name)
{
	const struct vn_entry *e;
	struct vn_entry key;

	if (list->count == 0)
		return (VN_KIND_NONE);
	key.name = vn_strdup(name);
	e = bsearch(&key, list->items, list->count, sizeof(key), by_name);
	free(key.name);
	return (e == NULL ? VN_KIND_NONE : e->kind);
}

void
vn_entries_free(struct vn_entries *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		free(list->items[i].name);
	VN_FREE(list);
}
