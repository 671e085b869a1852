/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Boot and shutdown: run what the linker sets hold, in order.
 */

#include <sys/kernel.h>
#include <sys/module.h>
#include <sys/proc.h>
#include <sys/systm.h>

SET_DECLARE(sysinit_set, struct sysinit);
SET_DECLARE(sysuninit_set, struct sysinit);

static struct thread thread0;
struct thread *curthread = &thread0;

static int
sysinit_cmp(const struct sysinit *a, const struct sysinit *b)
{

	if (a->si_sub != b->si_sub)
		return (a->si_sub < b->si_sub ? -1 : 1);
	if (a->si_order != b->si_order)
		return (a->si_order < b->si_order ? -1 : 1);
	return (strcmp(a->si_name, b->si_name));
}

/* The sets are small: look for the next one in line each time. */
static const struct sysinit *
sysinit_next(struct sysinit **start, struct sysinit **limit,
    const struct sysinit *last, int dir)
{
	const struct sysinit *best;
	struct sysinit **sip;

	best = NULL;
	for (sip = start; sip < limit; sip++) {
		if (last != NULL && sysinit_cmp(*sip, last) * dir <= 0)
			continue;
		if (best == NULL || sysinit_cmp(*sip, best) * dir < 0)
			best = *sip;
	}
	return (best);
}

void
mi_startup(void)
{
	const struct sysinit *si;

	si = NULL;
	while ((si = sysinit_next(SET_BEGIN(sysinit_set),
	    SET_LIMIT(sysinit_set), si, 1)) != NULL)
		si->si_func(si->si_arg);
}

void
mi_shutdown(void)
{
	const struct sysinit *si;

	si = NULL;
	while ((si = sysinit_next(SET_BEGIN(sysuninit_set),
	    SET_LIMIT(sysuninit_set), si, -1)) != NULL)
		si->si_func(si->si_arg);
}
