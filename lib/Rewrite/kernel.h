/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Headers that the kernel shares with userland: what lies under _KERNEL.
 */

#ifndef VN_REWRITE_KERNEL_H
#define	VN_REWRITE_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

struct vn_source;

/*
 * The outermost branch (a directive's index) around the byte that is compiled
 * for the kernel alone: "#ifdef _KERNEL", "#if defined(_KERNEL) ...", or the
 * #else of "#ifndef _KERNEL".  -1 if there is none.
 */
int	vn_kernel_branch(const struct vn_source *source, uint32_t off);

/* Does the source speak of _KERNEL in a conditional at all? */
bool	vn_kernel_shared(const struct vn_source *source);

/*
 * Must a declaration at the byte be put under _KERNEL?  Yes in a header that
 * speaks of _KERNEL, where it does not lie under it.
 */
bool	vn_kernel_unguarded(const struct vn_source *source, uint32_t off);

#endif /* !VN_REWRITE_KERNEL_H */
