/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Walking a built tree.
 */

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"

#include "Verify/find.h"

/* The walk: where it is, and what it found. */
struct walk {
	struct vn_found_list	*out;
	const char		*top;
};

static bool
kind_of(const char *name, enum vn_found_kind *kind)
{
	static const struct {
		const char	*suffix;
		enum vn_found_kind kind;
	} table[] = {
		{ ".o", VN_FOUND_OBJECT }, { ".pico", VN_FOUND_OBJECT },
		{ ".So", VN_FOUND_OBJECT }, { ".a", VN_FOUND_ARCHIVE },
		{ ".ko", VN_FOUND_MODULE }, { ".kld", VN_FOUND_MODULE },
	};

	for (size_t i = 0; i < VN_NITEMS(table); i++)
		if (vn_file_ends(name, table[i].suffix)) {
			*kind = table[i].kind;
			return (true);
		}
	return (false);
}

static int walk_directory(struct walk *w, const char *below);

static int
cannot_read(const char *path)
{

	vn_error("cannot read '%s': %s", path, strerror(errno));
	return (-1);
}

/* One entry, below the top under that name. */
static int
walk_entry(struct walk *w, const char *name)
{
	char *path = vn_file_join(w->top, name);
	enum vn_found_kind kind;
	bool object = kind_of(name, &kind);
	struct stat st;
	int status = 0;

	if (lstat(path, &st) != 0)
		status = cannot_read(path);
	else if (S_ISDIR(st.st_mode))
		status = walk_directory(w, name);
	else if (object && stat(path, &st) != 0)
		status = cannot_read(path);
	else if (object && S_ISREG(st.st_mode))
		VN_PUSH(w->out, (struct vn_found){ vn_strdup(name), kind });
	free(path);
	return (status);
}

static int
walk_directory(struct walk *w, const char *below)
{
	char *path = *below == '\0' ? vn_strdup(w->top) :
	    vn_file_join(w->top, below);
	DIR *dir = opendir(path);
	struct dirent *de;
	int status = dir == NULL ? cannot_read(path) : 0;

	while (status == 0 && (errno = 0, de = readdir(dir)) != NULL) {
		char *name;

		if (de->d_name[0] == '.')
			continue;
		name = *below == '\0' ? vn_strdup(de->d_name) :
		    vn_file_join(below, de->d_name);
		status = walk_entry(w, name);
		free(name);
	}
	if (status == 0 && errno != 0)
		status = cannot_read(path);
	if (dir != NULL)
		closedir(dir);
	free(path);
	return (status);
}

static int
by_name(const void *a, const void *b)
{
	const struct vn_found *x = a, *y = b;

	return (strcmp(x->name, y->name));
}

int
vn_find_objects(struct vn_found_list *out, const char *dir)
{
	struct walk w = { out, dir };
	int status = walk_directory(&w, "");

	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_name);
	return (status);
}

void
vn_found_free(struct vn_found_list *list)
{

	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].name);
	VN_FREE(list);
}
