/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 11: what a careful editor does with lines that have grown.  Comments at
 * the end of a line and the backslashes of a macro stay in their columns; a
 * line that no longer fits into 80 columns is broken as style(9) has it, with
 * four spaces more.  Only lines that were edited, and only white space, are
 * touched.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/layout.h"
#include "Rewrite/plan.h"

#define	RULE	"layout"

static void
copy_old(struct vn_layout *v, uint32_t from, uint32_t to)
{

	for (uint32_t i = from; i < to; i++)
		v->origin[v->text.len + (i - from)] = i;
	vn_strbuf_add(&v->text, v->s->data + from, to - from);
}

static void
copy_new(struct vn_layout *v, const char *text)
{

	for (size_t i = 0; text[i] != '\0'; i++)
		v->origin[v->text.len + i] = -1;
	vn_strbuf_puts(&v->text, text);
}

/* Build the new bytes; remember at which of them an edit was made. */
static void
build(struct vn_layout *v, size_t first, size_t end, size_t *places)
{
	const struct vn_edits *edits = &v->plan->edits;
	size_t room = v->s->len + 1;
	uint32_t at = 0;

	for (size_t i = first; i < end; i++)
		room += strlen(edits->items[i].text);
	v->origin = vn_malloc(room * sizeof(*v->origin));
	for (size_t i = first; i < end; i++) {
		const struct vn_edit *e = &edits->items[i];

		copy_old(v, at, e->off);
		copy_new(v, e->text);
		places[i - first] = v->text.len;
		at = e->off + e->len;
	}
	copy_old(v, at, (uint32_t)v->s->len);
	vn_lex(&v->lex, v->text.data, v->text.len);
	vn_lines_init(&v->lines, v->text.data, v->text.len);
}

static size_t
line_of(const struct vn_lines *lines, size_t off)
{
	unsigned line, col;

	vn_lines_at(lines, off, &line, &col);
	return (line - 1);
}

/* The lines that edits changed; whole inserted lines are left alone. */
static void
mark_lines(struct vn_layout *v, const size_t *places, size_t count)
{

	v->touched = vn_calloc(v->lines.count + 1, sizeof(*v->touched));
	for (size_t i = 0; i < count; i++)
		if (places[i] > 0 && v->text.data[places[i] - 1] != '\n')
			v->touched[line_of(&v->lines, places[i])] = true;
}

size_t
vn_layout_column(const char *data, size_t from, size_t to)
{
	size_t col = 0;

	for (; from < to; from++)
		col = data[from] == '\t' ? (col / 8 + 1) * 8 : col + 1;
	return (col);
}

static size_t
line_end(const char *data, size_t len, size_t from)
{

	while (from < len && data[from] != '\n')
		from++;
	return (from > 0 && data[from - 1] == '\r' ? from - 1 : from);
}

/* The column that an untouched new byte has in the old file. */
static size_t
old_column(const struct vn_layout *v, size_t at)
{
	size_t off = (size_t)v->origin[at];
	size_t start = v->s->lines.starts[line_of(&v->s->lines, off)];

	return (vn_layout_column(v->s->data, start, off));
}

/* Start of the run of blanks that ends at byte `at`. */
static size_t
run_start(const struct vn_layout *v, size_t line_start, size_t at)
{

	while (at > line_start && strchr(" \t", v->text.data[at - 1]) != NULL)
		at--;
	return (at);
}

bool
vn_layout_is_old(const struct vn_layout *v, size_t from, size_t to)
{

	for (size_t i = from; i < to; i++)
		if (v->origin[i] < 0 ||
		    v->origin[i] != v->origin[from] + (int64_t)(i - from))
			return (false);
	return (from < to);
}

void
vn_layout_replace(struct vn_layout *v, size_t from, size_t to, const char *text)
{
	struct vn_edit e = { .source = v->source,
	    .off = (uint32_t)v->origin[from], .len = (uint32_t)(to - from) };

	if (strncmp(v->text.data + from, text, to - from) == 0 &&
	    text[to - from] == '\0')
		return;
	e.text = vn_strdup(text);
	VN_PUSH(&v->found, e);
}

/*
 * Blanks that lead from column `from` to column `to`; where that is too late,
 * a tab, or a space if the rest would not fit then.
 */
static char *
blanks(size_t from, size_t to, bool tabs, size_t rest)
{
	struct vn_strbuf sb = { 0 };

	if (from >= to) {
		size_t tab = (from / 8 + 1) * 8;

		vn_strbuf_putc(&sb, tabs && tab + rest <= VN_WIDTH ? '\t' :
		    ' ');
		return (vn_strbuf_take(&sb));
	}
	while (tabs && (from / 8 + 1) * 8 <= to) {
		vn_strbuf_putc(&sb, '\t');
		from = (from / 8 + 1) * 8;
	}
	for (; from < to; from++)
		vn_strbuf_putc(&sb, ' ');
	return (vn_strbuf_take(&sb));
}

/*
 * Keep what starts at byte `at` of the line in its old column.  Returns the
 * column it has then.  Undo makes lines shorter: what one blank parts from the
 * code moves with it, as it was pushed when the line grew, or never aligned.
 */
static size_t
keep_column(struct vn_layout *v, size_t start, size_t at, size_t end)
{
	size_t run = run_start(v, start, at);
	size_t column = vn_layout_column(v->text.data, start, run);
	char *text;

	if (!vn_layout_is_old(v, run, at) || v->origin[at] < 0 ||
	    run == start || (v->plan->undo && at - run == 1))
		return (vn_layout_column(v->text.data, start, at));
	text = blanks(column, old_column(v, at),
	    memchr(v->text.data + run, '\t', at - run) != NULL, end - at);
	vn_layout_replace(v, run, at, text);
	for (size_t i = 0; text[i] != '\0'; i++)
		column = text[i] == '\t' ? (column / 8 + 1) * 8 : column + 1;
	free(text);
	return (column);
}

/* The further lines of a comment stay below its first one. */
static void
move_comment(struct vn_layout *v, size_t comment, size_t end, size_t old,
    size_t column)
{
	const char *close = strstr(v->text.data + comment, "*/");
	size_t stop = close == NULL ? end : (size_t)(close - v->text.data);

	while (old != column && end < stop) {
		size_t start = v->lines.starts[line_of(&v->lines, end) + 1];
		size_t at = start;
		char *text;

		while (strchr(" \t", v->text.data[at]) != NULL)
			at++;
		end = line_end(v->text.data, v->text.len, at);
		if (!vn_layout_is_old(v, start, at) ||
		    vn_layout_column(v->text.data, start, at) != old + 1)
			return;
		text = blanks(0, column + 1, memchr(v->text.data + start, '\t',
		    at - start) != NULL, 0);
		vn_layout_replace(v, start, at, text);
		free(text);
	}
}

/* The comment that ends the line, after its last token; 0 if there is none. */
static size_t
trailing_comment(const struct vn_layout *v, size_t start, size_t end)
{
	size_t t = vn_lex_from(&v->lex, end), from;
	const char *p;

	if (t == 0 || v->lex.toks[t - 1].off < start)
		return (0);
	from = v->lex.toks[t - 1].off + v->lex.toks[t - 1].len;
	for (p = v->text.data + from; p + 1 < v->text.data + end; p++)
		if (p[0] == '/' && (p[1] == '*' || p[1] == '/'))
			return ((size_t)(p - v->text.data));
	return (0);
}

/* The old line that the new one comes from fitted, did it? */
static bool
was_narrow(const struct vn_layout *v, size_t start, size_t end)
{

	for (size_t i = start; i < end; i++)
		if (v->origin[i] >= 0) {
			size_t line = line_of(&v->s->lines,
			    (size_t)v->origin[i]);
			size_t from = v->s->lines.starts[line];

			return (vn_layout_column(v->s->data, from, line_end(
			    v->s->data, v->s->len, from)) <= VN_WIDTH);
		}
	return (true);
}

static bool
in_directive(const struct vn_layout *v, size_t start, size_t end)
{
	size_t t = vn_lex_from(&v->lex, start);

	return (t < v->lex.ntoks && v->lex.toks[t].off < end &&
	    v->lex.toks[t].dir != -1);
}

static void
lay_out_line(struct vn_layout *v, size_t line)
{
	size_t start = v->lines.starts[line];
	size_t end = line_end(v->text.data, v->text.len, start), comment;

	if (end > start && v->text.data[end - 1] == '\\') {
		keep_column(v, start, end - 1, end);
		return;
	}
	comment = trailing_comment(v, start, end);
	if (comment != 0) {
		size_t column = keep_column(v, start, comment, end);

		if (v->origin[comment] >= 0)
			move_comment(v, comment, end, old_column(v, comment),
			    column);
	}
	/* A comment may stick out; it is the code that is broken. */
	if (comment != 0)
		end = run_start(v, start, comment);
	if (!in_directive(v, start, end) && was_narrow(v, start, end) &&
	    vn_layout_column(v->text.data, start, end) > VN_WIDTH)
		vn_layout_fill(v, start);
}

static void
lay_out(struct vn_layout *v, size_t first, size_t end)
{
	size_t *places = vn_calloc(end - first, sizeof(*places));

	build(v, first, end, places);
	mark_lines(v, places, end - first);
	for (size_t i = 0; i < v->lines.count; i++)
		if (v->touched[i])
			lay_out_line(v, i);
	free(places);
	free(v->origin);
	free(v->touched);
	vn_lex_free(&v->lex);
	vn_lines_free(&v->lines);
	vn_strbuf_free(&v->text);
}

void
vn_plan_layout(struct vn_plan *plan)
{
	VN_VEC(struct vn_edit) all = { 0 };

	for (size_t i = 0; i < plan->sources->count; i++) {
		struct vn_layout v = { .plan = plan, .source = (int)i,
		    .s = plan->sources->items[i] };
		size_t end, first = vn_edits_range(&plan->edits, (int)i, &end);

		if (first == end)
			continue;
		lay_out(&v, first, end);
		for (size_t k = 0; k < v.found.count; k++)
			VN_PUSH(&all, v.found.items[k]);
		VN_FREE(&v.found);
	}
	for (size_t i = 0; i < all.count; i++) {
		struct vn_edit *e = &all.items[i];

		vn_edits_add(&plan->edits, e->source, e->off, e->len, e->text,
		    0, RULE);
		free(e->text);
	}
	VN_FREE(&all);
}
