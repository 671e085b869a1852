/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 1: list the occurrences: identifier tokens that spell a listed name,
 * or its virtualized form.  The "#define V_x VNET(x)" lines are not counted,
 * so that converting changes no sum.
 */

#include <string.h>

#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"

/* Is it exactly #define V_x VNET(x), for the listed name of that index? */
static int
own_define(const struct vn_plan *plan, const struct vn_source *s, int dir)
{
	struct vn_macro m;
	unsigned len;
	const char *text;
	int name;

	if (!vn_macro_read(&m, s, dir) || m.params != -1 ||
	    m.end - m.body != 4 ||
	    !vn_tok_word(s, m.body, plan->style->access))
		return (-1);
	text = vn_tok_text(s, m.name, &len);
	name = vn_names_find(&plan->names, text, len);
	if (name == -1 || name % 2 == 0 ||
	    !vn_tok_word(s, m.body + 2, plan->words.items[name - 1]))
		return (-1);
	return (name - 1);
}

static void
mark_defined(struct vn_plan *plan, int source, int name, int dir)
{

	VN_PUSH(&plan->defined, (struct vn_defined){ source, name, dir, -1 });
	for (size_t i = 0; i < plan->targets.count; i++)
		if (plan->targets.items[i].name == name)
			plan->targets.items[i].has_define = true;
}

static void
list_token(struct vn_plan *plan, int source, int t)
{
	const struct vn_source *s = plan->sources->items[source];
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);
	int name = vn_names_find_spelled(&plan->names, text, len);
	struct vn_occurrence o = { .source = source, .tok = t, .target = -1,
	    .off = s->lex.toks[t].off };

	if (name == -1)
		return;
	o.v_form = name % 2 == 1;
	o.name = name - name % 2;
	o.outside = !s->in_path;
	VN_PUSH(&plan->occurrences, o);
}

static void
list_source(struct vn_plan *plan, int source)
{
	const struct vn_source *s = plan->sources->items[source];
	int skip = -1;

	for (size_t t = 0; t < s->lex.ntoks; t++) {
		int dir = s->lex.toks[t].dir, name;

		if (dir != -1 && (int)s->lex.dirs[dir].tok == (int)t &&
		    (name = own_define(plan, s, dir)) != -1) {
			mark_defined(plan, source, name, dir);
			skip = dir;
		}
		if (vn_tok_ident(s, (int)t) && (dir == -1 || dir != skip))
			list_token(plan, source, (int)t);
	}
}

void
vn_plan_list(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->sources->count; i++)
		if (plan->sources->items[i]->opened)
			list_source(plan, (int)i);
}
