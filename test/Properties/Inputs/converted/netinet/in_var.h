/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Internet addresses of interfaces, and how to find them.
 */

#ifndef _NETINET_IN_VAR_H_
#define	_NETINET_IN_VAR_H_

#ifdef _KERNEL
#include <net/if_var.h>
#include <net/vnet.h>

struct in_ifaddr {
	struct ifaddr ia_ifa;		/* must be first */
	LIST_ENTRY(in_ifaddr) ia_hash;	/* entry in bucket of addresses */
	TAILQ_ENTRY(in_ifaddr) ia_link;	/* list of all */
	uint32_t ia_addr;		/* host byte order, as is the mask */
	uint32_t ia_mask;
};

#define	ia_ifp		ia_ifa.ifa_ifp

TAILQ_HEAD(in_ifaddrhead, in_ifaddr);
LIST_HEAD(in_ifaddrhashhead, in_ifaddr);

VNET_DECLARE(struct in_ifaddrhashhead *, in_ifaddrhashtbl);
VNET_DECLARE(struct in_ifaddrhead, in_ifaddrhead);
VNET_DECLARE(u_long, in_ifaddrhmask);	/* mask for the hash table */

#define	V_in_ifaddrhashtbl	VNET(in_ifaddrhashtbl)
#define	V_in_ifaddrhead		VNET(in_ifaddrhead)
#define	V_in_ifaddrhmask	VNET(in_ifaddrhmask)

#define	INADDR_NHASH	8
#define	INADDR_HASHVAL(x)	((x) ^ (x) >> 16)
#define	INADDR_HASH(x)							\
	(&V_in_ifaddrhashtbl[INADDR_HASHVAL(x) & V_in_ifaddrhmask])

/*
 * Macro for finding the internet address structure (in_ifaddr) that has
 * exactly this address.
 */
#define	INADDR_TO_IFADDR(addr, ia)					\
	/* uint32_t addr; */						\
	/* struct in_ifaddr *ia; */					\
do {									\
	LIST_FOREACH(ia, INADDR_HASH(addr), ia_hash)			\
		if ((ia)->ia_addr == (addr))				\
			break;						\
} while (0)

/* The first address of an interface. */
#define	IFP_TO_IA(ifp, ia)						\
	/* struct ifnet *ifp; */					\
	/* struct in_ifaddr *ia; */					\
do {									\
	for ((ia) = TAILQ_FIRST(&V_in_ifaddrhead);			\
	    (ia) != NULL && (ia)->ia_ifp != (ifp);			\
	    (ia) = TAILQ_NEXT((ia), ia_link))				\
		continue;						\
} while (0)

/* Comings and goings; only in.c looks inside. */
VNET_DECLARE(struct in_ifcount, in_ifcount);
#define	V_in_ifcount		VNET(in_ifcount)

void	in_ifcount_show(const struct in_ifcount *);
int	in_control_add(struct ifnet *, uint32_t, uint32_t);
void	in_ifdetach(struct ifnet *);
int	in_localaddr(uint32_t);

/* Multicast groups, in igmp.c. */
int	in_joingroup(struct ifnet *, uint32_t);
void	in_leavegroups(struct ifnet *);
int	in_ismember(const struct ifnet *, uint32_t);
#endif /* _KERNEL */

#endif /* !_NETINET_IN_VAR_H_ */
