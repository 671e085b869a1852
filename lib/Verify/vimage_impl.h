/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the files of --vimage share.
 */

#ifndef VN_VERIFY_VIMAGE_IMPL_H
#define	VN_VERIFY_VIMAGE_IMPL_H

#include <stdbool.h>
#include <stdint.h>

struct unit;
struct verifying;
struct vn_bag;
struct vn_object;
struct vn_trees;
struct vn_vimage;

/* VNET_NAME of sys/net/vnet.h: a variable's symbol. */
#define	VN_ENTRY_PREFIX	"vnet_entry_"

/* Add a problem, once; where and text become its own. */
void	vn_vimage_add(struct vn_vimage *out, const char *kind, char *where,
	    char *text);

/* VNET_MODMIN as the tree's net/ defines it; 0: not known. */
uint64_t vn_vimage_modmin(const char *tree);

/* Add the variables that VNET_DEFINE and its like name in a tree's sources. */
void	vn_vimage_variables(struct vn_bag *out, const char *tree);

/* Variables that objects want and that they have. */
struct vn_wanted;

struct vn_wanted *vn_wanted_new(void);
void	vn_wanted_add(struct vn_wanted *wanted, const struct unit *unit,
	    const struct vn_object *object);

/*
 * Report those that no object has and no source of the converted tree defines:
 * "V_x is used, and defined nowhere"; and plain names of variables that only
 * have a virtualized definition.
 */
void	vn_wanted_report(const struct vn_wanted *wanted,
	    struct vn_vimage *out, const struct verifying *v);
void	vn_wanted_free(struct vn_wanted *wanted);

#endif /* !VN_VERIFY_VIMAGE_IMPL_H */
