/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where the assignments of a lifted initializer go: the function of init=.
 */

#ifndef VN_REWRITE_LIFT_H
#define	VN_REWRITE_LIFT_H

#include <stdbool.h>
#include <stdint.h>

struct vn_decl;
struct vn_declarator;
struct vn_occurrence;
struct vn_plan;
struct vn_source;

/* A place for statements in a function. */
struct vn_lift {
	int	 source;
	int	 function;	/* index in its outline */
	uint32_t off;		/* byte of the line that they go before */
	bool	 blank;		/* a blank line has to come first */
};

/*
 * The nth (from 0) function that the target's init= names: in the file that
 * defines the variable, else in any under the PATHs.  More than one of a file
 * stand in branches of an #if.  False where there is none.
 */
bool	vn_lift_place(struct vn_lift *out, const struct vn_plan *plan,
	    int target, int nth);

/*
 * Why the target's initializer cannot become assignments in that function:
 * NULL if it can, or if the list is at fault, which vn_plan_lifts reports.
 * Static, or of the facts.
 */
const char *vn_lift_refused(const struct vn_plan *plan, int target);

/*
 * Does the occurrence define a variable that is virtualized already, with an
 * initializer: "VNET_DEFINE(type, x[2]) = ...;"?  Then it is read into out.
 */
bool	vn_lift_virtualized(const struct vn_plan *plan,
	    const struct vn_occurrence *o, struct vn_declarator *out);

/*
 * The definition of a target that has an initializer, read into d (free it
 * with vn_decl_free); NULL if there is none or more than one.
 */
const struct vn_declarator *vn_lift_definition(const struct vn_plan *plan,
	    int target, struct vn_decl *d, int *source);

#endif /* !VN_REWRITE_LIFT_H */
