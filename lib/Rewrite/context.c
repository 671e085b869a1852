/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Judging an identifier by its neighbours, its brackets and its function.
 */

#include <string.h>

#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/decl.h"
#include "Rewrite/expand.h"
#include "Rewrite/macros.h"
#include "Rewrite/words.h"

#define	IS(m, w)	((struct vn_context){ .meaning = (m), .what = (w) })
#define	OTHER(w)	IS(VN_MEANS_OTHER, w)
#define	UNDECIDED	IS(VN_MEANS_REF, NULL)

/* A judgement other than "a use, as far as this rule goes". */
static bool
decided(struct vn_context c)
{

	return (c.meaning != VN_MEANS_REF);
}

static struct vn_context
by_directive(const struct vn_source *s, int t)
{
	const struct vn_dir *dir = &s->lex.dirs[s->lex.toks[t].dir];
	struct vn_macro m;

	if (dir->kind == VN_DIR_OTHER)
		return (OTHER("directive text"));
	if (dir->kind != VN_DIR_DEFINE || !vn_macro_read(&m, s,
	    s->lex.toks[t].dir))
		return (OTHER("macro name"));
	if (t == m.name)
		return (OTHER("macro name"));
	if (t < m.body || vn_macro_is_param(s, &m, t))
		return (OTHER("macro parameter"));
	if (vn_tok_punct(s, t - 1, "##") ||
	    (t + 1 < m.end && vn_tok_punct(s, t + 1, "##")))
		return (OTHER("pasted"));
	return (UNDECIDED);
}

/* Is token t the first of a statement, or a label's place? */
static bool
starts_statement(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t);

	return (vn_tok_punct(s, p, ";") || vn_tok_punct(s, p, "{") ||
	    vn_tok_punct(s, p, "}") || vn_tok_punct(s, p, ":") ||
	    (vn_tok_punct(s, p, ")") && (s->lex.toks[t].flags & VN_TF_LINE)));
}

/* Can token t end an operand, so that a binary operator may follow? */
static bool
ends_operand(const struct vn_source *s, int t)
{

	return (t >= 0 && (s->lex.toks[t].kind != VN_TOK_PUNCT ||
	    vn_tok_punct(s, t, ")") || vn_tok_punct(s, t, "]") ||
	    vn_tok_punct(s, t, "++") || vn_tok_punct(s, t, "--")) &&
	    !vn_tok_keyword(s, t));
}

static struct vn_context
by_neighbours(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), n = vn_tok_next(s, t);
	int up = s->outline.up[t];

	if (vn_tok_punct(s, p, ".") || vn_tok_punct(s, p, "->"))
		return (OTHER("member"));
	if (vn_tok_word(s, p, "struct") || vn_tok_word(s, p, "union") ||
	    vn_tok_word(s, p, "enum"))
		return (OTHER("tag"));
	if (vn_tok_word(s, p, "goto") || (vn_tok_punct(s, p, "&&") &&
	    !ends_operand(s, vn_tok_prev(s, p))))
		return (OTHER("label"));
	if (vn_tok_punct(s, n, ":") && up >= 0 && vn_tok_punct(s, up, "{")) {
		if (s->outline.brace[up] == VN_BRACE_INIT &&
		    (vn_tok_punct(s, p, "{") || vn_tok_punct(s, p, ",")))
			return (OTHER("member"));
		if (starts_statement(s, t) &&
		    s->outline.brace[up] != VN_BRACE_STRUCT)
			return (OTHER("label"));
	}
	return (UNDECIDED);
}

/* Members and enumerators: the innermost brace that is no initializer's. */
static struct vn_context
by_brace(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), at = t, up;

	for (up = s->outline.up[t]; up >= 0; at = up, up = s->outline.up[up]) {
		if (vn_tok_punct(s, up, "["))
			return (UNDECIDED);
		if (!vn_tok_punct(s, up, "{"))
			continue;
		if (s->outline.brace[up] == VN_BRACE_STRUCT)
			return (OTHER(at == t ? "member" : "parameter"));
		if (s->outline.brace[up] == VN_BRACE_ENUM &&
		    (vn_tok_punct(s, p, "{") || vn_tok_punct(s, p, ",")))
			return (OTHER("enumerator"));
		break;
	}
	return (UNDECIDED);
}

/* An argument that is looked for in what is pasted. */
struct sought {
	const struct vn_source	*s;
	int			 tok;
};

/* Does the ## have nothing to paste to the name? */
static bool
keeps_name(const struct vn_paste *paste, void *arg)
{
	struct sought *sought = arg;

	return (paste->npieces == 1 && paste->given[0] && vn_tok_word(sought->s,
	    sought->tok, paste->result));
}

/* The use of an argument, known not to be just put in the text. */
static struct vn_context
by_use(unsigned use, bool in_function)
{

	if (use & VN_USE_DECLARE)
		return (in_function ? OTHER("local") :
		    IS(VN_MEANS_DEF, NULL));
	if (use & VN_USE_TAG)
		return (OTHER("tag"));
	if (use & VN_USE_MEMBER)
		return (OTHER("member"));
	return (OTHER((use & (VN_USE_STRING | VN_USE_XSTRING | VN_USE_PASTE)) ?
	    "stringized or pasted argument" : "argument that no macro uses"));
}

/* The macros whose argument the token is, from the inside out. */
static struct vn_context
by_calls(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_source *s, int t)
{
	struct sought sought = { s, t };
	int arg, callee, at = t;

	while ((callee = vn_tok_call(s, at, &arg)) != -1) {
		unsigned len, use;
		const char *name = vn_tok_text(s, callee, &len);
		const struct vn_word *word = vn_word_find(name, len);

		if (word != NULL && word->kind == VN_WORD_OFFSETOF &&
		    arg == word->pointer)
			return (OTHER("member"));
		if (word != NULL && word->kind == VN_WORD_UNUSED)
			return (OTHER("argument that no macro uses"));
		if (word != NULL && word->leaf != -1 && arg == word->leaf)
			return (OTHER("sysctl leaf"));
		if (vn_word_is_queue_head(name, len))
			return (OTHER("tag"));
		use = vn_macros_use(macros, sources, name, len, arg);
		if ((use & VN_USE_PASTE) && vn_expand_pastes(macros, sources,
		    s, callee, keeps_name, &sought))
			use |= VN_USE_PLAIN;
		if ((use & VN_USE_DECLARE) || ((use & VN_USE_KNOWN) &&
		    !(use & VN_USE_PLAIN)))
			return (by_use(use, vn_outline_function(&s->outline,
			    t) != NULL));
		at = s->outline.up[at];
	}
	return (UNDECIDED);
}

/* Does token t end what can be a type or the start of a declarator? */
static bool
ends_type(const struct vn_source *s, int t)
{

	while (vn_tok_punct(s, t, "*"))
		t = vn_tok_prev(s, t);
	return (vn_tok_ident(s, t) && !vn_tok_keyword(s, t));
}

/*
 * Is token t, a name in a function's body, the declarator of a local?  What
 * reads as a declaration is one: "a * b;" is no statement anybody writes.
 */
static bool
declares(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), up = s->outline.up[t];
	struct vn_decl d;
	bool is;

	if (vn_tok_punct(s, p, ".") || vn_tok_punct(s, p, "->"))
		return (false);
	/* An enumerator declared here. */
	if (up >= 0 && s->outline.brace[up] == VN_BRACE_ENUM)
		return (vn_tok_punct(s, p, "{") || vn_tok_punct(s, p, ","));
	is = vn_decl_read(&d, s, t) && vn_decl_named(&d, t) != NULL;
	vn_decl_free(&d);
	return (is);
}

/* A name, as a token spells it. */
struct word {
	const char	*text;
	unsigned	 len;
};

static struct word
word_of(const struct vn_source *s, int t)
{
	struct word w;

	w.text = vn_tok_text(s, t, &w.len);
	return (w);
}

static bool
spells(const struct vn_source *s, int t, struct word w)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);

	return (len == w.len && memcmp(text, w.text, len) == 0);
}

static bool
same_spelling(const struct vn_source *s, int a, int b)
{

	return (spells(s, a, word_of(s, b)));
}

/* Does the bracket open enclose token t? */
static bool
encloses(const struct vn_source *s, int open, int t)
{

	return (open < 0 || (open < t && (s->outline.match[open] < 0 ||
	    s->outline.match[open] > t)));
}

/* The last token of the statement that starts at t. */
static int
statement_end(const struct vn_source *s, int t)
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
	end = statement_end(s, vn_tok_next(s, s->outline.match[up]));
	return (t >= p && (end < 0 || t <= end));
}

/* Is token t an argument of which the macro makes a declaration? */
static bool
macro_declares(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *s, int t)
{
	int arg, callee = vn_tok_call(s, t, &arg);
	unsigned len;
	const char *name;

	if (callee == -1)
		return (false);
	name = vn_tok_text(s, callee, &len);
	return (vn_macros_use(macros, sources, name, len, arg) &
	    VN_USE_DECLARE);
}

/* The nearest declaration of the name in t's function that t sees, or -1. */
static int
find_local(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_source *s, const struct vn_function *f, int t,
    struct word name)
{

	for (int p = t; p > f->body; p--)
		if (vn_tok_ident(s, p) && s->lex.toks[p].dir == -1 &&
		    spells(s, p, name) && in_scope(s, p, t) &&
		    (declares(s, p) || macro_declares(macros, sources, s, p)))
			return (p);
	return (-1);
}

/* The parameter of f of that name, in its list or K&R declarations, or -1. */
static int
find_parameter(const struct vn_source *s, const struct vn_function *f,
    struct word name)
{

	for (int p = f->params + 1; p < f->body; p++) {
		int n = vn_tok_next(s, p), up = s->outline.up[p];

		/* Not those of a parameter that is a function itself. */
		if (up != f->params && up >= 0 &&
		    !(vn_tok_punct(s, vn_tok_prev(s, p), "*") &&
		    s->outline.up[up] == f->params))
			continue;
		if (vn_tok_ident(s, p) && spells(s, p, name) &&
		    !vn_tok_word(s, vn_tok_prev(s, p), "struct") &&
		    !vn_tok_word(s, vn_tok_prev(s, p), "union") &&
		    !vn_tok_word(s, vn_tok_prev(s, p), "enum") &&
		    (vn_tok_punct(s, n, ",") || vn_tok_punct(s, n, ")") ||
		    vn_tok_punct(s, n, "[") || vn_tok_punct(s, n, ";")))
			return (p);
	}
	return (-1);
}

/*
 * In a macro's body: the declaration of the name between braces there that is
 * in scope at t, or -1.
 */
static int
find_macro_local(const struct vn_source *s, const struct vn_macro *m, int t,
    struct word name)
{

	for (int p = m->body; p <= t; p++)
		if (vn_tok_ident(s, p) && spells(s, p, name) &&
		    s->outline.up[p] >= 0 &&
		    encloses(s, s->outline.up[p], t) && declares(s, p))
			return (p);
	return (-1);
}

static struct vn_context
by_macro_local(const struct vn_source *s, int t)
{
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[t].dir) ||
	    find_macro_local(s, &m, t, word_of(s, t)) == -1)
		return (UNDECIDED);
	return (OTHER("local"));
}

/* "(int x)": two names in a row are a declaration's. */
static bool
in_prototype(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), up = s->outline.up[t];

	return (up >= 0 && vn_tok_punct(s, up, "(") && vn_tok_ident(s, p) &&
	    !vn_tok_keyword(s, p));
}

/* "type f(... x ...) {" around t in a function: a parameter of a nested one? */
static bool
is_inner_parameter(const struct vn_source *s, const struct vn_function *f,
    int t)
{

	for (int up = s->outline.up[t]; up > f->body; up = s->outline.up[up]) {
		int close = vn_tok_prev(s, up), open, name;

		if (!vn_tok_punct(s, up, "{") || !vn_tok_punct(s, close, ")") ||
		    (open = s->outline.match[close]) < 0)
			continue;
		name = vn_tok_prev(s, open);
		if (!vn_tok_ident(s, name) || vn_tok_keyword(s, name) ||
		    !ends_type(s, vn_tok_prev(s, name)))
			continue;
		for (int p = open + 1; p < close; p++)
			if (vn_tok_ident(s, p) && same_spelling(s, p, t) &&
			    s->outline.up[p] == open &&
			    ends_type(s, vn_tok_prev(s, p)))
				return (true);
	}
	return (false);
}

static struct vn_context
by_local(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_source *s, const struct vn_function *f, int t)
{
	int local = find_local(macros, sources, s, f, t, word_of(s, t));
	struct vn_context c = OTHER("local");
	struct vn_decl d;

	if (local == -1)
		return (find_parameter(s, f, word_of(s, t)) != -1 ||
		    in_prototype(s, t) || is_inner_parameter(s, f, t) ?
		    OTHER("parameter") : UNDECIDED);
	if (vn_decl_read(&d, s, local) && vn_decl_named(&d, local) != NULL) {
		if (d.storage == VN_STORAGE_EXTERN)
			c = local == t ? IS(VN_MEANS_DECL, NULL) : UNDECIDED;
		if (d.storage == VN_STORAGE_STATIC) {
			c = local == t ? IS(VN_MEANS_DEF, NULL) : UNDECIDED;
			c.hidden = true;
		}
	}
	vn_decl_free(&d);
	return (c);
}

static bool
is_extern(const struct vn_source *s, int t)
{
	struct vn_decl d;
	bool is = vn_decl_read(&d, s, t) && d.storage == VN_STORAGE_EXTERN;

	vn_decl_free(&d);
	return (is);
}

/* The parameter or local of the macro around t that has the name, or -1. */
static int
macro_local(const struct vn_source *s, int t, struct word name)
{
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[t].dir))
		return (-1);
	for (int p = m.params + 1; m.params != -1 && p < m.body; p++)
		if (spells(s, p, name))
			return (p);
	return (find_macro_local(s, &m, t, name));
}

int
vn_context_local(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source, int t,
    const char *name)
{
	const struct vn_function *f;
	struct word w = { name, (unsigned)strlen(name) };
	int local;

	if (source->lex.toks[t].dir != -1)
		return (macro_local(source, t, w));
	f = vn_outline_function(&source->outline, t);
	if (f == NULL || t < f->body)
		return (-1);
	local = find_local(macros, sources, source, f, t, w);
	if (local != -1)
		return (is_extern(source, local) ? -1 : local);
	return (find_parameter(source, f, w));
}

bool
vn_context_unevaluated(const struct vn_source *source, int t)
{
	int arg;

	if (vn_tok_word(source, vn_tok_prev(source, t), "sizeof"))
		return (true);
	for (int at = t; at >= 0; at = source->outline.up[at]) {
		const struct vn_word *word = vn_word_at(source,
		    vn_tok_call(source, at, &arg));

		if (word != NULL && word->kind == VN_WORD_UNEVALUATED)
			return (true);
	}
	return (false);
}

/* The word whose call holds token t directly, if it is a VNET one. */
static const struct vn_word *
vnet_word(const struct vn_source *s, int t, int *callee)
{
	const struct vn_word *word;
	int arg;

	*callee = vn_tok_call(s, t, &arg);
	word = vn_word_at(s, *callee);
	return (vn_word_is_vnet(word) && (word->pointer == -1 ||
	    word->pointer == arg) ? word : NULL);
}

bool
vn_token_is_static(const struct vn_source *source, int t)
{
	const struct vn_word *word;
	struct vn_decl d;
	bool is;
	int callee;

	if ((word = vnet_word(source, t, &callee)) != NULL)
		return (word->kind == VN_WORD_VNET_STATIC ||
		    vn_tok_word(source, vn_tok_prev(source, callee),
		    "static"));
	is = vn_decl_read(&d, source, t) && vn_decl_named(&d, t) != NULL &&
	    d.storage == VN_STORAGE_STATIC;
	vn_decl_free(&d);
	return (is);
}

/* Is token t an array bound? */
static bool
in_bound(const struct vn_source *s, int t)
{

	for (int up = s->outline.up[t]; up >= 0; up = s->outline.up[up])
		if (vn_tok_punct(s, up, "["))
			return (true);
	return (false);
}

/* "*name," or "type name)" between parentheses at file scope. */
static bool
looks_parameter(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), n = vn_tok_next(s, t), up = s->outline.up[t];

	return (up >= 0 && vn_tok_punct(s, up, "(") && ends_type(s, p) &&
	    (vn_tok_punct(s, n, ",") || vn_tok_punct(s, n, ")") ||
	    vn_tok_punct(s, n, "[")));
}

/*
 * "f(a, x) int x;" where no configuration shows the body: a K&R parameter.
 */
static bool
declares_kr(const struct vn_source *s, const struct vn_decl *d, int t)
{
	int p = vn_tok_prev(s, d->first), open;

	if (!vn_tok_punct(s, p, ")") || (open = s->outline.match[p]) < 0 ||
	    !vn_tok_ident(s, vn_tok_prev(s, open)))
		return (false);
	for (int q = vn_tok_next(s, open); q >= 0 && q < p;
	    q = vn_tok_next(s, q))
		if (vn_tok_ident(s, q) && same_spelling(s, q, t))
			return (true);
	return (false);
}

/* A declaration at file scope that holds t. */
static struct vn_context
by_declaration(const struct vn_source *s, const struct vn_decl *d, int t)
{
	const struct vn_declarator *c = vn_decl_named(d, t);
	struct vn_context ref = UNDECIDED;

	if (c != NULL && d->storage == VN_STORAGE_TYPEDEF)
		return (OTHER("typedef"));
	if (c != NULL && c->function)
		return (OTHER("function"));
	if (c != NULL && declares_kr(s, d, t))
		return (OTHER("parameter"));
	if (c != NULL && d->storage == VN_STORAGE_EXTERN && c->init == -1)
		return (IS(VN_MEANS_DECL, NULL));
	if (c != NULL)
		return (IS(VN_MEANS_DEF, NULL));
	for (size_t i = 0; i < d->items.count; i++) {
		c = &d->items.items[i];
		if (t > c->name && t <= c->last &&
		    (c->init == -1 || t < c->init) && !in_bound(s, t) &&
		    (c->function || c->nested || looks_parameter(s, t)))
			return (OTHER("parameter"));
	}
	ref.constant = !vn_context_unevaluated(s, t) && !in_bound(s, t);
	return (ref);
}

/* VNET_DEFINE(type, x) and its kin. */
static struct vn_context
by_vnet_word(const struct vn_source *s, int t)
{
	int callee;
	const struct vn_word *word = vnet_word(s, t, &callee);

	if (word == NULL || word->kind == VN_WORD_VNET)
		return (UNDECIDED);
	return (IS(word->kind == VN_WORD_VNET_DECLARE ? VN_MEANS_DECL :
	    VN_MEANS_DEF, NULL));
}

static struct vn_context
at_file_scope(const struct vn_source *s, int t)
{
	struct vn_context c = by_vnet_word(s, t);
	struct vn_decl d;
	int arg;

	if (decided(c))
		return (c);
	for (size_t i = 0; i < s->outline.nfunctions; i++)
		if (s->outline.functions[i].name == t)
			return (OTHER("function"));
	if (vn_decl_read(&d, s, t))
		c = by_declaration(s, &d, t);
	else if (looks_parameter(s, t))
		c = OTHER("parameter");
	else if (vn_tok_call(s, t, &arg) != -1)
		c.constant = !vn_context_unevaluated(s, t);
	else
		c = IS(VN_MEANS_UNSURE, "not a declaration");
	vn_decl_free(&d);
	return (c);
}

struct vn_context
vn_context_of(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source, int t)
{
	const struct vn_function *f;
	struct vn_context c = UNDECIDED;
	bool directive = source->lex.toks[t].dir != -1;

	if ((directive && decided(c = by_directive(source, t))) ||
	    decided(c = by_neighbours(source, t)) ||
	    decided(c = by_brace(source, t))) {
		c.sure = true;
		return (c);
	}
	if (decided(c = by_calls(macros, sources, source, t)))
		return (c);
	if (directive)
		return (by_macro_local(source, t));
	f = vn_outline_function(&source->outline, t);
	if (f == NULL)
		return (at_file_scope(source, t));
	if (t < f->body)
		return (in_bound(source, t) ? UNDECIDED : OTHER("parameter"));
	return (by_local(macros, sources, source, f, t));
}
