/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Neighbor discovery: what is known about routers, prefixes and neighbors.
 */

#ifndef _NETINET6_ND6_H_
#define	_NETINET6_ND6_H_

#include <sys/queue.h>

#include <netinet6/ip6_var.h>

#define	ND_ROUTER_ADVERT	134

struct nd_router_advert {
	u_char	nd_ra_type;
	u_char	nd_ra_curhoplimit;
	u_short	nd_ra_lifetime;		/* seconds */
	uint32_t nd_ra_prefix;
};

struct nd_defrouter {
	TAILQ_ENTRY(nd_defrouter) dr_entry;
	struct	in6_addr rtaddr;
	int	expire;			/* seconds left */
};

struct nd_prefix {
	LIST_ENTRY(nd_prefix) ndpr_entry;
	uint32_t ndpr_prefix;
	int	ndpr_refcnt;
};

/* A neighbor; all of them hang on a ring. */
struct llinfo_nd6 {
	struct	llinfo_nd6 *ln_next;
	struct	llinfo_nd6 *ln_prev;
	struct	in6_addr ln_addr;
	int	ln_hits;
};

TAILQ_HEAD(nd_drhead, nd_defrouter);
LIST_HEAD(nd_prhead, nd_prefix);

#ifdef _KERNEL
#include <net/vnet.h>

VNET_DECLARE(int, nd6_prune);
VNET_DECLARE(int, nd6_delay);
VNET_DECLARE(int, nd6_debug);
VNET_DECLARE(struct nd_drhead, nd_defrouter);
VNET_DECLARE(struct nd_prhead, nd_prefix);

#define	V_nd6_prune		VNET(nd6_prune)
#define	V_nd6_delay		VNET(nd6_delay)
#define	V_nd6_debug		VNET(nd6_debug)
#define	V_nd_defrouter		VNET(nd_defrouter)
#define	V_nd_prefix		VNET(nd_prefix)

extern struct llinfo_nd6 llinfo_nd6;

#define	nd6log(x)	do { if (V_nd6_debug) printf x; } while (/*CONSTCOND*/ 0)

void	nd6_destroy(void);
void	nd6_init(void);
void	nd6_input(struct mbuf *, int);

int	nd6_cache_hit(const struct in6_addr *);
#endif /* _KERNEL */

#endif /* !_NETINET6_ND6_H_ */
