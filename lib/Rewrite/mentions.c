/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 4, too: remarks on what the search saw that is no occurrence: symbols
 * named outside of C, and V_x that nothing defines.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/plan.h"
#include "Rewrite/style.h"

/*
 * The converted target of that name whose symbol other files can name: an
 * external variable; nlist(3) finds statics too.
 */
static const struct vn_target *
named(const struct vn_plan *plan, const struct vn_mention *m)
{

	for (size_t i = 0; i < plan->targets.count; i++) {
		const struct vn_target *t = &plan->targets.items[i];

		if (t->name == m->name && vn_target_converts(t) &&
		    (t->what == VN_EXTERN || m->kind == VN_SYMBOL_NLIST))
			return (t);
	}
	return (NULL);
}

static void
note_undefined(struct vn_plan *plan, const struct vn_mention *m,
    const char *shown)
{

	vn_plan_note_at(plan, shown, m->line, m->col, "undefined", "'%s' is "
	    "defined nowhere; add '%s' to the list", m->word,
	    m->word + strlen(plan->style->prefix));
}

static void
note_symbol(struct vn_plan *plan, const struct vn_mention *m,
    const char *shown)
{
	const char *name = vn_plan_plain(plan, m->name);

	if (named(plan, m) == NULL)
		return;
	if (m->kind == VN_SYMBOL_NLIST)
		vn_plan_note_at(plan, shown, m->line, m->col, "userland",
		    "nlist(3) looks up '%s' by name; with %s the symbol is "
		    "that of %s(%s), and each stack has a copy", name,
		    plan->style->option, plan->style->address, name);
	else
		vn_plan_note_at(plan, shown, m->line, m->col, m->kind ==
		    VN_SYMBOL_LINKER ? "linker" : "assembler", "'%s' is named "
		    "here; with %s the symbol is that of %s(%s), the initial "
		    "copy: use %s in C", name, plan->style->option,
		    plan->style->address, name,
		    vn_plan_prefixed(plan, m->name));
}

void
vn_plan_mentions(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->mentions.count; i++) {
		const struct vn_mention *m = &plan->mentions.items[i];
		char *shown = vn_sources_shown(plan->sources, m->file);

		if (m->kind == VN_SYMBOL_UNDEFINED)
			note_undefined(plan, m, shown);
		else
			note_symbol(plan, m, shown);
		free(shown);
	}
}
