/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Kernel memory, from the C library of the host.
 */

#include <sys/malloc.h>
#include <sys/queue.h>
#include <sys/systm.h>

#undef malloc
#undef free

/* From the C library. */
void	*malloc(size_t);
void	free(void *);

LIST_HEAD(generic, generic_entry);

struct malloc_type M_TEMP[1] = { { "temp", 0 } };

static long mallocs;			/* all that is allocated now */

void *
kern_malloc(size_t size, struct malloc_type *type, int flags)
{
	void *p;

	p = malloc(size);
	if (p == NULL)
		panic("out of memory: %s", type->ks_shortdesc);
	if ((flags & M_ZERO) != 0)
		bzero(p, size);
	type->ks_inuse++;
	mallocs++;
	return (p);
}

void
kern_free(void *p, struct malloc_type *type)
{

	if (p == NULL)
		return;
	type->ks_inuse--;
	mallocs--;
	free(p);
}

long
malloc_inuse(void)
{

	return (mallocs);
}

/* A hash table of list heads, and its mask. */
void *
hashinit(int elements, struct malloc_type *type, u_long *hashmask)
{
	struct generic *tbl;
	u_long size, i;

	for (size = 1; size * 2 <= (u_long)elements; size *= 2)
		continue;
	tbl = kern_malloc(size * sizeof(*tbl), type, M_WAITOK);
	for (i = 0; i < size; i++)
		LIST_INIT(&tbl[i]);
	*hashmask = size - 1;
	return (tbl);
}

void
hashdestroy(void *vtbl, struct malloc_type *type, u_long hashmask)
{
	struct generic *tbl;
	u_long i;

	tbl = vtbl;
	for (i = 0; i <= hashmask; i++)
		if (!LIST_EMPTY(&tbl[i]))
			panic("hashdestroy: %s is not empty",
			    type->ks_shortdesc);
	kern_free(tbl, type);
}
