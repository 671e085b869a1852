/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What a relocation reaches.
 *
 * A section's own symbol and a named one at the same place are never taken for
 * each other: in mergeable sections a linker adds the addend before it merges
 * with the one, and afterwards with the other.
 */

#include "Object/canon.h"
#include "Object/items.h"
#include "Object/object_impl.h"

enum { NOTHING, NAMED, LOCAL, SECTION, VARIABLE };

/* The variables of the section that a symbol is in, if their order is free. */
static const struct vn_items *
items_of(const struct vn_canon *c, const struct vn_symbol *s)
{
	if (c->items == NULL || s->section <= 0 ||
	    c->items[s->section].count == 0)
		return (NULL);
	return (&c->items[s->section]);
}

static void
set(struct vn_target *out, uint64_t kind, uint64_t a, uint64_t b, uint64_t d)
{
	*out = (struct vn_target){ .words = { kind, a, b, d } };
}

/* The variable that holds the offset, and the bytes from its start. */
static void
set_variable(struct vn_canon *c, const struct vn_items *items, int place,
    uint64_t offset, struct vn_target *out)
{
	const struct vn_item *item = vn_items_at(items, offset);

	if (item == NULL) {
		c->failed = true;
		set(out, NOTHING, 0, 0, 0);
		return;
	}
	set(out, VARIABLE, (uint64_t)place,
	    items->numbers[item - items->items], offset - item->start);
}

void
vn_canon_symbol(struct vn_canon *c, int symbol, struct vn_target *out)
{
	const struct vn_symbol *s = &c->object->symbols[symbol];
	int place = vn_canon_place(c, s->section), number = c->numbers[symbol];
	bool section = vn_canon_is_section(c, symbol);

	if (symbol == 0)
		set(out, NOTHING, 0, 0, 0);
	else if (number != -1 && (c->rung < VN_RUNG_SYMBOLS ||
	    c->symbols[number].global))
		set(out, NAMED, (uint64_t)number, 0, 0);
	else if (!section && items_of(c, s) != NULL)
		set_variable(c, items_of(c, s), place, s->value, out);
	else
		set(out, section ? SECTION : LOCAL, (uint64_t)(int64_t)place,
		    s->value, s->type);
}

void
vn_canon_target(struct vn_canon *c, int section, const struct vn_reloc *reloc,
    struct vn_target *out)
{
	const struct vn_symbol *s = &c->object->symbols[reloc->symbol];
	const struct vn_items *items = items_of(c, s);
	int64_t bias = 0;

	if (items != NULL && vn_canon_is_section(c, reloc->symbol)) {
		if (!vn_items_bias(c, section, reloc, &bias))
			c->failed = true;
		set_variable(c, items, vn_canon_place(c, s->section),
		    s->value + (uint64_t)reloc->addend + (uint64_t)bias, out);
		out->words[0] = SECTION + VARIABLE;
		out->words[4] = (uint64_t)bias;
		return;
	}
	vn_canon_symbol(c, reloc->symbol, out);
	out->words[4] = (uint64_t)reloc->addend;
}
