/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 4, for constants: with virtualization neither the address nor the value
 * of a variable is one.  A name that a static initializer needs is left,
 * unless that initializer can go to the function that init= names.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/decl.h"
#include "Rewrite/initializer.h"
#include "Rewrite/lift.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/words.h"

/* A use that needs a constant, and the object whose initializer it is in. */
struct need {
	struct vn_plan			*plan;
	const struct vn_occurrence	*o;
	const struct vn_source		*s;
	struct vn_target		*t;
	const char			*vname;		/* V_x */
	char				*at;		/* owned: "file:line" */
	struct vn_decl			 d;
	const struct vn_declarator	*owner;	/* of d, or NULL: a macro */
	int				 target; /* that owner is, or -1 */
};

/* ------ the function to write into ------ */

static const char general_function[] = "the per-vnet init function";

/* The function that a SYSINIT of the source calls, if there is only one. */
static char *
sysinit_function(const struct vn_source *s, const char *macro)
{
	char *found = NULL;

	for (int t = 0; t < (int)s->lex.ntoks; t++) {
		int arg, last;
		unsigned len;
		const char *text;

		if (s->lex.toks[t].dir != -1 || !vn_tok_word(s, t, macro) ||
		    (arg = vn_call_arg(s, t, 3, &last)) == -1 || arg != last)
			continue;
		text = vn_tok_text(s, arg, &len);
		if (found != NULL && (strlen(found) != len ||
		    memcmp(found, text, len) != 0)) {
			free(found);
			return (NULL);
		}
		free(found);
		found = vn_strndup(text, len);
	}
	return (found);
}

/* The function that initializes the target for each stack, for a person. */
static char *
function_of(const struct vn_plan *plan, const struct vn_target *t)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	const struct vn_source *s = plan->sources->items[t->home];
	char *name, *text;

	if (g->init != NULL)
		return (vn_asprintf("%s()", g->init));
	name = sysinit_function(s, "VNET_SYSINIT");
	if (name == NULL)
		name = sysinit_function(s, "SYSINIT");
	if (name == NULL)
		return (vn_strdup(general_function));
	text = vn_asprintf("%s()", name);
	free(name);
	return (text);
}

/* ------ macros that store an address ------ */

/* The statement of a macro's row, with its arguments as they will be. */
static char *
statement_of(const struct need *n, int callee)
{
	unsigned len;
	const char *text = vn_tok_text(n->s, callee, &len);
	const char *form = vn_word_statement(text, len);
	struct vn_strbuf sb = { 0 };

	if (form == NULL)
		return (NULL);
	for (; *form != '\0'; form++) {
		int first, last;

		if (*form != '%') {
			vn_strbuf_putc(&sb, *form);
			continue;
		}
		first = vn_call_arg(n->s, callee, *++form - '0', &last);
		if (first == -1) {
			vn_strbuf_free(&sb);
			return (NULL);
		}
		vn_plan_put(&sb, n->plan, n->o->source, first, last,
		    n->o->target, NULL);
	}
	return (vn_strbuf_take(&sb));
}

/* The outermost call around the token: its callee, or -1. */
static int
outer_call(const struct vn_source *s, int t)
{
	int found = -1;

	for (; t >= 0; t = s->outline.up[t]) {
		int arg, callee = vn_tok_call(s, t, &arg);

		if (callee != -1)
			found = callee;
	}
	return (found);
}

static void
block_macro(const struct need *n, int callee, const char *kind)
{
	unsigned len;
	const char *text = vn_tok_text(n->s, callee, &len);
	char *statement = statement_of(n, callee);
	char *function = function_of(n->plan, n->t);

	/* A SYSINIT's own function is not where to call it from. */
	if (statement != NULL && strncmp(statement, function,
	    strlen(function) - 1) == 0) {
		free(function);
		function = vn_strdup(general_function);
	}
	if (statement != NULL)
		vn_target_block(n->t, kind, "%.*s at %s stores its address in "
		    "a static object; write %s in %s", (int)len, text, n->at,
		    statement, function);
	else
		vn_target_block(n->t, kind, "%.*s at %s stores its address in "
		    "a static object; initialize %s in %s", (int)len, text,
		    n->at, n->vname, function);
	free(statement);
	free(function);
}

/* ------ initializers ------ */

/* A definition in virtualized form whose initializer holds the token. */
static void
find_virtualized(struct need *n)
{
	size_t i, end;
	struct vn_declarator c;

	for (i = vn_plan_range(n->plan, n->o->source, &end); i < end; i++)
		if (vn_lift_virtualized(n->plan,
		    &n->plan->occurrences.items[i], &c) &&
		    n->o->tok > c.init && n->o->tok <= c.last)
			VN_PUSH(&n->d.items, c);
}

/* The object whose initializer holds the token. */
static void
find_owner(struct need *n)
{
	const struct vn_occurrence *def;

	n->target = -1;
	if (!vn_decl_read(&n->d, n->s, n->o->tok)) {
		vn_decl_free(&n->d);
		find_virtualized(n);
	}
	for (size_t i = 0; i < n->d.items.count; i++) {
		const struct vn_declarator *c = &n->d.items.items[i];

		if (c->init != -1 && n->o->tok > c->init &&
		    n->o->tok <= c->last)
			n->owner = c;
	}
	if (n->owner == NULL)
		return;
	def = vn_plan_at(n->plan, n->o->source,
	    n->s->lex.toks[n->owner->name].off);
	if (def != NULL && def->role == VN_ROLE_DEF)
		n->target = def->target;
}

/* The function whose static the object is, or NULL. */
static const struct vn_function *
local_to(const struct need *n)
{

	return (vn_outline_function(&n->s->outline, n->owner->name));
}

/* The assignment that holds the token: "V_p.next = &V_x;", or NULL. */
static char *
assignment_of(const struct need *n)
{
	struct vn_stores stores;
	struct vn_strbuf sb = { 0 };
	unsigned len;
	const char *text = vn_tok_text(n->s, n->owner->name, &len);
	char *object = n->target == -1 ? vn_asprintf("%s%.*s",
	    local_to(n) == NULL ? n->plan->style->prefix : "", (int)len,
	    text) : vn_strdup(vn_plan_prefixed(n->plan,
	    n->plan->targets.items[n->target].as));

	vn_stores_read(&stores, n->plan, n->o->source, n->owner);
	for (size_t i = 0; i < stores.items.count; i++) {
		const struct vn_store *store = &stores.items.items[i];

		if (sb.len == 0 && n->o->tok >= store->first &&
		    n->o->tok <= store->last)
			vn_store_put(&sb, n->plan, n->o->source, store, object,
			    n->o->target);
	}
	vn_stores_free(&stores);
	free(object);
	return (sb.data);
}

/* An initializer that refers to its own variable: a queue head, mostly. */
static void
block_self(const struct need *n, const char *why)
{
	char *function = function_of(n->plan, n->t);
	char *write = assignment_of(n);
	char *text = write == NULL ? vn_asprintf("assign %s", n->vname) :
	    vn_asprintf("write %s", write);

	if (why == NULL)
		vn_target_block(n->t, "self-init", "its initializer at %s "
		    "refers to itself; drop it and %s in %s", n->at, text,
		    function);
	else
		vn_target_block(n->t, "self-init", "its initializer at %s "
		    "refers to itself and stays, since %s; drop it and %s in "
		    "%s", n->at, why, text, function);
	free(text);
	free(write);
	free(function);
}

/* Where the assignment belongs: an unlisted object's has to be made so. */
static char *
where_of(const struct need *n)
{
	const struct vn_function *f = local_to(n);
	unsigned len;
	const char *name;

	if (f == NULL || n->target != -1)
		return (function_of(n->plan, n->target == -1 ? n->t :
		    &n->plan->targets.items[n->target]));
	name = vn_tok_text(n->s, f->name, &len);
	return (vn_asprintf("%.*s()", (int)len, name));
}

static void
block_owner(const struct need *n, const char *why)
{
	char *function = where_of(n), *write = assignment_of(n);
	char *text = write == NULL ? vn_asprintf("assign from %s", n->vname) :
	    vn_asprintf("write %s", write);
	unsigned len;
	const char *name = vn_tok_text(n->s, n->owner->name, &len);
	char *first = n->target != -1 || local_to(n) != NULL ? vn_strdup("") :
	    vn_asprintf("list '%.*s' too, and ", (int)len, name);

	vn_target_block(n->t, "static-init", "the initializer of '%.*s' at %s "
	    "needs its address or value, which is no constant under %s%s%s; "
	    "%s%s in %s", (int)len, name, n->at, n->plan->style->option,
	    why == NULL ? "" : ", and stays, since ", why == NULL ? "" : why,
	    first, text, function);
	free(first);
	free(text);
	free(write);
	free(function);
}

/* No declaration that can be read: a macro makes the object. */
static void
block_unknown(const struct need *n)
{
	int callee = outer_call(n->s, n->o->tok);
	char *function;

	if (callee != -1) {
		block_macro(n, callee, "static-address");
		return;
	}
	function = function_of(n->plan, n->t);
	vn_target_block(n->t, "static-init", "a static initializer at %s "
	    "needs its address or value, which is no constant under %s; "
	    "assign from %s in %s", n->at, n->plan->style->option, n->vname,
	    function);
	free(function);
}

/* Can the initializer go elsewhere?  Else *why says what init= lacks. */
static bool
is_lifted(const struct need *n, const char **why)
{
	const struct vn_target *q;

	*why = NULL;
	if (n->target == -1)
		return (false);
	q = &n->plan->targets.items[n->target];
	if (!vn_target_converts(q) ||
	    n->plan->globals->items[q->global].init == NULL)
		return (false);
	*why = vn_lift_refused(n->plan, n->target);
	return (*why == NULL);
}

/*
 * What the use needs a constant for: false for nothing, or for what other
 * steps see to.
 */
static bool
needs_constant(const struct need *n, const struct vn_word *word, int arg)
{

	if (word != NULL && (word->kind == VN_WORD_SYSCTL ||
	    word->kind == VN_WORD_SYSCTL_ADD) && arg == word->pointer)
		return (false);
	if (word != NULL && (word->kind == VN_WORD_TUNABLE ||
	    word->kind == VN_WORD_STORED))
		return (!vn_context_unevaluated(n->s, n->o->tok) ||
		    ((n->o->flags & VN_FF_CONST_INIT) &&
		    n->s->lex.toks[n->o->tok].dir == -1));
	return ((n->o->flags & VN_FF_CONST_INIT) != 0 &&
	    n->s->lex.toks[n->o->tok].dir == -1);
}

/* Block the target if it has to be; true if it was. */
static bool
judge(struct need *n)
{
	int arg, callee;
	const struct vn_word *word = vn_word_around(n->s, n->o->tok, &callee,
	    &arg);
	const char *why;

	if (!needs_constant(n, word, arg))
		return (false);
	n->at = vn_plan_place(n->plan, n->o->source, n->o->off);
	n->vname = vn_plan_prefixed(n->plan, n->t->as);
	if (word != NULL && word->kind == VN_WORD_TUNABLE)
		block_macro(n, callee, "tunable");
	else if (word != NULL && word->kind == VN_WORD_STORED)
		block_macro(n, callee, "static-address");
	else {
		find_owner(n);
		if (n->owner == NULL)
			block_unknown(n);
		else if (is_lifted(n, &why))
			n->plan->targets.items[n->target].lifted = true;
		else if (n->target == n->o->target)
			block_self(n, why);
		else
			block_owner(n, why);
		vn_decl_free(&n->d);
	}
	free(n->at);
	return (!vn_target_converts(n->t));
}

/* A name that is left may be what another one's initializer counts on. */
void
vn_plan_constants(struct vn_plan *plan)
{
	bool again = true;

	while (again) {
		again = vn_plan_keep_near(plan);
		for (size_t i = 0; i < plan->targets.count; i++)
			plan->targets.items[i].lifted = false;
		for (size_t i = 0; i < plan->occurrences.count; i++) {
			const struct vn_occurrence *o =
			    &plan->occurrences.items[i];
			struct need n = { .plan = plan, .o = o };

			if (o->target == -1 || o->done ||
			    o->cls != VN_UNDECIDED || o->role != VN_ROLE_REF)
				continue;
			n.s = plan->sources->items[o->source];
			n.t = &plan->targets.items[o->target];
			if (vn_target_converts(n.t))
				again = judge(&n) || again;
		}
	}
}
