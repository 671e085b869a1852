/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Sections in pieces, and what is at a place.
 */

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/machine.h"
#include "Object/view.h"

/*
 * A function of the first ABI of powerpc64 is a descriptor, whose first word
 * points to the code.
 */
static const struct vn_reloc *
descriptor_of(const struct vn_object *o, const struct vn_symbol *s)
{
	const struct vn_section *opd;
	size_t i;

	if (o->machine != EM_PPC64 || o->type != ET_REL || s->section <= 0)
		return (NULL);
	opd = &o->sections[s->section];
	i = vn_reloc_from(opd, s->value);
	if (strcmp(opd->name, ".opd") != 0 || i == opd->nrelocs ||
	    opd->relocs[i].offset != s->value ||
	    o->symbols[opd->relocs[i].symbol].section <= 0 ||
	    o->symbols[opd->relocs[i].symbol].section == s->section)
		return (NULL);
	return (&opd->relocs[i]);
}

int
vn_symbol_section(const struct vn_object *o, int symbol)
{
	const struct vn_reloc *r = descriptor_of(o, &o->symbols[symbol]);

	return (r == NULL ? o->symbols[symbol].section :
	    o->symbols[r->symbol].section);
}

uint64_t
vn_symbol_start(const struct vn_object *o, int symbol)
{
	const struct vn_symbol *s = &o->symbols[symbol];
	const struct vn_reloc *r = descriptor_of(o, s);
	uint64_t value = s->value;

	if (r != NULL)
		return (o->symbols[r->symbol].value + (uint64_t)r->addend);
	/* Bit 0 of a function of ARM says that it is Thumb (AAELF32). */
	if (o->machine == EM_ARM && s->type == STT_FUNC)
		value &= ~(uint64_t)1;
	if (o->type == ET_REL || s->section < 0)
		return (value);
	return (value - o->sections[s->section].addr);
}

bool
vn_symbol_named(const struct vn_symbol *s)
{

	return (s->name[0] != '\0' && s->name[0] != '$' &&
	    strncmp(s->name, ".L", 2) != 0);
}

bool
vn_symbol_counts(const struct vn_symbol *s)
{

	return (vn_symbol_named(s) && s->type != STT_SECTION &&
	    s->type != STT_FILE);
}

bool
vn_section_forwards(const struct vn_section *s)
{

	return (strcmp(s->name, ".toc") == 0 || strcmp(s->name, ".opd") == 0 ||
	    strcmp(s->name, ".got") == 0 || strcmp(s->name, ".got.plt") == 0);
}

/* The better name comes first: one with a size, with a type, seen outside. */
static int
rank(const struct vn_symbol *s)
{

	return ((s->size == 0) << 2 | (s->type == STT_NOTYPE) << 1 |
	    (s->binding == STB_LOCAL));
}

struct entry {
	const struct vn_symbol	*symbol;
	int			 section;
	uint64_t		 start;
	int			 index;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->section != y->section)
		return (x->section < y->section ? -1 : 1);
	if (x->start != y->start)
		return (x->start < y->start ? -1 : 1);
	if (rank(x->symbol) != rank(y->symbol))
		return (rank(x->symbol) - rank(y->symbol));
	return (strcmp(x->symbol->name, y->symbol->name));
}

static struct entry *
sorted_entries(const struct vn_object *o, size_t *count)
{
	struct entry *e = vn_calloc(o->nsymbols + 1, sizeof(*e));

	*count = 0;
	for (size_t i = 1; i < o->nsymbols; i++) {
		const struct vn_symbol *s = &o->symbols[i];
		uint64_t start;
		int section;

		if (s->section <= 0 || !vn_symbol_counts(s))
			continue;
		section = vn_symbol_section(o, (int)i);
		start = vn_symbol_start(o, (int)i);
		if (start < o->sections[section].size)
			e[(*count)++] = (struct entry){ s, section, start,
			    (int)i };
	}
	qsort(e, *count, sizeof(*e), compare_entries);
	return (e);
}

/* One without a size reaches to the next, or to the end of its section. */
static void
give_sizes(struct vn_view *v)
{

	for (size_t i = 0; i < v->count; i++) {
		struct vn_piece *p = &v->items[i];
		uint64_t end = v->object->sections[p->section].size;

		if (i + 1 < v->count && p[1].section == p->section)
			end = p[1].start;
		if (p->size == 0 || p->size > end - p->start)
			p->size = end - p->start;
	}
}

void
vn_view_init(struct vn_view *v, const struct vn_object *o)
{
	size_t count;
	struct entry *e = sorted_entries(o, &count);
	const struct vn_piece *last;

	*v = (struct vn_view){ .object = o };
	v->piece_of = vn_malloc((o->nsymbols + 1) * sizeof(*v->piece_of));
	for (size_t i = 0; i <= o->nsymbols; i++)
		v->piece_of[i] = -1;
	for (size_t i = 0; i < count; i++) {
		const struct vn_symbol *s = e[i].symbol;

		last = v->count == 0 ? NULL : &v->items[v->count - 1];
		if (last != NULL && last->section == e[i].section &&
		    (e[i].start == last->start ||
		    e[i].start - last->start < last->size)) {
			if (e[i].start == last->start)
				v->piece_of[e[i].index] = (int)v->count - 1;
			continue;
		}
		v->piece_of[e[i].index] = (int)v->count;
		VN_PUSH(v, (struct vn_piece){ e[i].section, e[i].start,
		    s->size, e[i].index });
	}
	free(e);
	give_sizes(v);
}

void
vn_view_free(struct vn_view *v)
{

	free(v->piece_of);
	VN_FREE(v);
}

int
vn_view_piece_at(const struct vn_view *v, int section, uint64_t offset)
{
	size_t lo = 0, hi = v->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct vn_piece *p = &v->items[mid];

		if (p->section < section || (p->section == section &&
		    p->start <= offset))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || v->items[lo - 1].section != section ||
	    offset - v->items[lo - 1].start >= v->items[lo - 1].size)
		return (-1);
	return ((int)lo - 1);
}

size_t
vn_reloc_from(const struct vn_section *s, uint64_t offset)
{
	size_t lo = 0, hi = s->nrelocs;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->relocs[mid].offset < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

/*
 * Is there text with a closing NUL at that place?  Without optimization gcc
 * puts strings among other constants, so their section says nothing.
 */
static bool
text_at(const struct vn_section *s, uint64_t offset, size_t *len)
{
	bool strings = (s->flags & SHF_MERGE) != 0 &&
	    (s->flags & SHF_STRINGS) != 0 && s->entsize <= 1;
	size_t n, reloc;

	if (s->data == NULL || offset >= s->size ||
	    (s->flags & (SHF_EXECINSTR | SHF_WRITE)) != 0)
		return (false);
	for (n = 0; offset + n < s->size && s->data[offset + n] != '\0'; n++) {
		unsigned char c = s->data[offset + n];

		if (!strings && (c > '~' || (c < ' ' && strchr("\t\n\r\033",
		    c) == NULL)))
			return (false);
	}
	reloc = vn_reloc_from(s, offset);
	*len = n;
	return (offset + n < s->size && (strings || n > 0) &&
	    (reloc == s->nrelocs || s->relocs[reloc].offset > offset + n));
}

/* One entry, or, of wide characters, all before a zero. */
static size_t
constant_len(const struct vn_section *s, uint64_t at)
{
	static const unsigned char zero[8];
	size_t len = 0, unit = s->entsize;

	if ((s->flags & SHF_STRINGS) == 0 || unit > sizeof(zero))
		return (unit);
	while (s->size - at - len >= unit &&
	    memcmp(s->data + at + len, zero, unit) != 0)
		len += unit;
	return (len);
}

/*
 * The relocation of an entry of the table of contents, or of a descriptor of a
 * function (psABI, powerpc64), or of the global offset table of a linked file.
 */
static const struct vn_reloc *
forwarding_entry(const struct vn_section *s, uint64_t at)
{
	size_t i = vn_reloc_from(s, at);

	if (!vn_section_forwards(s) || i == s->nrelocs ||
	    s->relocs[i].offset != at)
		return (NULL);
	return (&s->relocs[i]);
}

/* In a linked file distances and pointers reach other sections. */
static int
section_at(const struct vn_object *o, int section, int64_t *offset)
{
	uint64_t address = o->sections[section].addr + (uint64_t)*offset;

	if (o->type == ET_REL || (*offset >= 0 &&
	    (uint64_t)*offset < o->sections[section].size))
		return (section);
	for (size_t i = 1; i < o->nsections; i++) {
		const struct vn_section *s = &o->sections[i];

		if ((s->flags & SHF_ALLOC) != 0 && (s->flags & SHF_TLS) == 0 &&
		    address - s->addr < s->size) {
			*offset = (int64_t)(address - s->addr);
			return ((int)i);
		}
	}
	return (section);
}

static void place(const struct vn_view *v, struct vn_target *out, int section,
	    int64_t offset, int hops);

/* What is at the place of a relocation, in at most that many hops. */
static void
reach(const struct vn_view *v, struct vn_target *out, int section,
    const struct vn_reloc *r, uint64_t end, int hops)
{
	const struct vn_object *o = v->object;
	const struct vn_symbol *s = &o->symbols[r->symbol];
	int64_t offset = vn_machine_addend(o, &o->sections[section], r);

	if (end != 0 && vn_machine_pcrel(o, r))
		offset += (int64_t)(end - r->offset);
	if (r->symbol == 0 && o->type == ET_DYN)
		place(v, out, section, offset -
		    (int64_t)o->sections[section].addr, hops);
	else if (r->symbol == 0)
		*out = (struct vn_target){ .kind = VN_AT_NOTHING,
		    .section = VN_IN_ABS, .offset = offset };
	else if (s->section >= 0 && !vn_symbol_counts(s))
		place(v, out, s->section,
		    (int64_t)vn_symbol_start(o, r->symbol) + offset, hops);
	else
		*out = (struct vn_target){ .kind = VN_AT_SYMBOL,
		    .section = s->section, .symbol = r->symbol,
		    .offset = offset };
	out->type = r->type;
}

/* What stands at an offset that is in the section, and in no piece. */
static void
place_nameless(struct vn_target *out, const struct vn_section *s, uint64_t at)
{

	if (text_at(s, at, &out->len)) {
		out->kind = VN_AT_TEXT;
		out->bytes = s->data + at;
	} else if ((s->flags & SHF_MERGE) != 0 && s->data != NULL &&
	    s->entsize > 0 && s->entsize <= s->size - at) {
		out->kind = VN_AT_CONSTANT;
		out->bytes = s->data + at;
		out->len = constant_len(s, at);
	}
}

static void
place(const struct vn_view *v, struct vn_target *out, int section,
    int64_t offset, int hops)
{
	const struct vn_section *s;
	const struct vn_reloc *entry;
	int piece;

	section = section_at(v->object, section, &offset);
	s = &v->object->sections[section];
	*out = (struct vn_target){ .kind = VN_AT_PLACE, .section = section,
	    .offset = offset };
	if (offset < 0 || (uint64_t)offset >= s->size)
		return;
	entry = forwarding_entry(s, (uint64_t)offset);
	piece = vn_view_piece_at(v, section, (uint64_t)offset);
	if (entry != NULL && hops > 0) {
		reach(v, out, section, entry, 0, hops - 1);
	} else if (piece != -1) {
		out->kind = VN_AT_SYMBOL;
		out->symbol = v->items[piece].symbol;
		out->offset = offset - (int64_t)v->items[piece].start;
	} else {
		place_nameless(out, s, (uint64_t)offset);
	}
}

/* From the table of contents to a descriptor, and to the code. */
enum { MAX_HOPS = 2 };

void
vn_view_place(const struct vn_view *v, struct vn_target *out, int section,
    int64_t offset)
{

	place(v, out, section, offset, MAX_HOPS);
}

void
vn_view_reloc(const struct vn_view *v, struct vn_target *out, int section,
    const struct vn_reloc *r, uint64_t end)
{

	reach(v, out, section, r, end, MAX_HOPS);
}
