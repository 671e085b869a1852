/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of #defines, and what they do with their arguments.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/names.h"
#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/macros.h"
#include "Rewrite/words.h"

struct vn_macros {
	VN_VEC(struct vn_macro)	 items;
	VN_VEC(char *)		 names;		/* owned; by index in set */
	VN_VEC(int)		 heads;	/* by index in set: first item */
	struct vn_names		 set;
};

bool
vn_macro_read(struct vn_macro *out, const struct vn_source *source, int dir)
{
	const struct vn_dir *d = &source->lex.dirs[dir];
	int t = (int)d->tok + 2;

	if (d->kind != VN_DIR_DEFINE || d->ntok < 3 ||
	    !vn_tok_ident(source, t))
		return (false);
	*out = (struct vn_macro){ .source = -1, .dir = dir, .name = t,
	    .params = -1, .end = (int)(d->tok + d->ntok), .next = -1 };
	out->body = t + 1;
	if (t + 1 < out->end && vn_tok_punct(source, t + 1, "(") &&
	    source->lex.toks[t + 1].off == vn_tok_end(source, t)) {
		out->params = t + 1;
		out->body = source->outline.match[t + 1] < 0 ? out->end :
		    source->outline.match[t + 1] + 1;
	}
	return (true);
}

static void
add_macro(struct vn_macros *macros, const struct vn_source *source,
    const struct vn_macro *macro)
{
	unsigned len;
	const char *text = vn_tok_text(source, macro->name, &len);
	int index = vn_names_find(&macros->set, text, len);
	struct vn_macro copy = *macro;

	if (index == -1) {
		VN_PUSH(&macros->names, vn_strndup(text, len));
		index = vn_names_add(&macros->set,
		    macros->names.items[macros->names.count - 1]);
		VN_PUSH(&macros->heads, -1);
	}
	copy.next = macros->heads.items[index];
	macros->heads.items[index] = (int)macros->items.count;
	VN_PUSH(&macros->items, copy);
}

struct vn_macros *
vn_macros_read(const struct vn_sources *sources)
{
	struct vn_macros *macros = vn_calloc(1, sizeof(*macros));
	struct vn_macro macro;

	for (size_t i = 0; i < sources->count; i++) {
		const struct vn_source *s = sources->items[i];

		for (size_t d = 0; s->opened && d < s->lex.ndirs; d++)
			if (vn_macro_read(&macro, s, (int)d)) {
				macro.source = (int)i;
				add_macro(macros, s, &macro);
			}
	}
	return (macros);
}

void
vn_macros_free(struct vn_macros *macros)
{

	if (macros == NULL)
		return;
	for (size_t i = 0; i < macros->names.count; i++)
		free(macros->names.items[i]);
	VN_FREE(&macros->names);
	VN_FREE(&macros->heads);
	VN_FREE(&macros->items);
	vn_names_free(&macros->set);
	free(macros);
}

const struct vn_macro *
vn_macros_find(const struct vn_macros *macros, const char *name, size_t len)
{
	int index = vn_names_find(&macros->set, name, len);

	return (index == -1 ? NULL :
	    &macros->items.items[macros->heads.items[index]]);
}

const struct vn_macro *
vn_macros_next(const struct vn_macros *macros, const struct vn_macro *macro)
{

	return (macro->next == -1 ? NULL : &macros->items.items[macro->next]);
}

int
vn_macro_param(const struct vn_source *s, const struct vn_macro *m, int arg)
{
	int close, t = m->params + 1;

	if (m->params == -1 || (close = s->outline.match[m->params]) < 0)
		return (-1);
	for (; t < close; t++) {
		if (vn_tok_punct(s, t, "..."))
			return (vn_tok_ident(s, t - 1) ? t - 1 : t);
		if (vn_tok_ident(s, t) && arg-- == 0)
			return (t);
	}
	return (-1);
}

bool
vn_macro_spells(const struct vn_source *s, int t, int param)
{

	if (vn_tok_punct(s, param, "..."))
		return (vn_tok_word(s, t, "__VA_ARGS__"));
	return (vn_tok_ident(s, t) && vn_tok_same(s, t, param));
}

bool
vn_macro_is_param(const struct vn_source *source, const struct vn_macro *macro,
    int t)
{
	int close;

	if (macro->params == -1 ||
	    (close = source->outline.match[macro->params]) < 0)
		return (false);
	for (int p = macro->params + 1; p < close; p++)
		if (vn_tok_ident(source, p) && vn_tok_same(source, p, t))
			return (true);
	return (false);
}

int
vn_macro_param_index(const struct vn_source *source,
    const struct vn_macro *macro, int t)
{
	int close, n = 0;

	if (macro->params == -1 ||
	    (close = source->outline.match[macro->params]) < 0)
		return (-1);
	for (int p = macro->params + 1; p < close; p++) {
		if (!vn_tok_ident(source, p) && !(vn_tok_punct(source, p,
		    "...") && !vn_tok_ident(source, p - 1)))
			continue;
		if (vn_macro_spells(source, t, p))
			return (n);
		n++;
	}
	return (-1);
}

static unsigned use_in(const struct vn_macros *macros,
    const struct vn_sources *sources, const char *name, size_t len, int arg,
    int depth);

/* ", ##args": gcc's way to drop a comma; the argument is put as it is. */
static bool
is_comma_paste(const struct vn_source *s, const struct vn_macro *m, int t)
{

	return (t > m->body + 1 && vn_tok_punct(s, t - 1, "##") &&
	    vn_tok_punct(s, t - 2, ",") &&
	    !(t + 1 < m->end && vn_tok_punct(s, t + 1, "##")));
}

/* The words of a statement that is no declaration. */
static bool
starts_statement(const struct vn_source *s, int t)
{
	static const char *const words[] = { "return", "goto", "case", "else",
	    "do", "sizeof", "if", "while", "for", "switch", "extern" };

	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (vn_tok_word(s, t, words[i]))
			return (true);
	return (false);
}

/* Is it a type that starts at token t, whatever the rest is? */
static bool
starts_type(const struct vn_source *s, int t)
{

	return (vn_tok_word(s, t, "struct") || vn_tok_word(s, t, "union") ||
	    vn_tok_word(s, t, "const") || vn_tok_is_type(s, t));
}

/*
 * "int x", "type x = 3", "struct y *x": words only before it, and a '*' where
 * that is no factor's, in a statement that stands outside of all brackets of
 * the body.
 */
static bool
declares(const struct vn_source *s, const struct vn_macro *m, int t)
{
	int n = t + 1 < m->end ? t + 1 : -1, p = t - 1;
	bool star = false;

	if (s->outline.up[t] != -1 || t == m->body ||
	    (n != -1 && !vn_tok_punct(s, n, ";") &&
	    !vn_tok_punct(s, n, "=") && !vn_tok_punct(s, n, "[")))
		return (false);
	for (; p >= m->body && !vn_tok_punct(s, p, ";"); p--) {
		bool is_star = vn_tok_punct(s, p, "*");

		star = star || is_star;
		if (!is_star && (!vn_tok_ident(s, p) || starts_statement(s, p)))
			return (false);
	}
	return (p < t - 1 && (!star || starts_type(s, p + 1)));
}

/* How the body uses the parameter at token t. */
static unsigned
use_of_token(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_source *s, const struct vn_macro *m, int t, int depth)
{
	const struct vn_word *word;
	int arg, callee;
	unsigned len, inner;
	const char *text;

	if (t > m->body && vn_tok_punct(s, t - 1, "#"))
		return (VN_USE_STRING);
	if (is_comma_paste(s, m, t))
		return (VN_USE_PLAIN);
	if ((t > m->body && vn_tok_punct(s, t - 1, "##")) ||
	    (t + 1 < m->end && vn_tok_punct(s, t + 1, "##")))
		return (VN_USE_PASTE);
	if (t > m->body && (vn_tok_word(s, t - 1, "struct") ||
	    vn_tok_word(s, t - 1, "union") || vn_tok_word(s, t - 1, "enum")))
		return (VN_USE_TAG);
	if (t > m->body && (vn_tok_punct(s, t - 1, ".") ||
	    vn_tok_punct(s, t - 1, "->")))
		return (VN_USE_MEMBER);
	if (declares(s, m, t))
		return (VN_USE_PLAIN | VN_USE_DECLARE);
	callee = vn_tok_call(s, t, &arg);
	if (callee == -1 || depth > 8)
		return (VN_USE_PLAIN);
	text = vn_tok_text(s, callee, &len);
	word = vn_word_find(text, len);
	if (word != NULL && word->kind == VN_WORD_OFFSETOF &&
	    word->pointer == arg)
		return (VN_USE_MEMBER);
	inner = use_in(macros, sources, text, len, arg, depth + 1);
	if (inner & VN_USE_STRING)
		inner = (inner & ~(unsigned)VN_USE_STRING) | VN_USE_XSTRING;
	return (inner & VN_USE_KNOWN ? inner : VN_USE_PLAIN);
}

static unsigned
use_in_one(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_macro *m, int arg, int depth)
{
	const struct vn_source *s = sources->items[m->source];
	int param = vn_macro_param(s, m, arg);
	unsigned use = VN_USE_KNOWN;

	/* What has fewer parameters is another macro of that name. */
	if (m->params == -1 || param == -1)
		return (0);
	for (int t = m->body; t < m->end; t++)
		if (vn_macro_spells(s, t, param))
			use |= use_of_token(macros, sources, s, m, t, depth);
	return (use);
}

static unsigned
use_in(const struct vn_macros *macros, const struct vn_sources *sources,
    const char *name, size_t len, int arg, int depth)
{
	unsigned use = 0;

	for (const struct vn_macro *m = vn_macros_find(macros, name, len);
	    m != NULL; m = vn_macros_next(macros, m))
		use |= use_in_one(macros, sources, m, arg, depth);
	return (use);
}

unsigned
vn_macro_use(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_macro *macro, int arg)
{

	return (use_in_one(macros, sources, macro, arg, 0));
}

unsigned
vn_macros_use(const struct vn_macros *macros,
    const struct vn_sources *sources, const char *name, size_t len, int arg)
{

	return (use_in(macros, sources, name, len, arg, 0));
}

/* Does the source declare a function of that name? */
static bool
has_function(const struct vn_source *s, const char *name, unsigned len)
{

	for (int t = 0; t < (int)s->lex.ntoks; t++) {
		const struct vn_tok *tok = &s->lex.toks[t];

		if (tok->dir == -1 && tok->kind == VN_TOK_IDENT &&
		    tok->len == len && s->outline.up[t] == -1 &&
		    memcmp(s->data + tok->off, name, len) == 0 &&
		    vn_tok_punct(s, vn_tok_next(s, t), "("))
			return (true);
	}
	return (false);
}

/* Does the #define in the source still stand at token t? */
static bool
is_live(const struct vn_source *s, const struct vn_macro *m, int t)
{

	for (int d = m->dir + 1; d < (int)s->lex.ndirs &&
	    (int)s->lex.dirs[d].tok < t; d++)
		if (s->lex.dirs[d].kind == VN_DIR_UNDEF &&
		    s->lex.dirs[d].ntok > 2 && vn_tok_same(s,
		    (int)s->lex.dirs[d].tok + 2, m->name))
			return (false);
	return (t > m->end);
}

unsigned
vn_macros_use_at(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source,
    int callee, int arg)
{
	unsigned len, use = 0;
	const char *name = vn_tok_text(source, callee, &len);
	const struct vn_macro *m, *first = vn_macros_find(macros, name, len);

	for (m = first; m != NULL; m = vn_macros_next(macros, m))
		if (sources->items[m->source] == source &&
		    is_live(source, m, callee))
			use |= vn_macro_use(macros, sources, m, arg);
	/* What they drop, another configuration may use. */
	if (use & ~(unsigned)VN_USE_KNOWN)
		return (use);
	for (m = first; m != NULL; m = vn_macros_next(macros, m)) {
		use |= vn_macro_use(macros, sources, m, arg);
		if ((use & VN_USE_KNOWN) && !(use & VN_USE_PLAIN) &&
		    has_function(sources->items[m->source], name, len))
			use |= VN_USE_PLAIN;
	}
	return (use);
}
