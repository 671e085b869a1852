/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Memory that cannot fail.
 */

#include "mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* p, or the end of the program; nothing is allocated to say so. */
static void *
checked(void *p)
{
	if (p == NULL) {
		fputs("vnetize: out of memory\n", stderr);
		exit(2);
	}
	return (p);
}

/* malloc(3) and friends may give NULL for no bytes, which is no failure. */
static size_t
at_least_one(size_t size)
{
	return (size == 0 ? 1 : size);
}

void *
vn_malloc(size_t size)
{
	return (checked(malloc(at_least_one(size))));
}

void *
vn_calloc(size_t count, size_t size)
{
	return (checked(calloc(at_least_one(count), at_least_one(size))));
}

void *
vn_realloc(void *p, size_t size)
{
	return (checked(realloc(p, at_least_one(size))));
}

char *
vn_strdup(const char *s)
{
	return (checked(strdup(s)));
}

char *
vn_strndup(const char *s, size_t len)
{
	return (checked(strndup(s, len)));
}

char *
vn_asprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vn_vasprintf(fmt, ap);
	va_end(ap);
	return (s);
}

char *
vn_vasprintf(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) == -1)
		s = NULL;
	return (checked(s));
}
