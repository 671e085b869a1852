/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The control message protocol: echo, and errors, both with a limit.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>

#include <netinet/in.h>
#include <netinet/in_var.h>
#include <netinet/ip_icmp.h>
#include <netinet/ip_var.h>

struct	icmpstat icmpstat;
SYSCTL_STRUCT(_net_inet_icmp, OID_AUTO, stats, CTLFLAG_RW, &icmpstat,
    icmpstat, "");

static	int icmplim = 4, icmplim_output = 0;	/* see badport_bandlim() */
SYSCTL_INT(_net_inet_icmp, OID_AUTO, icmplim, CTLFLAG_RW, &icmplim, 0, "");
SYSCTL_INT(_net_inet_icmp, OID_AUTO, icmplim_output, CTLFLAG_RW,
    &icmplim_output, 0, "");

static	int drop_redirect = 0;
SYSCTL_INT(_net_inet_icmp, OID_AUTO, drop_redirect, CTLFLAG_RW,
    &drop_redirect, 0, "");

/* The interface whose address errors come from; "" means the incoming one. */
static	char reply_src[IFNAMSIZ];
SYSCTL_STRING(_net_inet_icmp, OID_AUTO, reply_src, CTLFLAG_RW,
    &reply_src, IFNAMSIZ, "icmp reply source for non-local packets.");

static	char icmp_ident[] = "minibsd";	/* goes into errors */
SYSCTL_STRING(_net_inet_icmp, OID_AUTO, ident, CTLFLAG_RD, icmp_ident,
    sizeof(icmp_ident), "");

/* What was sent of each kind since the last second began. */
static struct rate {
	const char *type;
	int	started;		/* ticks */
	int	count;
	int	lost;
} icmp_rates[] = {
	[BANDLIM_UNREACH] = { .type = "icmp unreach response" },
	[BANDLIM_ECHO] = { .type = "icmp ping response" },
#ifdef TCP_SIGNATURE
	{ .type = "signed RST response", .lost = -1 },
#else
	{ .type = "RST response" },
#endif
};

/* Whether there were too many of this kind. */
int
badport_bandlim(int which)
{
	struct rate *r;

	if (icmplim <= 0)
		return (0);
	r = &icmp_rates[which];
	if (ticks - r->started >= hz) {
		if (icmplim_output && r->lost > 0)
			printf("Limiting %s: %d lost\n", r->type, r->lost);
		r->started = ticks;
		r->count = 0;
	}
	if (r->count++ < icmplim)
		return (0);
	r->lost++;
	return (1);
}

static void
icmp_send(struct mbuf *m, uint32_t src, uint32_t dst)
{
	struct icmp *icp;
	struct ip *ip;

	ip = mtod(m, struct ip *);
	ip->ip_dst.s_addr = dst;
	ip->ip_src.s_addr = src;
	ip->ip_p = IPPROTO_ICMP;
	ip->ip_ttl = 0;
	ip->ip_off = 0;
	m->m_data += sizeof(*ip);
	m->m_len -= sizeof(*ip);
	icp = mtod(m, struct icmp *);
	icp->icmp_cksum = 0;
	icp->icmp_cksum = in_cksum(m, m->m_len);
	ICMPSTAT_INC(icps_outhist[icp->icmp_type]);
	m->m_data -= sizeof(*ip);
	m->m_len += sizeof(*ip);
	ip_output(m, 0);
}

/* The address that an error comes from. */
static uint32_t
icmp_source(struct ifnet *rcvif)
{
	struct in_ifaddr *ia;
	struct ifnet *ifp;

	ifp = rcvif;
	if (reply_src[0] != '\0' && (ifp = ifunit(reply_src)) == NULL)
		ifp = rcvif;
	IFP_TO_IA(ifp, ia);
	return (ia != NULL ? htonl(ia->ia_addr) : 0);
}

/* An error about packet n, which is freed. */
void
icmp_error(struct mbuf *n, int type, int code)
{
	struct icmp *icp;
	struct mbuf *m;
	struct ip *oip;

	oip = mtod(n, struct ip *);
	if (type != ICMP_REDIRECT)
		ICMPSTAT_INC(icps_error);
	if ((n->m_flags & (M_BCAST | M_MCAST)) != 0 ||
	    oip->ip_p == IPPROTO_ICMP) {
		ICMPSTAT_INC(icps_oldicmp);
		goto freeit;
	}
	if (badport_bandlim(BANDLIM_UNREACH))
		goto freeit;
	m = m_gethdr(M_NOWAIT);
	m->m_pkthdr.fibnum = n->m_pkthdr.fibnum;
	m->m_len = m->m_pkthdr.len = sizeof(*oip) + sizeof(*icp);
	icp = (struct icmp *)(mtod(m, caddr_t) + sizeof(*oip));
	icp->icmp_type = type;
	icp->icmp_code = code;
	m_append(m, MIN(n->m_len, (int)sizeof(*oip) + 8), oip);
	m_append(m, sizeof(icmp_ident) - 1, icmp_ident);
	icmp_send(m, icmp_source(n->m_pkthdr.rcvif), oip->ip_src.s_addr);
freeit:
	m_freem(n);
}

void
icmp_input(struct mbuf *m, int off)
{
	struct icmp *icp;
	struct ip *ip;

	ip = mtod(m, struct ip *);
	if (m->m_len < off + (int)sizeof(*icp)) {
		ICMPSTAT_INC(icps_tooshort);
		goto freeit;
	}
	m->m_data += off;
	m->m_len -= off;
	icp = mtod(m, struct icmp *);
	if (in_cksum(m, m->m_len) != 0) {
		ICMPSTAT_INC(icps_checksum);
		goto freeit;
	}
	m->m_data -= off;
	m->m_len += off;
	if (icp->icmp_type <= ICMP_MAXTYPE)
		icmpstat.icps_inhist[icp->icmp_type]++;
	switch (icp->icmp_type) {
	case ICMP_ECHO:
		if (badport_bandlim(BANDLIM_ECHO))
			break;
		icp->icmp_type = ICMP_ECHOREPLY;
		ICMPSTAT_INC(icps_reflect);
		icmp_send(m, ip->ip_dst.s_addr, ip->ip_src.s_addr);
		return;
	case ICMP_REDIRECT:
		if (drop_redirect)
			break;
		/* FALLTHROUGH */
	default:
		break;
	}
freeit:
	m_freem(m);
}

/* Forget what was lost; printed by badport_bandlim(). */
void
icmp_fasttimo(void)
{
#ifdef notyet
	size_t i;

	for (i = 0; i < sizeof(icmp_rates) / sizeof(icmp_rates[0]); i++)
		if (icmp_rates[i].lost > icmplim)
			icmp_rates[i].lost = icmplim;
#endif
}

DB_SHOW_COMMAND(icmp, db_show_icmp)
{
	size_t i;

	printf(__XSTRING(icmplim) " %d\n", icmplim);
	for (i = 0; i < nitems(icmp_rates); i++)
		printf("%s: %d sent, %d lost\n", icmp_rates[i].type,
		    icmp_rates[i].count, icmp_rates[i].lost);
}
