/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Kernel memory, accounted by type.
 */

#ifndef _SYS_MALLOC_H_
#define	_SYS_MALLOC_H_

#include <sys/types.h>

#define	M_NOWAIT	0x0001
#define	M_WAITOK	0x0002
#define	M_ZERO		0x0100

struct malloc_type {
	const char *ks_shortdesc;
	long	ks_inuse;
};

#define	MALLOC_DEFINE(type, shortdesc, longdesc)			\
	struct malloc_type type[1] = { { shortdesc, 0 } }
#define	MALLOC_DECLARE(type)						\
	extern struct malloc_type type[1]

MALLOC_DECLARE(M_TEMP);

void	*kern_malloc(size_t, struct malloc_type *, int);
void	kern_free(void *, struct malloc_type *);
void	*hashinit(int, struct malloc_type *, u_long *);
void	hashdestroy(void *, struct malloc_type *, u_long);
long	malloc_inuse(void);

#define	malloc(size, type, flags)	kern_malloc((size), (type), (flags))
#define	free(addr, type)		kern_free((addr), (type))

#endif /* !_SYS_MALLOC_H_ */
