/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading declarations from tokens.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/words.h"

static bool
is_one_of(const struct vn_source *s, int t, const char *const *words,
    size_t count)
{

	for (size_t i = 0; i < count; i++)
		if (vn_tok_word(s, t, words[i]))
			return (true);
	return (false);
}

static const char *const statement_words[] = { "return", "goto", "case",
    "else", "do", "if", "while", "for", "switch", "break", "continue",
    "sizeof", "default", "asm", "__asm", "__asm__" };
static const char *const basic_types[] = { "void", "char", "short", "int",
    "long", "float", "double", "signed", "unsigned", "_Bool", "__signed",
    "__signed__", "_Complex" };
static const char *const qualifiers[] = { "const", "volatile", "restrict",
    "__const", "__volatile", "__volatile__", "__restrict", "__restrict__",
    "_Atomic" };
static const char *const other_storage[] = { "register", "auto",
    "_Thread_local", "__thread", "inline" };

bool
vn_tok_keyword(const struct vn_source *source, int t)
{

	return (is_one_of(source, t, statement_words,
	    VN_NITEMS(statement_words)));
}

bool
vn_tok_is_type(const struct vn_source *source, int t)
{

	return (is_one_of(source, t, basic_types, VN_NITEMS(basic_types)));
}

static bool
is_qualifier(const struct vn_source *s, int t)
{

	return (is_one_of(s, t, qualifiers, VN_NITEMS(qualifiers)));
}

static enum vn_attr
attr_of(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text;

	if (!vn_tok_ident(s, t))
		return (VN_ATTR_NONE);
	text = vn_tok_text(s, t, &len);
	return (vn_word_attr(text, len));
}

static bool
is_queue_head(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text;

	if (!vn_tok_ident(s, t))
		return (false);
	text = vn_tok_text(s, t, &len);
	return (vn_word_is_queue_head(text, len));
}

static bool
is_typeof(const struct vn_source *s, int t)
{

	return (vn_tok_word(s, t, "typeof") || vn_tok_word(s, t, "__typeof") ||
	    vn_tok_word(s, t, "__typeof__") || vn_tok_word(s, t, "_Alignas"));
}

/* The token after t, or after the group that t opens. */
static int
after_group(const struct vn_source *s, int t)
{

	if (vn_tok_punct(s, t, "(") || vn_tok_punct(s, t, "[") ||
	    vn_tok_punct(s, t, "{"))
		t = s->outline.match[t];
	return (t < 0 ? -1 : vn_tok_next(s, t));
}

/* The token at the level of the declaration that holds t. */
static int
climb(const struct vn_source *s, int t)
{

	for (;;) {
		int up = s->outline.up[t];

		if (up < 0)
			return (t);
		if (vn_tok_punct(s, up, "{") &&
		    (s->outline.brace[up] == VN_BRACE_FUNCTION ||
		    s->outline.brace[up] == VN_BRACE_BLOCK ||
		    s->outline.brace[up] == VN_BRACE_OTHER))
			return (t);
		if (vn_tok_punct(s, up, "(") &&
		    vn_tok_word(s, vn_tok_prev(s, up), "for"))
			return (t);
		t = up;
	}
}

/* Does the statement before end with p, a ')', for want of a ';'? */
static bool
ends_macro_call(const struct vn_source *s, int p, int next)
{
	int callee = vn_tok_prev(s, s->outline.match[p]);

	return (s->outline.match[p] >= 0 && vn_tok_ident(s, callee) &&
	    !is_queue_head(s, callee) && !is_typeof(s, callee) &&
	    attr_of(s, callee) == VN_ATTR_NONE &&
	    attr_of(s, next) == VN_ATTR_NONE && vn_tok_ident(s, next) &&
	    (s->lex.toks[next].flags & VN_TF_LINE));
}

static int
find_first(const struct vn_source *s, int t)
{
	int first = climb(s, t), p;

	for (p = vn_tok_prev(s, first); p >= 0; p = vn_tok_prev(s, first)) {
		/* A '{' may be that of another branch of an #if. */
		if (vn_tok_punct(s, p, ";") || vn_tok_punct(s, p, "{") ||
		    p == s->outline.up[first] ||
		    vn_tok_punct(s, p, ":"))
			break;
		if (vn_tok_punct(s, p, "}")) {
			int open = s->outline.match[p];

			if (open < 0 ||
			    s->outline.brace[open] == VN_BRACE_FUNCTION ||
			    s->outline.brace[open] == VN_BRACE_BLOCK ||
			    s->outline.brace[open] == VN_BRACE_OTHER)
				break;
		}
		if (vn_tok_punct(s, p, ")") && ends_macro_call(s, p, first))
			break;
		first = (vn_tok_punct(s, p, ")") || vn_tok_punct(s, p, "]") ||
		    vn_tok_punct(s, p, "}")) && s->outline.match[p] >= 0 ?
		    s->outline.match[p] : p;
	}
	return (first);
}

static void
read_storage(struct vn_decl *d, const struct vn_source *s, int t)
{

	if (vn_tok_word(s, t, "static"))
		d->storage = VN_STORAGE_STATIC;
	else if (vn_tok_word(s, t, "extern"))
		d->storage = VN_STORAGE_EXTERN;
	else if (vn_tok_word(s, t, "typedef"))
		d->storage = VN_STORAGE_TYPEDEF;
	else
		d->storage = VN_STORAGE_OTHER;
	d->storage_tok = t;
}

static bool
is_storage(const struct vn_source *s, int t)
{

	return (vn_tok_word(s, t, "static") || vn_tok_word(s, t, "extern") ||
	    vn_tok_word(s, t, "typedef") ||
	    is_one_of(s, t, other_storage, VN_NITEMS(other_storage)));
}

/* struct, union or enum with tag and body; the last token of it. */
static int
read_tagged(struct vn_decl *d, const struct vn_source *s, int t)
{
	int last = t, next;

	d->keyword = t;
	for (next = vn_tok_next(s, t); next >= 0; next = vn_tok_next(s, last)) {
		if (attr_of(s, next) != VN_ATTR_NONE) {
			last = next;
			next = vn_tok_next(s, next);
			if (vn_tok_punct(s, next, "(") &&
			    s->outline.match[next] >= 0)
				last = s->outline.match[next];
		} else if (vn_tok_ident(s, next) && d->tag == -1) {
			d->tag = last = next;
		} else if (vn_tok_punct(s, next, "{") && d->body == -1 &&
		    s->outline.match[next] >= 0) {
			d->body = next;
			last = s->outline.match[next];
		} else
			break;
		if (d->body != -1)
			break;
	}
	/* Attributes after the body belong to the type. */
	next = vn_tok_next(s, last);
	while (d->body != -1 && attr_of(s, next) == VN_ATTR_PLAIN) {
		last = next;
		next = vn_tok_next(s, next);
		if (vn_tok_punct(s, next, "(") && s->outline.match[next] >= 0) {
			last = s->outline.match[next];
			next = vn_tok_next(s, last);
		}
	}
	return (last);
}

/* Is token t one more name of a type or a variable? */
static bool
names_more(const struct vn_source *s, int t)
{

	return (vn_tok_ident(s, t) && attr_of(s, t) == VN_ATTR_NONE &&
	    !vn_tok_keyword(s, t) && !is_qualifier(s, t));
}

/* How sure it is that a type was seen. */
enum typed { UNTYPED, BY_NAME, BY_KEYWORD };

/*
 * One specifier at t: its last token, or -1 if t starts the declarators.  Of
 * names in a row ("CONST U8 x") the last one is declared.
 */
static int
read_specifier(struct vn_decl *d, const struct vn_source *s, int t,
    enum typed *typed)
{
	int open;

	if (is_storage(s, t)) {
		if (d->storage == VN_STORAGE_NONE)
			read_storage(d, s, t);
		return (t);
	}
	if (is_qualifier(s, t))
		return (t);
	if (vn_tok_is_type(s, t)) {
		*typed = BY_KEYWORD;
		return (t);
	}
	if (vn_tok_word(s, t, "struct") || vn_tok_word(s, t, "union") ||
	    vn_tok_word(s, t, "enum")) {
		*typed = BY_KEYWORD;
		return (read_tagged(d, s, t));
	}
	if (!vn_tok_ident(s, t) || vn_tok_keyword(s, t))
		return (-1);
	open = vn_tok_next(s, t);
	if (is_queue_head(s, t) || is_typeof(s, t) ||
	    attr_of(s, t) != VN_ATTR_NONE) {
		if (is_queue_head(s, t))
			d->queue = t;
		if (attr_of(s, t) == VN_ATTR_NONE)
			*typed = BY_KEYWORD;
		return (vn_tok_punct(s, open, "(") &&
		    s->outline.match[open] >= 0 ? s->outline.match[open] : t);
	}
	if (*typed == BY_KEYWORD || (*typed == BY_NAME &&
	    !names_more(s, open) && !vn_tok_punct(s, open, "*")))
		return (-1);
	*typed = BY_NAME;
	return (t);
}

static int
read_specifiers(struct vn_decl *d, const struct vn_source *s)
{
	enum typed typed = UNTYPED;
	int t = d->first, last;

	while (t >= 0 && (last = read_specifier(d, s, t, &typed)) >= 0) {
		if (t != d->storage_tok) {
			d->spec = d->spec == -1 ? t : d->spec;
			d->spec_last = last;
		}
		t = vn_tok_next(s, last);
	}
	return (typed == UNTYPED ? -1 : t);
}

/*
 * The name in a declarator that starts at t: over '*', '(' and qualifiers.
 * Parentheses without a '*' are a macro's call, not a declarator.
 */
static int
find_name(const struct vn_source *s, int t, bool *nested)
{
	bool star = false;

	*nested = false;
	for (; t >= 0; t = vn_tok_next(s, t)) {
		if (vn_tok_punct(s, t, "*") || is_qualifier(s, t)) {
			star = star || *nested;
			continue;
		}
		if (vn_tok_punct(s, t, "(")) {
			*nested = true;
			continue;
		}
		if (attr_of(s, t) != VN_ATTR_NONE) {
			int open = vn_tok_next(s, t);

			if (vn_tok_punct(s, open, "(") &&
			    s->outline.match[open] >= 0)
				t = s->outline.match[open];
			continue;
		}
		return (vn_tok_ident(s, t) && star == *nested ? t : -1);
	}
	return (-1);
}

/* "(*f)(...)" and "(*a)[n]" are declarators, "f(*x)" is a call. */
static bool
shaped(const struct vn_declarator *c, const struct vn_source *s)
{
	int up = s->outline.up[c->name], next;

	if (!c->nested)
		return (true);
	if (up < 0 || s->outline.match[up] < 0)
		return (false);
	next = vn_tok_next(s, s->outline.match[up]);
	return (vn_tok_punct(s, next, "(") || vn_tok_punct(s, next, "[") ||
	    vn_tok_punct(s, next, ")"));
}

static void
read_suffix(struct vn_declarator *c, const struct vn_source *s)
{
	int next = vn_tok_next(s, c->name);

	c->suffix = c->name;
	while (vn_tok_punct(s, next, "[") && s->outline.match[next] >= 0) {
		c->suffix = s->outline.match[next];
		next = vn_tok_next(s, c->suffix);
	}
	c->function = vn_tok_punct(s, next, "(") && !c->nested;
}

/* Read one declarator; returns the ',' or ';' after it, or -1. */
static int
read_declarator(struct vn_declarator *c, const struct vn_source *s, int t)
{
	int end = t, last = -1;

	*c = (struct vn_declarator){ t, -1, -1, -1, -1, -1, -1, false, false };
	c->name = find_name(s, t, &c->nested);
	if (c->name < 0 || !shaped(c, s))
		return (-1);
	read_suffix(c, s);
	for (; end >= 0; end = after_group(s, end)) {
		if (vn_tok_punct(s, end, ",") || vn_tok_punct(s, end, ";"))
			break;
		if (vn_tok_punct(s, end, "=") && c->init == -1)
			c->init = end;
		if (c->init == -1 && end > c->name &&
		    attr_of(s, end) != VN_ATTR_NONE && c->attr == -1)
			c->attr = end;
		last = (vn_tok_punct(s, end, "(") ||
		    vn_tok_punct(s, end, "[") || vn_tok_punct(s, end, "{")) ?
		    s->outline.match[end] : end;
		if (last < 0)
			return (-1);
		if (c->attr != -1 && c->init == -1)
			c->attr_last = last;
	}
	c->last = last;
	return (end);
}

static bool
read_declarators(struct vn_decl *d, const struct vn_source *s, int t)
{

	while (t >= 0) {
		struct vn_declarator c;
		int end = read_declarator(&c, s, t);

		if (end < 0)
			return (false);
		VN_PUSH(&d->items, c);
		if (vn_tok_punct(s, end, ";")) {
			d->end = end;
			return (true);
		}
		t = vn_tok_next(s, end);
	}
	return (false);
}

bool
vn_decl_read(struct vn_decl *out, const struct vn_source *source, int t)
{
	int first;

	*out = (struct vn_decl){ .first = find_first(source, t), .end = -1,
	    .storage_tok = -1, .spec = -1, .spec_last = -1, .keyword = -1,
	    .tag = -1, .body = -1, .queue = -1 };
	first = read_specifiers(out, source);
	return (first >= 0 && out->spec >= 0 &&
	    read_declarators(out, source, first));
}

void
vn_decl_free(struct vn_decl *decl)
{

	VN_FREE(&decl->items);
}

struct vn_declarator *
vn_decl_named(const struct vn_decl *decl, int t)
{

	for (size_t i = 0; i < decl->items.count; i++)
		if (decl->items.items[i].name == t)
			return (&decl->items.items[i]);
	return (NULL);
}

bool
vn_decl_virtualized(const struct vn_source *source, int t)
{
	const struct vn_word *word;
	bool assigned = false;

	while (source->outline.up[t] >= 0)
		t = source->outline.up[t];
	for (t = vn_tok_prev(source, t); t >= 0; t = vn_tok_prev(source, t)) {
		if (vn_tok_punct(source, t, ";") ||
		    (!assigned && vn_tok_punct(source, t, "}")))
			return (false);
		if (vn_tok_punct(source, t, "="))
			assigned = true;
		if (source->outline.match[t] >= 0 &&
		    source->outline.match[t] < t)
			t = source->outline.match[t];
		word = vn_word_at(source, t);
		if (vn_word_is_vnet(word) && word->kind != VN_WORD_VNET)
			return (assigned);
	}
	return (false);
}
