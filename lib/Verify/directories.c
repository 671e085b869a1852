/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Two built trees: which object of one goes with which of the other.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"

#include "Object/object.h"

#include "Verify/find.h"
#include "Verify/judge.h"
#include "Verify/pair.h"

/* A member of an archive. */
struct member {
	char		*name;		/* "lib.a(member.o)"; owned */
	unsigned char	*data;		/* owned */
	size_t		 len;
};

struct members {
	VN_VEC(struct member) v;
	const char	*shown;		/* the archive, as seen from the
					   directory; borrowed */
	size_t		 path;		/* length of its path */
};

struct trees {
	struct vn_pairs		*out;
	const char		*dirs[2];
	struct vn_found_list	 found[2];
	const struct vn_judging	*how;
};

/* ------ the directories ------ */

static int
check_directory(const char *dir, const char *what, struct stat *st)
{

	if (stat(dir, st) != 0)
		vn_error("cannot read '%s': %s", dir, strerror(errno));
	else if (!S_ISDIR(st->st_mode))
		vn_error("'%s' is no directory; name the directory of %s", dir,
		    what);
	else
		return (0);
	return (-1);
}

int
vn_two_directories(const char *plain, const char *converted, const char *what)
{
	struct stat st[2];

	if (check_directory(plain, what, &st[0]) != 0 ||
	    check_directory(converted, what, &st[1]) != 0)
		return (-1);
	if (st[0].st_dev != st[1].st_dev || st[0].st_ino != st[1].st_ino)
		return (0);
	vn_error("'%s' and '%s' are one directory; name a plain tree and a "
	    "converted one", plain, converted);
	return (-1);
}

static size_t
directory_len(const char *name)
{
	const char *slash = strrchr(name, '/');

	return (slash == NULL ? 0 : (size_t)(slash + 1 - name));
}

/* Is there an object in the directory of the file of that name? */
static bool
has_objects(const struct vn_found_list *list, const char *name)
{
	size_t len = directory_len(name);

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].kind == VN_FOUND_OBJECT &&
		    strncmp(list->items[i].name, name, len) == 0 &&
		    directory_len(list->items[i].name) == len)
			return (true);
	return (false);
}

/* A module that need not be compared: the objects in it are. */
static bool
is_left_out(const struct trees *t, const struct vn_found *f)
{

	return (f->kind == VN_FOUND_MODULE && has_objects(&t->found[0],
	    f->name) && has_objects(&t->found[1], f->name));
}

/* ------ archives ------ */

static int
add_member(const char *name, unsigned char *data, size_t len, void *arg)
{
	struct members *m = arg;
	char *shown = vn_asprintf("%s%s", m->shown, name + m->path);
	size_t same = 1;

	/* Two members may have one name: the second is "lib.a(x.o)#2". */
	for (size_t i = 0; i < m->v.count; i++)
		if (strncmp(m->v.items[i].name, shown, strlen(shown)) == 0)
			same++;
	if (same > 1) {
		char *numbered = vn_asprintf("%s#%zu", shown, same);

		free(shown);
		shown = numbered;
	}
	VN_PUSH(&m->v, (struct member){ shown, data, len });
	return (0);
}

static void
free_members(struct members *m)
{

	for (size_t i = 0; i < m->v.count; i++) {
		free(m->v.items[i].name);
		free(m->v.items[i].data);
	}
	VN_FREE(&m->v);
}

/* The data of the member of that name, given to the caller; NULL: none. */
static unsigned char *
take_member(struct members *m, const char *name, size_t *len)
{

	for (size_t i = 0; i < m->v.count; i++) {
		struct member *x = &m->v.items[i];
		unsigned char *data = x->data;

		if (data == NULL || strcmp(x->name, name) != 0)
			continue;
		*len = x->len;
		x->data = NULL;
		return (data);
	}
	return (NULL);
}

static void
set_side(struct vn_pair *pair, const struct trees *t, int side,
    const char *name)
{

	pair->presence[side] = VN_PRESENT;
	pair->paths[side] = vn_file_join(t->dirs[side], name);
}

static int
judge_member(const struct trees *t, struct members members[2],
    const char *name)
{
	struct vn_pair *pair = vn_pairs_get(t->out, name);
	unsigned char *data[2];
	size_t len[2] = { 0, 0 };

	for (int side = 0; side < 2; side++) {
		data[side] = take_member(&members[side], name, &len[side]);
		if (data[side] != NULL)
			set_side(pair, t, side, name);
	}
	return (vn_judge_bytes(pair, t->how, data, len));
}

static int
judge_archive(const struct trees *t, const char *name, const bool there[2])
{
	struct members members[2] = { { .shown = name }, { .shown = name } };
	int status = 0;

	for (int side = 0; status == 0 && side < 2; side++) {
		char *path = vn_file_join(t->dirs[side], name);

		members[side].path = strlen(path);
		if (there[side])
			status = vn_object_walk(path, add_member,
			    &members[side]);
		free(path);
	}
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; status == 0 && i < members[side].v.count;
		    i++)
			if (members[side].v.items[i].data != NULL)
				status = judge_member(t, members,
				    members[side].v.items[i].name);
	for (int side = 0; side < 2; side++)
		free_members(&members[side]);
	return (status);
}

/* ------ the walk over both ------ */

/* Does a link lead to the other tree's file?  Then nothing was built twice. */
static bool
is_one_file(const struct trees *t, const char *name)
{
	char *paths[2], *real[2];
	bool is;

	for (int side = 0; side < 2; side++) {
		paths[side] = vn_file_join(t->dirs[side], name);
		real[side] = vn_file_realpath(paths[side]);
	}
	is = real[0] != NULL && real[1] != NULL &&
	    strcmp(real[0], real[1]) == 0;
	if (is)
		vn_error("'%s' and '%s' are one file; build both trees",
		    paths[0], paths[1]);
	for (int side = 0; side < 2; side++) {
		free(paths[side]);
		free(real[side]);
	}
	return (is);
}

static int
judge_file(const struct trees *t, const struct vn_found *f,
    const bool there[2])
{
	struct vn_pair *pair;

	if (there[0] && there[1] && is_left_out(t, f)) {
		vn_note("%s: left out, its objects are compared", f->name);
		t->out->left_out++;
		return (0);
	}
	if (there[0] && there[1] && is_one_file(t, f->name))
		return (-1);
	if (f->kind == VN_FOUND_ARCHIVE)
		return (judge_archive(t, f->name, there));
	pair = vn_pairs_get(t->out, f->name);
	for (int side = 0; side < 2; side++)
		if (there[side])
			set_side(pair, t, side, f->name);
	return (vn_judge_pair(pair, t->how));
}

/* Both lists at once, by name. */
static int
judge_all(const struct trees *t)
{
	const struct vn_found_list *a = &t->found[0], *b = &t->found[1];
	size_t i = 0, k = 0;
	int status = 0;

	while (status == 0 && (i < a->count || k < b->count)) {
		int order = i == a->count ? 1 : k == b->count ? -1 :
		    strcmp(a->items[i].name, b->items[k].name);
		bool there[2] = { order <= 0, order >= 0 };

		status = judge_file(t, order <= 0 ? &a->items[i] :
		    &b->items[k], there);
		i += there[0];
		k += there[1];
	}
	return (status);
}

int
vn_judge_directories(struct vn_pairs *out, const char *plain,
    const char *converted, const struct vn_judging *how)
{
	struct trees t = { .out = out, .dirs = { plain, converted },
	    .how = how };
	int status = vn_two_directories(plain, converted,
	    "built objects");

	for (int side = 0; status == 0 && side < 2; side++)
		status = vn_find_objects(&t.found[side], t.dirs[side]);
	if (status == 0 && t.found[0].count + t.found[1].count == 0) {
		vn_error("no object (.o, .pico, .So, .a, .ko, .kld) below "
		    "'%s' or '%s'; build the trees first", plain, converted);
		status = -1;
	}
	if (status == 0)
		status = judge_all(&t);
	for (int side = 0; side < 2; side++)
		vn_found_free(&t.found[side]);
	return (status);
}
