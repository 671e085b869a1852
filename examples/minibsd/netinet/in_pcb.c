/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Protocol control blocks: ports, lookup.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <netinet/in.h>
#include <netinet/in_pcb.h>

static MALLOC_DEFINE(M_PCB, "pcb", "protocol control blocks");

/*
 * These configure the range of local port addresses assigned to
 * "unspecified" outgoing connections.
 */
int	ipport_firstauto = IPPORT_HIFIRSTAUTO;	/* 49152 */
int	ipport_lastauto  = IPPORT_HILASTAUTO;	/* 65535 */

#define	RANGECHK(var, min, max)						\
	if ((var) < (min)) { (var) = (min); }				\
	else if ((var) > (max)) { (var) = (max); }

static int
sysctl_net_ipport_check(SYSCTL_HANDLER_ARGS)
{
	int error;

	(void)arg2;
	error = sysctl_handle_int(oidp, arg1, 0, req);
	if (error == 0) {
		RANGECHK(ipport_firstauto, IPPORT_RESERVED, 65535);
		RANGECHK(ipport_lastauto, ipport_firstauto, 65535);
	}
	return (error);
}

#undef RANGECHK

SYSCTL_NODE(_net_inet_ip, OID_AUTO, portrange, CTLFLAG_RW, 0, "IP Ports");

SYSCTL_PROC(_net_inet_ip_portrange, OID_AUTO, first, CTLTYPE_INT | CTLFLAG_RW,
	   &ipport_firstauto, 0, &sysctl_net_ipport_check, "I", "");
SYSCTL_PROC(_net_inet_ip_portrange, OID_AUTO, last, CTLTYPE_INT | CTLFLAG_RW,
	   &ipport_lastauto, 0, &sysctl_net_ipport_check, "I", "");

void
in_pcbinfo_init(struct inpcbinfo *pcbinfo, struct inpcbhead *listhead,
    int hashsize)
{

	LIST_INIT(listhead);
	pcbinfo->ipi_listhead = listhead;
	pcbinfo->ipi_hashbase = hashinit(hashsize, M_PCB,
	    &pcbinfo->ipi_hashmask);
	pcbinfo->ipi_count = 0;
	pcbinfo->ipi_lastport = 0;
}

void
in_pcbinfo_destroy(struct inpcbinfo *pcbinfo)
{

	KASSERT(pcbinfo->ipi_count == 0, ("%u pcbs left", pcbinfo->ipi_count));
	hashdestroy(pcbinfo->ipi_hashbase, M_PCB, pcbinfo->ipi_hashmask);
}

struct inpcb *
in_pcballoc(struct inpcbinfo *pcbinfo)
{
	struct inpcb *inp;

	inp = malloc(sizeof(*inp), M_PCB, M_NOWAIT | M_ZERO);
	inp->inp_pcbinfo = pcbinfo;
	LIST_INSERT_HEAD(pcbinfo->ipi_listhead, inp, inp_list);
	pcbinfo->ipi_count++;
	return (inp);
}

void
in_pcbfree(struct inpcb *inp)
{

	if (inp->inp_lport != 0)
		LIST_REMOVE(inp, inp_hash);
	LIST_REMOVE(inp, inp_list);
	inp->inp_pcbinfo->ipi_count--;
	free(inp, M_PCB);
}

/* The connection if there is one, else who listens on the port. */
struct inpcb *
in_pcblookup(struct inpcbinfo *pcbinfo, uint32_t faddr, u_short fport,
    u_short lport)
{
	struct inpcb *inp, *wild;

	wild = NULL;
	LIST_FOREACH(inp, &pcbinfo->ipi_hashbase[INP_PCBHASH(lport,
	    pcbinfo->ipi_hashmask)], inp_hash) {
		if (inp->inp_lport != lport)
			continue;
		if (inp->inp_faddr == faddr && inp->inp_fport == fport)
			return (inp);
		if (inp->inp_faddr == 0)
			wild = inp;
	}
	return (wild);
}

static u_short
in_pcbautoport(struct inpcbinfo *pcbinfo)
{
	u_short lastport;
	int count;

	lastport = pcbinfo->ipi_lastport;
	for (count = ipport_lastauto - ipport_firstauto; count >= 0; count--) {
		++lastport;
		if (lastport < ipport_firstauto || lastport > ipport_lastauto)
			lastport = ipport_firstauto;
		if (in_pcblookup(pcbinfo, 0, 0, lastport) == NULL)
			break;
	}
	pcbinfo->ipi_lastport = lastport;
	return (lastport);
}

int
in_pcbbind(struct inpcb *inp, uint32_t laddr, u_short lport)
{
	struct inpcbinfo *pcbinfo;

	pcbinfo = inp->inp_pcbinfo;
	if (lport == 0)
		lport = in_pcbautoport(pcbinfo);
	else if (in_pcblookup(pcbinfo, inp->inp_faddr, inp->inp_fport,
	    lport) != NULL && inp->inp_faddr == 0)
		return (EADDRINUSE);
	inp->inp_laddr = laddr;
	inp->inp_lport = lport;
	LIST_INSERT_HEAD(&pcbinfo->ipi_hashbase[INP_PCBHASH(lport,
	    pcbinfo->ipi_hashmask)], inp, inp_hash);
	return (0);
}

void
in_pcbshow(const char *proto, const struct inpcbhead *tcb)
{
	const struct inpcb *inp;

	LIST_FOREACH(inp, tcb, inp_list)
		printf("%s %x.%d %x.%d received %u\n", proto, inp->inp_laddr,
		    inp->inp_lport, inp->inp_faddr, inp->inp_fport,
		    inp->inp_rcvd);
}
