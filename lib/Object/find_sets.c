/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Linker sets: the entries, and their order, which is that of calls.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/findings.h"

/* Sets with more entries than that are only compared one by one. */
enum { MAX_ENTRIES = 4096 };

struct entries {
	const struct vn_view	*view;
	int			 section;
	struct vn_target	*items;	/* owned */
	size_t			 count;
};

static void
entries_init(struct entries *e, const struct vn_view *v, int section)
{
	const struct vn_section *s = &v->object->sections[section];

	*e = (struct entries){ v, section, vn_calloc(s->nrelocs + 1,
	    sizeof(*e->items)), s->nrelocs };
	for (size_t i = 0; i < s->nrelocs; i++)
		vn_view_reloc(v, &e->items[i], section, &s->relocs[i], 0);
}

/* The place of the i-th entry. */
static struct vn_spot
spot_of(const struct entries *e, size_t i)
{
	const struct vn_section *s = &e->view->object->sections[e->section];
	struct vn_spot spot = { e->section, 0, 0 };
	int piece;

	if (i >= e->count)
		return (spot);
	spot.offset = s->relocs[i].offset;
	piece = vn_view_piece_at(e->view, e->section, spot.offset);
	if (piece != -1) {
		spot.symbol = e->view->items[piece].symbol;
		spot.offset -= e->view->items[piece].start;
	}
	return (spot);
}

static bool
same_entry(const struct vn_match *m, const struct vn_target *a,
    const struct vn_target *b)
{

	return (a->type == b->type && vn_match_target(m, a, b));
}

/* Mark the entries that both have; each counts once. */
static void
mark(const struct vn_match *m, const struct entries *a, const struct entries *b,
    bool *in_a, bool *in_b)
{

	for (size_t i = 0; i < a->count; i++) {
		bool many = a->count > MAX_ENTRIES || b->count > MAX_ENTRIES;
		size_t j = many ? i : 0, end = many && i < b->count ? i + 1 :
		    b->count;

		for (; j < end; j++)
			if (!in_b[j] && same_entry(m, &a->items[i],
			    &b->items[j]))
				break;
		if (j < end)
			in_a[i] = in_b[j] = true;
	}
}

static size_t
first_false(const bool *p, size_t count)
{
	size_t i = 0;

	while (i < count && p[i])
		i++;
	return (i);
}

/* The i-th entry of one and the j-th of the other. */
static void
found_entry(struct vn_findings *f, enum vn_difference_kind kind,
    const struct entries *a, size_t i, const struct entries *b, size_t j)
{
	char *was = i < a->count ? vn_target_text(a->view, &a->items[i]) : NULL;
	char *now = j < b->count ? vn_target_text(b->view, &b->items[j]) : NULL;

	vn_found(f, kind, spot_of(a, i), spot_of(b, j), was, now);
}

static void
compare_order(struct vn_findings *f, const struct entries *a,
    const struct entries *b)
{

	for (size_t i = 0; i < a->count; i++) {
		if (!same_entry(&f->match, &a->items[i], &b->items[i])) {
			found_entry(f, VN_DIFF_ORDER, a, i, b, i);
			return;
		}
	}
}

static void
compare_set(struct vn_findings *f, int one, int other)
{
	struct entries a, b;
	bool *in_a, *in_b;
	size_t i, j;

	entries_init(&a, &f->match.one, one);
	entries_init(&b, &f->match.other, other);
	in_a = vn_calloc(a.count + 1, sizeof(*in_a));
	in_b = vn_calloc(b.count + 1, sizeof(*in_b));
	mark(&f->match, &a, &b, in_a, in_b);
	i = first_false(in_a, a.count);
	j = first_false(in_b, b.count);
	if (i < a.count || j < b.count)
		found_entry(f, VN_DIFF_TARGET, &a, i, &b, j);
	else
		compare_order(f, &a, &b);
	free(in_a);
	free(in_b);
	free(a.items);
	free(b.items);
}

void
vn_find_sets(struct vn_findings *f)
{
	const struct vn_match *m = &f->match;

	for (size_t i = 1; i < m->one.object->nsections; i++)
		if (m->sections[i] != -1 &&
		    vn_section_is_set(m->one.object, (int)i) &&
		    vn_section_is_set(m->other.object, m->sections[i]))
			compare_set(f, (int)i, m->sections[i]);
}
