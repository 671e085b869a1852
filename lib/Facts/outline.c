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

/* An #if that is open. */
struct group {
	int	top;		/* innermost open bracket at the #if */
	int	first;		/* the one at the end of its first branch that
				   is not dead, or -2 */
	int	dir;		/* its directive */
	int	branch;		/* that of the branch being walked */
};

/* The stack of open brackets is a linked list through out->up. */
struct walker {
	struct vn_outline	*out;
	const struct vn_lex	*lex;
	const char		*data;
	int			 top;	/* innermost open bracket, or -1 */
	int			 in_define; /* directive being walked, or -1 */
	int			 saved_top;	/* top outside of it */
	VN_VEC(struct group)	 groups;	/* open #ifs */
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

/*
 * The same, but from the start of an #else to what stands before the #if: a
 * function's head may have a body in each branch.
 */
static int
prev_before_if(const struct walker *w, int t)
{
	int p = prev_tok(w, t);

	if (w->lex->toks[t].dir != -1)
		return (p);
	for (size_t i = w->groups.count; i > 0 && p >= 0; i--) {
		const struct group *g = &w->groups.items[i - 1];
		uint32_t first = w->lex->dirs[g->dir].tok;

		if (g->branch != g->dir && (uint32_t)p > first &&
		    (uint32_t)p < w->lex->dirs[g->branch].tok)
			for (p = (int)first - 1; p >= 0 &&
			    w->lex->toks[p].dir != -1;)
				p--;
	}
	return (p);
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
	int p = prev_before_if(w, t);
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

/* Does token t start in column 0? */
static bool
in_column_0(const struct walker *w, int t)
{
	uint32_t off = w->lex->toks[t].off;

	return (off == 0 || w->data[off - 1] == '\n');
}

/*
 * "(*f(...))(...)" and "(**f(...))[3]": the '(' of the parameters of f, whose
 * declarator the parentheses at open hold, or -1.
 */
static int
nested_params(const struct walker *w, int open)
{
	int t = open + 1;

	if (!is_punct(w, t, '*'))
		return (-1);
	while (is_punct(w, t, '*'))
		t++;
	return (is_ident(w, t) && is_punct(w, t + 1, '(') ? t + 1 : -1);
}

/*
 * Is the group that closes at t an attribute of the function before it?  What
 * stands in column 0 is a name of its own, after a macro without ';'.
 */
static bool
trails(const struct walker *w, int callee)
{

	return (is_ident(w, callee) && !in_column_0(w, callee) &&
	    is_punct(w, prev_tok(w, callee), ')'));
}

/*
 * The '(' of the parameters that end at the ')' t, with or without attributes
 * that take arguments; "__elfN(f)(...)" is named by a macro.
 */
static int
params_at(const struct walker *w, int t)
{
	int found = -1;

	while (t >= 0 && is_punct(w, t, ')')) {
		int open = w->out->match[t], callee, nested;

		if (open < 0)
			return (found);
		nested = nested_params(w, open);
		if (nested != -1)
			return (nested);
		callee = prev_tok(w, open);
		if (is_punct(w, callee, ')')) {
			int inner = before_bracket(w, callee);

			nested = w->out->match[callee] < 0 ? -1 :
			    nested_params(w, w->out->match[callee]);
			return (nested != -1 ? nested :
			    is_callee(w, inner) ? open : found);
		}
		if (!is_callee(w, callee))
			return (found);
		if (!is_attribute(w, callee))
			found = open;
		if (!trails(w, callee))
			return (found);
		t = prev_tok(w, callee);
	}
	return (found);
}

/* Are there names and commas only from open to close? */
static bool
holds_names(const struct walker *w, int open, int close)
{

	for (int t = open + 1; t < close; t++)
		if (w->lex->toks[t].dir == -1 && !is_ident(w, t) &&
		    !is_punct(w, t, ','))
			return (false);
	return (close > open + 1);
}

/* The same where declarations of K&R parameters end at the ';' t. */
static int
kr_params(const struct walker *w, int t)
{

	for (int next = t; t >= 0; next = t, t = prev_tok(w, t)) {
		int open = w->out->match[t];

		if (is_punct(w, t, ')') && is_ident(w, next) && open >= 0 &&
		    holds_names(w, open, t))
			return (params_at(w, t));
		if (is_punct(w, t, '}') && (open < 0 ||
		    w->out->brace[open] != VN_BRACE_STRUCT))
			break;
		if (is_punct(w, t, ')') || is_punct(w, t, '}') ||
		    is_punct(w, t, ']'))
			t = open < 0 ? t : open;
	}
	return (-1);
}

/*
 * The '(' of the parameters of the function whose body opens at t; words
 * without parentheses may stand between.
 */
static int
find_params(const struct walker *w, int t)
{
	int p = prev_before_if(w, t);

	while (is_ident(w, p) && !in_column_0(w, p))
		p = prev_tok(w, p);
	return (is_punct(w, p, ';') ? kr_params(w, p) : params_at(w, p));
}

static void
open_function(struct walker *w, int t)
{
	struct vn_function f = { .name = -1, .body = t, .end = -1 };

	/* "int f SYSCTL_HANDLER_ARGS {": a macro holds the parameters. */
	f.params = find_params(w, t);
	f.name = f.params == -1 ? prev_before_if(w, t) :
	    prev_tok(w, f.params);
	if (f.params == -1 && is_ident(w, f.name))
		f.params = t;
	if (f.params == -1)
		return;
	VN_PUSH(&w->functions, f);
}

/*
 * A '}' ends the function that its '{' opens, and those whose heads are other
 * branches of an #if: they share the body.
 */
static void
close_function(struct walker *w, int open, int t)
{

	for (size_t i = w->functions.count; i > 0; i--) {
		struct vn_function *f = &w->functions.items[i - 1];

		if (f->body < open)
			break;
		if (f->end == -1 || f->body == open)
			f->end = w->out->match[f->body] = t;
	}
}

static char
closer_of(char c)
{

	return (c == '(' ? ')' : c == '[' ? ']' : '}');
}

/*
 * Where braces are missing, layout tells: a '{' in column 0 behind a name in
 * column 0 with its parameters starts a function.
 */
static bool
starts_function(const struct walker *w, int t)
{
	int open = find_params(w, t), name = open < 0 ? -1 : prev_tok(w, open);

	return (is_ident(w, name) && in_column_0(w, name));
}

/* Functions that lack a '}' end where the next one starts. */
static void
cut_functions(struct walker *w, int t)
{

	for (size_t i = 0; i < w->functions.count; i++)
		if (w->functions.items[i].end == -1)
			w->functions.items[i].end = t - 1;
	w->out->up[t] = w->top = -1;
}

static void
open_bracket(struct walker *w, int t)
{

	if (first_byte(w, t) == '{') {
		if (w->top != -1 && w->in_define == -1 && in_column_0(w, t) &&
		    starts_function(w, t))
			cut_functions(w, t);
		w->out->brace[t] = classify_brace(w, t);
		if (w->out->brace[t] == VN_BRACE_FUNCTION &&
		    w->in_define == -1)
			open_function(w, t);
	}
	w->top = t;
}

/* The body that a '}' in column 0 ends although braces in it are open, or t. */
static int
body_of(const struct walker *w, int t)
{

	for (int up = w->out->up[t]; up >= 0; up = w->out->up[up])
		if (w->out->brace[up] == VN_BRACE_FUNCTION &&
		    in_column_0(w, up))
			return (up);
	return (t);
}

/*
 * Is the '}' one too many: indented, on a line of its own, for a '{' in column
 * 0, with indented text behind it?
 */
static bool
is_excess(const struct walker *w, int open, int t)
{
	int n = t + 1;

	while (n < (int)w->lex->ntoks && w->lex->toks[n].dir != -1)
		n++;
	return (w->out->brace[open] == VN_BRACE_FUNCTION &&
	    w->in_define == -1 && in_column_0(w, open) &&
	    (w->lex->toks[t].flags & VN_TF_LINE) && !in_column_0(w, t) &&
	    n < (int)w->lex->ntoks && !in_column_0(w, n) &&
	    (w->lex->toks[n].flags & VN_TF_LINE));
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
	if (c == '}' && w->in_define == -1 && in_column_0(w, t))
		open = body_of(w, open);
	else if (is_excess(w, open, t))
		return;
	w->out->match[open] = t;
	w->out->match[t] = open;
	w->out->up[t] = w->out->up[open];
	w->top = w->out->up[open];
	if (w->out->brace[open] == VN_BRACE_FUNCTION)
		close_function(w, open, t);
}

/* Is the branch that starts at directive d never compiled? */
static bool
is_dead(const struct walker *w, int d)
{
	const struct vn_dir *dir = &w->lex->dirs[d];

	return (dir->kind == VN_DIR_IF && dir->ntok == 3 &&
	    vn_tok_is(w->data, &w->lex->toks[dir->tok + 2], "0"));
}

/*
 * The bracket that is open after a branch: of one that is never compiled, or
 * that leaves only parentheses open (it is no C, then), the one before.
 */
static int
top_after(const struct walker *w, const struct group *g)
{
	int t = w->top;

	if (is_dead(w, g->branch))
		return (g->top);
	while (t > g->top && !is_punct(w, t, '{'))
		t = w->out->up[t];
	return (t == g->top && g->dir == g->branch ? t : w->top);
}

/* The branch that was walked ends at directive d. */
static void
end_branch(struct walker *w, int d)
{
	struct group *g = &w->groups.items[w->groups.count - 1];

	if (w->lex->dirs[d].kind == VN_DIR_ENDIF) {
		w->top = g->first == -2 ? top_after(w, g) : g->first;
		w->groups.count--;
		return;
	}
	if (g->first == -2 && !is_dead(w, g->branch))
		g->first = w->top;
	w->top = g->top;
	g->branch = d;
}

static void
enter_directive(struct walker *w, int d)
{
	struct group g = { w->top, -2, d, d };

	switch (w->lex->dirs[d].kind) {
	case VN_DIR_IF:
	case VN_DIR_IFDEF:
	case VN_DIR_IFNDEF:
		VN_PUSH(&w->groups, g);
		break;
	case VN_DIR_ELIF:
	case VN_DIR_ELSE:
	case VN_DIR_ENDIF:
		if (w->groups.count > 0)
			end_branch(w, d);
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
	const struct vn_function *found = NULL;
	size_t lo = 0, hi = outline->nfunctions;

	/* The last function that starts at or before tok. */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (outline->functions[mid].params <= tok)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* Bodies in several branches of an #if may share a head. */
	for (; lo > 0 && outline->functions[lo - 1].end >= tok; lo--) {
		found = &outline->functions[lo - 1];
		if (found->body <= tok)
			break;
	}
	return (found);
}
