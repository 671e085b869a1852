/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Linker sets: pointers to objects, gathered by the linker in one section.
 */

#ifndef _SYS_LINKER_SET_H_
#define	_SYS_LINKER_SET_H_

#include <sys/cdefs.h>

#define	DATA_SET(set, sym)						\
	static void * const __set_##set##_sym_##sym			\
	    __section("set_" #set) __used = &sym

#define	SET_DECLARE(set, ptype)						\
	extern ptype *__CONCAT(__start_set_, set)[];			\
	extern ptype *__CONCAT(__stop_set_, set)[]

#define	SET_BEGIN(set)		(__CONCAT(__start_set_, set))
#define	SET_LIMIT(set)		(__CONCAT(__stop_set_, set))
#define	SET_COUNT(set)		(SET_LIMIT(set) - SET_BEGIN(set))

#define	SET_FOREACH(pvar, set)						\
	for ((pvar) = SET_BEGIN(set); (pvar) < SET_LIMIT(set); (pvar)++)

#endif /* !_SYS_LINKER_SET_H_ */
