/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * --verify-parse.  A diagnostic is new if the unit had fewer of it before; of
 * a parse with virtualization, also than the same parse of the old bytes, which
 * is made for units in question only.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/facts.h"
#include "Facts/source.h"
#include "Units/units.h"

#include "Collect/collect.h"

#include "Rewrite/plan.h"
#include "Rewrite/style.h"

#include "options.h"
#include "verify.h"
#include "where.h"

/*
 * The parses of a unit, KINDS checks a trial.  Where only headers change, and
 * others parse them without virtualization, that is done only if the parse with
 * it, which needs more of them, has something to say.  A source that needs a
 * person before it compiles with virtualization, and has a remark that says so,
 * is parsed without alone.
 */
enum { VIRTUAL, PLAIN, KINDS };

#define	NONE	SIZE_MAX

/* A changed unit. */
struct trial {
	const struct vn_parse	*before;	/* borrowed */
	VN_VEC(struct vn_overlay) files;	/* changed ones but headers */
	size_t			 first[KINDS];	/* the first diagnostic that is
						   new, or NONE */
};

struct work {
	const struct vn_plan	*plan;		/* borrowed */
	const struct vn_units	*units;		/* borrowed */
	const struct where	*where;		/* borrowed */
	struct vn_collect	 job;
	char			*flags[KINDS];	/* owned */
	const char		*prefixes[2];
	struct vn_renames	 renames;
	struct vn_overlay	*results;	/* by source; path NULL: not
						   changed; data is owned */
	VN_VEC(struct vn_overlay) headers;	/* of them, for all units */
	bool			*seen;	/* by source: parsed plainly */
	VN_VEC(struct trial)	 trials;
	VN_VEC(struct vn_check)	 checks;	/* KINDS a trial */
	VN_VEC(struct vn_check)	 olds;	/* old bytes, virtualized */
	VN_VEC(char *)		 said;		/* owned */
};

static bool
changed(const struct work *w, int source)
{

	return (w->results[source].path != NULL);
}

/* What each source will be.  A unit may come to include any header. */
static void
make_results(struct work *w)
{
	const struct vn_plan *plan = w->plan;

	w->results = vn_calloc(plan->sources->count + 1, sizeof(*w->results));
	w->seen = vn_calloc(plan->sources->count + 1, sizeof(*w->seen));
	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];
		size_t end, first = vn_edits_range(&plan->edits, (int)i, &end);
		struct vn_strbuf sb = { 0 };

		if (first == end)
			continue;
		vn_edits_apply(&sb, s, &plan->edits, first, end);
		w->results[i].path = s->path;
		w->results[i].len = sb.len;
		w->results[i].data = vn_strbuf_take(&sb);
		if (vn_source_is_header(s))
			VN_PUSH(&w->headers, w->results[i]);
	}
	w->job.overlays = w->headers.items;
	w->job.noverlays = w->headers.count;
}

/* Has the unit a changed file that no trial before has parsed plainly? */
static bool
sees_unseen(const struct work *w, const struct vn_parse *before)
{

	for (size_t k = 0; k < before->nincludes; k++)
		if (changed(w, before->includes[k]) &&
		    !w->seen[before->includes[k]])
			return (true);
	return (false);
}

/* ------ what a person was told of ------ */

static bool
is_outside(const struct work *w, const char *path)
{

	for (size_t i = 0; i < w->where->npaths; i++)
		if (vn_file_below(path, w->where->paths[i]) != NULL)
			return (false);
	return (true);
}

/* Is the file under no PATH, and one where a person has work to do? */
static bool
left_outside(const struct work *w, const char *path)
{
	const struct vn_plan *plan = w->plan;
	size_t len;
	char *shown;
	bool left = false;

	if (path == NULL || !is_outside(w, path))
		return (false);
	for (size_t i = 0; i < plan->occurrences.count && !left; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		left = o->outside && o->remark != NULL &&
		    strcmp(plan->sources->items[o->source]->path, path) == 0;
	}
	shown = vn_sources_shown(plan->sources, path);
	len = strlen(shown);
	for (size_t i = 0; i < plan->notes.count && !left; i++) {
		const char *where = plan->notes.items[i].where;

		left = where != NULL && strncmp(where, shown, len) == 0 &&
		    where[len] == ':';
	}
	free(shown);
	return (left);
}

/* ------ trials ------ */

static void
add_trial(struct work *w, const struct vn_parse *before)
{
	struct trial t = { .before = before, .first = { NONE, NONE } };
	bool doubt, told = left_outside(w, before->file);

	for (size_t k = 0; k < before->nincludes; k++) {
		int source = before->includes[k];

		if (changed(w, source) && !vn_source_is_header(
		    w->plan->sources->items[source]))
			VN_PUSH(&t.files, w->results[source]);
	}
	VN_PUSH(&w->trials, t);
	doubt = !told && t.files.count == 0 && !sees_unseen(w, before);
	for (size_t k = 0; k < before->nincludes; k++)
		w->seen[before->includes[k]] = true;
	for (int kind = 0; kind < KINDS; kind++)
		VN_PUSH(&w->checks, (struct vn_check){ .unit = before->unit,
		    .overlays = t.files.items, .noverlays = t.files.count,
		    .flag = w->flags[kind], .doubt = doubt && kind == PLAIN,
		    .skip = told && kind == VIRTUAL });
}

/* "-DVIMAGE" or "-UVIMAGE": a check has its own. */
static bool
is_option(const struct work *w, const char *flag)
{
	const char *option = w->plan->style->option;
	size_t n = strlen(option);

	return (flag[0] == '-' && (flag[1] == 'D' || flag[1] == 'U') &&
	    strncmp(flag + 2, option, n) == 0 &&
	    (flag[2 + n] == '\0' || flag[2 + n] == '='));
}

/* The next flag from *i on that counts, or NULL. */
static const char *
next_flag(const struct work *w, const struct vn_unit *unit, size_t *i)
{

	while (*i < unit->argc && is_option(w, unit->argv[*i]))
		++*i;
	return (*i < unit->argc ? unit->argv[(*i)++] : NULL);
}

/* Are the two units the same to a check? */
static bool
same_checks(const struct work *w, const struct vn_unit *a,
    const struct vn_unit *b)
{
	const char *fa, *fb;
	size_t i = 0, k = 0;

	if (strcmp(a->file, b->file) != 0 || strcmp(a->dir, b->dir) != 0 ||
	    a->noverlays > 0 || b->noverlays > 0)
		return (false);
	do {
		fa = next_flag(w, a, &i);
		fb = next_flag(w, b, &k);
	} while (fa != NULL && fb != NULL && strcmp(fa, fb) == 0);
	return (fa == NULL && fb == NULL);
}

/* Does a trial before do for the unit, which was made of another one? */
static bool
is_tried(const struct work *w, const struct vn_unit *unit)
{

	for (size_t i = 0; unit->extra && i < w->trials.count; i++)
		if (same_checks(w, unit,
		    &w->units->items[w->trials.items[i].before->unit]))
			return (true);
	return (false);
}

static void
make_trials(struct work *w)
{
	const struct vn_facts *facts = w->plan->facts;

	for (size_t i = 0; i < facts->nparses; i++) {
		const struct vn_parse *p = &facts->parses[i];
		bool concerned = false;

		for (size_t k = 0; k < p->nincludes && !concerned; k++)
			concerned = changed(w, p->includes[k]);
		/* Another configuration need not parse. */
		if (p->crashed || !concerned || (p->errors > 0 &&
		    w->units->items[p->unit].extra) ||
		    is_tried(w, &w->units->items[p->unit]))
			continue;
		/* Without a header anything may follow. */
		if (vn_diagnostics_lack(&p->diagnostics))
			vn_note("not verified, since it did not parse before: "
			    "%s", p->file);
		else
			add_trial(w, p);
	}
}

/* ------ what is new ------ */

/*
 * The first diagnostic of a check that the list before lacks; with
 * virtualization not those that a remark on a use outside of the PATHs
 * foretells.
 */
static size_t
first_new(const struct work *w, const struct vn_check *check, bool virtual,
    const struct vn_diagnostics *before)
{
	const struct vn_diagnostics *after = &check->diagnostics;
	size_t *fresh = vn_calloc(after->count + 1, sizeof(*fresh));
	size_t n = vn_diagnostics_new(fresh, after, before, &w->renames);
	size_t first = NONE;

	for (size_t i = 0; i < n && first == NONE; i++) {
		const struct vn_diagnostic *d = &after->items[fresh[i]];

		if (!virtual || (!left_outside(w, d->path) &&
		    !left_outside(w, d->token_path)))
			first = fresh[i];
	}
	free(fresh);
	/* One that crashed has said nothing. */
	return (check->crashed ? 0 : first);
}

static void
compare_with_before(struct work *w)
{

	for (size_t i = 0; i < w->trials.count; i++) {
		struct trial *t = &w->trials.items[i];

		for (int kind = 0; kind < KINDS; kind++)
			t->first[kind] = first_new(w,
			    &w->checks.items[KINDS * i + (size_t)kind],
			    kind == VIRTUAL, &t->before->diagnostics);
		if (t->first[VIRTUAL] != NONE)
			VN_PUSH(&w->olds, (struct vn_check){
			    .unit = t->before->unit,
			    .flag = w->flags[VIRTUAL] });
	}
}

/* Those of the parses with virtualization that the old bytes had not. */
static void
compare_with_olds(struct work *w)
{
	size_t k = 0;

	for (size_t i = 0; i < w->trials.count; i++) {
		struct trial *t = &w->trials.items[i];
		const struct vn_check *old;

		if (t->first[VIRTUAL] == NONE)
			continue;
		old = &w->olds.items[k++];
		if (old->crashed || vn_diagnostics_lack(&old->diagnostics)) {
			vn_note("not verified with %s, since it did not parse "
			    "before: %s", w->flags[VIRTUAL], t->before->file);
			t->first[VIRTUAL] = NONE;
		} else
			t->first[VIRTUAL] = first_new(w,
			    &w->checks.items[KINDS * i + VIRTUAL], true,
			    &old->diagnostics);
	}
}

static int
compare(struct work *w)
{
	struct vn_collect before = w->job;

	if (vn_collect_check(w->checks.items, w->checks.count, &w->job) != 0)
		return (-1);
	compare_with_before(w);
	before.overlays = NULL;
	before.noverlays = 0;
	if (vn_collect_check(w->olds.items, w->olds.count, &before) != 0)
		return (-1);
	compare_with_olds(w);
	return (0);
}

/* ------ what is said ------ */

/* Was that said already? */
static bool
said(struct work *w, const char *text)
{

	for (size_t i = 0; i < w->said.count; i++)
		if (strcmp(w->said.items[i], text) == 0)
			return (true);
	VN_PUSH(&w->said, vn_strdup(text));
	return (false);
}

/* The place before the edits, which is the one that there is. */
static void
old_place(const struct work *w, const struct vn_diagnostic *d, unsigned *line,
    unsigned *col)
{
	const struct vn_plan *plan = w->plan;
	int source = d->path == NULL ? -1 :
	    vn_sources_find(plan->sources, d->path);
	size_t first, end;

	*line = d->line;
	*col = d->col;
	if (source == -1 || !changed(w, source))
		return;
	first = vn_edits_range(&plan->edits, source, &end);
	vn_source_open(plan->sources->items[source]);
	vn_lines_at(&plan->sources->items[source]->lines,
	    vn_edits_old(&plan->edits, first, end, d->off), line, col);
}

/* "unit 'x.c' with -DVIMAGE": owned by the caller. */
static char *
describe(const struct work *w, const struct vn_unit *unit, int kind)
{
	char *shown = vn_sources_shown(w->plan->sources, unit->file);
	char *text = vn_asprintf("unit '%s'%s%s%s%s%s", shown,
	    unit->config != NULL ? " in configuration '" : "",
	    unit->config != NULL ? unit->config : "",
	    unit->config != NULL ? "'" : "",
	    kind == VIRTUAL ? " with " : "",
	    kind == VIRTUAL ? w->flags[kind] : "");

	free(shown);
	return (text);
}

/* Does it complain that the style's header is not there? */
static bool
lacks_header(const struct work *w, const struct vn_diagnostic *d)
{
	char *text = vn_asprintf("'%s' file not found",
	    w->plan->style->header);
	bool lacks = strncmp(d->text, text, strlen(text)) == 0;

	free(text);
	return (lacks);
}

static void
say_header(struct work *w, const char *unit)
{

	if (!said(w, w->plan->style->header))
		vn_error("%s does not find <%s>, which the result includes; "
		    "add its -I, or use --no-verify-parse", unit,
		    w->plan->style->header);
}

static void
say_new(struct work *w, const char *unit, const struct vn_diagnostic *d)
{
	char *shown = d->path == NULL ? NULL :
	    vn_sources_shown(w->plan->sources, d->path);
	unsigned line, col;
	char *key;

	old_place(w, d, &line, &col);
	key = vn_asprintf("%s:%u:%u: %s", shown == NULL ? "" : shown, line, col,
	    d->text);
	if (!said(w, key))
		vn_diag(VN_ERROR, shown, shown == NULL ? 0 : line, col,
		    "new %s in the result: %s (%s); %s, "
		    "or use --no-verify-parse and mend it afterwards",
		    d->severity == VN_SEVERITY_WARNING ? "warning" : "error",
		    d->text, unit, w->plan->undo && d->path != NULL &&
		    is_outside(w, d->path) ?
		    "add the file to the PATHs" : "change the source first");
	free(key);
	free(shown);
}

/* The first thing that is new in a unit; 0 if there is none. */
static int
say(struct work *w, size_t trial)
{
	const struct trial *t = &w->trials.items[trial];
	int kind = t->first[PLAIN] != NONE ? PLAIN : VIRTUAL;
	const struct vn_check *check =
	    &w->checks.items[KINDS * trial + (size_t)kind];
	char *unit;

	if (t->first[kind] == NONE)
		return (0);
	unit = describe(w, &w->units->items[check->unit], kind);
	if (check->crashed)
		vn_error("libclang crashed on the result of %s; use "
		    "--no-verify-parse", unit);
	else if (lacks_header(w, &check->diagnostics.items[t->first[kind]]))
		say_header(w, unit);
	else
		say_new(w, unit, &check->diagnostics.items[t->first[kind]]);
	free(unit);
	return (-1);
}

/* Without the words of the style the result is no C, here at least. */
static int
say_no_header(const struct vn_style *style, const struct options *options)
{

	vn_diag(options->verify_given ? VN_ERROR : VN_WARNING, NULL, 0, 0,
	    "the result is not verified: no %s that defines %s is in reach of "
	    "the compile commands; use --no-verify-parse", style->header,
	    style->define);
	return (options->verify_given ? -1 : 0);
}

static void
free_work(struct work *w)
{

	for (size_t i = 0; i < w->plan->sources->count; i++)
		free(w->results[i].data);
	free(w->results);
	free(w->seen);
	for (size_t i = 0; i < w->trials.count; i++)
		VN_FREE(&w->trials.items[i].files);
	for (size_t i = 0; i < w->checks.count; i++)
		vn_diagnostics_free(&w->checks.items[i].diagnostics);
	for (size_t i = 0; i < w->olds.count; i++)
		vn_diagnostics_free(&w->olds.items[i].diagnostics);
	for (size_t i = 0; i < w->said.count; i++)
		free(w->said.items[i]);
	VN_FREE(&w->headers);
	VN_FREE(&w->trials);
	VN_FREE(&w->checks);
	VN_FREE(&w->olds);
	VN_FREE(&w->said);
	for (int kind = 0; kind < KINDS; kind++)
		free(w->flags[kind]);
}

int
verify(const struct vn_plan *plan, const struct vn_units *units,
    const struct where *where, const struct options *options)
{
	struct work w = { .plan = plan, .units = units, .where = where,
	    .job = { .units = units->items, .nunits = units->count,
	    .sources = plan->sources, .names = &plan->names,
	    .extra = options->extra_args.items,
	    .nextra = options->extra_args.count, .jobs = options->jobs },
	    .prefixes = { plan->style->prefix, plan->style->symbol },
	    .renames = { .names = &plan->names } };
	int status, news = 0;

	if (plan->edits.count == 0)
		return (0);
	if (plan->header == NULL)
		return (say_no_header(plan->style, options));
	w.renames.prefixes = w.prefixes;
	w.renames.nprefixes = VN_NITEMS(w.prefixes);
	w.flags[PLAIN] = vn_asprintf("-U%s", plan->style->option);
	w.flags[VIRTUAL] = vn_asprintf("-D%s", plan->style->option);
	make_results(&w);
	make_trials(&w);
	status = compare(&w);
	for (size_t i = 0; status == 0 && i < w.trials.count; i++)
		news += say(&w, i) != 0;
	free_work(&w);
	return (status == 0 && news == 0 ? 0 : -1);
}
