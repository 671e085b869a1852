/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What an occurrence wants: the conditions around it, and those of the macros
 * that drop it.
 */

#include <stddef.h>

#include "Facts/facts.h"
#include "Facts/source.h"

#include "Rewrite/guard.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/wish.h"

enum { DEEPEST_BRANCH = 64, DEEPEST_CALL = 4 };

struct asked {
	const struct vn_plan	*plan;
	const struct vn_occurrence *o;
	bool	lenient;	/* a macro may count at one place only: see
				   narrow_call */
};

/* Did any parse know that it is asked about the source? */
static bool
is_known(const struct vn_facts *facts, int source)
{

	for (size_t i = 0; i < facts->nparses; i++)
		if (vn_parse_includes(&facts->parses[i], source))
			return (true);
	return (false);
}

/* Keep the alternatives that leave the branches around as they are. */
static void
keep_around(struct vn_guard *guard, const struct vn_source *s,
    const int *chain, int n)
{

	for (int i = 0; i < n; i++) {
		struct vn_guard around, kept = { .count = 0 };

		vn_guard_init(&around);
		if (!vn_guard_narrow(&around, s, chain[i]))
			continue;
		for (size_t k = 0; k < guard->count; k++)
			if (vn_guard_allows(&around, &guard->items[k]))
				kept.items[kept.count++] = guard->items[k];
		*guard = kept;
	}
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
	int n = vn_reach_chain(s, off, chain, DEEPEST_BRANCH), i = 0, first;

	*skipped = false;
	if (!included && is_known(plan->facts, source))
		return (false);
	while (included && i < n && !vn_reach_skips(plan->facts, p->unit,
	    source, s, chain[i]))
		i++;
	first = i;
	if (included && i < n && !vn_guard_narrow(guard, s, chain[i]))
		return (false);
	for (*skipped = included && i < n; i < n; i++)
		if (!vn_guard_is_include(s, chain[i]) &&
		    vn_guard_narrow(guard, s, chain[i]))
			*skipped = true;
	keep_around(guard, s, chain, first);
	return (guard->count > 0);
}

static bool narrow_call(const struct asked *w, const struct vn_parse *p,
    const char *callee, unsigned len, int arg, struct vn_guard *guard,
    int depth);

/* The calls in a compiled macro's body that hand the argument on. */
static bool
narrow_body(const struct asked *w, const struct vn_parse *p,
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
 * that uses the argument; not if one that does counts already, though if it
 * does just here is not known: a macro may be defined anew.
 */
static bool
narrow_call(const struct asked *w, const struct vn_parse *p,
    const char *callee, unsigned len, int arg, struct vn_guard *guard,
    int depth)
{
	const struct vn_macro *m = vn_macros_find(w->plan->macros, callee,
	    len);
	struct vn_guard other = { .count = 0 };

	for (; m != NULL && depth < DEEPEST_CALL;
	    m = vn_macros_next(w->plan->macros, m)) {
		const struct vn_source *s = w->plan->sources->items[m->source];
		struct vn_guard sum = *guard;
		bool skipped;

		if (!(vn_macro_use(w->plan->macros, w->plan->sources, m,
		    arg) & VN_USE_PLAIN) || !narrow_at(w->plan, p, m->source,
		    s->lex.dirs[m->dir].off, &sum, &skipped))
			continue;
		if (skipped) {
			other = other.count == 0 ? sum : other;
			continue;
		}
		if (narrow_body(w, p, m, arg, &sum, depth)) {
			*guard = sum;
			return (true);
		}
		if (!w->lenient)
			return (false);
	}
	if (other.count > 0)
		*guard = other;
	return (other.count > 0);
}

/* The calls around the occurrence, from within. */
static bool
narrow_calls(const struct asked *w, const struct vn_parse *p,
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

/* The macro among those around the occurrence that drops it. */
static bool
narrow_dropped(const struct asked *w, const struct vn_parse *p,
    struct vn_guard *guard)
{
	struct asked lenient = *w;

	lenient.lenient = true;
	return (narrow_calls(w, p, guard) ||
	    narrow_calls(&lenient, p, guard));
}

bool
vn_wish_of(struct vn_guard *guard, const struct vn_plan *plan,
    const struct vn_occurrence *o, const struct vn_parse *p, bool late)
{
	const struct vn_source *s = plan->sources->items[o->source];
	const struct asked w = { .plan = plan, .o = o };
	bool skipped;

	vn_guard_init(guard);
	if (!narrow_at(plan, p, o->source, o->off, guard, &skipped))
		return (false);
	if ((!skipped || late) && !o->v_form &&
	    s->lex.toks[o->tok].dir == -1 && narrow_dropped(&w, p, guard))
		return (true);
	return (skipped);
}
