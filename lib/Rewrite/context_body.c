/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A name in the body of a macro: what is it where the macro is used?
 */

#include "Facts/source.h"

#include "Rewrite/context_impl.h"
#include "Rewrite/macros.h"
#include "Rewrite/scope.h"

int
vn_context_body_local(const struct vn_asked *place)
{
	const struct vn_asked *p = place;
	const struct vn_source *s = p->source;
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[p->tok].dir))
		return (-1);
	for (int t = m.body; t <= p->tok; t++)
		if (vn_asked_spells(p, s, t) && vn_scope_declares(s, t,
		    p->tok))
			return (t);
	return (-1);
}

/* Is token t a call of the macro, or its name alone if it has no parameters? */
static bool
is_use(const struct vn_source *s, const struct vn_macro *m, int t)
{
	int dir = s->lex.toks[t].dir;

	if (dir != -1 && (s->lex.dirs[dir].kind != VN_DIR_DEFINE ||
	    t == (int)s->lex.dirs[dir].tok + 2))
		return (false);
	return (m->params == -1 || vn_tok_punct(s, vn_tok_next(s, t), "("));
}

static bool
is_undefined(const struct vn_source *s, int t)
{
	int dir = s->lex.toks[t].dir;

	return (dir != -1 && s->lex.dirs[dir].kind == VN_DIR_UNDEF);
}

/* What the uses of a macro make of a name in its body. */
struct uses {
	unsigned	bound;	/* there it is a local or a parameter */
	unsigned	bare;	/* there it is the variable */
	unsigned	member, tag;
};

static void count_uses(const struct vn_asked *body, struct uses *u, int depth);

/* One use of the macro, at token t of the source. */
static void
count_use(const struct vn_asked *body, const struct vn_source *s, int t,
    bool first, struct uses *u, int depth)
{
	const struct vn_function *f;
	struct vn_asked p = *body;
	int before = vn_tok_prev(s, t);

	p.source = s;
	p.tok = t;
	if (first && (vn_tok_punct(s, before, ".") ||
	    vn_tok_punct(s, before, "->")))
		u->member++;
	else if (first && (vn_tok_word(s, before, "struct") ||
	    vn_tok_word(s, before, "union") || vn_tok_word(s, before, "enum")))
		u->tag++;
	else if (s->lex.toks[t].dir != -1 && vn_context_body_local(&p) != -1)
		u->bound++;
	else if (s->lex.toks[t].dir != -1)
		count_uses(&p, u, depth + 1);
	else if ((f = vn_outline_function(&s->outline, t)) != NULL) {
		struct vn_context c = vn_context_bound(&p, f);

		if (decided(c) || c.hidden)
			u->bound++;
		else
			u->bare++;
	} else
		u->bare++;
}

/* The uses of the macro whose body the place is in. */
static void
count_uses(const struct vn_asked *body, struct uses *u, int depth)
{
	const struct vn_source *home = body->source;
	struct vn_asked macro = *body;
	struct vn_macro m;

	if (depth > 6 || !vn_macro_read(&m, home,
	    home->lex.toks[body->tok].dir))
		return;
	macro.name = vn_tok_text(home, m.name, &macro.len);
	if (vn_asked_spells(body, home, m.name))
		return;
	for (size_t i = 0; i < body->sources->count; i++) {
		const struct vn_source *s = body->sources->items[i];

		if (!s->opened || (s != home && !vn_source_is_header(home)))
			continue;
		for (int t = s == home ? m.end : 0;
		    t < (int)s->lex.ntoks; t++) {
			if (!vn_asked_spells(&macro, s, t))
				continue;
			if (s == home && is_undefined(s, t))
				break;
			if (is_use(s, &m, t))
				count_use(body, s, t, m.body == body->tok, u,
				    depth);
		}
	}
}

/*
 * "#define a x" and "#define a x.b" in a file where a struct has a member x:
 * aliases of members look like that.
 */
static bool
is_member_too(const struct vn_asked *p)
{
	const struct vn_source *s = p->source;
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[p->tok].dir) ||
	    m.params != -1 || m.body != p->tok)
		return (false);
	for (int t = 0; t < (int)s->lex.ntoks; t++)
		if (s->lex.toks[t].dir == -1 && vn_asked_spells(p, s, t) &&
		    decided(vn_context_brace(s, t)))
			return (true);
	return (false);
}

struct vn_context
vn_context_body(const struct vn_asked *place)
{
	const struct vn_asked *p = place;
	const struct vn_source *s = p->source;
	struct uses u = { 0 };
	bool declared;

	if (vn_context_body_local(p) != -1)
		return (OTHER("local"));
	declared = vn_scope_in_body(s, p->tok);
	if (declared && vn_tok_punct(s, s->outline.up[p->tok], "("))
		return (OTHER("parameter"));
	count_uses(p, &u, 0);
	if (u.bare + u.bound + u.member + u.tag == 0 && is_member_too(p))
		return (IS(VN_MEANS_UNSURE, "the body of a macro; a member "
		    "has that name, too"));
	if (declared && u.bound > 0)
		return (OTHER("local"));
	if (u.bare > 0 && u.bound + u.member + u.tag > 0)
		return (IS(VN_MEANS_UNSURE, "its macro is used where something "
		    "else has that name, too"));
	if (u.bound > 0)
		return (OTHER("local"));
	return (u.member > 0 ? OTHER("member") : u.tag > 0 ? OTHER("tag") :
	    UNDECIDED);
}
