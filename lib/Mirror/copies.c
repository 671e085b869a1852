/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What stands for a file or a symbolic link of a tree in its copy.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/strbuf.h"
#include "mirror.h"
#include "mirror_impl.h"

static int
cannot_read(const char *path)
{
	vn_error("cannot read '%s': %s", path, strerror(errno));
	return (-1);
}

/*
 * Files.
 */

/* A file of a tree, with the bytes of its copy where that is another one. */
struct file {
	char			*path;		/* owned */
	struct stat		 st;
	struct vn_strbuf	 data;		/* owned; if it was read */
	struct vn_strbuf	 copy;		/* owned; empty: a link does */
	bool			 copied;
};

static void
file_free(struct file *f)
{
	free(f->path);
	vn_strbuf_free(&f->data);
	vn_strbuf_free(&f->copy);
}

static int
file_init(struct file *f, const char *tree, const char *rel)
{
	f->path = vn_file_join(tree, rel);
	return (stat(f->path, &f->st) == 0 ? 0 : cannot_read(f->path));
}

static int
file_load(struct file *f)
{
	if (f->data.data != NULL)
		return (0);
	vn_strbuf_reserve(&f->data, (size_t)f->st.st_size);
	return (vn_file_read(&f->data, f->path) == 0 ? 0 :
	    cannot_read(f->path));
}

/* 1: the same bytes, 0: not, -1 after one error. */
static int
files_equal(struct file *f)
{
	if (f[0].st.st_dev == f[1].st.st_dev &&
	    f[0].st.st_ino == f[1].st.st_ino)
		return (1);
	if (f[0].st.st_size != f[1].st.st_size)
		return (0);
	if (file_load(&f[0]) != 0 || file_load(&f[1]) != 0)
		return (-1);
	return (f[0].data.len == f[1].data.len &&
	    (f[0].data.len == 0 || memcmp(f[0].data.data, f[1].data.data,
	    f[0].data.len) == 0));
}

/* Put what the settings make of the file into its copy. */
static int
apply_settings(const struct vn_mirror *m, struct file *f)
{
	if (m->nsettings == 0 || !vn_settings_reach(f->path))
		return (0);
	if (file_load(f) != 0)
		return (-1);
	f->copied = vn_settings_apply(m->settings, m->nsettings, &f->copy,
	    f->data.data, f->data.len, vn_file_ends(f->path, ".h"));
	return (0);
}

/* Number the lines of the converted file as those of the plain one. */
static int
number_lines(struct vn_mirroring *w, struct file *f, const char *rel)
{
	struct vn_linemap map;
	struct vn_strbuf out = { 0 };
	const struct vn_strbuf *from;

	if (file_load(&f[0]) != 0 || file_load(&f[1]) != 0)
		return (-1);
	if (f[0].data.len == 0 || f[1].data.len == 0 ||
	    memchr(f[1].data.data, '\0', f[1].data.len) != NULL)
		return (0);
	vn_mirror_map(&map, w->m, rel, &f[0].data, &f[1].data);
	from = f[1].copied ? &f[1].copy : &f[1].data;
	vn_linemap_neutralize(&out, &w->m->unmapped, rel, &map, from->data,
	    from->len);
	vn_linemap_free(&map);
	if (out.len != from->len ||
	    memcmp(out.data, from->data, out.len) != 0) {
		vn_strbuf_free(&f[1].copy);
		f[1].copy = out;
		f[1].copied = true;
	} else
		vn_strbuf_free(&out);
	return (0);
}

static int
put_file(struct vn_mirroring *w, int side, const struct file *f,
    const char *rel)
{
	char *path;
	int error;

	path = vn_file_join(w->m->roots[side], rel);
	error = f->copied ?
	    vn_place_file(path, f->copy.data == NULL ? "" : f->copy.data,
	    f->copy.len, &f->st) : vn_place_link(path, f->path);
	free(path);
	return (error);
}

int
vn_put_pair(struct vn_mirroring *w, const char *rel)
{
	struct file f[2] = { 0 };
	int equal, error, side;

	error = equal = -1;
	if (file_init(&f[0], w->trees[0], rel) == 0 &&
	    file_init(&f[1], w->trees[1], rel) == 0)
		equal = files_equal(f);
	if (equal == 0)
		VN_PUSH(&w->changed, vn_strdup(rel));
	if (equal != -1)
		error = apply_settings(w->m, &f[0]) |
		    apply_settings(w->m, &f[1]);
	if (error == 0 && equal == 0 && w->m->lines)
		error = number_lines(w, f, rel);
	for (side = 0; error == 0 && side < 2; side++)
		error = put_file(w, side, &f[side], rel);
	file_free(&f[0]);
	file_free(&f[1]);
	return (error);
}

int
vn_put_one(struct vn_mirroring *w, int tree, int side, const char *rel)
{
	struct file f = { 0 };
	int error;

	error = file_init(&f, w->trees[tree], rel);
	if (error == 0)
		error = apply_settings(w->m, &f);
	if (error == 0)
		error = put_file(w, side, &f, rel);
	file_free(&f);
	return (error);
}

/*
 * Symbolic links.
 */

/* Does a relative target, as written in the directory of rel, leave it? */
static bool
leaves(const char *rel, const char *target)
{
	const char *p;
	size_t len;
	long depth;

	for (depth = 0, p = rel; (p = strchr(p, '/')) != NULL; p++)
		depth++;
	for (p = target; *p != '\0'; p += len) {
		p += strspn(p, "/");
		len = strcspn(p, "/");
		if (len == 2 && strncmp(p, "..", 2) == 0)
			depth--;
		else if (len > 0 && !(len == 1 && *p == '.'))
			depth++;
		if (depth < 0)
			return (true);
	}
	return (false);
}

/* The name in any tree of what is at a path; NULL: it is in none. */
static const char *
below_trees(const struct vn_mirroring *w, const char *path)
{
	const char *below;
	int i;

	for (i = 0; i < VN_NTREES; i++) {
		below = w->trees[i] == NULL ? NULL :
		    vn_file_below(path, w->trees[i]);
		if (below != NULL)
			return (below);
	}
	return (NULL);
}

/*
 * Where the copy of a link leads: the same place, but that of the copy where
 * it is in one of the trees, whichever: a tree that was made of another one
 * may have its links still.  Owned by the caller.
 */
static char *
retarget(struct vn_mirroring *w, int tree, int side, const char *rel,
    const char *target)
{
	const char *below, *slash;
	char *copy, *path, *real;

	if (*target != '/' && !leaves(rel, target))
		return (vn_strdup(target));
	slash = strrchr(rel, '/');
	path = *target == '/' ? vn_strdup(target) :
	    vn_asprintf("%s/%.*s%s%s", w->trees[tree],
	    slash == NULL ? 0 : (int)(slash - rel), rel,
	    slash == NULL ? "" : "/", target);
	below = *target == '/' ? below_trees(w, path) : NULL;
	real = below == NULL ? vn_file_realpath(path) : NULL;
	if (real != NULL)
		below = below_trees(w, real);
	copy = below == NULL ? vn_strdup(path) : *below == '\0' ?
	    vn_strdup(w->m->roots[side]) :
	    vn_file_join(w->m->roots[side], below);
	free(path);
	free(real);
	return (copy);
}

int
vn_put_link(struct vn_mirroring *w, int tree, int side, const char *rel)
{
	char *from, *target, *to, *copy;
	int error;

	from = vn_file_join(w->trees[tree], rel);
	target = vn_place_target(from);
	if (target == NULL) {
		error = cannot_read(from);
		free(from);
		return (error);
	}
	copy = retarget(w, tree, side, rel, target);
	to = vn_file_join(w->m->roots[side], rel);
	error = vn_place_link(to, copy);
	free(from);
	free(target);
	free(copy);
	free(to);
	return (error);
}

/*
 * Headers outside of the trees.
 */

static bool
is_in_a_tree(const struct vn_mirror *m, const char *path)
{
	return (vn_file_below(path, m->trees[0]) != NULL ||
	    vn_file_below(path, m->trees[1]) != NULL ||
	    (m->base != NULL && vn_file_below(path, m->base) != NULL));
}

/* The name of the file that a path ends with. */
static const char *
last_part(const char *path)
{
	const char *slash;

	slash = strrchr(path, '/');
	return (slash == NULL ? path : slash + 1);
}

/* Only one header of a name can be found in over[]. */
static int
check_name(const struct vn_names *made, const char *path)
{
	size_t i;

	for (i = 0; i < made->count; i++)
		if (strcmp(last_part(made->items[i]), last_part(path)) == 0)
			break;
	if (i == made->count)
		return (0);
	vn_error("'%s' and '%s' have one name, give one of them",
	    made->items[i], path);
	return (-1);
}

static int
put_over(struct vn_mirror *m, int side, const struct file *f)
{
	bool is_new;
	char *path;
	int error;

	if (m->over[side] == NULL) {
		m->over[side] = vn_asprintf("%s/over%d", m->work, side);
		if (vn_place_dir(m->over[side], &is_new) != 0)
			return (-1);
	}
	path = vn_file_join(m->over[side], last_part(f->path));
	error = vn_place_file(path, f->copy.data == NULL ? "" : f->copy.data,
	    f->copy.len, &f->st);
	free(path);
	return (error);
}

static int
put_header(struct vn_mirror *m, struct vn_names *made, const char *path)
{
	struct file f = { 0 };
	int error, side;

	error = file_init(&f, "", path);
	if (error == 0)
		error = apply_settings(m, &f);
	if (error == 0 && f.copied) {
		error = check_name(made, path);
		VN_PUSH(made, vn_strdup(path));
	}
	for (side = 0; error == 0 && f.copied && side < 2; side++)
		error = put_over(m, side, &f);
	file_free(&f);
	return (error);
}

/* What an earlier run made and this one did not. */
static int
prune_over(const struct vn_mirror *m, const struct vn_names *made, int side)
{
	struct vn_entries list = { 0 };
	char *dir, *path;
	size_t i, j;
	int error;

	dir = vn_asprintf("%s/over%d", m->work, side);
	error = m->over[side] == NULL ? vn_place_nothing(dir) :
	    vn_list_dir(&list, dir);
	for (i = 0; error == 0 && i < list.count; i++) {
		for (j = 0; j < made->count; j++)
			if (strcmp(last_part(made->items[j]),
			    list.items[i].name) == 0)
				break;
		if (j < made->count)
			continue;
		path = vn_file_join(dir, list.items[i].name);
		error = vn_place_nothing(path);
		free(path);
	}
	vn_entries_free(&list);
	free(dir);
	return (error);
}

int
vn_put_extra(struct vn_mirror *m)
{
	struct vn_names made = { 0 };
	size_t i;
	int error, side;

	for (error = 0, i = 0; error == 0 && i < m->nextra; i++)
		if (!is_in_a_tree(m, m->extra[i]))
			error = put_header(m, &made, m->extra[i]);
	for (side = 0; error == 0 && side < 2; side++)
		error = prune_over(m, &made, side);
	for (i = 0; i < made.count; i++)
		free(made.items[i]);
	VN_FREE(&made);
	return (error);
}
