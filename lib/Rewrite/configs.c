/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Choosing configurations: which parse of which unit can serve several wishes.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/facts.h"
#include "Facts/names.h"
#include "Facts/source.h"

#include "Rewrite/configs.h"
#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/wish.h"

enum { SPLIT_PARTS = 4 };

/* A wish: any of these settings, in any of these parses. */
struct wish {
	const struct vn_plan	*plan;
	struct vn_configs	*configs;
	size_t			 from;	/* configurations before are parsed */
	const struct vn_occurrence *o;
};

/* ------ parses ------ */

static const struct vn_parse *
parse_of(const struct vn_facts *facts, unsigned unit)
{
	size_t lo = 0, hi = facts->nparses;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (facts->parses[mid].unit < unit)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo < facts->nparses && facts->parses[lo].unit == unit ?
	    &facts->parses[lo] : NULL);
}

static bool
failed(const struct vn_facts *facts, unsigned unit)
{
	const struct vn_parse *p = parse_of(facts, unit);

	return (p == NULL || !vn_parse_clean(p));
}

static const char *
file_of(const struct vn_facts *facts, unsigned unit)
{
	const struct vn_parse *p = parse_of(facts, unit);

	return (p == NULL ? "" : p->file);
}

/* How many configurations the file of a unit has. */
static size_t
count_of_file(const struct vn_configs *configs, const struct vn_facts *facts,
    unsigned unit)
{
	const char *file = file_of(facts, unit);
	size_t n = 0;

	for (size_t i = 0; i < configs->items.count; i++)
		n += strcmp(file_of(facts, configs->items.items[i].unit),
		    file) == 0;
	return (n);
}

/* ------ serving a wish ------ */

static void
remember(struct vn_configs *configs, size_t config,
    const struct vn_settings *settings)
{

	VN_PUSH(&configs->wants, (struct vn_want){ config, *settings });
	configs->items.items[config].wants++;
}

static bool
same_settings(const struct vn_settings *a, const struct vn_settings *b)
{

	return (vn_settings_hold(a, b) && vn_settings_hold(b, a));
}

/* Does the configuration serve a wish for just these settings? */
static bool
serves_same(const struct vn_configs *configs, size_t config,
    const struct vn_settings *settings)
{

	for (size_t i = 0; i < configs->wants.count; i++) {
		const struct vn_want *w = &configs->wants.items[i];

		if (w->config == config &&
		    same_settings(&w->settings, settings))
			return (true);
	}
	return (false);
}

/* A clean parse, of whichever unit, that did all that can be done. */
static bool
settled(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{

	(void)unit;
	for (size_t i = 0; i < w->from; i++) {
		const struct vn_config *c = &w->configs->items.items[i];
		const struct vn_parse *p = parse_of(w->plan->facts, c->made);

		if (p != NULL && vn_settings_hold(&c->settings, settings) &&
		    vn_reach_compiles(w->plan->facts, p, w->o->source,
		    w->o->off))
			return (true);
	}
	return (false);
}

/* A configuration of the unit, not parsed yet, that holds the settings. */
static bool
served(const struct wish *w, unsigned unit, const struct vn_settings *settings)
{

	for (size_t i = w->from; i < w->configs->items.count; i++) {
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

/*
 * Did the unit show that it is of no use: with just these settings, or failing
 * with a part of them?
 */
static bool
is_useless(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{

	for (size_t i = 0; i < w->from; i++) {
		const struct vn_config *c = &w->configs->items.items[i];

		if (c->unit == unit && vn_settings_hold(settings,
		    &c->settings) && (vn_settings_hold(&c->settings,
		    settings) || failed(w->plan->facts, c->made)))
			return (true);
	}
	return (false);
}

static bool
join_one(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{

	for (size_t i = w->from; i < w->configs->items.count; i++) {
		struct vn_config *c = &w->configs->items.items[i];

		if (c->unit == unit && !is_useless(w, unit, settings) &&
		    vn_settings_join(&c->settings, settings)) {
			remember(w->configs, i, settings);
			return (true);
		}
	}
	return (false);
}

/* A new configuration, if there is room for one. */
static bool
open_config(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{
	struct vn_config c = { .unit = unit, .settings = *settings };

	if (count_of_file(w->configs, w->plan->facts, unit) >=
	    VN_CONFIGS_MAX || is_useless(w, unit, settings))
		return (false);
	VN_PUSH(&w->configs->items, c);
	return (true);
}

static bool
open_one(const struct wish *w, unsigned unit,
    const struct vn_settings *settings)
{

	if (!open_config(w, unit, settings))
		return (false);
	remember(w->configs, w->configs->items.count - 1, settings);
	return (true);
}

bool
vn_configs_is_options(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash == NULL ? path : slash + 1;
	size_t n = strlen(base);

	return (strncmp(base, "opt_", 4) == 0 && n > 6 &&
	    strcmp(base + n - 2, ".h") == 0);
}

/*
 * Does a source of the parse define the macro, whatever the flags say?  An
 * opt_*.h does not: what it defines is hidden.
 */
static bool
is_fixed(const struct wish *w, const struct vn_parse *p,
    const struct vn_setting *setting)
{
	const struct vn_macro *m = vn_macros_find(w->plan->macros,
	    setting->macro, setting->len);

	for (; m != NULL; m = vn_macros_next(w->plan->macros, m)) {
		const struct vn_source *s = w->plan->sources->items[m->source];
		int branch = s->lex.dirs[m->dir].parent;

		if (vn_parse_includes(p, m->source) &&
		    !vn_configs_is_options(s->path) && (branch == -1 ||
		    vn_guard_is_include(s, branch)) &&
		    (m->source != w->o->source ||
		    s->lex.dirs[m->dir].off < w->o->off))
			return (true);
	}
	return (false);
}

/* Can flags bring the settings about, and would they be no harm? */
static bool
is_possible(const struct wish *w, const struct vn_parse *p,
    const struct vn_settings *settings)
{

	for (size_t i = 0; i < settings->count; i++) {
		const struct vn_setting *s = &settings->items[i];

		if (vn_names_find(&w->plan->names, s->macro, s->len) != -1 ||
		    (!s->any && is_fixed(w, p, s)))
			return (false);
	}
	return (settings->count > 0);
}

/* The parse's first alternative that can be had in some way. */
static bool
serve(const struct wish *w, const struct vn_parse *p,
    const struct vn_guard *guard,
    bool (*way)(const struct wish *, unsigned, const struct vn_settings *))
{

	for (size_t i = 0; i < guard->count; i++)
		if (is_possible(w, p, &guard->items[i]) &&
		    way(w, p->unit, &guard->items[i]))
			return (true);
	return (false);
}

/* ------ occurrences ------ */

/* Is the unit one of our configurations? */
static bool
is_made(const struct wish *w, unsigned unit)
{

	for (size_t i = 0; i < w->from; i++)
		if (w->configs->items.items[i].made == unit)
			return (true);
	return (false);
}

static bool
has_fact(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	size_t first;

	return (vn_facts_at(plan->facts, o->source, o->off, &first) > first);
}

/*
 * Can a parse tell more of the occurrence?  Not of one that its neighbours
 * give away; and of one that is prefixed already, or stands in a #define, only
 * if nothing compiled its text.  Asked apart for what was compiled and what
 * was not.
 */
static bool
wants_parse(const struct vn_plan *plan, const struct vn_occurrence *o,
    bool compiled)
{
	const struct vn_source *s = plan->sources->items[o->source];

	if (o->outside || has_fact(plan, o) ||
	    compiled != vn_reach_any(plan->facts, o->source, o->off) ||
	    vn_context_of(plan->macros, plan->sources, s, o->tok).sure)
		return (false);
	return (!compiled || (!o->v_form && s->lex.toks[o->tok].dir == -1));
}

static void
wish_for(const struct wish *w)
{
	bool (*const ways[])(const struct wish *, unsigned,
	    const struct vn_settings *) = { settled, served, join_one,
	    open_one };
	const struct vn_facts *facts = w->plan->facts;

	for (size_t way = 0; way < VN_NITEMS(ways); way++)
		for (size_t i = 0; i < facts->nparses; i++) {
			const struct vn_parse *p = &facts->parses[i];
			struct vn_guard guard;

			if (vn_parse_clean(p) && !is_made(w, p->unit) &&
			    vn_parse_includes(p, w->o->source) &&
			    vn_wish_of(&guard, w->plan, w->o, p, w->from > 0) &&
			    serve(w, p, &guard, ways[way]))
				return;
		}
}

/*
 * What nothing compiled goes first: it is the same in a tree that was
 * converted, where nothing else is wished for.
 */
size_t
vn_configs_choose(struct vn_configs *configs, const struct vn_plan *plan)
{
	struct wish w = { .plan = plan, .configs = configs,
	    .from = configs->items.count };

	for (int compiled = 0; compiled < 2; compiled++)
		for (size_t i = 0; i < plan->occurrences.count; i++) {
			w.o = &plan->occurrences.items[i];
			if (wants_parse(plan, w.o, compiled))
				wish_for(&w);
		}
	return (configs->items.count - w.from);
}

/* Does another wish of the configuration ask for a part of this one? */
static bool
asks_more(const struct vn_configs *configs, const struct vn_want *want)
{

	for (size_t i = 0; i < configs->wants.count; i++) {
		const struct vn_want *w = &configs->wants.items[i];

		if (w->config == want->config &&
		    vn_settings_hold(&want->settings, &w->settings) &&
		    !vn_settings_hold(&w->settings, &want->settings))
			return (true);
	}
	return (false);
}

/* A configuration for the wishes wants[0 .. n - 1]. */
static void
open_part(const struct wish *w, unsigned unit, const size_t *wants, size_t n)
{
	struct vn_settings sum = { .count = 0 };

	for (size_t i = 0; i < n; i++)
		vn_settings_join(&sum,
		    &w->configs->wants.items[wants[i]].settings);
	if (!open_config(w, unit, &sum))
		return;
	for (size_t i = 0; i < n; i++) {
		sum = w->configs->wants.items[wants[i]].settings;
		remember(w->configs, w->configs->items.count - 1, &sum);
	}
}

static void
split(const struct wish *w, size_t config)
{
	const unsigned unit = w->configs->items.items[config].unit;
	VN_VEC(size_t) wants = { 0 };
	size_t parts;

	for (size_t i = 0; i < w->configs->wants.count; i++)
		if (w->configs->wants.items[i].config == config &&
		    !asks_more(w->configs, &w->configs->wants.items[i]))
			VN_PUSH(&wants, i);
	parts = wants.count < SPLIT_PARTS ? wants.count : SPLIT_PARTS;
	for (size_t i = 0; i < parts; i++) {
		size_t from = i * wants.count / parts;

		open_part(w, unit, wants.items + from,
		    (i + 1) * wants.count / parts - from);
	}
	VN_FREE(&wants);
}

size_t
vn_configs_split(struct vn_configs *configs, const struct vn_plan *plan)
{
	struct wish w = { .plan = plan, .configs = configs,
	    .from = configs->items.count };

	for (size_t i = 0; i < w.from; i++) {
		if (configs->items.items[i].wants > 1 &&
		    failed(plan->facts, configs->items.items[i].made))
			split(&w, i);
		configs->items.items[i].wants = 0;
	}
	return (configs->items.count - w.from);
}

void
vn_configs_free(struct vn_configs *configs)
{

	VN_FREE(&configs->items);
	VN_FREE(&configs->wants);
}
