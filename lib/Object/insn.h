/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Instructions of a function, with names for what they reach.
 */

#ifndef VN_OBJECT_INSN_H
#define	VN_OBJECT_INSN_H

#include <stdbool.h>

#include "Object/view.h"

enum { VN_INSN_TARGETS = 2 };

struct vn_insn {
	uint64_t	 offset;	/* bytes from the function's start */
	unsigned	 size;
	char		*text;		/* without what it reaches; owned */
	int64_t		 inner;		/* where in the function it branches to,
					   bytes from its start; -1: it does
					   not */
	struct vn_target targets[VN_INSN_TARGETS];
	int		 ntargets;
};

struct vn_insns {
	struct vn_insn	*items;		/* owned */
	size_t		 count, room;
};

/*
 * The instructions of size bytes at start of the section.  What Capstone does
 * not know, or a machine that it does not know, comes as ".byte".  On x86 in
 * the syntax of AT&T, as BSD writes it.
 */
void	vn_insns_read(struct vn_insns *out, const struct vn_view *view,
	    int section, uint64_t start, uint64_t size);
void	vn_insns_free(struct vn_insns *insns);

/* Append "movl $3, (%rip) <foo>". */
void	vn_insn_print(struct vn_strbuf *out, const struct vn_view *view,
	    const struct vn_insn *insn);

#endif /* !VN_OBJECT_INSN_H */
