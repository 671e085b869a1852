/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * An object as a stream of bytes that leaves out what a rung of the ladder
 * leaves out, and puts in order what it leaves open: two objects are on the
 * rung if and only if their streams are equal.
 */

#ifndef VN_OBJECT_CANON_H
#define	VN_OBJECT_CANON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Object/compare.h"

struct vn_object;
struct vn_reloc;
struct vn_strbuf;
struct vn_symbol;
struct vn_items;

/* One symbol as a rung sees it. */
struct vn_seen {
	const char	*name;		/* "": free.  Borrowed */
	int		 index;		/* in the object's symbols */
	bool		 dynamic;	/* of .dynsym */
	int		 place;		/* of its section, or a VN_IN_* */
	uint64_t	 value;		/* of a variable whose place is free,
					   its number in the section */
	bool		 global;	/* known by its name */
};

/*
 * How far instructions were taken apart, so that the next question goes on from
 * there: they are asked for in the order of offsets.
 */
struct vn_sweep {
	int		 section;	/* 0: not yet */
	uint64_t	 from, at;	/* bytes: from a function to there */
	uint64_t	 last;		/* where the last instruction began */
};

/* One object in the making of its stream. */
struct vn_canon {
	const struct vn_object	*object;	/* borrowed */
	enum vn_rung		 rung;		/* DEBUG ... ORDER */
	const struct vn_compare	*how;		/* borrowed; NULL: none */
	char		**names;	/* owned: of sections, as they were */
	int		*sections;	/* owned: those that count, in order */
	size_t		 nsections;
	int		*places;	/* owned: by section, its index in
					   sections; -1: does not count */
	struct vn_seen	*symbols;	/* owned: those that count, in order */
	size_t		 nsymbols;
	int		*numbers;	/* owned: by symbol, its index in
					   symbols; -1: none */
	struct vn_items	*items;		/* owned: by section; NULL but on ORDER;
					   see items.h */
	struct vn_sweep	 sweep;		/* see vn_items_bias() */
	bool		 failed;	/* something cannot be told on ORDER */
};

/* What of the object counts on a rung.  Borrows object and how. */
void	vn_canon_start(struct vn_canon *canon, const struct vn_object *object,
	    enum vn_rung rung, const struct vn_compare *how);
void	vn_canon_end(struct vn_canon *canon);

/* Append the stream to out, piece by piece: the header, ... */
void	vn_canon_header(struct vn_canon *canon, struct vn_strbuf *out);
/* ... canon->sections[i], ... */
void	vn_canon_section(struct vn_canon *canon, size_t i,
	    struct vn_strbuf *out);
/* ... and all symbols. */
void	vn_canon_symbols(struct vn_canon *canon, struct vn_strbuf *out);

/* Of all sections and symbols, which count; and in what order (seen.c). */
void	vn_canon_number_sections(struct vn_canon *canon);
void	vn_canon_number_symbols(struct vn_canon *canon);

/*
 * What a relocation reaches, with its addend, as numbers that only mean
 * something on this rung (target.c).
 */
struct vn_target {
	uint64_t	words[5];
};

/* Sets canon->failed where it cannot be told. */
void	vn_canon_target(struct vn_canon *canon, int section,
	    const struct vn_reloc *reloc, struct vn_target *out);
/* The same of a symbol alone, such as one that .llvm_addrsig names. */
void	vn_canon_symbol(struct vn_canon *canon, int symbol,
	    struct vn_target *out);

/* The place of a section of the object that counts, or its VN_IN_*. */
int	vn_canon_place(const struct vn_canon *canon, int section);

/* Is it the local symbol that stands for a section itself? */
bool	vn_canon_is_section(const struct vn_canon *canon, int symbol);

/* A mark of what the bytes are, $d (ELF for the Arm Architecture, 5.5.5)? */
bool	vn_canon_is_mapping(const struct vn_symbol *symbol);

/* The name that was, or the same; borrowed. */
const char *vn_canon_name(const struct vn_canon *canon, const char *name);

/* Append a number of 64 bits, or bytes after their length. */
void	vn_canon_put(struct vn_strbuf *out, uint64_t number);
void	vn_canon_bytes(struct vn_strbuf *out, const void *bytes, size_t len);

#endif /* !VN_OBJECT_CANON_H */
