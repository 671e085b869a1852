/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Mutexes, panic, the kernel environment, and other small things.
 */

#include <sys/kernel.h>
#include <sys/mutex.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

/* From the C library. */
int	vprintf(const char *, __builtin_va_list);
void	exit(int) __dead2;

SYSCTL_NODE(, OID_AUTO, kern, CTLFLAG_RW, 0, "High kernel");

int hz = 100;
SYSCTL_INT(_kern, OID_AUTO, hz, CTLFLAG_RD, &hz, 0, "Ticks in a second");

/* What the loader would have passed on. */
static const struct {
	const char *path;
	int	value;
} kenv[] = {
	{ "net.inet.tcp.tcbhashsize", 16 },
	{ "net.inet.ip.maxfragpackets", 12 },
};

int
getenv_int(const char *path, int *var)
{
	size_t i;

	for (i = 0; i < nitems(kenv); i++)
		if (strcmp(kenv[i].path, path) == 0) {
			*var = kenv[i].value;
			return (1);
		}
	return (0);
}

void
tunable_int_init(const void *arg)
{
	const struct tunable_int *t;

	t = arg;
	getenv_int(t->path, t->var);
}

void
panic(const char *fmt, ...)
{
	__builtin_va_list ap;

	printf("panic: ");
	__builtin_va_start(ap, fmt);
	vprintf(fmt, ap);
	__builtin_va_end(ap);
	printf("\n");
	exit(1);
}

size_t
kern_strlcpy(char *dst, const char *src, size_t size)
{
	size_t len;

	len = strlen(src);
	if (size != 0) {
		size = MIN(len, size - 1);
		memcpy(dst, src, size);
		dst[size] = '\0';
	}
	return (len);
}

u_int
arc4random(void)
{
	static uint32_t seed = 42;

	seed = seed * 1664525 + 1013904223;
	return (seed >> 8);
}

void
mtx_init(struct mtx *m, const char *name, int opts)
{

	m->lock_object.lo_name = name;
	m->lock_object.lo_flags = opts;
	m->mtx_depth = 0;
}

void
mtx_destroy(struct mtx *m)
{

	if (m->mtx_depth != 0)
		panic("mutex %s is held", m->lock_object.lo_name);
	m->lock_object.lo_name = NULL;
}

void
mtx_sysinit(const void *arg)
{
	const struct mtx_args *args;

	args = arg;
	mtx_init(args->ma_mtx, args->ma_desc, args->ma_opts);
}

void
mtx_lock(struct mtx *m)
{

	if (m->lock_object.lo_name == NULL)
		panic("mutex at %p was not initialized", (void *)m);
	if (m->mtx_depth++ != 0 && (m->lock_object.lo_flags & MTX_RECURSE) == 0)
		panic("mutex %s taken twice", m->lock_object.lo_name);
}

void
mtx_unlock(struct mtx *m)
{

	if (m->mtx_depth-- == 0)
		panic("mutex %s is not held", m->lock_object.lo_name);
}
