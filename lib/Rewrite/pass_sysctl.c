/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 7: the sysctl macros whose pointer was virtualized: another macro or
 * another flag, as the style has it.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/words.h"

#define	RULE	"sysctl"

static bool
starts_with(const char *text, unsigned len, const char *prefix)
{
	size_t n = strlen(prefix);

	return (len >= n && memcmp(text, prefix, n) == 0);
}

static bool
has_flag(const struct vn_source *s, int first, int last, const char *flag)
{

	for (int t = first; t != -1 && t <= last; t = vn_tok_next(s, t))
		if (vn_tok_word(s, t, flag))
			return (true);
	return (false);
}

static void
rename_macro(struct vn_plan *plan, int source, int callee)
{
	const struct vn_style *style = plan->style;
	const struct vn_source *s = plan->sources->items[source];
	size_t n = strlen(style->sysctl_from);
	unsigned len;
	const char *text = vn_tok_text(s, callee, &len);

	if (!starts_with(text, len, style->sysctl_to))
		vn_edits_add(&plan->edits, source,
		    s->lex.toks[callee].off + (uint32_t)n, 0,
		    style->sysctl_to + n, 0, RULE);
}

/* Has the argument an operator that binds less than '|'? */
static bool
binds_loosely(const struct vn_source *s, int first, int last)
{

	for (int t = first; t != -1 && t <= last; t = vn_tok_next(s, t))
		if (s->outline.up[t] == s->outline.up[first] &&
		    (vn_tok_punct(s, t, "?") || vn_tok_punct(s, t, "&&") ||
		    vn_tok_punct(s, t, "||")))
			return (true);
	return (false);
}

static void
add_flag(struct vn_plan *plan, int source, int callee, int access)
{
	const struct vn_source *s = plan->sources->items[source];
	int last, first = vn_call_arg(s, callee, access, &last);
	bool loose;
	char *text;

	if (first == -1 || has_flag(s, first, last, plan->style->sysctl_flag))
		return;
	loose = binds_loosely(s, first, last);
	text = vn_asprintf("%s | %s", plan->style->sysctl_flag, loose ? "(" :
	    "");
	vn_edits_add(&plan->edits, source, s->lex.toks[first].off, 0, text, 0,
	    RULE);
	if (loose)
		vn_edits_add(&plan->edits, source, vn_tok_end(s, last), 0,
		    ")", 0, RULE);
	free(text);
}

/* Convert the sysctl call whose pointer argument holds token t. */
static void
convert_call(struct vn_plan *plan, int source, int t)
{
	const struct vn_source *s = plan->sources->items[source];
	int arg, callee;
	const struct vn_word *word = vn_word_around(s, t, &callee, &arg);

	if (plan->style->sysctl_to != NULL)
		rename_macro(plan, source, callee);
	else
		add_flag(plan, source, callee, word->access);
}

/* Has the sysctl call the virtualized form already? */
static bool
is_virtual(const struct vn_plan *plan, const struct vn_source *s, int callee,
    const struct vn_word *word)
{
	const struct vn_style *style = plan->style;
	int last, first = vn_call_arg(s, callee, word->access, &last);

	if (style->sysctl_to != NULL)
		return (strncmp(word->name, style->sysctl_to,
		    strlen(style->sysctl_to)) == 0);
	return (has_flag(s, first, last, style->sysctl_flag));
}

/* The sysctl macro, as the style has it, for a remark. */
static char *
virtual_form(const struct vn_plan *plan, const struct vn_word *word)
{
	const struct vn_style *style = plan->style;
	size_t n = strlen(style->sysctl_from);

	if (style->sysctl_to != NULL)
		return (vn_asprintf("%s%s", style->sysctl_to,
		    word->name + n));
	return (vn_asprintf("'%s |' before its flags", style->sysctl_flag));
}

/* A sysctl whose pointer a macro hides: its own macro is left to a person. */
static void
note_hidden(struct vn_plan *plan, const struct vn_fact *f)
{
	int source = vn_sources_find(plan->sources, f->exp_path), t;
	const struct vn_source *s;
	const struct vn_word *word;
	char *form;

	if (source == -1)
		return;
	s = plan->sources->items[source];
	if (!s->opened || !s->in_path ||
	    (t = vn_source_tok_at(s, f->exp_off)) == -1)
		return;
	word = vn_word_at(s, t);
	if (word == NULL || word->kind != VN_WORD_SYSCTL ||
	    is_virtual(plan, s, t, word))
		return;
	form = virtual_form(plan, word);
	vn_plan_note(plan, source, f->exp_off, "sysctl-macro", "the pointer of "
	    "this %s reaches '%s' through a macro; write %s", word->name,
	    f->name, form);
	free(form);
}

static void
note_hidden_sysctls(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		const struct vn_occurrence *o;

		if (f->exp_path == NULL || f->source < 0 ||
		    !(f->flags & VN_FF_CONST_INIT))
			continue;
		o = vn_plan_at(plan, f->source, f->off);
		if (o != NULL && o->cls == VN_EDITED && o->target != -1 &&
		    plan->sources->items[f->source]->lex.toks[o->tok].dir !=
		    -1)
			note_hidden(plan, f);
	}
}

void
vn_plan_sysctls(struct vn_plan *plan)
{

	note_hidden_sysctls(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls == VN_EDITED && o->what != NULL &&
		    strcmp(o->what, "sysctl-pointer") == 0)
			convert_call(plan, o->source, o->tok);
	}
}
