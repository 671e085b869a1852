/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * TCP: input, a small part of it.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <netinet/in.h>
#include <netinet/in_pcb.h>
#include <netinet/ip_icmp.h>
#include <netinet/ip_var.h>
#include <netinet/tcp_var.h>

int tcp_delack_enabled;			/* set below */

static int blackhole = 0;
SYSCTL_INT(_net_inet_tcp, OID_AUTO, blackhole, CTLFLAG_RW, &blackhole, 0,
    "Do not send RST on segments to closed ports");

int tcp_delack_enabled = 1;
SYSCTL_INT(_net_inet_tcp, OID_AUTO, delayed_ack, CTLFLAG_RW,
    &tcp_delack_enabled, 0,
    "Delay ACK to try and piggyback it onto a data packet");

static int drop_synfin = 0;
SYSCTL_INT(_net_inet_tcp, OID_AUTO, drop_synfin, CTLFLAG_RW, &drop_synfin, 0,
    "Drop TCP packets with SYN+FIN set");

/*
 * Indicate whether this ack should be delayed.
 */
#define	DELAY_ACK(tp)							\
	(tcp_delack_enabled && (tp)->t_delack == 0 &&			\
	    (tp)->t_state == TCPS_ESTABLISHED)

#define	TCP_TRACE(what, var)						\
	CTR2(KTR_INET, "%s: " #var " is %d", (what), (var))

static struct tcpcb *
tcp_accept(struct mbuf *m, struct ip *ip, struct tcphdr *th)
{
	struct inpcb *inp;
	struct tcpcb *tp;

	inp = in_pcballoc(&tcbinfo);
	inp->inp_faddr = ntohl(ip->ip_src.s_addr);
	inp->inp_fport = ntohs(th->th_sport);
	in_pcbbind(inp, ntohl(ip->ip_dst.s_addr), ntohs(th->th_dport));
	tp = tcp_newtcpcb(inp);
	tp->t_state = TCPS_SYN_RECEIVED;
	tp->t_timer = 6;
	tp->rcv_nxt = ntohl(th->th_seq) + 1;
	tp->snd_nxt = TCP_NEW_ISS();
	TCPSTAT_INC(tcps_accepts);
	if (tcp_accept_hook != NULL && (*tcp_accept_hook)(tp, tp->snd_nxt)) {
		m_freem(m);
		return (tcp_drop(tp));
	}
	tcp_respond(tp, m, tp->rcv_nxt, tp->snd_nxt++, TH_SYN | TH_ACK);
	return (tp);
}

/* A segment of a connection: acknowledgement, data, or the end. */
static void
tcp_do_segment(struct mbuf *m, struct tcphdr *th, struct tcpcb *tp, int tlen)
{

	if ((th->th_flags & TH_RST) != 0) {
		tcp_drop(tp);
		m_freem(m);
		return;
	}
	if (ntohl(th->th_seq) != tp->rcv_nxt) {
		TCPSTAT_INC(tcps_rcvoopack);
		tcp_respond(tp, m, tp->rcv_nxt, tp->snd_nxt, TH_ACK);
		return;
	}
	if (tp->t_state == TCPS_SYN_RECEIVED && (th->th_flags & TH_ACK) != 0) {
		TCPSTAT_INC(tcps_connects);
		tp->t_state = TCPS_ESTABLISHED;
		tp->t_timer = 0;
	}
	tp->rcv_nxt += tlen;
	tp->t_inpcb->inp_rcvd += tlen;
	TCPSTAT_ADD(tcps_rcvbyte, tlen);
	if ((th->th_flags & TH_FIN) != 0) {
		tp->rcv_nxt++;
		tp->t_state = TCPS_TIME_WAIT;
		tp->t_timer = 2;
	} else if (tlen == 0 || DELAY_ACK(tp)) {
		tp->t_delack = tlen != 0;
		m_freem(m);
		return;
	}
	tp->t_delack = 0;
	tcp_respond(tp, m, tp->rcv_nxt, tp->snd_nxt, TH_ACK);
}

void
tcp_input(struct mbuf *m, int off)
{
	struct tcphdr *th;
	struct inpcb *inp;
	struct tcpcb *tp;
	struct ip *ip;
	int tlen;

	TCPSTAT_INC(tcps_rcvtotal);
	TCP_TRACE("tcp_input", drop_synfin);
	ip = mtod(m, struct ip *);
	tlen = m->m_len - off - sizeof(*th);
	if (tlen < 0)
		goto blackhole;
	th = (struct tcphdr *)(mtod(m, caddr_t) + off);
#ifdef TCP_STRICT
	if (drop_synfin || (th->th_flags & (TH_SYN | TH_FIN)) == 0) {
#else
	if (drop_synfin && (th->th_flags & (TH_SYN | TH_FIN)) ==
	    (TH_SYN | TH_FIN)) {
#endif
		CTR1(KTR_INET, "dropped, drop_synfin is %d", drop_synfin);
		goto blackhole;
	}
	inp = in_pcblookup(&tcbinfo, ntohl(ip->ip_src.s_addr),
	    ntohs(th->th_sport), ntohs(th->th_dport));
	if (inp == NULL) {
		TCPSTAT_INC(tcps_noport);
		if (blackhole || (th->th_flags & TH_RST) != 0)
			goto blackhole;
		goto dropwithreset;
	}
	tp = intotcpcb(inp);
	if (tp->t_state != TCPS_LISTEN) {
		tcp_do_segment(m, th, tp, tlen);
		return;
	}
	if ((th->th_flags & (TH_SYN | TH_ACK | TH_RST)) == TH_SYN) {
		tcp_accept(m, ip, th);
		return;
	}
dropwithreset:
	if (badport_bandlim(BANDLIM_RST) == 0) {
		TCPSTAT_INC(tcps_sndrst);
		tcp_respond(NULL, m, ntohl(th->th_seq) + tlen, 0,
		    TH_RST | TH_ACK);
		return;
	}
blackhole:
	m_freem(m);
}
