/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading an object: relocations, and sections that hold indexes of sections
 * and symbols.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/object_impl.h"

/*
 * The section that holds an address, which becomes an offset; 0: none.  Thread
 * local .tbss has addresses of what comes after it.
 */
static int
section_at(const struct vn_object *o, uint64_t *address)
{
	for (size_t i = 1; i < o->nsections; i++) {
		const struct vn_section *s = &o->sections[i];

		if ((s->flags & SHF_ALLOC) != 0 && *address >= s->addr &&
		    *address - s->addr < s->size &&
		    !(s->type == SHT_NOBITS && (s->flags & SHF_TLS) != 0)) {
			*address -= s->addr;
			return ((int)i);
		}
	}
	return (0);
}

/* MIPS64, little endian, keeps symbol and types each in an order of its own. */
static void
split_info(const struct vn_object *o, uint64_t info, struct vn_reloc *rel,
    uint64_t *symbol)
{
	if (o->machine == EM_MIPS && o->wide && o->little) {
		*symbol = info & 0xffffffff;
		rel->type = (uint32_t)(info >> 32);
	} else {
		*symbol = GELF_R_SYM(info);
		rel->type = (uint32_t)GELF_R_TYPE(info);
		if (!o->wide)
			rel->type &= 0xff;
	}
}

/* The symbols that a section of relocations means: first, and how many. */
static int
symbols_of(const struct vn_reader *r, int i, size_t *first, size_t *count)
{
	const struct vn_object *o = r->object;
	int link = o->sections[i].link;

	*first = 0;
	*count = 1;
	if (link != 0 && link == r->symtab) {
		*count = o->dynamic;
	} else if (link != 0 && link == r->dynsym) {
		*first = o->dynamic;
		*count = o->nsymbols - o->dynamic;
	} else if (link != 0) {
		return (vn_trouble(o, "relocations '%s' are linked to no table "
		    "of symbols", o->sections[i].name));
	}
	return (0);
}

static void
add_reloc(struct vn_section *s, const struct vn_reloc *rel)
{
	/* nrelocs doubles as the room: powers of two. */
	if ((s->nrelocs & (s->nrelocs - 1)) == 0)
		s->relocs = vn_realloc(s->relocs, (s->nrelocs == 0 ? 1 :
		    2 * s->nrelocs) * sizeof(*s->relocs));
	s->relocs[s->nrelocs++] = *rel;
}

/* The relocations of compressed debug data are for what it was before. */
static bool
is_compressed(const struct vn_section *s)
{
	return (s->debug && ((s->flags & SHF_COMPRESSED) != 0 ||
	    strncmp(s->name, ".zdebug_", 8) == 0));
}

/* Where the relocation acts; NULL: nowhere in the object. */
static struct vn_section *
place_of(struct vn_object *o, const struct vn_section *table,
    struct vn_reloc *rel)
{
	struct vn_section *to;
	int target = table->info;

	if (o->type == ET_DYN && (table->flags & SHF_ALLOC) != 0)
		target = section_at(o, &rel->offset);
	else if (o->type == ET_DYN && target > 0)
		rel->offset -= o->sections[target].addr;
	if (target == 0)
		return (NULL);
	to = &o->sections[target];
	return (rel->offset < to->size || (rel->offset == to->size &&
	    rel->type == 0) ? to : NULL);
}

static int
read_reloc(struct vn_object *o, int table, const unsigned char *at,
    size_t first, size_t count)
{
	const struct vn_section *t = &o->sections[table];
	struct vn_reloc rel = { 0 };
	struct vn_section *to;
	uint64_t symbol;
	GElf_Rela rela;

	vn_entry(o, t->type == SHT_RELA ? ELF_T_RELA : ELF_T_REL, at, &rela);
	rel.offset = rela.r_offset;
	rel.addend = rela.r_addend;
	rel.implicit = t->type == SHT_REL;
	split_info(o, rela.r_info, &rel, &symbol);
	if (symbol >= count && symbol != 0)
		return (vn_trouble(o, "a relocation of '%s' names symbol %ju, "
		    "which is not there", t->name, (uintmax_t)symbol));
	rel.symbol = symbol == 0 ? 0 : (int)(first + symbol);
	to = place_of(o, t, &rel);
	if (to != NULL)
		add_reloc(to, &rel);
	else if (o->type != ET_DYN || rel.type != 0)
		return (vn_trouble(o, "a relocation of '%s' lies outside of "
		    "its section", t->name));
	return (0);
}

static int
read_table(struct vn_reader *r, int i)
{
	struct vn_object *o = r->object;
	struct vn_section *s = &o->sections[i];
	size_t size = vn_entry_size(o,
	    s->type == SHT_RELA ? ELF_T_RELA : ELF_T_REL), first, count;

	s->table = true;
	if (s->entsize != size || s->size % size != 0)
		return (vn_trouble(o, "'%s' has relocations of %ju bytes, not "
		    "%zu", s->name, (uintmax_t)s->entsize, size));
	if ((size_t)s->info >= o->nsections)
		return (vn_trouble(o, "relocations '%s' are for section %d, "
		    "which is not there", s->name, s->info));
	if (symbols_of(r, i, &first, &count) == -1)
		return (-1);
	if (o->sections[s->info].debug)
		s->debug = true;
	if (is_compressed(&o->sections[s->info]))
		return (0);
	for (size_t j = 0; j < s->size / size; j++)
		if (read_reloc(o, i, s->data + j * size, first, count) == -1)
			return (-1);
	return (0);
}

static int
by_offset(const void *a, const void *b)
{
	const struct vn_reloc *const *x = a, *const *y = b;

	if ((*x)->offset != (*y)->offset)
		return ((*x)->offset < (*y)->offset ? -1 : 1);
	/* They are of one array: those of one place stay as they came. */
	return (*x < *y ? -1 : *x > *y);
}

static void
sort_relocs(struct vn_section *s)
{
	struct vn_reloc **order, *sorted;
	size_t i;

	for (i = 1; i < s->nrelocs; i++)
		if (s->relocs[i - 1].offset > s->relocs[i].offset)
			break;
	if (i >= s->nrelocs)
		return;
	order = vn_calloc(s->nrelocs, sizeof(struct vn_reloc *));
	sorted = vn_calloc(s->nrelocs, sizeof(*sorted));
	for (i = 0; i < s->nrelocs; i++)
		order[i] = &s->relocs[i];
	qsort(order, s->nrelocs, sizeof(struct vn_reloc *), by_offset);
	for (i = 0; i < s->nrelocs; i++)
		sorted[i] = *order[i];
	free(order);
	free(s->relocs);
	s->relocs = sorted;
}

size_t
vn_section_reloc(const struct vn_section *s, uint64_t offset)
{
	size_t low = 0, high = s->nrelocs, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (s->relocs[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return (low);
}

int
vn_read_relocs(struct vn_reader *r)
{
	struct vn_object *o = r->object;

	for (size_t i = 1; i < o->nsections; i++) {
		const struct vn_section *s = &o->sections[i];

		if (s->type == VN_SHT_CREL)
			return (vn_trouble(o, "compact relocations (CREL), "
			    "which are not read; assemble without --crel"));
		if ((s->type == SHT_REL || s->type == SHT_RELA) &&
		    read_table(r, (int)i) == -1)
			return (-1);
	}
	for (size_t i = 1; i < o->nsections; i++)
		sort_relocs(&o->sections[i]);
	return (0);
}

/* A flag word, then the members; all of debug data is debug data, too. */
static int
read_group(struct vn_object *o, int group)
{
	struct vn_section *s = &o->sections[group], *member;
	bool debug = s->size > 4;
	uint32_t index;

	if (s->size < 4 || s->size % 4 != 0 ||
	    (size_t)s->info >= o->dynamic)
		return (vn_trouble(o, "section group %d is no group", group));
	for (size_t at = 4; at < s->size; at += 4) {
		index = vn_object_word(o, s->data + at);
		if (index == 0 || index >= o->nsections)
			return (vn_trouble(o, "section group %d has section "
			    "%ju, which is not there", group,
			    (uintmax_t)index));
		member = &o->sections[index];
		if (member->group != 0 || member->type == SHT_GROUP)
			return (vn_trouble(o, "section %ju is in two groups",
			    (uintmax_t)index));
		member->group = group;
		debug &= member->debug;
	}
	s->debug |= debug;
	return (0);
}

/* With link 0 the indexes are stale, as tools that copy objects leave them. */
static int
read_addrsig(struct vn_object *o, const struct vn_section *s)
{
	const unsigned char *at = s->data, *end;
	uint64_t symbol;

	if (s->link == 0 || s->data == NULL)
		return (0);
	end = s->data + s->size;
	while (at < end)
		if (!vn_object_uleb(&at, end, &symbol) || symbol >= o->dynamic)
			return (vn_trouble(o, "'%s' names a symbol that is not "
			    "there", s->name));
	return (0);
}

int
vn_read_groups(struct vn_reader *r)
{
	struct vn_object *o = r->object;
	int ret = 0;

	for (size_t i = 1; i < o->nsections && ret == 0; i++) {
		if (o->sections[i].type == SHT_GROUP)
			ret = read_group(o, (int)i);
		else if (o->sections[i].type == VN_SHT_LLVM_ADDRSIG)
			ret = read_addrsig(o, &o->sections[i]);
	}
	return (ret);
}
