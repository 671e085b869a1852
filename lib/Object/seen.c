/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which sections and symbols count on a rung, and in what order.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/canon.h"
#include "Object/items.h"
#include "Object/object_impl.h"

/* Sections that the compiler names after what they hold (-fdata-sections). */
static const char *const prefixes[] = {
	".text.", ".data.rel.ro.local.", ".data.rel.ro.", ".data.rel.local.",
	".data.rel.", ".data.", ".bss.", ".rodata.", ".tdata.", ".tbss.",
};

static char *
section_name(const struct vn_canon *c, const char *name)
{
	for (size_t i = 0; i < VN_NITEMS(prefixes); i++) {
		size_t len = strlen(prefixes[i]);

		if (strncmp(name, prefixes[i], len) == 0)
			return (vn_asprintf("%s%s", prefixes[i],
			    vn_canon_name(c, name + len)));
	}
	return (vn_strdup(name));
}

/* The name that a section's group is known by; "": it is in none. */
static const char *
signature(const struct vn_canon *c, int section)
{
	const struct vn_object *o = c->object;
	const struct vn_section *s = &o->sections[section];
	const struct vn_symbol *symbol;

	if (s->type != SHT_GROUP) {
		if (s->group == 0)
			return ("");
		s = &o->sections[s->group];
	}
	symbol = &o->symbols[s->info];
	if (symbol->name[0] == '\0' && symbol->section > 0)
		return (c->names[symbol->section]);
	return (vn_canon_name(c, symbol->name));
}

static int
by_name(const void *a, const void *b, void *arg)
{
	const struct vn_canon *c = arg;
	const int *x = a, *y = b;
	int ret = strcmp(c->names[*x], c->names[*y]);

	if (ret == 0)
		ret = strcmp(signature(c, *x), signature(c, *y));
	/* More of one name are told apart by their order alone. */
	return (ret != 0 ? ret : *x - *y);
}

/* Tables that are loaded are there to be seen, but their bytes are decoded. */
static bool
counts(const struct vn_section *s)
{
	return (!s->debug && (!s->table || (s->flags & SHF_ALLOC) != 0));
}

void
vn_canon_number_sections(struct vn_canon *c)
{
	const struct vn_object *o = c->object;

	c->names = vn_calloc(o->nsections, sizeof(char *));
	c->sections = vn_calloc(o->nsections, sizeof(int));
	c->places = vn_calloc(o->nsections, sizeof(int));
	for (size_t i = 0; i < o->nsections; i++) {
		c->places[i] = -1;
		c->names[i] = section_name(c, o->sections[i].name);
		if (i != 0 && counts(&o->sections[i]))
			c->sections[c->nsections++] = (int)i;
	}
	if (c->rung >= VN_RUNG_SYMBOLS)
		qsort_r(c->sections, c->nsections, sizeof(int), by_name, c);
	for (size_t i = 0; i < c->nsections; i++)
		c->places[c->sections[i]] = (int)i;
}

int
vn_canon_place(const struct vn_canon *c, int section)
{
	/* Below all numbers: a section of debug data. */
	return (section <= 0 ? section : c->places[section] == -1 ? -0x20000 :
	    c->places[section]);
}

bool
vn_canon_is_section(const struct vn_canon *c, int symbol)
{
	const struct vn_symbol *s = &c->object->symbols[symbol];

	return (s->type == STT_SECTION && s->binding == STB_LOCAL);
}

/* The symbols that what counts refers to. */
static bool *
find_used(const struct vn_canon *c)
{
	const struct vn_object *o = c->object;
	bool *used = vn_calloc(o->nsymbols, sizeof(*used));

	for (size_t i = 0; i < c->nsections; i++) {
		const struct vn_section *s = &o->sections[c->sections[i]];
		const unsigned char *at = s->data;
		uint64_t symbol;

		for (size_t j = 0; j < s->nrelocs; j++)
			used[s->relocs[j].symbol] = true;
		if (s->type == SHT_GROUP)
			used[s->info] = true;
		while (s->type == VN_SHT_LLVM_ADDRSIG && s->link != 0 &&
		    at != NULL &&
		    vn_object_uleb(&at, s->data + s->size, &symbol))
			used[symbol] = true;
	}
	return (used);
}

/*
 * Section symbols are there if something refers to them, labels that begin
 * with .L if the assembler could not do without: with -g there are more.
 */
static bool
symbol_counts(const struct vn_canon *c, int i, const bool *used)
{
	const struct vn_symbol *s = &c->object->symbols[i];

	if ((size_t)i == c->object->dynamic || vn_canon_is_section(c, i))
		return (false);
	if (used[i] || s->binding != STB_LOCAL)
		return (true);
	if (s->section > 0 && c->places[s->section] == -1)
		return (false);
	return (s->type != STT_NOTYPE || s->size != 0 ||
	    (s->name[0] != '\0' && strncmp(s->name, ".L", 2) != 0));
}

bool
vn_canon_is_mapping(const struct vn_symbol *s)
{
	return (s->type == STT_NOTYPE && s->name[0] == '$' &&
	    s->name[1] != '\0' && strchr("adtx", s->name[1]) != NULL &&
	    (s->name[2] == '\0' || s->name[2] == '.'));
}

static const char *
seen_name(const struct vn_canon *c, const struct vn_seen *seen,
    const struct vn_symbol *s)
{
	if (c->rung < VN_RUNG_SYMBOLS)
		return (s->name);
	if (seen->global)
		return (vn_canon_name(c, s->name));
	if (vn_canon_is_mapping(s))
		return (s->name[1] == 'a' ? "$a" : s->name[1] == 'd' ? "$d" :
		    s->name[1] == 't' ? "$t" : "$x");
	return ("");
}

static void
see(struct vn_canon *c, int i)
{
	const struct vn_symbol *s = &c->object->symbols[i];
	const struct vn_item *item = NULL;
	const struct vn_items *items;
	struct vn_seen seen = {
		.index = i,
		.dynamic = (size_t)i >= c->object->dynamic,
		.place = vn_canon_place(c, s->section),
		.value = s->value,
		.global = s->binding != STB_LOCAL ||
		    s->section == VN_IN_UNDEF,
	};

	seen.name = seen_name(c, &seen, s);
	if (c->items != NULL && s->section > 0) {
		items = &c->items[s->section];
		if (items->count != 0 && vn_canon_is_mapping(s))
			return;
		item = vn_items_at(items, s->value);
		if (item != NULL)
			seen.value = items->numbers[item - items->items];
	}
	c->symbols[c->nsymbols++] = seen;
}

#define	COMPARE(a, b)							\
	if ((a) != (b))							\
		return ((a) < (b) ? -1 : 1)

static int
by_all(const void *a, const void *b, void *arg)
{
	const struct vn_seen *x = a, *y = b;
	const struct vn_canon *c = arg;
	const struct vn_symbol *s = &c->object->symbols[x->index];
	const struct vn_symbol *t = &c->object->symbols[y->index];
	int ret;

	COMPARE(x->dynamic, y->dynamic);
	COMPARE(y->global, x->global);
	ret = x->name == y->name ? 0 : strcmp(x->name, y->name);
	if (ret != 0)
		return (ret);
	COMPARE(x->place, y->place);
	COMPARE(x->value, y->value);
	COMPARE(s->size, t->size);
	COMPARE(s->type, t->type);
	COMPARE(s->binding, t->binding);
	COMPARE(s->other, t->other);
	return (0);
}

void
vn_canon_number_symbols(struct vn_canon *c)
{
	const struct vn_object *o = c->object;
	bool *used = find_used(c);

	c->symbols = vn_calloc(o->nsymbols, sizeof(*c->symbols));
	c->numbers = vn_calloc(o->nsymbols, sizeof(*c->numbers));
	for (size_t i = 0; i < o->nsymbols; i++) {
		c->numbers[i] = -1;
		if (i != 0 && symbol_counts(c, (int)i, used))
			see(c, (int)i);
	}
	free(used);
	if (c->rung >= VN_RUNG_SYMBOLS)
		qsort_r(c->symbols, c->nsymbols, sizeof(*c->symbols), by_all,
		    c);
	for (size_t i = 0; i < c->nsymbols; i++)
		c->numbers[c->symbols[i].index] = (int)i;
}
