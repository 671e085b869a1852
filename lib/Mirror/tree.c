/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Both trees walked at once, directory by directory, and what lends to them.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "mirror.h"
#include "mirror_impl.h"

/* A directory of the trees. */
struct place {
	const char		*rel;		/* borrowed; "" is the root */
	bool			 sides[2];	/* the copies that have it */
	struct vn_entries	 lists[VN_NTREES];
};

static int	put_dir(struct vn_mirroring *w, const char *rel,
		    const bool present[VN_NTREES], const bool sides[2]);

/* Nothing of that name in the two trees: the third one lends it. */
static bool
is_lent(const enum vn_kind kinds[VN_NTREES])
{
	return (kinds[0] == VN_KIND_NONE && kinds[1] == VN_KIND_NONE);
}

/* A name that is not a file of both trees; directories are left out. */
static int
put_sides(struct vn_mirroring *w, const struct place *at,
    const enum vn_kind kinds[VN_NTREES], const char *rel)
{
	int error, side, tree;

	for (error = side = 0; error == 0 && side < 2; side++) {
		tree = is_lent(kinds) ? VN_TREE_BASE : side;
		if (!at->sides[side])
			continue;
		if (kinds[tree] == VN_KIND_FILE && tree == side)
			VN_PUSH(&w->only[side], vn_strdup(rel));
		if (kinds[tree] == VN_KIND_FILE)
			error = vn_put_one(w, tree, side, rel);
		else if (kinds[tree] == VN_KIND_LINK)
			error = vn_put_link(w, tree, side, rel);
	}
	return (error);
}

/* The directory that lends may hold the trees and the copies. */
static bool
is_ours(const struct vn_mirroring *w, const char *rel)
{
	bool ours;
	char *path;

	path = vn_file_join(w->trees[VN_TREE_BASE], rel);
	ours = strcmp(path, w->m->work) == 0 ||
	    (w->m->aside != NULL && strcmp(path, w->m->aside) == 0) ||
	    strcmp(path, w->trees[0]) == 0 || strcmp(path, w->trees[1]) == 0;
	free(path);
	return (ours);
}

/* What each tree has of that name. */
static void
kinds_of(struct vn_mirroring *w, const struct place *at, const char *name,
    const char *rel, enum vn_kind kinds[VN_NTREES])
{
	int i;

	for (i = 0; i < VN_NTREES; i++)
		kinds[i] = vn_list_kind(&at->lists[i], name);
	if (kinds[VN_TREE_BASE] == VN_KIND_DIR && is_ours(w, rel))
		kinds[VN_TREE_BASE] = VN_KIND_NONE;
}

/* A directory of any tree is one of both copies, unless it is a file there. */
static bool
has_dir(const enum vn_kind kinds[VN_NTREES], int side)
{
	return (kinds[side] == VN_KIND_DIR || (kinds[side] == VN_KIND_NONE &&
	    (kinds[!side] == VN_KIND_DIR ||
	    (is_lent(kinds) && kinds[VN_TREE_BASE] == VN_KIND_DIR))));
}

/* FNV-1a of the name, its end and what it is. */
static void
note_name(uint64_t *digest, const char *rel, enum vn_kind kind)
{
	do
		*digest = (*digest ^ (unsigned char)*rel) *
		    UINT64_C(0x100000001b3);
	while (*rel++ != '\0');
	*digest = (*digest ^ (unsigned)kind) * UINT64_C(0x100000001b3);
}

/* What the copies have of that name. */
static void
note_names(struct vn_mirroring *w, const struct place *at,
    const enum vn_kind kinds[VN_NTREES], const char *rel)
{
	int side;

	for (side = 0; side < 2; side++)
		if (at->sides[side])
			note_name(&w->m->names[side], rel,
			    has_dir(kinds, side) ? VN_KIND_DIR :
			    kinds[is_lent(kinds) ? VN_TREE_BASE : side]);
}

static int
put_name(struct vn_mirroring *w, const struct place *at, const char *name)
{
	enum vn_kind kinds[VN_NTREES];
	bool dirs[VN_NTREES], sides[2];
	char *rel;
	int error, i;

	rel = *at->rel == '\0' ? vn_strdup(name) : vn_file_join(at->rel, name);
	kinds_of(w, at, name, rel, kinds);
	note_names(w, at, kinds, rel);
	for (i = 0; i < VN_NTREES; i++)
		dirs[i] = kinds[i] == VN_KIND_DIR;
	for (i = 0; i < 2; i++)
		sides[i] = at->sides[i] && has_dir(kinds, i);
	if (kinds[0] == VN_KIND_FILE && kinds[1] == VN_KIND_FILE)
		error = vn_put_pair(w, rel);
	else
		error = put_sides(w, at, kinds, rel);
	if (error == 0 && (sides[0] || sides[1]))
		error = put_dir(w, rel, dirs, sides);
	free(rel);
	return (error);
}

/*
 * Names of a copy, and what is to be there no more.
 */

static bool
is_wanted(struct vn_mirroring *w, const struct place *at, int side,
    const char *name)
{
	enum vn_kind kinds[VN_NTREES];
	char *rel;

	rel = *at->rel == '\0' ? vn_strdup(name) : vn_file_join(at->rel, name);
	kinds_of(w, at, name, rel, kinds);
	free(rel);
	return (kinds[side] != VN_KIND_NONE || has_dir(kinds, side) ||
	    (is_lent(kinds) && kinds[VN_TREE_BASE] != VN_KIND_NONE));
}

static int
prune(struct vn_mirroring *w, const struct place *at, int side,
    const char *path)
{
	struct vn_entries list = { 0 };
	char *name;
	size_t i;
	int error;

	error = vn_list_dir(&list, path);
	if (error != 0)
		vn_error("cannot read '%s': %s", path, strerror(errno));
	for (i = 0; error == 0 && i < list.count; i++) {
		if (is_wanted(w, at, side, list.items[i].name))
			continue;
		name = vn_file_join(path, list.items[i].name);
		error = vn_place_nothing(name);
		free(name);
	}
	vn_entries_free(&list);
	return (error);
}

static int
make_copy_dir(struct vn_mirroring *w, const struct place *at, int side)
{
	bool is_new;
	char *path;
	int error;

	if (!at->sides[side])
		return (0);
	path = *at->rel == '\0' ? vn_strdup(w->m->roots[side]) :
	    vn_file_join(w->m->roots[side], at->rel);
	error = vn_place_dir(path, &is_new);
	if (error == 0 && !is_new)
		error = prune(w, at, side, path);
	free(path);
	return (error);
}

/*
 * All names of a directory, each once, in order.
 */

static int
list_tree(struct vn_mirroring *w, struct place *at, int tree)
{
	char *path;
	int error;

	path = *at->rel == '\0' ? vn_strdup(w->trees[tree]) :
	    vn_file_join(w->trees[tree], at->rel);
	error = vn_list_dir(&at->lists[tree], path);
	if (error != 0)
		vn_error("cannot read '%s': %s", path, strerror(errno));
	free(path);
	return (error);
}

/* The first name that the lists have from next on, and past it; or NULL. */
static const char *
next_name(const struct place *at, size_t next[VN_NTREES])
{
	const char *first, *name;
	int i;

	first = NULL;
	for (i = 0; i < VN_NTREES; i++) {
		if (next[i] == at->lists[i].count)
			continue;
		name = at->lists[i].items[next[i]].name;
		if (first == NULL || strcmp(name, first) < 0)
			first = name;
	}
	for (i = 0; first != NULL && i < VN_NTREES; i++)
		if (next[i] < at->lists[i].count &&
		    strcmp(at->lists[i].items[next[i]].name, first) == 0)
			next[i]++;
	return (first);
}

static int
put_dir(struct vn_mirroring *w, const char *rel,
    const bool present[VN_NTREES], const bool sides[2])
{
	struct place at = { rel, { sides[0], sides[1] }, { { 0 } } };
	const char *name;
	size_t next[VN_NTREES] = { 0 };
	int error, i;

	for (error = i = 0; error == 0 && i < VN_NTREES; i++)
		if (present[i])
			error = list_tree(w, &at, i);
	for (i = 0; error == 0 && i < 2; i++)
		error = make_copy_dir(w, &at, i);
	while (error == 0 && (name = next_name(&at, next)) != NULL)
		error = put_name(w, &at, name);
	for (i = 0; i < VN_NTREES; i++)
		vn_entries_free(&at.lists[i]);
	return (error);
}

int
vn_put_trees(struct vn_mirroring *w)
{
	static const bool sides[2] = { true, true };
	bool present[VN_NTREES];

	present[0] = present[1] = true;
	present[VN_TREE_BASE] = w->trees[VN_TREE_BASE] != NULL;
	return (put_dir(w, "", present, sides));
}
