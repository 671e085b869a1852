/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Numbers for variables whose order is free, such that equal objects number
 * equal variables alike: in the order in which relocations mention them, first
 * those of sections whose order is not free, then those of variables that have
 * a number by then.  A variable that nothing mentions is numbered by its name.
 */

#include <stdlib.h>

#include "Support/mem.h"

#include "Object/canon.h"
#include "Object/items.h"
#include "Object/object_impl.h"

struct mentioned {
	int		 section;
	size_t		 item;
};

struct walk {
	struct vn_canon	*canon;		/* borrowed */
	VN_VEC(struct mentioned) list;	/* in the order of mentions */
	size_t		 done;		/* how many were walked, too */
};

static void
number(struct walk *w, int section, size_t item)
{
	struct vn_items *items = &w->canon->items[section];

	if (items->numbers[item] != SIZE_MAX)
		return;
	items->numbers[item] = items->numbered++;
	VN_PUSH(&w->list, (struct mentioned){ section, item });
}

static void
mention(struct walk *w, int section, const struct vn_reloc *reloc)
{
	struct vn_canon *c = w->canon;
	const struct vn_symbol *s = &c->object->symbols[reloc->symbol];
	const struct vn_item *item;
	uint64_t offset = s->value;
	int64_t bias;

	if (s->section <= 0 || c->items[s->section].count == 0)
		return;
	if (vn_canon_is_section(c, reloc->symbol)) {
		if (!vn_items_bias(c, section, reloc, &bias)) {
			c->failed = true;
			return;
		}
		offset += (uint64_t)reloc->addend + (uint64_t)bias;
	}
	item = vn_items_at(&c->items[s->section], offset);
	if (item != NULL)
		number(w, s->section,
		    (size_t)(item - c->items[s->section].items));
}

static void
mention_all(struct walk *w, int section, uint64_t start, uint64_t size)
{
	const struct vn_section *s = &w->canon->object->sections[section];
	size_t to = vn_section_reloc(s, start + size);

	for (size_t i = vn_section_reloc(s, start); i < to; i++)
		mention(w, section, &s->relocs[i]);
}

static void
walk_mentioned(struct walk *w)
{
	while (w->done < w->list.count) {
		struct mentioned m = w->list.items[w->done++];
		const struct vn_item *item =
		    &w->canon->items[m.section].items[m.item];

		mention_all(w, m.section, item->start, item->size);
	}
}

void
vn_items_number(struct vn_canon *c)
{
	struct walk w = { .canon = c };

	for (size_t i = 0; i < c->nsections; i++)
		if (c->items[c->sections[i]].count == 0)
			mention_all(&w, c->sections[i], 0, UINT64_MAX);
	walk_mentioned(&w);
	for (size_t i = 0; i < c->nsections; i++) {
		struct vn_items *items = &c->items[c->sections[i]];

		for (size_t j = 0; j < items->count; j++) {
			number(&w, c->sections[i], items->order[j]);
			walk_mentioned(&w);
		}
		for (size_t j = 0; j < items->count; j++)
			items->order[items->numbers[j]] = j;
	}
	VN_FREE(&w.list);
}
