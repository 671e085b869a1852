/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What preprocessed text tells of units: with --quick, which need not be
 * compiled; otherwise, whether a line number shows that could not be mapped.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Quick/batch.h"
#include "Quick/ptokens.h"
#include "Quick/quick.h"
#include "Verify/bag.h"
#include "Verify/pair.h"
#include "Verify/trees.h"
#include "Verify/trees_impl.h"

/* Some units, to be preprocessed on both sides. */
struct texts {
	VN_VEC(struct vn_batch_unit)	 units;
	VN_VEC(struct unit *)		 of;	/* borrowed */
	const struct vn_spelled		*spelled;	/* borrowed */
	const struct verifying		*v;		/* borrowed */
	struct vn_bag			 files;	/* where this process looked
						   for settings */
	struct vn_looked		*looked[2];	/* owned */
};

static void
texts_add(struct verifying *v, struct texts *t, struct unit *u)
{
	struct vn_batch_unit b = { 0 };

	for (int side = 0; side < 2; side++) {
		struct vn_recompile how = v->recompile[side];
		char *dir;

		how.output = VN_OUT_TEXT;
		b.argv[side] = vn_recompile(&how, u->command, &dir);
		b.dir[side] = dir;
	}
	VN_PUSH(&t->units, b);
	VN_PUSH(&t->of, u);
}

static void
free_words(char *const *argv)
{

	for (size_t i = 0; argv[i] != NULL; i++)
		free(argv[i]);
	free((void *)(uintptr_t)argv);
}

static void
texts_free(struct texts *t)
{

	for (size_t i = 0; i < t->units.count; i++)
		for (int side = 0; side < 2; side++) {
			free_words(t->units.items[i].argv[side]);
			free((char *)(uintptr_t)t->units.items[i].dir[side]);
		}
	VN_FREE(&t->units);
	VN_FREE(&t->of);
	vn_bag_free(&t->files);
	vn_looked_free(t->looked[0]);
	vn_looked_free(t->looked[1]);
}

/* Both texts as tokens, to be freed; false: there are not both. */
static bool
read_both(struct vn_ptokens tokens[2], struct vn_batch_text texts[2])
{

	if (texts[0].data == NULL || texts[1].data == NULL)
		return (false);
	for (int side = 0; side < 2; side++) {
		vn_ptokens_read(&tokens[side], texts[side].data,
		    texts[side].len);
		texts[side].data = NULL;
	}
	return (true);
}

/* ------ --quick ------ */

/* The V_x of the private copies of what changed. */
static struct vn_spelled *
read_spelled(const struct verifying *v)
{
	struct vn_spelled *spelled = vn_spelled_new();
	const struct vn_mirror *m = &v->mirror;

	for (size_t i = 0; i < m->nchanged + m->nonly[VN_CONVERTED]; i++) {
		const char *name = i < m->nchanged ? m->changed[i] :
		    m->only[VN_CONVERTED][i - m->nchanged];
		char *path = vn_file_join(m->roots[VN_CONVERTED], name);
		struct vn_strbuf sb = { 0 };

		if (vn_file_read(&sb, path) == 0 && sb.len > 0)
			vn_spelled_add(spelled, name, sb.data, sb.len);
		vn_strbuf_free(&sb);
		free(path);
	}
	return (spelled);
}

/* Is a text of what is no matter of its side, or does it not tell of what? */
static bool
is_foreign(struct texts *t, size_t i, const struct vn_ptokens tokens[2])
{

	for (int side = 0; side < 2; side++)
		if (tokens[side].nfiles == 0 || vn_foreign_names(t->v, side,
		    t->units.items[i].dir[side], tokens[side].files,
		    tokens[side].nfiles, &t->looked[side]))
			return (true);
	return (false);
}

/*
 * Look for settings in a file as a line marker calls it, once a process: from
 * where the compiler ran, or from the copy's root.
 */
static void
see_file(struct texts *t, size_t unit, const char *file, unsigned char *seen)
{
	const struct verifying *v = t->v;
	const char *from[] = { t->units.items[unit].dir[VN_CONVERTED],
	    v->mirror.roots[VN_CONVERTED] };
	bool known = false;

	for (size_t i = 0; i < VN_NITEMS(from) && !known; i++) {
		char *path = vn_file_join(from[i], file);

		known = vn_bag_has(&t->files, path);
		if (!known && vn_settings_see(v->how, seen, path))
			known = vn_bag_add(&t->files, path, strlen(path));
		free(path);
	}
}

/* result: are they the same, and what the files have of each setting. */
static void
judge_texts(size_t i, struct vn_batch_text texts[2], void *result, void *arg)
{
	struct texts *t = arg;
	struct vn_ptokens tokens[2];
	const char *why, *file;
	unsigned line;
	unsigned char *out = result;

	if (!read_both(tokens, texts))
		return;
	out[0] = vn_quick_compare(&tokens[0], &tokens[1], t->spelled, &why,
	    &file, &line) == VN_QUICK_SAME && !is_foreign(t, i, tokens);
	for (size_t k = 0; t->v->how->nsettings > 0 &&
	    k < tokens[VN_CONVERTED].nfiles; k++)
		see_file(t, i, tokens[VN_CONVERTED].files[k], out + 1);
	vn_ptokens_free(&tokens[0]);
	vn_ptokens_free(&tokens[1]);
}

/* Mark the units, and what was seen of settings. */
static void
take_results(struct verifying *v, const struct texts *t,
    const unsigned char *results, size_t size)
{

	for (size_t i = 0; i < t->of.count; i++) {
		t->of.items[i]->same = results[i * size] != 0;
		for (size_t k = 0; k < v->how->nsettings; k++)
			v->seen[k] |= results[i * size + 1 + k];
	}
}

int
vn_tokens_first(struct verifying *v)
{
	struct texts t = { 0 };
	struct vn_spelled *spelled = read_spelled(v);
	size_t size = 1 + v->how->nsettings;
	unsigned char *results = vn_calloc(v->units.count, size);

	t.spelled = spelled;
	t.v = v;
	for (size_t i = 0; i < v->units.count; i++) {
		struct unit *u = &v->units.items[i];

		u->same = false;
		if (u->there[VN_PLAIN] && u->there[VN_CONVERTED] &&
		    vn_recompile_unquick(u->command) == NULL)
			texts_add(v, &t, u);
	}
	vn_batch_run(results, size, t.units.items, t.units.count,
	    v->how->jobs, judge_texts, &t);
	take_results(v, &t, results, size);
	free(results);
	vn_spelled_free(spelled);
	texts_free(&t);
	return (0);
}

/* ------ lines that cannot be mapped ------ */

static bool
has_number(const struct vn_ptokens *tokens, const struct vn_hunk *k, int side)
{

	for (size_t t = k->first[side]; t < k->end[side]; t++) {
		char c = tokens[side].text[tokens[side].items[t].off];

		if (c >= '0' && c <= '9')
			return (true);
	}
	return (false);
}

/* Is it a number that differs? */
static void
find_lines(size_t i, struct vn_batch_text texts[2], void *result, void *arg)
{
	struct vn_ptokens tokens[2];
	struct vn_hunks hunks = { 0 };
	bool *shows = result;

	(void)i;
	(void)arg;
	if (!read_both(tokens, texts))
		return;
	vn_ptokens_diff(&hunks, &tokens[0], &tokens[1]);
	for (size_t h = 0; h < hunks.count; h++)
		*shows |= has_number(tokens, &hunks.items[h], 0) &&
		    has_number(tokens, &hunks.items[h], 1);
	vn_hunks_free(&hunks);
	vn_ptokens_free(&tokens[0]);
	vn_ptokens_free(&tokens[1]);
}

/* Did the unit read a file that has such a stretch? */
static bool
reads_stretch(const struct verifying *v, const struct unit *u)
{
	const struct vn_stretches *s = &v->mirror.unmapped;
	char **inputs = vn_build_inputs(&v->build,
	    u->steps[VN_OUT_OBJECT][VN_CONVERTED]);
	bool reads = false;

	for (size_t i = 0; inputs != NULL && inputs[i] != NULL; i++) {
		const char *below = vn_file_below(inputs[i],
		    v->mirror.roots[VN_CONVERTED]);

		for (size_t k = 0; below != NULL && !reads && k < s->count; k++)
			reads = strcmp(s->items[k].path, below) == 0;
		free(inputs[i]);
	}
	free(inputs);
	return (reads);
}

int
vn_tokens_unmapped(struct verifying *v, struct vn_pairs *pairs)
{
	struct texts t = { 0 };
	bool *shows = vn_calloc(v->units.count, sizeof(*shows));

	for (size_t i = 0; v->mirror.unmapped.count > 0 &&
	    i < v->units.count; i++) {
		struct unit *u = &v->units.items[i];
		const struct vn_pair *pair = vn_pairs_get(pairs, u->name);

		if (!u->same && pair->presence[VN_PLAIN] == VN_PRESENT &&
		    pair->presence[VN_CONVERTED] == VN_PRESENT &&
		    pair->rung < VN_RUNG_ORDER && reads_stretch(v, u))
			texts_add(v, &t, u);
	}
	vn_batch_run(shows, sizeof(*shows), t.units.items, t.units.count,
	    v->how->jobs, find_lines, &t);
	for (size_t i = 0; i < t.of.count; i++)
		if (shows[i])
			vn_pairs_get(pairs, t.of.items[i]->name)->unmapped =
			    true;
	free(shows);
	texts_free(&t);
	return (0);
}
