/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Network interfaces.
 */

#ifndef _NET_IF_VAR_H_
#define	_NET_IF_VAR_H_

#include <sys/queue.h>
#include <sys/types.h>

#define	IFNAMSIZ	16

#define	IFF_UP		0x0001
#define	IFF_LOOPBACK	0x0008

struct ifaddr;
struct mbuf;
struct rtentry;
struct vnet;

TAILQ_HEAD(ifnethead, ifnet);		/* we use TAILQs so that the order of */
LIST_HEAD(ifaddrhead, ifaddr);		/* interfaces is the order of arrival */

struct ifnet {
	TAILQ_ENTRY(ifnet) if_link;	/* all struct ifnets are chained */
	char	if_xname[IFNAMSIZ];	/* external name: driver and unit */
	int	if_dunit;
	u_int	if_index;		/* numeric abbreviation, from 1 */
	int	if_flags;
	int	if_mtu;
	u_long	if_ipackets;
	u_long	if_opackets;
	u_long	if_oqdrops;
	struct ifaddrhead if_addrhead;
	void	*if_softc;
	int	(*if_output)(struct ifnet *, struct mbuf *, uint32_t);
#ifdef VIMAGE
	struct vnet *if_vnet;		/* the stack it belongs to */
#endif
};

struct ifaddr {
	LIST_ENTRY(ifaddr) ifa_link;
	struct ifnet *ifa_ifp;
	int	ifa_family;
};

#ifdef _KERNEL
extern struct ifnethead ifnet;
extern struct ifnet **ifindex_table;
extern struct ifnet *loif;		/* first loopback interface */
extern int if_index;

/* Never fails for an index that if_attach() gave out. */
#define	ifnet_byindex_fast(idx)	(ifindex_table[(idx)])

struct ifnet	*if_alloc(const char *, int);
void		 if_attach(struct ifnet *);
void		 if_detach(struct ifnet *);
void		 if_free(struct ifnet *);
void		 if_input(struct ifnet *, struct mbuf *);
struct ifnet	*ifnet_byindex(u_int);
struct ifnet	*ifunit(const char *);
#endif /* _KERNEL */

#endif /* !_NET_IF_VAR_H_ */
