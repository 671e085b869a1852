/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Protocol control blocks.
 */

#ifndef _NETINET_IN_PCB_H_
#define	_NETINET_IN_PCB_H_

#include <sys/queue.h>
#include <sys/types.h>

LIST_HEAD(inpcbhead, inpcb);

/* All control blocks of one protocol. */
struct inpcbinfo {
	struct inpcbhead *ipi_listhead;
	struct inpcbhead *ipi_hashbase;
	u_long	ipi_hashmask;
	u_int	ipi_count;
	u_short	ipi_lastport;
};

struct inpcb {
	LIST_ENTRY(inpcb) inp_list;
	LIST_ENTRY(inpcb) inp_hash;
	struct inpcbinfo *inp_pcbinfo;
	uint32_t inp_faddr;		/* all in host byte order */
	uint32_t inp_laddr;
	u_short	inp_fport;
	u_short	inp_lport;
	u_int	inp_rcvd;		/* bytes received */
	void	*inp_ppcb;		/* what the protocol keeps */
};

#ifdef _KERNEL
extern int	ipport_firstauto;
extern int	ipport_lastauto;

#define	INP_PCBHASH(lport, mask)	((lport) & (mask))
#define	INP_INFO_COUNT(tcbinfo)		((tcbinfo)->ipi_count)

void	in_pcbinfo_init(struct inpcbinfo *, struct inpcbhead *, int);
void	in_pcbinfo_destroy(struct inpcbinfo *);
struct inpcb *in_pcballoc(struct inpcbinfo *);
int	in_pcbbind(struct inpcb *, uint32_t, u_short);
void	in_pcbfree(struct inpcb *);
struct inpcb *in_pcblookup(struct inpcbinfo *, uint32_t, u_short, u_short);
void	in_pcbshow(const char *proto, const struct inpcbhead *tcb);
#endif /* _KERNEL */

#endif /* !_NETINET_IN_PCB_H_ */
