/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Paths of a command, where trees have moved.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Build/moved.h"
#include "Build/recompile.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Units/path.h"

/* Options that may have a path in the same word; a longer one comes first. */
static const char *const joined[] = {
	"--include-directory=", "--include=", "--imacros=", "--sysroot=",
	"-fsanitize-ignorelist=", "-fsanitize-blacklist=", "-fprofile-use=",
	"-fplugin=", "-idirafter", "-iframework", "-imacros",
	"-include-pch", "-include", "-iprefix", "-iquote", "-isysroot",
	"-isystem", "-resource-dir=", "-specs=", "-working-directory=",
	"-B", "-F", "-I", "-L", "-T", "@"
};

size_t
vn_path_option(const char *word)
{
	size_t i, len;

	for (i = 0; i < VN_NITEMS(joined); i++) {
		len = strlen(joined[i]);
		if (strncmp(word, joined[i], len) == 0)
			return (len);
	}
	return (0);
}

/* The rest of a clean path below the tree: "" or "/..."; NULL if outside. */
static const char *
rest_in(const struct vn_moved *moved, const char *path)
{
	size_t len = strlen(moved->from);

	if (strncmp(path, moved->from, len) != 0 ||
	    (path[len] != '\0' && path[len] != '/'))
		return (NULL);
	return (path + len);
}

static const struct vn_moved *
tree_of(const struct vn_places *places, const char *path)
{
	size_t i;

	for (i = 0; i < places->count; i++)
		if (rest_in(&places->moved[i], path) != NULL)
			return (&places->moved[i]);
	return (NULL);
}

/* The clean path, canonical where only that lies in a tree; and the tree. */
static char *
locate(const struct vn_places *places, const char *path,
    const struct vn_moved **in)
{
	char *clean, *real;

	clean = vn_path_join(places->dir, path);
	*in = tree_of(places, clean);
	if (*in != NULL || places->count == 0)
		return (clean);
	real = vn_file_realpath(clean);
	if (real != NULL)
		*in = tree_of(places, real);
	free(*in != NULL ? clean : real);
	return (*in != NULL ? real : clean);
}

void
vn_places_init(struct vn_places *places, const struct vn_moved *moved,
    size_t count, const char *dir)
{
	char *top;

	*places = (struct vn_places){ .moved = moved, .count = count };
	top = vn_strdup("/");
	places->dir = top;
	places->dir = locate(places, dir, &places->in);
	free(top);
}

void
vn_places_free(struct vn_places *places)
{

	free(places->dir);
	places->dir = NULL;
}

static char *
put_below(const struct vn_moved *moved, const char *path)
{

	return (vn_asprintf("%s%s", moved->to, rest_in(moved, path)));
}

char *
vn_places_dir(const struct vn_places *places)
{

	return (places->in == NULL ? vn_strdup(places->dir) :
	    put_below(places->in, places->dir));
}

/*
 * Does path, seen from dir (or the top, if that is NULL), stay in the tree
 * once it got there?  Then it means the same in the tree's new place.
 */
static bool
stays(const struct vn_moved *tree, const char *dir, const char *path)
{
	const char *rest;
	size_t depth = 0, n;

	rest = dir != NULL ? rest_in(tree, dir) : "";
	if (dir == NULL) {
		if (rest_in(tree, path) == NULL)
			return (false);
		path = rest_in(tree, path);
	}
	for (; *rest != '\0'; rest++)
		depth += *rest == '/';
	for (; *path != '\0'; path += n) {
		path += strspn(path, "/");
		n = strcspn(path, "/");
		if (n == 2 && path[0] == '.' && path[1] == '.') {
			if (depth-- == 0)
				return (false);
		} else if (n > 1 || (n == 1 && path[0] != '.'))
			depth++;
	}
	return (true);
}

char *
vn_places_path(const struct vn_places *places, const char *path)
{
	const struct vn_moved *tree;
	char *clean, *out;

	/* The usual cases cost no look at the disk. */
	if (path[0] != '/' && places->in != NULL &&
	    stays(places->in, places->dir, path))
		return (vn_strdup(path));
	clean = locate(places, path, &tree);
	if (tree != NULL)
		out = path[0] == '/' && stays(tree, NULL, path) ?
		    put_below(tree, path) : put_below(tree, clean);
	else
		out = vn_strdup(path[0] != '/' && places->in != NULL ?
		    clean : path);
	free(clean);
	return (out);
}

char *
vn_places_relative(const struct vn_places *places, const char *path)
{
	const struct vn_moved *tree;
	const char *rest;
	char *clean, *out;

	clean = locate(places, path, &tree);
	rest = tree == NULL ? clean : rest_in(tree, clean);
	if (tree != NULL && rest[0] == '/')
		rest++;
	out = vn_strdup(rest);
	free(clean);
	return (out);
}

bool
vn_places_exists(const struct vn_places *places, const char *path)
{
	char *name;
	bool exists;

	name = vn_file_join(places->dir, path);
	exists = access(name, F_OK) == 0;
	free(name);
	return (exists);
}

/* Can a path start at word + at? */
static bool
starts_path(const char *word, size_t at)
{
	size_t from = at;

	while (from > 0 && strchr("=,:;\"'()<>[]{}|&@ \t\n\\",
	    word[from - 1]) == NULL)
		from--;
	return (from == at || vn_path_option(word + from) == at - from);
}

/* Ends a path, or a component of it, at p? */
static bool
ends_component(const char *p)
{

	return (strchr("/=,:;\"')>]}|&\n\\", *p) != NULL);
}

char *
vn_places_text(const struct vn_places *places, const char *word)
{
	struct vn_strbuf out = { 0 };
	const struct vn_moved *moved;
	size_t at, i, len;

	for (at = 0; word[at] != '\0';) {
		moved = NULL;
		for (i = 0; word[at] == '/' && i < places->count; i++) {
			moved = &places->moved[i];
			len = strlen(moved->from);
			if (strncmp(word + at, moved->from, len) == 0 &&
			    ends_component(word + at + len) &&
			    starts_path(word, at))
				break;
			moved = NULL;
		}
		if (moved != NULL) {
			vn_strbuf_puts(&out, moved->to);
			at += len;
		} else
			vn_strbuf_putc(&out, word[at++]);
	}
	return (vn_strbuf_take(&out));
}
