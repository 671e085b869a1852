/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Private copies of two trees: what may be copied where, and what was found.
 */

#include "mirror.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/strbuf.h"
#include "mirror_impl.h"

/*
 * Trees and copies have to be apart.
 */

static int
check_apart(const char *a, const char *b)
{
	if (strcmp(a, b) == 0) {
		vn_error("'%s' is given twice, give two trees", a);
		return (-1);
	}
	if (vn_file_below(a, b) == NULL && vn_file_below(b, a) == NULL)
		return (0);
	vn_error("'%s' and '%s' are inside each other, give two trees apart",
	    a, b);
	return (-1);
}

/* The work directory may hold the tree, beside the copies. */
static int
check_work(const struct vn_mirror *m, const char *tree)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (vn_file_below(m->roots[i], tree) == NULL &&
		    vn_file_below(tree, m->roots[i]) == NULL)
			continue;
		vn_error("the copy '%s' and the tree '%s' would be inside each "
		    "other, name another work directory", m->roots[i], tree);
		return (-1);
	}
	return (0);
}

static int
check_places(const struct vn_mirror *m)
{
	if (check_apart(m->trees[0], m->trees[1]) != 0)
		return (-1);
	return (check_work(m, m->trees[0]) == 0 ?
	    check_work(m, m->trees[1]) : -1);
}

/* Does a #define of that value end with its line? */
static bool
is_one_line(const char *value)
{
	size_t len = strlen(value);

	return (strchr(value, '\n') == NULL && strstr(value, "/*") == NULL &&
	    (len == 0 || value[len - 1] != '\\'));
}

static int
check_settings(const struct vn_mirror *m)
{
	size_t i;

	for (i = 0; i < m->nsettings; i++) {
		m->settings[i].in_file = false;
		if (m->settings[i].value == NULL ||
		    is_one_line(m->settings[i].value))
			continue;
		if (strchr(m->settings[i].value, '\n') == NULL) {
			vn_error("the value of '%s' would reach beyond its "
			    "line, by a comment or backslash",
			    m->settings[i].name);
			return (-1);
		}
		vn_error("the value of '%s' has a newline, which no #define "
		    "can have", m->settings[i].name);
		return (-1);
	}
	return (0);
}

/*
 * What was found.
 */

static int
by_string(const void *a, const void *b)
{
	char *const *x, *const *y;

	x = a;
	y = b;
	return (strcmp(*x, *y));
}

/* Sorted, and the caller's from now on. */
static size_t
take_names(char ***out, struct vn_names *names)
{
	if (names->count > 1)
		qsort(names->items, names->count, sizeof(*names->items),
		    by_string);
	*out = names->items;
	return (names->count);
}

static void
free_names(char **names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

int
vn_mirror_make(struct vn_mirror *m)
{
	struct vn_mirroring w = { .m = m };
	int error, i;

	for (i = 0; i < 2; i++) {
		w.trees[i] = m->trees[i];
		m->names[i] = UINT64_C(0xcbf29ce484222325);
		m->roots[i] = vn_asprintf("%s/%d", m->work, i);
	}
	w.trees[VN_TREE_BASE] = m->base;
	if (check_places(m) != 0 || check_settings(m) != 0)
		return (-1);
	if (vn_file_mkdirs(m->work) != 0) {
		vn_error("cannot make the directory '%s': %s", m->work,
		    strerror(errno));
		return (-1);
	}
	error = vn_put_trees(&w);
	if (error == 0)
		error = vn_put_extra(m);
	m->nchanged = take_names(&m->changed, &w.changed);
	for (i = 0; i < 2; i++)
		m->nonly[i] = take_names(&m->only[i], &w.only[i]);
	return (error);
}

void
vn_mirror_map(struct vn_linemap *out, const struct vn_mirror *mirror,
    const char *path, const struct vn_strbuf *plain,
    const struct vn_strbuf *converted)
{
	const struct vn_line_edit *edits = NULL;
	size_t count = 0;

	if (mirror->edits != NULL)
		edits = mirror->edits(path, &count, mirror->arg);
	if (edits == NULL || !vn_linemap_edits(out, edits, count, plain->data,
	    plain->len, converted->data, converted->len))
		vn_linemap_make(out, plain->data, plain->len, converted->data,
		    converted->len);
}

void
vn_mirror_free(struct vn_mirror *m)
{
	int i;

	for (i = 0; i < 2; i++) {
		free(m->roots[i]);
		free(m->over[i]);
		free_names(m->only[i], m->nonly[i]);
		m->roots[i] = m->over[i] = NULL;
		m->only[i] = NULL;
		m->nonly[i] = 0;
	}
	free_names(m->changed, m->nchanged);
	m->changed = NULL;
	m->nchanged = 0;
	vn_stretches_free(&m->unmapped);
}
