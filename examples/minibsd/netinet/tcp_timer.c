/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * TCP: the timers, which run for all stacks at once.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/in_pcb.h>
#include <netinet/tcp_var.h>

u_int	tcp_now;			/* for timestamps */

static int tcp_msl = 100;		/* in ticks, shown in msec */
SYSCTL_PROC(_net_inet_tcp, OID_AUTO, msl, CTLTYPE_INT | CTLFLAG_RW,
    &tcp_msl, 0, sysctl_msec_to_ticks, "I", "Maximum segment lifetime");

/*
 * One connection: a timer that ran out drops it.
 */
static int
tcp_timer(tp, msl)
	struct tcpcb *tp;
	int msl;
{

	if (tp->t_timer == 0 || --tp->t_timer > 0)
		return (0);
	if (tp->t_state == TCPS_TIME_WAIT && tcp_now * hz < (u_int)msl) {
		tp->t_timer = 1;
		return (0);
	}
	TCPSTAT_INC(tcps_keepdrops);
	tcp_drop(tp);
	return (1);
}

void
tcp_slowtimo()
{
	VNET_ITERATOR_DECL(vnet_iter);
	struct inpcb *inp, *next;

	VNET_LIST_RLOCK_NOSLEEP();
	VNET_FOREACH(vnet_iter) {
		CURVNET_SET(vnet_iter);
		tcp_now++;
		LIST_FOREACH_SAFE(inp, &tcb, inp_list, next)
			tcp_timer(intotcpcb(inp), tcp_msl);
		CURVNET_RESTORE();
	}
	VNET_LIST_RUNLOCK_NOSLEEP();
}

/* Acknowledge what waits for it. */
void
tcp_fasttimo(void)
{
	VNET_ITERATOR_DECL(vnet_iter);
	struct inpcb *inp;

	VNET_LIST_RLOCK_NOSLEEP();
	VNET_FOREACH(vnet_iter) {
		CURVNET_SET(vnet_iter);
		LIST_FOREACH(inp, &tcb, inp_list)
			if (intotcpcb(inp)->t_delack) {
				intotcpcb(inp)->t_delack = 0;
				TCPSTAT_INC(tcps_delack);
			}
		CURVNET_RESTORE();
	}
	VNET_LIST_RUNLOCK_NOSLEEP();
}
