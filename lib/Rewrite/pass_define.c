/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 8: "#define V_x VNET(x)", once a name: in the header that declares it,
 * else after the definition.  A lone one follows its declaration; those of
 * declarations that follow each other form a block after them, a blank line
 * between (FreeBSD's files do both).
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/kernel.h"
#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/style.h"

#define	RULE	"define"

/* One define to write after a byte of a source. */
struct place {
	int		 source;
	int		 target;
	int		 first;		/* first token of the declaration */
	int		 end;		/* last token that it has to follow */
	uint32_t	 line_end; /* byte after the newline it goes behind */
	bool		 alone;		/* must not wait for its neighbours */
};

struct places {
	VN_VEC(struct place) items;
};

/* The #endif of the group that a branch belongs to, or -1. */
static int
endif_of(const struct vn_source *s, int branch)
{

	while (branch != -1 && s->lex.dirs[branch].next != -1)
		branch = s->lex.dirs[branch].next;
	return (branch);
}

/*
 * The token that a define has to follow to serve all the sites of a target in
 * a source: the first site's end, or the #endif that closes the alternatives.
 */
static int
common_end(const struct vn_source *s, const struct vn_site *sites,
    const size_t *chosen, size_t count)
{
	int end = sites[chosen[0]].end;
	int branch = vn_source_branch(s, s->lex.toks[end].off);

	for (size_t i = 1; i < count; i++) {
		int other = vn_source_branch(s,
		    s->lex.toks[sites[chosen[i]].end].off);

		while (branch != -1 && !vn_branch_within(s, other, branch)) {
			int endif = endif_of(s, branch);

			end = (int)(s->lex.dirs[endif].tok +
			    s->lex.dirs[endif].ntok) - 1;
			branch = s->lex.dirs[branch].parent;
		}
	}
	return (end);
}

/* Sites of a target in a source; at file scope where there are any. */
static size_t
sites_in(const struct vn_plan *plan, int target, int source, size_t *out)
{
	size_t n = 0;

	for (int local = 0; local <= 1 && n == 0; local++)
		for (size_t i = 0; i < plan->sites.count; i++) {
			const struct vn_site *site = &plan->sites.items[i];

			if (site->target == target &&
			    site->source == source &&
			    site->local == (local == 1))
				out[n++] = i;
		}
	return (n);
}

/* Is the target used between two bytes of the source? */
static bool
used_between(const struct vn_plan *plan, const struct place *p, uint32_t from,
    uint32_t to)
{
	size_t i = vn_plan_from(plan, p->source, from + 1);

	for (; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->source != p->source || o->off >= to)
			break;
		if (o->target == p->target && o->role == VN_ROLE_REF &&
		    !o->moved)
			return (true);
	}
	return (false);
}

static void
add_place(const struct vn_plan *plan, struct places *places, int target,
    int source)
{
	const struct vn_source *s = plan->sources->items[source];
	size_t *chosen = vn_calloc(plan->sites.count + 1, sizeof(*chosen));
	size_t n = sites_in(plan, target, source, chosen);
	struct place p = { .source = source, .target = target };

	if (n > 0) {
		p.first = plan->sites.items[chosen[0]].first;
		p.end = common_end(s, plan->sites.items, chosen, n);
		p.alone = p.end != plan->sites.items[chosen[0]].end;
		p.line_end = vn_source_line_end(s, vn_tok_end(s, p.end));
		/* A use in the declaration itself: the define goes before. */
		if (used_between(plan, &p, s->lex.toks[p.first].off,
		    vn_tok_end(s, p.end))) {
			p.line_end = vn_source_line_start(s,
			    s->lex.toks[p.first].off);
			p.alone = true;
		}
		/* A use on the same line: the define goes between. */
		if (used_between(plan, &p, vn_tok_end(s, p.end), p.line_end)) {
			p.line_end = vn_tok_end(s, p.end);
			p.alone = true;
		}
		VN_PUSH(&places->items, p);
	}
	free(chosen);
}

static bool
has_site(const struct vn_plan *plan, int target, int source)
{

	for (size_t i = 0; i < plan->sites.count; i++)
		if (plan->sites.items[i].target == target &&
		    plan->sites.items[i].source == source)
			return (true);
	return (false);
}

/* How many of the sources that use the target see the header. */
static size_t
count_users(const struct vn_plan *plan, int target, int header)
{
	const struct vn_target *t = &plan->targets.items[target];
	size_t n = 0;

	n += 1000 * (size_t)vn_plan_sees(plan, t->home, header);
	for (size_t i = 0; i < plan->facts->nparses; i++)
		n += vn_parse_includes(&plan->facts->parses[i], header);
	return (n);
}

/* The header whose declaration the define goes with, or -1. */
static int
home_header(const struct vn_plan *plan, int target)
{
	int best = -1;
	size_t best_users = 0;

	for (size_t i = 0; i < plan->sites.count; i++) {
		const struct vn_site *site = &plan->sites.items[i];
		size_t users;

		if (site->target != target || site->source == best ||
		    !vn_source_is_header(plan->sources->items[site->source]))
			continue;
		users = count_users(plan, target, site->source);
		if (best == -1 || users > best_users) {
			best = site->source;
			best_users = users;
		}
	}
	return (best);
}

/* Is the target reached in the source through a macro of another file? */
static bool
expands(const struct vn_plan *plan, int target, const struct vn_source *s)
{
	const char *entity = plan->targets.items[target].entity;

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->kind == VN_FACT_REF && f->exp_path != NULL &&
		    strcmp(f->entity, entity) == 0 &&
		    strcmp(f->exp_path, s->path) == 0 && f->source >= 0 &&
		    plan->sources->items[f->source] != s)
			return (true);
	}
	return (false);
}

/* Does the source need V_x of the target? */
static bool
uses(const struct vn_plan *plan, int target, int source)
{
	size_t i, end;

	for (i = vn_plan_range(plan, source, &end); i < end; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->target == target && o->role == VN_ROLE_REF &&
		    o->cls == VN_EDITED && vn_occ_prefixed(o))
			return (true);
	}
	for (i = 0; i < plan->assignments.count; i++)
		if (plan->assignments.items[i].source == source &&
		    plan->assignments.items[i].target == target)
			return (true);
	return (expands(plan, target, plan->sources->items[source]));
}

/* Does the source have the define already? */
static bool
defines(const struct vn_plan *plan, int target, int source)
{

	for (size_t i = 0; i < plan->defined.count; i++)
		if (plan->defined.items[i].source == source &&
		    plan->defined.items[i].name ==
		    plan->targets.items[target].name)
			return (true);
	return (false);
}

/* The header that has the define already, or -1. */
static int
defining_header(const struct vn_plan *plan, int target)
{

	for (size_t i = 0; i < plan->defined.count; i++)
		if (plan->defined.items[i].name ==
		    plan->targets.items[target].name && vn_source_is_header(
		    plan->sources->items[plan->defined.items[i].source]))
			return (plan->defined.items[i].source);
	return (-1);
}

/* Does the source, which declares the target itself, lack the define? */
static bool
lacks_define(const struct vn_plan *plan, int target, int source, int home)
{
	const struct vn_source *s = plan->sources->items[source];

	return (s->opened && !vn_source_is_header(s) &&
	    has_site(plan, target, source) && uses(plan, target, source) &&
	    !defines(plan, target, source) &&
	    !vn_plan_sees(plan, source, home));
}

static void
place_target(const struct vn_plan *plan, struct places *places, int target)
{
	const struct vn_target *t = &plan->targets.items[target];
	int header = t->what == VN_EXTERN ? home_header(plan, target) : -1;
	int there = defining_header(plan, target), home;
	size_t before = places->items.count;

	home = there != -1 ? there : header != -1 ? header : t->home;
	if (there == -1 && has_site(plan, target, home) &&
	    !defines(plan, target, home) &&
	    (home == header || uses(plan, target, home)))
		add_place(plan, places, target, home);
	/* Files that declare it themselves, and do not see that one. */
	for (size_t i = 0; i < plan->sources->count; i++)
		if ((int)i != home &&
		    lacks_define(plan, target, (int)i, home))
			add_place(plan, places, target, (int)i);
	/* Nobody uses it by that name: with the definition, for who will. */
	if (places->items.count == before && !t->has_define &&
	    has_site(plan, target, t->home))
		add_place(plan, places, target, t->home);
}

/* Those alone, which stand elsewhere, do not part the others. */
static int
order_places(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;

	if (a->source != b->source)
		return (a->source < b->source ? -1 : 1);
	if (a->alone != b->alone)
		return (a->alone ? -1 : 1);
	if (a->line_end != b->line_end)
		return (a->line_end < b->line_end ? -1 : 1);
	if (a->first != b->first)
		return (a->first < b->first ? -1 : 1);
	return ((a->target > b->target) - (a->target < b->target));
}

/* Only declarations between token t and the token stop, no blank line? */
static bool
only_declarations(const struct vn_source *s, int t, int stop)
{
	uint32_t from = vn_tok_end(s, t), to = s->lex.toks[stop].off;
	bool ok = true;

	for (uint32_t i = from; i + 1 < to; i++)
		if (s->data[i] == '\n' && (s->data[i + 1] == '\n' ||
		    s->data[i + 1] == '\r' || s->data[i + 1] == '#'))
			return (false);
	for (t = vn_tok_next(s, t); ok && t != -1 && t < stop;) {
		struct vn_decl d;

		ok = vn_decl_read(&d, s, t) && d.first == t && d.end < stop;
		t = ok ? vn_tok_next(s, d.end) : -1;
		vn_decl_free(&d);
	}
	return (ok);
}

/*
 * Can the defines of items[0 .. n - 1] wait until byte `to`?  Up to the last
 * one's place that is known already.
 */
static bool
can_all_wait(const struct vn_plan *plan, const struct place *items, size_t n,
    uint32_t from, uint32_t to)
{
	size_t i = vn_plan_from(plan, items->source, from + 1);

	if (items[0].alone || items[n - 1].alone)
		return (false);
	for (; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->source != items->source || o->off >= to)
			break;
		for (size_t k = 0; o->role == VN_ROLE_REF && !o->moved &&
		    k < n; k++)
			if (items[k].target == o->target)
				return (false);
	}
	return (true);
}

/* Does the define of b belong to the group of items[0 .. n - 1]? */
static bool
joins(const struct vn_plan *plan, const struct place *items, size_t n,
    const struct place *b)
{
	const struct place *a = &items[n - 1];
	const struct vn_source *s = plan->sources->items[a->source];

	if (a->source != b->source || b->alone)
		return (false);
	if (a->first != b->first && vn_tok_next(s, a->end) != b->first &&
	    vn_kernel_unguarded(s, s->lex.toks[a->first].off))
		return (false);
	return ((a->line_end == b->line_end ||
	    only_declarations(s, a->end, b->first)) &&
	    can_all_wait(plan, items, n, a->line_end, b->line_end));
}

/*
 * A run of virtualized declarations takes its defines behind it, those of the
 * last ones being elsewhere: the place is moved behind them.
 */
static bool
move_behind_run(const struct vn_plan *plan, const struct place *items,
    size_t n, struct place *last)
{
	const struct vn_source *s = plan->sources->items[last->source];
	bool moved = false;

	for (size_t i = 0; i < plan->sites.count; i++) {
		const struct vn_site *site = &plan->sites.items[i];
		uint32_t end = vn_source_line_end(s, vn_tok_end(s,
		    last->source == site->source ? site->end : last->end));

		if (site->source != last->source ||
		    vn_tok_next(s, last->end) != site->first ||
		    !only_declarations(s, last->end, site->first) ||
		    !can_all_wait(plan, items, n, last->line_end, end))
			continue;
		last->end = site->end;
		last->line_end = end;
		moved = true;
	}
	return (moved);
}

size_t
vn_define_column(const struct vn_plan *plan, int target)
{
	int name = plan->targets.items[target].as;
	size_t width = 8 + strlen(vn_plan_prefixed(plan, name));

	return (width >= 32 && width < 40 ? 40 : 32);
}

/* The column of a block: that of its longest name. */
static size_t
column_for(const struct vn_plan *plan, const struct place *items, size_t n)
{
	size_t column = 0;

	for (size_t i = 0; i < n; i++)
		if (vn_define_column(plan, items[i].target) > column)
			column = vn_define_column(plan, items[i].target);
	return (column);
}

void
vn_define_put(struct vn_strbuf *sb, const struct vn_plan *plan, int target,
    size_t column)
{
	int name = plan->targets.items[target].as;
	size_t width = 8 + strlen(vn_plan_prefixed(plan, name));

	vn_strbuf_printf(sb, "#define\t%s", vn_plan_prefixed(plan, name));
	if (width >= column)
		vn_strbuf_putc(sb, ' ');
	for (; width < column; width = (width / 8 + 1) * 8)
		vn_strbuf_putc(sb, '\t');
	vn_strbuf_printf(sb, "%s(%s)\n", plan->style->access,
	    vn_plan_plain(plan, name));
}

/* A block of defines has a blank line behind it, unless this comes next. */
static bool
may_follow_block(const struct vn_plan *plan, const struct vn_source *s,
    uint32_t at)
{
	const char *sysctl = plan->style->sysctl_from;

	return (at >= s->len || strchr("\r\n#", s->data[at]) != NULL ||
	    strncmp(s->data + at, sysctl, strlen(sysctl)) == 0);
}

/* Write the defines of items[0 .. n - 1] behind their declarations. */
static void
write_group(struct vn_plan *plan, const struct place *items, size_t n)
{
	const struct vn_source *s = plan->sources->items[items->source];
	struct place last = items[n - 1];
	bool block = move_behind_run(plan, items, n, &last) || n > 1;
	struct vn_strbuf sb = { 0 };
	size_t column = column_for(plan, items, n);

	if (last.line_end > 0 && s->data[last.line_end - 1] != '\n')
		vn_strbuf_putc(&sb, '\n');
	if (block)
		vn_strbuf_putc(&sb, '\n');
	for (size_t i = 0; i < n; i++)
		vn_define_put(&sb, plan, items[i].target, column);
	if (block && !may_follow_block(plan, s, last.line_end))
		vn_strbuf_putc(&sb, '\n');
	vn_edits_add(&plan->edits, items->source, last.line_end, 0, sb.data,
	    VN_RANK_DEFINE, RULE);
	vn_strbuf_free(&sb);
}

void
vn_plan_defines(struct vn_plan *plan)
{
	struct places places = { 0 };
	size_t n;

	for (size_t i = 0; i < plan->targets.count; i++)
		if (vn_target_converts(&plan->targets.items[i]))
			place_target(plan, &places, (int)i);
	if (places.items.count > 0)
		qsort(places.items.items, places.items.count,
		    sizeof(*places.items.items), order_places);
	for (size_t i = 0; i < places.items.count; i += n) {
		struct place *p = &places.items.items[i];

		for (n = 1; i + n < places.items.count &&
		    joins(plan, p, n, &p[n]); n++)
			;
		write_group(plan, p, n);
	}
	VN_FREE(&places.items);
}
