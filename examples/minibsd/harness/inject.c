/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Make packets, and hand them to an interface.
 */

#include <sys/param.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/systm.h>

#include <net/vnet.h>
#include <net/if_var.h>

#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <netinet/ip_var.h>
#include <netinet/tcp_var.h>
#include <netinet/udp_var.h>
#include <netinet6/nd6.h>

#include "harness.h"

static const char pattern[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCD";

/* A packet from PEER with len bytes after the header. */
static struct mbuf *
make_ip(uint32_t dst, int proto, int len)
{
	struct mbuf *m;
	struct ip *ip;

	m = m_gethdr(M_WAITOK);
	m->m_len = m->m_pkthdr.len = sizeof(*ip) + len;
	ip = mtod(m, struct ip *);
	ip->ip_vhl = 0x45;
	ip->ip_len = htons(sizeof(*ip) + len);
	ip->ip_ttl = 4;
	ip->ip_p = proto;
	ip->ip_src.s_addr = htonl(PEER);
	ip->ip_dst.s_addr = htonl(dst);
	return (m);
}

static void
send_ip(struct ifnet *ifp, struct mbuf *m)
{
	struct ip *ip;

	ip = mtod(m, struct ip *);
	ip->ip_sum = in_cksum(m, sizeof(*ip));
	if_input(ifp, m);
}

void
inject_echo(struct ifnet *ifp, uint32_t dst, int seq)
{
	struct icmp *icp;
	struct mbuf *m;

	m = make_ip(dst, IPPROTO_ICMP, sizeof(*icp));
	icp = (struct icmp *)(mtod(m, struct ip *) + 1);
	icp->icmp_type = ICMP_ECHO;
	icp->icmp_seq = htons(seq);
	m_adj(m, sizeof(struct ip));
	icp->icmp_cksum = in_cksum(m, sizeof(*icp));
	send_ip(ifp, m_prepend(m, sizeof(struct ip)));
}

/* The first n of three fragments, the middle one last. */
void
inject_frags(struct ifnet *ifp, uint32_t dst, int id, int n)
{
	static const int order[] = { 0, 2, 1 };
	struct mbuf *m;
	struct ip *ip;
	int i;

	for (i = 0; i < n; i++) {
		m = make_ip(dst, IPPROTO_UDP, 16);
		ip = mtod(m, struct ip *);
		ip->ip_id = htons(id);
		ip->ip_off = htons(order[i] * 2 | (order[i] < 2 ? IP_MF : 0));
		if (order[i] == 0) {
			((struct udphdr *)(ip + 1))->uh_dport = htons(53);
			((struct udphdr *)(ip + 1))->uh_ulen = htons(48);
		}
		send_ip(ifp, m);
	}
}

void
inject_garbage(struct ifnet *ifp)
{
	struct mbuf *m;

	m = make_ip(PEER, IPPROTO_UDP, 8);
	mtod(m, struct ip *)->ip_sum = 1;
	if_input(ifp, m);
	m = m_gethdr(M_WAITOK);
	m_append(m, sizeof(pattern), pattern);
	mtod(m, char *)[0] = 0x46;
	if_input(ifp, m);
}

void
inject_igmp(struct ifnet *ifp, uint32_t group)
{
	struct mbuf *m;

	m = make_ip(group, IPPROTO_IGMP, 8);
	*(char *)(mtod(m, struct ip *) + 1) = 0x11;
	send_ip(ifp, m);
}

/* A router advertisement. */
void
inject_ra(struct ifnet *ifp, u_int router, int lifetime)
{
	struct nd_router_advert *ra;
	struct ip6_hdr *ip6;
	struct mbuf *m;

	m = m_gethdr(M_WAITOK);
	m->m_len = m->m_pkthdr.len = sizeof(*ip6) + sizeof(*ra);
	ip6 = mtod(m, struct ip6_hdr *);
	ip6->ip6_flow = htonl(0x60000000);
	ip6->ip6_nxt = IPPROTO_ICMPV6;
	ip6->ip6_hlim = lifetime != 0 ? 255 : 1;
	ip6->ip6_src.s6_addr32[3] = htonl(router);
	ra = (struct nd_router_advert *)(ip6 + 1);
	ra->nd_ra_type = ND_ROUTER_ADVERT;
	ra->nd_ra_lifetime = htons(lifetime);
	ra->nd_ra_prefix = htonl(0x20010db8 + router % 2);
	if_input(ifp, m);
}

void
inject_tcp(struct ifnet *ifp, uint32_t dst, u_short sport, u_short dport,
    uint32_t seq, int flags, int len)
{
	struct tcphdr *th;
	struct mbuf *m;

	m = make_ip(dst, IPPROTO_TCP, sizeof(*th));
	th = (struct tcphdr *)(mtod(m, struct ip *) + 1);
	th->th_sport = htons(sport);
	th->th_dport = htons(dport);
	th->th_seq = htonl(seq);
	th->th_flags = flags;
	m_append(m, MIN(len, (int)sizeof(pattern)), pattern);
	mtod(m, struct ip *)->ip_len = htons(m->m_len);
	send_ip(ifp, m);
}

void
inject_udp(struct ifnet *ifp, uint32_t dst, u_short dport, int len)
{
	struct udphdr *uh;
	struct mbuf *m;

	m = make_ip(dst, IPPROTO_UDP, sizeof(*uh));
	uh = (struct udphdr *)(mtod(m, struct ip *) + 1);
	uh->uh_sport = htons(4000);
	uh->uh_dport = htons(dport);
	uh->uh_ulen = htons(sizeof(*uh) + len);
	m_append(m, MIN(len, (int)sizeof(pattern)), pattern);
	mtod(m, struct ip *)->ip_len = htons(m->m_len);
	send_ip(ifp, m);
}
