/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Multicast forwarding.
 */

#ifndef _NETINET_IP_MROUTE_H_
#define	_NETINET_IP_MROUTE_H_

#include <sys/types.h>

#define	MAXVIFS		4
#define	MFCTBLSIZ	8

typedef u_short vifi_t;			/* type of a vif index */

struct mrtstat {
	u_int	mrts_mfc_lookups;	/* # forw. cache hash table hits */
	u_int	mrts_mfc_misses;	/* # forw. cache hash table misses */
	u_int	mrts_upcalls;		/* # calls to the daemon */
	u_int	mrts_cache_cleanups;	/* # entries timed out */
};

#ifdef _KERNEL
#include <sys/queue.h>

struct ifnet;
struct mbuf;

struct vif {
	struct ifnet *v_ifp;
	u_long	v_pkt_in;
	u_long	v_pkt_out;
};

struct mfc {
	LIST_ENTRY(mfc) mfc_hash;
	uint32_t mfc_origin;		/* IP origin of mcasts */
	uint32_t mfc_mcastgrp;		/* multicast group associated */
	vifi_t	mfc_parent;		/* incoming vif */
	u_int	mfc_outgoing;		/* outgoing vifs, a bit each */
	int	mfc_expire;		/* seconds to live, 0 if for ever */
};

/* Used where mfcs of any kind are counted. */
LIST_HEAD(mfclist, mfc);

extern	int ip_mrouter;			/* a daemon is there */
extern	int (*ip_mrouter_set)(int, int);
extern	u_long (*ip_mcast_src)(int);

int	add_mfc(uint32_t, uint32_t, vifi_t, u_int);
int	add_vif(struct ifnet *);
int	ip_mforward(struct mbuf *);
int	ip_mrouter_init(int);
#endif /* _KERNEL */

#endif /* !_NETINET_IP_MROUTE_H_ */
