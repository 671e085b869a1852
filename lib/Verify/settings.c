/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * --define and --undef: which headers they act on, what is left to the command
 * line, and whether they had an effect.
 */

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Verify/trees.h"
#include "Verify/trees_impl.h"

/* ------ headers ------ */

static bool
is_outside(const struct vn_trees *how, const char *path)
{

	return (vn_file_below(path, how->trees[0]) == NULL &&
	    vn_file_below(path, how->trees[1]) == NULL &&
	    (how->base == NULL || vn_file_below(path, how->base) == NULL));
}

static void
add_header(struct verifying *v, char *path)
{

	for (size_t i = 0; i < v->extra.count; i++)
		if (strcmp(v->extra.items[i], path) == 0) {
			free(path);
			return;
		}
	VN_PUSH(&v->extra, path);
}

/* The headers of options of a directory, as config(8) names them. */
static void
add_options(struct verifying *v, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		if (strncmp(e->d_name, "opt_", 4) == 0 &&
		    vn_file_ends(e->d_name, ".h"))
			add_header(v, vn_file_join(dir, e->d_name));
	closedir(d);
}

/* What the word at *i, or it and the next, names after an option. */
static const char *
argument(const struct vn_command *c, size_t *i, const char *option)
{
	size_t len = strlen(option);
	const char *word = c->argv[*i];

	if (strncmp(word, option, len) != 0)
		return (NULL);
	if (word[len] != '\0')
		return (word + len);
	return (*i + 1 < c->argc ? c->argv[++*i] : NULL);
}

static void
look_at(struct verifying *v, const struct vn_command *c)
{
	const char *name;
	char *joined, *real;
	bool file;

	for (size_t i = 0; i < c->argc; i++) {
		file = (name = argument(c, &i, "-include")) != NULL ||
		    (name = argument(c, &i, "-imacros")) != NULL;
		if (!file && (name = argument(c, &i, "-I")) == NULL)
			continue;
		joined = vn_file_join(c->dir, name);
		real = vn_file_realpath(joined);
		free(joined);
		if (real != NULL && is_outside(v->how, real)) {
			if (file)
				add_header(v, vn_strdup(real));
			else
				add_options(v, real);
		}
		free(real);
	}
}

void
vn_settings_headers(struct verifying *v)
{

	for (size_t i = 0; v->how->nsettings > 0 && i < v->units.count; i++)
		look_at(v, v->units.items[i].command);
}

/* ------ flags ------ */

void
vn_settings_flags(struct verifying *v)
{

	for (size_t i = 0; i < v->how->nsettings; i++) {
		const struct vn_setting *s = &v->how->settings[i];

		if (s->in_file)
			continue;
		VN_PUSH(&v->flags, s->value == NULL ?
		    vn_asprintf("-U%s", s->name) :
		    vn_asprintf("-D%s=%s", s->name, s->value));
	}
}

/* ------ effect ------ */

struct search {
	const struct vn_trees	*how;
	bool			*seen;		/* by setting */
};

static bool
see_word(const char *ident, size_t len, size_t off, void *arg)
{
	struct search *s = arg;

	(void)off;
	for (size_t i = 0; i < s->how->nsettings; i++)
		if (strlen(s->how->settings[i].name) == len &&
		    memcmp(s->how->settings[i].name, ident, len) == 0)
			s->seen[i] = true;
	return (true);
}

static void
see_file(struct search *s, const char *path)
{
	struct vn_strbuf sb = { 0 };

	if (vn_file_read(&sb, path) == 0)
		vn_lex_idents(sb.data, sb.len, see_word, s);
	vn_strbuf_free(&sb);
}

/* Each file once, however many units include it. */
static int
by_name(const void *a, const void *b)
{

	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static void
see_inputs(struct search *s, const struct vn_build *build)
{
	VN_VEC(char *) files = { 0 };

	for (size_t i = 0; i < build->count; i++) {
		char **inputs = vn_build_inputs(build, i);

		for (size_t k = 0; inputs != NULL && inputs[k] != NULL; k++)
			VN_PUSH(&files, inputs[k]);
		free(inputs);
	}
	if (files.count > 0)
		qsort(files.items, files.count, sizeof(files.items[0]),
		    by_name);
	for (size_t i = 0; i < files.count; i++)
		if (i == 0 || strcmp(files.items[i - 1], files.items[i]) != 0)
			see_file(s, files.items[i]);
	for (size_t i = 0; i < files.count; i++)
		free(files.items[i]);
	VN_FREE(&files);
}

int
vn_settings_check(const struct verifying *v)
{
	struct search s = { .how = v->how };
	int status = 0;

	if (v->how->nsettings == 0 || v->build.count == 0)
		return (0);
	/* What a unit read that failed is not known. */
	for (size_t i = 0; i < v->build.count; i++)
		if (!vn_step_is_good(&v->build.steps[i]))
			return (0);
	s.seen = vn_calloc(v->how->nsettings, sizeof(*s.seen));
	see_inputs(&s, &v->build);
	for (size_t i = 0; status == 0 && i < v->how->nsettings; i++)
		if (!s.seen[i]) {
			vn_error("--%s=%s has no effect: nothing that was "
			    "compiled spells '%s'",
			    v->how->settings[i].value == NULL ? "undef" :
			    "define", v->how->settings[i].name,
			    v->how->settings[i].name);
			status = -1;
		}
	free(s.seen);
	return (status);
}
