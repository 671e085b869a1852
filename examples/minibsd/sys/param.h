/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Parameters and arithmetic that everything needs.
 */

#ifndef _SYS_PARAM_H_
#define	_SYS_PARAM_H_

#include <sys/types.h>
#include <sys/errno.h>

#define	MAXHOSTNAMELEN	64

#define	howmany(x, y)	(((x) + ((y) - 1)) / (y))
#define	nitems(x)	(sizeof((x)) / sizeof((x)[0]))
#define	MIN(a, b)	(((a) < (b)) ? (a) : (b))
#define	MAX(a, b)	(((a) > (b)) ? (a) : (b))

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define	htonl(x)	__builtin_bswap32(x)
#define	htons(x)	__builtin_bswap16(x)
#else
#define	htonl(x)	((uint32_t)(x))
#define	htons(x)	((uint16_t)(x))
#endif
#define	ntohl(x)	htonl(x)
#define	ntohs(x)	htons(x)

#endif /* !_SYS_PARAM_H_ */
