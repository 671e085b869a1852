/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Choosing configurations: what each occurrence wants, and which parse of
 * which unit can serve several wishes.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/facts.h"
#include "Facts/source.h"

#include "Rewrite/configs.h"
#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"

enum { DEEPEST_BRANCH = 64, DEEPEST_CALL = 4 };

/* A wish: any of these settings, in any of these parses. */
struct wish {
	const struct vn_plan	*plan;
	struct vn_configs	*configs;
	const struct vn_occurrence *o;
};

/* ------ serving a wish ------ */

static const char *
file_of(const struct vn_plan *plan, unsigned unit)
{

	for (size_t i = 0; i < plan->facts->nparses; i++)
		if (plan->facts->parses[i].unit == unit)
			return (plan->facts->parses[i].file);
	return ("");
}

/* How many configurations the file of a unit has. */
static size_t
count_of_file(const struct vn_configs *configs, const struct vn_plan *plan,
    unsigned unit)
{
	const char *file = file_of(plan, unit);
	size_t n = 0;

	for (size_t i = 0; i < configs->items.count; i++)
		n += strcmp(file_of(plan, configs->items.items[i].unit),
		    file) == 0;
	return (n);
}

static void
remember(struct vn_configs *configs, size_t config,
    const struct vn_settings *settings)
{

	VN_PUSH(&configs->wants, (struct vn_want){ config, *settings });
	configs->items.items[config].wants++;
}

/* Does the configuration serve a wish for just these settings? */
static bool
serves_same(const struct vn_configs *configs, size_t config,
    const struct vn_settings *settings)
{

	for (size_t i = 0; i < configs->wants.count; i++) {
		const struct vn_want *w = &configs->wants.items[i];

		if (w->config == config &&
		    vn_settings_hold(&w->settings, settings) &&
		    vn_settings_hold(settings, &w->settings))
			return (true);
	}
	return (false);
}

/* A configuration of the unit that holds the settings already. */
static bool
served(const struct wish *w, unsigned unit, const struct vn_settings *settings)
{

	for (size_t i = 0; i < w->configs->items.count; i++) {
		const struct vn_config *c = &w->configs->items.items[i];

		if (c->unit != unit || !vn_settings_hold(&c->settings,
		    settings))
			continue;
		if (!serves_same(w->configs, i, settings))
			remember(w->configs, i, settings);
		return (true);
	}
	return (false);
}

static bool
join_one(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{

	for (size_t i = 0; i < w->configs->items.count; i++) {
		struct vn_config *c = &w->configs->items.items[i];

		if (c->unit == unit &&
		    vn_settings_join(&c->settings, settings)) {
			remember(w->configs, i, settings);
			return (true);
		}
	}
	return (false);
}

static bool
open_one(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{
	struct vn_config c = { .unit = unit, .settings = *settings };

	if (settings->count == 0 || count_of_file(w->configs, w->plan,
	    unit) >= VN_CONFIGS_MAX)
		return (false);
	VN_PUSH(&w->configs->items, c);
	remember(w->configs, w->configs->items.count - 1, settings);
	return (true);
}

/* The parse's first alternative that can be had in some way. */
static bool
serve(const struct wish *w, const struct vn_parse *p,
    const struct vn_guard *guard,
    bool (*way)(const struct wish *, unsigned, const struct vn_settings *))
{

	for (size_t i = 0; i < guard->count; i++)
		if (guard->items[i].count > 0 &&
		    way(w, p->unit, &guard->items[i]))
			return (true);
	return (false);
}

/* ------ what has to be turned ------ */

/* Did any parse know that it is asked about the source? */
static bool
is_known(const struct vn_facts *facts, int source)
{

	for (size_t i = 0; i < facts->nparses; i++)
		if (vn_parse_includes(&facts->parses[i], source))
			return (true);
	return (false);
}

/*
 * Narrow the guard by what the byte of a source needs in a parse: from the
 * first branch that it skipped on.  What that one skipped shows nothing of the
 * branches inside: those that cannot be turned may hold as they are; so of a
 * header that was asked for after the parse.  False if the skipped one cannot
 * be turned; *skipped tells if there is one.
 */
static bool
narrow_at(const struct vn_plan *plan, const struct vn_parse *p, int source,
    uint32_t off, struct vn_guard *guard, bool *skipped)
{
	const struct vn_source *s = plan->sources->items[source];
	bool included = vn_parse_includes(p, source);
	int chain[DEEPEST_BRANCH];
	int n = vn_reach_chain(s, off, chain, DEEPEST_BRANCH), i = 0;

	*skipped = false;
	if (!included && is_known(plan->facts, source))
		return (false);
	while (included && i < n && !vn_reach_skips(plan->facts, p->unit,
	    source, s, chain[i]))
		i++;
	if (included && i < n && !vn_guard_narrow(guard, s, chain[i]))
		return (false);
	for (*skipped = included && i < n; i < n; i++)
		if (!vn_guard_is_include(s, chain[i]) &&
		    vn_guard_narrow(guard, s, chain[i]))
			*skipped = true;
	return (true);
}

static bool narrow_call(const struct wish *w, const struct vn_parse *p,
    const char *callee, unsigned len, int arg, struct vn_guard *guard,
    int depth);

/* The calls in a compiled macro's body that hand the argument on. */
static bool
narrow_body(const struct wish *w, const struct vn_parse *p,
    const struct vn_macro *m, int arg, struct vn_guard *guard, int depth)
{
	const struct vn_source *s = w->plan->sources->items[m->source];
	int param = vn_macro_param(s, m, arg);

	for (int t = m->body; param != -1 && t < m->end; t++) {
		int inner, callee;
		unsigned len;
		const char *name;

		if (!vn_macro_spells(s, t, param) ||
		    (callee = vn_tok_call(s, t, &inner)) == -1)
			continue;
		name = vn_tok_text(s, callee, &len);
		if (narrow_call(w, p, name, len, inner, guard, depth + 1))
			return (true);
	}
	return (false);
}

/*
 * Narrow the guard by what makes another definition of the macro count, one
 * that uses the argument.
 */
static bool
narrow_call(const struct wish *w, const struct vn_parse *p,
    const char *callee, unsigned len, int arg, struct vn_guard *guard,
    int depth)
{
	const struct vn_macro *m = vn_macros_find(w->plan->macros, callee,
	    len);

	for (; m != NULL && depth < DEEPEST_CALL;
	    m = vn_macros_next(w->plan->macros, m)) {
		const struct vn_source *s = w->plan->sources->items[m->source];
		struct vn_guard sum = *guard;
		bool skipped;

		if (!(vn_macro_use(w->plan->macros, w->plan->sources, m,
		    arg) & VN_USE_PLAIN) || !narrow_at(w->plan, p, m->source,
		    s->lex.dirs[m->dir].off, &sum, &skipped))
			continue;
		if (!skipped && !narrow_body(w, p, m, arg, &sum, depth))
			continue;
		*guard = sum;
		return (true);
	}
	return (false);
}

/* The macro among those around the occurrence that drops it. */
static bool
narrow_dropped(const struct wish *w, const struct vn_parse *p,
    struct vn_guard *guard)
{
	const struct vn_source *s = w->plan->sources->items[w->o->source];

	for (int at = w->o->tok; at >= 0; at = s->outline.up[at]) {
		int arg, callee = vn_tok_call(s, at, &arg);
		unsigned len;
		const char *name;

		if (callee == -1)
			continue;
		name = vn_tok_text(s, callee, &len);
		if (narrow_call(w, p, name, len, arg, guard, 0))
			return (true);
	}
	return (false);
}

/* What the occurrence wants of a parse; false: nothing that can be had. */
static bool
want_of(const struct wish *w, const struct vn_parse *p,
    struct vn_guard *guard)
{
	const struct vn_source *s = w->plan->sources->items[w->o->source];
	bool skipped;

	vn_guard_init(guard);
	if (!narrow_at(w->plan, p, w->o->source, w->o->off, guard, &skipped))
		return (false);
	if (skipped)
		return (true);
	return (!w->o->v_form && s->lex.toks[w->o->tok].dir == -1 &&
	    narrow_dropped(w, p, guard));
}

/* ------ occurrences ------ */

static bool
has_fact(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	size_t first;

	return (vn_facts_at(plan->facts, o->source, o->off, &first) > first);
}

/*
 * Can a parse tell more of the occurrence?  Not of one that its neighbours
 * give away; and of one that is prefixed already, or stands in a #define, only
 * if nothing compiled its text.
 */
static bool
wants_parse(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];

	if (o->outside || has_fact(plan, o) || vn_context_of(plan->macros,
	    plan->sources, s, o->tok).sure)
		return (false);
	return ((!o->v_form && s->lex.toks[o->tok].dir == -1) ||
	    !vn_reach_any(plan->facts, o->source, s, o->off));
}

static void
wish_for(struct wish *w)
{
	bool (*const ways[])(const struct wish *, unsigned,
	    const struct vn_settings *) = { served, join_one, open_one };
	const struct vn_facts *facts = w->plan->facts;

	for (size_t way = 0; way < VN_NITEMS(ways); way++)
		for (size_t i = 0; i < facts->nparses; i++) {
			const struct vn_parse *p = &facts->parses[i];
			struct vn_guard guard;

			if (vn_parse_clean(p) &&
			    vn_parse_includes(p, w->o->source) &&
			    want_of(w, p, &guard) &&
			    serve(w, p, &guard, ways[way]))
				return;
		}
}

void
vn_configs_choose(struct vn_configs *out, const struct vn_plan *plan)
{
	struct wish w = { .plan = plan, .configs = out };

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		w.o = &plan->occurrences.items[i];
		if (wants_parse(plan, w.o))
			wish_for(&w);
	}
}

static bool
failed(const struct vn_facts *facts, unsigned unit)
{

	for (size_t i = 0; i < facts->nparses; i++)
		if (facts->parses[i].unit == unit)
			return (!vn_parse_clean(&facts->parses[i]));
	return (true);
}

size_t
vn_configs_split(struct vn_configs *configs, const struct vn_plan *plan)
{
	struct wish w = { .plan = plan, .configs = configs };
	size_t before = configs->items.count, wants = configs->wants.count;

	for (size_t i = 0; i < wants; i++) {
		const struct vn_want want = configs->wants.items[i];
		const struct vn_config *c =
		    &configs->items.items[want.config];

		if (want.config < before && c->wants > 1 &&
		    failed(plan->facts, c->made))
			open_one(&w, c->unit, &want.settings);
	}
	return (configs->items.count - before);
}

void
vn_configs_free(struct vn_configs *configs)
{

	VN_FREE(&configs->items);
	VN_FREE(&configs->wants);
}
