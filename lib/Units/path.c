/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Names of files that may not exist.
 */

#include <sys/stat.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/strbuf.h"
#include "Units/path.h"

/* Take one component off; the top stays. */
static void
go_up(struct vn_strbuf *to)
{

	while (to->len > 0 && to->data[to->len - 1] != '/')
		to->len--;
	if (to->len > 0)
		to->len--;
}

/* Append the components of path; was there a ".."? */
static bool
add_components(struct vn_strbuf *to, const char *path)
{
	bool up = false;
	size_t n;

	for (; *path != '\0'; path += n) {
		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (n == 0 || (n == 1 && path[0] == '.'))
			continue;
		if (n == 2 && path[0] == '.' && path[1] == '.') {
			go_up(to);
			up = true;
			continue;
		}
		vn_strbuf_putc(to, '/');
		vn_strbuf_add(to, path, n);
	}
	if (to->len == 0)
		vn_strbuf_putc(to, '/');
	to->data[to->len] = '\0';
	return (up);
}

static bool
same_file(const char *a, const struct stat *b)
{
	struct stat st;

	return (stat(a, &st) == 0 && st.st_dev == b->st_dev &&
	    st.st_ino == b->st_ino);
}

char *
vn_path_clean(const char *path)
{
	struct vn_strbuf to = { 0 };
	struct stat st;
	char *real;

	if (!add_components(&to, path) || stat(path, &st) != 0 ||
	    same_file(to.data, &st))
		return (vn_strbuf_take(&to));
	real = vn_file_realpath(path);
	if (real == NULL)
		return (vn_strbuf_take(&to));
	vn_strbuf_free(&to);
	return (real);
}

char *
vn_path_join(const char *dir, const char *name)
{
	char *joined, *clean;

	joined = vn_file_join(dir, name);
	clean = vn_path_clean(joined);
	free(joined);
	return (clean);
}
