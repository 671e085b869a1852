/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Multicast forwarding: a loadable module.
 */

#include <sys/param.h>
#include <sys/callout.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/module.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/ip_mroute.h>
#include <netinet/ip_var.h>

#define	EXPIRE_TIMEOUT		4	/* seconds */
#define	BW_METER_BUCKETS	3

/* Hash function for a source, group entry. */
#define	MFCHASH(a, g)							\
	((((a) >> 20) ^ ((a) >> 10) ^ (a) ^				\
	  ((g) >> 20) ^ ((g) >> 10) ^ (g)) & (mfchashsize - 1))

struct bw_meter {
	struct bw_meter *bm_next;
	uint32_t bm_group;
	u_int	bm_bytes;
};

static MALLOC_DEFINE(M_MRTABLE, "mroutetbl", "multicast forwarding cache");

SYSCTL_NODE(_net_inet_ip, OID_AUTO, mroute, CTLFLAG_RW, 0, "Multicast routing");

int	ip_mrouter;			/* set by the module, for each stack */

/* Sizes the table of every stack, and is the same for all. */
static u_long mfchashsize = MFCTBLSIZ;

static struct mrtstat mrtstat;
SYSCTL_STRUCT(_net_inet_ip_mroute, OID_AUTO, mrtstat, CTLFLAG_RW, &mrtstat,
    mrtstat, "IPv4 Multicast Forwarding Statistics (struct mrtstat, "
    "netinet/ip_mroute.h)");

static vifi_t	numvifs;
static struct vif viftable[MAXVIFS];
SYSCTL_OPAQUE(_net_inet_ip_mroute, OID_AUTO, viftable, CTLFLAG_RD, &viftable,
    sizeof(viftable), "S,vif[MAXVIFS]", "IPv4 Multicast Interfaces");
SYSCTL_ULONG(_net_inet_ip_mroute, OID_AUTO, vif0_in, CTLFLAG_RD,
    &viftable[0].v_pkt_in, 0, "Packets that came in by the first vif");

static u_char	nexpire[MFCTBLSIZ];	/* entries with a timeout, by bucket */
static LIST_HEAD(mfchashhdr, mfc) *mfchashtbl;
static u_long	mfchash;		/* mask, as hashinit() gives it */

static struct callout expire_upcalls_ch;
static struct bw_meter *bw_meter_timers[BW_METER_BUCKETS];
static u_int	bw_hist[2][BW_METER_BUCKETS] = {
	{ 0, 0, 0 },			/* packets */
	{ 0, 0, 0 },			/* bytes */
};

/* Upcalls to the daemon, limited. */
static struct {
	int	last;			/* second of the last one */
	int	tokens, lost;
} mrt_limit = { 0, 2, 0 };

u_long	(*ip_mcast_src)(int);
int	(*ip_mrouter_set)(int, int) = NULL;

static u_long
X_ip_mcast_src(int vifi)
{
	u_int if_index;

	if_index = 0;
	if (vifi < numvifs)
		if_index = viftable[vifi].v_ifp->if_index;
	return (if_index);
}

static int
X_ip_mrouter_set(int on, int version)
{

	if (version != 1)
		return (EOPNOTSUPP);
	ip_mrouter = on;
	return (0);
}

/* What a daemon asks for on its socket. */
int
ip_mrouter_init(int version)
{

	return (ip_mrouter_set != NULL ? ip_mrouter_set(1, version) :
	    EOPNOTSUPP);
}

int
add_vif(struct ifnet *ifp)
{

	if (numvifs >= MAXVIFS)
		return (ENOBUFS);
	viftable[numvifs++].v_ifp = ifp;
	return (0);
}

static struct mfc *
mfc_find(uint32_t o, uint32_t g)
{
	struct mfc *rt;

	LIST_FOREACH(rt, &mfchashtbl[MFCHASH(o, g)], mfc_hash)
		if (rt->mfc_origin == o && rt->mfc_mcastgrp == g)
			break;
	return (rt);
}

static struct mfc *
mfc_alloc(uint32_t o, uint32_t g, vifi_t parent, u_int outgoing, int expire)
{
	struct mfchashhdr *hdr;
	struct mfc *rt;

	hdr = &mfchashtbl[MFCHASH(o, g)];
	rt = malloc(sizeof(*rt), M_MRTABLE, M_NOWAIT);
	rt->mfc_origin = o;
	rt->mfc_mcastgrp = g;
	rt->mfc_parent = parent;
	rt->mfc_outgoing = outgoing;
	rt->mfc_expire = expire;
	LIST_INSERT_HEAD(hdr, rt, mfc_hash);
	if (expire != 0)
		nexpire[MFCHASH(o, g)]++;
	return (rt);
}

int
add_mfc(uint32_t o, uint32_t g, vifi_t parent, u_int outgoing)
{

	if (mfc_find(o, g) != NULL)
		return (EEXIST);
	mfc_alloc(o, g, parent, outgoing, 0);
	return (0);
}

static void
bw_meter_count(uint32_t group, u_int bytes)
{
	struct bw_meter *x;
	int i;

	i = group % BW_METER_BUCKETS;
	for (x = bw_meter_timers[i]; x != NULL; x = x->bm_next)
		if (x->bm_group == group)
			break;
	if (x == NULL) {
		x = malloc(sizeof(*x), M_MRTABLE, M_NOWAIT | M_ZERO);
		x->bm_group = group;
		x->bm_next = bw_meter_timers[i];
		bw_meter_timers[i] = x;
	}
	x->bm_bytes += bytes;
	bw_hist[0][i]++;
	bw_hist[1][i] += bytes;
}

/* Ask the daemon, unless it was asked too much. */
static void
ip_mupcall(uint32_t o, uint32_t g)
{

	if (mrt_limit.last != ticks / hz) {
		mrt_limit.last = ticks / hz;
		mrt_limit.tokens = 2;
	}
	if (mrt_limit.tokens == 0) {
		mrt_limit.lost++;
		return;
	}
	mrt_limit.tokens--;
	mrtstat.mrts_upcalls++;
	mfc_alloc(o, g, 0, 0, EXPIRE_TIMEOUT);
}

int
ip_mforward(struct mbuf *m)
{
	extern u_short ip_id;		/* count the copies */
	struct mbuf *n;
	struct mfc *rt;
	struct ip *ip;
	vifi_t vifi;

	ip = mtod(m, struct ip *);
	mrtstat.mrts_mfc_lookups++;
	rt = mfc_find(ntohl(ip->ip_src.s_addr), ntohl(ip->ip_dst.s_addr));
	if (rt == NULL) {
		mrtstat.mrts_mfc_misses++;
		ip_mupcall(ntohl(ip->ip_src.s_addr),
		    ntohl(ip->ip_dst.s_addr));
		return (0);
	}
	bw_meter_count(rt->mfc_mcastgrp, m->m_pkthdr.len);
	if (rt->mfc_parent < numvifs)
		viftable[rt->mfc_parent].v_pkt_in++;
	for (vifi = 0; vifi < numvifs; vifi++) {
		if ((rt->mfc_outgoing & (1 << vifi)) == 0)
			continue;
		viftable[vifi].v_pkt_out++;
		n = m_dup(m);
		ip_id++;
		viftable[vifi].v_ifp->if_output(viftable[vifi].v_ifp, n,
		    rt->mfc_mcastgrp);
	}
	return (0);
}

/* Once a second: drop entries that the daemon did not fill in. */
static void
expire_upcalls(void *arg)
{
	struct mfc *rt, *next;
	u_long i;

	CURVNET_SET((struct vnet *)arg);
	for (i = 0; i < mfchashsize; i++) {
		if (nexpire[i] == 0)
			continue;
		LIST_FOREACH_SAFE(rt, &mfchashtbl[i], mfc_hash, next) {
			if (rt->mfc_expire == 0 || --rt->mfc_expire > 0)
				continue;
			mrtstat.mrts_cache_cleanups++;
			nexpire[i]--;
			LIST_REMOVE(rt, mfc_hash);
			free(rt, M_MRTABLE);
		}
	}
	callout_reset(&expire_upcalls_ch, hz, expire_upcalls, curvnet);
	CURVNET_RESTORE();
}

static void
vnet_mroute_init(const void *unused __unused)
{

	mfchashtbl = hashinit(mfchashsize, M_MRTABLE, &mfchash);
	bzero(&viftable, sizeof(viftable));
	callout_init(&expire_upcalls_ch, 1);
	callout_reset(&expire_upcalls_ch, hz, expire_upcalls, curvnet);
	ip_mcast_src = X_ip_mcast_src;
	ip_mrouter_set = X_ip_mrouter_set;
}
VNET_SYSINIT(vnet_mroute_init, SI_SUB_PROTO_MC, SI_ORDER_ANY,
    vnet_mroute_init, NULL);

static void
vnet_mroute_uninit(const void *unused __unused)
{
	struct bw_meter *x;
	struct mfc *rt;
	u_long i;

	callout_drain(&expire_upcalls_ch);
	for (i = 0; i <= mfchash; i++)
		while ((rt = LIST_FIRST(&mfchashtbl[i])) != NULL) {
			LIST_REMOVE(rt, mfc_hash);
			free(rt, M_MRTABLE);
		}
	hashdestroy(mfchashtbl, M_MRTABLE, mfchash);
	for (i = 0; i < nitems(bw_meter_timers); i++)
		while ((x = bw_meter_timers[i]) != NULL) {
			bw_meter_timers[i] = x->bm_next;
			free(x, M_MRTABLE);
		}
}
VNET_SYSUNINIT(vnet_mroute_uninit, SI_SUB_PROTO_MC, SI_ORDER_ANY,
    vnet_mroute_uninit, NULL);

static int
ip_mroute_modevent(struct module *mod __unused, int type, void *unused __unused)
{

	switch (type) {
	case MOD_LOAD:
	case MOD_UNLOAD:
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

static moduledata_t ip_mroutemod = {
	"ip_mroute", ip_mroute_modevent, NULL
};
DECLARE_MODULE(ip_mroute, ip_mroutemod, SI_SUB_PROTO_MC, SI_ORDER_MIDDLE);

DB_SHOW_COMMAND(mroute, db_show_mroute)
{
	struct mfc *rt;
	u_long i;
	int n;

	printf("%d vifs, source index %lu, %d upcalls lost\n", numvifs,
	    ip_mcast_src(0), mrt_limit.lost);
	for (n = 0, i = 0; i < mfchashsize; i++)
		LIST_FOREACH(rt, &mfchashtbl[i], mfc_hash) {
			printf("%x %x parent %d outgoing %#x expire %d\n",
			    rt->mfc_origin, rt->mfc_mcastgrp, rt->mfc_parent,
			    rt->mfc_outgoing, rt->mfc_expire);
			n++;
		}
	for (i = 0; i < BW_METER_BUCKETS; i++)
		printf("bucket %lu packets %u bytes %u\n", i, bw_hist[0][i],
		    bw_hist[1][i]);
	printf("%d entries\n", n);
}
