/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: the sysctls whose pointer becomes plain: SYSCTL_INT for
 * SYSCTL_VNET_INT, and no CTLFLAG_VNET.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/undo.h"
#include "Rewrite/words.h"

#define	RULE	"sysctl"

/* Does the name start with what the style puts for SYSCTL_? */
static bool
is_twin(const struct vn_style *style, const char *name, size_t len)
{
	size_t n = style->sysctl_to == NULL ? 0 : strlen(style->sysctl_to);

	return (n > 0 && len > n && memcmp(name, style->sysctl_to, n) == 0);
}

/* The row of a sysctl macro, by its plain name too; NULL if it is none. */
static const struct vn_word *
sysctl_word(const struct vn_style *style, const struct vn_source *s,
    int callee)
{
	const struct vn_word *word = vn_word_at(s, callee);
	const char *text;
	unsigned len;
	char *plain;

	if (word != NULL)
		return (word->kind == VN_WORD_SYSCTL ||
		    word->kind == VN_WORD_SYSCTL_ADD ? word : NULL);
	if (callee < 0)
		return (NULL);
	text = vn_tok_text(s, callee, &len);
	if (!is_twin(style, text, len))
		return (NULL);
	len -= (unsigned)strlen(style->sysctl_to);
	plain = vn_asprintf("%s%.*s", style->sysctl_from, (int)len, text +
	    strlen(style->sysctl_to));
	word = vn_word_find(plain, (unsigned)strlen(plain));
	free(plain);
	return (word);
}

static void
drop_name(struct vn_plan *plan, int source, int callee)
{
	const struct vn_style *style = plan->style;
	const struct vn_source *s = plan->sources->items[source];
	uint32_t off = s->lex.toks[callee].off;
	unsigned len;
	const char *text = vn_tok_text(s, callee, &len);

	if (is_twin(style, text, len))
		vn_edits_add(&plan->edits, source, off +
		    (uint32_t)strlen(style->sysctl_from),
		    (uint32_t)(strlen(style->sysctl_to) -
		    strlen(style->sysctl_from)), "", 0, RULE);
}

/* "FLAG | rest", "rest | FLAG", "FLAG". */
static void
drop_flag_at(struct vn_plan *plan, int source, int t, int last)
{
	const struct vn_source *s = plan->sources->items[source];
	int prev = vn_tok_prev(s, t), next = vn_tok_next(s, t), rest;

	if (vn_tok_punct(s, next, "|")) {
		rest = vn_tok_next(s, next);
		vn_undo_cut(plan, source, s->lex.toks[t].off,
		    s->lex.toks[rest].off, "", RULE);
		if (!vn_tok_punct(s, rest, "(") ||
		    s->outline.match[rest] != last || !vn_tok_loose(s,
		    rest + 1, last - 1))
			return;
		/* Parentheses that only the flag made necessary. */
		vn_undo_cut(plan, source, s->lex.toks[rest].off,
		    vn_tok_end(s, rest), "", RULE);
		vn_undo_cut(plan, source, s->lex.toks[last].off,
		    vn_tok_end(s, last), "", RULE);
	} else if (vn_tok_punct(s, prev, "|"))
		vn_undo_cut(plan, source, vn_tok_end(s, vn_tok_prev(s, prev)),
		    vn_tok_end(s, t), "", RULE);
	else
		vn_undo_cut(plan, source, s->lex.toks[t].off, vn_tok_end(s, t),
		    "0", RULE);
}

static void
drop_flag(struct vn_plan *plan, int source, int callee, int access)
{
	const struct vn_source *s = plan->sources->items[source];
	int last, first = vn_call_arg(s, callee, access, &last);

	for (int t = first; t != -1 && t <= last; t = vn_tok_next(s, t))
		if (vn_tok_word(s, t, vn_word_vnet_flag)) {
			drop_flag_at(plan, source, t, last);
			return;
		}
}

/* The sysctl call whose pointer argument holds token t, if there is one. */
static void
convert_around(struct vn_plan *plan, int source, int t)
{
	const struct vn_source *s = plan->sources->items[source];

	for (int at = t; at >= 0; at = s->outline.up[at]) {
		int arg, callee = vn_tok_call(s, at, &arg);
		const struct vn_word *word = sysctl_word(plan->style, s,
		    callee);

		if (word == NULL)
			continue;
		if (arg != word->pointer)
			return;
		drop_name(plan, source, callee);
		drop_flag(plan, source, callee, word->access);
		return;
	}
}

/* A sysctl whose pointer a macro gives. */
static void
convert_hidden(struct vn_plan *plan, const struct vn_fact *f)
{
	int source = vn_sources_find(plan->sources, f->exp_path), t;
	const struct vn_source *s;
	const struct vn_word *word;

	if (source == -1)
		return;
	s = plan->sources->items[source];
	if (!s->opened || !s->in_path ||
	    (t = vn_source_tok_at(s, f->exp_off)) == -1)
		return;
	word = sysctl_word(plan->style, s, t);
	if (word == NULL || !vn_tok_punct(s, vn_tok_next(s, t), "("))
		return;
	drop_name(plan, source, t);
	drop_flag(plan, source, t, word->access);
}

static void
convert_hidden_ones(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		const struct vn_occurrence *o;

		if (f->exp_path == NULL || f->source < 0 ||
		    !(f->flags & VN_FF_CONST_INIT))
			continue;
		o = vn_plan_at(plan, f->source, f->off);
		if (o != NULL && o->cls == VN_UNDECIDED && vn_undo_due(o) &&
		    plan->sources->items[f->source]->lex.toks[o->tok].dir !=
		    -1)
			convert_hidden(plan, f);
	}
}

void
vn_undo_sysctls(struct vn_plan *plan)
{

	convert_hidden_ones(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (vn_undo_due(o) && o->cls == VN_UNDECIDED && !o->outside)
			convert_around(plan, o->source, o->tok);
	}
}
