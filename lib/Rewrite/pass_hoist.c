/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 5: statics of functions.  The declaration goes, and a definition with
 * its define stands before the function and the comment that belongs to it.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/initializer.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"

#define	RULE	"static-local"

/* The text before one function. */
struct block {
	int		 source;
	int		 body;		/* token of the function's '{' */
	uint32_t	 off;
	struct vn_strbuf definitions;
	VN_VEC(int)	 targets;
};

struct blocks {
	VN_VEC(struct block) items;
};

/* ------ the place ------ */

static uint32_t
next_line(const struct vn_source *s, uint32_t off)
{

	while (off < s->len && s->data[off] != '\n')
		off++;
	return (off < s->len ? off + 1 : off);
}

static bool
is_blank_line(const struct vn_source *s, uint32_t off)
{

	while (off < s->len && strchr(" \t\r", s->data[off]) != NULL)
		off++;
	return (off < s->len && s->data[off] == '\n');
}

/* The first token of the function's own declaration. */
static int
first_token(const struct vn_source *s, const struct vn_function *f)
{
	struct vn_decl d;
	int first;

	vn_decl_read(&d, s, f->name);
	first = d.first;
	vn_decl_free(&d);
	return (first);
}

/* The byte behind the token or directive before byte off, 0 at the start. */
static uint32_t
end_before(const struct vn_source *s, uint32_t off)
{
	uint32_t end = 0;

	for (size_t t = 0; t < s->lex.ntoks && s->lex.toks[t].off < off; t++)
		end = vn_tok_end(s, (int)t);
	return (end);
}

/*
 * The start of the paragraph that ends with the line before `to`: behind the
 * last blank line after byte `from` that is in no comment.
 */
static uint32_t
paragraph(const struct vn_source *s, uint32_t from, uint32_t to)
{
	uint32_t start = from == 0 ? 0 : vn_source_line_end(s, from);

	for (uint32_t i = start; i < to;) {
		if (strncmp(s->data + i, "/*", 2) == 0) {
			const char *end = strstr(s->data + i + 2, "*/");

			i = end == NULL ? to : (uint32_t)(end - s->data) + 2;
		} else if (i == vn_source_line_start(s, i) &&
		    is_blank_line(s, i))
			i = start = next_line(s, i);
		else
			i++;
	}
	return (start > to ? to : start);
}

/* The #if of the group that a branch belongs to. */
static int
group_start(const struct vn_source *s, int branch)
{

	for (int d = branch - 1; d >= 0; d--)
		if (s->lex.dirs[d].next == branch)
			branch = d;
	return (branch);
}

/*
 * Before the function's comment; before the #if, where one starts in front of
 * its first word and ends before its name.
 */
static uint32_t
place_before(const struct vn_source *s, const struct vn_function *f)
{
	uint32_t off = s->lex.toks[first_token(s, f)].off;
	int outer = vn_source_branch(s, s->lex.toks[f->body].off);
	int branch = vn_source_branch(s, off);

	for (; branch != -1 && !vn_branch_within(s, outer, branch);
	    branch = s->lex.dirs[branch].parent)
		off = s->lex.dirs[group_start(s, branch)].off;
	off = vn_source_line_start(s, off);
	return (paragraph(s, end_before(s, off), off));
}

/* ------ the definition ------ */

static struct block *
block_for(struct blocks *list, const struct vn_plan *plan, int source,
    const struct vn_function *f)
{
	struct block b = { .source = source, .body = f->body };

	for (size_t i = 0; i < list->items.count; i++)
		if (list->items.items[i].source == source &&
		    list->items.items[i].body == f->body)
			return (&list->items.items[i]);
	b.off = place_before(plan->sources->items[source], f);
	VN_PUSH(&list->items, b);
	return (&list->items.items[list->items.count - 1]);
}

/* The type, without the storage word. */
static void
put_type(struct vn_strbuf *sb, const struct vn_plan *plan, int source,
    const struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];

	for (int t = d->spec; t >= 0 && t <= d->spec_last;
	    t = vn_tok_next(s, t)) {
		int p = vn_tok_prev(s, t);

		if (t == d->storage_tok)
			continue;
		if (t != d->spec && (p == d->storage_tok ||
		    vn_tok_end(s, p) != s->lex.toks[t].off))
			vn_strbuf_putc(sb, ' ');
		vn_plan_put(sb, plan, source, t, t, -1, NULL);
	}
}

/* "VNET_DEFINE_STATIC(type *, x[n]) = init;" */
static void
put_definition(struct vn_strbuf *sb, const struct vn_plan *plan, int source,
    const struct vn_decl *d, const struct vn_declarator *c,
    const struct vn_target *t, const char *indent)
{
	const struct vn_source *s = plan->sources->items[source];
	const struct vn_style *style = plan->style;
	size_t start = sb->len;

	vn_strbuf_puts(sb, style->define_static != NULL ?
	    style->define_static : "static ");
	if (style->define_static == NULL)
		vn_strbuf_puts(sb, style->define);
	vn_strbuf_putc(sb, '(');
	put_type(sb, plan, source, d);
	if (c->first != c->name) {
		vn_strbuf_putc(sb, ' ');
		vn_plan_put(sb, plan, source, c->first,
		    vn_tok_prev(s, c->name), -1, NULL);
	}
	vn_strbuf_printf(sb, ", %s", vn_plan_plain(plan, t->as));
	if (c->suffix != c->name)
		vn_plan_put(sb, plan, source, vn_tok_next(s, c->name),
		    c->suffix, -1, NULL);
	vn_strbuf_putc(sb, ')');
	if (c->init != -1 && !t->lifted) {
		vn_strbuf_putc(sb, ' ');
		vn_plan_put(sb, plan, source, c->init, c->last, -1, indent);
	}
	vn_strbuf_putc(sb, ';');
	vn_break_assignment(sb, start, "", true);
}

/* ------ the declaration ------ */

/* Is the declarator's variable moved? */
static int
moved(const struct vn_plan *plan, int source, const struct vn_declarator *c)
{
	const struct vn_source *s = plan->sources->items[source];
	const struct vn_occurrence *o = vn_plan_at(plan, source,
	    s->lex.toks[c->name].off);

	if (o == NULL || o->target == -1 || o->role != VN_ROLE_DEF || o->done ||
	    plan->targets.items[o->target].what != VN_STATIC_LOCAL ||
	    !vn_target_converts(&plan->targets.items[o->target]))
		return (-1);
	return (o->target);
}

static void
erase(struct vn_plan *plan, int source, uint32_t from, uint32_t to)
{

	vn_edits_add(&plan->edits, source, from, to - from, "", 0, RULE);
}

/* Does nothing but white space stand on the line before byte off? */
static bool
starts_line(const struct vn_source *s, uint32_t off)
{

	for (uint32_t i = vn_source_line_start(s, off); i < off; i++)
		if (strchr(" \t", s->data[i]) == NULL)
			return (false);
	return (true);
}

/* The bytes without carriage returns, which are put back with all others. */
static char *
plain_lines(const char *bytes, size_t len)
{
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < len; i++)
		if (bytes[i] != '\r')
			vn_strbuf_putc(&sb, bytes[i]);
	return (vn_strbuf_take(&sb));
}

/*
 * The whole declaration goes, its line too if it has one to itself; then its
 * comment is the definition's.  The text between ';' and newline; owned.
 */
static char *
erase_all(struct vn_plan *plan, int source, const struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];
	uint32_t from = s->lex.toks[d->first].off;
	uint32_t end = vn_tok_end(s, d->end);
	uint32_t to = vn_source_line_end(s, end), line;
	int next = vn_tok_next(s, d->end);
	bool whole = starts_line(s, from) && (next < 0 ||
	    s->lex.toks[next].off >= to) && to > end &&
	    s->data[to - 1] == '\n';

	if (!whole) {
		while (end < s->len && strchr(" \t", s->data[end]) != NULL)
			end++;
		erase(plan, source, from, end);
		return (vn_strdup("\n"));
	}
	line = vn_source_line_start(s, from);
	from = end;
	end = to;
	/* One blank line is enough. */
	if (line > 1 && is_blank_line(s, vn_source_line_start(s, line - 1)) &&
	    is_blank_line(s, to))
		to = next_line(s, to);
	erase(plan, source, line, to);
	return (plain_lines(s->data + from, end - from));
}

/* Only some of the declarators go. */
static void
erase_some(struct vn_plan *plan, int source, const struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];
	size_t n = d->items.count, kept = 0;

	while (moved(plan, source, &d->items.items[kept]) != -1)
		kept++;
	if (kept > 0)
		erase(plan, source, s->lex.toks[d->items.items[0].first].off,
		    s->lex.toks[d->items.items[kept].first].off);
	for (size_t i = kept + 1; i < n; i++) {
		const struct vn_declarator *c = &d->items.items[i];
		int before = vn_tok_prev(s, vn_tok_prev(s, c->first));

		if (moved(plan, source, c) != -1)
			erase(plan, source, vn_tok_end(s, before),
			    vn_tok_end(s, c->last));
	}
}

static size_t
count_moved(const struct vn_plan *plan, int source, const struct vn_decl *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->items.count; i++)
		n += moved(plan, source, &d->items.items[i]) != -1;
	return (n);
}

/* Does the token go with a declarator, or with all of them? */
static bool
goes(const struct vn_plan *plan, int source, const struct vn_decl *d, int t)
{
	bool all = true;

	for (size_t i = 0; i < d->items.count; i++) {
		const struct vn_declarator *c = &d->items.items[i];
		bool is_moved = moved(plan, source, c) != -1;

		if (t >= c->first && t <= c->last)
			return (is_moved);
		all = all && is_moved;
	}
	return (all);
}

/* What is written before the function now, and no longer where it was. */
static void
mark_uses(struct vn_plan *plan, int source, const struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];
	size_t i = vn_plan_from(plan, source, s->lex.toks[d->first].off);

	for (; i < plan->occurrences.count; i++) {
		struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->source != source || o->tok > d->end)
			break;
		if (o->cls == VN_UNDECIDED && o->target != -1 && !o->done &&
		    goes(plan, source, d, o->tok))
			vn_occ_edited(o, o->role == VN_ROLE_REF ?
			    "reference" : RULE);
	}
}

static void
hoist(struct vn_plan *plan, struct blocks *list, int source, struct vn_decl *d)
{
	const struct vn_source *s = plan->sources->items[source];
	struct block *b = block_for(list, plan, source,
	    vn_outline_function(&s->outline, d->first));
	uint32_t off = s->lex.toks[d->first].off;
	uint32_t line = vn_source_line_start(s, off);
	char *indent = starts_line(s, off) ? vn_strndup(s->data + line,
	    off - line) : vn_strdup("");
	char *comment = vn_strdup("\n");

	if (count_moved(plan, source, d) == d->items.count) {
		free(comment);
		comment = erase_all(plan, source, d);
	} else
		erase_some(plan, source, d);
	for (size_t i = 0; i < d->items.count; i++) {
		int target = moved(plan, source, &d->items.items[i]);

		if (target == -1)
			continue;
		put_definition(&b->definitions, plan, source, d,
		    &d->items.items[i], &plan->targets.items[target], indent);
		vn_strbuf_puts(&b->definitions, i + 1 == d->items.count ?
		    comment : "\n");
		VN_PUSH(&b->targets, target);
	}
	mark_uses(plan, source, d);
	free(comment);
	free(indent);
}

/* Does an initializer that is written here use a variable of the block? */
static bool
uses_itself(const struct vn_plan *plan, const struct block *b)
{
	const struct vn_source *s = plan->sources->items[b->source];
	struct vn_decl d;
	bool uses = false;

	for (size_t i = 0; i < plan->occurrences.count && !uses; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		for (size_t k = 0; k < b->targets.count && !uses; k++) {
			if (o->target != b->targets.items[k] ||
			    o->role != VN_ROLE_REF || o->source != b->source)
				continue;
			uses = vn_decl_read(&d, s, o->tok) &&
			    count_moved(plan, b->source, &d) > 0 &&
			    o->cls == VN_EDITED && !o->moved;
			vn_decl_free(&d);
		}
	}
	return (uses);
}

static void
put_defines(struct vn_strbuf *sb, const struct vn_plan *plan,
    const struct block *b)
{
	size_t column = 0;

	for (size_t i = 0; i < b->targets.count; i++)
		if (vn_define_column(plan, b->targets.items[i]) > column)
			column = vn_define_column(plan, b->targets.items[i]);
	for (size_t i = 0; i < b->targets.count; i++)
		vn_define_put(sb, plan, b->targets.items[i], column);
}

static void
write_block(struct vn_plan *plan, struct block *b)
{
	const struct vn_source *s = plan->sources->items[b->source];
	struct vn_strbuf sb = { 0 };
	bool first = uses_itself(plan, b), several = b->targets.count > 1;
	uint32_t before = b->off > 1 ? vn_source_line_start(s, b->off - 1) : 0;

	if (b->off > 0 && !is_blank_line(s, before) && s->data[before] != '#')
		vn_strbuf_putc(&sb, '\n');
	if (first)
		put_defines(&sb, plan, b);
	if (first && several)
		vn_strbuf_putc(&sb, '\n');
	vn_strbuf_puts(&sb, b->definitions.data);
	if (!first && several)
		vn_strbuf_putc(&sb, '\n');
	if (!first)
		put_defines(&sb, plan, b);
	vn_strbuf_putc(&sb, '\n');
	vn_edits_add(&plan->edits, b->source, b->off, 0, sb.data, 0, RULE);
	vn_strbuf_free(&sb);
	vn_strbuf_free(&b->definitions);
	VN_FREE(&b->targets);
}

void
vn_plan_hoists(struct vn_plan *plan)
{
	struct blocks list = { 0 };

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_source *s = plan->sources->items[o->source];
		struct vn_decl d;

		if (o->cls != VN_UNDECIDED || o->role != VN_ROLE_DEF)
			continue;
		if (vn_decl_read(&d, s, o->tok) &&
		    count_moved(plan, o->source, &d) > 0)
			hoist(plan, &list, o->source, &d);
		vn_decl_free(&d);
	}
	for (size_t i = 0; i < list.items.count; i++)
		write_block(plan, &list.items.items[i]);
	VN_FREE(&list.items);
}
