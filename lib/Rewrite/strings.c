/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 6, too: arguments that were edited and that a macro makes a string of
 * as well (C11 6.10.3.2).  The code is right, but what a log or a panic says
 * is another text; a remark says which.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"

/* A call that had its remark for a name. */
struct told {
	int	source, callee, name;
};

struct strings {
	struct vn_plan		*plan;
	VN_VEC(struct told)	 told;
};

/*
 * VN_USE_* of the argument in the definitions that some unit sees together
 * with the source; in all of them where there is no such.
 */
static unsigned
visible_use(const struct vn_plan *plan, int source, int callee, int arg)
{
	unsigned len, use = 0;
	const char *name = vn_tok_text(plan->sources->items[source], callee,
	    &len);

	for (const struct vn_macro *m = vn_macros_find(plan->macros, name, len);
	    m != NULL; m = vn_macros_next(plan->macros, m))
		if (m->source == source ||
		    vn_plan_sees(plan, source, m->source))
			use |= vn_macro_use(plan->macros, plan->sources, m,
			    arg);
	return (use != 0 ? use : vn_macros_use(plan->macros, plan->sources,
	    name, len, arg));
}

static void
put(struct vn_strbuf *sb, const struct vn_source *s, int t)
{

	vn_strbuf_add(sb, s->data + s->lex.toks[t].off, s->lex.toks[t].len);
}

/* What "VNET_NAME(x)" at token t virtualizes, or NULL. */
static const struct vn_occurrence *
wrapped(const struct vn_plan *plan, const struct vn_source *s, int source,
    int t)
{
	const struct vn_occurrence *o;
	int arg;

	if (!vn_tok_word(s, t, plan->style->address) ||
	    t + 3 >= (int)s->lex.ntoks)
		return (NULL);
	o = vn_plan_at(plan, source, s->lex.toks[t + 2].off);
	return (o != NULL && o->done && vn_tok_call(s, t + 2, &arg) == t ? o :
	    NULL);
}

/* One token as it was, and as it will be; returns the last one passed. */
static int
put_both(const struct vn_plan *plan, const struct vn_source *s, int source,
    int t, struct vn_strbuf *was, struct vn_strbuf *is)
{
	const struct vn_occurrence *o = wrapped(plan, s, source, t);

	if (o != NULL) {
		vn_strbuf_puts(was, vn_plan_plain(plan, o->name));
		for (int end = t + 3; t < end; t++)
			put(is, s, t);
		put(is, s, t);
		return (t);
	}
	o = vn_plan_at(plan, source, s->lex.toks[t].off);
	if (o == NULL || o->cls != VN_EDITED || o->target == -1) {
		put(was, s, t);
		put(is, s, t);
		return (t);
	}
	vn_strbuf_puts(was, vn_plan_plain(plan, o->name));
	if (vn_occ_prefixed(o))
		vn_strbuf_puts(is, vn_plan_prefixed(plan, o->name));
	else
		vn_strbuf_printf(is, "%s(%s)", plan->style->address,
		    vn_plan_plain(plan, o->name));
	return (t);
}

/* The argument's text before and after, spaced as # does it. */
static void
spell_argument(const struct vn_plan *plan, int source, int callee, int arg,
    struct vn_strbuf *was, struct vn_strbuf *is)
{
	const struct vn_source *s = plan->sources->items[source];
	int last, t = vn_call_arg(s, callee, arg, &last), end;

	for (; t != -1 && t <= last; t = vn_tok_next(s, t)) {
		if (was->len > 0 && s->lex.toks[t].off > vn_tok_end(s,
		    vn_tok_prev(s, t))) {
			vn_strbuf_putc(was, ' ');
			vn_strbuf_putc(is, ' ');
		}
		end = put_both(plan, s, source, t, was, is);
		while (t < end)
			t = vn_tok_next(s, t);
	}
}

static void
tell(struct strings *strings, const struct vn_occurrence *o, int callee,
    int arg, unsigned use)
{
	struct vn_plan *plan = strings->plan;
	const struct vn_source *s = plan->sources->items[o->source];
	struct vn_strbuf was = { 0 }, is = { 0 };
	unsigned len;
	const char *macro = vn_tok_text(s, callee, &len);
	char *before, *after;

	spell_argument(plan, o->source, callee, arg, &was, &is);
	before = vn_strbuf_take(&was);
	after = vn_strbuf_take(&is);
	if (use & VN_USE_STRING)
		vn_plan_note(plan, o->source, o->off, "stringized", "%.*s "
		    "makes a string of its argument, too: what said '%s' says "
		    "'%s' now", (int)len, macro, before, after);
	else
		vn_plan_note(plan, o->source, o->off, "stringized", "%.*s "
		    "expands its argument and makes a string of that, too: "
		    "what said '%s' says what '%s' stands for, %s(%s)",
		    (int)len, macro, before, after, plan->style->access,
		    vn_plan_plain(plan, o->name));
	free(before);
	free(after);
}

/* Is it the first of its name in the call? */
static bool
is_first(struct strings *strings, const struct vn_occurrence *o, int callee)
{
	struct told told = { o->source, callee, o->name };

	for (size_t i = 0; i < strings->told.count; i++) {
		const struct told *p = &strings->told.items[i];

		if (p->source == told.source && p->callee == callee &&
		    p->name == told.name)
			return (false);
	}
	VN_PUSH(&strings->told, told);
	return (true);
}

/* Each call around the token: # takes its argument as it is spelled. */
static void
look(struct strings *strings, const struct vn_occurrence *o)
{
	const struct vn_plan *plan = strings->plan;
	const struct vn_source *s = plan->sources->items[o->source];

	for (int at = o->tok; at >= 0; at = s->outline.up[at]) {
		int arg, callee = vn_tok_call(s, at, &arg);
		unsigned use;

		if (callee == -1)
			continue;
		use = visible_use(plan, o->source, callee, arg);
		if ((use & (VN_USE_STRING | VN_USE_XSTRING)) &&
		    is_first(strings, o, callee))
			tell(strings, o, callee, arg, use);
	}
}

void
vn_plan_strings(struct vn_plan *plan)
{
	struct strings strings = { .plan = plan };

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls == VN_EDITED && o->target != -1 && !o->outside &&
		    o->role == VN_ROLE_REF)
			look(&strings, o);
	}
	VN_FREE(&strings.told);
}
