/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The tunnel interface: packets go to a program, which there is none of here.
 * The list of all units is one for the machine, as are its lock and its switch.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/mutex.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_clone.h>
#include <net/if_var.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/in_var.h>

struct tun_softc {
	TAILQ_ENTRY(tun_softc) tun_list;
	struct ifnet *tun_ifp;
};

static MALLOC_DEFINE(M_TUN, "tun", "tunnel interface");

static struct mtx tunmtx;
MTX_SYSINIT(tun, &tunmtx, "tun", MTX_DEF);

static int tundebug = 0;
static TAILQ_HEAD(, tun_softc) tunhead = TAILQ_HEAD_INITIALIZER(tunhead);
static struct if_clone *tun_cloner;
static struct sysctl_ctx_list tun_ctx;

SYSCTL_DECL(_net_link);

static int
tunoutput(struct ifnet *ifp, struct mbuf *m, uint32_t nexthop)
{

	if (tundebug)
		printf("%s: packet to %x\n", ifp->if_xname, nexthop);
	ifp->if_opackets++;
	m_freem(m);
	return (0);
}

static struct ifnet *
tun_clone_create(struct if_clone *ifc, int unit)
{
	struct tun_softc *tp;

	tp = malloc(sizeof(*tp), M_TUN, M_WAITOK | M_ZERO);
	tp->tun_ifp = if_alloc(ifc->ifc_name, unit);
	tp->tun_ifp->if_softc = tp;
	tp->tun_ifp->if_output = tunoutput;
	if_attach(tp->tun_ifp);
	mtx_lock(&tunmtx);
	TAILQ_INSERT_TAIL(&tunhead, tp, tun_list);
	mtx_unlock(&tunmtx);
	return (tp->tun_ifp);
}

static void
tun_clone_destroy(struct ifnet *ifp)
{
	struct tun_softc *tp;

	tp = ifp->if_softc;
	mtx_lock(&tunmtx);
	TAILQ_REMOVE(&tunhead, tp, tun_list);
	mtx_unlock(&tunmtx);
	in_ifdetach(ifp);
	if_detach(ifp);
	if_free(ifp);
	free(tp, M_TUN);
}

static void
vnet_tun_init(const void *unused __unused)
{

	tun_cloner = if_clone_simple("tun", tun_clone_create,
	    tun_clone_destroy);
}
VNET_SYSINIT(vnet_tun_init, SI_SUB_PSEUDO, SI_ORDER_SECOND, vnet_tun_init,
    NULL);

static void
vnet_tun_uninit(const void *unused __unused)
{

	if_clone_detach(tun_cloner);
}
VNET_SYSUNINIT(vnet_tun_uninit, SI_SUB_PSEUDO, SI_ORDER_SECOND,
    vnet_tun_uninit, NULL);

static void
tun_sysctls(const void *unused __unused)
{

	sysctl_ctx_init(&tun_ctx);
	SYSCTL_ADD_INT(&tun_ctx, SYSCTL_STATIC_CHILDREN(_net_link), OID_AUTO,
	    "tun_debug", CTLFLAG_RW, &tundebug, 0, "Print packets");
}
SYSINIT(tun_sysctls, SI_SUB_PSEUDO, SI_ORDER_FIRST, tun_sysctls, NULL);

static void
tun_nosysctls(const void *unused __unused)
{

	sysctl_ctx_free(&tun_ctx);
}
SYSUNINIT(tun_nosysctls, SI_SUB_PSEUDO, SI_ORDER_FIRST, tun_nosysctls, NULL);

DB_SHOW_COMMAND(tun, db_show_tun)
{
	struct tun_softc *tp;
	int n;

	n = 0;
	TAILQ_FOREACH(tp, &tunhead, tun_list)
		n++;
	printf("%d units in the machine\n", n);
}
