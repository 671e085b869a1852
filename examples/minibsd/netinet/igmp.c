/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Multicast groups and their reports.
 */

#include <sys/param.h>
#include <sys/callout.h>
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

#define	IGMP_MAX_HOST_REPORT_DELAY	10	/* seconds */

struct igmpstat {
	u_int	igps_rcv_total;
	u_int	igps_rcv_queries;
	u_int	igps_snd_reports;
};

/* A router that was heard of. */
struct router_info {
	SLIST_ENTRY(router_info) rti_list;
	struct ifnet *rti_ifp;
	uint32_t rti_addr;
};

struct in_multi {
	LIST_ENTRY(in_multi) inm_link;
	struct ifnet *inm_ifp;
	uint32_t inm_addr;
	int	inm_timer;		/* ticks of igmp_timer to the report */
};

static MALLOC_DEFINE(M_IPMADDR, "in_multi", "internet multicast addresses");

static SLIST_HEAD(, router_info) router_info_head =
    SLIST_HEAD_INITIALIZER(router_info_head);
static LIST_HEAD(, in_multi) in_multihead;	/* XXX BSS initialization */
static struct igmpstat igmpstat;
static struct callout igmp_ch;
static int igmp_timers_are_running;
int in_mcast_loop = 1;			/* also used in ip_output.c */

/* Delays that were drawn last, to see that they spread. */
static struct {
	uint32_t addr;
	int	delay;
} igmp_delays[4];

SYSCTL_STRUCT(_net_inet_igmp, OID_AUTO, stats, CTLFLAG_RD, &igmpstat,
    igmpstat, "");
SYSCTL_INT(_net_inet_igmp, OID_AUTO, loop, CTLFLAG_RW, &in_mcast_loop, 0,
    "Loop multicast packets back by default");
SYSCTL_INT(_net_inet_igmp, OID_AUTO, last_delay, CTLFLAG_RD,
    &igmp_delays[0].delay, 0, "The delay that was drawn last");

static void	igmp_timer(void *);

void
igmp_init(void)
{

	callout_init(&igmp_ch, 1);
}

void
igmp_destroy(void)
{
	struct router_info *rti;

	callout_drain(&igmp_ch);
	while ((rti = SLIST_FIRST(&router_info_head)) != NULL) {
		SLIST_REMOVE_HEAD(&router_info_head, rti_list);
		free(rti, M_IPMADDR);
	}
	KASSERT(LIST_EMPTY(&in_multihead), ("igmp_destroy: groups left"));
}

static void
igmp_start(struct in_multi *inm)
{
	size_t i;

	inm->inm_timer = 1 + arc4random() % IGMP_MAX_HOST_REPORT_DELAY;
	for (i = nitems(igmp_delays) - 1; i > 0; i--)
		igmp_delays[i] = igmp_delays[i - 1];
	igmp_delays[0].addr = inm->inm_addr;
	igmp_delays[0].delay = inm->inm_timer;
	if (!igmp_timers_are_running) {
		igmp_timers_are_running = 1;
		callout_reset(&igmp_ch, hz, igmp_timer, curvnet);
	}
}

int
in_joingroup(struct ifnet *ifp, uint32_t group)
{
	struct in_multi *inm;

	if (in_ismember(ifp, group))
		return (EADDRINUSE);
	inm = malloc(sizeof(*inm), M_IPMADDR, M_WAITOK | M_ZERO);
	inm->inm_ifp = ifp;
	inm->inm_addr = group;
	LIST_INSERT_HEAD(&in_multihead, inm, inm_link);
	igmp_start(inm);
	return (0);
}

int
in_ismember(const struct ifnet *ifp, uint32_t group)
{
	struct in_multi *inm;

	LIST_FOREACH(inm, &in_multihead, inm_link)
		if (inm->inm_addr == group && (inm->inm_ifp == ifp ||
		    (ifp->if_flags & IFF_LOOPBACK) != 0))
			return (1);
	return (0);
}

void
in_leavegroups(struct ifnet *ifp)
{
	struct in_multi *inm, *next;

	LIST_FOREACH_SAFE(inm, &in_multihead, inm_link, next)
		if (inm->inm_ifp == ifp) {
			LIST_REMOVE(inm, inm_link);
			free(inm, M_IPMADDR);
		}
}

static void
igmp_sendpkt(struct in_multi *inm)
{
	struct mbuf *m;
	struct ip *ip;

	m = m_gethdr(M_NOWAIT);
	m->m_len = m->m_pkthdr.len = sizeof(*ip);
	ip = mtod(m, struct ip *);
	ip->ip_dst.s_addr = htonl(inm->inm_addr);
	ip->ip_p = IPPROTO_IGMP;
	ip->ip_ttl = 1;
	++igmpstat.igps_snd_reports;
	ip_output(m, 0);
}

/* Once a second, as long as a timer of this stack runs. */
static void
igmp_timer(void *arg)
{
	struct in_multi *inm;

	CURVNET_SET((struct vnet *)arg);
	igmp_timers_are_running = 0;
	LIST_FOREACH(inm, &in_multihead, inm_link) {
		if (inm->inm_timer == 0)
			continue;
		if (--inm->inm_timer == 0)
			igmp_sendpkt(inm);
		else
			igmp_timers_are_running = 1;
	}
	if (igmp_timers_are_running)
		callout_reset(&igmp_ch, hz, igmp_timer, curvnet);
	CURVNET_RESTORE();
}

void
igmp_input(struct mbuf *m, int off)
{
	struct router_info *rti;
	struct in_multi *inm;
	struct ip *ip;

	ip = mtod(m, struct ip *);
	++igmpstat.igps_rcv_total;
	if (m->m_len > off && mtod(m, u_char *)[off] == 0x11) {
		++igmpstat.igps_rcv_queries;
		rti = malloc(sizeof(*rti), M_IPMADDR, M_NOWAIT);
		rti->rti_ifp = m->m_pkthdr.rcvif;
		rti->rti_addr = ntohl(ip->ip_src.s_addr);
		SLIST_INSERT_HEAD(&router_info_head, rti, rti_list);
		LIST_FOREACH(inm, &in_multihead, inm_link)
			if (inm->inm_timer == 0)
				igmp_start(inm);
	}
	m_freem(m);
}

DB_SHOW_COMMAND(igmp, db_show_igmp)
{
	struct router_info *rti;
	struct in_multi *inm;
	size_t i;

	LIST_FOREACH(inm, &in_multihead, inm_link)
		printf("group %x timer %d\n", inm->inm_addr, inm->inm_timer);
	SLIST_FOREACH(rti, &router_info_head, rti_list)
		printf("router %x\n", rti->rti_addr);
	printf("delays:");
	for (i = 0; i < nitems(igmp_delays); i++)
		printf(" %x/%d", igmp_delays[i].addr, igmp_delays[i].delay);
	printf("%s\n", igmp_timers_are_running ? " running" : "");
}
