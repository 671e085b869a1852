/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Callouts: functions that run a number of ticks from now.
 */

#ifndef _SYS_CALLOUT_H_
#define	_SYS_CALLOUT_H_

#include <sys/queue.h>

#define	CALLOUT_PENDING	0x0001

struct callout {
	TAILQ_ENTRY(callout) c_links;
	int	c_time;			/* the tick that fires it */
	int	c_flags;
	void	(*c_func)(void *);
	void	*c_arg;
};

void	callout_init(struct callout *, int);
void	callout_reset(struct callout *, int, void (*)(void *), void *);
int	callout_stop(struct callout *);
void	softclock(void);

#define	callout_pending(c)	(((c)->c_flags & CALLOUT_PENDING) != 0)
#define	callout_drain(c)	callout_stop(c)

#endif /* !_SYS_CALLOUT_H_ */
