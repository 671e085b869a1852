/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A packet filter of a few rules.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/protosw.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <ddb/ddb.h>

#include <net/if_var.h>
#include <net/pfil.h>
#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/ip_fw.h>
#include <netinet/ip_var.h>

static MALLOC_DEFINE(M_IPFW, "IpFw", "packet filter rules");

static int	fw_pass(struct ip_fw_rule *);
static int	fw_drop(struct ip_fw_rule *);
static int	fw_count(struct ip_fw_rule *);
static int	ipfw_chk(struct mbuf **, int);

/* The filter in use, if any.  A better one could take its place. */
int (*ip_fw_chk_ptr)(struct mbuf **, int) = NULL;

/* What each opcode does; a stack may replace single ones. */
static int (*fw_actions[FW_NOPCODES])(struct ip_fw_rule *) = {
	[FW_ACCEPT] = fw_pass,
	[FW_DENY] = fw_drop,
	[FW_COUNT] = fw_count,
};

static struct ip_fw_rule *fw_chain[IPFW_NRULES];	/* the rules */
static u_int fw_nrules = 0;	/* how many of them */
static int fw_enable = 0;
static int fw_one_pass = 1, fw_verbose = 0, fw_depth;

SYSCTL_NODE(_net_inet_ip, OID_AUTO, fw, CTLFLAG_RW, 0, "Firewall");
SYSCTL_UINT(_net_inet_ip_fw, OID_AUTO, rules, CTLFLAG_RD, &fw_nrules, 0,
    "Number of rules");
SYSCTL_INT(_net_inet_ip_fw, OID_AUTO, one_pass, CTLFLAG_RW, &fw_one_pass, 0,
    "Stop at the first rule that matches");
SYSCTL_INT(_net_inet_ip_fw, OID_AUTO, verbose, CTLFLAG_RW, &fw_verbose, 0,
    "Print packets that are dropped");

#define	FW_FOREACH(i)	for ((i) = 0; (i) < fw_nrules; (i)++)

/* What is between these two is done only when asked for. */
#define	FW_LOG_BEGIN	if (fw_verbose) {
#define	FW_LOG_END	}

static int
fw_pass(struct ip_fw_rule *f)
{

	f->pcnt++;
	return (fw_one_pass ? -1 : 0);
}

static int
fw_drop(struct ip_fw_rule *f)
{

	FW_LOG_BEGIN
	printf("ipfw: deny proto %d\n", f->proto);
	FW_LOG_END
	f->pcnt++;
	return (EHOSTUNREACH);
}

static int
fw_count(struct ip_fw_rule *f)
{

	f->pcnt++;
	return (0);
}

static int
ipfw_chk(struct mbuf **mp, int dir)
{
	struct ip_fw_rule *f;
	struct ip *ip;
	u_int i;
	int error;

	(void)dir;
	ip = mtod(*mp, struct ip *);
	fw_depth++;
	error = 0;
	FW_FOREACH(i) {
		f = fw_chain[i];
		if (f->proto == 0 || f->proto == ip->ip_p)
			error = (*fw_actions[f->opcode])(f);
		if (error != 0)
			break;
	}
	fw_depth--;
	return (MAX(error, 0));
}

static int
ipfw_check_hook(struct mbuf **mp, struct ifnet *ifp, int dir)
{

	(void)ifp;
	if (ip_fw_chk_ptr == NULL || fw_depth > 0)
		return (0);
	return (ip_fw_chk_ptr(mp, dir));
}

static void
ipfw_attach(int on)
{
	struct pfil_head *ph;

	ph = pfil_head_get(AF_INET);
	if (ph == NULL || on == (ip_fw_chk_ptr != NULL))
		return;
	if (on) {
		ip_fw_chk_ptr = ipfw_chk;
		pfil_add_hook(ipfw_check_hook, PFIL_IN, ph);
	} else {
		pfil_remove_hook(ipfw_check_hook, PFIL_IN, ph);
		ip_fw_chk_ptr = NULL;
	}
}

static int
sysctl_fw_enable(SYSCTL_HANDLER_ARGS)
{
	int error;

	error = sysctl_handle_int(oidp, arg1, arg2, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	ipfw_attach(fw_enable != 0);
	return (0);
}
SYSCTL_PROC(_net_inet_ip_fw, OID_AUTO, enable, CTLTYPE_INT | CTLFLAG_RW,
    &fw_enable, 0, sysctl_fw_enable, "I", "Enable the firewall");

int
ip_fw_add(enum ip_fw_opcode opcode, u_char proto)
{
	struct ip_fw_rule *f;

	if (fw_nrules >= nitems(fw_chain))
		return (ENOBUFS);
	f = malloc(sizeof(*fw_chain[0]), M_IPFW, M_WAITOK | M_ZERO);
	f->opcode = opcode;
	f->proto = proto;
	fw_chain[fw_nrules++] = f;
	return (0);
}

static void
vnet_ipfw_uninit(const void *unused __unused)
{

	ipfw_attach(0);
	while (fw_nrules > 0)
		free(fw_chain[--fw_nrules], M_IPFW);
}
VNET_SYSUNINIT(vnet_ipfw_uninit, SI_SUB_PSEUDO, SI_ORDER_FIRST,
    vnet_ipfw_uninit, NULL);

DB_SHOW_COMMAND(fw, db_show_fw)
{
	u_int i;

	printf("%s, %u rules\n", ip_fw_chk_ptr != NULL ? "on" : "off",
	    fw_nrules);
	FW_FOREACH(i)
		printf("%u: action %d proto %d packets %u\n", i,
		    fw_chain[i]->opcode, fw_chain[i]->proto,
		    fw_chain[i]->pcnt);
}
