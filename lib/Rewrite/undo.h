/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Undo: a virtualized tree becomes one of plain globals (--style=none).
 * Private to those steps.
 */

#ifndef VN_REWRITE_UNDO_H
#define	VN_REWRITE_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_occurrence;
struct vn_plan;
struct vn_source;

/* How an occurrence is written. */
enum vn_form {
	VN_FORM_PLAIN,		/* x */
	VN_FORM_PREFIXED,	/* V_x */
	VN_FORM_DEFINE,		/* VNET_DEFINE(t, x) */
	VN_FORM_STATIC,		/* VNET_DEFINE_STATIC(t, x) */
	VN_FORM_DECLARE,	/* VNET_DECLARE(t, x) */
	VN_FORM_CALL,		/* VNET_NAME(x), VNET(x) */
	VN_FORM_OTHER		/* VNET_PTR(x), VNET_VNET(v, x) */
};

/* The form of an occurrence; in *callee the token of the macro, or -1. */
enum vn_form vn_undo_form(const struct vn_plan *plan,
	    const struct vn_occurrence *o, int *callee);

/*
 * Does it still have to be undone?  Yes for every occurrence of a target in
 * another form than x.
 */
bool	vn_undo_due(const struct vn_occurrence *o);

/* Is there nothing but white space and splices in the bytes from..to - 1? */
bool	vn_undo_is_blank(const struct vn_source *source, uint32_t from,
	    uint32_t to);

/*
 * Put text in the place of the bytes from..to - 1 of a source, whole tokens.
 * Comments among them stay, with the blanks around them.  Where two words
 * would become one, a blank parts them.
 */
void	vn_undo_cut(struct vn_plan *plan, int source, uint32_t from,
	    uint32_t to, const char *text, const char *rule);

/* The steps, in order; undo.c says what each is for. */
void	vn_undo_block(struct vn_plan *plan);		/* undo_block.c */
void	vn_undo_shadows(struct vn_plan *plan);		/* undo_shadow.c */
void	vn_undo_refs(struct vn_plan *plan);		/* undo_ref.c */
void	vn_undo_sysctls(struct vn_plan *plan);		/* undo_sysctl.c */
void	vn_undo_lines(struct vn_plan *plan);		/* undo_line.c */

#endif /* !VN_REWRITE_UNDO_H */
