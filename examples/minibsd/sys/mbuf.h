/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Packet buffers.  A packet is one mbuf here, there are no chains.
 */

#ifndef _SYS_MBUF_H_
#define	_SYS_MBUF_H_

#include <sys/types.h>

#define	MSIZE		512
#define	MHEADROOM	64		/* for headers put in front later */

struct ifnet;

struct pkthdr {
	struct ifnet *rcvif;		/* interface it came in by */
	int	len;			/* length of the packet */
	int	fibnum;			/* routing table to use */
};

struct mbuf {
	struct mbuf *m_nextpkt;
	caddr_t	m_data;
	int	m_len;
	int	m_flags;
	struct pkthdr m_pkthdr;
	char	m_dat[MSIZE];
};

#define	M_BCAST		0x0001
#define	M_MCAST		0x0002
#define	M_PROTO_SEEN	0x0100		/* the packet filter has seen it */

#define	mtod(m, t)	((t)((m)->m_data))

struct mbuf	*m_gethdr(int);
void		m_adj(struct mbuf *, int);
void		m_cat(struct mbuf *, struct mbuf *);
int		m_append(struct mbuf *, int, const void *);
struct mbuf	*m_dup(const struct mbuf *);
void		m_freem(struct mbuf *);
struct mbuf	*m_prepend(struct mbuf *, int);
int		m_inuse(void);

#endif /* !_SYS_MBUF_H_ */
