/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The user datagram protocol.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <netinet/in.h>
#include <netinet/in_pcb.h>
#include <netinet/ip_icmp.h>
#include <netinet/ip_var.h>
#include <netinet/udp_var.h>

#define	UDBHASHSIZE	8

/*
 * The head, and what is kept with it.  Order as in all protocols.
 */
struct inpcbhead udb;		/* from udp_var.h */
struct inpcbinfo udbinfo;

struct udpstat	udpstat;	/* from udp_var.h */
SYSCTL_STRUCT(_net_inet_udp, OID_AUTO, stats, CTLFLAG_RW, &udpstat, udpstat,
    "UDP statistics (struct udpstat, netinet/udp_var.h)");

static int	blackhole = 0;
SYSCTL_INT(_net_inet_udp, OID_AUTO, blackhole, CTLFLAG_RW, &blackhole, 0,
    "Do not send port unreachables for refused connects");

u_long	udp_recvspace = 64;		/* little, so that it gets full */
SYSCTL_ULONG(_net_inet_udp, OID_AUTO, recvspace, CTLFLAG_RW, &udp_recvspace,
    0, "Maximum space for incoming UDP datagrams");

static long	udp_lastlen = -1L;
SYSCTL_LONG(_net_inet_udp, OID_AUTO, lastlen, CTLFLAG_RD, &udp_lastlen, 0,
    "Length of the last datagram, -1 if none");

void
udp_init(void)
{

	in_pcbinfo_init(&udbinfo, &udb, UDBHASHSIZE);
}

void
udp_destroy(void)
{

	while (!LIST_EMPTY(&udb))
		in_pcbfree(LIST_FIRST(&udb));
	in_pcbinfo_destroy(&udbinfo);
}

int
udp_bind(u_short lport)
{
	struct inpcb *inp;
	int error;

	inp = in_pcballoc(&udbinfo);
	error = in_pcbbind(inp, 0, lport);
	if (error != 0)
		in_pcbfree(inp);
	return (error);
}

void
udp_input(struct mbuf *m, int off)
{
	struct udphdr *uh;
	struct inpcb *inp;
	struct ip *ip;

	UDPSTAT_INC(udps_ipackets);
	ip = mtod(m, struct ip *);
	if (m->m_len < off + (int)sizeof(*uh)) {
		UDPSTAT_INC(udps_hdrops);
		goto badunlocked;
	}
	uh = (struct udphdr *)(mtod(m, caddr_t) + off);
	udp_lastlen = ntohs(uh->uh_ulen) - sizeof(*uh);
	inp = in_pcblookup(&udbinfo, ntohl(ip->ip_src.s_addr),
	    ntohs(uh->uh_sport), ntohs(uh->uh_dport));
	if (inp == NULL) {
		UDPSTAT_INC(udps_noport);
		if (ntohl(ip->ip_dst.s_addr) == INADDR_BROADCAST) {
			UDPSTAT_INC(udps_noportbcast);
			goto badunlocked;
		}
		if (blackhole)
			goto badunlocked;
		icmp_error(m, ICMP_UNREACH, ICMP_UNREACH_PORT);
		return;
	}
	if (inp->inp_rcvd + (u_long)udp_lastlen > udp_recvspace)
		UDPSTAT_INC(udps_fullsock);
	else
		inp->inp_rcvd += udp_lastlen;
badunlocked:
	m_freem(m);
}

int
udp_output(u_short lport, uint32_t faddr, u_short fport, const char *data)
{
	struct udphdr *uh;
	struct mbuf *m;
	struct ip *ip;
	int len;

	len = strlen(data);
	m = m_gethdr(M_NOWAIT);
	m->m_len = m->m_pkthdr.len = sizeof(*ip) + sizeof(*uh);
	ip = mtod(m, struct ip *);
	ip->ip_dst.s_addr = htonl(faddr);
	ip->ip_p = IPPROTO_UDP;
	uh = (struct udphdr *)(ip + 1);
	uh->uh_sport = htons(lport);
	uh->uh_dport = htons(fport);
	uh->uh_ulen = htons(sizeof(*uh) + len);
	m_append(m, len, data);
	UDPSTAT_INC(udps_opackets);
	return (ip_output(m, 0));
}

DB_SHOW_COMMAND(udb, db_show_udb)
{

	printf("%u blocks\n", udbinfo.ipi_count);
	in_pcbshow("udp", &udb);
}
