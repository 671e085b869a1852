/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What every kernel file may use without asking: assertions, printing, memory
 * and string functions.
 */

#ifndef _SYS_SYSTM_H_
#define	_SYS_SYSTM_H_

#include <sys/param.h>

extern int hz;			/* clock ticks in a second */
extern int ticks;		/* clock ticks since boot */

void	panic(const char *, ...) __printflike(1, 2) __dead2;
int	printf(const char *, ...) __printflike(1, 2);
int	snprintf(char *, size_t, const char *, ...) __printflike(3, 4);

void	*memcpy(void *, const void *, size_t);
void	*memset(void *, int, size_t);
int	memcmp(const void *, const void *, size_t);
int	strcmp(const char *, const char *);
int	strncmp(const char *, const char *, size_t);
size_t	strlen(const char *);
size_t	kern_strlcpy(char *, const char *, size_t);

#define	bcopy(from, to, len)	memcpy((to), (from), (len))
#define	bzero(buf, len)		memset((buf), 0, (len))
#define	bcmp(a, b, len)		memcmp((a), (b), (len))
#define	strlcpy(dst, src, len)	kern_strlcpy((dst), (src), (len))

u_int	arc4random(void);	/* not random at all, but repeatable */

/* Checks; without INVARIANTS their arguments do not reach the compiler. */
#ifdef INVARIANTS
#define	KASSERT(exp, msg) do {						\
	if (__predict_false(!(exp)))					\
		panic msg;						\
} while (0)
#define	MPASS(ex)							\
	KASSERT((ex), ("assertion %s failed at %s:%d", #ex, __FILE__,	\
	    __LINE__))
#else
#define	KASSERT(exp, msg) do {						\
} while (0)
#define	MPASS(ex)	((void)sizeof(#ex))
#endif

#define	CTASSERT(x)	_Static_assert(x, "compile-time assertion failed")

/* Event tracing. */
#define	KTR_NET		0x0001
#define	KTR_INET	0x0002

#ifdef KTR
#define	CTR1(m, format, p1)						\
	printf("ktr %#x: " format "\n", (m), (p1))
#define	CTR2(m, format, p1, p2)						\
	printf("ktr %#x: " format "\n", (m), (p1), (p2))
#define	CTR3(m, format, p1, p2, p3)					\
	printf("ktr %#x: " format "\n", (m), (p1), (p2), (p3))
#else
#define	CTR1(m, format, p1)
#define	CTR2(m, format, p1, p2)
#define	CTR3(m, format, p1, p2, p3)
#endif

#endif /* !_SYS_SYSTM_H_ */
