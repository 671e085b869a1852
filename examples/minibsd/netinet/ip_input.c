/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Input of IP packets, reassembly, and forwarding.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/protosw.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/pfil.h>
#include <net/route.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/in_var.h>
#include <netinet/ip_icmp.h>
#include <netinet/ip_mroute.h>
#include <netinet/ip_var.h>

extern struct protosw inetsw[];
extern const size_t inetsw_count;

int ipforwarding = 0;
SYSCTL_INT(_net_inet_ip, IPCTL_FORWARDING, forwarding, CTLFLAG_RW,
    &ipforwarding, 0, "Enable IP forwarding between interfaces");

static int ipsendredirects = 1;		/* XXX */
SYSCTL_INT(_net_inet_ip, IPCTL_SENDREDIRECTS, redirect, CTLFLAG_RW,
    &ipsendredirects, 0, "Enable sending IP redirects");

int	ip_defttl = IPDEFTTL;
SYSCTL_INT(_net_inet_ip, IPCTL_DEFTTL, ttl, CTLFLAG_RW,
    &ip_defttl, 0, "Maximum TTL on IP packets");

#ifdef IPSTEALTH
int	ipstealth = 0;
SYSCTL_INT(_net_inet_ip, OID_AUTO, stealth, CTLFLAG_RW,
    &ipstealth, 0, "IP stealth mode, no TTL decrementation on forwarding");
#endif

/*
 * Whether a packet must come by the interface that has its destination
 * address.  RFC 1122 leaves it to us.
 */
#ifdef DIAGNOSTIC
static int ip_checkinterface = 1;
#else
static int ip_checkinterface = 0;
#endif
SYSCTL_INT(_net_inet_ip, OID_AUTO, check_interface, CTLFLAG_RW,
    &ip_checkinterface, 0, "Verify packet arrives on correct interface");

/* Read for each packet that is sent, and hardly ever changed. */
int ip_do_randomid __read_mostly = 0;
SYSCTL_INT(_net_inet_ip, OID_AUTO, random_id, CTLFLAG_RW,
    &ip_do_randomid, 0, "Assign random ip_id values");

u_short	ip_id;				/* ip packet ctr, for ids */
struct	pfil_head inet_pfil_hook;	/* Packet filter hooks */

u_char	ip_protox[IPPROTO_MAX];		/* index into inetsw, for all stacks */

struct in_ifaddrhead in_ifaddrhead;	/* first inet address */
struct in_ifaddrhashhead *in_ifaddrhashtbl;	/* inet addr hash table */
u_long	in_ifaddrhmask;				/* mask for hash table */

struct ipstat ipstat;
SYSCTL_STRUCT(_net_inet_ip, IPCTL_STATS, stats, CTLFLAG_RW,
    &ipstat, ipstat, "IP statistics (struct ipstat, netinet/ip_var.h)");

#define	IPREASS_NHASH	(1 << 3)
#define	IPREASS_HASH(src, id)						\
	((ntohl(src) ^ ntohl(src) >> 8 ^ ntohs(id)) & (IPREASS_NHASH - 1))

static TAILQ_HEAD(ipqhead, ipq) ipq[IPREASS_NHASH];	/* ip reass. queue */
static int	maxnipq;	/* Administrative limit on # reass queues. */
static int	maxfragsperpacket = 16;
static int	nipq = 0;	/* Total # of reass queues */

SYSCTL_INT(_net_inet_ip, OID_AUTO, fragpackets, CTLFLAG_RD, &nipq, 0,
    "Current number of IPv4 fragment reassembly queue entries");
SYSCTL_INT(_net_inet_ip, OID_AUTO, maxfragsperpacket, CTLFLAG_RW,
    &maxfragsperpacket, 0,
    "Maximum number of IPv4 fragments allowed per packet");

static MALLOC_DEFINE(M_FTABLE, "fragment", "fragment reassembly header");
static MALLOC_DEFINE(M_INADDRHASH, "in_ifaddr", "hash of internet addresses");

/*
 * The current value of the limit goes out, and a new one must not be below
 * what is in use.
 */
static int
sysctl_maxnipq(SYSCTL_HANDLER_ARGS)
{
	int error, i;

	(void)arg1, (void)arg2;
	i = maxnipq;
	error = sysctl_handle_int(oidp, &i, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (i < nipq)
		return (EINVAL);
	maxnipq = i;
	return (0);
}
SYSCTL_PROC(_net_inet_ip, OID_AUTO, maxfragpackets, CTLTYPE_INT | CTLFLAG_RW,
    NULL, 0, sysctl_maxnipq, "I",
    "Maximum number of IPv4 fragment reassembly queue entries");

static void	ip_forward(struct mbuf *, int);
static void	ip_freef(struct ipqhead *, struct ipq *);
static struct mbuf *ip_reass(struct mbuf *);

/* For each stack; what is common to all is done by the first. */
void
ip_init(void)
{
	size_t n;
	int i;

	ip_id = ticks & 0xffff;
	TAILQ_INIT(&in_ifaddrhead);
	in_ifaddrhashtbl = hashinit(INADDR_NHASH, M_INADDRHASH,
	    &in_ifaddrhmask);
	for (i = 0; i < IPREASS_NHASH; i++)
		TAILQ_INIT(&ipq[i]);
	maxnipq = 8;
	TUNABLE_INT_FETCH("net.inet.ip.maxfragpackets", &maxnipq);
	if ((i = pfil_head_register(&inet_pfil_hook, AF_INET)) != 0)
		printf("%s: WARNING: unable to register pfil hook, "
		    "error %d\n", __func__, i);
	if (!IS_DEFAULT_VNET(curvnet))
		return;
	for (n = 0; n < inetsw_count; n++)
		ip_protox[inetsw[n].pr_protocol] = n;
}

void
ip_destroy(void)
{
	struct ipqhead *head;

	for (head = ipq; head < &ipq[IPREASS_NHASH]; head++)
		while (!TAILQ_EMPTY(head))
			ip_freef(head, TAILQ_FIRST(head));
	pfil_head_unregister(&inet_pfil_hook);
	hashdestroy(in_ifaddrhashtbl, M_INADDRHASH, in_ifaddrhmask);
}

/* Is it for us?  Fills in nothing, only looks. */
static int
ip_ours(const struct mbuf *m, const struct ip *ip)
{
	struct in_ifaddr *ia;
	uint32_t dst;

	dst = ntohl(ip->ip_dst.s_addr);
	if (dst == INADDR_BROADCAST)
		return (1);
	if (IN_MULTICAST(dst))
		return (in_ismember(m->m_pkthdr.rcvif, dst));
	INADDR_TO_IFADDR(dst, ia);
	if (ia == NULL)
		return (0);
	return (!ip_checkinterface || ipforwarding ||
	    ia->ia_ifp == m->m_pkthdr.rcvif ||
	    (m->m_pkthdr.rcvif->if_flags & IFF_LOOPBACK) != 0);
}

static void
ip_deliver(struct mbuf *m)
{
	struct ip *ip;
	int x;

	ip = mtod(m, struct ip *);
	if ((ip->ip_off & htons(IP_MF | IP_OFFMASK)) != 0) {
		m = ip_reass(m);
		if (m == NULL)
			return;
		ip = mtod(m, struct ip *);
	}
	x = ip_protox[ip->ip_p];
	if (inetsw[x].pr_input == NULL || inetsw[x].pr_protocol != ip->ip_p) {
		IPSTAT_INC(ips_noproto);
		icmp_error(m, ICMP_UNREACH, ICMP_UNREACH_PROTOCOL);
		return;
	}
	IPSTAT_INC(ips_delivered);
	inetsw[x].pr_input(m, sizeof(*ip));
}

/* One packet, from an interface, in the stack of that interface. */
void
ip_input(struct mbuf *m)
{
	struct ifnet *ifp;
	struct ip *ip;

	ifp = m->m_pkthdr.rcvif;
	IPSTAT_INC(ips_total);
	ip = mtod(m, struct ip *);
	if (m->m_pkthdr.len < (int)sizeof(*ip) || ip->ip_vhl != 0x45 ||
	    ntohs(ip->ip_len) > m->m_pkthdr.len) {
		IPSTAT_INC(ips_badvers);
		goto bad;
	}
	if (in_cksum(m, sizeof(*ip)) != 0) {
		IPSTAT_INC(ips_badsum);
		goto bad;
	}
	m_adj(m, ntohs(ip->ip_len) - m->m_pkthdr.len);
	CTR2(KTR_INET, "ip_input: id %d, counter at %d", ip->ip_id, ip_id);
	if (PFIL_HOOKED(&inet_pfil_hook)) {
		if (pfil_run_hooks(&inet_pfil_hook, &m, ifp, PFIL_IN) != 0)
			goto bad;
		if (m == NULL)		/* consumed by filter */
			return;
		ip = mtod(m, struct ip *);
	}
	if (IN_MULTICAST(ntohl(ip->ip_dst.s_addr)) && ip_mrouter)
		ip_mforward(m);
	if (ip_ours(m, ip))
		ip_deliver(m);
	else if (!ipforwarding || IN_MULTICAST(ntohl(ip->ip_dst.s_addr))) {
		IPSTAT_INC(ips_cantforward);
		goto bad;
	} else
		ip_forward(m, 0);
	return;
bad:
	if (m != NULL)
		m_freem(m);
}

/* Put the fragment in its place by offset. */
static void
ip_insertfrag(struct ipq *fp, struct mbuf *m)
{
	struct mbuf **mp;
	int off;

	off = ntohs(mtod(m, struct ip *)->ip_off) & IP_OFFMASK;
	for (mp = &fp->ipq_frags; *mp != NULL; mp = &(*mp)->m_nextpkt)
		if ((ntohs(mtod(*mp, struct ip *)->ip_off) & IP_OFFMASK) > off)
			break;
	m->m_nextpkt = *mp;
	*mp = m;
	fp->ipq_nfrags++;
}

/* Whether all is there, from the first byte to the last fragment. */
static int
ip_complete(const struct ipq *fp)
{
	const struct mbuf *m;
	int next, off;

	next = 0;
	for (m = fp->ipq_frags; m != NULL; m = m->m_nextpkt) {
		off = ntohs(mtod(m, const struct ip *)->ip_off);
		if ((off & IP_OFFMASK) * 8 != next)
			return (0);
		next += m->m_len - sizeof(struct ip);
		if ((off & IP_MF) == 0)
			return (1);
	}
	return (0);
}

static struct mbuf *
ip_concat(struct ipqhead *head, struct ipq *fp)
{
	struct mbuf *m, *n, *next;
	struct ip *ip;

	m = fp->ipq_frags;
	next = m->m_nextpkt;
	m->m_nextpkt = NULL;
	while ((n = next) != NULL) {
		next = n->m_nextpkt;
		m_adj(n, sizeof(*ip));
		m_cat(m, n);
	}
	ip = mtod(m, struct ip *);
	ip->ip_off = 0;
	ip->ip_len = htons(m->m_len);
	fp->ipq_frags = NULL;
	ip_freef(head, fp);
	IPSTAT_INC(ips_reassembled);
	return (m);
}

static struct ipq *
ip_newq(struct ipqhead *head, const struct ip *ip)
{
	u_short ip_id = ip->ip_id;
	struct ipq *fp;

	/* If there are too many, drop the oldest of this bucket, or this. */
	if (nipq >= maxnipq) {
		if ((fp = TAILQ_FIRST(head)) == NULL)
			return (NULL);
		IPSTAT_ADD(ips_fragtimeout, fp->ipq_nfrags);
		ip_freef(head, fp);
	}
	fp = malloc(sizeof(struct ipq), M_FTABLE, M_NOWAIT | M_ZERO);
	TAILQ_INSERT_TAIL(head, fp, ipq_list);
	nipq++;
	fp->ipq_ttl = IPFRAGTTL;
	fp->ipq_p = ip->ip_p;
	fp->ipq_id = ip_id;
	fp->ipq_src = ip->ip_src;
	fp->ipq_dst = ip->ip_dst;
	return (fp);
}

static struct mbuf *
ip_reass(struct mbuf *m)
{
	struct ipqhead *head;
	struct ipq *fp;
	struct ip *ip;

	IPSTAT_INC(ips_fragments);
	ip = mtod(m, struct ip *);
	head = &ipq[IPREASS_HASH(ip->ip_src.s_addr, ip->ip_id)];
	TAILQ_FOREACH(fp, head, ipq_list)
		if (ip->ip_id == fp->ipq_id && ip->ip_p == fp->ipq_p &&
		    ip->ip_src.s_addr == fp->ipq_src.s_addr &&
		    ip->ip_dst.s_addr == fp->ipq_dst.s_addr)
			break;
	if (fp == NULL)
		fp = ip_newq(head, ip);
	if (fp == NULL || fp->ipq_nfrags >= maxfragsperpacket) {
		IPSTAT_INC(ips_fragdropped);
		m_freem(m);
		return (NULL);
	}
	ip_insertfrag(fp, m);
	return (ip_complete(fp) ? ip_concat(head, fp) : NULL);
}

static void
ip_freef(struct ipqhead *head, struct ipq *fp)
{
	struct mbuf *q;

	while ((q = fp->ipq_frags) != NULL) {
		fp->ipq_frags = q->m_nextpkt;
		m_freem(q);
	}
	TAILQ_REMOVE(head, fp, ipq_list);
	free(fp, M_FTABLE);
	nipq--;
}

/* Twice a second: fragments grow old, in every stack. */
void
ip_slowtimo(void)
{
	VNET_ITERATOR_DECL(vnet_iter);
	struct ipq *fp, *next;
	int i;

	VNET_LIST_RLOCK_NOSLEEP();
	VNET_FOREACH(vnet_iter) {
		CURVNET_SET(vnet_iter);
		for (i = 0; i < IPREASS_NHASH; i++)
			TAILQ_FOREACH_SAFE(fp, &ipq[i], ipq_list, next)
				if (--fp->ipq_ttl == 0) {
					IPSTAT_ADD(ips_fragtimeout,
					    fp->ipq_nfrags);
					ip_freef(&ipq[i], fp);
				}
		CURVNET_RESTORE();
	}
	VNET_LIST_RUNLOCK_NOSLEEP();
}

/*
 * Forward a packet; srcrt says that the sender chose the way, which gets no
 * redirect for it.
 */
static void
ip_forward(struct mbuf *m, int srcrt)
{
	struct rtentry *rt;
	struct mbuf *mcopy;
	struct ip *ip;

	ip = mtod(m, struct ip *);
#ifdef IPSTEALTH
	if (!ipstealth)
#endif
	{
		if (ip->ip_ttl <= 1) {
			icmp_error(m, ICMP_TIMXCEED, ICMP_TIMXCEED_INTRANS);
			return;
		}
		ip->ip_ttl--;
	}
	rt = rtalloc1(ntohl(ip->ip_dst.s_addr), m->m_pkthdr.fibnum);
	if (rt == NULL) {
		IPSTAT_INC(ips_noroute);
		icmp_error(m, ICMP_UNREACH, ICMP_UNREACH_HOST);
		return;
	}
	/* It goes out where it came in: there is a shorter way. */
	mcopy = NULL;
	if (rt->rt_ifp == m->m_pkthdr.rcvif && ipsendredirects && !srcrt)
		mcopy = m_dup(m);
	rtfree(rt);
	if (ip_output(m, IP_FORWARDING) == 0)
		IPSTAT_INC(ips_forward);
	if (mcopy != NULL) {
		IPSTAT_INC(ips_redirectsent);
		icmp_error(mcopy, ICMP_REDIRECT, ICMP_REDIRECT_HOST);
	}
}

DB_SHOW_COMMAND(ipq, db_show_ipq)
{
	struct ipq *fp;
	int i;

	printf("%d of %d queues\n", nipq, maxnipq);
	for (i = 0; i < IPREASS_NHASH; i++)
		TAILQ_FOREACH(fp, &ipq[i], ipq_list)
			printf("bucket %d id %d frags %d ttl %d\n", i,
			    ntohs(fp->ipq_id), fp->ipq_nfrags, fp->ipq_ttl);
}
