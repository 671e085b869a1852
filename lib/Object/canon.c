/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The stream of an object.  Each number has 64 bits, the low byte first, and
 * each list its length before it, so no two objects share a stream by chance.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/canon.h"
#include "Object/items.h"
#include "Object/object_impl.h"

void
vn_canon_put(struct vn_strbuf *out, uint64_t number)
{
	char bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(number >> (8 * i));
	vn_strbuf_add(out, bytes, sizeof(bytes));
}

void
vn_canon_bytes(struct vn_strbuf *out, const void *bytes, size_t len)
{
	vn_canon_put(out, len);
	if (len != 0)
		vn_strbuf_add(out, bytes, len);
}

static void
put_string(struct vn_strbuf *out, const char *s)
{
	vn_canon_bytes(out, s, strlen(s));
}

const char *
vn_canon_name(const struct vn_canon *c, const char *name)
{
	if (c->rung < VN_RUNG_RENAMES || c->how == NULL)
		return (name);
	for (size_t i = 0; i < c->how->nrenames; i++)
		if (strcmp(c->how->renames[i].now, name) == 0)
			return (c->how->renames[i].was);
	return (name);
}

void
vn_canon_start(struct vn_canon *c, const struct vn_object *object,
    enum vn_rung rung, const struct vn_compare *how)
{
	*c = (struct vn_canon){ .object = object, .rung = rung, .how = how };
	vn_canon_number_sections(c);
	if (rung == VN_RUNG_ORDER)
		vn_items_find(c);
	vn_canon_number_symbols(c);
}

void
vn_canon_end(struct vn_canon *c)
{
	vn_items_free(c);
	for (size_t i = 0; i < c->object->nsections; i++)
		free(c->names[i]);
	free(c->names);
	free(c->sections);
	free(c->places);
	free(c->symbols);
	free(c->numbers);
}

/* What a linker and a loader made of the sections: .ko files of ET_DYN. */
static void
put_segments(const struct vn_object *o, const GElf_Ehdr *e,
    struct vn_strbuf *out)
{
	size_t size = vn_entry_size(o, ELF_T_PHDR);
	GElf_Phdr p;

	if (e->e_phentsize != size || e->e_phoff > o->len)
		return;
	for (size_t i = 0; i < e->e_phnum && (i + 1) * size <=
	    o->len - e->e_phoff; i++) {
		vn_entry(o, ELF_T_PHDR, o->data + e->e_phoff + i * size, &p);
		vn_canon_put(out, p.p_type);
		vn_canon_put(out, p.p_flags);
		vn_canon_put(out, p.p_vaddr);
		vn_canon_put(out, p.p_memsz);
		vn_canon_put(out, p.p_align);
	}
}

void
vn_canon_header(struct vn_canon *c, struct vn_strbuf *out)
{
	const struct vn_object *o = c->object;
	GElf_Ehdr e;

	vn_entry(o, ELF_T_EHDR, o->data, &e);
	vn_canon_put(out, o->wide);
	vn_canon_put(out, o->little);
	vn_canon_put(out, e.e_ident[EI_OSABI]);
	vn_canon_put(out, e.e_ident[EI_ABIVERSION]);
	vn_canon_put(out, o->type);
	vn_canon_put(out, o->machine);
	vn_canon_put(out, o->eflags);
	vn_canon_put(out, e.e_entry);
	vn_canon_put(out, c->nsections);
	vn_canon_put(out, c->nsymbols);
	if (o->type == ET_DYN)
		put_segments(o, &e, out);
}

static void
put_relocs(struct vn_canon *c, int section, size_t from, size_t to,
    uint64_t start, struct vn_strbuf *out)
{
	const struct vn_section *s = &c->object->sections[section];
	struct vn_target target;

	vn_canon_put(out, to - from);
	for (size_t i = from; i < to; i++) {
		vn_canon_target(c, section, &s->relocs[i], &target);
		vn_canon_put(out, s->relocs[i].offset - start);
		vn_canon_put(out, s->relocs[i].type);
		vn_canon_put(out, s->relocs[i].implicit);
		for (size_t j = 0; j < VN_NITEMS(target.words); j++)
			vn_canon_put(out, target.words[j]);
	}
}

static int
by_words(const void *a, const void *b)
{
	const struct vn_target *x = a, *y = b;

	for (size_t i = 0; i < VN_NITEMS(x->words); i++)
		if (x->words[i] != y->words[i])
			return (x->words[i] < y->words[i] ? -1 : 1);
	return (0);
}

/* The symbols whose address matters, a set. */
static void
put_addrsig(struct vn_canon *c, const struct vn_section *s,
    struct vn_strbuf *out)
{
	const unsigned char *at = s->data;
	VN_VEC(struct vn_target) list = { 0 };
	struct vn_target target;
	uint64_t symbol;

	while (at != NULL && vn_object_uleb(&at, s->data + s->size, &symbol)) {
		vn_canon_symbol(c, (int)symbol, &target);
		VN_PUSH(&list, target);
	}
	if (c->rung >= VN_RUNG_SYMBOLS && list.count != 0)
		qsort(list.items, list.count, sizeof(*list.items), by_words);
	vn_canon_put(out, list.count);
	for (size_t i = 0; i < list.count; i++)
		for (size_t j = 0; j < VN_NITEMS(target.words); j++)
			vn_canon_put(out, list.items[i].words[j]);
	VN_FREE(&list);
}

static int
by_number(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return ((*x > *y) - (*x < *y));
}

/* A group: how it is known, and those of its members that count. */
static void
put_group(struct vn_canon *c, const struct vn_section *s, struct vn_strbuf *out)
{
	const struct vn_object *o = c->object;
	VN_VEC(int) list = { 0 };
	struct vn_target target;

	vn_canon_symbol(c, s->info, &target);
	for (size_t j = 0; j < VN_NITEMS(target.words); j++)
		vn_canon_put(out, target.words[j]);
	vn_canon_put(out, vn_object_word(o, s->data));
	for (size_t at = 4; at < s->size; at += 4) {
		int place = c->places[vn_object_word(o, s->data + at)];

		if (place != -1)
			VN_PUSH(&list, place);
	}
	if (c->rung >= VN_RUNG_SYMBOLS && list.count != 0)
		qsort(list.items, list.count, sizeof(*list.items), by_number);
	vn_canon_put(out, list.count);
	for (size_t i = 0; i < list.count; i++)
		vn_canon_put(out, (uint64_t)list.items[i]);
	VN_FREE(&list);
}

static void
put_header(struct vn_canon *c, int section, bool sized, struct vn_strbuf *out)
{
	const struct vn_section *s = &c->object->sections[section];

	put_string(out, c->names[section]);
	vn_canon_put(out, s->type);
	vn_canon_put(out, s->flags);
	vn_canon_put(out, s->align);
	vn_canon_put(out, s->entsize);
	vn_canon_put(out, s->addr);
	if (sized)
		vn_canon_put(out, s->size);
	vn_canon_put(out, s->group == 0 ? 0 :
	    (uint64_t)c->places[s->group] + 1);
	if ((s->flags & SHF_LINK_ORDER) != 0)
		vn_canon_put(out, (uint64_t)(int64_t)
		    vn_canon_place(c, s->link));
	if ((s->flags & SHF_INFO_LINK) != 0)
		vn_canon_put(out, (uint64_t)(int64_t)
		    vn_canon_place(c, s->info));
}

/* A variable: its bytes and relocations. */
static void
put_item(struct vn_canon *c, int section, const struct vn_item *item,
    struct vn_strbuf *out)
{
	const struct vn_section *s = &c->object->sections[section];

	vn_canon_put(out, item->size);
	if (s->data != NULL)
		vn_canon_bytes(out, s->data + item->start, item->size);
	put_relocs(c, section, vn_section_reloc(s, item->start),
	    vn_section_reloc(s, item->start + item->size), item->start, out);
}

static void
put_contents(struct vn_canon *c, const struct vn_section *s,
    struct vn_strbuf *out)
{
	if (s->type == SHT_GROUP)
		put_group(c, s, out);
	else if (s->type == VN_SHT_LLVM_ADDRSIG && s->link != 0)
		put_addrsig(c, s, out);
	else if (!s->table && s->data != NULL)
		vn_canon_bytes(out, s->data, s->size);
}

void
vn_canon_section(struct vn_canon *c, size_t i, struct vn_strbuf *out)
{
	int section = c->sections[i];
	const struct vn_section *s = &c->object->sections[section];
	const struct vn_items *items = c->items == NULL ? NULL :
	    &c->items[section];
	/* A size that counts bytes of indexes is none of its own. */
	bool sized = s->type != SHT_GROUP &&
	    (s->type != VN_SHT_LLVM_ADDRSIG || s->link == 0);

	if (items != NULL && items->count != 0) {
		put_header(c, section, false, out);
		vn_canon_put(out, items->count);
		for (size_t j = 0; j < items->count; j++)
			put_item(c, section,
			    &items->items[items->order[j]], out);
		return;
	}
	put_header(c, section, sized, out);
	put_contents(c, s, out);
	put_relocs(c, section, 0, s->nrelocs, 0, out);
}

void
vn_canon_symbols(struct vn_canon *c, struct vn_strbuf *out)
{
	for (size_t i = 0; i < c->nsymbols; i++) {
		const struct vn_seen *seen = &c->symbols[i];
		const struct vn_symbol *s = &c->object->symbols[seen->index];

		put_string(out, seen->name);
		vn_canon_put(out, seen->dynamic);
		vn_canon_put(out, (uint64_t)(int64_t)seen->place);
		vn_canon_put(out, seen->value);
		vn_canon_put(out, s->size);
		vn_canon_put(out, s->binding);
		vn_canon_put(out, s->type);
		vn_canon_put(out, s->other);
	}
}
