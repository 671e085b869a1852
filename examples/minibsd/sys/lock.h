/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What all kinds of locks have in common.
 */

#ifndef _SYS_LOCK_H_
#define	_SYS_LOCK_H_

#define	MTX_DEF		0x0000
#define	MTX_RECURSE	0x0004

#define	MA_NOTOWNED	0x0000
#define	MA_OWNED	0x0001

struct lock_object {
	const char *lo_name;
	int	lo_flags;
};

#endif /* !_SYS_LOCK_H_ */
