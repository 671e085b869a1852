/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The internet protocol: headers, counters, and what the parts of it share.
 */

#ifndef _NETINET_IP_VAR_H_
#define	_NETINET_IP_VAR_H_

#include <sys/queue.h>
#include <sys/types.h>

#include <netinet/in.h>

#define	IPVERSION	4
#define	IPDEFTTL	64
#define	IPFRAGTTL	6		/* slow timeouts */
#define	IP_MAXPACKET	384
#define	IP_MF		0x2000		/* more fragments flag */
#define	IP_DF		0x4000		/* don't fragment flag */
#define	IP_OFFMASK	0x1fff

struct ip {
	u_char	ip_vhl;			/* version and header length */
	u_char	ip_tos;
	u_short	ip_len;
	u_short	ip_id;			/* identification */
	u_short	ip_off;
	u_char	ip_ttl;
	u_char	ip_p;
	u_short	ip_sum;
	struct	in_addr ip_src, ip_dst;
} __packed __aligned(2);

/* Fragments of one packet, that wait for the rest. */
struct ipq {
	TAILQ_ENTRY(ipq) ipq_list;
	u_char	ipq_ttl;		/* time for reass q to live */
	u_char	ipq_p;
	u_short	ipq_id;
	struct	in_addr ipq_src, ipq_dst;
	struct	mbuf *ipq_frags;	/* sorted by offset */
	int	ipq_nfrags;
};

struct ipstat {
	u_int	ips_total;		/* total packets received */
	u_int	ips_badvers;		/* wrong version or length */
	u_int	ips_badsum;		/* checksum bad */
	u_int	ips_fragments;		/* fragments received */
	u_int	ips_fragdropped;	/* frags dropped, out of space */
	u_int	ips_fragtimeout;	/* fragments timed out */
	u_int	ips_reassembled;	/* packets put together */
	u_int	ips_forward;		/* packets forwarded */
	u_int	ips_cantforward;	/* not for us, and not forwarded */
	u_int	ips_redirectsent;
	u_int	ips_noproto;		/* unknown or unsupported protocol */
	u_int	ips_delivered;		/* datagrams handed to a protocol */
	u_int	ips_localout;		/* packets generated here */
	u_int	ips_odropped;		/* lost because of no room */
	u_int	ips_noroute;		/* packets without a route */
	u_int	ips_ofragments;		/* output fragments created */
};

#ifdef _KERNEL
#include <net/vnet.h>

struct ifnet;
struct mbuf;
struct pfil_head;

VNET_DECLARE(struct ipstat, ipstat);
VNET_DECLARE(u_short, ip_id);		/* ip packet ctr, for ids */
VNET_DECLARE(int, ip_defttl);		/* default IP ttl */
VNET_DECLARE(int, ipforwarding);	/* ip forwarding */
VNET_DECLARE(int, ip_do_randomid);

#define	V_ipstat		VNET(ipstat)
#define	V_ip_id			VNET(ip_id)
#define	V_ip_defttl		VNET(ip_defttl)
#define	V_ipforwarding		VNET(ipforwarding)
#define	V_ip_do_randomid	VNET(ip_do_randomid)
#ifdef IPSTEALTH
VNET_DECLARE(int, ipstealth);		/* stealth forwarding */
#define	V_ipstealth		VNET(ipstealth)
#endif
VNET_DECLARE(struct pfil_head, inet_pfil_hook);	/* packet filter hooks */
#define	V_inet_pfil_hook	VNET(inet_pfil_hook)

/*
 * In-kernel statistics.
 */
#define	IPSTAT_ADD(name, val)	(V_ipstat.name += (val))
#define	IPSTAT_SUB(name, val)	(V_ipstat.name -= (val))
#define	IPSTAT_INC(name)	IPSTAT_ADD(name, 1)
#define	IPSTAT_DEC(name)	IPSTAT_SUB(name, 1)

#define	ip_newid()							\
	(V_ip_do_randomid ? ip_randomid() :				\
	    htons(V_ip_id++))

#define	IP_FORWARDING	1		/* flags of ip_output() */

u_short	in_cksum(struct mbuf *, int);
void	ip_destroy(void);
void	ip_init(void);
void	ip_input(struct mbuf *);
int	ip_output(struct mbuf *, int);
u_short	ip_randomid(void);
void	ip_slowtimo(void);

void	icmp_error(struct mbuf *, int, int);
void	icmp_input(struct mbuf *, int);

void	igmp_destroy(void);
void	igmp_init(void);
void	igmp_input(struct mbuf *, int);
#endif /* _KERNEL */

#endif /* !_NETINET_IP_VAR_H_ */
