/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Output of IP packets.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <net/if_var.h>
#include <net/pfil.h>
#include <net/route.h>

#include <netinet/in.h>
#include <netinet/in_var.h>
#include <netinet/ip_var.h>

extern int in_mcast_loop;		/* in igmp.c */

static int	ip_fragment(struct mbuf *, struct ifnet *, uint32_t);
static void	ip_mloopback(const struct mbuf *);

static int
ip_send(struct ifnet *ifp, struct mbuf *m, uint32_t nexthop)
{
	struct ip *ip;

	ip = mtod(m, struct ip *);
	ip->ip_sum = 0;
	ip->ip_sum = in_cksum(m, sizeof(*ip));
	return (ifp->if_output(ifp, m, nexthop));
}

/* Fill in what the sender of a local packet left open. */
static void
ip_fillin(struct mbuf *m, struct ip *ip, struct ifnet *ifp)
{
	struct in_ifaddr *ia;

	ip->ip_vhl = 0x45;
	ip->ip_off &= htons(IP_DF);
	ip->ip_id = ip_newid();
	ip->ip_len = htons(m->m_pkthdr.len);
	if (ip->ip_ttl == 0)
		ip->ip_ttl = ip_defttl;
	if (ip->ip_src.s_addr == 0) {
		IFP_TO_IA(ifp, ia);
		if (ia != NULL)
			ip->ip_src.s_addr = htonl(ia->ia_addr);
	}
	IPSTAT_INC(ips_localout);
}

int
ip_output(struct mbuf *m, int flags)
{
	struct rtentry *rt;
	struct ifnet *ifp;
	struct ip *ip;
	uint32_t dst, nexthop;

	ip = mtod(m, struct ip *);
	dst = ntohl(ip->ip_dst.s_addr);
	rt = rtalloc1(dst, m->m_pkthdr.fibnum);
	if (rt == NULL) {
		IPSTAT_INC(ips_noroute);
		m_freem(m);
		return (EHOSTUNREACH);
	}
	ifp = rt->rt_ifp;
	nexthop = rt->rt_gateway != 0 ? rt->rt_gateway : dst;
	rtfree(rt);
	if ((flags & IP_FORWARDING) == 0)
		ip_fillin(m, ip, ifp);
	KASSERT(ip->ip_ttl <= MAX(ip_defttl, 255), ("ttl %d, not %d",
	    ip->ip_ttl, ip_defttl));
	if (IN_MULTICAST(dst) && in_mcast_loop && in_ismember(ifp, dst))
		ip_mloopback(m);
	if (pfil_run_hooks(&inet_pfil_hook, &m, ifp, PFIL_OUT) != 0) {
		IPSTAT_INC(ips_odropped);
		if (m != NULL)
			m_freem(m);
		return (ENOBUFS);
	}
	if (m == NULL)
		return (0);
	/* To one of our own addresses: take the loopback interface. */
	if (loif != NULL) {
		struct in_ifaddr *ia;

		INADDR_TO_IFADDR(dst, ia);
		if (ia != NULL)
			return (ip_send(loif, m, dst));
	}
	if (m->m_pkthdr.len > ifp->if_mtu)
		return (ip_fragment(m, ifp, nexthop));
	return (ip_send(ifp, m, nexthop));
}

static int
ip_fragment(struct mbuf *m, struct ifnet *ifp, uint32_t nexthop)
{
	struct mbuf *n;
	struct ip *ip;
	int hlen, len, off, total;

	ip = mtod(m, struct ip *);
	if ((ip->ip_off & htons(IP_DF)) != 0) {
		IPSTAT_INC(ips_odropped);
		m_freem(m);
		return (EINVAL);
	}
	hlen = sizeof(*ip);
	len = (ifp->if_mtu - hlen) & ~7;
	total = m->m_pkthdr.len - hlen;
	for (off = 0; off < total; off += len) {
		n = m_dup(m);
		m_adj(n, hlen - n->m_len);
		m_append(n, MIN(len, total - off), m->m_data + hlen + off);
		ip = mtod(n, struct ip *);
		ip->ip_off = htons(off / 8 | (off + len < total ? IP_MF : 0));
		ip->ip_len = htons(n->m_len);
		IPSTAT_INC(ips_ofragments);
		ip_send(ifp, n, nexthop);
	}
	m_freem(m);
	return (0);
}

/* Our own copy of a packet to a group that we are in. */
static void
ip_mloopback(const struct mbuf *m)
{
	struct mbuf *n;

	if (loif == NULL)
		return;
	n = m_dup(m);
	n->m_flags |= M_MCAST;
	ip_send(loif, n, 0);
}
