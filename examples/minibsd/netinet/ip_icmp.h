/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The control message protocol.
 */

#ifndef _NETINET_IP_ICMP_H_
#define	_NETINET_IP_ICMP_H_

#include <sys/types.h>

#define	ICMP_ECHOREPLY		0
#define	ICMP_UNREACH		3
#define	ICMP_UNREACH_HOST	1
#define	ICMP_UNREACH_PROTOCOL	2
#define	ICMP_UNREACH_PORT	3
#define	ICMP_REDIRECT		5
#define	ICMP_REDIRECT_HOST	1
#define	ICMP_ECHO		8
#define	ICMP_TIMXCEED		11
#define	ICMP_TIMXCEED_INTRANS	0
#define	ICMP_MAXTYPE		12

struct icmp {
	u_char	icmp_type;
	u_char	icmp_code;
	u_short	icmp_cksum;
	u_short	icmp_id;
	u_short	icmp_seq;
};

struct icmpstat {
	u_int	icps_error;		/* # of calls to icmp_error */
	u_int	icps_oldicmp;		/* no error about an error */
	u_int	icps_tooshort;
	u_int	icps_checksum;
	u_int	icps_reflect;		/* number of responses */
	u_int	icps_inhist[ICMP_MAXTYPE + 1];
	u_int	icps_outhist[ICMP_MAXTYPE + 1];
};

#ifdef _KERNEL
extern struct icmpstat	icmpstat;	/* icmp statistics */

#define	ICMPSTAT_ADD(name, val)	icmpstat.name += (val)
#define	ICMPSTAT_INC(name)	ICMPSTAT_ADD(name, 1)

/* Kinds of answers that are limited. */
#define	BANDLIM_UNREACH		0
#define	BANDLIM_ECHO		1
#define	BANDLIM_RST		2

int	badport_bandlim(int);
void	icmp_fasttimo(void);
#endif /* _KERNEL */

#endif /* !_NETINET_IP_ICMP_H_ */
