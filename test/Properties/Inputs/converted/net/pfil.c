/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Packet filter hooks.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex.h>
#include <sys/systm.h>

#include <net/pfil.h>
#include <net/vnet.h>

static MALLOC_DEFINE(M_PFIL, "pfil", "packet filter hooks");

/* One lock for the lists of all stacks. */
static struct mtx pfil_global_lock;
MTX_SYSINIT(pfil_lock, &pfil_global_lock, "pfil_head_list lock", MTX_DEF);

LIST_HEAD(pfilheadhead, pfil_head);
VNET_DEFINE(struct pfilheadhead, pfil_head_list) =
    LIST_HEAD_INITIALIZER(pfil_head_list);

/* In the style of spl(9), the semicolon is inside. */
#define	PFIL_LOCK()	mtx_lock(&pfil_global_lock);
#define	PFIL_UNLOCK()	mtx_unlock(&pfil_global_lock);

#define	PFIL_LIST(ph, dir)						\
	((dir) == PFIL_IN ? &(ph)->ph_in : &(ph)->ph_out)

static struct pfil_head *
pfil_find(struct pfilheadhead *heads, int af)
{
	struct pfil_head *ph;

	mtx_assert(&pfil_global_lock,
	    heads == &V_pfil_head_list ? MA_OWNED : MA_NOTOWNED);
	LIST_FOREACH(ph, heads, ph_list)
		if (ph->ph_af == af)
			return (ph);
	return (NULL);
}

struct pfil_head *
pfil_head_get(int af)
{
	struct pfil_head *ph;

	PFIL_LOCK() ph = pfil_find(&V_pfil_head_list, af);
	PFIL_UNLOCK()
	return (ph);
}

int
pfil_head_register(struct pfil_head *ph, int af)
{
	int error;

	PFIL_LOCK()
	error = EEXIST;
	if (pfil_find(&V_pfil_head_list, af) == NULL) {
		TAILQ_INIT(&ph->ph_in);
		TAILQ_INIT(&ph->ph_out);
		ph->ph_af = af;
		ph->ph_nhooks = 0;
		LIST_INSERT_HEAD(&V_pfil_head_list, ph, ph_list);
		error = 0;
	}
	PFIL_UNLOCK()
	return (error);
}

int
pfil_head_unregister(struct pfil_head *ph)
{

	if (PFIL_HOOKED(ph))
		return (EBUSY);
	LIST_REMOVE(ph, ph_list);
	return (0);
}

int
pfil_add_hook(pfil_func_t func, int dir, struct pfil_head *ph)
{
	struct packet_filter_hook *pfh;

	pfh = malloc(sizeof(*pfh), M_PFIL, M_WAITOK);
	pfh->pfil_func = func;
	pfh->pfil_flags = dir;
	if (dir == PFIL_IN)
		TAILQ_INSERT_HEAD(&ph->ph_in, pfh, pfil_link);
	else
		TAILQ_INSERT_TAIL(&ph->ph_out, pfh, pfil_link);
	ph->ph_nhooks++;
	return (0);
}

int
pfil_remove_hook(pfil_func_t func, int dir, struct pfil_head *ph)
{
	struct packet_filter_hook *pfh;

	TAILQ_FOREACH(pfh, PFIL_LIST(ph, dir), pfil_link)
		if (pfh->pfil_func == func)
			break;
	if (pfh == NULL)
		return (ENOENT);
	TAILQ_REMOVE(PFIL_LIST(ph, dir), pfh, pfil_link);
	ph->ph_nhooks--;
	free(pfh, M_PFIL);
	return (0);
}

int
pfil_run_hooks(struct pfil_head *ph, struct mbuf **mp, struct ifnet *ifp,
    int dir)
{
	struct packet_filter_hook *pfh;
	int rv;

	rv = 0;
	TAILQ_FOREACH(pfh, PFIL_LIST(ph, dir), pfil_link)
		if ((rv = pfh->pfil_func(mp, ifp, dir)) != 0 || *mp == NULL)
			break;
	return (rv);
}
