/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the sources of a tree say of VIMAGE, beside its objects.
 */

#ifndef VN_VERIFY_VIMAGE_IMPL_H
#define	VN_VERIFY_VIMAGE_IMPL_H

#include <stdbool.h>
#include <stdint.h>

struct vn_object;
struct vn_trees;
struct vn_vimage;

/* Add a problem, once; where and text become its own. */
void	vn_vimage_add(struct vn_vimage *out, const char *kind, char *where,
	    char *text);

/* VNET_MODMIN as the tree's net/ defines it; 0: not known. */
uint64_t vn_vimage_modmin(const char *tree);

/*
 * Do the sources of both trees virtualize the same variables, and any?  By the
 * names in VNET_DEFINE and its like.  *other: has the
 * plain tree one that the converted one has not?
 */
bool	vn_vimage_same_variables(const struct vn_trees *how,
	    bool *other);

/* Entries of variables that objects want and that they have. */
struct vn_wanted;

struct vn_wanted *vn_wanted_new(void);
void	vn_wanted_add(struct vn_wanted *wanted, const char *name,
	    const struct vn_object *object);

/*
 * Report those that no object has and no source of the tree defines: "V_x is
 * used and not defined".
 */
void	vn_wanted_report(const struct vn_wanted *wanted,
	    struct vn_vimage *out, const char *tree);
void	vn_wanted_free(struct vn_wanted *wanted);

#endif /* !VN_VERIFY_VIMAGE_IMPL_H */
