/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * From the number that a line of the converted copy says to that line's own.
 */

#include "mirror.h"

#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/strbuf.h"
#include "linemap.h"
#include "mirror_impl.h"

static int
by_name(const void *key, const void *item)
{
	char *const *name = item;

	return (strcmp(key, *name));
}

/* Does the copy's file say other numbers than its lines have? */
static bool
is_neutral(const struct vn_mirror *m, const char *path)
{
	struct stat st;
	char *copy;
	bool is;

	if (!m->lines || m->nchanged == 0 || bsearch(path, m->changed,
	    m->nchanged, sizeof(*m->changed), by_name) == NULL)
		return (false);
	copy = vn_file_join(m->roots[1], path);
	is = lstat(copy, &st) == 0 && S_ISREG(st.st_mode);
	free(copy);
	return (is);
}

/* The line of that number; where none is, as far behind the one before it. */
static unsigned
find_line(const struct vn_linemap *map, unsigned said)
{
	unsigned best = said;

	for (size_t i = 0; i < map->count && map->lines[i] <= said; i++) {
		if (map->lines[i] == 0)
			continue;
		best = (unsigned)(i + 1 + (said - map->lines[i]));
		if (map->lines[i] == said)
			break;
	}
	return (best > map->count ? (unsigned)map->count : best);
}

unsigned
vn_mirror_line(const struct vn_mirror *m, const char *path, unsigned said)
{
	struct vn_strbuf text[2] = { { 0 }, { 0 } };
	struct vn_linemap map;
	bool good = is_neutral(m, path);

	for (int i = 0; i < 2 && good; i++) {
		char *name = vn_file_join(m->trees[i], path);

		good = vn_file_read(&text[i], name) == 0 && text[i].len > 0;
		free(name);
	}
	if (good) {
		vn_mirror_map(&map, m, path, &text[0], &text[1]);
		said = find_line(&map, said);
		vn_linemap_free(&map);
	}
	vn_strbuf_free(&text[0]);
	vn_strbuf_free(&text[1]);
	return (said);
}
