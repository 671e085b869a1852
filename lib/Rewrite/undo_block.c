/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: names that are left virtualized as a whole, because one of their uses
 * cannot be written without the style's words, or is not ours to edit.  Then
 * every occurrence of them that is not plain becomes a remark.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/undo.h"

/* ------ home ------ */

/* The definition, its define, and the headers that declare it. */
static void
judge_home(struct vn_target *t, const char *what, const struct vn_source *s)
{

	if (s->in_path)
		return;
	t->outside = true;
	vn_target_block(t, "home-outside", "%s in %s; add %s to the PATHs",
	    what, s->shown, s->shown);
}

static void
judge_defined(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->defined.count; i++) {
		const struct vn_defined *d = &plan->defined.items[i];

		if (d->target != -1)
			judge_home(&plan->targets.items[d->target], "its "
			    "macro is defined",
			    plan->sources->items[d->source]);
	}
}

/* ------ forms ------ */

static void
judge_form(struct vn_plan *plan, const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	struct vn_target *t = &plan->targets.items[o->target];
	const char *text;
	unsigned len;
	int callee;
	char *at;

	switch (vn_undo_form(plan, o, &callee)) {
	case VN_FORM_DEFINE:
	case VN_FORM_STATIC:
		judge_home(t, "it is defined", s);
		break;
	case VN_FORM_DECLARE:
		if (vn_source_is_header(s))
			judge_home(t, "it is declared", s);
		break;
	case VN_FORM_OTHER:
		text = vn_tok_text(s, callee, &len);
		at = vn_plan_place(plan, o->source, o->off);
		vn_target_block(t, "access", "%.*s at %s has no plain form; "
		    "write '%s' there", (int)len, text, at,
		    vn_plan_prefixed(plan, o->name));
		free(at);
		break;
	default:
		break;
	}
}

/*
 * A call VNET_DEFINE(type, x) has two arguments, each with something in it, and
 * ends: code that nothing compiles may lack the parenthesis.
 */
static void
judge_call(struct vn_plan *plan, const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	int callee, last;
	enum vn_form form = vn_undo_form(plan, o, &callee);
	char *at;

	if (form < VN_FORM_DEFINE || form > VN_FORM_CALL)
		return;
	if (s->outline.match[vn_tok_next(s, callee)] >= 0 &&
	    vn_call_arg(s, callee, form == VN_FORM_CALL ? 1 : 2, &last) == -1 &&
	    (form == VN_FORM_CALL || vn_call_arg(s, callee, 0, &last) != -1))
		return;
	at = vn_plan_place(plan, o->source, o->off);
	vn_target_block(&plan->targets.items[o->target], "declaration", "its "
	    "declaration at %s does not read as one; write it by hand", at);
	free(at);
}

/* ------ macros ------ */

/* Is it a define of V_x that the plan counts as the variable's own? */
static bool
is_own(const struct vn_plan *plan, const struct vn_macro *m)
{

	for (size_t i = 0; i < plan->defined.count; i++)
		if (plan->defined.items[i].source == m->source &&
		    plan->defined.items[i].dir == m->dir)
			return (true);
	return (false);
}

/* "#define V_x x": harmless, V_x is plain there. */
static bool
is_plain(const struct vn_source *s, const struct vn_macro *m,
    const char *plain)
{

	return (m->params == -1 && m->end - m->body == 1 &&
	    vn_tok_word(s, m->body, plain));
}

/* V_x that is something else somewhere, or x that is a macro. */
static void
judge_macros(struct vn_plan *plan, struct vn_target *t)
{
	const char *plain = vn_plan_plain(plan, t->name);
	const char *prefixed = vn_plan_prefixed(plan, t->name);
	const struct vn_macro *m;
	char *at;

	for (m = vn_macros_find(plan->macros, prefixed, strlen(prefixed));
	    m != NULL; m = vn_macros_next(plan->macros, m)) {
		const struct vn_source *s = plan->sources->items[m->source];

		if (is_own(plan, m) || is_plain(s, m, plain))
			continue;
		at = vn_plan_place(plan, m->source, s->lex.toks[m->name].off);
		vn_target_block(t, "taken", "%s at %s is not %s(%s); write "
		    "what it stands for by hand", prefixed, at,
		    plan->style->access, plain);
		free(at);
	}
	if ((m = vn_plan_home_macro(plan, t, plain)) != NULL) {
		const struct vn_source *s = plan->sources->items[m->source];

		at = vn_plan_place(plan, m->source, s->lex.toks[m->name].off);
		vn_target_block(t, "macro", "a macro of the same name at %s "
		    "would be expanded where %s stands now; rename one of "
		    "them", at, prefixed);
		free(at);
	}
}

/* "#ifdef V_x", "#undef V_x": they ask for the macro, which goes. */
static void
judge_directive(struct vn_plan *plan, const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	struct vn_macro m;
	char *at;

	if (!o->v_form || o->cls != VN_OTHER ||
	    strcmp(o->what, "macro name") != 0 ||
	    vn_macro_read(&m, s, s->lex.toks[o->tok].dir))
		return;
	at = vn_plan_place(plan, o->source, o->off);
	for (size_t i = 0; i < plan->defined.count; i++) {
		const struct vn_defined *d = &plan->defined.items[i];

		if (d->name == o->name && d->target != -1)
			vn_target_block(&plan->targets.items[d->target],
			    "taken", "the directive at %s asks for the macro "
			    "%s; take it out by hand", at,
			    vn_plan_prefixed(plan, o->name));
	}
	free(at);
}

/* ------ words made with ## ------ */

/* Has the target a form other than x? */
static bool
is_virtual(const struct vn_plan *plan, int target)
{

	for (size_t i = 0; i < plan->occurrences.count; i++)
		if (plan->occurrences.items[i].target == target &&
		    vn_undo_due(&plan->occurrences.items[i]))
			return (true);
	return (false);
}

static void
judge_pasted(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		char *at;

		if (!(f->flags & VN_FF_PASTED) || f->entity == NULL)
			continue;
		for (size_t k = 0; k < plan->targets.count; k++) {
			struct vn_target *t = &plan->targets.items[k];

			if (t->entity == NULL ||
			    strcmp(t->entity, f->entity) != 0 ||
			    !is_virtual(plan, (int)k))
				continue;
			at = vn_fact_expansion(f, plan->sources);
			vn_target_block(t, "pasted", "a macro at %s pastes its "
			    "name with ##; write the name out", at);
			free(at);
		}
	}
}

/* ------ what is left ------ */

/* Has the source a macro of its own that makes V_x plain? */
static bool
has_plain(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	const char *prefixed = vn_plan_prefixed(plan, o->name);
	const struct vn_macro *m = vn_macros_find(plan->macros, prefixed,
	    strlen(prefixed));

	for (; o->v_form && m != NULL; m = vn_macros_next(plan->macros, m))
		if (m->source == o->source && is_plain(
		    plan->sources->items[o->source], m,
		    vn_plan_plain(plan, o->name)))
			return (true);
	return (false);
}

static void
remark_left(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_target *t;

	if (!vn_undo_due(o) || o->cls != VN_UNDECIDED)
		return;
	t = &plan->targets.items[o->target];
	if (t->kind != NULL && o->outside)
		vn_occ_other(o, "left as a whole");
	else if (t->kind != NULL)
		vn_occ_remark(o, t->kind, "'%s' stays virtualized: %s",
		    vn_plan_plain(plan, o->name), t->reason);
	else if (o->outside && has_plain(plan, o))
		vn_occ_other(o, "a macro of its own");
	else if (o->outside)
		vn_occ_remark(o, "outside", "use of '%s' outside the PATHs "
		    "in a form that has no meaning any more; write '%s'",
		    vn_plan_plain(plan, o->name),
		    vn_plan_plain(plan, o->name));
}

void
vn_undo_block(struct vn_plan *plan)
{

	judge_defined(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		judge_directive(plan, o);
		if (!vn_undo_due(o))
			continue;
		judge_form(plan, o);
		judge_call(plan, o);
	}
	for (size_t i = 0; i < plan->targets.count; i++)
		if (plan->targets.items[i].entity != NULL &&
		    is_virtual(plan, (int)i))
			judge_macros(plan, &plan->targets.items[i]);
	judge_pasted(plan);
	vn_undo_shadows(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++)
		remark_left(plan, &plan->occurrences.items[i]);
}
