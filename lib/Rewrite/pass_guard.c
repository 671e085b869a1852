/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 9: a header that userland includes too has no VNET_DECLARE there.
 * Declarations that lay outside of _KERNEL are put under it, with their
 * defines; those that follow each other together.
 */

#include <string.h>

#include "Facts/source.h"

#include "Rewrite/kernel.h"
#include "Rewrite/plan.h"

#define	RULE	"kernel-guard"

static bool
needs_guard(const struct vn_plan *plan, const struct vn_site *site)
{
	const struct vn_source *s = plan->sources->items[site->source];
	const struct vn_occurrence *o;

	if (!vn_kernel_unguarded(s, s->lex.toks[site->first].off))
		return (false);
	for (int t = site->first; t <= site->end; t++) {
		o = vn_plan_at(plan, site->source, s->lex.toks[t].off);
		if (o != NULL && o->target == site->target)
			return (!o->done);
	}
	return (false);
}

/* Does b's declaration follow a's at once (or is it the same)? */
static bool
follows(const struct vn_plan *plan, const struct vn_site *a,
    const struct vn_site *b)
{
	const struct vn_source *s = plan->sources->items[a->source];
	uint32_t from = vn_tok_end(s, a->end), to;

	if (a->source != b->source)
		return (false);
	if (a->first == b->first)
		return (true);
	if (vn_tok_next(s, a->end) != b->first)
		return (false);
	for (to = s->lex.toks[b->first].off; from + 1 < to; from++)
		if (s->data[from] == '\n' && s->data[from + 1] == '#')
			return (false);
	return (true);
}

/* The "#ifdef _KERNEL" that only blank lines part from byte `to`, or NULL. */
static const struct vn_dir *
kernel_after(const struct vn_source *s, uint32_t to)
{

	for (size_t d = 0; d < s->lex.ndirs; d++) {
		const struct vn_dir *dir = &s->lex.dirs[d];

		if (dir->off < to)
			continue;
		for (; to < dir->off; to++)
			if (strchr(" \t\r\n", s->data[to]) == NULL)
				return (NULL);
		return (dir->kind == VN_DIR_IFDEF && dir->ntok == 3 &&
		    vn_kernel_branch(s, dir->end) == (int)d ? dir : NULL);
	}
	return (NULL);
}

static void
guard(struct vn_plan *plan, const struct vn_site *first,
    const struct vn_site *last)
{
	const struct vn_source *s = plan->sources->items[first->source];
	uint32_t from = vn_source_line_start(s, s->lex.toks[first->first].off);
	uint32_t to = vn_source_line_end(s, vn_tok_end(s, last->end));
	const struct vn_dir *next = kernel_after(s, to);

	vn_edits_add(&plan->edits, first->source, from, 0, "#ifdef _KERNEL\n",
	    VN_RANK_GUARD, RULE);
	if (next != NULL) {
		/* The part for the kernel begins earlier now. */
		vn_edits_add(&plan->edits, first->source, next->off,
		    next->end - next->off, "", 0, RULE);
		return;
	}
	vn_edits_add(&plan->edits, first->source, to, 0, "#endif\n",
	    VN_RANK_ENDIF, RULE);
}

void
vn_plan_guards(struct vn_plan *plan)
{
	size_t n;

	for (size_t i = 0; i < plan->sites.count; i += n) {
		const struct vn_site *site = &plan->sites.items[i];

		for (n = 1; i + n < plan->sites.count &&
		    follows(plan, &site[n - 1], &site[n]) &&
		    needs_guard(plan, &site[n]); n++)
			;
		if (needs_guard(plan, site))
			guard(plan, site, &site[n - 1]);
		else
			n = 1;
	}
}
