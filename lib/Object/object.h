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

/* Where a symbol is, if not in a section of the object. */
enum { VN_IN_UNDEF = -1, VN_IN_ABS = -2, VN_IN_COMMON = -3 };

struct vn_reloc {
	uint64_t	offset;		/* bytes from the section's start */
	uint32_t	type;		/* R_X86_64_* and the like */
	int		symbol;		/* index in symbols; 0: none */
	int64_t		addend;		/* 0 where it is in the bytes (REL) */
};

struct vn_section {
	const char	*name;		/* borrowed from the object */
	uint32_t	 type;		/* SHT_* */
	uint64_t	 flags;		/* SHF_* */
	uint64_t	 size, align, entsize, addr;
	int		 link, info;
	const unsigned char *data; /* size bytes, as in the file; NULL: no bits,
				   or empty; borrowed */
	bool		 debug;		/* rung 2 leaves it out */
	struct vn_reloc	*relocs;	/* owned: those applied to it, by offset
				   and then as they come */
	size_t		 nrelocs;
};

struct vn_symbol {
	const char	*name;		/* borrowed; "" for none */
	uint8_t		 binding, type;	/* STB_*, STT_* */
	uint8_t		 visibility;	/* STV_* */
	int		 section;	/* index in sections, or VN_IN_* */
	uint64_t	 value, size;
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
	struct vn_symbol *symbols;	/* owned; 0 is the null symbol */
	size_t		 nsymbols;
	void		*elf;		/* libelf's handle; owned */
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

/*
 * Call fn for each object of the file at path: the file itself, or, of an
 * ar(5) archive, each member that is no symbol table, named "path(member)".
 * The bytes are fn's to free.  Returns 0, what fn returns if not 0, or -1 after
 * one error.
 */
int	vn_object_walk(const char *path, int (*fn)(const char *name,
	    unsigned char *data, size_t len, void *arg), void *arg);

#endif /* !VN_OBJECT_OBJECT_H */
