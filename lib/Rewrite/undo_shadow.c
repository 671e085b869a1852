/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: names that another thing of the same name would capture.  V_x is the
 * variable wherever it stands; x is a local or a parameter where there is one,
 * also where a macro with V_x in its body is expanded.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/undo.h"

/* A macro whose body reaches a target in a form that is undone. */
struct reach {
	int	word;		/* the macro's name, in shadows.words */
	int	target;
};

struct shadows {
	struct vn_plan		*plan;
	struct vn_names		 words;	/* names of such macros */
	VN_VEC(char *)		 owned;	/* their text */
	VN_VEC(struct reach)	 items;
};

/*
 * What reads as the declaration of a local at token t: is it one?  If it was
 * compiled, the compiler knows.
 */
static bool
is_local(const struct vn_plan *plan, int source, int t)
{
	const struct vn_source *s = plan->sources->items[source];
	uint32_t off = s->lex.toks[t].off;
	size_t i, end = vn_facts_at(plan->facts, source, off, &i);

	return (i < end || s->lex.toks[t].dir != -1 ||
	    !vn_reach_any(plan->facts, source, off));
}

/* Token t of the source means the target: does a local take it? */
static void
judge_token(struct shadows *h, int source, int t, int target)
{
	const struct vn_source *s = h->plan->sources->items[source];
	struct vn_target *target_p = &h->plan->targets.items[target];
	const char *name = vn_plan_plain(h->plan, target_p->name);
	int local;
	char *at, *by;

	if (target_p->kind != NULL ||
	    (local = vn_context_local(h->plan->macros,
	    h->plan->sources, s, t, name)) == -1 ||
	    !is_local(h->plan, source, local))
		return;
	at = vn_source_place(s, s->lex.toks[t].off);
	by = vn_source_place(s, s->lex.toks[local].off);
	vn_target_block(target_p, "shadowed", "at %s it would be the local or "
	    "parameter '%s' of %s; rename that", at, name, by);
	free(at);
	free(by);
}

/* ------ macros ------ */

static bool
reaches(const struct shadows *h, int word, int target)
{

	for (size_t i = 0; i < h->items.count; i++)
		if (h->items.items[i].word == word &&
		    h->items.items[i].target == target)
			return (true);
	return (false);
}

static bool
add_reach(struct shadows *h, const struct vn_source *s, int name, int target)
{
	unsigned len;
	const char *text = vn_tok_text(s, name, &len);
	int word = vn_names_find(&h->words, text, len);

	if (word == -1) {
		VN_PUSH(&h->owned, vn_strndup(text, len));
		word = vn_names_add(&h->words,
		    h->owned.items[h->owned.count - 1]);
	}
	if (reaches(h, word, target))
		return (false);
	VN_PUSH(&h->items, (struct reach){ word, target });
	return (true);
}

/* The macros that hold an occurrence in their bodies. */
static void
add_direct(struct shadows *h)
{
	const struct vn_plan *plan = h->plan;
	struct vn_macro m;

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_source *s = plan->sources->items[o->source];
		int dir = s->lex.toks[o->tok].dir;

		if (vn_undo_due(o) && dir != -1 && vn_macro_read(&m, s, dir))
			add_reach(h, s, m.name, o->target);
	}
}

/* Token t spells a word: what that reaches, the macro m reaches too. */
static bool
inherit(struct shadows *h, const struct vn_source *s, const struct vn_macro *m,
    int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);
	int word = vn_names_find(&h->words, text, len);
	bool grown = false;

	for (size_t i = 0; word != -1 && i < h->items.count; i++)
		if (h->items.items[i].word == word)
			grown = add_reach(h, s, m->name,
			    h->items.items[i].target) || grown;
	return (grown);
}

static bool
add_indirect(struct shadows *h)
{
	struct vn_macro m;
	bool grown = false;

	for (size_t i = 0; i < h->plan->sources->count; i++) {
		const struct vn_source *s = h->plan->sources->items[i];

		for (size_t d = 0; s->opened && d < s->lex.ndirs; d++) {
			if (!vn_macro_read(&m, s, (int)d))
				continue;
			for (int t = m.body; t < m.end; t++)
				grown = inherit(h, s, &m, t) || grown;
		}
	}
	return (grown);
}

/* Token t of a source: the macros that it may expand. */
static void
judge_expansion(struct shadows *h, int source, int t)
{
	const struct vn_source *s = h->plan->sources->items[source];
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);
	int word = vn_names_find(&h->words, text, len);

	for (size_t i = 0; word != -1 && i < h->items.count; i++)
		if (h->items.items[i].word == word)
			judge_token(h, source, t, h->items.items[i].target);
}

static void
judge_expansions(struct shadows *h)
{

	for (size_t i = 0; h->items.count > 0 && i < h->plan->sources->count;
	    i++) {
		const struct vn_source *s = h->plan->sources->items[i];

		for (size_t t = 0; s->opened && t < s->lex.ntoks; t++)
			if (s->lex.toks[t].kind == VN_TOK_IDENT &&
			    s->lex.toks[t].dir == -1)
				judge_expansion(h, (int)i, (int)t);
	}
}

/* ------ facts ------ */

/* Do the tokens of the call at t, or the macro's body, reach the target? */
static bool
spells_target(const struct shadows *h, const struct vn_source *s, int t,
    int target)
{
	int name = h->plan->targets.items[target].name;
	int open = vn_tok_next(s, t), end = t;

	if (vn_tok_punct(s, open, "(") && s->outline.match[open] > open)
		end = s->outline.match[open];
	for (; t <= end; t++) {
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);
		int word;

		if (vn_names_find_spelled(&h->plan->names, text, len) ==
		    name + 1)
			return (true);
		word = vn_names_find(&h->words, text, len);
		if (word != -1 && reaches(h, word, target))
			return (true);
	}
	return (false);
}

/* Is V_x, expanded there, in no token's text?  Then ## made it. */
static void
judge_made(struct shadows *h, const struct vn_fact *f, int target)
{
	struct vn_target *t = &h->plan->targets.items[target];
	int source = f->exp_path == NULL ? -1 :
	    vn_sources_find(h->plan->sources, f->exp_path), tok;
	const struct vn_source *s = source == -1 ? NULL :
	    h->plan->sources->items[source];
	char *at;

	if (f->exp_path == NULL || (s != NULL && s->opened &&
	    ((tok = vn_source_tok_at(s, f->exp_off)) == -1 ||
	    spells_target(h, s, tok, target))))
		return;
	at = vn_fact_expansion(f, h->plan->sources);
	vn_target_block(t, "pasted", "a macro at %s pastes %s with ##; write "
	    "the name out", at, vn_plan_prefixed(h->plan, t->name));
	free(at);
}

/* What the compiler saw where V_x was expanded: not the variable. */
static void
judge_captured(struct shadows *h, const struct vn_fact *f, int target)
{
	struct vn_target *t = &h->plan->targets.items[target];
	char *at = vn_fact_expansion(f, h->plan->sources);

	vn_target_block(t, "shadowed", "at %s it would be a %s of that name; "
	    "rename that", at, vn_what_word(f->what));
	free(at);
}

static void
judge_facts(struct shadows *h)
{
	const struct vn_plan *plan = h->plan;

	for (size_t k = 0; k < plan->defined.count; k++) {
		const struct vn_defined *d = &plan->defined.items[k];
		const struct vn_source *s = plan->sources->items[d->source];
		size_t i, end = vn_facts_at(plan->facts, d->source,
		    s->lex.toks[s->lex.dirs[d->dir].tok + 5].off, &i);

		for (; d->target != -1 && i < end; i++) {
			const struct vn_fact *f = &plan->facts->items[i];

			if (f->kind == VN_FACT_OTHER && f->what != VN_MEMBER)
				judge_captured(h, f, d->target);
			else if (f->kind == VN_FACT_REF)
				judge_made(h, f, d->target);
		}
	}
}

void
vn_undo_shadows(struct vn_plan *plan)
{
	struct shadows h = { .plan = plan };

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (vn_undo_due(o))
			judge_token(&h, o->source, o->tok, o->target);
	}
	add_direct(&h);
	while (h.items.count > 0 && add_indirect(&h))
		;
	judge_expansions(&h);
	judge_facts(&h);
	for (size_t i = 0; i < h.owned.count; i++)
		free(h.owned.items[i]);
	VN_FREE(&h.owned);
	VN_FREE(&h.items);
	vn_names_free(&h.words);
}
