/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The integer types, made of what the compiler says about itself.
 */

#ifndef _SYS_TYPES_H_
#define	_SYS_TYPES_H_

#include <sys/cdefs.h>

typedef	__INT8_TYPE__		int8_t;
typedef	__INT16_TYPE__		int16_t;
typedef	__INT32_TYPE__		int32_t;
typedef	__INT64_TYPE__		int64_t;
typedef	__UINT8_TYPE__		uint8_t;
typedef	__UINT16_TYPE__		uint16_t;
typedef	__UINT32_TYPE__		uint32_t;
typedef	__UINT64_TYPE__		uint64_t;
typedef	__INTPTR_TYPE__		intptr_t;
typedef	__UINTPTR_TYPE__	uintptr_t;
typedef	__SIZE_TYPE__		size_t;

typedef	unsigned char		u_char;
typedef	unsigned short		u_short;
typedef	unsigned int		u_int;
typedef	unsigned long		u_long;
typedef	char			*caddr_t;

#ifndef NULL
#define	NULL			((void *)0)
#endif

#endif /* !_SYS_TYPES_H_ */
