/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 4, for statics of functions: which of them can stand before their
 * function, and by what name.  What only the function knows cannot be moved.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/initializer.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"

/* ------ the declaration ------ */

/* Does the declaration use a macro that the function defines? */
static bool
has_own_macro(const struct vn_plan *plan, int source,
    const struct vn_function *f, const struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];

	for (int t = d->first; t >= 0 && t < d->end; t = vn_tok_next(s, t)) {
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);
		const struct vn_macro *m;

		if (!vn_tok_ident(s, t))
			continue;
		for (m = vn_macros_find(plan->macros, text, len); m != NULL;
		    m = vn_macros_next(plan->macros, m))
			if (m->source == source && m->name > f->params &&
			    m->name < d->first)
				return (true);
	}
	return (false);
}

/* Is there a tag that would be declared once more: TAILQ_HEAD(tag, type)? */
static bool
has_tagged_head(const struct vn_source *s, const struct vn_decl *d)
{

	return (d->queue != -1 && vn_tok_ident(s, vn_tok_next(s,
	    vn_tok_next(s, d->queue))));
}

/* Does a comment or a directive stand outside of the initializers? */
static bool
is_interrupted(const struct vn_plan *plan, int source, const struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];
	int from = d->first;

	for (size_t i = 0; i < d->items.count; i++) {
		const struct vn_declarator *c = &d->items.items[i];

		if (c->init == -1)
			continue;
		if (vn_tok_interrupted(plan, source, from, c->init))
			return (true);
		from = c->last;
	}
	for (int t = d->first; t < d->end; t++)
		if (s->lex.toks[t].dir != -1)
			return (true);
	return (vn_tok_interrupted(plan, source, from, d->end));
}

static const char *
shape_refused(const struct vn_plan *plan, int source,
    const struct vn_function *f, const struct vn_decl *d,
    const struct vn_declarator *c)
{
	const struct vn_source *s = plan->sources->items[source];

	if (d->storage != VN_STORAGE_STATIC || c->function)
		return ("its declaration does not read as one");
	if (d->body != -1 || has_tagged_head(s, d))
		return ("its declaration declares a type, too");
	for (size_t i = 0; i < d->items.count; i++)
		if (d->items.items[i].nested || d->items.items[i].attr != -1)
			return ("its declaration has parentheses or "
			    "attributes");
	if (is_interrupted(plan, source, d))
		return ("its declaration has comments or directives inside");
	if (vn_source_branch(s, s->lex.toks[d->first].off) !=
	    vn_source_branch(s, s->lex.toks[f->body].off))
		return ("it stands in an #if of the function");
	if (has_own_macro(plan, source, f, d))
		return ("it uses a macro that the function defines");
	return (NULL);
}

/* ------ the name ------ */

/* Does what stands in the other source count in this one? */
static bool
counts(const struct vn_plan *plan, int source, int other)
{

	return (other == source || (vn_source_is_header(
	    plan->sources->items[other]) && vn_plan_sees(plan, source,
	    other)));
}

static bool
is_macro(const struct vn_plan *plan, int source, const char *name)
{
	const struct vn_macro *m = vn_macros_find(plan->macros, name,
	    strlen(name));

	for (; m != NULL; m = vn_macros_next(plan->macros, m))
		if (counts(plan, source, m->source))
			return (true);
	return (false);
}

/* Does the compiler know something of that name at file scope? */
static bool
is_known(const struct vn_plan *plan, int source, const char *name)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->source >= 0 && strcmp(f->name, name) == 0 &&
		    (f->what == VN_EXTERN || f->what == VN_STATIC ||
		    f->what == VN_FUNCTION || f->what == VN_TYPEDEF ||
		    f->what == VN_ENUMERATOR) &&
		    counts(plan, source, f->source))
			return (true);
	}
	return (false);
}

/* Is the name spelled outside of functions, where nothing compiled it? */
static bool
is_spelled(const struct vn_plan *plan, int source, int name)
{
	const struct vn_source *s = plan->sources->items[source];
	size_t i, end;

	for (i = vn_plan_range(plan, source, &end); i < end; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->name == name && o->tokens &&
		    s->lex.toks[o->tok].dir == -1 &&
		    s->outline.up[o->tok] == -1)
			return (true);
	}
	return (false);
}

static bool
is_taken(const struct vn_plan *plan, const struct vn_target *t, int name)
{
	const char *plain = vn_plan_plain(plan, name);
	const char *prefixed = vn_plan_prefixed(plan, name);

	for (const struct vn_target *u = plan->targets.items; u < t; u++)
		if (u->entity != NULL && u->kind == NULL && u->as == name &&
		    (u->home == t->home || u->what == VN_EXTERN))
			return (true);
	return (is_macro(plan, t->home, plain) ||
	    is_macro(plan, t->home, prefixed) ||
	    is_known(plan, t->home, plain) ||
	    is_known(plan, t->home, prefixed) ||
	    is_spelled(plan, t->home, name));
}

static bool
choose_name(const struct vn_plan *plan, struct vn_target *t)
{
	int names[2] = { t->name, vn_plan_long_name(plan, t) };

	t->has_define = false;
	for (size_t i = 0; i < VN_NITEMS(names); i++)
		if (!is_taken(plan, t, names[i])) {
			t->as = names[i];
			return (true);
		}
	return (false);
}

/* ------ both ------ */

static size_t
count_definitions(const struct vn_plan *plan, int target,
    const struct vn_occurrence **first)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->target != target || o->role != VN_ROLE_DEF)
			continue;
		if (n++ == 0)
			*first = o;
	}
	return (n);
}

static const char *
refused(const struct vn_plan *plan, const struct vn_target *t,
    const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	const struct vn_function *f = vn_outline_function(&s->outline, o->tok);
	struct vn_decl d;
	const struct vn_declarator *c;
	const char *why;

	if (f == NULL || o->tok < f->body)
		return ("the function does not read as one");
	if (s->outline.up[f->body] != -1)
		return ("the function stands in another one");
	if (vn_source_is_header(s))
		return ("the function stands in a header");
	if (o->tokens)
		return ("no configuration compiles it");
	if (!vn_decl_read(&d, s, o->tok) ||
	    (c = vn_decl_named(&d, o->tok)) == NULL)
		why = "its declaration does not read as one";
	else
		why = shape_refused(plan, t->home, f, &d, c);
	if (why == NULL && (o->flags & VN_FF_CLOSED))
		why = "its declaration needs what only the function knows";
	vn_decl_free(&d);
	return (why);
}

static void
refuse(struct vn_target *t, const char *why)
{

	vn_target_block(t, "static-local", "it is a static of a function, and "
	    "%s; move it to file scope before the function, then run again",
	    why);
}

static void
judge(struct vn_plan *plan, int target)
{
	struct vn_target *t = &plan->targets.items[target];
	const struct vn_occurrence *o = NULL;
	size_t n = count_definitions(plan, target, &o);
	const char *why;

	if (o != NULL && plan->sources->items[o->source]->lex.toks[
	    o->tok].dir != -1)
		return;		/* macro-definition */
	why = n > 1 ? "the function has several of that name" : n == 0 ?
	    "its declaration does not read as one" : refused(plan, t, o);
	if (why == NULL && !choose_name(plan, t))
		why = "its name is taken at file scope, and with the "
		    "function's before it, too";
	if (why != NULL)
		refuse(t, why);
}

void
vn_plan_moves(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->targets.count; i++) {
		const struct vn_target *t = &plan->targets.items[i];

		if (t->entity != NULL && t->kind == NULL &&
		    t->what == VN_STATIC_LOCAL)
			judge(plan, (int)i);
	}
}

/* Is the occurrence a use of a static of a function that stays there? */
static bool
uses_stayer(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	size_t i, end = vn_facts_at(plan->facts, o->source, o->off, &i);

	for (; i < end; i++)
		if (plan->facts->items[i].kind == VN_FACT_REF &&
		    plan->facts->items[i].what == VN_STATIC_LOCAL)
			return (o->target == -1 || !vn_target_converts(
			    &plan->targets.items[o->target]));
	return (false);
}

/* Does the type or the initializer of the definition need one that stays? */
static bool
needs_stayer(const struct vn_plan *plan, const struct vn_occurrence *def)
{
	const struct vn_source *s = plan->sources->items[def->source];
	size_t i, end = plan->occurrences.count;
	const struct vn_declarator *c;
	struct vn_decl d;
	bool needs = false;

	if (vn_decl_read(&d, s, def->tok) &&
	    (c = vn_decl_named(&d, def->tok)) != NULL)
		for (i = vn_plan_from(plan, def->source,
		    s->lex.toks[d.first].off); i < end && !needs; i++) {
			const struct vn_occurrence *o =
			    &plan->occurrences.items[i];

			if (o->source != def->source || o->tok > c->last)
				break;
			needs = (o->tok >= c->first ||
			    o->tok <= d.spec_last) && uses_stayer(plan, o);
		}
	vn_decl_free(&d);
	return (needs);
}

/*
 * What a static that moves needs has to move with it.  True if one has to
 * stay after all; then ask again.
 */
bool
vn_plan_keep_near(struct vn_plan *plan)
{
	bool any = false;

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		struct vn_target *t = o->target == -1 ? NULL :
		    &plan->targets.items[o->target];

		if (t == NULL || o->role != VN_ROLE_DEF ||
		    t->what != VN_STATIC_LOCAL || !vn_target_converts(t) ||
		    !needs_stayer(plan, o))
			continue;
		refuse(t, "its declaration needs what only the function "
		    "knows");
		any = true;
	}
	return (any);
}
