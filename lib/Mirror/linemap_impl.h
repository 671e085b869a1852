/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Shared by the parts that number lines.
 */

#ifndef VN_MIRROR_LINEMAP_IMPL_H
#define	VN_MIRROR_LINEMAP_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_lex;
struct vn_stretches;
struct vn_text;

enum {
	VN_LINE_SAFE = 1,	/* a directive may stand before it */
	VN_LINE_TOKENS = 2,	/* holds tokens outside of directives */
	VN_LINE_PADS = 4,	/* a blank line may stand before it */
	VN_LINE_JOINS = 8	/* the newline before it may be a blank */
};

/* What each line is: VN_LINE_*; owned by the caller. */
uint8_t	*vn_line_kinds(const struct vn_text *text, const struct vn_lex *lex);

/* Is it C by its name?  Nothing else gets a #line. */
bool	vn_mirror_is_c(const char *path);

/*
 * Append a line (from 1) of path, which says another number; folded into the
 * stretch that ends right before it.
 */
void	vn_stretch_add(struct vn_stretches *stretches, const char *path,
	    size_t line, size_t said, size_t want);

#endif /* !VN_MIRROR_LINEMAP_IMPL_H */
