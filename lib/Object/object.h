/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * An ELF object file as plain data (System V ABI, gabi 4.1; elf(5)).  Only
 * this folder knows libelf.
 */

#ifndef VN_OBJECT_OBJECT_H
#define	VN_OBJECT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where a symbol is, if not in a section of the object.  A number of a
 * processor's or a system's own (SHN_LORESERVE ...) is below VN_IN_COMMON, as
 * the negative of the SHN_* number.
 */
enum { VN_IN_UNDEF = -1, VN_IN_ABS = -2, VN_IN_COMMON = -3 };

struct vn_reloc {
	uint64_t	offset;		/* bytes from the section's start; never
					   beyond its end, and at it only for
					   type 0, R_*_NONE */
	uint32_t	type;		/* R_X86_64_* and the like */
	int		symbol;		/* index in symbols; 0: none */
	int64_t		addend;		/* 0 where it is in the bytes (REL) */
	bool		implicit;	/* it is in the bytes */
};

struct vn_section {
	const char	*name;		/* borrowed from the object */
	uint32_t	 type;		/* SHT_* */
	uint64_t	 flags;		/* SHF_* */
	uint64_t	 size, align, entsize, addr;
	int		 link;		/* index in sections */
	int		 info;		/* as in the file: an index only where
					   flags have SHF_INFO_LINK, and with
					   SHT_GROUP, where it is a symbol */
	const unsigned char *data; /* size bytes, as in the file; NULL: no bits,
				   or empty; borrowed */
	bool		 debug;		/* rung 2 leaves it out */
	struct vn_reloc	*relocs;	/* owned: those applied to it, by offset
				   and then as they come; none where it
				   is compressed debug data */
	size_t		 nrelocs;
	bool		 table;		/* symbols, their strings, relocations:
					   what symbols and relocs below hold */
	int		 group;		/* the SHT_GROUP it is in; 0: none */
};

struct vn_symbol {
	const char	*name;		/* borrowed; "" for none */
	uint8_t		 binding, type;	/* STB_*, STT_* */
	uint8_t		 visibility;	/* STV_* */
	int		 section;	/* index in sections, or VN_IN_* */
	uint64_t	 value, size;	/* as in the file: in the section or
					   not; in ET_DYN value is an address */
	uint8_t		 other;		/* all of st_other: the rest is a
					   processor's own */
};

struct vn_object {
	char		*name;		/* for messages; owned */
	unsigned char	*data;		/* the file's bytes; owned */
	size_t		 len;
	uint16_t	 type;		/* ET_REL, ET_DYN */
	uint16_t	 machine;	/* EM_* */
	uint32_t	 eflags;
	bool		 wide, little;	/* ELFCLASS64, ELFDATA2LSB */
	struct vn_section *sections;	/* owned; 0 is the null section */
	size_t		 nsections;
	struct vn_symbol *symbols;	/* owned; 0 is the null symbol; those of
					   .symtab, then those of .dynsym */
	size_t		 nsymbols;
	size_t		 dynamic;	/* index of .dynsym's null symbol;
					   nsymbols: there is none */
	void		*elf;		/* libelf's Elf; owned */
};

/*
 * Read an object from data, which becomes the object's (freed on failure,
 * too).  Everything that a file can say wrongly is checked here: what is
 * returned can be walked without a look at a bound.  Returns 0, or -1 after
 * one error that names the object: truncated, not ELF (LTO bitcode, Mach-O,
 * COFF, text are named as what they are), an executable, indexes and offsets
 * out of bounds.
 */
int	vn_object_read(struct vn_object *out, const char *name,
	    unsigned char *data, size_t len);
void	vn_object_free(struct vn_object *object);

/* The function or variable that holds that offset of a section; -1: none. */
int	vn_object_symbol_at(const struct vn_object *object, int section,
	    uint64_t offset);

/* The first relocation of a section that is not before an offset. */
size_t	vn_section_reloc(const struct vn_section *section, uint64_t offset);

/* A 32-bit word of the object's byte order. */
uint32_t vn_object_word(const struct vn_object *object,
	    const unsigned char *at);

/*
 * The next number of a list in ULEB128 (DWARF 5, 7.6), such as the symbols of
 * .llvm_addrsig.  Moves *at; false at the end, and at a number that is cut off
 * or has more than 64 bits, where *at stays.
 */
bool	vn_object_uleb(const unsigned char **at, const unsigned char *end,
	    uint64_t *number);

/*
 * Call fn for each object of the file at path: the file itself, or, of an
 * ar(5) archive, each member that is no symbol table, named "path(member)".
 * The bytes are fn's to free.  Returns 0, what fn returns if not 0, or -1 after
 * one error.
 */
int	vn_object_walk(const char *path, int (*fn)(const char *name,
	    unsigned char *data, size_t len, void *arg), void *arg);

#endif /* !VN_OBJECT_OBJECT_H */
