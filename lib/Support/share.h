/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Work shared among processes: a byte for each of many items.
 */

#ifndef VN_SUPPORT_SHARE_H
#define	VN_SUPPORT_SHARE_H

#include <stddef.h>
#include <stdint.h>

/*
 * out[i] = fn(i, arg) for each i below count, in jobs processes (this one and
 * its children, which see the memory as it is now and whose changes to it are
 * lost).  What a child that died or could not be made leaves is done here.
 */
void	vn_share(uint8_t *out, size_t count, unsigned jobs,
	    uint8_t (*fn)(size_t i, void *arg), void *arg);

#endif /* !VN_SUPPORT_SHARE_H */
