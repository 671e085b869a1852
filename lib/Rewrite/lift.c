/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Finding the place for a lifted initializer, and what speaks against it.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/initializer.h"
#include "Rewrite/lift.h"
#include "Rewrite/plan.h"

const struct vn_declarator *
vn_lift_definition(const struct vn_plan *plan, int target, struct vn_decl *d,
    int *source)
{
	const struct vn_occurrence *found = NULL;

	*d = (struct vn_decl){ .first = -1 };
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_declarator *c;
		struct vn_decl one;

		if (o->target != target || o->role != VN_ROLE_DEF || o->done)
			continue;
		if (vn_decl_read(&one, plan->sources->items[o->source],
		    o->tok) && (c = vn_decl_named(&one, o->tok)) != NULL &&
		    c->init != -1) {
			if (found != NULL) {
				vn_decl_free(&one);
				return (NULL);
			}
			found = o;
		}
		vn_decl_free(&one);
	}
	if (found == NULL || !vn_decl_read(d,
	    plan->sources->items[found->source], found->tok))
		return (NULL);
	*source = found->source;
	return (vn_decl_named(d, found->tok));
}

bool
vn_lift_virtualized(const struct vn_plan *plan, const struct vn_occurrence *o,
    struct vn_declarator *out)
{
	const struct vn_source *s = plan->sources->items[o->source];
	int open = s->outline.up[o->tok], close, t;

	*out = (struct vn_declarator){ .first = o->tok, .name = o->tok,
	    .attr = -1, .attr_last = -1, .init = -1, .last = -1 };
	if (!o->done || o->role != VN_ROLE_DEF || open < 0 ||
	    (close = s->outline.match[open]) < open)
		return (false);
	out->suffix = vn_tok_prev(s, close);
	for (t = vn_tok_next(s, close); t >= 0 && !vn_tok_punct(s, t, ";");
	    t = vn_tok_next(s, t)) {
		if (out->init == -1 && vn_tok_punct(s, t, "="))
			out->init = t;
		if (s->outline.match[t] > t)
			t = s->outline.match[t];
		out->last = t;
	}
	return (t >= 0 && out->init != -1);
}

/* ------ the place in a function ------ */

/* "NAME;" or "NAME(...);", which may declare something: its end, or -1. */
static int
macro_end(const struct vn_source *s, int t)
{
	int n = vn_tok_next(s, t);

	if (!vn_tok_ident(s, t) || vn_tok_keyword(s, t))
		return (-1);
	if (vn_tok_punct(s, n, "(") && s->outline.match[n] >= 0)
		n = vn_tok_next(s, s->outline.match[n]);
	return (vn_tok_punct(s, n, ";") ? n : -1);
}

/* The ';' of the last declaration at the start of the body, or its '{'. */
static int
last_declaration(const struct vn_source *s, const struct vn_function *f)
{
	int last = f->body;

	for (int t = vn_tok_next(s, last); t >= 0 && t < f->end;) {
		struct vn_decl d;
		int end = macro_end(s, t);

		if (vn_decl_read(&d, s, t) && d.first == t && d.end < f->end &&
		    d.end > t)
			last = end = d.end;
		vn_decl_free(&d);
		if (end == -1)
			break;
		t = vn_tok_next(s, end);
	}
	return (last);
}

static bool
blank_line_at(const struct vn_source *s, uint32_t off, uint32_t *next)
{
	uint32_t i = off;

	while (i < s->len && strchr(" \t\r", s->data[i]) != NULL)
		i++;
	*next = i + 1;
	return (i < s->len && s->data[i] == '\n');
}

/* The #endif of the group that a branch belongs to. */
static uint32_t
group_end(const struct vn_source *s, int branch)
{

	while (s->lex.dirs[branch].next != -1)
		branch = s->lex.dirs[branch].next;
	return (s->lex.dirs[branch].end);
}

/* Put the statements behind the declarations, and a blank line of theirs. */
static void
find_place(struct vn_lift *out, const struct vn_source *s,
    const struct vn_function *f)
{
	int last = last_declaration(s, f);
	int outer = vn_source_branch(s, s->lex.toks[f->body].off);
	int branch = vn_source_branch(s, s->lex.toks[last].off);
	uint32_t next;

	out->off = vn_source_line_end(s, vn_tok_end(s, last));
	for (; branch != outer && branch != -1;
	    branch = s->lex.dirs[branch].parent)
		out->off = group_end(s, branch);
	out->blank = !blank_line_at(s, out->off, &next) && last != f->body;
	if (blank_line_at(s, out->off, &next))
		out->off = next;
}

static bool
is_named(const struct vn_source *s, const struct vn_function *f,
    const char *name)
{

	return (f->body < f->end && vn_tok_word(s, f->name, name));
}

static bool
nth_in(struct vn_lift *out, const struct vn_plan *plan, int source,
    const char *name, int *nth)
{
	const struct vn_source *s = plan->sources->items[source];

	for (size_t i = 0; s->opened && s->in_path &&
	    i < s->outline.nfunctions; i++)
		if (is_named(s, &s->outline.functions[i], name) &&
		    (*nth)-- == 0) {
			*out = (struct vn_lift){ .source = source,
			    .function = (int)i };
			find_place(out, s, &s->outline.functions[i]);
			return (true);
		}
	return (false);
}

bool
vn_lift_place(struct vn_lift *out, const struct vn_plan *plan, int target,
    int nth)
{
	const struct vn_target *t = &plan->targets.items[target];
	const char *name = plan->globals->items[t->global].init;
	int left = nth;
	bool at_home;

	if (nth_in(out, plan, t->home, name, &left))
		return (true);
	at_home = left != nth;
	for (size_t i = 0; !at_home && i < plan->sources->count; i++)
		if ((int)i != t->home && nth_in(out, plan, (int)i, name, &nth))
			return (true);
	return (false);
}

/* ------ what speaks against it ------ */

/* Is the target declared by a header that the source sees? */
static bool
has_header(const struct vn_plan *plan, int target, int source)
{

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->target == target && o->role == VN_ROLE_DECL &&
		    vn_source_is_header(plan->sources->items[o->source]) &&
		    vn_plan_sees(plan, source, o->source))
			return (true);
	}
	return (false);
}

/* Does the function declare the word itself: a parameter, a local? */
static bool
declares(const struct vn_source *s, const struct vn_function *f,
    const char *word)
{
	bool is = false;

	for (int t = f->params; !is && t >= 0 && t < f->end; t++) {
		struct vn_decl d;

		if (s->lex.toks[t].dir != -1 || !vn_tok_word(s, t, word))
			continue;
		if (t < f->body) {
			is = true;
			continue;
		}
		is = vn_decl_read(&d, s, t) && vn_decl_named(&d, t) != NULL;
		vn_decl_free(&d);
	}
	return (is);
}

/* Is token t a name of its own, not a member and not a keyword? */
static bool
is_name(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t);

	return (vn_tok_ident(s, t) && !vn_tok_punct(s, p, ".") &&
	    !vn_tok_punct(s, p, "->"));
}

/* Does a value mean the same in the function as it does where it stands? */
static const char *
value_refused(const struct vn_plan *plan, int target, int source, int def,
    const struct vn_store *store, const struct vn_lift *place)
{
	const struct vn_source *s = plan->sources->items[source];
	const struct vn_source *to = plan->sources->items[place->source];
	const struct vn_function *f = &to->outline.functions[place->function];
	const char *why = NULL;
	/* What stands before the variable may be unknown to the function. */
	bool apart = place->source != source || f->end < def;

	/* That of a queue head names itself only. */
	if (store->head)
		return (NULL);
	for (int t = store->first; t >= 0 && t <= store->last;
	    t = vn_tok_next(s, t)) {
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);
		const struct vn_occurrence *o;
		char *word;
		int of;

		if (!is_name(s, t))
			continue;
		o = vn_plan_at(plan, source, s->lex.toks[t].off);
		of = o != NULL && o->target != -1 && vn_target_converts(
		    &plan->targets.items[o->target]) ? o->target : -1;
		word = vn_strndup(text, len);
		if (of == -1 && declares(to, f, word))
			why = "the function has a local of a name in it";
		else if (apart && of != target && strcmp(word, "NULL") != 0 &&
		    (of == -1 || !has_header(plan, of, place->source)))
			why = "the function may not know a name in it";
		free(word);
	}
	return (why);
}

/* Do two #if or #ifdef lines say the same, to the word? */
static bool
same_condition(const struct vn_source *s, int a, const struct vn_source *to,
    int b)
{
	const struct vn_dir *da = &s->lex.dirs[a], *db = &to->lex.dirs[b];

	if (da->kind != db->kind || da->ntok != db->ntok ||
	    da->kind == VN_DIR_ELSE || da->kind == VN_DIR_ELIF)
		return (false);
	for (uint32_t i = 1; i < da->ntok; i++) {
		unsigned la, lb;
		const char *ta = vn_tok_text(s, (int)(da->tok + i), &la);
		const char *tb = vn_tok_text(to, (int)(db->tok + i), &lb);

		if (la != lb || memcmp(ta, tb, la) != 0)
			return (false);
	}
	return (true);
}

/* Is the function there whenever the variable is? */
static bool
always_there(const struct vn_source *s, int branch, const struct vn_source *to,
    int function)
{

	for (; branch != -1; branch = s->lex.dirs[branch].parent) {
		int b = function;

		if (s == to && vn_branch_within(s, function, branch))
			continue;
		while (b != -1 && !same_condition(s, branch, to, b))
			b = to->lex.dirs[b].parent;
		if (b == -1)
			return (false);
	}
	return (true);
}

/* The function: does it come too early, or only in some configurations? */
static const char *
place_refused(const struct vn_plan *plan, int target, int source, int def,
    const struct vn_lift *place)
{
	const struct vn_source *s = plan->sources->items[source];
	const struct vn_source *to = plan->sources->items[place->source];
	const struct vn_function *f = &to->outline.functions[place->function];
	int branch = vn_source_branch(s, s->lex.toks[def].off);
	int next = vn_tok_next(to, f->body);

	if (place->off > to->lex.toks[f->end].off || (next < f->end &&
	    place->off > to->lex.toks[vn_tok_next(to,
	    last_declaration(to, f))].off))
		return ("declarations of the function share a line or an #if "
		    "with statements");
	if (place->source == source && f->body < def && f->end < def &&
	    !has_header(plan, target, source))
		return ("the function stands before it");
	if (!always_there(s, branch, to, vn_source_branch(to,
	    to->lex.toks[f->body].off)))
		return ("it stands in an #if, and the function does not");
	return (NULL);
}

static bool
lacks_bound(const struct vn_source *s, const struct vn_declarator *c)
{
	int open = vn_tok_next(s, c->name);

	return (vn_tok_punct(s, open, "[") &&
	    vn_tok_punct(s, vn_tok_next(s, open), "]"));
}

static const char *
refused(const struct vn_plan *plan, int target, int source,
    const struct vn_declarator *c)
{
	struct vn_stores stores;
	struct vn_lift place;
	const char *why = vn_stores_read(&stores, plan, source, c);

	if (why == NULL && lacks_bound(plan->sources->items[source], c))
		why = "it gives the array its size";
	for (int n = 0; why == NULL && vn_lift_place(&place, plan, target, n);
	    n++) {
		why = place_refused(plan, target, source, c->name, &place);
		for (size_t i = 0; why == NULL && i < stores.items.count; i++)
			why = value_refused(plan, target, source, c->name,
			    &stores.items.items[i], &place);
	}
	vn_stores_free(&stores);
	return (why);
}

/* The same for one that an earlier run, or a person, virtualized. */
static const char *
virtualized_refused(const struct vn_plan *plan, int target)
{
	const char *why = "there are several definitions";
	struct vn_declarator c;

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->target == target && vn_lift_virtualized(plan, o, &c)) {
			why = refused(plan, target, o->source, &c);
			return (why != NULL ? why :
			    "it is virtualized already");
		}
	}
	return (why);
}

const char *
vn_lift_refused(const struct vn_plan *plan, int target)
{
	struct vn_decl d;
	struct vn_lift place;
	int source;
	const struct vn_declarator *c = vn_lift_definition(plan, target, &d,
	    &source);
	const char *why;

	if (c == NULL)
		why = virtualized_refused(plan, target);
	else if (!vn_lift_place(&place, plan, target, 0) &&
	    plan->missing_remark)
		why = "there is no such function";
	else
		why = refused(plan, target, source, c);
	vn_decl_free(&d);
	return (why);
}
