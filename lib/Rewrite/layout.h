/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A source as it will be, for the layout of its lines.  Private to the step.
 */

#ifndef VN_REWRITE_LAYOUT_H
#define	VN_REWRITE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Rewrite/edit.h"

struct vn_plan;

#define	VN_WIDTH	80

struct vn_layout {
	struct vn_plan		*plan;
	const struct vn_source	*s;
	int			 source;
	struct vn_strbuf	 text;		/* owned: new bytes */
	int64_t			*origin;	/* owned: old offset of each,
						   or -1 */
	struct vn_lex		 lex;		/* of the new bytes */
	struct vn_lines		 lines;
	bool			*touched;	/* owned: per new line */
	VN_VEC(struct vn_edit)	 found;		/* edits of this step */
};

/* Visual column, from 0, of byte `to` of a line that starts at `from`. */
size_t	vn_layout_column(const char *data, size_t from, size_t to);

/* Are the new bytes from..to - 1 old ones that stand together? */
bool	vn_layout_is_old(const struct vn_layout *v, size_t from, size_t to);

/* Put text in the place of an old run of new bytes. */
void	vn_layout_replace(struct vn_layout *v, size_t from, size_t to,
	    const char *text);

/*
 * The line at byte `start` is too long: break it, and fill the rest of its
 * statement anew as far as that is pushed along.
 */
void	vn_layout_fill(struct vn_layout *v, size_t start);

#endif /* !VN_REWRITE_LAYOUT_H */
