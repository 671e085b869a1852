/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Security policy: a loadable module that looks at what comes in.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/mbuf.h>
#include <sys/module.h>
#include <sys/protosw.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/pfil.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/ip_var.h>
#include <netinet/tcp_var.h>

#include <netipsec/ipsec.h>

#ifdef IPSEC_DEBUG
int ipsec_debug = 1;
#else
int ipsec_debug = 0;
#endif

struct ipsecstat ipsec4stat;
struct secpolicy ip4_def_policy = { .policy = IPSEC_POLICY_NONE, .refcnt = 1 };

/* Switches, by number. */
static int ipsec_opts[IPSECCTL_MAXID] = {
	0,				/* DEF_POLICY: unused */
#ifdef IPSEC_TUNNEL
	1,				/* DEF_TUNNEL */
#else
	0,
#endif
	[IPSECCTL_ECN] = 0,
	1				/* LOG */
};

/* Connections accepted while the policy was in force. */
static struct secacct {
	u_int	accepted;
	u_int	refused;
} secacct;
static int ipsec_hooked;

SYSCTL_NODE(_net_inet, IPPROTO_AH, ipsec, CTLFLAG_RW, 0, "IPSEC");
SYSCTL_INT(_net_inet_ipsec, IPSECCTL_DEF_POLICY, def_policy, CTLFLAG_RW,
    &ip4_def_policy.policy, 0, "IPsec default policy.");
SYSCTL_INT(_net_inet_ipsec, IPSECCTL_ECN, ecn, CTLFLAG_RW,
    &ipsec_opts[IPSECCTL_ECN], 0, "Explicit Congestion Notification");
SYSCTL_INT(_net_inet_ipsec, OID_AUTO, log, CTLFLAG_RW, &ipsec_opts[3], 0,
    "Count packets that pass");
SYSCTL_INT(_net_inet_ipsec, OID_AUTO, debug, CTLFLAG_RW, &ipsec_debug, 0,
    "Print what is decided");
SYSCTL_STRUCT(_net_inet_ipsec, OID_AUTO, stats, CTLFLAG_RD, &ipsec4stat,
    ipsecstat, "IPsec IPv4 statistics.");
SYSCTL_STRUCT(_net_inet_ipsec, OID_AUTO, secacct, CTLFLAG_RD, &secacct,
    secacct, "Connections.");

static int
ipsec_in_hook(struct mbuf **mp, struct ifnet *ifp, int dir)
{
	struct ip *ip;

	(void)dir;
	ip = mtod(*mp, struct ip *);
	if (ip->ip_p == IPPROTO_AH) {
		IPSEC_ISTAT(in_ahtotal);
		return (0);
	}
	if (ip4_def_policy.policy == IPSEC_POLICY_IPSEC &&
	    ip->ip_p == IPPROTO_UDP && (ifp->if_flags & IFF_LOOPBACK) == 0) {
		IPSEC_ISTAT(in_polvio);
		DPRINTF(("packet of %d bytes\n", ntohs(ip->ip_len)));
		return (EINVAL);
	}
	if (ipsec_opts[IPSECCTL_LOG])
		IPSEC_ISTAT(in_passed);
	return (0);
}

/* A strict policy takes no connections. */
static int
ipsec_accept(const struct tcpcb *tp, uint32_t iss)
{

	(void)iss;
	if (ip4_def_policy.policy == IPSEC_POLICY_DISCARD) {
		ipseclog(("refused port %d\n", tp->t_inpcb->inp_lport));
		secacct.refused++;
		return (1);
	}
	secacct.accepted++;
	return (0);
}

static void
vnet_ipsec_init(const void *unused __unused)
{
	struct pfil_head *ph;

	ph = pfil_head_get(AF_INET);
	ipsec_hooked = pfil_add_hook(ipsec_in_hook, PFIL_IN, ph) == 0;
	tcp_accept_hook = ipsec_accept;
}
VNET_SYSINIT(vnet_ipsec_init, SI_SUB_DRIVERS, SI_ORDER_ANY, vnet_ipsec_init,
    NULL);

static void
vnet_ipsec_uninit(const void *unused __unused)
{

	tcp_accept_hook = NULL;
	if (ipsec_hooked)
		pfil_remove_hook(ipsec_in_hook, PFIL_IN,
		    pfil_head_get(AF_INET));
	ipsec_hooked = 0;
}
VNET_SYSUNINIT(vnet_ipsec_uninit, SI_SUB_DRIVERS, SI_ORDER_ANY,
    vnet_ipsec_uninit, NULL);

static int
ipsec_modevent(struct module *mod __unused, int type, void *data __unused)
{
	VNET_ITERATOR_DECL(vnet_iter);
	int busy;

	switch (type) {
	case MOD_LOAD:
		return (0);
	case MOD_UNLOAD:
		busy = 0;
		VNET_LIST_RLOCK();
		VNET_FOREACH(vnet_iter) {
			CURVNET_SET(vnet_iter);
			if (ip4_def_policy.refcnt > 1)
				busy = 1;
			CURVNET_RESTORE();
		}
		VNET_LIST_RUNLOCK();
		return (busy ? EBUSY : 0);
	default:
		return (EOPNOTSUPP);
	}
}

static moduledata_t ipsecmod = { "ipsec", ipsec_modevent, NULL };
DECLARE_MODULE(ipsec, ipsecmod, SI_SUB_DRIVERS, SI_ORDER_MIDDLE);

DB_SHOW_COMMAND(ipsec, db_show_ipsec)
{

	printf("policy %d, passed %u, violations %u, ah %u\n",
	    ip4_def_policy.policy, ipsec4stat.in_passed, ipsec4stat.in_polvio,
	    ipsec4stat.in_ahtotal);
	printf("accepted %u, refused %u\n", secacct.accepted, secacct.refused);
}
