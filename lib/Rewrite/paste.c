/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 4, too: names and ##.  Where ## makes the name of pieces, no token is
 * there to be edited; where it makes another word of the name, that word
 * would change with an argument that is used otherwise as well.  Such names
 * are left as a whole.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/source.h"

#include "Rewrite/expand.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/words.h"

static const char kind[] = "pasted";

/* The ## that is looked for, and what was found. */
struct search {
	const struct vn_plan	*plan;
	int			 source;
	const char		*name;
	char			*pieces;	/* owned */
	char			*result;	/* owned */
};

/* Does it make the name? */
static bool
makes_name(const struct vn_paste *paste, void *arg)
{
	struct search *search = arg;

	if (strcmp(paste->result, search->name) != 0 || paste->npieces < 2)
		return (false);
	search->pieces = vn_paste_pieces(paste);
	return (true);
}

/* Is the macro's #define one that the source may see? */
static bool
may_see(const struct vn_plan *plan, int source, int macro)
{

	return (macro == source || vn_plan_sees(plan, source, macro) ||
	    !vn_plan_sees(plan, source, source));
}

/* Does it make another word of the name, given as an argument? */
static bool
extends_name(const struct vn_paste *paste, void *arg)
{
	struct search *search = arg;

	if (paste->npieces < 2 || (paste->result[0] != '_' &&
	    !isalpha((unsigned char)paste->result[0])) ||
	    !may_see(search->plan, search->source, paste->macro->source))
		return (false);
	for (size_t i = 0; i < paste->npieces; i++)
		if (paste->given[i] &&
		    strcmp(paste->pieces[i], search->name) == 0) {
			search->result = vn_strdup(paste->result);
			return (true);
		}
	return (false);
}

/*
 * The macro's name in the text of the expansion at fact f that pastes it,
 * with the pieces; -1 where tokens do not show it.
 */
static int
find_pasting(const struct vn_plan *plan, const struct vn_fact *f,
    struct search *search)
{
	const struct vn_source *s = plan->sources->items[f->source];
	int t = vn_source_tok_at(s, f->off), open, end;

	if (t == -1)
		return (-1);
	open = vn_tok_next(s, t);
	end = vn_tok_punct(s, open, "(") ? s->outline.match[open] : t;
	for (; t >= 0 && t <= end; t = vn_tok_next(s, t))
		if (vn_tok_ident(s, t) && vn_expand_pastes(plan->macros,
		    plan->sources, s, t, makes_name, search))
			return (t);
	return (-1);
}

/* The same in a file that is no source. */
static void
block_elsewhere(struct vn_plan *plan, struct vn_target *t,
    const struct vn_fact *f)
{
	char *at = vn_fact_expansion(f, plan->sources);

	vn_target_block(t, kind, "a macro at %s pastes it with ##; write '%s' "
	    "there", at, vn_plan_prefixed(plan, t->name));
	free(at);
}

static void
block_pasted(struct vn_plan *plan, struct vn_target *t,
    const struct vn_fact *f)
{
	struct search search = { .plan = plan, .name = f->name };
	const struct vn_source *s = plan->sources->items[f->source];
	int callee = find_pasting(plan, f, &search);
	const char *vname = vn_plan_prefixed(plan, t->name);
	char *what;
	unsigned len = 0;
	const char *text = callee == -1 ? "" : vn_tok_text(s, callee, &len);

	what = callee == -1 ? vn_strdup("a macro pastes it with ##") :
	    vn_asprintf("%.*s makes it of %s with ##", (int)len, text,
	    search.pieces);
	vn_target_block(t, kind, "%s at %s:%u:%u; write '%s' there, or let "
	    "the macro put '%s' before", what, s->shown, f->exp_line,
	    f->exp_col, vname, plan->style->prefix);
	if (strcmp(t->kind, kind) == 0)
		vn_plan_note(plan, f->source, f->off, kind, "'%s' is used "
		    "here: %s", f->name, what);
	free(what);
	free(search.pieces);
}

static void
judge_facts(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (!(f->flags & VN_FF_PASTED) || f->entity == NULL)
			continue;
		for (size_t k = 0; k < plan->targets.count; k++) {
			struct vn_target *t = &plan->targets.items[k];

			if (t->entity == NULL ||
			    strcmp(t->entity, f->entity) != 0)
				continue;
			if (f->source < 0 ||
			    !plan->sources->items[f->source]->opened)
				block_elsewhere(plan, t, f);
			else
				block_pasted(plan, t, f);
		}
	}
}

/* A use whose call pastes the argument, too. */
static void
judge_use(struct vn_plan *plan, const struct vn_occurrence *o, int callee,
    int arg)
{
	const struct vn_source *s = plan->sources->items[o->source];
	struct search search = { .plan = plan, .source = o->source,
	    .name = vn_plan_plain(plan, o->name) };
	unsigned len, line, col;
	const char *text = vn_tok_text(s, callee, &len);

	if (vn_word_find(text, len) != NULL || !(vn_macros_use(plan->macros,
	    plan->sources, text, len, arg) & VN_USE_PASTE) ||
	    !vn_expand_pastes(plan->macros, plan->sources, s, callee,
	    extends_name, &search))
		return;
	vn_lines_at(&s->lines, o->off, &line, &col);
	vn_target_block(&plan->targets.items[o->target], kind, "%.*s at "
	    "%s:%u:%u uses its argument, and makes '%s' of it with ##, which "
	    "'%s' would change; give the macro one argument for each",
	    (int)len, text, s->shown, line, col, search.result,
	    vn_plan_prefixed(plan, o->name));
	free(search.result);
}

void
vn_plan_pasted(struct vn_plan *plan)
{

	judge_facts(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_source *s = plan->sources->items[o->source];

		if (o->target == -1 || o->done || o->cls != VN_UNDECIDED ||
		    o->role != VN_ROLE_REF)
			continue;
		for (int at = o->tok; at >= 0; at = s->outline.up[at]) {
			int arg, callee = vn_tok_call(s, at, &arg);

			if (callee != -1)
				judge_use(plan, o, callee, arg);
		}
	}
}
