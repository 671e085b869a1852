/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: the occurrences.  V_x and VNET_NAME(x) become x, VNET_DEFINE(t, x) and
 * its kin the declaration that they stand for.
 */

#include "Facts/source.h"

#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/undo.h"

#include <string.h>

static uint32_t
off_of(const struct vn_source *s, int t)
{

	return (s->lex.toks[t].off);
}

/* The end of the blanks in front of the word in a prefixed spelling. */
static void
drop_prefix(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	size_t n = strlen(plan->style->prefix), seen = 0;
	uint32_t off = o->off;

	/* A splice may stand within the prefix. */
	while (seen < n) {
		off = (uint32_t)vn_skip_splices(s->data, s->len, off);
		off++;
		seen++;
	}
	vn_edits_add(&plan->edits, o->source, o->off, off - o->off, "", 0,
	    "reference");
	vn_occ_edited(o, s->lex.toks[o->tok].dir != -1 ? "macro-body" :
	    "reference");
}

/* VNET_NAME(x), VNET(x). */
static void
drop_call(struct vn_plan *plan, struct vn_occurrence *o, int callee)
{
	const struct vn_source *s = plan->sources->items[o->source];
	int close = s->outline.match[vn_tok_next(s, callee)];
	int last = vn_tok_prev(s, close);

	vn_undo_cut(plan, o->source, off_of(s, callee), o->off, "",
	    "reference");
	vn_undo_cut(plan, o->source, vn_tok_end(s, last),
	    vn_tok_end(s, close), "", "reference");
	vn_occ_edited(o, "reference");
}

/* VNET_DEFINE(type, x), VNET_DEFINE_STATIC(type, x), VNET_DECLARE(type, x). */
static void
drop_declaration(struct vn_plan *plan, struct vn_occurrence *o, int callee,
    const char *storage)
{
	const struct vn_source *s = plan->sources->items[o->source];
	int close = s->outline.match[vn_tok_next(s, callee)];
	int type_last, last, type = vn_call_arg(s, callee, 0, &type_last);

	vn_call_arg(s, callee, 1, &last);
	vn_undo_cut(plan, o->source, off_of(s, callee), off_of(s, type),
	    storage, "declaration");
	vn_undo_cut(plan, o->source, vn_tok_end(s, type_last), o->off,
	    vn_tok_punct(s, type_last, "*") ? "" : " ", "declaration");
	vn_undo_cut(plan, o->source, vn_tok_end(s, last),
	    vn_tok_end(s, close), "", "declaration");
	vn_occ_edited(o, o->role == VN_ROLE_DECL ? "declaration" :
	    "definition");
}

static void
undo(struct vn_plan *plan, struct vn_occurrence *o)
{
	int callee;

	switch (vn_undo_form(plan, o, &callee)) {
	case VN_FORM_PREFIXED:
		drop_prefix(plan, o);
		break;
	case VN_FORM_CALL:
		drop_call(plan, o, callee);
		break;
	case VN_FORM_DEFINE:
		drop_declaration(plan, o, callee, "");
		break;
	case VN_FORM_STATIC:
		drop_declaration(plan, o, callee, "static ");
		break;
	case VN_FORM_DECLARE:
		drop_declaration(plan, o, callee, "extern ");
		break;
	default:
		break;
	}
}

void
vn_undo_refs(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls != VN_UNDECIDED || o->outside)
			continue;
		if (o->target == -1)
			vn_occ_other(o, "no listed variable");
		else
			undo(plan, o);
	}
}
