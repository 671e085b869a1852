/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The routing tables: lists, for there are few routes here.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/route.h>

/* What became of a lookup. */
enum {
	RTHIT_HOST,
	RTHIT_NET,
	RTHIT_MISS,
	RTHIT_MAX
};

static MALLOC_DEFINE(M_RTABLE, "routetbl", "routing tables");

int rt_numfibs = RT_MAXFIBS;		/* sizes the tables; same for all */
SYSCTL_NODE(_net, OID_AUTO, route, CTLFLAG_RW, 0, "Routing");
SYSCTL_INT(_net_route, OID_AUTO, fibs, CTLFLAG_RD, &rt_numfibs, 0,
    "Number of routing tables");

int rt_add_addr_allfibs = 1;
SYSCTL_INT(_net_route, OID_AUTO, add_addr_allfibs, CTLFLAG_RW,
    &rt_add_addr_allfibs, 0, "Add addresses of interfaces to all tables");

struct rtstat rtstat;
SYSCTL_STRUCT(_net_route, OID_AUTO, stats, CTLFLAG_RD, &rtstat, rtstat,
    "Routing statistics");

static struct rthead rt_tables[RT_MAXFIBS];
static int rttrash;			/* routes not in table but not freed */
static u_int rt_hits[RT_MAXFIBS][RTHIT_MAX];

SYSCTL_INT(_net_route, OID_AUTO, rttrash, CTLFLAG_RD, &rttrash, 0,
    "Routes not in a table, but still referenced");
SYSCTL_OPAQUE(_net_route, OID_AUTO, hits, CTLFLAG_RD, &rt_hits,
    sizeof(rt_hits), "S,rthits", "Lookups by table and result");
SYSCTL_UINT(_net_route, OID_AUTO, misses, CTLFLAG_RD,
    &rt_hits[0][RTHIT_MISS], 0, "Lookups without result in the first table");

CTASSERT(nitems(rt_tables) == nitems(rt_hits));

int
rt_add(int fib, uint32_t dst, uint32_t mask, uint32_t gateway,
    struct ifnet *ifp)
{
	struct rtentry *rt, *p, *prev;

	if (fib < 0 || fib >= rt_numfibs)
		return (EINVAL);
	prev = NULL;
	LIST_FOREACH(p, &rt_tables[fib], rt_link) {
		if (p->rt_dst == dst && p->rt_mask == mask)
			return (EEXIST);
		if (p->rt_mask >= mask)
			prev = p;
	}
	rt = malloc(sizeof(*rt), M_RTABLE, M_WAITOK | M_ZERO);
	rt->rt_dst = dst & mask;
	rt->rt_mask = mask;
	rt->rt_gateway = gateway;
	rt->rt_ifp = ifp;
	rt->rt_refcnt = 1;
	rt->rt_flags = RTF_UP | (gateway != 0 ? RTF_GATEWAY : 0) |
	    (mask == 0xffffffff ? RTF_HOST : 0);
	if (prev == NULL)
		LIST_INSERT_HEAD(&rt_tables[fib], rt, rt_link);
	else
		LIST_INSERT_AFTER(prev, rt, rt_link);
	RTSTAT_INC(rts_newroute);
	return (0);
}

void
rtfree(struct rtentry *rt)
{

	if (--rt->rt_refcnt > 0)
		return;
	KASSERT((rt->rt_flags & RTF_UP) == 0, ("rtfree: up"));
	rttrash--;
	rtstat.rts_freed++;
	free(rt, M_RTABLE);
}

/* Remove the routes of an interface. */
void
rt_flushif(struct ifnet *ifp)
{
	struct rtentry *rt, *next;
	size_t fib;

	for (fib = 0; fib < nitems(rt_tables); fib++)
		LIST_FOREACH_SAFE(rt, &rt_tables[fib], rt_link, next) {
			if (rt->rt_ifp != ifp)
				continue;
			LIST_REMOVE(rt, rt_link);
			rt->rt_flags &= ~RTF_UP;
			rttrash++;
			rtfree(rt);
		}
}

/* Longest match, with a reference for the caller. */
struct rtentry *
rtalloc1(uint32_t dst, int fib)
{
	typeof(rt_hits[0][0]) *hits;
	struct rtentry *rt;

	RTSTAT_INC(rts_lookups);
	hits = rt_hits[fib];
	LIST_FOREACH(rt, &rt_tables[fib], rt_link)
		if ((dst & rt->rt_mask) == rt->rt_dst)
			break;
	if (rt == NULL) {
		RTSTAT_INC(rts_unreach);
		hits[RTHIT_MISS]++;
		return (NULL);
	}
	hits[(rt->rt_flags & RTF_HOST) != 0 ? RTHIT_HOST : RTHIT_NET]++;
	rt->rt_refcnt++;
	return (rt);
}

DB_SHOW_COMMAND(route, db_show_route)
{
	struct rtentry *rt;
	int fib;

	for (fib = 0; fib < rt_numfibs; fib++)
		LIST_FOREACH(rt, &rt_tables[fib], rt_link)
			printf("fib %d %08x/%08x gw %x %s refs %d\n", fib,
			    rt->rt_dst, rt->rt_mask, rt->rt_gateway,
			    rt->rt_ifp->if_xname, rt->rt_refcnt);
}
