/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Brackets and what braces hold, without preprocessing.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/lex.h"
#include "Support/mem.h"

#include "Facts/outline.h"

/* The stack of open brackets is a linked list through out->up. */
struct walker {
	struct vn_outline	*out;
	const struct vn_lex	*lex;
	const char		*data;
	int			 top;	/* innermost open bracket, or -1 */
	int			 in_define; /* directive being walked, or -1 */
	int			 saved_top;	/* top outside of it */
	VN_VEC(int)		 groups; /* per open #if: top at the #if, */
	VN_VEC(int)		 firsts;	/* top at the first branch's
						   end, or -2 */
	VN_VEC(struct vn_function) functions;
};

static char
first_byte(const struct walker *w, int t)
{

	return (t < 0 ? '\0' : w->data[w->lex->toks[t].off]);
}

static bool
is_punct(const struct walker *w, int t, char c)
{

	return (t >= 0 && w->lex->toks[t].kind == VN_TOK_PUNCT &&
	    w->lex->toks[t].len == 1 && first_byte(w, t) == c);
}

static bool
is_word(const struct walker *w, int t, const char *word)
{

	return (t >= 0 && w->lex->toks[t].kind == VN_TOK_IDENT &&
	    vn_tok_is(w->data, &w->lex->toks[t], word));
}

static bool
is_ident(const struct walker *w, int t)
{

	return (t >= 0 && w->lex->toks[t].kind == VN_TOK_IDENT);
}

/* The token before t of the same directive, or outside of all directives. */
static int
prev_tok(const struct walker *w, int t)
{
	int dir = w->lex->toks[t].dir;

	for (t--; t >= 0 && w->lex->toks[t].dir != dir; t--)
		if (dir != -1)
			return (-1);
	return (t);
}

/* From a closing bracket to the token before its opening one. */
static int
before_bracket(const struct walker *w, int closer)
{
	int open = w->out->match[closer];

	return (open < 0 ? -1 : prev_tok(w, open));
}

static bool
is_attribute(const struct walker *w, int t)
{

	return (is_word(w, t, "__attribute__") ||
	    is_word(w, t, "__attribute") || is_word(w, t, "__aligned") ||
	    is_word(w, t, "_Alignas"));
}

/*
 * Does a struct, union or enum keyword head the words that end at t?  The
 * last parentheses there are an attribute's, or else a function's.
 */
static enum vn_brace
tag_brace(const struct walker *w, int t)
{
	bool tag = false;

	for (int steps = 0; t >= 0 && steps < 8; steps++, t = prev_tok(w, t)) {
		if (is_word(w, t, "struct") || is_word(w, t, "union"))
			return (VN_BRACE_STRUCT);
		if (is_word(w, t, "enum"))
			return (VN_BRACE_ENUM);
		if (is_punct(w, t, ')')) {
			t = before_bracket(w, t);
			if (t < 0 || (!tag && !is_attribute(w, t)))
				break;
		} else if (is_ident(w, t))
			tag = tag || strncmp(w->data + w->lex->toks[t].off,
			    "__", 2) != 0;
		else
			break;
	}
	return (VN_BRACE_NONE);
}

static bool
is_statement_word(const struct walker *w, int t)
{
	static const char *const words[] = { "if", "while", "for", "switch",
	    "do", "else" };

	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (is_word(w, t, words[i]))
			return (true);
	return (false);
}

/* A '(' after an identifier other than these starts a call or a declarator. */
static bool
is_callee(const struct walker *w, int t)
{

	return (is_ident(w, t) && !is_word(w, t, "return") &&
	    !is_word(w, t, "sizeof") && !is_word(w, t, "case"));
}

static enum vn_brace
inner_brace(const struct walker *w, int p)
{

	if (is_punct(w, p, ')')) {
		int q = before_bracket(w, p);

		return (is_statement_word(w, q) || is_callee(w, q) ?
		    VN_BRACE_BLOCK : VN_BRACE_INIT);
	}
	if (is_punct(w, p, '=') || is_punct(w, p, ',') || is_punct(w, p, ']'))
		return (VN_BRACE_INIT);
	if (is_punct(w, p, '{') && w->out->brace[p] == VN_BRACE_INIT)
		return (VN_BRACE_INIT);
	return (VN_BRACE_BLOCK);
}

/* Is there an enclosing brace that holds statements? */
static bool
in_statements(const struct walker *w)
{

	for (int t = w->top; t >= 0; t = w->out->up[t])
		if (w->out->brace[t] == VN_BRACE_FUNCTION ||
		    w->out->brace[t] == VN_BRACE_BLOCK)
			return (true);
	return (w->in_define != -1);
}

static enum vn_brace
classify_brace(const struct walker *w, int t)
{
	int p = prev_tok(w, t);
	enum vn_brace kind = tag_brace(w, p);

	if (kind != VN_BRACE_NONE)
		return (kind);
	if (in_statements(w))
		return (inner_brace(w, p));
	if (is_punct(w, p, '=') || is_punct(w, p, ',') ||
	    is_punct(w, p, '{') || w->top != -1)
		return (VN_BRACE_INIT);
	if (is_punct(w, p, ')') || is_punct(w, p, ';') || is_ident(w, p))
		return (VN_BRACE_FUNCTION);
	return (VN_BRACE_OTHER);
}

/*
 * The '(' of the parameters of the function whose body opens at t: the last
 * group at depth 0 in the declaration before it that follows an identifier;
 * K&R declarations may stand between.
 */
static int
find_params(const struct walker *w, int t)
{
	int found = -1;

	for (int p = prev_tok(w, t); p >= 0; p = prev_tok(w, p)) {
		if (is_punct(w, p, ')')) {
			int open = w->out->match[p];
			int q;

			if (open < 0)
				return (found);
			/* "(*f(...))(...)": a function's pointer comes back. */
			if (is_punct(w, open + 1, '*') &&
			    is_ident(w, open + 2) &&
			    is_punct(w, open + 3, '('))
				return (open + 3);
			q = prev_tok(w, open);
			if (is_callee(w, q) && !is_word(w, q, "__attribute__"))
				found = open;
			p = open;
			if (found != -1 && w->out->match[p] ==
			    prev_tok(w, t))
				return (found);
			continue;
		}
		if (is_punct(w, p, '}') || (is_punct(w, p, ';') && found != -1))
			break;
	}
	return (found);
}

static void
open_function(struct walker *w, int t)
{
	struct vn_function f = { .name = -1, .body = t, .end = -1 };

	/* "int f SYSCTL_HANDLER_ARGS {": a macro holds the parameters. */
	f.params = find_params(w, t);
	f.name = prev_tok(w, f.params == -1 ? t : f.params);
	if (f.params == -1 && is_ident(w, f.name))
		f.params = t;
	if (f.params == -1)
		return;
	VN_PUSH(&w->functions, f);
}

static void
close_function(struct walker *w, int open, int t)
{

	for (size_t i = w->functions.count; i > 0; i--)
		if (w->functions.items[i - 1].body == open) {
			w->functions.items[i - 1].end = t;
			return;
		}
}

static char
closer_of(char c)
{

	return (c == '(' ? ')' : c == '[' ? ']' : '}');
}

static void
open_bracket(struct walker *w, int t)
{

	if (first_byte(w, t) == '{') {
		w->out->brace[t] = classify_brace(w, t);
		if (w->out->brace[t] == VN_BRACE_FUNCTION &&
		    w->in_define == -1)
			open_function(w, t);
	}
	w->top = t;
}

static void
close_bracket(struct walker *w, int t)
{
	char c = first_byte(w, t);
	int open = w->top;

	/* A closer that fits an outer bracket ends the inner ones. */
	while (open >= 0 && closer_of(first_byte(w, open)) != c)
		open = w->out->up[open];
	if (open < 0)
		return;
	if (w->in_define != -1 && w->lex->toks[open].dir != w->in_define)
		return;
	w->out->match[open] = t;
	w->out->match[t] = open;
	w->out->up[t] = w->out->up[open];
	w->top = w->out->up[open];
	if (w->out->brace[open] == VN_BRACE_FUNCTION)
		close_function(w, open, t);
}

static void
enter_directive(struct walker *w, int d)
{
	const struct vn_dir *dir = &w->lex->dirs[d];

	switch (dir->kind) {
	case VN_DIR_IF:
	case VN_DIR_IFDEF:
	case VN_DIR_IFNDEF:
		VN_PUSH(&w->groups, w->top);
		VN_PUSH(&w->firsts, -2);
		break;
	case VN_DIR_ELIF:
	case VN_DIR_ELSE:
		if (w->groups.count == 0)
			break;
		if (w->firsts.items[w->firsts.count - 1] == -2)
			w->firsts.items[w->firsts.count - 1] = w->top;
		w->top = w->groups.items[w->groups.count - 1];
		break;
	case VN_DIR_ENDIF:
		if (w->groups.count == 0)
			break;
		w->groups.count--;
		if (w->firsts.items[--w->firsts.count] != -2)
			w->top = w->firsts.items[w->firsts.count];
		break;
	default:
		break;
	}
	w->in_define = d;
	w->saved_top = w->top;
	w->top = -1;
}

static void
walk_token(struct walker *w, int t)
{
	const struct vn_tok *tok = &w->lex->toks[t];
	char c = w->data[tok->off];

	if (tok->dir != w->in_define && w->in_define != -1) {
		w->in_define = -1;
		w->top = w->saved_top;
	}
	if (tok->dir != -1 && w->in_define != tok->dir)
		enter_directive(w, tok->dir);
	w->out->up[t] = w->top;
	if (tok->kind != VN_TOK_PUNCT || tok->len != 1)
		return;
	if (c == '(' || c == '[' || c == '{')
		open_bracket(w, t);
	else if (c == ')' || c == ']' || c == '}')
		close_bracket(w, t);
}

void
vn_outline(struct vn_outline *out, const struct vn_lex *lex, const char *data)
{
	struct walker w = { .out = out, .lex = lex, .data = data, .top = -1,
	    .in_define = -1, .saved_top = -1 };
	size_t n = lex->ntoks == 0 ? 1 : lex->ntoks;

	out->match = vn_malloc(n * sizeof(*out->match));
	out->up = vn_malloc(n * sizeof(*out->up));
	out->brace = vn_calloc(n, sizeof(*out->brace));
	memset(out->match, 0xff, n * sizeof(*out->match));
	for (size_t t = 0; t < lex->ntoks; t++)
		walk_token(&w, (int)t);
	for (size_t i = 0; i < w.functions.count; i++)
		if (w.functions.items[i].end == -1)
			w.functions.items[i].end = (int)lex->ntoks - 1;
	out->functions = w.functions.items;
	out->nfunctions = w.functions.count;
	VN_FREE(&w.groups);
	VN_FREE(&w.firsts);
}

void
vn_outline_free(struct vn_outline *outline)
{

	free(outline->match);
	free(outline->up);
	free(outline->brace);
	free(outline->functions);
	*outline = (struct vn_outline){ 0 };
}

const struct vn_function *
vn_outline_function(const struct vn_outline *outline, int tok)
{
	size_t lo = 0, hi = outline->nfunctions;

	/* The last function that starts at or before tok. */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (outline->functions[mid].params <= tok)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || outline->functions[lo - 1].end < tok)
		return (NULL);
	return (&outline->functions[lo - 1]);
}
