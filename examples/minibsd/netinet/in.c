/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Internet addresses of interfaces.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/protosw.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/route.h>

#include <netinet/in.h>
#include <netinet/in_var.h>

static MALLOC_DEFINE(M_IFADDR, "ifaddr", "interface addresses");

static int subnetsarelocal = 0;
SYSCTL_INT(_net_inet_ip, OID_AUTO, subnets_are_local, CTLFLAG_RW,
    &subnetsarelocal, 0, "Treat all subnets as directly connected");

struct in_ifcount {
	u_int	added;			/* addresses, */
	u_int	removed;		/* since boot */
} in_ifcount;
SYSCTL_UINT(_net_inet_ip, OID_AUTO, addresses, CTLFLAG_RD,
    &in_ifcount.added, 0, "Addresses that were added");

/*
 * Whether an address is of a network that we are on: of one of the nets
 * themselves, or, with subnetsarelocal, of the same class A net.
 */
int
in_localaddr(uint32_t addr)
{
	struct in_ifaddr *ia;
	uint32_t mask;

	TAILQ_FOREACH(ia, &in_ifaddrhead, ia_link) {
		mask = subnetsarelocal ? 0xff000000 : ia->ia_mask;
		if (((addr ^ ia->ia_addr) & mask) == 0)
			return (1);
	}
	return (0);
}

int
in_control_add(struct ifnet *ifp, uint32_t addr, uint32_t mask)
{
	struct in_ifaddr *ia;
	int fib, nfibs;

	INADDR_TO_IFADDR(addr, ia);
	if (ia != NULL)
		return (EEXIST);
	ia = malloc(sizeof(*ia), M_IFADDR, M_WAITOK | M_ZERO);
	ia->ia_ifa.ifa_ifp = ifp;
	ia->ia_ifa.ifa_family = AF_INET;
	ia->ia_addr = addr;
	ia->ia_mask = mask;
	LIST_INSERT_HEAD(&ifp->if_addrhead, &ia->ia_ifa, ifa_link);
	LIST_INSERT_HEAD(INADDR_HASH(addr), ia, ia_hash);
	TAILQ_INSERT_TAIL(&in_ifaddrhead, ia, ia_link);
	in_ifcount.added++;
	nfibs = rt_add_addr_allfibs ? RT_MAXFIBS : 1;
	for (fib = 0; fib < nfibs; fib++)
		rt_add(fib, addr & mask, mask, 0, ifp);
	return (0);
}

/* The interface goes: so do its addresses, routes and groups. */
void
in_ifdetach(struct ifnet *ifp)
{
	struct in_ifaddr *ia, *next;

	rt_flushif(ifp);
	in_leavegroups(ifp);
	TAILQ_FOREACH_SAFE(ia, &in_ifaddrhead, ia_link, next) {
		if (ia->ia_ifp != ifp)
			continue;
		LIST_REMOVE(&ia->ia_ifa, ifa_link);
		LIST_REMOVE(ia, ia_hash);
		TAILQ_REMOVE(&in_ifaddrhead, ia, ia_link);
		free(ia, M_IFADDR);
		in_ifcount.removed++;
	}
}

void
in_ifcount_show(const struct in_ifcount *c)
{

	printf("%u addresses added, %u removed\n", c->added, c->removed);
}

DB_SHOW_COMMAND(in_ifaddrhead, db_show_in_ifaddrs)
{
	struct in_ifaddr *ia;

	TAILQ_FOREACH(ia, &in_ifaddrhead, ia_link)
		printf("%08x/%08x on %s\n", ia->ia_addr, ia->ia_mask,
		    ia->ia_ifp->if_xname);
}
