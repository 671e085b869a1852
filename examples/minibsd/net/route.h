/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Routes.  This header is read by programs, too.
 */

#ifndef _NET_ROUTE_H_
#define	_NET_ROUTE_H_

#include <sys/queue.h>
#include <sys/types.h>

#define	RT_MAXFIBS	2

#define	RTF_UP		0x0001
#define	RTF_GATEWAY	0x0002
#define	RTF_HOST	0x0004

struct rtstat {
	u_int	rts_lookups;		/* lookups */
	u_int	rts_unreach;		/* lookups that failed */
	u_int	rts_newroute;		/* routes added */
	u_int	rts_freed;		/* routes freed */
};

#ifdef _KERNEL
struct ifnet;

struct rtentry {
	LIST_ENTRY(rtentry) rt_link;
	uint32_t rt_dst;		/* all in host byte order */
	uint32_t rt_mask;
	uint32_t rt_gateway;
	int	rt_flags;
	int	rt_refcnt;
	struct ifnet *rt_ifp;
};

/* The routing tables, each sorted by length of the mask. */
LIST_HEAD(rthead, rtentry);

extern struct rtstat rtstat;
extern int rt_add_addr_allfibs;		/* which tables get new addresses */

#define	RTSTAT_ADD(name, val)	(rtstat.name += (val))
#define	RTSTAT_INC(name)	RTSTAT_ADD(name, 1)

int		rt_add(int, uint32_t, uint32_t, uint32_t, struct ifnet *);
void		rt_flushif(struct ifnet *);
struct rtentry	*rtalloc1(uint32_t, int);
void		rtfree(struct rtentry *);
#endif /* _KERNEL */

#endif /* !_NET_ROUTE_H_ */
