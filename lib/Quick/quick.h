/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Is it the same code if it compiles?  Told from preprocessed text.
 */

#ifndef VN_QUICK_QUICK_H
#define	VN_QUICK_QUICK_H

#include <stdbool.h>
#include <stddef.h>

struct vn_ptokens;

enum vn_quick {
	VN_QUICK_SAME,		/* the same tokens, but for what is allowed */
	VN_QUICK_OPEN		/* not conclusive: to be compiled */
};

/* Where the converted sources spell V_x. */
struct vn_spelled;

/*
 * V_x of the converted tree's changed files, given with the bytes of the
 * private copies: on which presumed lines (#line is followed), and whether in
 * the body of a #define other than that of a V_y.  A V_x among the arguments of
 * a call counts for all its lines, as that is where preprocessors put what
 * comes of them.  M(x) counts as V_x where a "#define M(n)" has "V_##".  A
 * listed x is one with a "#define V_x".
 *
 * shown is the file as seen from its root: "net/if.c" is what a line marker
 * calls "net/if.c", "./net/if.c" or "/work/1/net/if.c".
 */
struct vn_spelled *vn_spelled_new(void);
void	vn_spelled_add(struct vn_spelled *spelled, const char *shown,
	    const char *data, size_t len);
void	vn_spelled_free(struct vn_spelled *spelled);

/*
 * Compare.  The one difference allowed is "(x)" in the converted text for "x"
 * in the plain one, where the converted source spells V_x there (on that line,
 * or in a macro's body), x is listed, and it stands not after ".", "->" or
 * "goto" nor as a name in an enumerator list, and is no typedef name in this
 * text.  *why is set to what made it open: static text, with the place in
 * *file (borrowed from converted; NULL: none) and *line.
 *
 * Tokens that only the compiler can judge make it open, even if equal:
 * __builtin_LINE and its like, .incbin and .include in asm, directives that
 * are left but for #pragma and #ident, and strings that look like what
 * __DATE__, __TIME__ and __TIMESTAMP__ (C11 6.10.8.1) have become by now.
 *
 * Text whose first file ends in .S, .s or .asm is assembler, where lines and
 * blanks count: it must have them in the same places.
 */
enum vn_quick vn_quick_compare(const struct vn_ptokens *plain,
	    const struct vn_ptokens *converted,
	    const struct vn_spelled *spelled, const char **why,
	    const char **file, unsigned *line);

#endif /* !VN_QUICK_QUICK_H */
