/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Shared by the parts that read an object.
 */

#ifndef VN_OBJECT_OBJECT_IMPL_H
#define	VN_OBJECT_OBJECT_IMPL_H

#include <gelf.h>
#include <stddef.h>

#include "Support/diag.h"

#include "Object/object.h"

/* SHT_LLVM_ADDRSIG of LLVM's BinaryFormat/ELF.h; not in all elf.h. */
enum { VN_SHT_LLVM_ADDRSIG = 0x6fff4c03, VN_SHT_CREL = 0x40000014 };

/* One object being read. */
struct vn_reader {
	struct vn_object *object;	/* what is filled in */
	GElf_Ehdr	 header;
	GElf_Shdr	*headers;	/* owned; one for each section */
	int		 symtab;	/* section of symbols; 0: none */
	int		 dynsym;	/* the same of dynamic ones */
	int		 xindex;	/* SHT_SYMTAB_SHNDX; 0: none */
};

/* Say what is wrong with the object, once, and be -1. */
#define	vn_trouble(o, ...)						\
	(vn_diag(VN_ERROR, (o)->name, 0, 0, __VA_ARGS__), -1)

/*
 * Translate the structure at the bytes to the machine's form of gelf(3): a
 * GElf_Ehdr, GElf_Shdr, GElf_Sym, GElf_Rela for type ELF_T_EHDR, ...; rel also
 * gives a GElf_Rela.  There must be vn_entry_size() bytes.
 */
void	vn_entry(const struct vn_object *object, Elf_Type type,
	    const unsigned char *at, void *out);
size_t	vn_entry_size(const struct vn_object *object, Elf_Type type);

/* The string at an offset of a string table; NULL: it is not all inside. */
const char *vn_string(const struct vn_section *table, uint64_t offset);

/* Fill in the symbols, relocations and groups; 0, or -1 after one error. */
int	vn_read_symbols(struct vn_reader *reader);
int	vn_read_relocs(struct vn_reader *reader);
int	vn_read_groups(struct vn_reader *reader);

/* Does a section of that name hold debug data (see compare.h)? */
bool	vn_debug_name(const char *name, bool allocated);

/*
 * What a file is that is no ELF object, as words for a message, with what to
 * do; static.
 */
const char *vn_foreign_name(const unsigned char *data, size_t len);

/* Has the object nothing but bitcode for the linker (gcc -flto)? */
bool	vn_slim_lto(const struct vn_object *object);

#endif /* !VN_OBJECT_OBJECT_IMPL_H */
