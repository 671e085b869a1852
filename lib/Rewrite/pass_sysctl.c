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

static void
add_flag(struct vn_plan *plan, int source, int callee, int access)
{
	const struct vn_source *s = plan->sources->items[source];
	int last, first = vn_call_arg(s, callee, access, &last);
	bool loose;
	char *text;

	if (first == -1 || has_flag(s, first, last, plan->style->sysctl_flag))
		return;
	loose = vn_tok_loose(s, first, last);
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

/* Sysctls of one kind and file whose pointer one token of a macro hides. */
struct hidden {
	const struct vn_fact	*first;	/* NULL: none yet */
	const struct vn_word	*word;
	size_t			 count;
	uint32_t		 last;	/* byte of the last one */
};

/* The sysctl that a fact's macro stands in, not virtualized; or NULL. */
static const struct vn_word *
hidden_sysctl(const struct vn_plan *plan, const struct vn_fact *f)
{
	int source = vn_sources_find(plan->sources, f->exp_path), t;
	const struct vn_source *s;
	const struct vn_word *word;

	if (source == -1)
		return (NULL);
	s = plan->sources->items[source];
	if (!s->opened || !s->in_path ||
	    (t = vn_source_tok_at(s, f->exp_off)) == -1)
		return (NULL);
	word = vn_word_at(s, t);
	return (word == NULL || word->kind != VN_WORD_SYSCTL ||
	    is_virtual(plan, s, t, word) ? NULL : word);
}

/* Their own macros are left to a person: one remark at the first. */
static void
note_hidden(struct vn_plan *plan, const struct hidden *h)
{
	char *form, *more;
	int source;

	if (h->first == NULL)
		return;
	source = vn_sources_find(plan->sources, h->first->exp_path);
	form = virtual_form(plan, h->word);
	more = h->count == 1 ? vn_strdup("") : vn_asprintf("; so in %zu more "
	    "below", h->count - 1);
	vn_plan_note(plan, source, h->first->exp_off, "sysctl-macro", "the "
	    "pointer of this %s reaches '%s' through a macro; write %s%s",
	    h->word->name, h->first->name, form, more);
	free(more);
	free(form);
}

static bool
is_same_group(const struct hidden *h, const struct vn_fact *f,
    const struct vn_word *word)
{

	return (h->first != NULL && h->word == word &&
	    h->first->source == f->source && h->first->off == f->off &&
	    strcmp(h->first->exp_path, f->exp_path) == 0);
}

/* Facts of one token come by the file and the byte of the expansion. */
static void
see_hidden(struct vn_plan *plan, struct hidden *h, const struct vn_fact *f)
{
	const struct vn_word *word = hidden_sysctl(plan, f);

	if (word == NULL)
		return;
	if (!is_same_group(h, f, word)) {
		note_hidden(plan, h);
		*h = (struct hidden){ .first = f, .word = word };
	}
	if (h->count == 0 || h->last != f->exp_off)
		h->count++;
	h->last = f->exp_off;
}

static void
note_hidden_sysctls(struct vn_plan *plan)
{
	struct hidden h = { .first = NULL };

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
			see_hidden(plan, &h, f);
	}
	note_hidden(plan, &h);
}

/* ------ procedures without a pointer ------ */

/* Is argument n of the call nothing but 0 or NULL? */
static bool
is_null(const struct vn_source *s, int callee, int n)
{
	int last, t = vn_call_arg(s, callee, n, &last);
	unsigned len;
	const char *text;

	if (t == -1 || t != last)
		return (false);
	text = vn_tok_text(s, t, &len);
	return ((len == 1 && *text == '0') || vn_tok_word(s, t, "NULL"));
}

/*
 * Do the flags let write, CTLFLAG_RW, CTLFLAG_WR and their kin, but not in each
 * jail?
 */
static bool
is_writable(const struct vn_source *s, int callee, int n)
{
	int last, t = vn_call_arg(s, callee, n, &last);

	if (has_flag(s, t, last, "CTLFLAG_PRISON"))
		return (false);

	for (; t != -1 && t <= last; t = vn_tok_next(s, t)) {
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);

		if (starts_with(text, len, "CTLFLAG_RW") ||
		    starts_with(text, len, "CTLFLAG_WR"))
			return (true);
	}
	return (false);
}

/* The function that the handler argument names, defined in the source. */
static const struct vn_function *
handler_of(const struct vn_source *s, int callee, int n)
{
	int last, first = vn_call_arg(s, callee, n, &last);
	unsigned len;
	const char *text;
	char *name;
	const struct vn_function *found = NULL;

	if (first == -1 || !vn_tok_ident(s, last))
		return (NULL);
	text = vn_tok_text(s, last, &len);
	name = vn_strndup(text, len);
	for (size_t i = 0; i < s->outline.nfunctions && found == NULL; i++)
		if (vn_tok_word(s, s->outline.functions[i].name, name))
			found = &s->outline.functions[i];
	free(name);
	return (found);
}

/* A virtualized variable that the function uses, without choosing a stack. */
static const struct vn_occurrence *
stack_use(const struct vn_plan *plan, int source, const struct vn_function *f)
{
	const struct vn_source *s = plan->sources->items[source];
	size_t end, i = vn_plan_range(plan, source, &end);

	for (int t = f->body; t < f->end; t++)
		if (vn_tok_word(s, t, "CURVNET_SET") ||
		    vn_tok_word(s, t, "VNET_FOREACH"))
			return (NULL);
	for (; i < end; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->tok > f->body && o->tok < f->end &&
		    o->cls == VN_EDITED && o->target != -1)
			return (o);
	}
	return (NULL);
}

/*
 * A procedure without a pointer has nothing to be edited, but where it lets
 * write what is a stack's, a jail that has a stack may not without the flag.
 */
static void
note_procedure(struct vn_plan *plan, int source, int callee,
    const struct vn_word *word)
{
	const struct vn_source *s = plan->sources->items[source];
	const struct vn_function *f;
	const struct vn_occurrence *o;
	char *form;

	if (word == NULL || word->kind != VN_WORD_SYSCTL ||
	    !is_null(s, callee, word->pointer) ||
	    !is_writable(s, callee, word->access) ||
	    is_virtual(plan, s, callee, word) ||
	    (f = handler_of(s, callee, word->pointer + 2)) == NULL ||
	    (o = stack_use(plan, source, f)) == NULL)
		return;
	form = virtual_form(plan, word);
	vn_plan_note(plan, source, s->lex.toks[callee].off, "sysctl-proc",
	    "the handler of this SYSCTL_PROC uses %s; so that a jail with a "
	    "stack of its own may write it, write %s",
	    vn_plan_prefixed(plan, o->name), form);
	free(form);
}

static void
note_procedures(struct vn_plan *plan)
{
	static const char macro[] = "SYSCTL_PROC";

	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];

		for (int t = 0; s->opened && s->in_path &&
		    t < (int)s->lex.ntoks; t++)
			if (s->lex.toks[t].len == sizeof(macro) - 1 &&
			    s->lex.toks[t].dir == -1 &&
			    vn_tok_word(s, t, macro))
				note_procedure(plan, (int)i, t,
				    vn_word_at(s, t));
	}
}

void
vn_plan_sysctls(struct vn_plan *plan)
{

	note_procedures(plan);
	note_hidden_sysctls(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls == VN_EDITED && o->what != NULL &&
		    strcmp(o->what, "sysctl-pointer") == 0)
			convert_call(plan, o->source, o->tok);
	}
}
