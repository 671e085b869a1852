/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Functions and variables that only stand elsewhere.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/findings.h"

struct placed {
	const struct vn_piece	*one, *other;
};

static int
by_other(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	return (x->other->start < y->other->start ? -1 :
	    x->other->start > y->other->start);
}

/* The pieces from items[i] on that are in both sections, and where to go on. */
static size_t
collect(const struct vn_match *m, size_t i, struct placed *out, size_t *count)
{
	int section = m->one.items[i].section, peer;

	*count = 0;
	for (; i < m->one.count && m->one.items[i].section == section; i++) {
		const struct vn_piece *p = &m->one.items[i], *q;

		peer = m->symbols[p->symbol];
		if (peer == -1 || m->other.piece_of[peer] == -1)
			continue;
		q = &m->other.items[m->other.piece_of[peer]];
		if (q->section == m->sections[section])
			out[(*count)++] = (struct placed){ p, q };
	}
	return (i);
}

static void
compare_order(struct vn_findings *f, const struct placed *a,
    struct placed *b, size_t count)
{
	const struct vn_symbol *one = f->match.one.object->symbols;
	const struct vn_symbol *other = f->match.other.object->symbols;

	memcpy(b, a, count * sizeof(*b));
	qsort(b, count, sizeof(*b), by_other);
	for (size_t i = 0; i < count; i++) {
		const struct vn_piece *p = a[i].one, *q = b[i].other;

		if (p == b[i].one)
			continue;
		vn_found(f, VN_DIFF_ORDER, (struct vn_spot){ p->section,
		    p->symbol, 0 }, (struct vn_spot){ q->section, q->symbol,
		    0 }, vn_strdup(one[p->symbol].name),
		    vn_strdup(other[q->symbol].name));
		return;
	}
}

void
vn_find_order(struct vn_findings *f)
{
	const struct vn_view *v = &f->match.one;
	struct placed *a = vn_calloc(v->count + 1, sizeof(*a));
	struct placed *b = vn_calloc(v->count + 1, sizeof(*b));
	size_t count, next;

	for (size_t i = 0; i < v->count; i = next) {
		next = collect(&f->match, i, a, &count);
		if (count > 1 && !vn_section_is_set(v->object,
		    v->items[i].section))
			compare_order(f, a, b, count);
	}
	free(a);
	free(b);
}
