/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: whole lines that go.  The "#define V_x VNET(x)" of what is plain now;
 * the style's header in a file that has none of its words left; a "#ifdef
 * _KERNEL" around nothing but such declarations.  Blank lines that parted them
 * from the rest go with them.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/kernel.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/undo.h"
#include "Rewrite/header_words.h"
#include "Rewrite/words.h"

enum line { LINE_KEPT, LINE_DEFINE, LINE_INCLUDE, LINE_GUARD, LINE_BLANK };

/* A source, line by line. */
struct lines {
	struct vn_plan		*plan;
	const struct vn_source	*s;
	int			 source;
	const struct vn_header_words *words;	/* of the style's header */
	uint8_t			*line;	/* owned: enum line, by line */
	bool			*gone;	/* owned: by token, edited away */
};

static size_t
line_of(const struct lines *l, uint32_t off)
{
	unsigned line, col;

	vn_lines_at(&l->s->lines, off, &line, &col);
	return (line - 1);
}

static bool
is_blank_line(const struct lines *l, size_t line)
{
	const struct vn_lines *lines = &l->s->lines;
	uint32_t end = line + 1 < lines->count ? lines->starts[line + 1] :
	    (uint32_t)l->s->len;

	return (lines->starts[line] < end &&
	    vn_undo_is_blank(l->s, lines->starts[line], end));
}

/* Does the directive stand alone on its lines, without a comment? */
static bool
is_bare(const struct vn_source *s, const struct vn_dir *dir)
{
	uint32_t last = vn_tok_end(s, (int)(dir->tok + dir->ntok) - 1);

	return (vn_undo_is_blank(s, vn_source_line_start(s, dir->off),
	    dir->off) && vn_undo_is_blank(s, last, dir->end));
}

static void
mark(struct lines *l, const struct vn_dir *dir, enum line why)
{

	for (size_t i = line_of(l, dir->off); i <= line_of(l, dir->end - 1);
	    i++)
		l->line[i] = (uint8_t)why;
	for (size_t t = dir->tok; t < dir->tok + dir->ntok; t++)
		l->gone[t] = true;
}

/* ------ defines ------ */

static void
drop_defines(struct lines *l)
{
	struct vn_plan *plan = l->plan;

	for (size_t i = 0; i < plan->defined.count; i++) {
		const struct vn_defined *d = &plan->defined.items[i];
		const struct vn_dir *dir;
		int last;

		if (d->source != l->source || d->target == -1 ||
		    !vn_target_converts(&plan->targets.items[d->target]))
			continue;
		dir = &l->s->lex.dirs[d->dir];
		last = (int)(dir->tok + dir->ntok) - 1;
		mark(l, dir, LINE_DEFINE);
		if (is_bare(l->s, dir))
			continue;
		/* A comment on its line stays. */
		for (size_t k = line_of(l, dir->off);
		    k <= line_of(l, dir->end - 1); k++)
			l->line[k] = LINE_KEPT;
		vn_undo_cut(plan, l->source, dir->off, vn_tok_end(l->s, last),
		    "", "define");
	}
}

/* ------ the header ------ */

/* The tokens that edits touch. */
static void
mark_gone(struct lines *l)
{
	const struct vn_edits *edits = &l->plan->edits;

	for (size_t i = 0; i < edits->count; i++) {
		const struct vn_edit *e = &edits->items[i];

		if (e->source != l->source || e->len == 0)
			continue;
		for (size_t t = vn_lex_from(&l->s->lex, e->off);
		    t < l->s->lex.ntoks &&
		    l->s->lex.toks[t].off < e->off + e->len; t++)
			l->gone[t] = true;
		/* One that begins before the edit and ends in it. */
		for (size_t t = vn_lex_from(&l->s->lex, e->off); t > 0 &&
		    vn_tok_end(l->s, (int)t - 1) > e->off; t--)
			l->gone[t - 1] = true;
	}
}

/* V_y of a name that stays virtualized, here or elsewhere? */
static bool
is_prefixed(const struct lines *l, const char *text, size_t len)
{
	const struct vn_style *style = l->plan->style;
	size_t n = strlen(style->prefix);
	const struct vn_macro *m;
	const struct vn_source *s;

	if (len <= n || memcmp(text, style->prefix, n) != 0)
		return (false);
	m = vn_macros_find(l->plan->macros, text, len);
	if (m == NULL)
		return (true);
	s = l->plan->sources->items[m->source];
	return (m->body < m->end && vn_tok_word(s, m->body, style->access));
}

static bool
needs_header(const struct lines *l)
{

	for (size_t t = 0; t < l->s->lex.ntoks; t++) {
		unsigned len;
		const char *text = vn_tok_text(l->s, (int)t, &len);

		if (l->gone[t] || !vn_tok_ident(l->s, (int)t))
			continue;
		if (vn_header_words_have(l->words, l->s, (int)t) ||
		    is_prefixed(l, text, len))
			return (true);
	}
	return (false);
}

/* The only "#include <net/vnet.h>", with nothing else on its line, or NULL. */
static const struct vn_dir *
only_include(const struct lines *l)
{
	const struct vn_source *s = l->s;
	const struct vn_dir *found = NULL;
	char *name = vn_asprintf("<%s>", l->plan->style->header);

	for (size_t d = 0; d < s->lex.ndirs; d++) {
		const struct vn_dir *dir = &s->lex.dirs[d];

		if (dir->kind != VN_DIR_INCLUDE || dir->ntok != 3 ||
		    !vn_tok_is(s->data, &s->lex.toks[dir->tok + 2], name))
			continue;
		if (found != NULL || !is_bare(s, dir)) {
			found = NULL;
			break;
		}
		found = dir;
	}
	free(name);
	return (found);
}

static void
drop_include(struct lines *l)
{
	const struct vn_dir *dir = only_include(l);
	bool edited = false;

	for (size_t t = 0; !edited && t < l->s->lex.ntoks; t++)
		edited = l->gone[t];
	if (dir != NULL && edited && !needs_header(l) &&
	    vn_include_is_added(l->plan, l->source,
	    (int)(dir - l->s->lex.dirs)))
		mark(l, dir, LINE_INCLUDE);
}

/* ------ guards ------ */

/* Does the token's declaration become plain in this run? */
static bool
is_undone(const struct lines *l, int first, int end)
{

	for (int t = first; t < end; t++) {
		const struct vn_occurrence *o = vn_plan_at(l->plan, l->source,
		    l->s->lex.toks[t].off);
		int callee;

		if (o != NULL && vn_undo_due(o) && o->cls == VN_EDITED &&
		    vn_undo_form(l->plan, o, &callee) == VN_FORM_DECLARE)
			return (true);
	}
	return (false);
}

/* Nothing but such declarations between the directives? */
static bool
holds_undone(const struct lines *l, const struct vn_dir *from,
    const struct vn_dir *to)
{
	int first = -1, n = 0;

	for (int t = (int)(from->tok + from->ntok); t < (int)to->tok; t++) {
		if (l->s->lex.toks[t].dir != -1) {
			if (!l->gone[t] || first != -1)
				return (false);
			continue;
		}
		first = first == -1 ? t : first;
		if (!vn_tok_punct(l->s, t, ";"))
			continue;
		if (!is_undone(l, first, t))
			return (false);
		first = -1;
		n++;
	}
	return (n > 0 && first == -1);
}

/* Does the header speak of _KERNEL elsewhere, so that guards are added? */
static bool
is_shared(const struct vn_source *s, const struct vn_dir *guard)
{

	for (size_t t = 0; t < s->lex.ntoks; t++)
		if (vn_tok_word(s, (int)t, "_KERNEL") &&
		    (t < guard->tok || t >= guard->tok + guard->ntok))
			return (true);
	return (false);
}

/*
 * A guard as a conversion adds it: "#ifdef _KERNEL" and "#endif" without a
 * comment around such declarations, in a header that has _KERNEL elsewhere.
 */
static void
drop_guards(struct lines *l)
{
	const struct vn_source *s = l->s;

	for (size_t d = 0; vn_source_is_header(s) && d < s->lex.ndirs; d++) {
		const struct vn_dir *dir = &s->lex.dirs[d], *end;

		if (dir->kind != VN_DIR_IFDEF || dir->ntok != 3 ||
		    dir->next == -1 ||
		    !vn_tok_word(s, (int)dir->tok + 2, "_KERNEL"))
			continue;
		end = &s->lex.dirs[dir->next];
		if (end->kind != VN_DIR_ENDIF || !is_bare(s, dir) ||
		    !is_bare(s, end) || end->ntok != 2 ||
		    vn_kernel_branch(s, dir->off) != -1 ||
		    !is_shared(s, dir) || !holds_undone(l, dir, end))
			continue;
		mark(l, dir, LINE_GUARD);
		mark(l, end, LINE_GUARD);
	}
}

/* ------ blank lines ------ */

/* Does a part of a conditional begin on the line? */
static bool
is_opening(const struct lines *l, size_t line)
{

	for (size_t d = 0; d < l->s->lex.ndirs; d++) {
		const struct vn_dir *dir = &l->s->lex.dirs[d];

		if (line_of(l, dir->off) == line)
			return (dir->kind >= VN_DIR_IF &&
			    dir->kind <= VN_DIR_ELSE);
	}
	return (false);
}

/* Does a V_y that stays follow the lines that go from this one on? */
static bool
leads_to_define(const struct lines *l, size_t line)
{
	const struct vn_lines *lines = &l->s->lines;
	struct vn_macro m;

	while (line < lines->count && l->line[line] == LINE_DEFINE)
		line++;
	for (size_t d = 0; line < lines->count && d < l->s->lex.ndirs; d++)
		if (line_of(l, l->s->lex.dirs[d].off) == line)
			return (vn_macro_read(&m, l->s, (int)d) &&
			    m.body < m.end && vn_tok_word(l->s, m.body,
			    l->plan->style->access));
	return (false);
}

/* Does a declaration follow the lines at once, so that they stand before it? */
static bool
leads_to_declaration(const struct lines *l, size_t line)
{
	const struct vn_lines *lines = &l->s->lines;
	uint32_t off;
	int t;

	while (line < lines->count && l->line[line] == LINE_DEFINE)
		line++;
	if (line >= lines->count)
		return (false);
	off = lines->starts[line];
	while (off < l->s->len && (l->s->data[off] == ' ' ||
	    l->s->data[off] == '\t'))
		off++;
	t = vn_source_tok_at(l->s, off);
	if (t != -1 && vn_tok_word(l->s, t, "static"))
		t = vn_tok_next(l->s, t);
	return (t != -1 && vn_word_is_vnet(vn_word_at(l->s, t)));
}

/* What pass_include.c puts around an include, and pass_define.c a block. */
static void
drop_blanks(struct lines *l)
{
	size_t n = l->s->lines.count;

	for (size_t i = 0; i < n; i++) {
		bool before = i > 0 && is_blank_line(l, i - 1);
		bool after = i + 1 < n && is_blank_line(l, i + 1);

		if (l->line[i] == LINE_DEFINE && before &&
		    !leads_to_define(l, i) && !leads_to_declaration(l, i))
			l->line[i - 1] = LINE_BLANK;
		if (l->line[i] != LINE_INCLUDE || !after)
			continue;
		if (before)
			l->line[i - 1] = LINE_BLANK;
		else if (i == 0 || is_opening(l, i - 1))
			l->line[i + 1] = LINE_BLANK;
	}
}

static void
delete_lines(struct lines *l)
{
	const struct vn_lines *lines = &l->s->lines;
	static const char *const rules[] = { NULL, "define", "include",
	    "kernel-guard", "layout" };
	size_t end;

	for (size_t i = 0; i < lines->count; i = end) {
		const char *rule = rules[l->line[i]];
		uint32_t stop;

		for (end = i + 1; end < lines->count && rule != NULL &&
		    l->line[end] != LINE_KEPT; end++)
			if (l->line[i] == LINE_BLANK)
				rule = rules[l->line[end]];
		if (rule == NULL)
			continue;
		stop = end < lines->count ? lines->starts[end] :
		    (uint32_t)l->s->len;
		vn_edits_add(&l->plan->edits, l->source, lines->starts[i],
		    stop - lines->starts[i], "", 0, rule);
	}
}

/* ------ all sources ------ */

static void
open_lines(struct lines *l, struct vn_plan *plan, int source)
{

	*l = (struct lines){ .plan = plan, .source = source,
	    .s = plan->sources->items[source] };
	if (!l->s->opened)
		return;
	l->line = vn_calloc(l->s->lines.count + 1, sizeof(*l->line));
	l->gone = vn_calloc(l->s->lex.ntoks + 1, sizeof(*l->gone));
	if (l->s->in_path)
		drop_defines(l);
	mark_gone(l);
}

/* Macros of the headers that the units include and that spell no name. */
static void
read_headers(struct vn_header_words *words, const struct vn_facts *facts)
{
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < facts->nheaders; i++) {
		struct vn_source s;

		sb.len = 0;
		if (vn_file_read(&sb, facts->headers[i]) != 0 || sb.len == 0)
			continue;
		vn_source_lend(&s, facts->headers[i], sb.data, sb.len);
		vn_header_words_macros(words, &s, NULL);
		vn_source_close(&s);
	}
	vn_strbuf_free(&sb);
}

/* The words of the style's header, and macros that reach them afterwards. */
static struct vn_header_words *
read_words(const struct vn_plan *plan, const struct lines *all)
{
	struct vn_header_words *words = vn_header_words_read(plan->header);

	for (size_t i = 0; i < plan->sources->count; i++)
		if (all[i].s->opened)
			vn_header_words_macros(words, all[i].s, all[i].gone);
	read_headers(words, plan->facts);
	vn_header_words_close(words);
	return (words);
}

void
vn_undo_lines(struct vn_plan *plan)
{
	struct lines *all = vn_calloc(plan->sources->count + 1, sizeof(*all));
	struct vn_header_words *words;

	for (size_t i = 0; i < plan->sources->count; i++)
		open_lines(&all[i], plan, (int)i);
	words = read_words(plan, all);
	for (size_t i = 0; i < plan->sources->count; i++) {
		struct lines *l = &all[i];

		l->words = words;
		if (l->s->opened && l->s->in_path) {
			drop_include(l);
			drop_guards(l);
			drop_blanks(l);
			delete_lines(l);
		}
		free(l->line);
		free(l->gone);
	}
	vn_header_words_free(words);
	free(all);
}
