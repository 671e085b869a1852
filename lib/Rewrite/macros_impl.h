/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of #defines, for the files that walk through it.  Names may have
 * many #defines (several kernels in one checkout), and bodies call macros
 * again: what a walk found is remembered here, so that each macro is looked at
 * once.
 */

#ifndef VN_REWRITE_MACROS_IMPL_H
#define	VN_REWRITE_MACROS_IMPL_H

#include <stddef.h>

#include "Support/mem.h"

#include "Facts/names.h"

#include "Rewrite/macros.h"

/* Filled on demand, also where the table is const. */
struct vn_macro_uses;		/* macro_use.c */
struct vn_macro_decls;		/* macro_declare.c */
struct vn_macro_places;		/* macro_place.c */
struct vn_body_uses;		/* context_body.c */

struct vn_macros {
	VN_VEC(struct vn_macro)	 items;
	VN_VEC(char *)		 names;		/* owned; by index in set */
	VN_VEC(int)		 heads;	/* by index in set: first item */
	struct vn_names		 set;
	struct vn_macro_uses	*uses;		/* these are owned */
	struct vn_macro_decls	*decls;
	struct vn_macro_places	*places;
	struct vn_body_uses	*bodies;
};

struct vn_macro_uses *vn_macro_uses_new(void);
void	vn_macro_uses_free(struct vn_macro_uses *uses);
struct vn_macro_decls *vn_macro_decls_new(void);
void	vn_macro_decls_free(struct vn_macro_decls *decls);
struct vn_macro_places *vn_macro_places_new(void);
void	vn_macro_places_free(struct vn_macro_places *places);
struct vn_body_uses *vn_body_uses_new(void);
void	vn_body_uses_free(struct vn_body_uses *bodies);

#endif /* !VN_REWRITE_MACROS_IMPL_H */
