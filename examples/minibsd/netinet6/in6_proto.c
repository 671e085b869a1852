/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The protocols of the internet family, version 6, and their sysctls.
 */

#ifdef INET6

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/protosw.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet6/ip6_var.h>
#include <netinet6/nd6.h>

static struct protosw inet6sw[] = {
	{
		.pr_name = "icmp6",
		.pr_protocol = IPPROTO_ICMPV6,
		.pr_init = nd6_init,
		.pr_destroy = nd6_destroy,
	},
};

static struct domain inet6domain = {
	.dom_family = AF_INET6,
	.dom_name = "internet6",
	.dom_protosw = inet6sw,
	.dom_nprotosw = nitems(inet6sw),
};
DOMAIN_SET(inet6);

static int
sysctl_ip6_forwarding(SYSCTL_HANDLER_ARGS)
{
	int error;

	error = sysctl_handle_int(oidp, arg1, arg2, req);
	if (error == 0 && req->newptr != NULL)
		ip6_role = *(int *)arg1 != 0 ? "router" : "host";
	return (error);
}

static int
sysctl_ip6_role(SYSCTL_HANDLER_ARGS)
{
	char buf[8];

	(void)oidp, (void)arg1, (void)arg2;
	strlcpy(buf, ip6_role, sizeof(buf));
	return (SYSCTL_OUT(req, buf, strlen(buf) + 1));
}

SYSCTL_NODE(_net, AF_INET6, inet6, CTLFLAG_RW, 0, "Internet6 Family");
SYSCTL_NODE(_net_inet6, OID_AUTO, ip6, CTLFLAG_RW, 0, "IP6");
SYSCTL_NODE(_net_inet6, OID_AUTO, icmp6, CTLFLAG_RW, 0, "ICMP6");

SYSCTL_PROC(_net_inet6_ip6, OID_AUTO, forwarding, CTLTYPE_INT | CTLFLAG_RW,
    &ip6_forwarding, 0, sysctl_ip6_forwarding, "I", "");
SYSCTL_PROC(_net_inet6_ip6, OID_AUTO, role, CTLTYPE_STRING | CTLFLAG_RD,
    NULL, 0, sysctl_ip6_role, "A", "");
SYSCTL_STRUCT(_net_inet6_ip6, OID_AUTO, stats, CTLFLAG_RD,
    &ip6stat, ip6stat, "");
SYSCTL_INT(_net_inet6_ip6, OID_AUTO, hlim, CTLFLAG_RW, IP6_DEFHLIM_PTR, 0, "");
SYSCTL_INT(_net_inet6_icmp6, OID_AUTO, nd6_prune, CTLFLAG_RW,
    &nd6_prune, 0, "");
SYSCTL_INT(_net_inet6_icmp6, OID_AUTO, nd6_delay, CTLFLAG_RW,
    &nd6_delay, 0, "");
SYSCTL_INT(_net_inet6_icmp6, OID_AUTO, nd6_debug, CTLFLAG_RW,
    &nd6_debug, 0, "");

#endif /* INET6 */
