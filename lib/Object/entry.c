/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Single structures of an ELF file.  Only libelf's translation is used, on
 * bytes whose bounds were checked before: its view of a whole file trusts more
 * of what that says than a tool may that is handed any file.
 */

#include <stdlib.h>
#include <string.h>

#include "Object/object_impl.h"

/* What libelf translates in place, aligned for all of it. */
union entry {
	Elf32_Ehdr	ehdr32;
	Elf64_Ehdr	ehdr64;
	Elf32_Shdr	shdr32;
	Elf64_Shdr	shdr64;
	Elf32_Phdr	phdr32;
	Elf64_Phdr	phdr64;
	Elf32_Sym	sym32;
	Elf64_Sym	sym64;
	Elf32_Rel	rel32;
	Elf64_Rel	rel64;
	Elf32_Rela	rela32;
	Elf64_Rela	rela64;
};

size_t
vn_entry_size(const struct vn_object *o, Elf_Type type)
{
	return (o->wide ? elf64_fsize(type, 1, EV_CURRENT) :
	    elf32_fsize(type, 1, EV_CURRENT));
}

static void
translate(const struct vn_object *o, Elf_Type type, const unsigned char *at,
    union entry *e)
{
	Elf_Data data = {
		.d_buf = e,
		.d_type = type,
		.d_version = EV_CURRENT,
		.d_size = vn_entry_size(o, type),
	};
	unsigned from = o->little ? ELFDATA2LSB : ELFDATA2MSB;

	memcpy(e, at, data.d_size);
	if ((o->wide ? elf64_xlatetom(&data, &data, from) :
	    elf32_xlatetom(&data, &data, from)) == NULL)
		abort();
}

/* Members of one name, from the narrow form to the wide one. */
#define	WIDEN(member)	to->member = from->member

static void
widen_ehdr(GElf_Ehdr *to, const Elf32_Ehdr *from)
{
	memcpy(to->e_ident, from->e_ident, sizeof(to->e_ident));
	WIDEN(e_type);
	WIDEN(e_machine);
	WIDEN(e_version);
	WIDEN(e_entry);
	WIDEN(e_phoff);
	WIDEN(e_shoff);
	WIDEN(e_flags);
	WIDEN(e_ehsize);
	WIDEN(e_phentsize);
	WIDEN(e_phnum);
	WIDEN(e_shentsize);
	WIDEN(e_shnum);
	WIDEN(e_shstrndx);
}

static void
widen_shdr(GElf_Shdr *to, const Elf32_Shdr *from)
{
	WIDEN(sh_name);
	WIDEN(sh_type);
	WIDEN(sh_flags);
	WIDEN(sh_addr);
	WIDEN(sh_offset);
	WIDEN(sh_size);
	WIDEN(sh_link);
	WIDEN(sh_info);
	WIDEN(sh_addralign);
	WIDEN(sh_entsize);
}

static void
widen_phdr(GElf_Phdr *to, const Elf32_Phdr *from)
{
	WIDEN(p_type);
	WIDEN(p_flags);
	WIDEN(p_offset);
	WIDEN(p_vaddr);
	WIDEN(p_paddr);
	WIDEN(p_filesz);
	WIDEN(p_memsz);
	WIDEN(p_align);
}

static void
widen_sym(GElf_Sym *to, const Elf32_Sym *from)
{
	WIDEN(st_name);
	WIDEN(st_info);
	WIDEN(st_other);
	WIDEN(st_shndx);
	WIDEN(st_value);
	WIDEN(st_size);
}

static void
widen_rela(GElf_Rela *to, const union entry *e, bool addend)
{
	uint32_t info = addend ? e->rela32.r_info : e->rel32.r_info;

	to->r_offset = addend ? e->rela32.r_offset : e->rel32.r_offset;
	to->r_info = GELF_R_INFO((uint64_t)ELF32_R_SYM(info),
	    ELF32_R_TYPE(info));
	to->r_addend = addend ? e->rela32.r_addend : 0;
}

static void
narrow(Elf_Type type, const union entry *e, void *out)
{
	switch (type) {
	case ELF_T_EHDR:
		widen_ehdr(out, &e->ehdr32);
		break;
	case ELF_T_SHDR:
		widen_shdr(out, &e->shdr32);
		break;
	case ELF_T_PHDR:
		widen_phdr(out, &e->phdr32);
		break;
	case ELF_T_SYM:
		widen_sym(out, &e->sym32);
		break;
	default:
		widen_rela(out, e, type == ELF_T_RELA);
		break;
	}
}

void
vn_entry(const struct vn_object *o, Elf_Type type, const unsigned char *at,
    void *out)
{
	union entry e;
	GElf_Rela *rela = out;

	translate(o, type, at, &e);
	if (!o->wide) {
		narrow(type, &e, out);
	} else if (type == ELF_T_REL) {
		rela->r_offset = e.rel64.r_offset;
		rela->r_info = e.rel64.r_info;
		rela->r_addend = 0;
	} else {
		memcpy(out, &e, vn_entry_size(o, type));
	}
}

uint32_t
vn_object_word(const struct vn_object *o, const unsigned char *at)
{
	if (o->little)
		return (at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
		    (uint32_t)at[3] << 24);
	return (at[3] | (uint32_t)at[2] << 8 | (uint32_t)at[1] << 16 |
	    (uint32_t)at[0] << 24);
}

bool
vn_object_uleb(const unsigned char **at, const unsigned char *end,
    uint64_t *number)
{
	const unsigned char *p = *at;
	uint64_t n = 0;

	for (unsigned shift = 0; p < end && shift < 64; shift += 7) {
		if (shift == 63 && (*p & 0x7e) != 0)
			return (false);
		n |= (uint64_t)(*p & 0x7f) << shift;
		if ((*p++ & 0x80) == 0) {
			*at = p;
			*number = n;
			return (true);
		}
	}
	return (false);
}

const char *
vn_string(const struct vn_section *table, uint64_t offset)
{
	if (table->data == NULL || offset >= table->size ||
	    memchr(table->data + offset, '\0', table->size - offset) == NULL)
		return (NULL);
	return ((const char *)table->data + offset);
}
