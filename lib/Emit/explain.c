/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * --explain: the story of a token.  What it became and by which rule; which
 * configurations saw it, as what, through which macro; where none did, what
 * guards it or drops it, and that its tokens were judged.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"

#include "Emit/emit.h"

static void
put_place(FILE *out, const struct vn_source *s, uint32_t off)
{
	char *place = vn_source_place(s, off);

	fputs(place, out);
	free(place);
}

static const char *
class_word(const struct vn_occurrence *o)
{

	return (o->cls == VN_EDITED ? "edited" : o->cls == VN_OTHER ? "other" :
	    "remark");
}

/* ------ what parses saw ------ */

static void
put_kind(const struct vn_plan *plan, const struct vn_fact *f, FILE *out)
{
	static const char *const kinds[] = { "definition", "declaration",
	    "reference", "name" };

	fprintf(out, "    seen as the %s of a%s %s", kinds[f->kind],
	    strchr("aeiou", *vn_what_word(f->what)) != NULL ? "n" : "",
	    vn_what_word(f->what));
	if (f->kind != VN_FACT_OTHER)
		fputs(" variable", out);
	if (f->flags & VN_FF_CONST_INIT)
		fputs(" in a constant initializer", out);
	if (f->exp_path != NULL) {
		char *at = vn_fact_expansion(f, plan->sources);

		fprintf(out, ", through a macro at %s", at);
		free(at);
	}
}

/*
 * Two facts that only differ in the configuration, which is sorted last?  Each
 * constant initializer that a macro is expanded in has a fact of its own.
 */
static bool
same_story(const struct vn_fact *a, const struct vn_fact *b)
{

	return (a->kind == b->kind && a->what == b->what &&
	    a->flags == b->flags && a->entity == b->entity &&
	    a->name == b->name && a->exp_path == b->exp_path &&
	    (!(a->flags & VN_FF_CONST_INIT) || a->exp_off == b->exp_off));
}

static void
put_facts(const struct vn_plan *plan, const struct vn_occurrence *o,
    FILE *out)
{
	const struct vn_fact *items = plan->facts->items;
	size_t i, end = vn_facts_at(plan->facts, o->source, o->off, &i);

	for (size_t first = i; i < end; i++) {
		bool more = i > first && same_story(&items[i - 1], &items[i]);

		if (!more && i > first)
			fputc('\n', out);
		if (!more)
			put_kind(plan, &items[i], out);
		if (items[i].config != NULL)
			fprintf(out, "%s with %s", !more ?
			    items[i].exp_path != NULL ? ", only" : " only" :
			    items[i - 1].config == NULL ? ", also" : " and",
			    items[i].config);
		if (i + 1 == end)
			fputc('\n', out);
	}
}

/* ------ what none did ------ */

/* The line of a directive, and where it is. */
static void
put_guard(const struct vn_source *s, const struct vn_dir *d, FILE *out)
{
	unsigned line, col;
	size_t len = d->end - d->off;

	while (len > 0 && strchr("\r\n", s->data[d->off + len - 1]) != NULL)
		len--;
	vn_lines_at(&s->lines, d->off, &line, &col);
	fprintf(out, "    inside '%.*s' (line %u)\n", (int)len,
	    s->data + d->off, line);
}

static void
put_guards(const struct vn_occurrence *o, const struct vn_source *s, FILE *out)
{
	int chain[16], n = vn_reach_chain(s, o->off, chain, 16);

	for (int i = n - 1; i >= 0; i--)
		put_guard(s, &s->lex.dirs[chain[i]], out);
}

/* The macro whose #define holds the token. */
static void
put_macro(const struct vn_occurrence *o, const struct vn_source *s, FILE *out)
{
	struct vn_macro m;
	unsigned len;
	const char *name;

	if (s->lex.toks[o->tok].dir == -1 || !vn_macro_read(&m, s,
	    s->lex.toks[o->tok].dir) || o->tok < m.body)
		return;
	name = vn_tok_text(s, m.name, &len);
	fprintf(out, "    in the body of macro %.*s\n", (int)len, name);
}

/* The macros around it, each with the place of a definition. */
static void
put_calls(const struct vn_plan *plan, const struct vn_occurrence *o,
    const struct vn_source *s, FILE *out)
{

	for (int at = o->tok; at >= 0; at = s->outline.up[at]) {
		int arg, callee = vn_tok_call(s, at, &arg);
		const struct vn_macro *m;
		unsigned len;
		const char *name;

		if (callee == -1)
			continue;
		name = vn_tok_text(s, callee, &len);
		m = vn_macros_find(plan->macros, name, len);
		for (; m != NULL; m = vn_macros_next(plan->macros, m)) {
			const struct vn_source *d =
			    plan->sources->items[m->source];

			fprintf(out, "    in argument %d of macro %.*s, "
			    "defined at ", arg + 1, (int)len, name);
			put_place(out, d, d->lex.toks[m->name].off);
			fputc('\n', out);
		}
	}
}

static void
put_unseen(const struct vn_occurrence *o, const struct vn_source *s,
    FILE *out)
{

	if (o->inactive) {
		fputs("    no configuration compiles it", out);
		fputs(o->v_form ? "\n" : "; judged by its tokens\n", out);
		put_guards(o, s, out);
	} else if (!o->v_form && s->lex.toks[o->tok].dir == -1)
		fputs("    compiled, but no configuration makes an expression "
		    "of it; judged by its tokens\n", out);
	else if (!o->v_form)
		fputs("    nothing expands it; judged by its tokens\n", out);
}

static void
explain(const struct vn_plan *plan, const struct vn_occurrence *o, FILE *out)
{
	const struct vn_source *s = plan->sources->items[o->source];

	put_place(out, s, o->off);
	fprintf(out, ": %s: %s", o->v_form ? vn_plan_prefixed(plan, o->name) :
	    vn_plan_plain(plan, o->name), class_word(o));
	if (o->what != NULL)
		fprintf(out, " (%s%s%s)", o->done ? "already so: " : "",
		    o->inactive && o->cls != VN_OTHER ? "inactive, " : "",
		    o->what);
	if (o->target != -1) {
		const struct vn_target *t = &plan->targets.items[o->target];
		const struct vn_global *g = &plan->globals->items[t->global];

		fprintf(out, ", listed at %s:%u", g->list, g->line);
	}
	fputc('\n', out);
	put_macro(o, s, out);
	put_calls(plan, o, s, out);
	put_facts(plan, o, out);
	if (o->tokens || o->inactive)
		put_unseen(o, s, out);
	if (o->remark != NULL)
		fprintf(out, "    remark: %s [%s]\n", o->remark, o->kind);
}

static bool
is_file(const struct vn_source *s, const char *file)
{
	size_t n = strlen(s->path), m = strlen(file);

	return (strcmp(s->shown, file) == 0 || strcmp(s->path, file) == 0 ||
	    (m < n && strcmp(s->path + n - m, file) == 0 &&
	    s->path[n - m - 1] == '/'));
}

/* The remarks on the line that are about no occurrence on it. */
static size_t
explain_notes(const struct vn_plan *plan, const char *file, unsigned line,
    FILE *out)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->notes.count; i++) {
		const struct vn_note *note = &plan->notes.items[i];
		const struct vn_source *s;
		unsigned l, c;

		if (note->source < 0 || (i > 0 &&
		    note->source == note[-1].source &&
		    note->off == note[-1].off &&
		    strcmp(note->text, note[-1].text) == 0))
			continue;
		s = plan->sources->items[note->source];
		if (!is_file(s, file))
			continue;
		vn_lines_at(&s->lines, note->off, &l, &c);
		if (l != line)
			continue;
		fprintf(out, "%s:%u:%u: remark: %s [%s]\n", s->shown, l, c,
		    note->text, note->kind);
		n++;
	}
	return (n);
}

size_t
vn_emit_explain(const struct vn_plan *plan, const char *file, unsigned line,
    unsigned col, FILE *out)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_source *s = plan->sources->items[o->source];
		unsigned l, c;

		if (!is_file(s, file))
			continue;
		vn_lines_at(&s->lines, o->off, &l, &c);
		if (l != line || (col != 0 && (col < c ||
		    col >= c + s->lex.toks[o->tok].len)))
			continue;
		explain(plan, o, out);
		n++;
	}
	return (col != 0 ? n : n + explain_notes(plan, file, line, out));
}
