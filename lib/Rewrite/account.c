/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Last step: every occurrence under the PATHs has exactly one class, and their
 * number is that of a plain lexer that knows nothing of the plan.
 */

#include <string.h>

#include "Support/diag.h"

#include "Facts/source.h"

#include "Rewrite/plan.h"

struct vn_sums
vn_plan_sums(const struct vn_plan *plan)
{
	struct vn_sums sums = { 0 };

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->outside)
			continue;
		sums.all++;
		sums.edited += o->cls == VN_EDITED;
		sums.done += o->cls == VN_EDITED && o->done;
		sums.inactive += o->cls == VN_EDITED && o->inactive;
		sums.other += o->cls == VN_OTHER;
		sums.remark += o->cls == VN_REMARK;
	}
	return (sums);
}

struct count {
	const struct vn_plan	*plan;
	size_t			 n;
};

static bool
count_ident(const char *ident, size_t len, size_t off, void *arg)
{
	struct count *count = arg;

	(void)off;
	count->n += vn_names_find_spelled(&count->plan->names, ident, len) !=
	    -1;
	return (true);
}

/* Occurrences by the plain lexer, less two for each own define. */
static size_t
count_plainly(const struct vn_plan *plan)
{
	struct count count = { .plan = plan };

	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];

		if (!s->in_path)
			continue;
		vn_lex_idents(s->data, s->len, count_ident, &count);
	}
	for (size_t i = 0; i < plan->defined.count; i++) {
		int source = plan->defined.items[i].source;

		if (plan->sources->items[source]->in_path)
			count.n -= 2;
	}
	return (count.n);
}

int
vn_plan_account(const struct vn_plan *plan)
{
	struct vn_sums sums = vn_plan_sums(plan);
	size_t plain = count_plainly(plan);

	if (sums.all == plain &&
	    sums.edited + sums.other + sums.remark == sums.all)
		return (0);
	vn_error("the account does not add up: %zu edited + %zu other + "
	    "%zu remarks, but %zu occurrences and %zu by the plain lexer; "
	    "please report this", sums.edited, sums.other, sums.remark,
	    sums.all, plain);
	return (-1);
}
