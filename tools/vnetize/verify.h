/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * --verify-parse: is the result at least as good C as what was there?
 */

#ifndef VNETIZE_VERIFY_H
#define	VNETIZE_VERIFY_H

struct options;
struct vn_plan;
struct vn_units;
struct where;

/*
 * Parse each unit that compiles or includes a file that the plan changes, as
 * the plan would leave it, without virtualization and with it; the plan's
 * facts hold the parses of the units before.  Returns 0, or -1 after reporting
 * what is new, an error a unit (a place shared by several units once).
 */
int	verify(const struct vn_plan *plan, const struct vn_units *units,
	    const struct where *where, const struct options *options);

#endif /* !VNETIZE_VERIFY_H */
