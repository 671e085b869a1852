/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The converted tree compiled with VIMAGE: what only that shows, and how large
 * each stack's copy of the variables gets (sys/net/vnet.c).
 */

#ifndef VN_VERIFY_VIMAGE_H
#define	VN_VERIFY_VIMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "Object/explain.h"
#include "Support/mem.h"

struct vn_pairs;
struct vn_trees;

/* Something that VIMAGE brings to light. */
struct vn_vimage_problem {
	const char	*kind;		/* static: "initializer", "undeclared",
					   "saved-vnet", "undefined",
					   "reference", "error" */
	char		*where;		/* owned: "file:line", or an object
					   if that is not known */
	char		*text;		/* owned */
};

struct vn_vimage_variable {
	char		*name;		/* owned; without vnet_entry_ */
	uint64_t	 size;		/* bytes */
};

struct vn_vimage_object {
	char		*name;		/* owned */
	uint64_t	 size;		/* bytes of its set_vnet */
	VN_VEC(struct vn_vimage_variable) variables;
};

/* Objects that are loaded together. */
struct vn_vimage_module {
	const char	*name, *glob;	/* borrowed: of the option */
	uint64_t	 size;		/* of the objects that match */
	size_t		 objects;	/* that match */
};

/* An object of two converted trees that is another one with VIMAGE. */
struct vn_vimage_pair {
	char		*name;		/* owned */
	struct vn_differences differences;
};

struct vn_vimage {
	VN_VEC(struct vn_vimage_problem) problems;
	VN_VEC(struct vn_vimage_object)	 objects; /* with a set_vnet */
	VN_VEC(struct vn_vimage_module)	 modules;
	uint64_t	 modspace;	/* bytes that modules share; 0: not
					   known */
	size_t		 compiled, failed;
	bool		 compared;	/* both trees are converted */
	size_t		 equal;		/* pairs, per symbol */
	size_t		 other;		/* pairs with a variable that only one
					   tree virtualizes */
	VN_VEC(struct vn_vimage_pair)	 different;
};

/*
 * Compile the converted tree once more, with VIMAGE defined; and the plain one
 * if it is a conversion, too, to be compared by symbol.  A pair that
 * uses one that the other tree does not virtualize is not compared.  A unit
 * that fails without VIMAGE, too, is no news.  pairs is what the run without
 * VIMAGE made.  modspace and modules are given by the caller in out; a modspace
 * of 0 is looked up: VNET_MODMIN in the tree.  A module's glob is matched
 * (fnmatch(3)) against sources and objects, as seen from the tree.  Returns 0,
 * or -1 after one error: a module that nothing matches.
 */
int	vn_vimage_verify(struct vn_vimage *out, struct vn_pairs *pairs,
	    const struct vn_trees *how);
void	vn_vimage_free(struct vn_vimage *vimage);

/* For a person; each variable only if verbose. */
void	vn_vimage_print(FILE *out, const struct vn_vimage *vimage,
	    bool verbose);

/* Does it fit?  If the room is not known, it does. */
bool	vn_vimage_fits(const struct vn_vimage *vimage, uint64_t size);

/* 0; 1: there are problems, a module that does not fit, or differences. */
int	vn_vimage_status(const struct vn_vimage *vimage);

#endif /* !VN_VERIFY_VIMAGE_H */
