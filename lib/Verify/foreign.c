/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files of one side that the other one reads, too: a name of them that no
 * private copy stands in for, in an #include, a response file, the environment
 * or a link outside of the trees, is the same on both sides.  What such files
 * make equal is one tree compared with itself.
 */

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"

#include "Build/build.h"
#include "Mirror/mirror.h"
#include "Verify/pair.h"
#include "Verify/trees.h"
#include "Verify/trees_impl.h"

static int
by_name(const void *a, const void *b)
{

	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static bool
is_in(const char *name, char **names, size_t count)
{

	return (count > 0 && bsearch(&name, names, count, sizeof(*names),
	    by_name) != NULL);
}

/* Have the trees not both the same file of that name? */
static bool
is_other(const struct vn_mirror *m, const char *rel)
{

	return (is_in(rel, m->changed, m->nchanged) ||
	    is_in(rel, m->only[0], m->nonly[0]) ||
	    is_in(rel, m->only[1], m->nonly[1]));
}

bool
vn_foreign_file(const struct verifying *v, int side, const char *path)
{
	const struct vn_mirror *m = &v->mirror;
	const char *dirs[] = { m->trees[!side], m->roots[!side], m->base };
	char *real = vn_file_realpath(path);
	bool is = false;

	if (real != NULL && vn_file_below(real, m->trees[side]) == NULL &&
	    vn_file_below(real, m->roots[side]) == NULL)
		for (size_t i = 0; !is && i < VN_NITEMS(dirs); i++) {
			const char *rel = dirs[i] == NULL ? NULL :
			    vn_file_below(real, dirs[i]);

			is = rel != NULL && is_other(m, rel);
		}
	free(real);
	return (is);
}

/* A name that was looked at. */
struct vn_looked {
	bool		 foreign;
	UT_hash_handle	 hh;
	char		 path[];
};

static struct vn_looked *
look(const struct verifying *v, int side, const char *path,
    struct vn_looked **looked)
{
	struct vn_looked *l;
	size_t len = strlen(path);

	HASH_FIND(hh, *looked, path, len, l);
	if (l != NULL)
		return (l);
	l = vn_calloc(1, sizeof(*l) + len + 1);
	memcpy(l->path, path, len);
	l->foreign = vn_foreign_file(v, side, path);
	HASH_ADD(hh, *looked, path, len, l);
	return (l);
}

bool
vn_foreign_names(const struct verifying *v, int side, const char *dir,
    char *const *names, size_t count, struct vn_looked **looked)
{
	bool is = false;

	for (size_t i = 0; i < count && !is; i++) {
		char *path = vn_file_join(dir, names[i]);

		is = look(v, side, path, looked)->foreign;
		free(path);
	}
	return (is);
}

void
vn_looked_free(struct vn_looked *looked)
{
	struct vn_looked *l, *next;

	HASH_ITER(hh, looked, l, next) {
		HASH_DEL(looked, l);
		free(l);
	}
}

/* What the steps of a side read, each name once. */
struct inputs {
	VN_VEC(char *)	 v;		/* owned */
};

static void
add_inputs(struct inputs *in, const struct verifying *v, int side)
{

	for (size_t i = 0; i < v->units.count; i++) {
		const struct unit *u = &v->units.items[i];
		char **inputs = NULL;

		if (vn_verifying_step(v, u, side) != NULL)
			inputs = vn_build_inputs(&v->build,
			    u->steps[VN_OUT_OBJECT][side]);
		for (size_t k = 0; inputs != NULL && inputs[k] != NULL; k++)
			VN_PUSH(&in->v, inputs[k]);
		free(inputs);
	}
	if (in->v.count > 0)
		qsort(in->v.items, in->v.count, sizeof(*in->v.items), by_name);
}

static int
check_side(const struct verifying *v, int side)
{
	static const char *const sides[] = { "plain", "converted" };
	struct inputs in = { 0 };
	int status = 0;

	add_inputs(&in, v, side);
	for (size_t i = 0; i < in.v.count; i++) {
		const char *path = in.v.items[i];

		if (status != 0 || (i > 0 &&
		    strcmp(in.v.items[i - 1], path) == 0) ||
		    !vn_foreign_file(v, side, path))
			continue;
		vn_diag(VN_ERROR, path, 0, 0, "the %s side reads this file of "
		    "another tree, where it is not the same; name it as seen "
		    "from the tree, in #include, flags and environment",
		    sides[side]);
		status = -1;
	}
	for (size_t i = 0; i < in.v.count; i++)
		free(in.v.items[i]);
	VN_FREE(&in.v);
	return (status);
}

int
vn_foreign_check(const struct verifying *v)
{
	const struct vn_mirror *m = &v->mirror;

	if (m->nchanged + m->nonly[0] + m->nonly[1] == 0)
		return (0);
	return (check_side(v, VN_PLAIN) != 0 ? -1 :
	    check_side(v, VN_CONVERTED));
}
