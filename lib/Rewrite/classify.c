/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 3: what is each occurrence?  The facts decide; where there are none,
 * the tokens do.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/words.h"

/*
 * Is the occurrence where the static of a function can be seen?  Or in another
 * definition of the function, for another configuration.
 */
static bool
sees_local(const struct vn_plan *plan, const struct vn_target *t,
    const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	const struct vn_function *f = vn_outline_function(&s->outline, o->tok);
	int def = vn_source_tok_at(s, t->home_off), up;

	if (t->home != o->source || def == -1 || f == NULL)
		return (false);
	if (o->tok > f->body && vn_outline_function(&s->outline, def) != f)
		return (vn_tok_word(s, f->name,
		    plan->globals->items[t->global].function));
	if (o->tok < def)
		return (false);
	up = s->outline.up[def];
	return (up >= 0 && (s->outline.match[up] < 0 ||
	    o->tok < s->outline.match[up]));
}

/*
 * The target that the name means in a file where no fact says so: a static
 * only in its own file or block, else the external variable.
 */
static int
target_in(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	int found = -1;

	for (size_t i = 0; i < plan->targets.count; i++) {
		const struct vn_target *t = &plan->targets.items[i];

		if (t->name != o->name || t->entity == NULL)
			continue;
		if (t->what == VN_EXTERN)
			found = found == -1 ? (int)i : found;
		else if (t->what == VN_STATIC_LOCAL) {
			if (!o->v_form && sees_local(plan, t, o))
				return ((int)i);
		} else if (t->home == o->source)
			return ((int)i);
	}
	return (found);
}

static uint8_t
role_of(uint8_t kind)
{

	return (kind == VN_FACT_DEF ? VN_ROLE_DEF :
	    kind == VN_FACT_DECL ? VN_ROLE_DECL : VN_ROLE_REF);
}

/* Where and in which configuration a fact was seen, for a remark. */
static char *
fact_place(const struct vn_plan *plan, const struct vn_fact *f)
{
	const char *with = f->config == NULL ? "" : " with ";
	const char *config = f->config == NULL ? "" : f->config;
	char *at, *text;

	if (f->exp_path == NULL)
		return (vn_asprintf("here%s%s", with, config));
	at = vn_fact_expansion(f, plan->sources);
	text = vn_asprintf("at %s%s%s", at, with, config);
	free(at);
	return (text);
}

/* A token that is one thing here and another there: nothing fits both. */
static void
disagree(struct vn_plan *plan, const struct vn_occurrence *o,
    const struct vn_fact *ours, const struct vn_fact *theirs)
{
	char *at, *a, *b;

	if (plan->undo)
		return;		/* the word x stays; see undo_shadow.c */
	a = fact_place(plan, ours);
	b = fact_place(plan, theirs);
	at = vn_source_place(plan->sources->items[o->source], o->off);
	vn_target_block(&plan->targets.items[o->target], "disagree", "the "
	    "token at %s is the variable %s and a %s %s; give one of them "
	    "another name", at, a, vn_what_word(theirs->what), b);
	free(at);
	free(a);
	free(b);
}

/* Decide by facts; false where there are none. */
static bool
by_facts(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_fact *ours = NULL, *theirs = NULL;
	size_t i, end;

	end = vn_facts_at(plan->facts, o->source, o->off, &i);
	for (; i < end; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		int target = f->entity == NULL || (f->flags & VN_FF_PASTED) ?
		    -1 : vn_plan_target(plan, o->name, f->entity);

		if ((f->flags & VN_FF_PASTED) ||
		    strcmp(f->name, vn_plan_plain(plan, o->name)) != 0)
			continue;
		if (target == -1) {
			theirs = f;
			continue;
		}
		if (ours == NULL || f->kind < ours->kind) {
			ours = f;
			o->target = target;
			o->role = role_of(f->kind);
		}
		o->flags |= f->flags;
	}
	if (ours != NULL && theirs != NULL)
		disagree(plan, o, ours, theirs);
	else if (theirs != NULL)
		vn_occ_other(o, theirs->entity != NULL ? "another variable" :
		    vn_what_word(theirs->what));
	return (ours != NULL || theirs != NULL);
}

/* A local or parameter of that name, by facts, in scope at the token? */
static const char *
fact_local(const struct vn_plan *plan, const struct vn_source *s,
    const struct vn_occurrence *o)
{
	const struct vn_function *f = vn_outline_function(&s->outline, o->tok);
	size_t i, end;

	if (f == NULL)
		return (NULL);
	for (i = vn_plan_range(plan, o->source, &end); i < end; i++) {
		const struct vn_occurrence *p = &plan->occurrences.items[i];
		int up = s->outline.up[p->tok];

		/* What tokens can tell, they told already. */
		if (p->tokens || p->tok > o->tok || p->tok < f->params ||
		    p->name != o->name || p->cls != VN_OTHER)
			continue;
		if (strcmp(p->what, "parameter") == 0 && p->tok < f->body)
			return ("parameter");
		if (strcmp(p->what, "local") == 0 && up >= 0 &&
		    (s->outline.match[up] < 0 ||
		    s->outline.match[up] > o->tok) && p->tok > f->body)
			return ("local");
	}
	return (NULL);
}

/* A remark for a token that cannot be told. */
static void
unsure(const struct vn_plan *plan, struct vn_occurrence *o, const char *why)
{

	vn_occ_remark(o, "unsure", "'%s' may be the listed variable, but no "
	    "configuration compiles this code (%s); look at it, and write "
	    "'%s' if it is", vn_plan_plain(plan, o->name), why,
	    vn_plan_prefixed(plan, o->name));
}

static void
by_tokens(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	struct vn_context c = vn_context_of(plan->macros, plan->sources, s,
	    o->tok);
	const char *local;

	o->tokens = true;
	if (c.meaning == VN_MEANS_OTHER) {
		vn_occ_other(o, c.what);
		return;
	}
	local = fact_local(plan, s, o);
	if (local != NULL) {
		vn_occ_other(o, local);
		return;
	}
	o->target = target_in(plan, o);
	if (o->target == -1 || (c.hidden &&
	    plan->targets.items[o->target].what != VN_STATIC_LOCAL)) {
		o->target = -1;
		vn_occ_other(o, "another variable");
		return;
	}
	if (c.meaning == VN_MEANS_UNSURE && !plan->undo) {
		o->target = -1;
		unsure(plan, o, c.what);
		return;
	}
	o->role = c.meaning == VN_MEANS_DEF ? VN_ROLE_DEF :
	    c.meaning == VN_MEANS_DECL ? VN_ROLE_DECL : VN_ROLE_REF;
	o->hidden = c.hidden;
	if (c.constant)
		o->flags |= VN_FF_CONST_INIT;
}

/* VNET_DEFINE(t, x), VNET_NAME(x) and their kin hold what is done already. */
static void
see_done(const struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	int arg;

	if (vn_word_is_vnet(vn_word_at(s, vn_tok_call(s, o->tok, &arg))))
		o->done = true;
}

/*
 * V_x in a header's macro may mean a static of the source that expands it;
 * there is one V_x only.
 */
static int
target_of_prefixed(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	int found = target_in(plan, o);

	for (size_t i = 0; found == -1 && i < plan->targets.count; i++) {
		const struct vn_target *t = &plan->targets.items[i];

		if (t->name == o->name && t->entity != NULL &&
		    t->has_define && t->what != VN_STATIC_LOCAL)
			found = (int)i;
	}
	return (found);
}

/* Text that no parse compiled: what the user wants done with it. */
static void
see_inactive(struct vn_plan *plan, struct vn_occurrence *o)
{
	const char *name = vn_plan_plain(plan, o->name);
	struct vn_target *t;

	o->inactive = !o->outside && (o->tokens || o->v_form) &&
	    !vn_reach_any(plan->facts, o->source, o->off);
	if (!o->inactive || o->target == -1 || o->done ||
	    plan->inactive == VN_INACTIVE_EDIT)
		return;
	t = &plan->targets.items[o->target];
	if (o->source == t->home && o->off == t->home_off)
		vn_target_block(t, "inactive", "no configuration compiles its "
		    "definition; add one with --config, or use "
		    "--inactive=edit");
	else if (plan->inactive == VN_INACTIVE_SKIP)
		vn_occ_other(o, "left in code that no configuration compiles");
	else
		vn_occ_remark(o, "inactive", "'%s' stands in code that no "
		    "configuration compiles; write '%s', or use "
		    "--inactive=edit", name, vn_plan_prefixed(plan, o->name));
}

static void
classify(struct vn_plan *plan, struct vn_occurrence *o)
{

	if (o->v_form) {
		o->target = target_of_prefixed(plan, o);
		if (o->target == -1 ||
		    !plan->targets.items[o->target].has_define) {
			o->target = -1;
			vn_occ_other(o, "a name of its own");
			return;
		}
		o->done = true;
		o->role = VN_ROLE_REF;
	} else {
		if (!by_facts(plan, o))
			by_tokens(plan, o);
		if (o->target != -1)
			see_done(plan, o);
	}
	see_inactive(plan, o);
}

void
vn_plan_classify(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->occurrences.count; i++)
		classify(plan, &plan->occurrences.items[i]);
}
