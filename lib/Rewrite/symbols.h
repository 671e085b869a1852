/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Places that name the symbol of a variable, not the variable: assembler
 * files, linker scripts, tables of nlist(3).
 */

#ifndef VN_REWRITE_SYMBOLS_H
#define	VN_REWRITE_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>

struct vn_plan;
struct vn_source;

enum vn_symbol_kind {
	VN_SYMBOL_NONE,
	VN_SYMBOL_ASSEMBLER,
	VN_SYMBOL_LINKER,
	VN_SYMBOL_NLIST,
	VN_SYMBOL_UNDEFINED		/* V_x that nothing defines */
};

/* A place to tell of; kept by the plan until it is known what is converted. */
struct vn_mention {
	char			*file;	/* canonical; owned */
	unsigned		 line, col;
	int			 name;	/* index in plan->names, even; or -1 */
	char			*word;	/* owned: V_x, where name is -1 */
	enum vn_symbol_kind	 kind;
};

/* What a file is by its name: assembler, a linker script, or neither. */
enum vn_symbol_kind vn_symbols_kind(const char *file);

/*
 * Add to the plan's mentions the symbols of listed names that an assembler
 * file or a linker script uses, x or _x; not those that it defines itself.
 */
void	vn_symbols_read(struct vn_plan *plan, const char *file,
	    enum vn_symbol_kind kind, const char *data, size_t len);

/*
 * The same for the strings "x" and "_x" in initializers of struct nlist, in
 * an opened source that need not be one of the run's.
 */
void	vn_symbols_nlist(struct vn_plan *plan, const struct vn_source *source);

#endif /* !VN_REWRITE_SYMBOLS_H */
