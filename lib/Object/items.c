/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The variables of sections whose order is free.
 *
 * How the statics of two objects are matched (rank.c) proves nothing and need
 * not: any matching under which contents and all references are the same shows
 * that only the places differ.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/canon.h"
#include "Object/items.h"
#include "Object/object_impl.h"

/* Sections that compilers put plain variables in; each, or with ".more". */
static bool
is_plain(const struct vn_section *s)
{
	static const char *const names[] = {
		".data", ".bss", ".rodata", ".sdata", ".sbss", ".srodata",
		".ldata", ".lbss", ".lrodata",
	};
	uint64_t flags = s->flags & ~(uint64_t)(SHF_WRITE | SHF_GROUP);

	if (s->type != SHT_PROGBITS && s->type != SHT_NOBITS)
		return (false);
	if ((flags & (SHF_ALLOC | SHF_EXECINSTR | SHF_MERGE | SHF_TLS |
	    SHF_LINK_ORDER | SHF_OS_NONCONFORMING | SHF_COMPRESSED)) !=
	    SHF_ALLOC)
		return (false);
	for (size_t i = 0; i < VN_NITEMS(names); i++) {
		size_t len = strlen(names[i]);

		if (strncmp(s->name, names[i], len) == 0 &&
		    (s->name[len] == '\0' || s->name[len] == '.'))
			return (true);
	}
	return (false);
}

/*
 * What is left of "f.last" (clang) and "last.0" (gcc), a static of a function,
 * once it has been moved before it: "last".
 */
static void
find_base(struct vn_item *item)
{
	const char *name = item->name, *end = name + strlen(name), *dot;

	item->base = 0;
	while ((dot = memrchr(name, '.', (size_t)(end - name))) != NULL &&
	    dot != name && dot + 1 != end && dot + 1 +
	    strspn(dot + 1, "0123456789") >= end)
		end = dot;
	dot = memrchr(name, '.', (size_t)(end - name));
	if (dot != NULL && dot + 1 != end)
		item->base = (size_t)(dot + 1 - name);
	item->len = (size_t)(end - name) - item->base;
}

static int
by_start(const void *a, const void *b, void *arg)
{
	const struct vn_symbol *symbols = arg, *x, *y;
	const int *i = a, *j = b;

	x = &symbols[*i];
	y = &symbols[*j];
	if (x->value != y->value)
		return (x->value < y->value ? -1 : 1);
	/* The one that gives an item its name comes first: a global. */
	if ((x->binding == STB_LOCAL) != (y->binding == STB_LOCAL))
		return (x->binding == STB_LOCAL ? 1 : -1);
	return (strcmp(x->name, y->name));
}

/* May the symbol be in a section of plain variables? */
static bool
is_variable(const struct vn_section *s, const struct vn_symbol *symbol)
{
	return (symbol->type == STT_OBJECT && symbol->size != 0 &&
	    symbol->name[0] != '\0' && symbol->value <= s->size &&
	    symbol->size <= s->size - symbol->value);
}

/* Labels that hold nothing. */
static bool
is_mark(const struct vn_canon *c, int i)
{
	const struct vn_symbol *s = &c->object->symbols[i];

	return (vn_canon_is_section(c, i) || vn_canon_is_mapping(s) ||
	    (s->type == STT_NOTYPE && s->size == 0 &&
	    s->binding == STB_LOCAL && strncmp(s->name, ".L", 2) == 0));
}

/* Alignments that put a variable behind the one before it. */
static uint64_t
alignments(uint64_t end, uint64_t start, uint64_t most)
{
	uint64_t mask = 0;

	for (unsigned n = 0; n < 63 && (UINT64_C(1) << n) <= most; n++) {
		uint64_t step = UINT64_C(1) << n;

		if (end <= UINT64_MAX - step &&
		    (end + step - 1) / step * step == start)
			mask |= step;
	}
	return (mask);
}

/* Is there nothing but padding from one offset to another? */
static bool
is_padding(const struct vn_section *s, uint64_t from, uint64_t to)
{
	if (to - from >= (s->align == 0 ? 1 : s->align) && to != from)
		return (false);
	for (uint64_t i = from; i < to && s->data != NULL; i++)
		if (s->data[i] != 0)
			return (false);
	return (true);
}

/*
 * Append the variable, or find that it is the one before under another name.
 * Returns false if they overlap or there is something between them.
 */
static bool
add_item(struct vn_items *items, const struct vn_section *s,
    const struct vn_symbol *symbol, const char *name)
{
	const struct vn_item *last = items->count == 0 ? NULL :
	    &items->items[items->count - 1];
	uint64_t end = last == NULL ? 0 : last->start + last->size;
	struct vn_item item = {
		.name = name,
		.start = symbol->value,
		.size = symbol->size,
	};

	if (last != NULL && last->start == item.start &&
	    last->size == item.size)
		return (true);
	if (item.start < end || !is_padding(s, end, item.start))
		return (false);
	item.aligns = alignments(end, item.start, s->align == 0 ? 1 : s->align);
	find_base(&item);
	VN_PUSH(items, item);
	return (item.aligns != 0);
}

/* Does each relocation act inside a variable? */
static bool
relocs_fit(const struct vn_items *items, const struct vn_section *s)
{
	for (size_t i = 0; i < s->nrelocs; i++)
		if (vn_items_at(items, s->relocs[i].offset) == NULL)
			return (false);
	return (true);
}

static int
by_name(const void *a, const void *b, void *arg)
{
	const size_t *i = a, *j = b;
	const struct vn_item *items = arg, *x = &items[*i], *y = &items[*j];
	size_t len = x->len < y->len ? x->len : y->len;
	int ret = memcmp(x->name + x->base, y->name + y->base, len);

	if (ret == 0 && x->len != y->len)
		ret = x->len < y->len ? -1 : 1;
	if (ret == 0)
		ret = strcmp(x->name, y->name);
	return (ret != 0 ? ret : *i < *j ? -1 : *i > *j);
}

static void
sort_items(struct vn_items *items)
{
	items->order = vn_calloc(items->count, sizeof(*items->order));
	items->numbers = vn_calloc(items->count, sizeof(*items->numbers));
	for (size_t i = 0; i < items->count; i++) {
		items->order[i] = i;
		items->numbers[i] = SIZE_MAX;
	}
	qsort_r(items->order, items->count, sizeof(*items->order), by_name,
	    items->items);
}

/* The variables of one section, whose symbols are list[0 .. count - 1]. */
static void
find_in(struct vn_canon *c, int section, const int *list, size_t count)
{
	const struct vn_section *s = &c->object->sections[section];
	struct vn_items *items = &c->items[section];
	bool good = true;
	const struct vn_item *last;

	for (size_t i = 0; i < count && good; i++) {
		const struct vn_symbol *symbol = &c->object->symbols[list[i]];

		if (is_mark(c, list[i]))
			continue;
		good = is_variable(s, symbol) && add_item(items, s, symbol,
		    vn_canon_name(c, symbol->name));
	}
	last = items->count == 0 ? NULL : &items->items[items->count - 1];
	if (good && last != NULL && relocs_fit(items, s) &&
	    is_padding(s, last->start + last->size, s->size))
		sort_items(items);
	else
		VN_FREE(items);
}

static int
by_section(const void *a, const void *b, void *arg)
{
	const struct vn_symbol *symbols = arg;
	const int *i = a, *j = b;

	if (symbols[*i].section != symbols[*j].section)
		return (symbols[*i].section < symbols[*j].section ? -1 : 1);
	return (by_start(a, b, arg));
}

void
vn_items_find(struct vn_canon *c)
{
	const struct vn_object *o = c->object;
	int *list = vn_calloc(o->dynamic, sizeof(*list));
	size_t count = 0, end;

	c->items = vn_calloc(o->nsections, sizeof(*c->items));
	for (size_t i = 1; i < o->dynamic && o->type == ET_REL; i++) {
		int section = o->symbols[i].section;

		if (section > 0 && c->places[section] != -1 &&
		    is_plain(&o->sections[section]))
			list[count++] = (int)i;
	}
	qsort_r(list, count, sizeof(*list), by_section, o->symbols);
	for (size_t i = 0; i < count; i = end) {
		int section = o->symbols[list[i]].section;

		for (end = i; end < count &&
		    o->symbols[list[end]].section == section; end++)
			continue;
		find_in(c, section, list + i, end - i);
	}
	free(list);
	vn_items_number(c);
}

void
vn_items_free(struct vn_canon *c)
{
	for (size_t i = 0; c->items != NULL && i < c->object->nsections; i++) {
		VN_FREE(&c->items[i]);
		free(c->items[i].order);
		free(c->items[i].numbers);
	}
	free(c->items);
}

const struct vn_item *
vn_items_at(const struct vn_items *items, uint64_t offset)
{
	size_t low = 0, high = items->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (items->items[middle].start <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || offset - items->items[low - 1].start >=
	    items->items[low - 1].size)
		return (NULL);
	return (&items->items[low - 1]);
}

bool
vn_items_aligned(const struct vn_canon *one, const struct vn_canon *other)
{
	for (size_t i = 0; i < one->nsections && i < other->nsections; i++) {
		const struct vn_items *a = &one->items[one->sections[i]];
		const struct vn_items *b = &other->items[other->sections[i]];

		for (size_t j = 0; j < a->count && j < b->count; j++)
			if ((a->items[a->order[j]].aligns &
			    b->items[b->order[j]].aligns) == 0)
				return (false);
	}
	return (true);
}
