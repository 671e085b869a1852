/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which sources are programs', not the kernel's.
 */

#ifndef VNETIZE_PROGRAMS_H
#define	VNETIZE_PROGRAMS_H

#include <stddef.h>

struct vn_sources;
struct vn_units;

/*
 * Mark the sources none of whose commands, with the extra flags, defines
 * _KERNEL, if those of other sources do.  One that defines it itself is the
 * kernel's, as far as headers go.
 */
void	mark_programs(struct vn_sources *sources,
	    const struct vn_units *units, const char *const *extra,
	    size_t nextra);

#endif /* !VNETIZE_PROGRAMS_H */
