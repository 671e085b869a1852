/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The protocols of the internet family, and their nodes in the sysctl tree.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/protosw.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <net/vnet.h>

#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <netinet/ip_var.h>
#include <netinet/tcp_var.h>
#include <netinet/udp_var.h>

struct protosw inetsw[] = {
	{
		.pr_name = "ip",
		.pr_protocol = IPPROTO_IP,
		.pr_init = ip_init,
		.pr_destroy = ip_destroy,
		.pr_slowtimo = ip_slowtimo,
	},
	{
		.pr_name = "icmp",
		.pr_protocol = IPPROTO_ICMP,
		.pr_input = icmp_input,
		.pr_fasttimo = icmp_fasttimo,
	},
	{
		.pr_name = "igmp",
		.pr_protocol = IPPROTO_IGMP,
		.pr_input = igmp_input,
		.pr_init = igmp_init,
		.pr_destroy = igmp_destroy,
	},
	{
		.pr_name = "tcp",
		.pr_protocol = IPPROTO_TCP,
		.pr_input = tcp_input,
		.pr_init = tcp_init,
		.pr_destroy = tcp_destroy,
		.pr_fasttimo = tcp_fasttimo,
		.pr_slowtimo = tcp_slowtimo,
	},
	{
		.pr_name = "udp",
		.pr_protocol = IPPROTO_UDP,
		.pr_input = udp_input,
		.pr_init = udp_init,
		.pr_destroy = udp_destroy,
	},
};
const size_t inetsw_count = nitems(inetsw);

static struct domain inetdomain = {
	.dom_family = AF_INET,
	.dom_name = "internet",
	.dom_protosw = inetsw,
	.dom_nprotosw = nitems(inetsw),
};
DOMAIN_SET(inet);

SYSCTL_NODE(_net, AF_INET, inet, CTLFLAG_RW, 0, "Internet Family");
SYSCTL_NODE(_net_inet, IPPROTO_IP, ip, CTLFLAG_RW, 0, "IP");
SYSCTL_NODE(_net_inet, IPPROTO_ICMP, icmp, CTLFLAG_RW, 0, "ICMP");
SYSCTL_NODE(_net_inet, IPPROTO_IGMP, igmp, CTLFLAG_RW, 0, "IGMP");
SYSCTL_NODE(_net_inet, IPPROTO_TCP, tcp, CTLFLAG_RW, 0, "TCP");
SYSCTL_NODE(_net_inet, IPPROTO_UDP, udp, CTLFLAG_RW, 0, "UDP");
