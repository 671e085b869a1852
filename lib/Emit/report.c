/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Lines for a person: remarks, sums, edits.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/plan.h"

#include "Emit/emit.h"

static void
put_place(FILE *out, const struct vn_source *s, uint32_t off)
{
	char *place = vn_source_place(s, off);

	fprintf(out, "%s: ", place);
	free(place);
}

/* A remark, of an occurrence or by itself, with what it is sorted by. */
struct remark {
	const char	*path;		/* shown name; "" for those of a list */
	uint32_t	 off;
	const char	*where;		/* place, where it is no source's */
	const char	*kind, *text;
	const struct vn_source *s;	/* or NULL */
};

struct remarks {
	VN_VEC(struct remark) items;
};

static int
order_remarks(const void *va, const void *vb)
{
	const struct remark *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	if (c == 0)
		c = (a->off > b->off) - (a->off < b->off);
	if (c == 0)
		c = strcmp(a->kind, b->kind);
	return (c != 0 ? c : strcmp(a->text, b->text));
}

/* Sort, and say what several configurations saw at one place once. */
static void
seal_remarks(struct remarks *list)
{
	struct remark *items = list->items.items;
	size_t n = 0;

	if (list->items.count == 0)
		return;
	qsort(items, list->items.count, sizeof(*items), order_remarks);
	for (size_t i = 0; i < list->items.count; i++)
		if (n == 0 || order_remarks(&items[n - 1], &items[i]) != 0)
			items[n++] = items[i];
	list->items.count = n;
}

static void
collect_remarks(const struct vn_plan *plan, struct remarks *out)
{

	for (size_t i = 0; i < plan->notes.count; i++) {
		const struct vn_note *n = &plan->notes.items[i];
		const struct vn_source *s = n->source < 0 ? NULL :
		    plan->sources->items[n->source];

		VN_PUSH(&out->items, (struct remark){ s == NULL ? "" :
		    s->shown, s == NULL ? (uint32_t)i : n->off, n->where,
		    n->kind, n->text, s });
	}
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_source *s = plan->sources->items[o->source];

		if (o->remark != NULL)
			VN_PUSH(&out->items, (struct remark){ s->shown, o->off,
			    NULL, o->kind, o->remark, s });
	}
	seal_remarks(out);
}

void
vn_emit_remarks(const struct vn_plan *plan, FILE *out)
{
	struct remarks list = { 0 };

	collect_remarks(plan, &list);
	for (size_t i = 0; i < list.items.count; i++) {
		const struct remark *r = &list.items.items[i];

		if (r->s != NULL)
			put_place(out, r->s, r->off);
		else if (r->where != NULL)
			fprintf(out, "%s: ", r->where);
		fprintf(out, "remark: %s [%s]\n", r->text, r->kind);
	}
	VN_FREE(&list.items);
}

size_t
vn_emit_count_remarks(const struct vn_plan *plan)
{
	struct remarks list = { 0 };
	size_t n;

	collect_remarks(plan, &list);
	n = list.items.count;
	VN_FREE(&list.items);
	return (n);
}

static size_t
count_changed(const struct vn_plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->edits.count; i++)
		n += i == 0 || plan->edits.items[i].source !=
		    plan->edits.items[i - 1].source;
	return (n);
}

static size_t
count_converted(const struct vn_plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->targets.count; i++)
		n += vn_target_converts(&plan->targets.items[i]);
	return (n);
}

static const char *
plural(size_t n)
{

	return (n == 1 ? "" : "s");
}

/* Names that are not converted, by reason: those outside, and the others. */
static size_t
count_left(const struct vn_plan *plan, bool outside)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->targets.count; i++)
		n += !vn_target_converts(&plan->targets.items[i]) &&
		    plan->targets.items[i].outside == outside;
	return (n);
}

/* "54 remarks: 48 outside, 6 missing": each kind, in order of appearance. */
static void
put_kinds(const struct vn_plan *plan, FILE *out)
{
	struct remarks list = { 0 };
	const char *before = ": ";

	collect_remarks(plan, &list);
	if (list.items.count > 0)
		fprintf(out, "%zu remark%s", list.items.count,
		    plural(list.items.count));
	for (size_t i = 0; i < list.items.count; i++) {
		const char *kind = list.items.items[i].kind;
		size_t n = 0, k;

		for (k = 0; k < i; k++)
			if (strcmp(list.items.items[k].kind, kind) == 0)
				break;
		if (k < i)
			continue;
		for (; k < list.items.count; k++)
			n += strcmp(list.items.items[k].kind, kind) == 0;
		fprintf(out, "%s%zu %s", before, n, kind);
		before = ", ";
	}
	if (list.items.count > 0)
		fputc('\n', out);
	VN_FREE(&list.items);
}

void
vn_emit_summary(const struct vn_plan *plan, FILE *out)
{
	struct vn_sums sums = vn_plan_sums(plan);
	size_t outside = count_left(plan, true), left = count_left(plan, false);

	fprintf(out, "%zu of %zu name%s %s", count_converted(plan),
	    plan->targets.count, plural(plan->targets.count), plan->undo ?
	    "plain" : "converted");
	if (outside > 0)
		fprintf(out, ", %zu defined outside the PATHs", outside);
	if (left > 0)
		fprintf(out, ", %zu left", left);
	fprintf(out, "; edits in %zu file%s\n", count_changed(plan),
	    plural(count_changed(plan)));
	fprintf(out, "%zu occurrence%s = %zu edited + %zu other + %zu "
	    "remark%s", sums.all, plural(sums.all), sums.edited, sums.other,
	    sums.remark, plural(sums.remark));
	if (sums.done > 0)
		fprintf(out, " (%zu of the edited were so before%s",
		    sums.done, sums.inactive > 0 ? ", " : ")");
	if (sums.inactive > 0)
		fprintf(out, sums.done > 0 ? "%zu inactive)" :
		    " (%zu of the edited inactive)", sums.inactive);
	fputc('\n', out);
	put_kinds(plan, out);
}

/* Text in single quotes, newlines and tabs made visible. */
static void
put_quoted(FILE *out, const char *text, size_t len)
{

	fputc('\'', out);
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\n')
			fputs("\\n", out);
		else if (text[i] == '\t')
			fputs("\\t", out);
		else
			fputc(text[i], out);
	fputc('\'', out);
}

void
vn_emit_edits(const struct vn_plan *plan, FILE *out)
{

	for (size_t i = 0; i < plan->edits.count; i++) {
		const struct vn_edit *e = &plan->edits.items[i];
		const struct vn_source *s = plan->sources->items[e->source];

		put_place(out, s, e->off);
		fprintf(out, "%s ", e->rule);
		put_quoted(out, s->data + e->off, e->len);
		fputs(" -> ", out);
		put_quoted(out, e->text, strlen(e->text));
		fputc('\n', out);
	}
}
