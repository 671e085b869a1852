/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Interface cloners.  Each driver has one in every stack, so that unit numbers
 * start from 0 there.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_clone.h>
#include <net/if_var.h>
#include <net/vnet.h>

static MALLOC_DEFINE(M_CLONE, "clone", "interface cloning framework");

VNET_DEFINE_STATIC(int, if_cloners_count);
VNET_DEFINE_STATIC(LIST_HEAD(, if_clone), if_cloners) =
    LIST_HEAD_INITIALIZER(if_cloners);

#define	V_if_cloners_count	VNET(if_cloners_count)
#define	V_if_cloners		VNET(if_cloners)

struct if_clone *
if_clone_simple(const char *name, struct ifnet *(*create)(struct if_clone *,
    int), void (*destroy)(struct ifnet *))
{
	struct if_clone *ifc;

	ifc = malloc(sizeof(*ifc), M_CLONE, M_WAITOK | M_ZERO);
	ifc->ifc_name = name;
	ifc->ifc_create = create;
	ifc->ifc_destroy = destroy;
	LIST_INSERT_HEAD(&V_if_cloners, ifc, ifc_list);
	V_if_cloners_count++;
	return (ifc);
}

static struct if_clone *
if_clone_lookup(const char *name)
{
	struct if_clone *ifc;
	size_t len;

	LIST_FOREACH(ifc, &V_if_cloners, ifc_list) {
		len = strlen(ifc->ifc_name);
		if (strncmp(ifc->ifc_name, name, len) == 0 &&
		    (name[len] == '\0' || (name[len] >= '0' &&
		    name[len] <= '9')))
			return (ifc);
	}
	return (NULL);
}

static void
if_clone_destroyif(struct if_clone *ifc, struct ifnet *ifp)
{

	ifc->ifc_units &= ~(1U << ifp->if_dunit);
	ifc->ifc_destroy(ifp);
}

/* Interfaces of the cloner go with it. */
void
if_clone_detach(struct if_clone *ifc)
{
	struct ifnet *ifp, *next;

	TAILQ_FOREACH_SAFE(ifp, &V_ifnet, if_link, next)
		if (if_clone_lookup(ifp->if_xname) == ifc)
			if_clone_destroyif(ifc, ifp);
	LIST_REMOVE(ifc, ifc_list);
	V_if_cloners_count--;
	free(ifc, M_CLONE);
}

struct ifnet *
if_clone_create(const char *name)
{
	struct if_clone *ifc;
	int unit;

	ifc = if_clone_lookup(name);
	if (ifc == NULL)
		return (NULL);
	for (unit = 0; (ifc->ifc_units & (1U << unit)) != 0; unit++)
		continue;
	ifc->ifc_units |= 1U << unit;
	return (ifc->ifc_create(ifc, unit));
}

int
if_clone_destroy(const char *name)
{
	struct if_clone *ifc;
	struct ifnet *ifp;

	ifp = ifunit(name);
	ifc = if_clone_lookup(name);
	if (ifp == NULL || ifc == NULL)
		return (ENOENT);
	if_clone_destroyif(ifc, ifp);
	return (0);
}

DB_SHOW_COMMAND(if_cloners, db_show_if_cloners)
{
	struct if_clone *ifc;

	printf("%d cloners:", V_if_cloners_count);
	LIST_FOREACH(ifc, &V_if_cloners, ifc_list)
		printf(" %s(units %#x)", ifc->ifc_name, ifc->ifc_units);
	printf("\n");
}
