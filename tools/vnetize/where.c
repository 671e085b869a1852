/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Finding places.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Rewrite/style.h"

#include "options.h"
#include "where.h"

/* The directory above path: cut in place; false at the top. */
static bool
go_up(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL || path[1] == '\0')
		return (false);
	slash[slash == path ? 1 : 0] = '\0';
	return (true);
}

static int
find_paths(struct where *w, const struct options *o)
{

	w->paths = vn_calloc((size_t)o->npaths + 1, sizeof(*w->paths));
	for (int i = 0; i < o->npaths; i++) {
		w->paths[i] = vn_file_realpath(o->paths[i]);
		if (w->paths[i] == NULL) {
			vn_error("cannot read '%s': %s", o->paths[i],
			    strerror(errno));
			return (-1);
		}
		w->npaths++;
	}
	return (0);
}

static char *
common_parent(const struct where *w)
{
	char *dir = vn_strdup(w->paths[0]);
	struct stat st;

	if (stat(dir, &st) == 0 && !S_ISDIR(st.st_mode))
		go_up(dir);
	for (size_t i = 1; i < w->npaths; i++)
		while (vn_file_below(w->paths[i], dir) == NULL && go_up(dir))
			;
	return (dir);
}

/* Does GIT_CEILING_DIRECTORIES forbid to look in here?  As git(1) has it. */
static bool
is_ceiling(const char *dir)
{
	const char *s = getenv("GIT_CEILING_DIRECTORIES");
	size_t len;

	for (; s != NULL && *s != '\0'; s += len + (s[len] == ':')) {
		len = strcspn(s, ":");
		if (len > 0 && strlen(dir) == len && memcmp(s, dir, len) == 0)
			return (true);
	}
	return (false);
}

static char *
git_top(const char *from)
{
	char *dir = vn_strdup(from);

	do {
		if (vn_file_exists(dir, ".git"))
			return (dir);
	} while (go_up(dir) && !is_ceiling(dir));
	free(dir);
	return (NULL);
}

/* The directory an option names; -1 after one error if it is none. */
static int
named_directory(char **out, const char *option, const char *name)
{
	struct stat st;

	*out = vn_file_realpath(name);
	if (*out != NULL && stat(*out, &st) == 0 && S_ISDIR(st.st_mode))
		return (0);
	vn_error("%s: '%s' is no directory that can be read", option, name);
	return (-1);
}

static int
find_bsd(struct where *w, const struct options *o)
{
	char *found;

	if (o->bsd_sys == NULL) {
		w->bsd_sys = vn_units_bsd_root(w->paths[0]);
		return (0);
	}
	if (named_directory(&w->bsd_sys, "--bsd-sys", o->bsd_sys) != 0)
		return (-1);
	found = vn_units_bsd_root(w->bsd_sys);
	if (found == NULL || strcmp(found, w->bsd_sys) != 0) {
		free(found);
		vn_error("--bsd-sys: '%s' is no kernel source root: it has "
		    "not all of conf/files, kern and sys", o->bsd_sys);
		return (-1);
	}
	free(found);
	return (0);
}

static int
find_root(struct where *w, const struct options *o)
{
	char *parent;

	if (o->root != NULL)
		return (named_directory(&w->root, "--root", o->root));
	parent = common_parent(w);
	w->root = w->bsd_sys != NULL ? vn_strdup(w->bsd_sys) : git_top(parent);
	if (w->root == NULL)
		w->root = vn_strdup(parent);
	free(parent);
	return (0);
}

static int
check_root(const struct where *w, const struct options *o)
{

	for (size_t i = 0; i < w->npaths; i++)
		if (vn_file_below(w->paths[i], w->root) == NULL) {
			vn_error("'%s' lies outside the root '%s'; give "
			    "another --root", o->paths[i], w->root);
			return (-1);
		}
	return (0);
}

/* Has the database a command for a file under a PATH? */
static bool
covers_paths(const struct where *w)
{

	for (size_t i = 0; i < w->units.count; i++)
		for (size_t k = 0; k < w->npaths; k++)
			if (vn_file_below(w->units.items[i].file,
			    w->paths[k]) != NULL)
				return (true);
	return (false);
}

/* A database that was only found must be about the PATHs to count. */
static bool
found_compdb(struct where *w)
{

	w->compdb = vn_units_discover(w->paths[0]);
	if (w->compdb == NULL)
		return (false);
	w->commands = COMMANDS_COMPDB;
	if (vn_units_compdb(&w->units, w->compdb) != 0 || covers_paths(w))
		return (true);
	vn_note("'%s' has no command for a file under the PATHs; not used",
	    w->compdb);
	vn_units_free(&w->units);
	return (false);
}

/* Compile commands, the first that applies (vnetize(1)). */
static int
find_commands(struct where *w, const struct options *o)
{
	unsigned errors = vn_diag_errors();

	if (o->has_flags) {
		w->commands = COMMANDS_FLAGS;
		return (0);
	}
	if (o->compdb != NULL) {
		w->commands = COMMANDS_COMPDB;
		if (vn_units_compdb(&w->units, o->compdb) != 0)
			return (-1);
		if (covers_paths(w))
			return (0);
		vn_error("'%s' has no command for a file under the PATHs",
		    o->compdb);
		return (-1);
	}
	if (o->bsd_sys == NULL && found_compdb(w))
		return (vn_diag_errors() == errors ? 0 : -1);
	if (w->bsd_sys != NULL) {
		w->commands = COMMANDS_BSD;
		return (0);
	}
	vn_error("no compile commands for '%s': no compile_commands.json at or "
	    "above it; use -p, or flags after --", o->paths[0]);
	return (-1);
}

/* ------ the style of the tree ------ */

/* Has the header words of any style, known here or not? */
static bool
is_framework(const struct vn_strbuf *header)
{
	struct vn_style any = *vn_styles[0];

	any.mark = any.define;
	return (vn_style_of_header(header->data, header->len) != NULL ||
	    vn_style_fits(&any, header->data, header->len));
}

/* The tree's header in dir, if it is there and has words of a style. */
static bool
header_at(const char *dir, struct vn_strbuf *out)
{
	char *path = vn_file_join(dir, vn_styles[0]->header);

	out->len = 0;
	if (vn_file_read(out, path) != 0 || out->len == 0 ||
	    !is_framework(out))
		out->len = 0;
	free(path);
	return (out->len > 0);
}

/* In the first include directory among flags that has it. */
static bool
header_of_flags(char *const *argv, size_t argc, const char *dir,
    struct vn_strbuf *out)
{
	bool found = false;

	for (size_t i = 0; !found && i < argc; i++) {
		const char *value = NULL;
		char *path;

		if (strncmp(argv[i], "-I", 2) == 0)
			value = argv[i][2] != '\0' ? argv[i] + 2 :
			    i + 1 < argc ? argv[i + 1] : NULL;
		if (value == NULL)
			continue;
		path = vn_file_join(dir, value);
		found = header_at(path, out);
		free(path);
	}
	return (found);
}

static bool
header_of_tree(const struct where *w, const struct options *o,
    struct vn_strbuf *out)
{
	static const char *const below[] = { ".", "sys" };
	bool found;

	found = header_of_flags(o->flags, (size_t)o->nflags, w->cwd, out);
	for (size_t i = 0; !found && i < w->units.count; i++)
		found = header_of_flags(w->units.items[i].argv,
		    w->units.items[i].argc, w->units.items[i].dir, out);
	if (!found && w->bsd_sys != NULL)
		found = header_at(w->bsd_sys, out);
	for (size_t i = 0; !found && i < VN_NITEMS(below); i++) {
		char *dir = vn_file_join(w->root, below[i]);

		found = header_at(dir, out);
		free(dir);
	}
	return (found);
}

static int
find_style(struct where *w, const struct options *o)
{
	struct vn_strbuf header = { 0 };
	bool found = header_of_tree(w, o, &header);
	bool fits;

	w->style = vn_style_named(o->style);
	w->undo = w->style != NULL && w->style->mark == NULL;
	if ((w->style == NULL || w->undo) && found)
		w->style = vn_style_of_header(header.data, header.len);
	fits = !found || w->style == NULL || vn_style_fits(w->style,
	    header.data, header.len);
	if (found)
		w->header = vn_strbuf_take(&header);
	vn_strbuf_free(&header);
	if (w->style != NULL && fits && w->style->mark != NULL)
		return (0);
	if (w->style != NULL && !w->undo)
		vn_error("the tree's %s does not define %s, which style %s "
		    "needs", w->style->header, w->style->mark,
		    w->style->name);
	else if (w->undo)
		vn_error("cannot tell the style to undo: no %s that defines "
		    "%s or %s is in reach", vn_styles[0]->header,
		    vn_styles[0]->mark, vn_styles[1]->mark);
	else
		vn_error("cannot tell the style: no %s that defines %s or %s "
		    "is in reach; give --style=vnet or --style=vnet2009",
		    vn_styles[0]->header, vn_styles[0]->mark,
		    vn_styles[1]->mark);
	return (-1);
}

int
where_find(struct where *out, const struct options *options)
{

	*out = (struct where){ 0 };
	out->cwd = vn_file_realpath(".");
	if (out->cwd == NULL) {
		vn_error("cannot read the current directory: %s",
		    strerror(errno));
		return (-1);
	}
	out->cache_dir = options->cache_dir == NULL ? vn_file_cache() :
	    vn_strdup(options->cache_dir);
	if (find_paths(out, options) != 0 || find_bsd(out, options) != 0 ||
	    find_root(out, options) != 0 || check_root(out, options) != 0 ||
	    find_commands(out, options) != 0)
		return (-1);
	return (find_style(out, options));
}

void
where_free(struct where *where)
{

	for (size_t i = 0; i < where->npaths; i++)
		free(where->paths[i]);
	free(where->paths);
	free(where->cwd);
	free(where->root);
	free(where->bsd_sys);
	free(where->compdb);
	free(where->cache_dir);
	free(where->header);
	vn_units_free(&where->units);
}
