/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Filling a statement that has a line too long.  Lines are broken between
 * arguments and operands, at the lowest level of parentheses first; what is
 * pushed into the next line takes that line's words along, until the old
 * layout is met again.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/layout.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"

enum gap { GAP_KEPT, GAP_JOINED, GAP_BROKEN };

/*
 * The statement from the token first on; arrays are indexed from there.  One
 * line of it is being filled.
 */
struct fill {
	struct vn_layout	*v;
	size_t			 start;		/* byte of its line */
	size_t			 first;		/* token */
	size_t			 line;		/* its first token */
	size_t			 column;	/* where the line starts */
	size_t			 end_column;	/* where token `at` ends */
	size_t			 at;		/* last token laid out */
	char			*indent;	/* owned: of later lines */
	bool			 declaration;	/* VNET_DEFINE(...) = ... */
	VN_VEC(int)		 depth;		/* after each token */
	VN_VEC(enum gap)	 gaps;		/* after each token */
};

static const struct vn_tok *
token(const struct fill *f, size_t t)
{

	return (&f->v->lex.toks[t]);
}

static size_t
tok_end(const struct fill *f, size_t t)
{

	return (token(f, t)->off + token(f, t)->len);
}

static bool
is_token(const struct fill *f, size_t t, const char *text)
{

	return (token(f, t)->len == strlen(text) && memcmp(f->v->text.data +
	    token(f, t)->off, text, token(f, t)->len) == 0);
}

static bool
is_blank(const char *gap, size_t len)
{

	return (strspn(gap, " \t\r\n") >= len);
}

/*
 * What stands after token t: white space, or a comment within the line.  NULL
 * at a directive, or at a comment with a newline.
 */
static const char *
gap_after(const struct fill *f, size_t t, size_t *len)
{
	const char *gap = f->v->text.data + tok_end(f, t);

	if (t + 1 >= f->v->lex.ntoks || token(f, t + 1)->dir != -1)
		return (NULL);
	*len = token(f, t + 1)->off - tok_end(f, t);
	if (!is_blank(gap, *len) && memchr(gap, '\n', *len) != NULL)
		return (NULL);
	return (gap);
}

static bool
has_newline(const char *gap, size_t len)
{

	return (memchr(gap, '\n', len) != NULL);
}

/* How wide the gap is on a line that ends in the column before it. */
static size_t
gap_width(const char *gap, size_t len, size_t column)
{
	size_t to = column;

	if (has_newline(gap, len))
		return (1);
	for (size_t i = 0; i < len; i++)
		to = gap[i] == '\t' ? (to / 8 + 1) * 8 : to + 1;
	return (to - column);
}

/*
 * How good a break after token t is, 0 for none: style(9) breaks after commas
 * and operators; an assignment is the last resort, but in a definition.
 */
static int
break_rank(const struct fill *f, size_t t)
{
	static const char *const operators[] = { "|", "+", "?", ":", "<<",
	    "+=", "-=", "|=", "&=" };
	const struct vn_tok *tok = token(f, t);

	if (tok->kind != VN_TOK_PUNCT)
		return (0);
	if (is_token(f, t, "&&") || is_token(f, t, "||") ||
	    is_token(f, t, ";"))
		return (4);
	if (is_token(f, t, ","))
		return (3);
	if (is_token(f, t, "="))
		return (f->declaration ? 5 : 1);
	for (size_t i = 0; i < VN_NITEMS(operators); i++)
		if (is_token(f, t, operators[i]))
			return (2);
	return (0);
}

/* An assignment outside of all else is worse than any other place. */
static int
level_of(const struct fill *f, size_t t)
{
	int depth = f->depth.items[t - f->first];

	return (break_rank(f, t) == 1 ? depth + 100 : depth);
}

static bool
can_break(const struct fill *f, size_t t)
{
	size_t len;
	const char *gap = gap_after(f, t, &len);

	return (gap != NULL && len > 0 && is_blank(gap, len) &&
	    break_rank(f, t) > 0 && vn_layout_is_old(f->v, tok_end(f, t),
	    token(f, t + 1)->off));
}

/* The token of the line to break after; false if none fits. */
static bool
choose_break(const struct fill *f, size_t *out)
{
	bool found = false;

	for (size_t t = f->line; t <= f->at; t++) {
		if (!can_break(f, t))
			continue;
		if (found && (level_of(f, t) > level_of(f, *out) ||
		    (level_of(f, t) == level_of(f, *out) &&
		    break_rank(f, t) < break_rank(f, *out))))
			continue;
		*out = t;
		found = true;
	}
	return (found);
}

static void
lay_token(struct fill *f, size_t t)
{
	int depth = f->depth.count == 0 ? 0 :
	    f->depth.items[f->depth.count - 1];

	if (is_token(f, t, "(") || is_token(f, t, "[") || is_token(f, t, "{"))
		depth++;
	if (is_token(f, t, ")") || is_token(f, t, "]") || is_token(f, t, "}"))
		depth--;
	VN_PUSH(&f->depth, depth);
	VN_PUSH(&f->gaps, GAP_KEPT);
	f->at = t;
}

/* The column at which token `at` ends on the line being filled. */
static size_t
measure(const struct fill *f)
{
	size_t column = f->column + token(f, f->line)->len;

	for (size_t t = f->line; t < f->at; t++) {
		size_t len;
		const char *gap = gap_after(f, t, &len);

		column += (gap == NULL ? 1 : gap_width(gap, len, column)) +
		    token(f, t + 1)->len;
	}
	return (column);
}

/* Does the statement end with the last token laid out? */
static bool
ended(const struct fill *f)
{
	int depth = f->depth.items[f->depth.count - 1];

	return ((is_token(f, f->at, ";") && depth <= 0) ||
	    (is_token(f, f->at, "{") && depth <= 1 && !f->declaration));
}

/* Break the line; false if the old layout is met, or there is no place. */
static bool
break_line(struct fill *f, bool *met)
{
	size_t t = f->line, len;
	const char *gap;

	if (!choose_break(f, &t))
		return (false);
	gap = gap_after(f, t, &len);
	*met = t == f->at && has_newline(gap, len);
	f->gaps.items[t - f->first] = has_newline(gap, len) ? GAP_KEPT :
	    GAP_BROKEN;
	f->line = t + 1;
	f->column = vn_layout_column(f->indent, 0, strlen(f->indent));
	f->end_column = f->line > f->at ? f->column : measure(f);
	return (true);
}

/* Is the gap between two strings, which are better left on their lines? */
static bool
between_strings(const struct fill *f, size_t t)
{

	return (token(f, t)->kind == VN_TOK_STRING &&
	    token(f, t + 1)->kind == VN_TOK_STRING);
}

/* Does the next line start anew, as that below "if (...)" does? */
static bool
starts_anew(const struct fill *f)
{

	return (f->depth.items[f->depth.count - 1] <= 0 &&
	    break_rank(f, f->at) == 0);
}

/* Lay out one more token; false when there is nothing more to do. */
static bool
step(struct fill *f, bool *pushed)
{
	size_t len, column;
	const char *gap = gap_after(f, f->at, &len);
	bool met = false, newline;

	if (ended(f) || gap == NULL)
		return (false);
	newline = has_newline(gap, len);
	if (newline && (!*pushed || between_strings(f, f->at) ||
	    starts_anew(f)))
		return (false);
	column = f->line > f->at ? f->column + token(f, f->at + 1)->len :
	    f->end_column + gap_width(gap, len, f->end_column) +
	    token(f, f->at + 1)->len;
	if (column > VN_WIDTH && f->line <= f->at && break_line(f, &met)) {
		*pushed = true;
		return (!met);
	}
	if (newline && f->line <= f->at)
		f->gaps.items[f->at - f->first] = GAP_JOINED;
	lay_token(f, f->at + 1);
	f->end_column = column;
	return (true);
}

static void
write_gaps(const struct fill *f)
{
	char *text = vn_asprintf("\n%s", f->indent);

	for (size_t i = 0; i < f->gaps.count; i++) {
		size_t t = f->first + i;

		if (f->gaps.items[i] != GAP_KEPT &&
		    vn_layout_is_old(f->v, tok_end(f, t),
		    token(f, t + 1)->off))
			vn_layout_replace(f->v, tok_end(f, t),
			    token(f, t + 1)->off, f->gaps.items[i] ==
			    GAP_JOINED ? " " : text);
	}
	free(text);
}

/* Does the line start with a macro of the style, as VNET_DEFINE(...) = x? */
static bool
is_declaration(const struct fill *f)
{
	const struct vn_style *style = f->v->plan->style;
	size_t t = f->first;

	if (is_token(f, t, "static") && t + 1 < f->v->lex.ntoks)
		t++;
	return (is_token(f, t, style->define) || (style->define_static !=
	    NULL && is_token(f, t, style->define_static)));
}

static size_t
blank_len(const char *line)
{

	return (strspn(line, " \t"));
}

/* Does the line go on with what an earlier one began? */
static bool
continues(const struct fill *f)
{

	return (f->first > 0 && token(f, f->first - 1)->dir == -1 &&
	    (is_token(f, f->first - 1, "(") ||
	    (break_rank(f, f->first - 1) > 0 &&
	    !is_token(f, f->first - 1, ";") &&
	    !is_token(f, f->first - 1, ":"))));
}

/* White space of the statement's next line, if it has one; owned, or NULL. */
static char *
next_indent(const struct fill *f)
{
	int depth = 0;

	for (size_t t = f->first; t + 1 < f->v->lex.ntoks; t++) {
		size_t len;
		const char *gap = gap_after(f, t, &len), *nl;

		depth += is_token(f, t, "(") || is_token(f, t, "{");
		depth -= is_token(f, t, ")") || is_token(f, t, "}");
		if (gap == NULL || depth < 0 || is_token(f, t, ";") ||
		    is_token(f, t, "{"))
			break;
		if ((nl = memrchr(gap, '\n', len)) == NULL)
			continue;
		if (depth == 0 && break_rank(f, t) == 0)
			break;
		return (vn_strndup(nl + 1, (size_t)(gap + len - nl) - 1));
	}
	return (NULL);
}

/* The indentation that the statement's continuation lines have, or get. */
static char *
continuation(const struct fill *f)
{
	const char *line = f->v->text.data + f->start;
	char *next;

	if (continues(f))
		return (vn_strndup(line, blank_len(line)));
	if ((next = next_indent(f)) != NULL)
		return (next);
	return (vn_asprintf("%.*s    ", (int)blank_len(line), line));
}

void
vn_layout_fill(struct vn_layout *v, size_t start)
{
	struct fill f = { .v = v, .start = start,
	    .first = vn_lex_from(&v->lex, start) };
	bool pushed = false;

	if (f.first >= v->lex.ntoks)
		return;
	f.line = f.first;
	f.declaration = is_declaration(&f);
	f.indent = continuation(&f);
	f.column = vn_layout_column(v->text.data, start, token(&f,
	    f.first)->off);
	f.end_column = f.column + token(&f, f.first)->len;
	lay_token(&f, f.first);
	while (step(&f, &pushed))
		;
	if (pushed)
		write_gaps(&f);
	free(f.indent);
	VN_FREE(&f.depth);
	VN_FREE(&f.gaps);
}
