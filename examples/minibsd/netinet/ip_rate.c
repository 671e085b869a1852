/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Limit how often something is done.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <netinet/ip_tune.h>

/* Not more than max in a second. */
int
ip_ratecheck(int max)
{
	static int lastsec = -1;
	static int count;

	if (ticks / hz != lastsec) {
		lastsec = ticks / hz;
		count = 0;
	}
	return (count++ < max);
}
