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

static void
add_flag(struct verifying *v, const struct vn_setting *s)
{

	VN_PUSH(&v->flags, s->value == NULL ? vn_asprintf("-U%s", s->name) :
	    vn_asprintf("-D%s=%s", s->name, s->value));
}

void
vn_settings_flags(struct verifying *v)
{

	v->seen = vn_calloc(v->how->nsettings + 1, sizeof(*v->seen));
	for (size_t i = 0; i < v->how->nsettings; i++)
		if (!v->how->settings[i].in_file)
			add_flag(v, &v->how->settings[i]);
}

/* ------ effect ------ */

/* What a unit read that failed is not known. */
static bool
has_failed(const struct verifying *v)
{
	size_t i = 0;

	while (i < v->build.count && vn_step_is_good(&v->build.steps[i]))
		i++;
	return (i < v->build.count);
}

enum { SPELLED = 1, DEFINED = 2 };

struct search {
	const struct vn_trees	*how;
	const char		*data;
	unsigned char		*seen;		/* by setting */
	bool			 header;	/* data is that of one */
};

/* Private copies have it as settings write it: "#define N", "#undef N". */
static bool
is_defined(const char *data, size_t off)
{
	static const char *const words[] = { "#define ", "#undef " };

	for (size_t i = 0; i < VN_NITEMS(words); i++) {
		size_t len = strlen(words[i]);

		if (off >= len && memcmp(data + off - len, words[i], len) == 0)
			return (true);
	}
	return (false);
}

static bool
see_word(const char *ident, size_t len, size_t off, void *arg)
{
	struct search *s = arg;

	for (size_t i = 0; i < s->how->nsettings; i++)
		if (strlen(s->how->settings[i].name) == len &&
		    memcmp(s->how->settings[i].name, ident, len) == 0)
			s->seen[i] |= s->header && is_defined(s->data, off) ?
			    SPELLED | DEFINED : SPELLED;
	return (true);
}

bool
vn_settings_see(const struct vn_trees *how, unsigned char *seen,
    const char *path)
{
	struct search s = { .how = how, .seen = seen,
	    .header = vn_file_ends(path, ".h") };
	struct vn_strbuf sb = { 0 };
	bool read = vn_file_read(&sb, path) == 0;

	s.data = sb.data;
	if (read && sb.len > 0)
		vn_lex_idents(sb.data, sb.len, see_word, &s);
	vn_strbuf_free(&sb);
	return (read);
}

/* Each file once, however many units include it. */
static int
by_name(const void *a, const void *b)
{

	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static void
see_inputs(struct verifying *v)
{
	VN_VEC(char *) files = { 0 };

	for (size_t i = 0; i < v->build.count; i++) {
		char **inputs = vn_build_inputs(&v->build, i);

		for (size_t k = 0; inputs != NULL && inputs[k] != NULL; k++)
			VN_PUSH(&files, inputs[k]);
		free(inputs);
	}
	if (files.count > 0)
		qsort(files.items, files.count, sizeof(files.items[0]),
		    by_name);
	for (size_t i = 0; i < files.count; i++)
		if (i == 0 || strcmp(files.items[i - 1], files.items[i]) != 0)
			vn_settings_see(v->how, v->seen, files.items[i]);
	for (size_t i = 0; i < files.count; i++)
		free(files.items[i]);
	VN_FREE(&files);
}

bool
vn_settings_missed(struct verifying *v)
{
	bool missed = false;

	if (v->how->nsettings == 0)
		return (false);
	see_inputs(v);
	for (size_t i = 0; i < v->how->nsettings; i++) {
		struct vn_setting *s = &v->how->settings[i];

		if (!s->in_file || (v->seen[i] & DEFINED) != 0 ||
		    has_failed(v))
			continue;
		s->in_file = false;
		add_flag(v, s);
		missed = true;
	}
	for (int side = 0; side < 2; side++) {
		v->recompile[side].flags = v->flags.items;
		v->recompile[side].nflags = v->flags.count;
	}
	return (missed);
}

int
vn_settings_check(const struct verifying *v)
{

	for (size_t i = 0; i < v->how->nsettings; i++) {
		const struct vn_setting *s = &v->how->settings[i];

		if (v->seen[i] != 0 || has_failed(v))
			continue;
		vn_error("--%s=%s has no effect: nothing that was compiled "
		    "spells '%s'", s->value == NULL ? "undef" : "define",
		    s->name, s->name);
		return (-1);
	}
	return (0);
}
