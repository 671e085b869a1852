/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Parameters and locals by their tokens.
 */

#include <ctype.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/macros.h"
#include "Rewrite/scope.h"
#include "Rewrite/words.h"

#define	BOUND(k, t)	((struct vn_bound){ .kind = (k), .tok = (t) })

bool
vn_asked_spells(const struct vn_asked *place, const struct vn_source *source,
    int t)
{
	unsigned len;
	const char *text;

	/* The length first: all tokens of a tree are asked. */
	if (t < 0 || source->lex.toks[t].len != place->len ||
	    !vn_tok_ident(source, t))
		return (false);
	text = vn_tok_text(source, t, &len);
	return (len == place->len && memcmp(text, place->name, len) == 0);
}

bool
vn_scope_ends_type(const struct vn_source *source, int t)
{

	while (vn_tok_punct(source, t, "*"))
		t = vn_tok_prev(source, t);
	return (vn_tok_ident(source, t) && !vn_tok_keyword(source, t));
}

static bool
is_tag(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t);

	return (vn_tok_word(s, p, "struct") || vn_tok_word(s, p, "union") ||
	    vn_tok_word(s, p, "enum"));
}

/*
 * Does token t name a parameter of the list at open?  Nothing else than a tag
 * or a type can stand there outside of brackets, but for parentheses that
 * begin with a '*'.
 */
static bool
is_of_list(const struct vn_source *s, int open, int t)
{
	int up = s->outline.up[t];

	while (up != open && up >= 0 && vn_tok_punct(s, up, "(") &&
	    vn_tok_punct(s, vn_tok_next(s, up), "*"))
		up = s->outline.up[up];
	return (up == open && vn_tok_ident(s, t) && !is_tag(s, t));
}

/* Is the callee written like a macro: no small letter? */
static bool
is_capital(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text;

	if (!vn_tok_ident(s, t))
		return (false);
	text = vn_tok_text(s, t, &len);
	for (unsigned i = 0; i < len; i++)
		if (islower((unsigned char)text[i]))
			return (false);
	return (true);
}

/* Is token t an argument of one word? */
static bool
is_lone(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), n = vn_tok_next(s, t);

	return ((vn_tok_punct(s, p, "(") || vn_tok_punct(s, p, ",")) &&
	    (vn_tok_punct(s, n, ")") || vn_tok_punct(s, n, ",")));
}

/* Does a type end at t, and no factor of "a * b"? */
static bool
ends_sure_type(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text;
	bool star = vn_tok_punct(s, t, "*");

	while (vn_tok_punct(s, t, "*"))
		t = vn_tok_prev(s, t);
	if (!vn_tok_ident(s, t) || vn_tok_keyword(s, t))
		return (false);
	text = vn_tok_text(s, t, &len);
	return (!star || is_tag(s, t) || vn_tok_is_type(s, t) ||
	    (len > 2 && memcmp(text + len - 2, "_t", 2) == 0));
}

bool
vn_scope_in_body(const struct vn_source *source, int t)
{
	const struct vn_source *s = source;
	int n = vn_tok_next(s, t), p = vn_tok_prev(s, t);
	int dir = s->lex.toks[t].dir;

	/* What stands before the body is the macro's name, and no type. */
	if (dir != -1 && p == (int)s->lex.dirs[dir].tok + 2)
		return (false);
	if (is_tag(s, t) || (n != -1 && !vn_tok_punct(s, n, ",") &&
	    !vn_tok_punct(s, n, ")") && !vn_tok_punct(s, n, ";") &&
	    !vn_tok_punct(s, n, "=") && !vn_tok_punct(s, n, "[")))
		return (false);
	if (ends_sure_type(s, p))
		return (true);
	while (vn_tok_punct(s, p, "*"))
		p = vn_tok_prev(s, p);
	if (!vn_tok_punct(s, p, ",") || s->outline.up[t] != -1)
		return (false);
	while (vn_tok_punct(s, p, ",") || vn_tok_punct(s, p, "*") ||
	    (vn_tok_ident(s, p) && !ends_sure_type(s, vn_tok_prev(s, p))))
		p = vn_tok_prev(s, p);
	return (vn_tok_ident(s, p));
}

/* Does the macro that token t calls declare the name itself? */
static bool
macro_declares(const struct vn_asked *place, const struct vn_source *source,
    int t)
{
	unsigned len;
	const char *text;

	if (!vn_tok_ident(source, t))
		return (false);
	text = vn_tok_text(source, t, &len);
	return (vn_macros_declare(place->macros, place->sources, text, len,
	    place->name, place->len));
}

/* The same of words of a function's head. */
static bool
head_declares(const struct vn_asked *place, const struct vn_function *f)
{
	const struct vn_source *s = place->source;

	for (int t = f->name; t >= 0 && t < f->body; t = vn_tok_next(s, t))
		if ((s->outline.up[t] == -1 || t == f->name ||
		    (s->outline.up[t] == f->params && is_lone(s, t))) &&
		    macro_declares(place, s, t))
			return (true);
	return (false);
}

static struct vn_bound
parameter_of(const struct vn_asked *place, const struct vn_function *f)
{
	const struct vn_source *s = place->source;
	int level = s->outline.up[f->params];
	unsigned len;
	const char *name = vn_tok_text(s, f->name, &len);
	bool known = vn_macros_find(place->macros, name, len) != NULL;

	for (int p = f->params + 1; p < f->body; p++) {
		if (!vn_asked_spells(place, s, p) ||
		    s->lex.toks[p].dir != -1)
			continue;
		if (s->outline.up[p] != f->params ? is_of_list(s, f->params,
		    p) || is_of_list(s, level, p) : is_of_list(s, f->params,
		    p) && (!is_lone(s, p) || !(known || is_capital(s,
		    f->name))))
			return (BOUND(VN_BOUND_PARAMETER, p));
		if (is_lone(s, p) && !known && s->outline.up[p] == f->params)
			return (BOUND(VN_BOUND_MAYBE, p));
	}
	return (head_declares(place, f) ? BOUND(VN_BOUND_PARAMETER, f->name) :
	    BOUND(VN_BOUND_NOT, -1));
}

struct vn_bound
vn_scope_parameter(const struct vn_asked *place,
    const struct vn_function *function)
{
	const struct vn_outline *o = &place->source->outline;

	/* Heads in several branches of an #if share one body. */
	for (const struct vn_function *f = function; f >= o->functions &&
	    f->end == function->end; f--) {
		struct vn_bound b = parameter_of(place, f);

		if (b.kind != VN_BOUND_NOT)
			return (b);
	}
	return (BOUND(VN_BOUND_NOT, -1));
}

/* Does a parameter before t, in the list at open, have t's name? */
static bool
list_declares(const struct vn_source *s, int open, int t)
{

	for (int p = open + 1; p < t; p++)
		if (vn_tok_ident(s, p) && vn_tok_same(s, p, t) &&
		    is_of_list(s, open, p))
			return (true);
	return (false);
}

/* Are the parentheses at open the parameters of a declarator of d? */
static bool
is_list(const struct vn_source *s, const struct vn_decl *d, int open)
{

	for (int up = s->outline.up[open]; up >= 0; up = s->outline.up[up])
		if (vn_tok_punct(s, up, "["))
			return (false);
	for (size_t i = 0; i < d->items.count; i++) {
		const struct vn_declarator *c = &d->items.items[i];

		if (open > c->name && open <= c->last &&
		    (c->init == -1 || open < c->init) &&
		    (c->function || c->nested))
			return (true);
	}
	return (false);
}

bool
vn_scope_prototype(const struct vn_source *source, int t)
{
	struct vn_decl d;
	bool is = false, bound = false, read = vn_decl_read(&d, source, t);

	for (int up = source->outline.up[t], at = t; up >= 0 && !is;
	    at = up, up = source->outline.up[up]) {
		bound = bound || vn_tok_punct(source, up, "[");
		if (!vn_tok_punct(source, up, "("))
			continue;
		if (at == t && !bound && vn_tok_ident(source, vn_tok_prev(
		    source, t)) && !vn_tok_keyword(source, vn_tok_prev(source,
		    t)))
			is = true;
		else if (read && is_list(source, &d, up))
			is = bound ? list_declares(source, up, t) :
			    is_of_list(source, up, t) || at != t;
	}
	vn_decl_free(&d);
	return (is);
}

/* Words that stand next to names in C. */
static bool
is_plain(const struct vn_source *s, int t)
{
	static const char *const words[] = { "struct", "union", "enum",
	    "static", "extern", "const", "volatile", "register", "unsigned",
	    "int", "char", "long", "short", "void", "inline", "typedef" };

	if (!vn_tok_ident(s, t) || vn_tok_keyword(s, t))
		return (false);
	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (vn_tok_word(s, t, words[i]))
			return (false);
	return (!is_capital(s, t) && s->data[s->lex.toks[t].off] != '_');
}

/* The first token of a statement, or what stands between two. */
static bool
is_border(const struct vn_source *s, int t)
{

	return (t < 0 || t >= (int)s->lex.ntoks || s->lex.toks[t].dir != -1 ||
	    vn_tok_punct(s, t, ";") || vn_tok_punct(s, t, "{") ||
	    vn_tok_punct(s, t, "}"));
}

/* A quote that nothing closes, or a byte that C has no use for. */
static bool
is_no_token(const struct vn_source *s, int t)
{
	const struct vn_tok *tok = &s->lex.toks[t];
	const char *text = s->data + tok->off;

	return (tok->kind == VN_TOK_OTHER || ((tok->kind == VN_TOK_CHAR ||
	    tok->kind == VN_TOK_STRING) && (tok->len < 2 ||
	    strchr("'\"", text[tok->len - 1]) == NULL)));
}

bool
vn_scope_beside_word(const struct vn_source *source, int t)
{

	return (is_plain(source, vn_tok_prev(source, t)) ||
	    is_plain(source, vn_tok_next(source, t)));
}

bool
vn_scope_prose(const struct vn_source *source, int t)
{
	int first = t, run = 0;

	while (!is_border(source, first - 1))
		first--;
	for (; !is_border(source, first); first++) {
		run = is_plain(source, first) ? run + 1 : 0;
		if (run >= 4 || is_no_token(source, first))
			return (true);
	}
	return (false);
}

/*
 * Is token t, a name in a function's body, the declarator of a local that
 * token at sees, by its own place?  What reads as a declaration is one: "a *
 * b;" is no statement anybody writes.
 */
static bool
declares(const struct vn_source *s, int t, int at)
{
	int p = vn_tok_prev(s, t), up = s->outline.up[t];
	struct vn_declarator *c;
	struct vn_decl d;
	bool is;

	if (vn_tok_punct(s, p, ".") || vn_tok_punct(s, p, "->"))
		return (false);
	/* An enumerator declared here. */
	if (up >= 0 && s->outline.brace[up] == VN_BRACE_ENUM)
		return (vn_tok_punct(s, p, "{") || vn_tok_punct(s, p, ","));
	/* Bounds of its own are outside of its scope. */
	is = vn_decl_read(&d, s, t) && (c = vn_decl_named(&d, t)) != NULL &&
	    (at <= t || at > c->suffix) &&
	    !vn_tok_word(s, d.first, "__label__");
	vn_decl_free(&d);
	return (is && !vn_scope_prose(s, t));
}

/* Does the bracket open enclose token t? */
static bool
encloses(const struct vn_source *s, int open, int t)
{

	return (open < 0 || (open < t && (s->outline.match[open] < 0 ||
	    s->outline.match[open] > t)));
}

/* Over the parentheses after t, if any. */
static int
after_parens(const struct vn_source *s, int t)
{
	int open = vn_tok_next(s, t);

	if (!vn_tok_punct(s, open, "("))
		return (open);
	return (s->outline.match[open] < 0 ? -1 :
	    vn_tok_next(s, s->outline.match[open]));
}

/* The last token of an expression statement that starts at t. */
static int
semicolon(const struct vn_source *s, int t)
{
	int level = t < 0 ? -1 : s->outline.up[t];

	for (; t >= 0; t = vn_tok_next(s, t)) {
		if (s->outline.match[t] > t)
			t = s->outline.match[t];
		if (s->outline.up[t] == level && (vn_tok_punct(s, t, ";") ||
		    vn_tok_punct(s, t, "}")))
			return (t);
	}
	return (-1);
}

/* The last token of the statement (C11 6.8) that starts at t, or -1. */
static int
statement_end(const struct vn_source *s, int t)
{
	int end, n;

	for (; t >= 0; t = after_parens(s, t)) {
		n = vn_tok_next(s, t);
		if (vn_tok_punct(s, t, "{"))
			return (s->outline.match[t]);
		if (vn_tok_word(s, t, "do")) {
			end = statement_end(s, n);
			return (end < 0 ? -1 : semicolon(s, vn_tok_next(s,
			    end)));
		}
		if (vn_tok_word(s, t, "if")) {
			end = statement_end(s, after_parens(s, t));
			n = end < 0 ? -1 : vn_tok_next(s, end);
			return (vn_tok_word(s, n, "else") ?
			    statement_end(s, vn_tok_next(s, n)) : end);
		}
		if (vn_tok_word(s, t, "for") || vn_tok_word(s, t, "while") ||
		    vn_tok_word(s, t, "switch"))
			continue;
		/* "TAILQ_FOREACH(a, b, c) {" */
		n = vn_tok_punct(s, n, "(") ? after_parens(s, t) : -1;
		if (!vn_tok_ident(s, n) && !vn_tok_punct(s, n, "{"))
			return (semicolon(s, t));
	}
	return (-1);
}

/*
 * Is t in the scope of what p declares?  Enumerators and names in parentheses
 * belong to the block around them; "for (int i" ends with its statement.
 */
static bool
in_scope(const struct vn_source *s, int p, int t)
{
	int up = s->outline.up[p], end;

	while (up >= 0 && (s->outline.brace[up] == VN_BRACE_ENUM ||
	    (vn_tok_punct(s, up, "(") &&
	    !vn_tok_word(s, vn_tok_prev(s, up), "for"))))
		up = s->outline.up[up];
	if (up < 0 || !vn_tok_punct(s, up, "("))
		return (encloses(s, up, t));
	end = s->outline.match[up] < 0 ? -1 :
	    statement_end(s, vn_tok_next(s, s->outline.match[up]));
	return (t >= p && (end < 0 || t <= end));
}

/* The first directive of the conditional that branch d belongs to. */
static int
conditional_of(const struct vn_source *s, int d)
{

	for (int i = d - 1; i >= 0 && s->lex.dirs[d].kind >= VN_DIR_ELIF; i--)
		if (s->lex.dirs[i].next == d)
			d = i;
	return (d);
}

/* Can t be compiled together with p, which comes first? */
static bool
compatible(const struct vn_source *s, int p, int t)
{
	int at = vn_source_branch(s, s->lex.toks[t].off);

	for (int b = vn_source_branch(s, s->lex.toks[p].off); b != -1;
	    b = s->lex.dirs[b].parent) {
		const struct vn_dir *dir = &s->lex.dirs[b];

		if (vn_branch_within(s, at, b))
			break;
		if (dir->kind == VN_DIR_IF && dir->ntok == 3 &&
		    vn_tok_is(s->data, &s->lex.toks[dir->tok + 2], "0"))
			return (false);
		for (int o = at; o != -1; o = s->lex.dirs[o].parent)
			if (conditional_of(s, o) == conditional_of(s, b))
				return (false);
	}
	return (true);
}

/* "type f(... x ...) {" around t in a function: a parameter of a nested one? */
static int
inner_parameter(const struct vn_asked *place, const struct vn_function *f)
{
	const struct vn_source *s = place->source;

	for (int up = s->outline.up[place->tok]; up > f->body;
	    up = s->outline.up[up]) {
		int close = vn_tok_prev(s, up), open, name;

		if (!vn_tok_punct(s, up, "{") || !vn_tok_punct(s, close, ")") ||
		    (open = s->outline.match[close]) < 0)
			continue;
		name = vn_tok_prev(s, open);
		if (!vn_tok_ident(s, name) || vn_tok_keyword(s, name) ||
		    !vn_scope_ends_type(s, vn_tok_prev(s, name)))
			continue;
		for (int p = open + 1; p < close; p++)
			if (vn_asked_spells(place, s, p) &&
			    is_of_list(s, open, p))
				return (p);
	}
	return (-1);
}

/* The first body of those that share an end. */
static int
first_body(const struct vn_source *s, const struct vn_function *f)
{

	while (f > s->outline.functions && f[-1].end == f->end)
		f--;
	return (f->body);
}

/* Is token p an argument of the name, of which a macro makes a declaration? */
static bool
argument_declares(const struct vn_asked *place, int p)
{
	int arg, callee = vn_tok_call(place->source, p, &arg);

	return (callee != -1 && (vn_macros_use_at(place->macros,
	    place->sources, place->source, callee, arg) & VN_USE_DECLARE));
}

struct vn_bound
vn_scope_find(const struct vn_asked *place, const struct vn_function *function)
{
	const struct vn_source *s = place->source;
	int body = first_body(s, function), t = place->tok;

	for (int p = t; p > body; p--) {
		if (!vn_tok_ident(s, p) || s->lex.toks[p].dir != -1)
			continue;
		if (vn_asked_spells(place, s, p) ? in_scope(s, p, t) &&
		    (declares(s, p, t) || argument_declares(place, p)) &&
		    compatible(s, p, t) :
		    vn_tok_punct(s, s->outline.up[p], "{") &&
		    in_scope(s, p, t) && macro_declares(place, s, p))
			return (BOUND(VN_BOUND_LOCAL, p));
	}
	t = inner_parameter(place, function);
	return (t != -1 ? BOUND(VN_BOUND_PARAMETER, t) :
	    vn_scope_parameter(place, function));
}

bool
vn_scope_declares(const struct vn_source *source, int p, int t)
{
	int up = source->outline.up[p];

	return (up >= 0 && encloses(source, up, t) && declares(source, p, t));
}
