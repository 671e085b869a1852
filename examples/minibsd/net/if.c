/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The list of interfaces, and the way in for packets.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/in_var.h>
#include <netinet/ip_var.h>
#ifdef INET6
#include <netinet6/ip6_var.h>
#endif

#define	IF_INDEXINIT	2

MALLOC_DEFINE(M_IFNET, "ifnet", "interface internals");

SYSCTL_NODE(, CTL_NET, net, CTLFLAG_RW, 0, "Network, (see socket.h)");
SYSCTL_NODE(_net, OID_AUTO, link, CTLFLAG_RW, 0, "Link layers");
SYSCTL_NODE(_net_link, OID_AUTO, generic, CTLFLAG_RW, 0, "Generic link layer");

struct ifnethead ifnet;		/* depend on static init XXX */
int if_index = 0,		/* the highest index in use */
    if_indexlim = IF_INDEXINIT;	/* how many ifindex_table has room for */
struct ifnet /* by index */ **ifindex_table;

/* The queue limit is a property of the machine, the counters are not. */
static int ifqmaxlen = 50, if_attached, if_detached = 0;

SYSCTL_INT(_net_link_generic, OID_AUTO, ifqmaxlen, CTLFLAG_RD, &ifqmaxlen, 0,
    "Default length of output queues");
SYSCTL_INT(_net_link_generic, OID_AUTO, ifcount, CTLFLAG_RD, &if_index, 0,
    "Number of configured interfaces");
SYSCTL_INT(_net_link_generic, OID_AUTO, attached, CTLFLAG_RD,
    &if_attached, 0, "Interfaces that ever came");
SYSCTL_INT(_net_link_generic, OID_AUTO, detached, CTLFLAG_RD,
    &if_detached, 0, "Interfaces that went");

static void
if_grow(void)
{
	struct ifnet **e;
	size_t n;

	n = if_indexlim * sizeof(*e);
	e = malloc(n * 2, M_IFNET, M_WAITOK | M_ZERO);
	if (ifindex_table != NULL) {
		bcopy(ifindex_table, e, n);
		free(ifindex_table, M_IFNET);
	}
	if_indexlim *= 2;
	ifindex_table = e;
}

static void
vnet_if_init(const void *unused __unused)
{

	TAILQ_INIT(&ifnet);
	if_grow();		/* create initial table */
}
VNET_SYSINIT(vnet_if_init, SI_SUB_INIT_IF, SI_ORDER_FIRST, vnet_if_init, NULL);

static void
vnet_if_uninit(const void *unused __unused)
{

	VNET_ASSERT(TAILQ_EMPTY(&ifnet), ("interfaces left"));
	free(ifindex_table, M_IFNET);
	ifindex_table = NULL;
}
VNET_SYSUNINIT(vnet_if_uninit, SI_SUB_INIT_IF, SI_ORDER_FIRST, vnet_if_uninit,
    NULL);

struct ifnet *
ifnet_byindex(u_int idx)
{

	if (idx == 0 || idx > (u_int)if_index)
		return (NULL);
	return (ifnet_byindex_fast(idx));
}

struct ifnet *
ifunit(const char *name)
{
	struct ifnet *ifp;

	TAILQ_FOREACH(ifp, &ifnet, if_link)
		if (strcmp(name, ifp->if_xname) == 0)
			break;
	return (ifp);
}

struct ifnet *
if_alloc(const char *dname, int unit)
{
	struct ifnet *ifp;

	ifp = malloc(sizeof(struct ifnet), M_IFNET, M_WAITOK | M_ZERO);
	snprintf(ifp->if_xname, sizeof(ifp->if_xname), "%s%d", dname, unit);
	ifp->if_dunit = unit;
	ifp->if_mtu = 256;
	LIST_INIT(&ifp->if_addrhead);
	return (ifp);
}

void
if_free(struct ifnet *ifp)
{

	KASSERT(LIST_EMPTY(&ifp->if_addrhead), ("%s: addresses left, if_index "
	    "%u of %d", ifp->if_xname, ifp->if_index, if_index));
	free(ifp, M_IFNET);
}

void
if_attach(struct ifnet *ifp)
{
	u_int idx;

	/* Take the first free slot; grow when there is none. */
	for (idx = 1; idx <= (u_int)if_index; idx++)
		if (ifindex_table[idx] == NULL)
			break;
	if (idx > (u_int)if_index)
		if_index = idx;
	if (if_index >= if_indexlim)
		if_grow();
	ifindex_table[idx] = ifp;
	ifp->if_index = idx;
	ifp->if_flags |= IFF_UP;
#ifdef VIMAGE
	ifp->if_vnet = curvnet;
	curvnet->vnet_ifcnt++;
#endif
	TAILQ_INSERT_TAIL(&ifnet, ifp, if_link);
	if_attached++;
}

void
if_detach(struct ifnet *ifp)
{

	MPASS(if_index > 0);
	TAILQ_REMOVE(&ifnet, ifp, if_link);
	ifindex_table[ifp->if_index] = NULL;
	while (if_index > 0 && ifindex_table[if_index] == NULL)
		if_index--;
#ifdef VIMAGE
	ifp->if_vnet->vnet_ifcnt--;
	ifp->if_vnet = NULL;
#endif
	if_detached++;
}

/* From a driver: the stack is the one that the interface belongs to. */
void
if_input(struct ifnet *ifp, struct mbuf *m)
{

	CURVNET_SET(ifp->if_vnet);
	m->m_pkthdr.rcvif = ifp;
	ifp->if_ipackets++;
	CTR3(KTR_NET, "%s: input %d bytes, %d interfaces", ifp->if_xname,
	    m->m_pkthdr.len, if_index);
	switch (*mtod(m, u_char *) >> 4) {
	case IPVERSION:
		ip_input(m);
		break;
#ifdef INET6
	case IPV6_VERSION:
		ip6_input(m);
		break;
#endif
	default:
		m_freem(m);
		break;
	}
	CURVNET_RESTORE();
}

DB_SHOW_COMMAND(ifnet, db_show_all_ifnets)
{
	struct ifnet *ifp;

	TAILQ_FOREACH(ifp, &ifnet, if_link)
		printf("%-6s index %u ipackets %lu opackets %lu drops %lu\n",
		    ifp->if_xname, ifp->if_index, ifp->if_ipackets,
		    ifp->if_opackets, ifp->if_oqdrops);
	in_ifcount_show(&in_ifcount);
}
