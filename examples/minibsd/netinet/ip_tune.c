/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Limits that a program sets by name, from one table.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/systm.h>

#include <netinet/ip_tune.h>

static int ip_tune_minttl = 1;
static int ip_tune_maxlen = 384;
static int ip_tune_hcsize = 4;

/* The loader may have set it, too. */
TUNABLE_INT("net.inet.tcp.tcbhashsize", &ip_tune_hcsize);

static const struct ip_tuneable {
	const char *ipt_name;
	int	*ipt_value;
	int	ipt_min;
	int	ipt_max;
} ip_tuneables[] = {
	{ "minttl", &ip_tune_minttl, 0, 255 },
	{ "maxlen", &ip_tune_maxlen, 68, 384 },
	{ "hcsize", &ip_tune_hcsize, 1, 512 },
};

static const struct ip_tuneable *
ip_tune_find(const char *name)
{
	size_t i;

	for (i = 0; i < nitems(ip_tuneables); i++)
		if (strcmp(ip_tuneables[i].ipt_name, name) == 0)
			return (&ip_tuneables[i]);
	return (NULL);
}

int
ip_tune_get(const char *name)
{
	const struct ip_tuneable *t;

	t = ip_tune_find(name);
	return (t != NULL ? *t->ipt_value : -1);
}

int
ip_tune_set(const char *name, int value)
{
	const struct ip_tuneable *t;

	t = ip_tune_find(name);
	if (t == NULL || value < t->ipt_min || value > t->ipt_max)
		return (EINVAL);
	*t->ipt_value = value;
	return (0);
}
