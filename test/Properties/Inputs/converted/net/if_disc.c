/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The discard interface: keeps the last packets that were sent, and drops them
 * in the end.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_clone.h>
#include <net/if_var.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/in_var.h>

struct disc_pkt {
	STAILQ_ENTRY(disc_pkt) dp_link;
	struct mbuf *dp_m;
	uint32_t dp_nexthop;
};

struct disc_softc {
	LIST_ENTRY(disc_softc) sc_list;
	STAILQ_HEAD(, disc_pkt) sc_queue;
	int	sc_qlen;
	struct ifnet *sc_ifp;
};

static MALLOC_DEFINE(M_DISC, "disc", "discard interface");

/* All discard interfaces, the newest first. */
LIST_HEAD(disc_list, disc_softc);
VNET_DEFINE_STATIC(struct disc_list, disc_softc_list);
VNET_DEFINE_STATIC(int, disc_hiwat) = 4;	/* packets kept */
VNET_DEFINE_STATIC(struct if_clone *, disc_cloner);

#define	V_disc_softc_list	VNET(disc_softc_list)
#define	V_disc_hiwat		VNET(disc_hiwat)
#define	V_disc_cloner		VNET(disc_cloner)

SYSCTL_DECL(_net_link);
SYSCTL_NODE(_net_link, OID_AUTO, disc, CTLFLAG_RW, 0, "Discard interface");
SYSCTL_INT(_net_link_disc, OID_AUTO, hiwat, CTLFLAG_VNET | CTLFLAG_RW,
    &VNET_NAME(disc_hiwat), 0, "Packets that each interface keeps");

static void
disc_trim(struct disc_softc *sc, int max)
{
	struct disc_pkt *dp;

	while (sc->sc_qlen > max) {
		dp = STAILQ_FIRST(&sc->sc_queue);
		STAILQ_REMOVE_HEAD(&sc->sc_queue, dp_link);
		sc->sc_qlen--;
		sc->sc_ifp->if_oqdrops++;
		m_freem(dp->dp_m);
		free(dp, M_DISC);
	}
}

static int
disc_output(struct ifnet *ifp, struct mbuf *m, uint32_t nexthop)
{
	struct disc_softc *sc;
	struct disc_pkt *dp;

	sc = ifp->if_softc;
	dp = malloc(sizeof(*dp), M_DISC, M_NOWAIT);
	dp->dp_m = m;
	dp->dp_nexthop = nexthop;
	STAILQ_INSERT_TAIL(&sc->sc_queue, dp, dp_link);
	sc->sc_qlen++;
	ifp->if_opackets++;
	disc_trim(sc, V_disc_hiwat);
	return (0);
}

static struct ifnet *
disc_clone_create(struct if_clone *ifc, int unit)
{
	struct disc_softc *sc;

	sc = malloc(sizeof(*sc), M_DISC, M_WAITOK | M_ZERO);
	STAILQ_INIT(&sc->sc_queue);
	sc->sc_ifp = if_alloc(ifc->ifc_name, unit);
	sc->sc_ifp->if_softc = sc;
	sc->sc_ifp->if_output = disc_output;
	LIST_INSERT_HEAD(&V_disc_softc_list, sc, sc_list);
	if_attach(sc->sc_ifp);
	return (sc->sc_ifp);
}

static void
disc_clone_destroy(struct ifnet *ifp)
{
	struct disc_softc *sc;

	sc = ifp->if_softc;
	in_ifdetach(ifp);
	if_detach(ifp);
	disc_trim(sc, 0);
	LIST_REMOVE(sc, sc_list);
	if_free(ifp);
	free(sc, M_DISC);
}

/* How many packets wait on all interfaces of a list. */
static int
disc_backlog(const struct disc_list *list)
{
	struct disc_softc *sc;
	int n;

	n = 0;
	LIST_FOREACH(sc, list, sc_list)
		n += sc->sc_qlen;
	return (n);
}

static void
vnet_disc_init(const void *unused __unused)
{

	V_disc_cloner = if_clone_simple("disc", disc_clone_create,
	    disc_clone_destroy);
}
VNET_SYSINIT(vnet_disc_init, SI_SUB_PSEUDO, SI_ORDER_MIDDLE, vnet_disc_init,
    NULL);

static void
vnet_disc_uninit(const void *unused __unused)
{

	if_clone_detach(V_disc_cloner);
}
VNET_SYSUNINIT(vnet_disc_uninit, SI_SUB_PSEUDO, SI_ORDER_MIDDLE,
    vnet_disc_uninit, NULL);

DB_SHOW_COMMAND(disc, db_show_disc)
{
	struct disc_softc *sc;
	struct disc_pkt *dp;

	printf("%d packets kept\n", disc_backlog(&V_disc_softc_list));
	LIST_FOREACH(sc, &V_disc_softc_list, sc_list) {
		printf("%s:", sc->sc_ifp->if_xname);
		STAILQ_FOREACH(dp, &sc->sc_queue, dp_link)
			printf(" %d>%x", dp->dp_m->m_pkthdr.len,
			    dp->dp_nexthop);
		printf("\n");
	}
}
