/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Memory that cannot fail: a batch tool has nothing better to do than to stop.
 */

#ifndef VN_SUPPORT_MEM_H
#define	VN_SUPPORT_MEM_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Like malloc(3), calloc(3), realloc(3), strdup(3), strndup(3), vasprintf(3),
 * but never return NULL: without memory they print one line and exit with 2.
 * The caller owns the result and frees it with free(3).
 */
void	*vn_malloc(size_t size);
void	*vn_calloc(size_t count, size_t size);
void	*vn_realloc(void *p, size_t size);
char	*vn_strdup(const char *s);
char	*vn_strndup(const char *s, size_t len);
char	*vn_asprintf(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));
char	*vn_vasprintf(const char *fmt, va_list ap);

/*
 * A growable array: VN_VEC(struct foo) v = { 0 }; VN_PUSH(&v, item);
 * v.items[0 .. v.count - 1]; VN_FREE(&v).  The array owns its items' storage,
 * not what they point to.  A pointer into items lives until the next VN_PUSH.
 */
#define	VN_VEC(type)	struct { type *items; size_t count, room; }

#define	VN_PUSH(v, ...) do {						\
	if ((v)->count == (v)->room) {					\
		(v)->room = (v)->room == 0 ? 8 : 2 * (v)->room;		\
		(v)->items = vn_realloc((v)->items,			\
		    (v)->room * sizeof(*(v)->items));			\
	}								\
	(v)->items[(v)->count++] = (__VA_ARGS__);			\
} while (0)

#define	VN_FREE(v) do {							\
	free((v)->items);						\
	(v)->items = NULL;						\
	(v)->count = (v)->room = 0;					\
} while (0)

#define	VN_NITEMS(a)	(sizeof(a) / sizeof((a)[0]))

#endif /* !VN_SUPPORT_MEM_H */
