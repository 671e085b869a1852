/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading an object: its header and sections.
 */

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/object_impl.h"

/* Are there len bytes at offset? */
static bool
inside(const struct vn_object *o, uint64_t offset, uint64_t len)
{
	return (offset <= o->len && len <= o->len - offset);
}

static int
read_ident(struct vn_object *o)
{
	const unsigned char *d = o->data;

	if (o->len < EI_NIDENT || memcmp(d, ELFMAG, SELFMAG) != 0)
		return (vn_trouble(o, "%s", vn_foreign_name(d, o->len)));
	if ((d[EI_CLASS] != ELFCLASS32 && d[EI_CLASS] != ELFCLASS64) ||
	    (d[EI_DATA] != ELFDATA2LSB && d[EI_DATA] != ELFDATA2MSB) ||
	    d[EI_VERSION] != EV_CURRENT)
		return (vn_trouble(o, "ELF of an unknown class, byte order or "
		    "version"));
	o->wide = d[EI_CLASS] == ELFCLASS64;
	o->little = d[EI_DATA] == ELFDATA2LSB;
	return (0);
}

static int
read_header(struct vn_reader *r)
{
	struct vn_object *o = r->object;

	if (read_ident(o) == -1)
		return (-1);
	if (o->len < vn_entry_size(o, ELF_T_EHDR))
		return (vn_trouble(o, "a truncated ELF file; build it again"));
	vn_entry(o, ELF_T_EHDR, o->data, &r->header);
	o->type = r->header.e_type;
	o->machine = r->header.e_machine;
	o->eflags = r->header.e_flags;
	switch (o->type) {
	case ET_REL:
	case ET_DYN:
		return (0);
	case ET_EXEC:
		return (vn_trouble(o, "an executable, not an object"));
	case ET_CORE:
		return (vn_trouble(o, "a core dump, not an object"));
	default:
		return (vn_trouble(o, "ELF of type %u, not an object",
		    (unsigned)o->type));
	}
}

/*
 * How many sections there are, and which one has their names; what does not
 * fit in the ELF header stands in section 0 (gabi 4.1).
 */
static int
count_sections(struct vn_reader *r, int *names)
{
	struct vn_object *o = r->object;
	size_t size = vn_entry_size(o, ELF_T_SHDR);
	uint64_t count = r->header.e_shnum, index = r->header.e_shstrndx;
	uint64_t room;
	GElf_Shdr first;

	if (r->header.e_shoff == 0)
		return (vn_trouble(o, "ELF without sections, not an object"));
	if (r->header.e_shentsize != size)
		return (vn_trouble(o, "section headers of %u bytes, not %zu",
		    (unsigned)r->header.e_shentsize, size));
	if (!inside(o, r->header.e_shoff, size))
		return (vn_trouble(o, "truncated: its section headers lie "
		    "beyond its end; build it again"));
	vn_entry(o, ELF_T_SHDR, o->data + r->header.e_shoff, &first);
	if (count == 0)
		count = first.sh_size;
	if (index == SHN_XINDEX)
		index = first.sh_link;
	room = (o->len - r->header.e_shoff) / size;
	if (count == 0 || count > room || count > INT_MAX)
		return (vn_trouble(o, "truncated: it has %ju section headers "
		    "and room for %ju; build it again", (uintmax_t)count,
		    (uintmax_t)room));
	if (index == SHN_UNDEF || index >= count)
		return (vn_trouble(o, "no section %ju for the names of "
		    "sections", (uintmax_t)index));
	o->nsections = (size_t)count;
	*names = (int)index;
	return (0);
}

static int
read_section(struct vn_object *o, size_t i, const GElf_Shdr *h)
{
	struct vn_section *s = &o->sections[i];
	bool bits = h->sh_type != SHT_NOBITS && h->sh_type != SHT_NULL;

	if (bits && !inside(o, h->sh_offset, h->sh_size))
		return (vn_trouble(o, "truncated: section %zu has its contents "
		    "beyond the file's end; build it again", i));
	if (h->sh_link >= o->nsections)
		return (vn_trouble(o, "section %zu has a link to section %ju, "
		    "which is not there", i, (uintmax_t)h->sh_link));
	if (h->sh_info > INT_MAX || ((h->sh_flags & SHF_INFO_LINK) != 0 &&
	    h->sh_info >= o->nsections))
		return (vn_trouble(o, "section %zu has information on section "
		    "%ju, which is not there", i, (uintmax_t)h->sh_info));
	*s = (struct vn_section){
		.name = "",
		.type = h->sh_type,
		.flags = h->sh_flags,
		.size = h->sh_type == SHT_NULL ? 0 : h->sh_size,
		.align = h->sh_addralign,
		.entsize = h->sh_entsize,
		.addr = h->sh_addr,
		.link = (int)h->sh_link,
		.info = (int)h->sh_info,
		.data = bits && h->sh_size != 0 ? o->data + h->sh_offset : NULL,
	};
	return (0);
}

/*
 * Contents that overlap would let a small file stand for any amount of data;
 * no assembler or linker makes such.
 */
static int
check_overlap(const struct vn_object *o)
{
	uint64_t sum = 0;

	for (size_t i = 1; i < o->nsections; i++) {
		if (o->sections[i].data != NULL)
			sum += o->sections[i].size;
		if (sum > o->len)
			return (vn_trouble(o, "its sections overlap"));
	}
	return (0);
}

static int
name_sections(struct vn_reader *r, int names)
{
	struct vn_object *o = r->object;
	struct vn_section *s;

	if (o->sections[names].type != SHT_STRTAB)
		return (vn_trouble(o, "section %d has no names for the "
		    "sections, by its type", names));
	for (size_t i = 1; i < o->nsections; i++) {
		s = &o->sections[i];
		s->name = vn_string(&o->sections[names], r->headers[i].sh_name);
		if (s->name == NULL)
			return (vn_trouble(o, "section %zu has a name that "
			    "lies outside of the names", i));
		s->debug = vn_debug_name(s->name, (s->flags & SHF_ALLOC) != 0);
	}
	if ((o->sections[names].flags & SHF_ALLOC) == 0)
		o->sections[names].table = true;
	return (0);
}

static int
read_sections(struct vn_reader *r)
{
	struct vn_object *o = r->object;
	size_t size = vn_entry_size(o, ELF_T_SHDR);
	int names;

	if (count_sections(r, &names) == -1)
		return (-1);
	o->sections = vn_calloc(o->nsections, sizeof(*o->sections));
	r->headers = vn_calloc(o->nsections, sizeof(*r->headers));
	o->sections[0].name = "";
	/* Section 0 has but numbers that did not fit in the header. */
	for (size_t i = 1; i < o->nsections; i++) {
		vn_entry(o, ELF_T_SHDR, o->data + r->header.e_shoff + i * size,
		    &r->headers[i]);
		if (read_section(o, i, &r->headers[i]) == -1)
			return (-1);
	}
	if (check_overlap(o) == -1)
		return (-1);
	return (name_sections(r, names));
}

/* libdw wants a handle for the whole file; its bounds are checked by now. */
static int
open_elf(struct vn_object *o)
{
	o->elf = elf_memory((char *)o->data, o->len);
	if (o->elf == NULL || elf_kind(o->elf) != ELF_K_ELF)
		return (vn_trouble(o, "not an ELF object: %s", elf_errmsg(-1)));
	return (0);
}

/* Count the section after all; false: it does already. */
static bool
count_in(struct vn_section *s)
{
	bool was = s->debug && !s->table;

	if (was)
		s->debug = false;
	return (was);
}

/* Count what relocations of the section reach. */
static bool
count_reached(struct vn_object *o, const struct vn_section *s)
{
	bool more = false;

	for (size_t i = 0; i < s->nrelocs; i++) {
		int to = o->symbols[s->relocs[i].symbol].section;

		more |= to > 0 && count_in(&o->sections[to]);
	}
	return (more);
}

/*
 * A name makes no debug data: what other objects know the name of, or code and
 * data refer to, counts.
 */
static void
count_used(struct vn_object *o)
{
	bool more = true;

	for (size_t i = 1; i < o->nsymbols; i++)
		if (o->symbols[i].binding != STB_LOCAL &&
		    o->symbols[i].section > 0)
			count_in(&o->sections[o->symbols[i].section]);
	while (more) {
		more = false;
		for (size_t i = 1; i < o->nsections; i++)
			if (!o->sections[i].debug)
				more |= count_reached(o, &o->sections[i]);
	}
}

static int
read_all(struct vn_reader *r)
{
	if (read_header(r) == -1 || read_sections(r) == -1 ||
	    vn_read_symbols(r) == -1)
		return (-1);
	if (vn_slim_lto(r->object))
		return (vn_trouble(r->object, "LTO bitcode, not machine code; "
		    "compile with -fno-lto"));
	if (vn_read_relocs(r) == -1)
		return (-1);
	count_used(r->object);
	if (vn_read_groups(r) == -1)
		return (-1);
	return (open_elf(r->object));
}

int
vn_object_read(struct vn_object *out, const char *name, unsigned char *data,
    size_t len)
{
	struct vn_reader reader = { .object = out };
	int ret;

	elf_version(EV_CURRENT);
	*out = (struct vn_object){
		.name = vn_strdup(name),
		.data = data,
		.len = len,
	};
	ret = read_all(&reader);
	free(reader.headers);
	if (ret == -1)
		vn_object_free(out);
	return (ret);
}

void
vn_object_free(struct vn_object *o)
{
	if (o->elf != NULL)
		elf_end(o->elf);
	for (size_t i = 0; i < o->nsections && o->sections != NULL; i++)
		free(o->sections[i].relocs);
	free(o->sections);
	free(o->symbols);
	free(o->data);
	free(o->name);
	memset(o, 0, sizeof(*o));
}
