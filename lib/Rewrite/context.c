/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Judging an identifier by its neighbours, its brackets and its function.
 */

#include <string.h>

#include "Facts/source.h"

#include "Rewrite/context_impl.h"
#include "Rewrite/decl.h"
#include "Rewrite/expand.h"
#include "Rewrite/macros.h"
#include "Rewrite/scope.h"
#include "Rewrite/words.h"

/* A place in the source, and the name of its token. */
static struct vn_asked
place_of(const struct vn_macros *macros, const struct vn_sources *sources,
    const struct vn_source *s, int t)
{
	struct vn_asked p = { .macros = macros, .sources = sources,
	    .source = s, .tok = t };

	p.name = vn_tok_text(s, t, &p.len);
	return (p);
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
	    vn_tok_word(s, p, "else") || vn_tok_word(s, p, "do") ||
	    (vn_tok_punct(s, p, ")") && (s->lex.toks[t].flags & VN_TF_LINE)));
}

static bool
is_string(const struct vn_source *s, int t)
{

	return (t >= 0 && s->lex.toks[t].kind == VN_TOK_STRING);
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
	if (vn_tok_punct(s, p, "[") && vn_tok_punct(s, n, "]") &&
	    is_string(s, vn_tok_next(s, n)))
		return (OTHER("operand of asm"));
	if (vn_tok_word(s, p, "goto") || vn_tok_word(s, p, "__label__") ||
	    (vn_tok_punct(s, p, "&&") && !ends_operand(s, vn_tok_prev(s, p))))
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
struct vn_context
vn_context_brace(const struct vn_source *source, int t)
{
	const struct vn_source *s = source;
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
		use = vn_macros_use_at(macros, sources, s, callee, arg);
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

/* Is token t an array bound? */
static bool
in_bound(const struct vn_source *s, int t)
{

	for (int up = s->outline.up[t]; up >= 0; up = s->outline.up[up])
		if (vn_tok_punct(s, up, "["))
			return (true);
	return (false);
}

/* The variable that a function declares itself. */
static struct vn_context
by_storage(const struct vn_source *s, int local, int t)
{
	struct vn_context c = OTHER("local");
	struct vn_decl d;

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

struct vn_context
vn_context_bound(const struct vn_asked *place,
    const struct vn_function *function)
{
	const struct vn_asked *p = place;
	const struct vn_function *f = function;
	struct vn_bound b;

	if (p->tok < f->body) {
		b = vn_scope_parameter(p, f);
		return (b.kind == VN_BOUND_NOT ? UNDECIDED :
		    OTHER("parameter"));
	}
	b = vn_scope_find(p, f);
	if (b.kind == VN_BOUND_LOCAL)
		return (by_storage(p->source, b.tok, p->tok));
	if (b.kind == VN_BOUND_MAYBE)
		return (IS(VN_MEANS_UNSURE, "an argument of a macro that "
		    "starts the function"));
	return (b.kind == VN_BOUND_PARAMETER ? OTHER("parameter") : UNDECIDED);
}

static struct vn_context
in_function(const struct vn_asked *p, const struct vn_function *f)
{
	const struct vn_source *s = p->source;
	struct vn_context c;

	if (p->tok < f->body && !in_bound(s, p->tok))
		return (OTHER("parameter"));
	c = vn_context_bound(p, f);
	if (decided(c) || c.hidden)
		return (c);
	if (vn_scope_prose(s, p->tok))
		return (IS(VN_MEANS_UNSURE, "not C"));
	if (vn_scope_prototype(s, p->tok))
		return (OTHER("parameter"));
	return (vn_scope_beside_word(s, p->tok) ? IS(VN_MEANS_UNSURE,
	    "not C") : c);
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

/* "*name," or "type name)" between parentheses at file scope. */
static bool
looks_parameter(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t), n = vn_tok_next(s, t), up = s->outline.up[t];

	return (up >= 0 && vn_tok_punct(s, up, "(") &&
	    vn_scope_ends_type(s, p) && (vn_tok_punct(s, n, ",") ||
	    vn_tok_punct(s, n, ")") || vn_tok_punct(s, n, "[")));
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
		if (vn_tok_ident(s, q) && vn_tok_same(s, q, t))
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
	if (vn_scope_prototype(s, t))
		return (OTHER("parameter"));
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
	int arg, callee = vn_tok_call(s, t, &arg);

	if (decided(c))
		return (c);
	for (size_t i = 0; i < s->outline.nfunctions; i++)
		if (s->outline.functions[i].name == t)
			return (OTHER("function"));
	if (vn_decl_read(&d, s, t))
		c = by_declaration(s, &d, t);
	else if (vn_decl_virtualized(s, t))
		c.constant = !vn_context_unevaluated(s, t);
	else if (looks_parameter(s, t))
		c = OTHER("parameter");
	else if (callee != -1 && (!vn_tok_keyword(s, callee) ||
	    vn_tok_word(s, callee, "sizeof")))
		c.constant = !vn_context_unevaluated(s, t);
	else
		c = IS(VN_MEANS_UNSURE, "not a declaration");
	vn_decl_free(&d);
	if (c.meaning != VN_MEANS_OTHER && vn_scope_prose(s, t))
		return (IS(VN_MEANS_UNSURE, "not C"));
	return (c);
}

/* The macro's parameter of the name, or -1. */
static int
macro_parameter(const struct vn_asked *p)
{
	const struct vn_source *s = p->source;
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[p->tok].dir) || m.params == -1)
		return (-1);
	for (int t = m.params + 1; t < m.body; t++)
		if (vn_asked_spells(p, s, t))
			return (t);
	return (-1);
}

static bool
is_extern(const struct vn_source *s, int t)
{
	struct vn_decl d;
	bool is = vn_decl_read(&d, s, t) && vn_decl_named(&d, t) != NULL &&
	    d.storage == VN_STORAGE_EXTERN;

	vn_decl_free(&d);
	return (is);
}

int
vn_context_local(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source, int t,
    const char *name)
{
	struct vn_asked p = { .macros = macros, .sources = sources,
	    .source = source, .tok = t, .name = name,
	    .len = (unsigned)strlen(name) };
	const struct vn_function *f;
	struct vn_bound b;

	if (source->lex.toks[t].dir != -1)
		return (macro_parameter(&p) != -1 ? macro_parameter(&p) :
		    vn_context_body_local(&p));
	f = vn_outline_function(&source->outline, t);
	if (f == NULL || t < f->body)
		return (-1);
	b = vn_scope_find(&p, f);
	return (b.kind == VN_BOUND_LOCAL && is_extern(source, b.tok) ? -1 :
	    b.tok);
}

struct vn_context
vn_context_of(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source, int t)
{
	const struct vn_function *f;
	struct vn_context c = UNDECIDED;
	struct vn_asked p;
	bool directive = source->lex.toks[t].dir != -1;

	if ((directive && decided(c = by_directive(source, t))) ||
	    decided(c = by_neighbours(source, t)) ||
	    decided(c = vn_context_brace(source, t))) {
		c.sure = true;
		return (c);
	}
	if (decided(c = by_calls(macros, sources, source, t)))
		return (c);
	p = place_of(macros, sources, source, t);
	if (directive)
		return (vn_context_body(&p));
	f = vn_outline_function(&source->outline, t);
	return (f == NULL ? at_file_scope(source, t) : in_function(&p, f));
}
