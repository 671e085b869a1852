/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compiler and language glue.
 */

#ifndef _SYS_CDEFS_H_
#define	_SYS_CDEFS_H_

#define	__CONCAT1(x, y)		x ## y
#define	__CONCAT(x, y)		__CONCAT1(x, y)
#define	__STRING(x)		#x
#define	__XSTRING(x)		__STRING(x)

#define	__aligned(x)		__attribute__((__aligned__(x)))
#define	__dead2			__attribute__((__noreturn__))
#define	__packed		__attribute__((__packed__))
#define	__printflike(f, a)	__attribute__((__format__(__printf__, f, a)))
#define	__section(x)		__attribute__((__section__(x)))
#define	__unused		__attribute__((__unused__))
#define	__used			__attribute__((__used__))

/* Data that is written at boot and only read from then on. */
#define	__read_mostly		__section(".data.read_mostly")

#define	__predict_true(exp)	__builtin_expect((exp) != 0, 1)
#define	__predict_false(exp)	__builtin_expect((exp) != 0, 0)

#define	__offsetof(type, field)	__builtin_offsetof(type, field)

#endif /* !_SYS_CDEFS_H_ */
