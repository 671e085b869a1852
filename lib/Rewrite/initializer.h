/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * An initializer as assignments.
 */

#ifndef VN_REWRITE_INITIALIZER_H
#define	VN_REWRITE_INITIALIZER_H

#include <stdbool.h>

#include "Support/mem.h"

struct vn_declarator;
struct vn_plan;
struct vn_strbuf;

/* One assignment: object + path = the tokens from first to last. */
struct vn_store {
	char	*path;		/* owned: "", ".member", "[1].next" */
	int	 first;
	int	 last;
	bool	 head;	/* a X_HEAD_INITIALIZER of queue(3): X_INIT(&...) */
};

struct vn_stores {
	VN_VEC(struct vn_store) items;
};

/*
 * The assignments that the initializer of a declarator stands for, by what the
 * compiler says of its elements.  Returns NULL, or why they cannot be written
 * (static, or of the facts); then out may be incomplete.  Free out with
 * vn_stores_free in both cases.
 */
const char *vn_stores_read(struct vn_stores *out, const struct vn_plan *plan,
	    int source, const struct vn_declarator *c);
void	vn_stores_free(struct vn_stores *stores);

/*
 * Append "object.member = value;", with listed variables as they will be; the
 * target `also` (-1: none) is taken as converted.
 */
void	vn_store_put(struct vn_strbuf *sb, const struct vn_plan *plan,
	    int source, const struct vn_store *store, const char *object,
	    int also);

/*
 * Append the tokens from first to last likewise.  White space becomes one
 * blank, or, where indent is not NULL, stays, less that indentation of lines.
 */
void	vn_plan_put(struct vn_strbuf *sb, const struct vn_plan *plan,
	    int source, int first, int last, int also, const char *indent);

/*
 * Break the line that starts at byte `start` of sb where it is too long, behind
 * operators and commas; what goes to further lines gets the indentation and
 * four blanks.  If early is set, the '=' is the first place, else the last.
 */
void	vn_break_assignment(struct vn_strbuf *sb, size_t start,
	    const char *indent, bool early);

/* Do comments or directives stand between the tokens first and last? */
bool	vn_tok_interrupted(const struct vn_plan *plan, int source, int first,
	    int last);

#endif /* !VN_REWRITE_INITIALIZER_H */
