/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Neighbor discovery.
 */

#ifdef INET6

#include <sys/param.h>
#include <sys/callout.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet6/ip6_var.h>
#include <netinet6/nd6.h>

/* timer values */
int	nd6_prune	= 1,	/* walk list every 1 seconds */
	nd6_delay	= 5;	/* delay first probe time 5 second */
static int nd6_maxnudhint = 0;	/* max # of subsequent upper layer hints */

/* preventing too many loops in ND option parsing */
static int nd6_maxndopt = 10;	/* max # of ND options allowed */

#ifdef ND6_DEBUG
int nd6_debug = 1;
#else
int nd6_debug = 0;
#endif

/* for debugging? */
#if 0
static int nd6_inuse, nd6_allocated;
#endif

struct nd_drhead nd_defrouter;
struct nd_prhead nd_prefix = { NULL };

static MALLOC_DEFINE(M_IP6NDP, "ip6ndp", "IPv6 Neighbor Discovery");

static struct callout nd6_timer_ch;

static void	nd6_timer(void *);

void
nd6_init(void)
{

	TAILQ_INIT(&nd_defrouter);
	callout_init(&nd6_timer_ch, 0);
	callout_reset(&nd6_timer_ch, hz, nd6_timer, curvnet);
}

static void
defrtrlist_del(struct nd_defrouter *dr)
{

	TAILQ_REMOVE(&nd_defrouter, dr, dr_entry);
	free(dr, M_IP6NDP);
#if 0
	nd6_inuse--;
	nd6_debug = 0;
#endif
}

void
nd6_destroy(void)
{
	struct nd_defrouter *dr;
	struct nd_prefix *pr;

	callout_drain(&nd6_timer_ch);
	while ((dr = TAILQ_FIRST(&nd_defrouter)) != NULL)
		defrtrlist_del(dr);
	while ((pr = LIST_FIRST(&nd_prefix)) != NULL) {
		LIST_REMOVE(pr, ndpr_entry);
		free(pr, M_IP6NDP);
	}
}

/*
 * ND6 timer routine to expire default route list and prefix list
 */
static void
nd6_timer(void *arg)
{
	struct nd_defrouter *dr, *next;

	CURVNET_SET((struct vnet *)arg);
	callout_reset(&nd6_timer_ch, nd6_prune * hz, nd6_timer, curvnet);
	TAILQ_FOREACH_SAFE(dr, &nd_defrouter, dr_entry, next)
		if (--dr->expire <= 0)
			defrtrlist_del(dr);
	CURVNET_RESTORE();
}

static void
prelist_update(uint32_t prefix)
{
	struct nd_prefix *pr;

	LIST_FOREACH(pr, &nd_prefix, ndpr_entry)
		if (pr->ndpr_prefix == prefix)
			break;
	if (pr == NULL) {
		pr = malloc(sizeof(struct nd_prefix), M_IP6NDP,
		    M_NOWAIT | M_ZERO);
		pr->ndpr_prefix = prefix;
		LIST_INSERT_HEAD(&nd_prefix, pr, ndpr_entry);
	}
	pr->ndpr_refcnt++;
}

/* A router advertisement: one more router, and its prefix. */
void
nd6_input(struct mbuf *m, int off)
{
	struct nd_router_advert *ra;
	struct nd_defrouter *dr;
	struct ip6_hdr *ip6;

	ip6 = mtod(m, struct ip6_hdr *);
	ra = (struct nd_router_advert *)(mtod(m, caddr_t) + off);
	nd6_cache_hit(&ip6->ip6_src);
	if (ip6_forwarding || ra->nd_ra_type != ND_ROUTER_ADVERT ||
	    (m->m_len - off) / (int)sizeof(*ra) > nd6_maxndopt) {
		nd6log(("nd6_input: dropped, we are a %s\n", ip6_role));
		m_freem(m);
		return;
	}
	TAILQ_FOREACH(dr, &nd_defrouter, dr_entry)
		if (bcmp(&dr->rtaddr, &ip6->ip6_src, sizeof(dr->rtaddr)) == 0)
			break;
	if (dr == NULL) {
		dr = malloc(sizeof(*dr), M_IP6NDP, M_NOWAIT | M_ZERO);
		dr->rtaddr = ip6->ip6_src;
		TAILQ_INSERT_TAIL(&nd_defrouter, dr, dr_entry);
	}
	dr->expire = ntohs(ra->nd_ra_lifetime) + nd6_delay;
	prelist_update(ntohl(ra->nd_ra_prefix));
	if (nd6_maxnudhint < nd6_maxndopt)
		nd6_maxnudhint++;
	m_freem(m);
}

DB_SHOW_COMMAND(nd6, db_show_nd6)
{
	struct nd_defrouter *dr;
	struct nd_prefix *pr;

	TAILQ_FOREACH(dr, &nd_defrouter, dr_entry)
		printf("router ::%x expires in %d\n",
		    ntohl(dr->rtaddr.s6_addr32[3]), dr->expire);
	LIST_FOREACH(pr, &nd_prefix, ndpr_entry)
		printf("prefix %x refs %d\n", pr->ndpr_prefix,
		    pr->ndpr_refcnt);
	printf("%d hints\n", nd6_maxnudhint);
}

#endif /* INET6 */
