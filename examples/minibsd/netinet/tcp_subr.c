/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * TCP: control blocks, sequence numbers, and answers.
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
#include <netinet/ip_var.h>
#include <netinet/tcp_var.h>

#define	TCP_MSS		216
#define	TCBHASHSIZE	8
#define	ISN_SECRET_LEN	16

static MALLOC_DEFINE(M_TCPCB, "tcpcb", "TCP control blocks");

struct inpcbhead tcb;
struct inpcbinfo tcbinfo;
struct tcpstat tcpstat;
SYSCTL_STRUCT(_net_inet_tcp, OID_AUTO, stats, CTLFLAG_RW, &tcpstat, tcpstat,
    "TCP statistics (struct tcpstat, netinet/tcp_var.h)");
SYSCTL_UINT(_net_inet_tcp, OID_AUTO, pcbcount, CTLFLAG_RD,
    &tcbinfo.ipi_count, 0, "Number of active PCBs");

int	tcp_mssdflt = TCP_MSS;
SYSCTL_INT(_net_inet_tcp, OID_AUTO, mssdflt, CTLFLAG_RW, &tcp_mssdflt, 0,
    "Default TCP Maximum Segment Size");

/* Called for each connection; a loadable module may set it. */
int	(*tcp_accept_hook)(const struct tcpcb *, uint32_t);

static	int tcp_do_rfc1323 = 1, tcp_do_rfc1644 = 0,	/* extensions */
	    tcp_log_debug,		/* of the machine: stays global */
	    *tcp_debug_level = &tcp_log_debug;
SYSCTL_INT(_net_inet_tcp, OID_AUTO, rfc1323, CTLFLAG_RW, &tcp_do_rfc1323, 0,
    "Enable rfc1323 (high performance TCP) extensions");
SYSCTL_INT(_net_inet_tcp, OID_AUTO, rfc1644, CTLFLAG_RW, &tcp_do_rfc1644, 0,
    "Enable rfc1644 (TTCP) extensions");
SYSCTL_INT(_net_inet_tcp, OID_AUTO, log_debug, CTLFLAG_RW, &tcp_log_debug, 0,
    "Log errors caused by incoming TCP segments");

static u_char isn_secret[ISN_SECRET_LEN] __aligned(8);
static uint32_t isn_offset;		/* grows with each connection */
static volatile int isn_reseed = 1;	/* somebody asked for a new secret */

_Static_assert(sizeof(isn_secret) == ISN_SECRET_LEN, "length of the secret");

SYSCTL_INT(_net_inet_tcp, OID_AUTO, isn_reseed, CTLFLAG_RW,
    (void *)(uintptr_t)&isn_reseed, 0, "Choose a new ISN secret");

/* Programs rely on it. */
CTASSERT(__offsetof(struct tcp_sysinfo, tcb) == 0);

/* Counts states, as seen by the last one who asked. */
static u_int tcp_states[TCP_NSTATES] = {
	0,
	0, 0,				/* LISTEN, SYN_RECEIVED */
#ifdef INET6
	0,
#else
	0,
#endif
	0
};
SYSCTL_UINT(_net_inet_tcp, OID_AUTO, established, CTLFLAG_RD,
    &tcp_states[TCPS_ESTABLISHED], 0, "Connections, at the last count");

void
tcp_init(void)
{

	in_pcbinfo_init(&tcbinfo, &tcb, TCBHASHSIZE);
}

void
tcp_destroy(void)
{
	struct inpcb *inp;

	while ((inp = LIST_FIRST(&tcb)) != NULL)
		tcp_drop(intotcpcb(inp));
	in_pcbinfo_destroy(&tcbinfo);
}

uint32_t
tcp_new_isn(void)
{
	char buf[sizeof isn_secret];
	typeof(isn_offset) isn;
	size_t i;

	/* The timer may ask at any time, look again at each call. */
	__asm volatile("" : "+m" (isn_offset));
	if (isn_reseed != 0) {
		for (i = 0; i < nitems(isn_secret); i++)
			isn_secret[i] = arc4random();
		isn_reseed = 0;
	}
	bcopy(isn_secret, buf, sizeof(buf));
	for (isn = isn_offset, i = 0; i < sizeof(buf); i++)
		isn = isn * 33 + (u_char)buf[i];
	isn_offset += 1 << 12;
	return (isn);
}

struct tcpcb *
tcp_newtcpcb(struct inpcb *inp)
{
	struct tcpcb *tp;
	u_short tcp_mss = tcp_mssdflt;

	tp = malloc(sizeof(*tp), M_TCPCB, M_NOWAIT | M_ZERO);
	tp->t_inpcb = inp;
	tp->t_maxseg = tcp_do_rfc1323 ? tcp_mss - 12 : tcp_mss;
	if (*tcp_debug_level > 1)
		printf("tcp: maxseg %u\n", tp->t_maxseg);
	inp->inp_ppcb = tp;
	return (tp);
}

struct tcpcb *
tcp_drop(struct tcpcb *tp)
{

	if (tp->t_state >= TCPS_ESTABLISHED)
		TCPSTAT_INC(tcps_drops);
	else
		tcpstat.tcps_closed++;
	in_pcbfree(tp->t_inpcb);
	free(tp, M_TCPCB);
	return (NULL);
}

int
tcp_listen(u_short lport)
{
	struct inpcb *inp;
	struct tcpcb *tp;
	int error;

	inp = in_pcballoc(&tcbinfo);
	error = in_pcbbind(inp, 0, lport);
	if (error != 0) {
		in_pcbfree(inp);
		return (error);
	}
	tp = tcp_newtcpcb(inp);
	tp->t_state = TCPS_LISTEN;
	return (0);
}

/* Answer packet m, which is freed; without tp there is no connection. */
void
tcp_respond(struct tcpcb *tp, struct mbuf *m, uint32_t ack, uint32_t seq,
    int flags)
{
	struct ip *ip, *nip;
	struct tcphdr *th, *nth;
	struct mbuf *n;

	ip = mtod(m, struct ip *);
	th = (struct tcphdr *)(ip + 1);
	n = m_gethdr(M_NOWAIT);
	n->m_len = n->m_pkthdr.len = sizeof(*nip) + sizeof(*nth);
	n->m_pkthdr.fibnum = m->m_pkthdr.fibnum;
	nip = mtod(n, struct ip *);
	nip->ip_src = ip->ip_dst;
	nip->ip_dst = ip->ip_src;
	nip->ip_p = IPPROTO_TCP;
	nth = (struct tcphdr *)(nip + 1);
	nth->th_sport = th->th_dport;
	nth->th_dport = th->th_sport;
	nth->th_seq = htonl(seq);
	nth->th_ack = htonl(ack);
	nth->th_flags = flags;
	nth->th_off = sizeof(*nth) >> 2 << 4;
	nth->th_win = htons(tp != NULL ? tp->t_maxseg : 0);
	TCPSTAT_INC(tcps_sndtotal);
	m_freem(m);
	ip_output(n, 0);
}

DB_SHOW_COMMAND(tcb, db_show_tcb)
{
	struct tcp_sysinfo info = {
		.tcb = &tcb,
		.tcbinfo = INP_INFO_COUNT(&tcbinfo),
		.tcp_mssdflt = tcp_mssdflt,
	};
	struct inpcb *inp;

	bzero(tcp_states, sizeof(tcp_states));
	LIST_FOREACH(inp, &tcb6, inp_list)
		tcp_states[intotcpcb(inp)->t_state]++;
	printf("%u blocks, %u established, mss %u, isn offset %u\n",
	    info.tcbinfo, tcp_states[TCPS_ESTABLISHED], info.tcp_mssdflt,
	    isn_offset);
	in_pcbshow("tcp", info.tcb);
}
