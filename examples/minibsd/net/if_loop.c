/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The loopback interface.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/mbuf.h>
#include <sys/systm.h>

#include <net/if_clone.h>
#include <net/if_var.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/in_var.h>

static const char loname[] = "lo";

struct ifnet *loif = NULL;			/* Used externally */

static struct if_clone *lo_cloner;

static int
looutput(struct ifnet *ifp, struct mbuf *m, uint32_t nexthop __unused)
{

	ifp->if_opackets++;
	if_input(ifp, m);
	return (0);
}

static struct ifnet *
lo_clone_create(struct if_clone *ifc __unused, int unit)
{
	struct ifnet *ifp;

	ifp = if_alloc(loname, unit);
	ifp->if_flags = IFF_LOOPBACK;
	ifp->if_output = looutput;
	if_attach(ifp);
	if (loif == NULL)
		loif = ifp;
	return (ifp);
}

static void
lo_clone_destroy(struct ifnet *ifp)
{

	if (loif == ifp)
		loif = NULL;
	in_ifdetach(ifp);
	if_detach(ifp);
	if_free(ifp);
}

static void
vnet_loif_init(const void *unused __unused)
{

	lo_cloner = if_clone_simple(loname, lo_clone_create, lo_clone_destroy);
	if_clone_create(loname);
}
VNET_SYSINIT(vnet_loif_init, SI_SUB_PSEUDO, SI_ORDER_ANY, vnet_loif_init, NULL);

static void
vnet_loif_uninit(const void *unused __unused)
{

	if_clone_detach(lo_cloner);
	lo_cloner = NULL;
}
VNET_SYSUNINIT(vnet_loif_uninit, SI_SUB_PSEUDO, SI_ORDER_ANY,
    vnet_loif_uninit, NULL);
