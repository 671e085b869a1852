/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 5: initializers that cannot stay.  Their assignments are written at
 * the start of the function that init= names, after its declarations, in the
 * order of the list; pass_decl.c and pass_hoist.c leave the initializer out.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/strbuf.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/initializer.h"
#include "Rewrite/lift.h"
#include "Rewrite/plan.h"

#define	RULE	"init"

/* The statements for one function. */
struct body {
	struct vn_lift	 place;
	struct vn_strbuf text;
};

struct bodies {
	VN_VEC(struct body) items;
};

/* ------ is the list right? ------ */

static int
complain(const struct vn_global *g, const char *text)
{

	vn_diag(VN_ERROR, g->list, g->line, g->col, "%s", text);
	return (-1);
}

static bool
declared_for(const struct vn_plan *plan, int target, int source)
{

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->target == target && o->role == VN_ROLE_DECL &&
		    (o->source == source || vn_plan_sees(plan, source,
		    o->source)))
			return (true);
	}
	return (false);
}

/* What is wrong with the target's init=, or NULL; owned. */
static char *
fault_of(const struct vn_plan *plan, int target)
{
	const struct vn_target *t = &plan->targets.items[target];
	const struct vn_global *g = &plan->globals->items[t->global];
	struct vn_lift first, other;
	const char *home, *file;

	if (!vn_lift_place(&first, plan, target, 0))
		return (vn_asprintf("no function '%s' for '%s' under the "
		    "PATHs", g->init, g->name));
	home = plan->sources->items[t->home]->shown;
	file = plan->sources->items[first.source]->shown;
	for (int n = 1; vn_lift_place(&other, plan, target, n); n++)
		if (other.source != first.source)
			return (vn_asprintf("function '%s' for '%s' is "
			    "ambiguous: %s and %s define it", g->init, g->name,
			    file, plan->sources->items[other.source]->shown));
	if (!t->lifted || first.source == t->home)
		return (NULL);
	if (t->what != VN_EXTERN)
		return (vn_asprintf("'%s' is a static of %s, but function "
		    "'%s' is in %s", g->name, home, g->init, file));
	if (!declared_for(plan, target, first.source))
		return (vn_asprintf("'%s' is not declared for function '%s' "
		    "in %s", g->name, g->init, file));
	return (NULL);
}

static int
check(struct vn_plan *plan, int target)
{
	const struct vn_target *t = &plan->targets.items[target];
	const struct vn_global *g = &plan->globals->items[t->global];
	char *text;
	int status = 0;

	if (!vn_target_converts(t) || g->init == NULL ||
	    (text = fault_of(plan, target)) == NULL)
		return (0);
	if (plan->missing_remark && !t->lifted)
		vn_plan_note_at(plan, g->list, g->line, g->col, "missing",
		    "%s", text);
	else
		status = complain(g, text);
	free(text);
	return (status);
}

/* ------ statements ------ */

static struct body *
body_at(struct bodies *list, const struct vn_lift *place)
{

	for (size_t i = 0; i < list->items.count; i++)
		if (list->items.items[i].place.source == place->source &&
		    list->items.items[i].place.off == place->off)
			return (&list->items.items[i]);
	VN_PUSH(&list->items, ((struct body){ .place = *place }));
	return (&list->items.items[list->items.count - 1]);
}

/* White space of the function's first line, else of its brace and a tab. */
static char *
indent_in(const struct vn_source *s, const struct vn_function *f)
{
	int t = vn_tok_next(s, f->body);
	uint32_t from, to;

	if (t < 0 || t >= f->end)
		return (vn_strdup("\t"));
	to = s->lex.toks[t].off;
	from = vn_source_line_start(s, to);
	for (uint32_t i = from; i < to; i++)
		if (strchr(" \t", s->data[i]) == NULL)
			return (vn_strdup("\t"));
	return (from == to ? vn_strdup("\t") : vn_strndup(s->data + from,
	    to - from));
}

static void
put_statements(struct vn_plan *plan, struct bodies *list, int target,
    const struct vn_lift *place, const struct vn_stores *stores, int source)
{
	const struct vn_source *s = plan->sources->items[place->source];
	const char *object = vn_plan_prefixed(plan,
	    plan->targets.items[target].as);
	char *indent = indent_in(s, &s->outline.functions[place->function]);
	struct body *b = body_at(list, place);

	for (size_t i = 0; i < stores->items.count; i++) {
		size_t start = b->text.len;

		vn_strbuf_puts(&b->text, indent);
		vn_store_put(&b->text, plan, source, &stores->items.items[i],
		    object, target);
		vn_break_assignment(&b->text, start, indent, false);
		vn_strbuf_putc(&b->text, '\n');
	}
	free(indent);
}

static void
add_assignment(struct vn_plan *plan, const struct vn_lift *place, int target)
{

	VN_PUSH(&plan->assignments, ((struct vn_assignment){ place->source,
	    target, place->off }));
}

/* What stood in the initializer is in the function now. */
static void
move_uses(struct vn_plan *plan, int source, const struct vn_declarator *c,
    const struct vn_lift *place)
{
	const struct vn_source *s = plan->sources->items[source];
	size_t i = vn_plan_from(plan, source, s->lex.toks[c->init].off);

	for (; i < plan->occurrences.count; i++) {
		struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->source != source || o->tok > c->last)
			break;
		if (o->target == -1 || o->done || o->cls == VN_OTHER ||
		    o->cls == VN_REMARK)
			continue;
		vn_occ_edited(o, RULE);
		o->moved = true;
		add_assignment(plan, place, o->target);
	}
}

static void
lift(struct vn_plan *plan, struct bodies *list, int target)
{
	struct vn_decl d;
	struct vn_stores stores = { 0 };
	struct vn_lift place;
	int source;
	const struct vn_declarator *c = vn_lift_definition(plan, target, &d,
	    &source);

	vn_stores_read(&stores, plan, source, c);
	for (int n = 0; vn_lift_place(&place, plan, target, n); n++) {
		put_statements(plan, list, target, &place, &stores, source);
		add_assignment(plan, &place, target);
		move_uses(plan, source, c, &place);
	}
	vn_stores_free(&stores);
	vn_decl_free(&d);
}

static void
write_bodies(struct vn_plan *plan, struct bodies *list)
{

	for (size_t i = 0; i < list->items.count; i++) {
		struct body *b = &list->items.items[i];
		char *text = vn_asprintf("%s%s", b->place.blank ? "\n" : "",
		    b->text.data);

		vn_edits_add(&plan->edits, b->place.source, b->place.off, 0,
		    text, 0, RULE);
		free(text);
		vn_strbuf_free(&b->text);
	}
	VN_FREE(&list->items);
}

int
vn_plan_lifts(struct vn_plan *plan)
{
	struct bodies list = { 0 };
	int status = 0;

	for (size_t i = 0; i < plan->targets.count; i++)
		if (check(plan, (int)i) != 0)
			status = -1;
	for (size_t i = 0; status == 0 && i < plan->targets.count; i++)
		if (plan->targets.items[i].lifted)
			lift(plan, &list, (int)i);
	write_bodies(plan, &list);
	return (status);
}
