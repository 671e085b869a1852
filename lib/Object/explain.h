/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What differs between two objects, for a person: sections, functions, the
 * first instructions or bytes, relocations that changed their target, strings.
 */

#ifndef VN_OBJECT_EXPLAIN_H
#define	VN_OBJECT_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>

struct vn_object;

enum vn_difference_kind {
	VN_DIFF_SECTION,	/* is missing, or has another type, size ... */
	VN_DIFF_CODE,		/* instructions of a function */
	VN_DIFF_DATA,		/* bytes of a variable */
	VN_DIFF_STRING,		/* a string constant */
	VN_DIFF_TARGET,		/* a relocation reaches another symbol */
	VN_DIFF_SYMBOL,		/* a symbol's binding, size, visibility ... */
	VN_DIFF_ORDER		/* data that only stands elsewhere */
};

struct vn_difference {
	enum vn_difference_kind kind;
	char	*section;	/* of the plain object where it has it; owned */
	char	*symbol;	/* function or variable that holds it; owned;
				   NULL: none */
	uint64_t offset;	/* bytes from its start, or the section's */
	char	*was, *now;	/* instruction, bytes, string, target; owned;
				   NULL: not there */
	char	*where;		/* "file:line" by the line table; owned; NULL:
				   not known */
};

struct vn_differences {
	struct vn_difference	*items;		/* owned */
	size_t			 count, room;
};

/*
 * Append what differs, the first of each function, variable and kind (but all
 * strings), in the order of sections and offsets; what has no section, or only
 * one in converted, comes last.  Both may be of different machines, then that
 * is all there is.  Objects that are the same but for debug data and the names
 * of local symbols have nothing that differs.
 *
 * What only moves because something else changed is no difference: places are
 * compared by the symbol that holds them, strings and constants by what they
 * are, branches by where they lead.  A constant without a name, a table of
 * jumps, unwinding and the bytes between functions are told only if nothing
 * else is.
 */
void	vn_object_explain(struct vn_differences *out,
	    const struct vn_object *plain, const struct vn_object *converted);

/*
 * Fill in where from the line tables of the same two objects, compiled with
 * -g (DWARF 2 to 5, libdw): a function's offset there may be another one, so
 * the debug objects are compared once more.  For code the line is that of the
 * converted object, or of the plain one where only that has it; for variables
 * and symbols it is the one of the declaration.  Names of files are those of
 * the line table, without the compiler's directory.  Damaged debug data, and
 * relocations that libdw does not know (MIPS), leave it NULL.
 */
void	vn_object_explain_lines(struct vn_differences *out,
	    const struct vn_object *plain_g,
	    const struct vn_object *converted_g);

void	vn_differences_free(struct vn_differences *differences);

/* "code", "data", "string", "target", ...; static. */
const char *vn_difference_name(enum vn_difference_kind kind);

#endif /* !VN_OBJECT_EXPLAIN_H */
