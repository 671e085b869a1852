/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * An object seen by its symbols: the pieces of sections that functions and
 * variables are, and what a place means.
 */

#ifndef VN_OBJECT_VIEW_H
#define	VN_OBJECT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Object/object.h"

struct vn_strbuf;

/* A function or variable in a section; pieces do not overlap. */
struct vn_piece {
	int		section;
	uint64_t	start, size;	/* bytes from the section's start */
	int		symbol;
};

struct vn_view {
	const struct vn_object	*object;	/* borrowed */
	struct vn_piece		*items;		/* owned; in order */
	size_t			 count, room;
	int			*piece_of;	/* owned; by symbol: its piece,
						   also of an alias; -1 */
};

enum vn_target_kind {
	VN_AT_NOTHING,		/* no symbol: a number */
	VN_AT_SYMBOL,		/* in, or a distance from, a symbol */
	VN_AT_TEXT,		/* a string constant, which has no name */
	VN_AT_CONSTANT,		/* of a section of constants to be merged */
	VN_AT_PLACE		/* in a section, where no symbol is */
};

/* What a relocation or a branch reaches. */
struct vn_target {
	enum vn_target_kind kind;
	int		section;	/* VN_IN_* or index */
	int		symbol;		/* VN_AT_SYMBOL */
	int64_t		offset;		/* bytes from the symbol or the section;
					   VN_AT_NOTHING: the number */
	const unsigned char *bytes;	/* TEXT, CONSTANT; borrowed */
	size_t		len;		/* without the closing NUL */
	uint32_t	type;		/* of the relocation; 0: none */
};

void	vn_view_init(struct vn_view *out, const struct vn_object *object);
void	vn_view_free(struct vn_view *view);

/*
 * Where its code or data is: the section, or VN_IN_*, and bytes from the
 * section's start, also in a linked file.
 */
int	vn_symbol_section(const struct vn_object *object, int symbol);
uint64_t vn_symbol_start(const struct vn_object *object, int symbol);

/* Is it a table of pointers that stand for what they point to? */
bool	vn_section_forwards(const struct vn_section *section);

/* Has it a name that a person gave?  Not .LC0, $d and the like. */
bool	vn_symbol_named(const struct vn_symbol *symbol);

/* Of a type that code and data have, and not the section's own? */
bool	vn_symbol_counts(const struct vn_symbol *symbol);

/* The piece that holds that offset, or -1. */
int	vn_view_piece_at(const struct vn_view *view, int section,
	    uint64_t offset);

/* What is at that offset, which may be out of the section. */
void	vn_view_place(const struct vn_view *view, struct vn_target *out,
	    int section, int64_t offset);

/*
 * What a relocation of that section reaches.  `end` is the offset of the end
 * of its instruction, from which x86 counts distances; 0 in data.
 */
void	vn_view_reloc(const struct vn_view *view, struct vn_target *out,
	    int section, const struct vn_reloc *reloc, uint64_t end);

/* The first of the section's relocations that is not before offset. */
size_t	vn_reloc_from(const struct vn_section *section, uint64_t offset);

/* Append "name+offset", "text" in quotes, {hex}, ".section+offset". */
void	vn_target_print(struct vn_strbuf *out, const struct vn_view *view,
	    const struct vn_target *target);

/* Append text as a C string, cut where it is long. */
void	vn_text_print(struct vn_strbuf *out, const unsigned char *text,
	    size_t len);

/* Append bytes in hexadecimal, with blanks between. */
void	vn_bytes_print(struct vn_strbuf *out, const unsigned char *bytes,
	    size_t len);

#endif /* !VN_OBJECT_VIEW_H */
