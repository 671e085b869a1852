/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Delta debugging (A. Zeller, R. Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002) on the tokens that differ.
 */

#include "Verify/cause.h"

#include <stdlib.h>
#include <string.h>

#include "Object/compare.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Verify/cause_impl.h"
#include "Verify/pair.h"

enum {
	COMPILES_MAX = 60,
	KINDS_MAX = 16,		/* of these, for hunks of one kind */
	GUESSES_MAX = 5
};

struct finding {
	struct vn_cause_cc	 cc;
	const struct vn_compare	*compare;
	struct vn_ptokens	 tokens[2];
	struct vn_hunks		 hunks;
	struct vn_object	 plain;
	bool			*undo;	/* by hunk; owned */
	unsigned		 compiles;
};

/* Does a text give the plain object?  1, 0, or -1 after one error. */
static int
gives_plain(struct finding *f, const char *text, size_t len, bool *compiled)
{
	struct vn_object object;
	enum vn_rung rung;
	int got;

	f->compiles++;
	got = vn_cause_compile(&object, &f->cc, text, len);
	*compiled = got == 1;
	if (got != 1)
		return (got);
	rung = vn_object_compare(&f->plain, &object, f->compare);
	vn_object_free(&object);
	return (rung < VN_RUNG_ORDER);
}

/* The same, with the hunks of f->undo put back. */
static int
try(struct finding *f)
{
	struct vn_strbuf text = { 0 };
	bool compiled;
	int good;

	vn_ptokens_undo(&text, &f->tokens[0], &f->tokens[1], &f->hunks,
	    f->undo);
	good = gives_plain(f, text.data == NULL ? "" : text.data, text.len,
	    &compiled);
	vn_strbuf_free(&text);
	return (good);
}

/* Put all hunks back, but for parentheses if not even those; try. */
static int
try_all(struct finding *f, bool parens)
{
	bool some = false;

	for (size_t i = 0; i < f->hunks.count; i++) {
		f->undo[i] = parens || !vn_hunk_parens(&f->hunks.items[i],
		    &f->tokens[0], &f->tokens[1]);
		some |= f->undo[i];
	}
	return (some ? try(f) : 0);
}

/*
 * Of the hunks that are put back, put those of one run forth again, if that
 * keeps the objects equal.  Returns 1 if it does, 0 if not, or -1.
 */
static int
try_without(struct finding *f, const size_t *run, size_t n)
{
	int good;

	for (size_t i = 0; i < n; i++)
		f->undo[run[i]] = false;
	good = try(f);
	for (size_t i = 0; good != 1 && i < n; i++)
		f->undo[run[i]] = true;
	return (good);
}

/*
 * One pass with runs of that size over the hunks that are put back; of those
 * that are needed by themselves, needed is set.
 */
static int
pass(struct finding *f, bool *needed, size_t size)
{
	size_t *all = vn_malloc((f->hunks.count + 1) * sizeof(*all));
	size_t count = 0, n;
	int good = 0;

	for (size_t i = 0; i < f->hunks.count; i++)
		if (f->undo[i])
			all[count++] = i;
	for (size_t i = 0; good != -1 && i < count; i += size) {
		n = count - i < size ? count - i : size;
		if (f->compiles >= COMPILES_MAX)
			break;
		good = try_without(f, all + i, n);
		if (good == 0 && n == 1)
			needed[all[i]] = true;
	}
	free(all);
	return (good == -1 ? -1 : 0);
}

static bool
same_tokens(const struct vn_ptokens *t, size_t i, size_t end, size_t j,
    size_t jend)
{
	if (end - i != jend - j)
		return (false);
	while (i < end && vn_ptoken_same(t, i, t, j)) {
		i++;
		j++;
	}
	return (i == end);
}

/* Do two hunks put the same tokens for the same? */
static bool
are_alike(const struct finding *f, size_t a, size_t b)
{
	const struct vn_hunk *x = &f->hunks.items[a], *y = &f->hunks.items[b];

	for (int side = 0; side < 2; side++)
		if (!same_tokens(&f->tokens[side], x->first[side],
		    x->end[side], y->first[side], y->end[side]))
			return (false);
	return (true);
}

/* Collect the hunks put back that are like this one, if it is their first. */
static size_t
collect_alike(const struct finding *f, size_t hunk, size_t *run)
{
	size_t n = 0;

	for (size_t i = 0; f->undo[hunk] && i < f->hunks.count; i++) {
		if (!f->undo[i] || !are_alike(f, hunk, i))
			continue;
		if (i < hunk)
			return (0);
		run[n++] = i;
	}
	return (n);
}

/*
 * Put forth again what is the same edit in several places: another name for a
 * local only compiles if it is in all of them or in none.
 */
static int
pass_alike(struct finding *f)
{
	size_t *run = vn_malloc((f->hunks.count + 1) * sizeof(*run)), n;
	int good = 0;

	for (size_t i = 0; good != -1 && i < f->hunks.count &&
	    f->compiles < KINDS_MAX; i++) {
		n = collect_alike(f, i, run);
		if (n > 1)
			good = try_without(f, run, n);
	}
	free(run);
	return (good == -1 ? -1 : 0);
}

/* Put forth again all that can be, half by half. */
static int
minimize(struct finding *f, bool *needed)
{
	size_t count = 0;

	if (pass_alike(f) != 0)
		return (-1);
	for (size_t i = 0; i < f->hunks.count; i++)
		count += f->undo[i];
	/* A single one is needed, since without it the objects differ. */
	if (count == 1) {
		memcpy(needed, f->undo, f->hunks.count * sizeof(*needed));
		return (0);
	}
	for (size_t size = (count + 1) / 2;; size = (size + 1) / 2) {
		if (pass(f, needed, size) != 0)
			return (-1);
		if (size == 1)
			return (0);
	}
}

static void
add_cause(struct vn_pair *pair, const struct finding *f, size_t hunk,
    const char *root, bool proven)
{
	struct vn_cause cause = { .proven = proven };

	vn_cause_describe(&cause, &f->hunks.items[hunk], f->tokens, root);
	VN_PUSH(&pair->causes, cause);
}

/* Nothing is proven: the first hunks that are no V_x, or just that. */
static void
guess(struct vn_pair *pair, const struct finding *f, const char *root)
{
	for (size_t i = 0, n = 0; i < f->hunks.count && n < GUESSES_MAX; i++)
		if (!vn_hunk_parens(&f->hunks.items[i], &f->tokens[0],
		    &f->tokens[1])) {
			add_cause(pair, f, i, root, false);
			n++;
		}
}

static void
guess_hidden(struct vn_pair *pair)
{
	VN_PUSH(&pair->causes, (struct vn_cause){ .where = vn_strdup(""),
	    .what = vn_strdup("what the preprocessor does not show") });
}

static int
search(struct vn_pair *pair, struct finding *f, const char *root)
{
	bool *needed;
	int good;

	vn_ptokens_diff(&f->hunks, &f->tokens[0], &f->tokens[1]);
	f->undo = vn_calloc(f->hunks.count + 1, sizeof(*f->undo));
	good = try_all(f, false);
	if (good == 0)
		good = try_all(f, true);
	if (good != 1) {
		guess(pair, f, root);
		return (good);
	}
	needed = vn_calloc(f->hunks.count + 1, sizeof(*needed));
	good = minimize(f, needed);
	for (size_t i = 0; good == 0 && i < f->hunks.count; i++)
		if (f->undo[i])
			add_cause(pair, f, i, root, needed[i]);
	free(needed);
	return (good);
}

/* Compile both texts as they are; do the objects differ?  1, 0, or -1. */
static int
shows(struct finding *f, bool *compiled)
{
	int got;

	got = vn_cause_compile(&f->plain, &f->cc, f->tokens[0].text,
	    f->tokens[0].len);
	*compiled = got == 1;
	if (got != 1) {
		f->plain = (struct vn_object){ 0 };
		return (got);
	}
	got = gives_plain(f, f->tokens[1].text, f->tokens[1].len, compiled);
	return (got == -1 ? -1 : *compiled && got == 0);
}

static void
free_finding(struct finding *f)
{
	if (f->plain.data != NULL)
		vn_object_free(&f->plain);
	vn_ptokens_free(&f->tokens[0]);
	vn_ptokens_free(&f->tokens[1]);
	vn_hunks_free(&f->hunks);
	free(f->undo);
	vn_cause_cc_finish(&f->cc);
}

int
vn_cause_find(struct vn_pair *pair, const struct vn_command *command,
    const struct vn_recompile how[2], const struct vn_compare *compare,
    const char *work)
{
	struct finding f = { .compare = compare };
	bool compiled = false;
	int got;

	got = vn_cause_cc_init(&f.cc, command, &how[1], work);
	if (got == 0)
		got = vn_cause_preprocess(f.tokens, command, how);
	if (got == 1)
		got = shows(&f, &compiled);
	if (got == 1)
		got = search(pair, &f, how[1].root);
	else if (got == 0 && compiled)
		guess_hidden(pair);
	free_finding(&f);
	return (got == -1 ? -1 : 0);
}
