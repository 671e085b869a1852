/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The user datagram protocol.
 */

#ifndef _NETINET_UDP_VAR_H_
#define	_NETINET_UDP_VAR_H_

#include <sys/types.h>

struct udphdr {
	u_short	uh_sport;
	u_short	uh_dport;
	u_short	uh_ulen;
	u_short	uh_sum;
};

struct udpstat {
	u_int	udps_ipackets;		/* total input packets */
	u_int	udps_hdrops;		/* packet shorter than header */
	u_int	udps_noport;		/* no socket on port */
	u_int	udps_noportbcast;	/* of above, arrived as broadcast */
	u_int	udps_fullsock;		/* not delivered, full buffer */
	u_int	udps_opackets;		/* total output packets */
};

#ifdef _KERNEL
#include <netinet/in_pcb.h>

struct mbuf;

extern struct inpcbhead		udb;
extern struct inpcbinfo		udbinfo;
extern struct udpstat		udpstat;
extern u_long			udp_recvspace;

#define	UDPSTAT_ADD(name, val)	udpstat.name += (val)
#define	UDPSTAT_INC(name)	UDPSTAT_ADD(name, 1)

int	udp_bind(u_short);
void	udp_destroy(void);
void	udp_init(void);
void	udp_input(struct mbuf *, int);
int	udp_output(u_short, uint32_t, u_short, const char *);
#endif /* _KERNEL */

#endif /* !_NETINET_UDP_VAR_H_ */
