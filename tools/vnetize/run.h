/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One run of vnetize, from options to exit status.
 */

#ifndef VNETIZE_RUN_H
#define	VNETIZE_RUN_H

struct options;

/* The exit status: 0, 1 or 2 (interface of vnetize(1)). */
int	run(const struct options *options);

#endif /* !VNETIZE_RUN_H */
