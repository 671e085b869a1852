/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading an object: its symbols.
 */

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/object_impl.h"

/* The section that a section's link names, as the strings of symbols. */
static const struct vn_section *
strings_of(struct vn_object *o, int table)
{
	struct vn_section *strings = &o->sections[o->sections[table].link];

	if ((strings->flags & SHF_ALLOC) == 0)
		strings->table = true;
	return (strings);
}

/*
 * The index of the section that a symbol is in, or a VN_IN_*; INT_MIN: there
 * is no such section.
 */
static int
section_of(const struct vn_reader *r, const GElf_Sym *sym, size_t at, bool ext)
{
	const struct vn_object *o = r->object;
	uint64_t index = sym->st_shndx;

	if (index == SHN_UNDEF)
		return (VN_IN_UNDEF);
	if (index == SHN_ABS)
		return (VN_IN_ABS);
	if (index == SHN_COMMON)
		return (VN_IN_COMMON);
	if (index == SHN_XINDEX) {
		const struct vn_section *x = &o->sections[r->xindex];

		if (!ext || r->xindex == 0 || x->size / 4 <= at)
			return (INT_MIN);
		index = vn_object_word(o, x->data + 4 * at);
	} else if (index >= SHN_LORESERVE) {
		return (-(int)index);
	}
	return (index == 0 || index >= o->nsections ? INT_MIN : (int)index);
}

static int
read_symbol(struct vn_reader *r, const struct vn_section *strings,
    const unsigned char *at, size_t i, bool ext)
{
	struct vn_object *o = r->object;
	struct vn_symbol *s = &o->symbols[o->nsymbols];
	GElf_Sym sym;

	vn_entry(o, ELF_T_SYM, at, &sym);
	*s = (struct vn_symbol){
		.name = sym.st_name == 0 ? "" : vn_string(strings, sym.st_name),
		.binding = GELF_ST_BIND(sym.st_info),
		.type = GELF_ST_TYPE(sym.st_info),
		.visibility = GELF_ST_VISIBILITY(sym.st_other),
		.other = sym.st_other,
		.section = section_of(r, &sym, i, ext),
		.value = sym.st_value,
		.size = sym.st_size,
	};
	if (s->name == NULL)
		return (vn_trouble(o, "symbol %zu has a name that lies outside "
		    "of the names", i));
	if (s->section == INT_MIN)
		return (vn_trouble(o, "symbol %zu is in a section that is not "
		    "there", i));
	o->nsymbols++;
	return (0);
}

static int
read_table(struct vn_reader *r, int table)
{
	struct vn_object *o = r->object;
	struct vn_section *s = &o->sections[table];
	const struct vn_section *strings = strings_of(o, table);
	size_t size = vn_entry_size(o, ELF_T_SYM);

	s->table = true;
	if (strings->type != SHT_STRTAB)
		return (vn_trouble(o, "section %d has no names for symbols, by "
		    "its type", s->link));
	if (s->entsize != size || s->size % size != 0)
		return (vn_trouble(o, "'%s' has symbols of %ju bytes, not %zu",
		    s->name, (uintmax_t)s->entsize, size));
	for (size_t i = 0; i < s->size / size; i++)
		if (read_symbol(r, strings, s->data + i * size, i,
		    table == r->symtab) == -1)
			return (-1);
	return (0);
}

/* There can be one of each (gabi 4.1, SHT_SYMTAB). */
static int
find_table(struct vn_reader *r, int i, int *table)
{
	if (*table != 0)
		return (vn_trouble(r->object, "more than one table of symbols "
		    "of a kind"));
	*table = i;
	return (0);
}

static int
find_tables(struct vn_reader *r)
{
	struct vn_object *o = r->object;
	int ret = 0;

	for (size_t i = 1; i < o->nsections && ret == 0; i++) {
		switch (o->sections[i].type) {
		case SHT_SYMTAB:
			ret = find_table(r, (int)i, &r->symtab);
			break;
		case SHT_DYNSYM:
			ret = find_table(r, (int)i, &r->dynsym);
			break;
		case SHT_SYMTAB_SHNDX:
			ret = find_table(r, (int)i, &r->xindex);
			o->sections[i].table = true;
			break;
		}
	}
	return (ret);
}

/*
 * One name for thousands of symbols would be a small file for much text.  Many
 * share the end of one (STRTAB of gabi 4.1), but not like this.
 */
static int
check_names(const struct vn_object *o)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < o->nsections && sum <= 16 * o->len; i++)
		sum += strlen(o->sections[i].name);
	for (size_t i = 0; i < o->nsymbols && sum <= 16 * o->len; i++)
		sum += strlen(o->symbols[i].name);
	if (sum > 16 * o->len)
		return (vn_trouble(o, "its names overlap"));
	return (0);
}

int
vn_read_symbols(struct vn_reader *r)
{
	struct vn_object *o = r->object;
	size_t size = vn_entry_size(o, ELF_T_SYM), room;

	if (find_tables(r) == -1)
		return (-1);
	room = (o->sections[r->symtab].size + o->sections[r->dynsym].size) /
	    size + 2;
	o->symbols = vn_calloc(room, sizeof(*o->symbols));
	if (r->symtab != 0 && read_table(r, r->symtab) == -1)
		return (-1);
	if (o->nsymbols == 0)
		o->symbols[o->nsymbols++] = (struct vn_symbol){
			.name = "",
			.section = VN_IN_UNDEF,
		};
	o->dynamic = o->nsymbols;
	if (r->dynsym != 0 && read_table(r, r->dynsym) == -1)
		return (-1);
	return (check_names(o));
}

static bool
holds(const struct vn_symbol *s, uint64_t offset)
{
	return ((s->type == STT_FUNC || s->type == STT_OBJECT ||
	    s->type == STT_TLS || s->type == STT_GNU_IFUNC) &&
	    s->value <= offset && offset - s->value < s->size);
}

/* An assembler's label, which has no size: it lasts until the next symbol. */
static bool
begins(const struct vn_symbol *s, uint64_t offset)
{
	return (s->size == 0 && s->type <= STT_FUNC && s->name[0] != '\0' &&
	    s->name[0] != '$' && s->value <= offset);
}

int
vn_object_symbol_at(const struct vn_object *o, int section, uint64_t offset)
{
	int at = -1, label = -1;

	if (o->type == ET_DYN && section >= 0)
		offset += o->sections[section].addr;
	for (size_t i = 1; i < o->nsymbols; i++) {
		const struct vn_symbol *s = &o->symbols[i];

		if (s->section != section)
			continue;
		/* A name that others see is the one a person knows. */
		if (holds(s, offset) && (at == -1 ||
		    (o->symbols[at].binding == STB_LOCAL &&
		    s->binding != STB_LOCAL)))
			at = (int)i;
		if (begins(s, offset) && (label == -1 ||
		    s->value > o->symbols[label].value))
			label = (int)i;
	}
	return (at != -1 ? at : label);
}
