/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What #defines do with their arguments.
 */

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/macros_impl.h"
#include "Rewrite/words.h"

/* An argument of a macro's name: what all #defines of the name do with it. */
struct argument {
	struct key {
		int	name;		/* index in the set of names */
		int	arg;
	}		 key;
	unsigned	 own;	/* VN_USE_* in the bodies themselves */
	struct arguments {
		VN_VEC(struct argument *) list;
	}		 passed; /* where the bodies pass it on to */
	unsigned	 use;	/* VN_USE_* with those; once it is final */
	int		 at;	/* of vn_macros_use_at, or -1 */
	unsigned	 walk;	/* the last one that came here */
	bool		 read, active, final;
	UT_hash_handle	 hh;
};

struct vn_macro_uses {
	struct argument	*all;		/* uthash head, owned */
	unsigned	 walks;
};

struct vn_macro_uses *
vn_macro_uses_new(void)
{

	return (vn_calloc(1, sizeof(struct vn_macro_uses)));
}

void
vn_macro_uses_free(struct vn_macro_uses *uses)
{
	struct argument *a, *next;

	HASH_ITER(hh, uses->all, a, next) {
		HASH_DEL(uses->all, a);
		VN_FREE(&a->passed.list);
		free(a);
	}
	free(uses);
}

/* The argument of a macro, or NULL where there is no #define of the name. */
static struct argument *
argument_of(const struct vn_macros *macros, const char *name, size_t len,
    int arg)
{
	struct key key = { vn_names_find(&macros->set, name, len), arg };
	struct vn_macro_uses *uses = macros->uses;
	struct argument *a;

	if (key.name == -1)
		return (NULL);
	HASH_FIND(hh, uses->all, &key, sizeof(key), a);
	if (a == NULL) {
		a = vn_calloc(1, sizeof(*a));
		a->key = key;
		a->at = -1;
		HASH_ADD(hh, uses->all, key, sizeof(a->key), a);
	}
	return (a);
}

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

/* How the body uses the parameter at token t; adds where it passes it on. */
static unsigned
use_of_token(const struct vn_macros *macros, const struct vn_source *s,
    const struct vn_macro *m, int t, struct arguments *passed)
{
	const struct vn_word *word;
	struct argument *inner;
	int arg, callee;
	unsigned len;
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
	if (callee == -1)
		return (VN_USE_PLAIN);
	text = vn_tok_text(s, callee, &len);
	word = vn_word_find(text, len);
	if (word != NULL && word->kind == VN_WORD_OFFSETOF &&
	    word->pointer == arg)
		return (VN_USE_MEMBER);
	inner = argument_of(macros, text, len, arg);
	if (inner == NULL)
		return (VN_USE_PLAIN);
	VN_PUSH(&passed->list, inner);
	return (0);
}

/* What the body of one #define does itself. */
static unsigned
use_in_one(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_macro *m, int arg, struct arguments *passed)
{
	const struct vn_source *s = sources->items[m->source];
	int param = vn_macro_param(s, m, arg);
	unsigned use = VN_USE_KNOWN;

	/* What has fewer parameters is another macro of that name. */
	if (m->params == -1 || param == -1)
		return (0);
	for (int t = m->body; t < m->end; t++)
		if (vn_macro_spells(s, t, param))
			use |= use_of_token(macros, s, m, t, passed);
	return (use);
}

static void
read_argument(const struct vn_macros *macros, const struct vn_sources *sources,
    struct argument *a)
{

	if (a->read)
		return;
	a->read = true;
	for (int i = macros->heads.items[a->key.name]; i != -1;
	    i = macros->items.items[i].next)
		a->own |= use_in_one(macros, sources, &macros->items.items[i],
		    a->key.arg, &a->passed);
}

/* A use, seen from a body that passes its argument there. */
static unsigned
from_outside(unsigned use)
{

	return (use & VN_USE_STRING ?
	    (use & ~(unsigned)VN_USE_STRING) | VN_USE_XSTRING : use);
}

/*
 * All that this walk has not seen yet of what an argument is used for.  In its
 * own expansion a macro is no macro (C11 6.10.3.4): plain.
 */
static unsigned
walk(const struct vn_macros *macros, const struct vn_sources *sources,
    struct argument *a)
{
	unsigned use;

	read_argument(macros, sources, a);
	if (!(a->own & VN_USE_KNOWN))
		return (VN_USE_PLAIN);
	if (a->final)
		return (a->use);
	if (a->active)
		return (a->own | VN_USE_PLAIN);
	if (a->walk == macros->uses->walks)
		return (0);
	a->walk = macros->uses->walks;
	a->active = true;
	use = a->own;
	for (size_t i = 0; i < a->passed.list.count; i++)
		use |= from_outside(walk(macros, sources,
		    a->passed.list.items[i]));
	a->active = false;
	return (use);
}

/*
 * What an argument is used for.  Only where the walk began is all of it seen:
 * what it found on its way may lack what was seen before, and is forgotten.
 */
static unsigned
use_of(const struct vn_macros *macros, const struct vn_sources *sources,
    struct argument *a)
{

	if (!a->final) {
		macros->uses->walks++;
		a->use = walk(macros, sources, a);
		a->final = true;
	}
	return (a->use);
}

unsigned
vn_macro_use(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_macro *macro, int arg)
{
	struct arguments passed = { 0 };
	unsigned use = use_in_one(macros, sources, macro, arg, &passed);

	for (size_t i = 0; i < passed.list.count; i++)
		use |= from_outside(use_of(macros, sources,
		    passed.list.items[i]));
	VN_FREE(&passed.list);
	return (use);
}

unsigned
vn_macros_use(const struct vn_macros *macros,
    const struct vn_sources *sources, const char *name, size_t len, int arg)
{
	struct argument *a = argument_of(macros, name, len, arg);

	if (a == NULL)
		return (0);
	read_argument(macros, sources, a);
	return (a->own & VN_USE_KNOWN ? use_of(macros, sources, a) : 0);
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

/*
 * What any #define of the name uses it for; a function of that name beside one
 * uses it, too.
 */
static unsigned
use_anywhere(const struct vn_macros *macros, const struct vn_sources *sources,
    struct argument *a)
{
	const char *name = macros->names.items[a->key.name];
	unsigned len = (unsigned)strlen(name);
	unsigned use = vn_macros_use(macros, sources, name, len, a->key.arg);

	if (!(use & VN_USE_KNOWN) || (use & VN_USE_PLAIN))
		return (use);
	for (int i = macros->heads.items[a->key.name]; i != -1;
	    i = macros->items.items[i].next)
		if (has_function(sources->items[macros->items.items[i].source],
		    name, len))
			return (use | VN_USE_PLAIN);
	return (use);
}

unsigned
vn_macros_use_at(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source,
    int callee, int arg)
{
	unsigned len, use = 0;
	const char *name = vn_tok_text(source, callee, &len);
	const struct vn_macro *m = vn_macros_find(macros, name, len);
	struct argument *a = argument_of(macros, name, len, arg);

	for (; m != NULL; m = vn_macros_next(macros, m))
		if (sources->items[m->source] == source &&
		    is_live(source, m, callee))
			use |= vn_macro_use(macros, sources, m, arg);
	/* What they drop, another configuration may use. */
	if (a == NULL || (use & ~(unsigned)VN_USE_KNOWN))
		return (use);
	if (a->at == -1)
		a->at = (int)use_anywhere(macros, sources, a);
	return (use | (unsigned)a->at);
}
