/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 6: references.  x becomes V_x; in a sysctl's pointer and in a macro
 * body that a constant initializer expands, VNET_NAME(x).
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/words.h"

/* Is the token in the pointer argument of a static sysctl? */
static bool
in_sysctl_pointer(const struct vn_source *s, int t)
{
	int arg, callee;
	const struct vn_word *word = vn_word_around(s, t, &callee, &arg);

	return (word != NULL && word->kind == VN_WORD_SYSCTL &&
	    arg == word->pointer);
}

/* Where the facts of one token say it is expanded, constant or not. */
static const struct vn_fact *
expansion(const struct vn_plan *plan, const struct vn_occurrence *o,
    bool constant)
{
	size_t i, end = vn_facts_at(plan->facts, o->source, o->off, &i);

	for (; i < end; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->kind == VN_FACT_REF && (f->flags & VN_FF_MACRO) &&
		    ((f->flags & VN_FF_CONST_INIT) != 0) == constant)
			return (f);
	}
	return (NULL);
}

/* Is the expansion a static sysctl's call?  Those are noted on their own. */
static bool
is_sysctl(const struct vn_plan *plan, const struct vn_fact *f)
{
	int source = f->exp_path == NULL ? -1 :
	    vn_sources_find(plan->sources, f->exp_path);
	const struct vn_source *s;
	const struct vn_word *word;

	if (source == -1)
		return (false);
	s = plan->sources->items[source];
	if (!s->opened)
		return (false);
	word = vn_word_at(s, vn_source_tok_at(s, f->exp_off));
	return (word != NULL && word->kind == VN_WORD_SYSCTL);
}

/* Does the fact say that an object, not a sysctl, stores what a macro gives? */
static bool
is_stored(const struct vn_plan *plan, const struct vn_fact *f)
{

	return (f->kind == VN_FACT_REF && (f->flags & VN_FF_MACRO) &&
	    (f->flags & VN_FF_CONST_INIT) && !is_sysctl(plan, f));
}

/* The first expansion of the token in another constant initializer, or NULL. */
static const struct vn_fact *
stored(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	size_t i, end = vn_facts_at(plan->facts, o->source, o->off, &i);

	for (; i < end; i++)
		if (is_stored(plan, &plan->facts->items[i]))
			return (&plan->facts->items[i]);
	return (NULL);
}

static void
note_one(struct vn_plan *plan, const struct vn_occurrence *o,
    const struct vn_fact *f)
{
	int source = vn_sources_find(plan->sources, f->exp_path);
	char *shown, *text = vn_asprintf("this static initializer takes %s(%s) "
	    "through a macro, the initial copy; assign from %s in the per-vnet "
	    "init function", plan->style->address, vn_plan_plain(plan, o->name),
	    vn_plan_prefixed(plan, o->name));

	if (source != -1 && plan->sources->items[source]->opened)
		vn_plan_note(plan, source, f->exp_off, "macro-template", "%s",
		    text);
	else {
		shown = vn_sources_shown(plan->sources, f->exp_path);
		vn_plan_note_at(plan, shown, f->exp_line, f->exp_col,
		    "macro-template", "%s", text);
		free(shown);
	}
	free(text);
}

/* Note the expansions in initializers but for the one told of, if not NULL. */
static void
note_stored(struct vn_plan *plan, const struct vn_occurrence *o,
    const struct vn_fact *told)
{
	size_t i, end = vn_facts_at(plan->facts, o->source, o->off, &i);

	for (; i < end; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (!is_stored(plan, f) || (told != NULL &&
		    told->exp_path == f->exp_path &&
		    told->exp_off == f->exp_off))
			continue;
		note_one(plan, o, f);
		told = f;
	}
}

/*
 * A macro body that a constant initializer expands: the name of the variable
 * is the only form that is constant (VNET_NAME in FreeBSD's net/vnet.h).  What
 * is stored or read by it then is the initial copy.
 */
static void
remark_body(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_fact *code = expansion(plan, o, false);
	const struct vn_fact *table = stored(plan, o);
	const char *name = vn_plan_plain(plan, o->name);
	char *at;

	if (expansion(plan, o, true) == NULL ||
	    (code == NULL && table == NULL))
		return;
	at = vn_fact_expansion(code != NULL ? code : table, plan->sources);
	o->kind = "macro-template";
	free(o->remark);
	o->remark = code != NULL ? vn_asprintf("%s(%s) is expanded in code "
	    "too (%s), which then reads the initial copy; give the code a "
	    "macro with %s", plan->style->address, name, at,
	    vn_plan_prefixed(plan, o->name)) : vn_asprintf("a static "
	    "initializer (%s) takes %s(%s), the initial copy; assign from %s "
	    "in the per-vnet init function", at, plan->style->address, name,
	    vn_plan_prefixed(plan, o->name));
	free(at);
	note_stored(plan, o, code != NULL ? NULL : table);
}

static void
take_name(struct vn_plan *plan, struct vn_occurrence *o, const char *rule)
{
	const char *name = vn_plan_plain(plan,
	    plan->targets.items[o->target].as);
	char *text = vn_asprintf("%s(%s)", plan->style->address, name);

	vn_edits_add(&plan->edits, o->source, o->off,
	    plan->sources->items[o->source]->lex.toks[o->tok].len, text, 0,
	    rule);
	free(text);
	vn_occ_edited(o, rule);
}

static void
convert_ref(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	bool in_define = s->lex.toks[o->tok].dir != -1;
	const char *rule = in_define ? "macro-body" : "reference";

	if (in_sysctl_pointer(s, o->tok)) {
		take_name(plan, o, "sysctl-pointer");
		return;
	}
	if (in_define && (o->flags & VN_FF_CONST_INIT) &&
	    expansion(plan, o, true) != NULL) {
		remark_body(plan, o);
		take_name(plan, o, "macro-constant");
		return;
	}
	if (plan->targets.items[o->target].as == o->name)
		vn_edits_add(&plan->edits, o->source, o->off, 0,
		    plan->style->prefix, 1, rule);
	else
		vn_edits_add(&plan->edits, o->source, o->off,
		    s->lex.toks[o->tok].len, vn_plan_prefixed(plan,
		    plan->targets.items[o->target].as), 1, rule);
	vn_occ_edited(o, rule);
}

/* Virtualized before this run: a second run has the remarks of the first. */
static void
see_done(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];

	vn_occ_edited(o, "reference");
	if (s->lex.toks[o->tok].dir != -1 && !o->v_form)
		remark_body(plan, o);
}

void
vn_plan_refs(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls != VN_UNDECIDED || o->outside)
			continue;
		if (o->target == -1)
			vn_occ_other(o, "no listed variable");
		else if (o->done)
			see_done(plan, o);
		else if (o->role == VN_ROLE_REF)
			convert_ref(plan, o);
		else
			vn_occ_remark(o, "declaration", "the declaration of "
			    "'%s' was not understood; write it by hand",
			    vn_plan_plain(plan, o->name));
	}
}
