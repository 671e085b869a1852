/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * IP version 6: headers and counters.
 */

#ifndef _NETINET6_IP6_VAR_H_
#define	_NETINET6_IP6_VAR_H_

#include <sys/types.h>

#define	IPV6_VERSION		6
#define	IPV6_DEFHLIM		64
#define	IPPROTO_ICMPV6		58

struct in6_addr {
	uint32_t s6_addr32[4];		/* network byte order */
};

struct ip6_hdr {
	uint32_t ip6_flow;
	u_short	ip6_plen;
	u_char	ip6_nxt;
	u_char	ip6_hlim;
	struct	in6_addr ip6_src, ip6_dst;
};

struct ip6stat {
	u_int	ip6s_total;		/* total packets received */
	u_int	ip6s_tooshort;		/* packet too short */
	u_int	ip6s_delivered;		/* datagrams delivered */
	u_int	ip6s_hlimdrop;		/* hop limit not what it must be */
	u_int	ip6s_cantforward;	/* for somebody else */
	u_int	ip6s_nxthist[256];	/* next header history */
};

#ifdef _KERNEL
extern struct ip6stat	ip6stat;
extern int	ip6_defhlim;		/* default hop limit */
extern int	ip6_forwarding;		/* act as router? */
extern const char *ip6_role;

#define	IP6STAT_ADD(name, val)	(ip6stat.name += (val))
#define	IP6STAT_INC(name)	IP6STAT_ADD(name, 1)

/* For the table of sysctls, which is in another file. */
#define	IP6_DEFHLIM_PTR		(&ip6_defhlim)

struct mbuf;

void	ip6_input(struct mbuf *);
#endif /* _KERNEL */

#if defined(_KERNEL) && defined(SYSCTL_DECL)
SYSCTL_DECL(_net_inet6_ip6);
SYSCTL_DECL(_net_inet6_icmp6);
#endif

#endif /* !_NETINET6_IP6_VAR_H_ */
