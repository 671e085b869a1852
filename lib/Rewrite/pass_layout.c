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

#include "Rewrite/plan.h"
#include "Rewrite/style.h"

#define	RULE	"layout"
#define	WIDTH	80

/* A source as it will be, and where its bytes come from. */
struct view {
	struct vn_plan		*plan;
	const struct vn_source	*s;
	int			 source;
	struct vn_strbuf	 text;		/* owned: new bytes */
	int64_t			*origin; /* owned: old offset of each, or -1 */
	struct vn_lex		 lex;		/* of the new bytes */
	struct vn_lines		 lines;
	bool			*touched;	/* owned: per new line */
	VN_VEC(struct vn_edit)	 found;		/* edits of this step */
};

static void
copy_old(struct view *v, uint32_t from, uint32_t to)
{

	for (uint32_t i = from; i < to; i++)
		v->origin[v->text.len + (i - from)] = i;
	vn_strbuf_add(&v->text, v->s->data + from, to - from);
}

static void
copy_new(struct view *v, const char *text)
{

	for (size_t i = 0; text[i] != '\0'; i++)
		v->origin[v->text.len + i] = -1;
	vn_strbuf_puts(&v->text, text);
}

/* Build the new bytes; remember at which of them an edit was made. */
static void
build(struct view *v, size_t first, size_t end, size_t *places)
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
mark_lines(struct view *v, const size_t *places, size_t count)
{

	v->touched = vn_calloc(v->lines.count + 1, sizeof(*v->touched));
	for (size_t i = 0; i < count; i++)
		if (places[i] > 0 && v->text.data[places[i] - 1] != '\n')
			v->touched[line_of(&v->lines, places[i])] = true;
}

/* Visual column, from 0, of byte `to` of a line that starts at `from`. */
static size_t
column_at(const char *data, size_t from, size_t to)
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
old_column(const struct view *v, size_t at)
{
	size_t off = (size_t)v->origin[at];
	size_t start = v->s->lines.starts[line_of(&v->s->lines, off)];

	return (column_at(v->s->data, start, off));
}

/* Start of the run of blanks that ends at byte `at`. */
static size_t
run_start(const struct view *v, size_t line_start, size_t at)
{

	while (at > line_start && strchr(" \t", v->text.data[at - 1]) != NULL)
		at--;
	return (at);
}

/* Are bytes from..to - 1 old ones that stand together? */
static bool
is_old_run(const struct view *v, size_t from, size_t to)
{

	for (size_t i = from; i < to; i++)
		if (v->origin[i] < 0 ||
		    v->origin[i] != v->origin[from] + (int64_t)(i - from))
			return (false);
	return (from < to);
}

static void
replace_run(struct view *v, size_t from, size_t to, const char *text)
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

		vn_strbuf_putc(&sb, tabs && tab + rest <= WIDTH ? '\t' : ' ');
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
 * column it has then.
 */
static size_t
keep_column(struct view *v, size_t start, size_t at, size_t end)
{
	size_t run = run_start(v, start, at);
	size_t column = column_at(v->text.data, start, run);
	char *text;

	if (!is_old_run(v, run, at) || v->origin[at] < 0 || run == start)
		return (column_at(v->text.data, start, at));
	text = blanks(column, old_column(v, at),
	    memchr(v->text.data + run, '\t', at - run) != NULL, end - at);
	replace_run(v, run, at, text);
	for (size_t i = 0; text[i] != '\0'; i++)
		column = text[i] == '\t' ? (column / 8 + 1) * 8 : column + 1;
	free(text);
	return (column);
}

/* The further lines of a comment stay below its first one. */
static void
move_comment(struct view *v, size_t comment, size_t end, size_t old,
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
		if (!is_old_run(v, start, at) ||
		    column_at(v->text.data, start, at) != old + 1)
			return;
		text = blanks(0, column + 1, memchr(v->text.data + start, '\t',
		    at - start) != NULL, 0);
		replace_run(v, start, at, text);
		free(text);
	}
}

/* The first token that starts at or after a byte. */
static size_t
token_from(const struct view *v, size_t off)
{
	size_t lo = 0, hi = v->lex.ntoks;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v->lex.toks[mid].off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

/* The comment that ends the line, after its last token; 0 if there is none. */
static size_t
trailing_comment(const struct view *v, size_t start, size_t end)
{
	size_t t = token_from(v, end), from;
	const char *p;

	if (t == 0 || v->lex.toks[t - 1].off < start)
		return (0);
	from = v->lex.toks[t - 1].off + v->lex.toks[t - 1].len;
	for (p = v->text.data + from; p + 1 < v->text.data + end; p++)
		if (p[0] == '/' && (p[1] == '*' || p[1] == '/'))
			return ((size_t)(p - v->text.data));
	return (0);
}

/* ------ breaking ------ */

static bool
breaks_after(const struct view *v, size_t t)
{
	static const char *const puncts[] = { ",", "=", "&&", "||", "|", "+",
	    "?", ":", "<<", "+=", "-=", "|=", "&=" };
	const struct vn_tok *tok = &v->lex.toks[t];

	if (tok->kind != VN_TOK_PUNCT)
		return (false);
	for (size_t i = 0; i < VN_NITEMS(puncts); i++)
		if (tok->len == strlen(puncts[i]) && memcmp(v->text.data +
		    tok->off, puncts[i], tok->len) == 0)
			return (true);
	return (false);
}

static bool
is_token(const struct view *v, size_t t, const char *text)
{

	return (v->lex.toks[t].len == strlen(text) && memcmp(v->text.data +
	    v->lex.toks[t].off, text, v->lex.toks[t].len) == 0);
}

/* How good a place after token t is: a comma, an operator, an "=". */
static int
break_rank(const struct view *v, size_t t, bool declaration)
{

	if (is_token(v, t, ","))
		return (2);
	if (is_token(v, t, "="))
		return (declaration ? 3 : 0);
	return (1);
}

/* Does the line start with a macro of the style, as VNET_DEFINE(...) = x? */
static bool
is_declaration(const struct view *v, size_t start, size_t end)
{
	const struct vn_style *style = v->plan->style;

	for (size_t t = token_from(v, start); t < v->lex.ntoks &&
	    v->lex.toks[t].off < end; t++) {
		if (is_token(v, t, style->define) || (style->define_static !=
		    NULL && is_token(v, t, style->define_static)))
			return (true);
		if (!is_token(v, t, "static"))
			break;
	}
	return (false);
}

/*
 * The best place in the line where it can be broken so that the first part
 * fits, the last one of its kind; 0: none.  A line that holds more than one
 * statement is not broken.
 */
static size_t
find_break(const struct view *v, size_t start, size_t col0, size_t end)
{
	bool declaration = is_declaration(v, start, end);
	size_t best = 0;
	int best_rank = -1;

	for (size_t t = token_from(v, start); t + 1 < v->lex.ntoks &&
	    v->lex.toks[t + 1].off < end; t++) {
		size_t after = v->lex.toks[t].off + v->lex.toks[t].len;
		size_t next = v->lex.toks[t + 1].off;
		int rank;

		if (is_token(v, t, ";") || is_token(v, t, "{"))
			return (0);
		if (col0 + column_at(v->text.data, start, after) > WIDTH)
			break;
		if (!breaks_after(v, t) || !is_old_run(v, after, next) ||
		    run_start(v, start, next) != after)
			continue;
		rank = break_rank(v, t, declaration);
		if (rank >= best_rank) {
			best = after;
			best_rank = rank;
		}
	}
	return (best);
}

/* The old line that the new one comes from fitted, did it? */
static bool
was_narrow(const struct view *v, size_t start, size_t end)
{

	for (size_t i = start; i < end; i++)
		if (v->origin[i] >= 0) {
			size_t line = line_of(&v->s->lines,
			    (size_t)v->origin[i]);
			size_t from = v->s->lines.starts[line];

			return (column_at(v->s->data, from, line_end(
			    v->s->data, v->s->len, from)) <= WIDTH);
		}
	return (true);
}

/* Does the line go on with what an earlier one began? */
static bool
continues(const struct view *v, size_t start)
{
	size_t t = token_from(v, start);

	if (t == 0 || v->lex.toks[t - 1].dir != -1)
		return (false);
	if (breaks_after(v, t - 1) || is_token(v, t - 1, "("))
		return (!is_token(v, t - 1, ":"));
	return (false);
}

/* White space of a continuation of the line: four spaces more, once. */
static char *
continuation(const struct view *v, size_t start)
{
	size_t n = 0;

	while (v->text.data[start + n] == ' ' ||
	    v->text.data[start + n] == '\t')
		n++;
	return (vn_asprintf("\n%.*s%s", (int)n, v->text.data + start,
	    continues(v, start) ? "" : "    "));
}

/*
 * Where the continuation line after byte `end` starts, if it can be joined to
 * a line that ends in that column: 0 if it cannot.
 */
static size_t
joinable(const struct view *v, size_t end, size_t column)
{
	size_t next = end, stop, t = token_from(v, end);
	size_t newlines = 0;

	for (; next < v->text.len && strchr(" \t\r\n", v->text.data[next]) !=
	    NULL; next++)
		newlines += v->text.data[next] == '\n';
	stop = line_end(v->text.data, v->text.len, next);
	if (newlines != 1 || t >= v->lex.ntoks || v->lex.toks[t].off != next ||
	    v->lex.toks[t].dir != -1 || !is_old_run(v, end, next) ||
	    trailing_comment(v, next, stop) != 0 ||
	    column + 1 + column_at(v->text.data, next, stop) > WIDTH)
		return (0);
	return (next);
}

/*
 * Break a line; what is left of it is joined with the line that follows.
 * Where both do not fit the line stays long: filling the statement anew would
 * change more than it is worth.
 */
static void
break_line(struct view *v, size_t start, size_t end)
{
	size_t at = find_break(v, start, 0, end), next, column, last;
	char *indent = continuation(v, start);
	size_t join = 0;

	if (at != 0) {
		next = v->lex.toks[token_from(v, at)].off;
		column = column_at(indent, 1, strlen(indent)) +
		    column_at(v->text.data, next, end);
		last = token_from(v, end) - 1;
		if (breaks_after(v, last))
			join = joinable(v, end, column);
		if (column <= WIDTH && (join != 0 || !breaks_after(v, last)))
			replace_run(v, at, next, indent);
		if (column <= WIDTH && join != 0)
			replace_run(v, end, join, " ");
	}
	free(indent);
}

static bool
in_directive(const struct view *v, size_t start, size_t end)
{
	size_t t = token_from(v, start);

	return (t < v->lex.ntoks && v->lex.toks[t].off < end &&
	    v->lex.toks[t].dir != -1);
}

static void
lay_out_line(struct view *v, size_t line)
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
	if (!in_directive(v, start, end) && was_narrow(v, start, end) &&
	    column_at(v->text.data, start, end) > WIDTH)
		break_line(v, start, comment == 0 ? end :
		    run_start(v, start, comment));
}

static void
lay_out(struct view *v, size_t first, size_t end)
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
		struct view v = { .plan = plan, .source = (int)i,
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
