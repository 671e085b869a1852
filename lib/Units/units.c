/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Units whatever they come from: kept, put in order, found.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Units/units_impl.h"

/* Where a compilation database lies, seen from a directory. */
static const char *const databases[] = {
	"compile_commands.json", "build/compile_commands.json"
};

/* What makes a directory the root of a BSD kernel source tree. */
static const char *const tree_files[] = { "conf/files" };
static const char *const tree_dirs[] = { "kern", "sys" };

bool
vn_is_file(const char *path)
{
	struct stat st;

	return (stat(path, &st) == 0 && S_ISREG(st.st_mode));
}

bool
vn_is_dir(const char *path)
{
	struct stat st;

	return (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

static void
unit_free(struct vn_unit *unit)
{
	size_t i;

	for (i = 0; i < unit->argc; i++)
		free(unit->argv[i]);
	free(unit->argv);
	free(unit->file);
	free(unit->dir);
	free(unit->origin);
	free(unit->config);
	for (i = 0; i < unit->noverlays; i++) {
		free(unit->overlays[i].path);
		free(unit->overlays[i].data);
	}
	free(unit->overlays);
}

void
vn_units_free(struct vn_units *units)
{
	size_t i;

	for (i = 0; i < units->count; i++)
		unit_free(&units->items[i]);
	free(units->items);
	units->items = NULL;
	units->count = 0;
}

void
vn_units_add(struct vn_units *units, const char *file, const char *dir,
    struct vn_words *flags, const char *origin, bool tried)
{
	struct vn_unit *unit;
	size_t n = units->count;

	/* Grows at powers of two: the public structure has no room for room. */
	if ((n & (n - 1)) == 0)
		units->items = vn_realloc(units->items,
		    (n == 0 ? 1 : 2 * n) * sizeof(*units->items));
	unit = &units->items[units->count++];
	*unit = (struct vn_unit){ 0 };
	unit->file = vn_strdup(file);
	unit->dir = vn_strdup(dir);
	unit->argc = flags->count;
	vn_words_own(flags, NULL);
	unit->argv = flags->items;
	unit->origin = vn_strdup(origin);
	unit->tried = tried;
	unit->left_out = false;
	*flags = (struct vn_words){ 0 };
}

/* A unit and its place before sorting, since qsort(3) is not stable. */
struct placed {
	struct vn_unit	unit;
	size_t		place;
};

static int
placed_cmp(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;
	int order;

	order = strcmp(a->unit.file, b->unit.file);
	if (order != 0)
		return (order);
	return (a->place < b->place ? -1 : a->place > b->place);
}

static bool
same_command(const struct vn_unit *a, const struct vn_unit *b)
{
	size_t i;

	if (a->argc != b->argc || strcmp(a->dir, b->dir) != 0)
		return (false);
	for (i = 0; i < a->argc; i++)
		if (strcmp(a->argv[i], b->argv[i]) != 0)
			return (false);
	return (true);
}

/* Is the unit among those of the same file at the end of units? */
static bool
have_command(const struct vn_units *units, const struct vn_unit *unit)
{
	size_t i;

	for (i = units->count; i > 0; i--) {
		if (strcmp(units->items[i - 1].file, unit->file) != 0)
			return (false);
		if (same_command(&units->items[i - 1], unit))
			return (true);
	}
	return (false);
}

void
vn_units_sort(struct vn_units *units)
{
	struct placed *order;
	size_t i, n = units->count;

	order = vn_calloc(n + 1, sizeof(*order));
	for (i = 0; i < n; i++) {
		order[i].unit = units->items[i];
		order[i].place = i;
	}
	qsort(order, n, sizeof(*order), placed_cmp);
	units->count = 0;
	for (i = 0; i < n; i++) {
		if (have_command(units, &order[i].unit))
			unit_free(&order[i].unit);
		else
			units->items[units->count++] = order[i].unit;
	}
	free(order);
}

static bool
is_c_file(const char *path)
{
	size_t len = strlen(path);

	return (len > 2 && strcmp(path + len - 2, ".c") == 0);
}

int
vn_units_fixed(struct vn_units *out, char *const *files, size_t nfiles,
    char *const *flags, size_t nflags)
{
	struct vn_words given = { 0 }, kept = { 0 };
	char *dir;
	size_t i;

	*out = (struct vn_units){ 0 };
	dir = vn_file_realpath(".");
	if (dir == NULL) {
		vn_error("cannot find the current directory: %s",
		    strerror(errno));
		return (-1);
	}
	for (i = 0; i < nflags; i++)
		vn_words_add(&given, flags[i]);
	for (i = 0; i < nfiles; i++) {
		if (!is_c_file(files[i]))
			continue;
		vn_flags_clean(&kept, &given, false, dir, files[i]);
		vn_units_add(out, files[i], dir, &kept, "command line", false);
	}
	vn_units_sort(out);
	vn_words_free(&given);
	free(dir);
	return (0);
}

/* Cut the last component off; false at the top. */
static bool
go_up(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL || path[1] == '\0')
		return (false);
	slash[slash == path ? 1 : 0] = '\0';
	return (true);
}

static char *
database_in(const char *dir)
{
	char *path;
	size_t i;

	for (i = 0; i < VN_NITEMS(databases); i++) {
		path = vn_file_join(dir, databases[i]);
		if (vn_is_file(path))
			return (path);
		free(path);
	}
	return (NULL);
}

static char *
tree_at(const char *dir)
{
	char *path;
	size_t i;
	bool is = true;

	for (i = 0; is && i < VN_NITEMS(tree_files); i++) {
		path = vn_file_join(dir, tree_files[i]);
		is = vn_is_file(path);
		free(path);
	}
	for (i = 0; is && i < VN_NITEMS(tree_dirs); i++) {
		path = vn_file_join(dir, tree_dirs[i]);
		is = vn_is_dir(path);
		free(path);
	}
	return (is ? vn_strdup(dir) : NULL);
}

/* What find makes of path or the nearest directory above it. */
static char *
upward(const char *path, char *(*find)(const char *dir))
{
	char *dir, *found;

	dir = vn_strdup(path);
	do
		found = find(dir);
	while (found == NULL && go_up(dir));
	free(dir);
	return (found);
}

char *
vn_units_discover(const char *path)
{

	return (upward(path, database_in));
}

char *
vn_units_bsd_root(const char *path)
{

	return (upward(path, tree_at));
}
