/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Target styles: how a virtualized variable is written.  One table a style;
 * no other code asks which style it is.
 */

#ifndef VN_REWRITE_STYLE_H
#define	VN_REWRITE_STYLE_H

#include <stdbool.h>
#include <stddef.h>

struct vn_style {
	const char	*name;		/* --style=NAME */
	const char	*mark;	/* macro that the tree's header defines in
				   this style; NULL, like all below: plain
				   globals, what is virtualized is undone */
	const char	*define;	/* VNET_DEFINE */
	const char	*define_static;	/* for file statics; with its own
					   static, or NULL */
	const char	*declare;	/* VNET_DECLARE */
	const char	*access;	/* VNET: what V_x expands to */
	const char	*address;	/* VNET_NAME: the constant name */
	const char	*prefix;	/* V_ */
	const char	*symbol;	/* what address puts before the name
					   under the option: vnet_entry_ */
	const char	*header;	/* net/vnet.h */
	const char	*needs;	/* header that every source includes before
				   it */
	const char	*after;	/* header that must come before it where
				   sysctls are used, or NULL */
	const char	*option;	/* macro that turns virtualization on */
	const char	*sysctl_from;	/* prefix of sysctl macros: SYSCTL_ */
	const char	*sysctl_to;	/* what it becomes: SYSCTL_VNET_;
					   NULL: flag instead */
	const char	*sysctl_flag;	/* CTLFLAG_VNET, or NULL */
	const char *const *sysctl_twins;	/* kinds that have a macro
						   named sysctl_to + kind;
						   NULL: all */
};

/* All styles, in the order of --help; NULL-terminated. */
extern const struct vn_style *const vn_styles[];

/* The style of that name, or NULL. */
const struct vn_style *vn_style_named(const char *name);

/* Does the text of a tree's header define what the style needs? */
bool	vn_style_fits(const struct vn_style *style, const char *data,
	    size_t len);

/*
 * The style whose mark the text of a tree's header defines, the first of the
 * table that fits, or NULL.  The header is that of vn_styles[0]->header.
 */
const struct vn_style *vn_style_of_header(const char *data, size_t len);

#endif /* !VN_REWRITE_STYLE_H */
