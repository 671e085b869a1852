/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The transmission control protocol.  The counters and the table of the control
 * blocks are for netstat(1), too.
 */

#ifndef _NETINET_TCP_VAR_H_
#define	_NETINET_TCP_VAR_H_

#include <netinet/in_pcb.h>

#define	TH_FIN		0x01
#define	TH_SYN		0x02
#define	TH_RST		0x04
#define	TH_ACK		0x10

#define	TCPS_CLOSED		0
#define	TCPS_LISTEN		1
#define	TCPS_SYN_RECEIVED	2
#define	TCPS_ESTABLISHED	3
#define	TCPS_TIME_WAIT		4
#define	TCP_NSTATES		5

struct tcphdr {
	u_short	th_sport;
	u_short	th_dport;
	uint32_t th_seq;
	uint32_t th_ack;
	u_char	th_flags;
	u_char	th_off;
	u_short	th_win;
};

struct tcpcb {
	struct inpcb *t_inpcb;
	int	t_state;
	int	t_timer;		/* slow timeouts until it is dropped */
	int	t_delack;		/* an ACK is to be sent */
	uint32_t snd_nxt;
	uint32_t rcv_nxt;
	u_short	t_maxseg;
};

struct tcpstat {
	u_int	tcps_connects;		/* connections established */
	u_int	tcps_accepts;		/* connections accepted */
	u_int	tcps_drops;		/* connections dropped */
	u_int	tcps_keepdrops;		/* ... by a timer */
	u_int	tcps_closed;
	u_int	tcps_rcvtotal;		/* total packets received */
	u_int	tcps_rcvbyte;		/* bytes received in sequence */
	u_int	tcps_rcvoopack;		/* out-of-order packets */
	u_int	tcps_noport;		/* nobody listens */
	u_int	tcps_sndtotal;		/* total packets sent */
	u_int	tcps_sndrst;
	u_int	tcps_delack;		/* delayed ACKs sent */
};

/* A summary for programs. */
struct tcp_sysinfo {
	struct	inpcbhead *tcb;
	u_int	tcbinfo;		/* number of control blocks */
	u_short	tcp_mssdflt;
	u_short	blackhole;
};

#ifdef _KERNEL
#include <net/vnet.h>

VNET_DECLARE(struct inpcbhead, tcb);	/* head of queue of active tcpcb's */
VNET_DECLARE(struct tcpstat, tcpstat);	/* tcp statistics */

#define	V_tcb			VNET(tcb)
#define	V_tcpstat		VNET(tcpstat)

VNET_DECLARE(struct inpcbinfo, tcbinfo);
VNET_DECLARE(int, tcp_mssdflt);	/* XXX */
VNET_DECLARE(int, tcp_delack_enabled);
typedef int (*tcp_accept_hook_t)(const struct tcpcb *, uint32_t);
VNET_DECLARE(tcp_accept_hook_t, tcp_accept_hook);
VNET_DECLARE(u_int, tcp_now);

#define	V_tcbinfo		VNET(tcbinfo)
#define	V_tcp_mssdflt		VNET(tcp_mssdflt)
#define	V_tcp_delack_enabled	VNET(tcp_delack_enabled)
#define	V_tcp_accept_hook	VNET(tcp_accept_hook)
#define	V_tcp_now		VNET(tcp_now)

#define	tcb6		V_tcb	/* the list is one for both families */

#define	TCPSTAT_ADD(name, val)	V_tcpstat.name += (val)
#define	TCPSTAT_DEC(name)	do { V_tcpstat.name--; } while (0)
#define	TCPSTAT_INC(name)	TCPSTAT_ADD(name, 1)

/* A new initial sequence number: never the same in a stack. */
#define	TCP_NEW_ISS() ({						\
	uint32_t _iss = tcp_new_isn();					\
									\
	_iss += V_tcp_now;						\
	_iss;								\
})

#define	intotcpcb(inp)	((struct tcpcb *)(inp)->inp_ppcb)

struct mbuf;

void	tcp_destroy(void);
struct tcpcb *tcp_drop(struct tcpcb *);
void	tcp_fasttimo(void);
void	tcp_init(void);
void	tcp_input(struct mbuf *, int);
int	tcp_listen(u_short);
uint32_t tcp_new_isn(void);
struct tcpcb *tcp_newtcpcb(struct inpcb *);
void	tcp_respond(struct tcpcb *, struct mbuf *, uint32_t, uint32_t, int);
void	tcp_slowtimo(void);
#endif /* _KERNEL */

#endif /* !_NETINET_TCP_VAR_H_ */
