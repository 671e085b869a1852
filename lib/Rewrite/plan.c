/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The plan: its parts, and the steps in order.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/style.h"

/* The index of a spelling, new or not; the prefixed one follows it. */
static int
add_name(struct vn_plan *plan, const char *name)
{

	if (vn_names_find(&plan->names, name, strlen(name)) == -1) {
		VN_PUSH(&plan->words, vn_strdup(name));
		VN_PUSH(&plan->words, vn_asprintf("%s%s",
		    plan->style->prefix, name));
		for (size_t k = plan->words.count - 2; k < plan->words.count;
		    k++)
			vn_names_add(&plan->names, plan->words.items[k]);
	}
	return (vn_names_find(&plan->names, name, strlen(name)));
}

void
vn_plan_init(struct vn_plan *plan, const struct vn_globals *globals,
    struct vn_sources *sources, const struct vn_style *style)
{

	*plan = (struct vn_plan){ .globals = globals, .sources = sources,
	    .style = style };
	for (size_t i = 0; i < globals->count; i++) {
		const struct vn_global *g = &globals->items[i];
		struct vn_target t = { .global = (int)i, .home = -1 };

		t.name = t.as = add_name(plan, g->name);
		VN_PUSH(&plan->targets, t);
	}
	for (size_t i = 0; i < globals->count; i++) {
		const struct vn_global *g = &globals->items[i];
		char *name;

		if (g->function == NULL)
			continue;
		name = vn_asprintf("%s_%s", g->function, g->name);
		add_name(plan, name);
		free(name);
	}
}

int
vn_plan_long_name(const struct vn_plan *plan, const struct vn_target *t)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	char *name = vn_asprintf("%s_%s", g->function, g->name);
	int index = vn_names_find(&plan->names, name, strlen(name));

	free(name);
	return (index);
}

char *
vn_plan_place(const struct vn_plan *plan, int source, uint32_t off)
{
	const struct vn_source *s = plan->sources->items[source];
	unsigned line, col;

	vn_lines_at(&s->lines, off, &line, &col);
	return (vn_asprintf("%s:%u", s->shown, line));
}

const char *
vn_plan_plain(const struct vn_plan *plan, int name)
{

	return (plan->words.items[name]);
}

const char *
vn_plan_prefixed(const struct vn_plan *plan, int name)
{

	return (plan->words.items[name + 1]);
}

void
vn_plan_begin(struct vn_plan *plan, const struct vn_facts *facts)
{

	plan->facts = facts;
	plan->macros = vn_macros_read(plan->sources);
	vn_plan_list(plan);
}

static int
convert(struct vn_plan *plan)
{

	vn_plan_block(plan);
	vn_plan_mentions(plan);
	if (vn_plan_lifts(plan) != 0)
		return (-1);
	vn_plan_hoists(plan);
	vn_plan_decls(plan);
	vn_plan_refs(plan);
	vn_plan_strings(plan);
	vn_plan_sysctls(plan);
	vn_plan_defines(plan);
	vn_plan_guards(plan);
	vn_plan_includes(plan);
	return (0);
}

int
vn_plan_run(struct vn_plan *plan)
{

	if (vn_plan_resolve(plan) != 0)
		return (-1);
	vn_plan_classify(plan);
	if (plan->undo)
		vn_plan_undo(plan);
	else if (convert(plan) != 0)
		return (-1);
	if (vn_edits_merge(&plan->edits, plan->sources) != 0)
		return (-1);
	vn_plan_layout(plan);
	vn_edits_newlines(&plan->edits, plan->sources);
	if (vn_edits_merge(&plan->edits, plan->sources) != 0)
		return (-1);
	return (vn_plan_account(plan));
}

void
vn_plan_free(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->words.count; i++)
		free(plan->words.items[i]);
	for (size_t i = 0; i < plan->entities.count; i++)
		free(plan->entities.items[i]);
	for (size_t i = 0; i < plan->targets.count; i++)
		free(plan->targets.items[i].reason);
	for (size_t i = 0; i < plan->occurrences.count; i++)
		free(plan->occurrences.items[i].remark);
	for (size_t i = 0; i < plan->notes.count; i++) {
		free(plan->notes.items[i].text);
		free(plan->notes.items[i].where);
	}
	for (size_t i = 0; i < plan->mentions.count; i++) {
		free(plan->mentions.items[i].file);
		free(plan->mentions.items[i].word);
	}
	VN_FREE(&plan->mentions);
	VN_FREE(&plan->words);
	VN_FREE(&plan->entities);
	VN_FREE(&plan->targets);
	VN_FREE(&plan->occurrences);
	VN_FREE(&plan->notes);
	VN_FREE(&plan->sites);
	VN_FREE(&plan->assignments);
	VN_FREE(&plan->defined);
	vn_names_free(&plan->names);
	vn_macros_free(plan->macros);
	vn_edits_free(&plan->edits);
}

size_t
vn_plan_from(const struct vn_plan *plan, int source, uint32_t off)
{
	size_t lo = 0, hi = plan->occurrences.count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct vn_occurrence *o = &plan->occurrences.items[mid];

		if (o->source < source || (o->source == source && o->off < off))
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

size_t
vn_plan_range(const struct vn_plan *plan, int source, size_t *end)
{

	*end = vn_plan_from(plan, source + 1, 0);
	return (vn_plan_from(plan, source, 0));
}

struct vn_occurrence *
vn_plan_at(const struct vn_plan *plan, int source, uint32_t off)
{
	size_t i = vn_plan_from(plan, source, off);

	if (i < plan->occurrences.count &&
	    plan->occurrences.items[i].source == source &&
	    plan->occurrences.items[i].off == off)
		return (&plan->occurrences.items[i]);
	return (NULL);
}

int
vn_plan_target(const struct vn_plan *plan, int name, const char *entity)
{

	for (size_t i = 0; i < plan->targets.count; i++) {
		const struct vn_target *t = &plan->targets.items[i];

		if (t->name == name && t->entity != NULL &&
		    strcmp(t->entity, entity) == 0)
			return ((int)i);
	}
	return (-1);
}

bool
vn_target_converts(const struct vn_target *t)
{

	return (t->entity != NULL && t->kind == NULL);
}

const struct vn_macro *
vn_plan_home_macro(const struct vn_plan *plan, const struct vn_target *t,
    const char *name)
{
	const struct vn_macro *m = vn_macros_find(plan->macros, name,
	    strlen(name));

	while (m != NULL && m->source != t->home &&
	    !vn_plan_sees(plan, t->home, m->source))
		m = vn_macros_next(plan->macros, m);
	return (m);
}

bool
vn_plan_sees(const struct vn_plan *plan, int source, int header)
{

	for (size_t i = 0; i < plan->facts->nparses; i++)
		if (vn_parse_includes(&plan->facts->parses[i], source) &&
		    vn_parse_includes(&plan->facts->parses[i], header))
			return (true);
	return (false);
}

void
vn_occ_edited(struct vn_occurrence *o, const char *rule)
{

	o->cls = VN_EDITED;
	o->what = rule;
}

bool
vn_occ_prefixed(const struct vn_occurrence *o)
{

	return (o->cls == VN_EDITED && (o->v_form ||
	    (!o->done && (strcmp(o->what, "reference") == 0 ||
	    strcmp(o->what, "macro-body") == 0))));
}

void
vn_occ_other(struct vn_occurrence *o, const char *what)
{

	o->cls = VN_OTHER;
	o->what = what;
}

void
vn_occ_remark(struct vn_occurrence *o, const char *kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	free(o->remark);
	o->remark = vn_vasprintf(fmt, ap);
	va_end(ap);
	o->kind = kind;
	o->cls = VN_REMARK;
}

void
vn_target_block(struct vn_target *t, const char *kind, const char *fmt, ...)
{
	va_list ap;

	if (t->kind != NULL)
		return;
	va_start(ap, fmt);
	t->kind = kind;
	t->reason = vn_vasprintf(fmt, ap);
	va_end(ap);
}

void
vn_plan_note(struct vn_plan *plan, int source, uint32_t off, const char *kind,
    const char *fmt, ...)
{
	va_list ap;
	struct vn_note note = { .source = source, .off = off, .kind = kind };

	va_start(ap, fmt);
	note.text = vn_vasprintf(fmt, ap);
	va_end(ap);
	VN_PUSH(&plan->notes, note);
}

void
vn_plan_note_at(struct vn_plan *plan, const char *path, unsigned line,
    unsigned col, const char *kind, const char *fmt, ...)
{
	va_list ap;
	struct vn_note note = { .source = -1, .kind = kind };

	note.where = vn_asprintf("%s:%u:%u", path, line, col);
	va_start(ap, fmt);
	note.text = vn_vasprintf(fmt, ap);
	va_end(ap);
	VN_PUSH(&plan->notes, note);
}
