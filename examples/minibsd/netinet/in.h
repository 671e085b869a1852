/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Internet addresses and protocol numbers.
 */

#ifndef _NETINET_IN_H_
#define	_NETINET_IN_H_

#include <sys/types.h>

#define	IPPROTO_IP		0
#define	IPPROTO_ICMP		1
#define	IPPROTO_IGMP		2
#define	IPPROTO_TCP		6
#define	IPPROTO_UDP		17
#define	IPPROTO_AH		51
#define	IPPROTO_MAX		256

#define	IPPORT_RESERVED		1024
#define	IPPORT_HIFIRSTAUTO	49152
#define	IPPORT_HILASTAUTO	65535

/* Fixed numbers of sysctl leaves. */
#define	IPCTL_FORWARDING	1
#define	IPCTL_SENDREDIRECTS	2
#define	IPCTL_DEFTTL		3
#define	IPCTL_STATS		12

struct in_addr {
	uint32_t s_addr;		/* network byte order */
};

#define	IN_MULTICAST(i)		(((uint32_t)(i) & 0xf0000000) == 0xe0000000)
#define	INADDR_BROADCAST	0xffffffffU

#if defined(_KERNEL) && defined(SYSCTL_DECL)
SYSCTL_DECL(_net_inet);
SYSCTL_DECL(_net_inet_ip);
SYSCTL_DECL(_net_inet_icmp);
SYSCTL_DECL(_net_inet_igmp);
SYSCTL_DECL(_net_inet_tcp);
SYSCTL_DECL(_net_inet_udp);
#endif

#endif /* !_NETINET_IN_H_ */
