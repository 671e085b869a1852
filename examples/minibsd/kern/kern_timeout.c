/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The callout wheel.
 */

#include <sys/callout.h>
#include <sys/kernel.h>
#include <sys/systm.h>

#define	CALLWHEELSIZE	64

TAILQ_HEAD(callout_tailq, callout);

int ticks;

static struct callout_tailq callwheel[CALLWHEELSIZE];

static void
callout_startup(const void *unused __unused)
{
	int i;

	for (i = 0; i < CALLWHEELSIZE; i++)
		TAILQ_INIT(&callwheel[i]);
}
SYSINIT(callwheel, SI_SUB_LOCK, SI_ORDER_FIRST, callout_startup, NULL);

void
callout_init(struct callout *c, int mpsafe __unused)
{

	bzero(c, sizeof(*c));
}

void
callout_reset(struct callout *c, int to_ticks, void (*func)(void *), void *arg)
{

	callout_stop(c);
	c->c_time = ticks + MAX(to_ticks, 1);
	c->c_func = func;
	c->c_arg = arg;
	c->c_flags |= CALLOUT_PENDING;
	TAILQ_INSERT_TAIL(&callwheel[c->c_time % CALLWHEELSIZE], c, c_links);
}

int
callout_stop(struct callout *c)
{

	if (!callout_pending(c))
		return (0);
	TAILQ_REMOVE(&callwheel[c->c_time % CALLWHEELSIZE], c, c_links);
	c->c_flags &= ~CALLOUT_PENDING;
	return (1);
}

/* One tick: run what is due.  A function may stop or start any callout. */
void
softclock(void)
{
	struct callout_tailq *bucket;
	struct callout *c;

	ticks++;
	bucket = &callwheel[ticks % CALLWHEELSIZE];
	do {
		TAILQ_FOREACH(c, bucket, c_links)
			if (c->c_time == ticks)
				break;
		if (c != NULL) {
			callout_stop(c);
			c->c_func(c->c_arg);
		}
	} while (c != NULL);
}
