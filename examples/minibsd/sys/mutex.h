/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Mutexes.  There is one thread, so all they do is to look for mistakes.
 */

#ifndef _SYS_MUTEX_H_
#define	_SYS_MUTEX_H_

#include <sys/kernel.h>
#include <sys/lock.h>

struct mtx {
	struct lock_object lock_object;
	int	mtx_depth;
};

struct mtx_args {
	struct mtx *ma_mtx;
	const char *ma_desc;
	int	ma_opts;
};

void	mtx_init(struct mtx *, const char *, int);
void	mtx_destroy(struct mtx *);
void	mtx_sysinit(const void *);
void	mtx_lock(struct mtx *);
void	mtx_unlock(struct mtx *);

#ifdef INVARIANTS
#define	mtx_assert(m, what)						\
	KASSERT(((m)->mtx_depth != 0) == ((what) == MA_OWNED),		\
	    ("mutex %s", (m)->lock_object.lo_name))
#else
#define	mtx_assert(m, what)
#endif

#define	MTX_SYSINIT(name, mtx, desc, opts)				\
	static struct mtx_args name##_args = {				\
		(mtx), (desc), (opts)					\
	};								\
	SYSINIT(name##_mtx_sysinit, SI_SUB_LOCK, SI_ORDER_MIDDLE,	\
	    mtx_sysinit, &name##_args)

#endif /* !_SYS_MUTEX_H_ */
