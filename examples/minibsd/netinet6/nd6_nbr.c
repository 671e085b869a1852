/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The neighbor cache: a ring that begins and ends in llinfo_nd6.
 */

#ifdef INET6

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <netinet/in.h>
#include <netinet6/nd6.h>

static MALLOC_DEFINE(M_LLINFO, "llinfo", "neighbors");

struct llinfo_nd6 llinfo_nd6 = { .ln_next = &llinfo_nd6,
    .ln_prev = &llinfo_nd6 };

static int nbr_max = 16;		/* neighbors kept */
static int nbr_count = 0;

/* All knobs of this file look alike. */
#define	NBR_SYSCTL(leaf, access, descr)					\
	SYSCTL_INT(_net_inet6_icmp6, OID_AUTO, leaf, access,		\
	    &leaf, 0, descr)

NBR_SYSCTL(nbr_max, CTLFLAG_RW, "Neighbors that are kept");
NBR_SYSCTL(nbr_count, CTLFLAG_RD, "Neighbors that are known");

/* Whether the neighbor was known. */
int
nd6_cache_hit(const struct in6_addr *addr)
{
	struct llinfo_nd6 *ln;

	for (ln = llinfo_nd6.ln_next; ln != &llinfo_nd6; ln = ln->ln_next)
		if (bcmp(&ln->ln_addr, addr, sizeof(*addr)) == 0) {
			ln->ln_hits++;
			return (1);
		}
	if (nbr_count >= nbr_max)
		return (0);
	nbr_count++;
	ln = malloc(sizeof(*ln), M_LLINFO, M_NOWAIT | M_ZERO);
	ln->ln_addr = *addr;
	ln->ln_next = llinfo_nd6.ln_next;
	ln->ln_prev = &llinfo_nd6;
	ln->ln_next->ln_prev = ln;
	llinfo_nd6.ln_next = ln;
	return (0);
}

static void
nbr_flush(const void *unused __unused)
{
	struct llinfo_nd6 *ln;

	while ((ln = llinfo_nd6.ln_next) != &llinfo_nd6) {
		llinfo_nd6.ln_next = ln->ln_next;
		ln->ln_next->ln_prev = &llinfo_nd6;
		free(ln, M_LLINFO);
		nbr_count--;
	}
}
SYSUNINIT(nbr_flush, SI_SUB_PROTO_DOMAIN, SI_ORDER_ANY, nbr_flush, NULL);

DB_SHOW_COMMAND(nbr, db_show_nbr)
{
	struct llinfo_nd6 *ln;

	for (ln = llinfo_nd6.ln_prev; ln != &llinfo_nd6; ln = ln->ln_prev)
		printf("neighbor ::%x hits %d\n",
		    ntohl(ln->ln_addr.s6_addr32[3]), ln->ln_hits);
}

#endif /* INET6 */
