/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: the steps that take the place of the passes where a tree is to have
 * plain globals again.  Occurrences are listed, resolved and classified as for
 * a conversion; what then counts as done is what is plain.
 */

#include <string.h>

#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/undo.h"
#include "Rewrite/words.h"

/* ------ forms ------ */

static bool
is_word(const struct vn_source *s, int t, const char *word)
{

	return (word != NULL && vn_tok_word(s, t, word));
}

/* The form that the macro at callee gives its argument arg. */
static enum vn_form
form_of_call(const struct vn_style *style, const struct vn_source *s,
    int callee, int arg)
{

	if (is_word(s, callee, style->define))
		return (arg == 1 ? VN_FORM_DEFINE : VN_FORM_PLAIN);
	if (is_word(s, callee, style->define_static))
		return (arg == 1 ? VN_FORM_STATIC : VN_FORM_PLAIN);
	if (is_word(s, callee, style->declare))
		return (arg == 1 ? VN_FORM_DECLARE : VN_FORM_PLAIN);
	if (is_word(s, callee, style->access) ||
	    is_word(s, callee, style->address))
		return (VN_FORM_CALL);
	return (vn_word_is_vnet(vn_word_at(s, callee)) ? VN_FORM_OTHER :
	    VN_FORM_PLAIN);
}

enum vn_form
vn_undo_form(const struct vn_plan *plan, const struct vn_occurrence *o,
    int *callee)
{
	const struct vn_source *s = plan->sources->items[o->source];
	int arg, last;
	enum vn_form form;

	*callee = -1;
	if (o->v_form)
		return (VN_FORM_PREFIXED);
	*callee = vn_tok_call(s, o->tok, &arg);
	if (*callee == -1)
		return (VN_FORM_PLAIN);
	form = form_of_call(plan->style, s, *callee, arg);
	/* VNET_PTR(p->x) and the like: the name is not what is accessed. */
	if (form != VN_FORM_PLAIN &&
	    vn_call_arg(s, *callee, arg, &last) != o->tok)
		return (VN_FORM_PLAIN);
	return (form);
}

bool
vn_undo_due(const struct vn_occurrence *o)
{

	return (o->target != -1 && !o->done);
}

/* ------ text ------ */

static bool
is_word_byte(char c)
{

	return (c == '_' || c == '$' || (c >= '0' && c <= '9') ||
	    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

bool
vn_undo_is_blank(const struct vn_source *s, uint32_t from, uint32_t to)
{

	for (; from < to; from++)
		if (strchr(" \t\r\n\\", s->data[from]) == NULL)
			return (false);
	return (true);
}

/* Would the byte before `from` and the one at `to` make one word? */
static bool
needs_blank(const struct vn_source *s, uint32_t from, uint32_t to)
{

	return (from > 0 && to < s->len && is_word_byte(s->data[from - 1]) &&
	    is_word_byte(s->data[to]));
}

/* The bytes from..to - 1, without a comment; text is used up by the first. */
static void
cut_run(struct vn_plan *plan, int source, uint32_t from, uint32_t to,
    const char **text, const char *rule)
{
	const struct vn_source *s = plan->sources->items[source];
	const char *put = *text;

	if (from == to)
		return;
	if (strcmp(put, " ") == 0 && to < s->len &&
	    strchr(" \t\r\n", s->data[to]) != NULL)
		put = "";
	if (*put == '\0' && needs_blank(s, from, to))
		put = " ";
	vn_edits_add(&plan->edits, source, from, to - from, put, 0, rule);
	*text = "";
}

void
vn_undo_cut(struct vn_plan *plan, int source, uint32_t from, uint32_t to,
    const char *text, const char *rule)
{
	const struct vn_source *s = plan->sources->items[source];
	uint32_t at = from;

	for (size_t t = vn_lex_from(&s->lex, from); t < s->lex.ntoks; t++) {
		uint32_t off = s->lex.toks[t].off;

		if (off >= to)
			break;
		if (!vn_undo_is_blank(s, at, off)) {
			cut_run(plan, source, from, at, &text, rule);
			from = off;
		}
		at = vn_tok_end(s, (int)t);
	}
	cut_run(plan, source, from, vn_undo_is_blank(s, at, to) ? to : at,
	    &text, rule);
}

/* ------ whose is V_x? ------ */

/* The target of that name that a source means: its own static, or external. */
static int
target_by_home(const struct vn_plan *plan, int name, int source)
{
	int found = -1;

	for (size_t i = 0; i < plan->targets.count; i++) {
		const struct vn_target *t = &plan->targets.items[i];

		if (t->name != name || t->entity == NULL ||
		    t->what == VN_STATIC_LOCAL)
			continue;
		if (t->what != VN_EXTERN && t->home == source)
			return ((int)i);
		if (t->what == VN_EXTERN ||
		    vn_source_is_header(plan->sources->items[source]))
			found = (int)i;
	}
	return (found);
}

/* What the x of "#define V_x VNET(x)" is, wherever that was expanded. */
static int
target_of_define(const struct vn_plan *plan, const struct vn_defined *d)
{
	const struct vn_source *s = plan->sources->items[d->source];
	int x = (int)s->lex.dirs[d->dir].tok + 5;
	size_t i, end = vn_facts_at(plan->facts, d->source,
	    s->lex.toks[x].off, &i);
	bool seen = false;

	for (; i < end; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		int target;

		if (f->entity == NULL)
			continue;
		seen = true;
		target = vn_plan_target(plan, d->name, f->entity);
		if (target != -1)
			return (target);
	}
	return (seen ? -1 : target_by_home(plan, d->name, d->source));
}

/* How well a define of the name serves a source: its own, a header's. */
static int
define_rank(const struct vn_plan *plan, const struct vn_defined *d, int source)
{

	if (d->source == source)
		return (4);
	if (!vn_source_is_header(plan->sources->items[d->source]))
		return (1);
	return (vn_plan_sees(plan, source, d->source) ? 3 : 2);
}

/* The target that V_x means in a source, or -1. */
static int
target_of_prefixed(const struct vn_plan *plan, int name, int source)
{
	const struct vn_defined *best = NULL;
	int rank = 0;

	for (size_t i = 0; i < plan->defined.count; i++) {
		const struct vn_defined *d = &plan->defined.items[i];
		int r;

		if (d->name != name)
			continue;
		r = define_rank(plan, d, source);
		if (r > rank) {
			rank = r;
			best = d;
		}
	}
	return (best == NULL ? -1 : best->target);
}

/* Text of a directive, or a part of a word, is no use of a macro V_x. */
static const char *
no_use(const struct vn_plan *plan, const struct vn_occurrence *o)
{
	static const char *const kept[] = { "directive text", "macro name",
	    "macro parameter", "pasted", "stringized or pasted argument" };
	struct vn_context c = vn_context_of(plan->macros, plan->sources,
	    plan->sources->items[o->source], o->tok);

	for (size_t i = 0; c.meaning == VN_MEANS_OTHER && i < VN_NITEMS(kept);
	    i++)
		if (strcmp(c.what, kept[i]) == 0)
			return (kept[i]);
	return (NULL);
}

/* Turn what was classified for a conversion: what is plain is done. */
static void
turn(struct vn_plan *plan, struct vn_occurrence *o)
{
	const char *what;
	int callee;

	if (o->v_form && o->cls == VN_UNDECIDED) {
		o->target = target_of_prefixed(plan, o->name, o->source);
		what = no_use(plan, o);
		if (o->target == -1 || what != NULL) {
			o->target = -1;
			vn_occ_other(o, what != NULL ? what :
			    "another variable");
		}
	}
	o->done = o->target != -1 &&
	    vn_undo_form(plan, o, &callee) == VN_FORM_PLAIN;
	if (o->done)
		vn_occ_edited(o, o->role == VN_ROLE_DEF ? "definition" :
		    o->role == VN_ROLE_DECL ? "declaration" : "reference");
}

void
vn_plan_undo(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->defined.count; i++)
		plan->defined.items[i].target = target_of_define(plan,
		    &plan->defined.items[i]);
	for (size_t i = 0; i < plan->occurrences.count; i++)
		turn(plan, &plan->occurrences.items[i]);
	vn_undo_block(plan);
	vn_undo_sysctls(plan);
	vn_undo_refs(plan);
	vn_undo_lines(plan);
}
