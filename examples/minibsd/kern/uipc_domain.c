/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Protocol families: initialization for each stack, and the two timers that
 * serve all of them.
 */

#include <sys/callout.h>
#include <sys/kernel.h>
#include <sys/protosw.h>
#include <sys/systm.h>

static struct domain *domains;		/* all families; not one set each */

static struct callout pffast_callout;
static struct callout pfslow_callout;

void
domain_add(const void *arg)
{
	struct domain *dp;

	/* The set holds pointers to const, the list is ours to write. */
	dp = (struct domain *)(uintptr_t)arg;
	dp->dom_next = domains;
	domains = dp;
}

void
domain_init(const void *arg)
{
	const struct domain *dp;
	size_t i;

	dp = arg;
	for (i = 0; i < dp->dom_nprotosw; i++)
		if (dp->dom_protosw[i].pr_init != NULL)
			dp->dom_protosw[i].pr_init();
}

void
domain_destroy(const void *arg)
{
	const struct domain *dp;
	size_t i;

	dp = arg;
	for (i = dp->dom_nprotosw; i > 0; i--)
		if (dp->dom_protosw[i - 1].pr_destroy != NULL)
			dp->dom_protosw[i - 1].pr_destroy();
}

static void
pffasttimo(void *arg)
{
	struct domain *dp;
	size_t i;

	for (dp = domains; dp != NULL; dp = dp->dom_next)
		for (i = 0; i < dp->dom_nprotosw; i++)
			if (dp->dom_protosw[i].pr_fasttimo != NULL)
				dp->dom_protosw[i].pr_fasttimo();
	callout_reset(&pffast_callout, hz / PR_FASTHZ, pffasttimo, arg);
}

static void
pfslowtimo(void *arg)
{
	struct domain *dp;
	size_t i;

	for (dp = domains; dp != NULL; dp = dp->dom_next)
		for (i = 0; i < dp->dom_nprotosw; i++)
			if (dp->dom_protosw[i].pr_slowtimo != NULL)
				dp->dom_protosw[i].pr_slowtimo();
	callout_reset(&pfslow_callout, hz / PR_SLOWHZ, pfslowtimo, arg);
}

static void
domain_timers(const void *unused __unused)
{

	callout_init(&pffast_callout, 1);
	callout_init(&pfslow_callout, 1);
	callout_reset(&pffast_callout, 1, pffasttimo, NULL);
	callout_reset(&pfslow_callout, 1, pfslowtimo, NULL);
}
SYSINIT(domain_timers, SI_SUB_LAST, SI_ORDER_FIRST, domain_timers, NULL);
