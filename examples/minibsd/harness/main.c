/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * minibsd: boot the kernel, let packets run through its stack or stacks, and
 * show what they remember.
 *
 * With VIMAGE there are three stacks.  Nothing here knows how their variables
 * are kept: all goes by functions, and by sysctl names.
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

#include <net/vnet.h>
#include <net/if_clone.h>
#include <net/if_var.h>
#include <net/route.h>

#include <netinet/in.h>
#include <netinet/in_var.h>
#include <netinet/ip_fw.h>
#include <netinet/ip_mroute.h>
#include <netinet/ip_tune.h>
#include <netinet/tcp_var.h>
#include <netinet/udp_var.h>

#include <netipsec/ipsec.h>

#include "harness.h"

#ifdef VIMAGE
#define	NSTACKS		3
static struct vnet *stacks[NSTACKS];
#else
#define	NSTACKS		1
#endif

static const char * const shows[] = {
	"ifnet", "if_cloners", "disc", "tun", "in_ifaddrhead", "route", "ipq",
	"icmp", "igmp", "mroute", "fw", "tcb", "udb", "ipsec",
#ifdef INET6
	"nd6", "nbr",
#endif
};

static void
set_int(const char *name, int value)
{
	int error;

	error = kernel_sysctlbyname(name, NULL, NULL, &value, sizeof(value));
	if (error != 0)
		printf("%s=%d: error %d\n", name, value, error);
}

static void
set_string(const char *name, const char *value)
{
	int error;

	error = kernel_sysctlbyname(name, NULL, NULL, value, strlen(value));
	if (error != 0)
		printf("%s=%s: error %d\n", name, value, error);
}

/* Knobs: each stack gets its own values. */
static void
configure_knobs(int n)
{

	set_int("net.inet.ip.forwarding", n != 1);
	set_int("net.inet.ip.ttl", 64 - 8 * n);
	set_int("net.inet.ip.maxfragpackets", 4 + n);
	set_int("net.inet.ip.portrange.first", 49152 + 1000 * n);
	set_int("net.inet.ip.random_id", n == 2);
	set_int("net.inet.ip.redirect", n == 0);
	set_int("net.inet.icmp.icmplim", 3 + 2 * n);
	set_int("net.inet.tcp.blackhole", n == 2);
	set_int("net.inet.tcp.delayed_ack", n != 1);
	set_int("net.inet.tcp.msl", 1000 + 500 * n);
	set_int("net.inet.tcp.mssdflt", 216 - 16 * n);
	set_int("net.inet.udp.blackhole", n == 1);
	set_int("net.inet.ipsec.log", n == 0);
	set_int("net.link.disc.hiwat", 3 + n);
	set_int("net.route.add_addr_allfibs", n != 2);
#ifdef INET6
	set_int("net.inet6.ip6.forwarding", n == 2);
	set_int("net.inet6.ip6.hlim", 64 + n);
	set_int("net.inet6.icmp6.nd6_delay", 5 + n);
#endif
}

static void
configure(int n)
{
	struct ifnet *ifp;
	int i;

	configure_knobs(n);
	ifp = if_clone_create("disc");
	in_control_add(ifp, NET(n) + 1, 0xffff0000);
	in_joingroup(ifp, GROUP(n));
	rt_add(0, 0xe0000000, 0xf0000000, 0, ifp);
	add_vif(ifp);
	for (i = 0; i <= n; i++) {
		ifp = if_clone_create("disc");
		in_control_add(ifp, 0xac100001 + (i << 8), 0xffffff00);
	}
	add_vif(ifp);
	rt_add(0, 0, 0, 0xac100002 + (n << 8), ifp);
	set_string("net.inet.icmp.reply_src", n == 0 ? "disc1" : "");
	in_control_add(ifunit("lo0"), 0x7f000001, 0xff000000);
	if (n != 0)
		if_clone_create("tun");
	tcp_listen(80);
	udp_bind(53);
	for (i = 0; i < n; i++)
		udp_bind(0);
	if (n == 0) {
		ip_mrouter_init(1);
		add_mfc(PEER, GROUP(0), 0, 0x2);
	}
	if (n == 1) {
		ip_fw_add(FW_COUNT, 0);
		ip_fw_add(FW_DENY, IPPROTO_TCP);
		set_int("net.inet.ip.fw.enable", 1);
	}
	if (n == 2)
		set_int("net.inet.ipsec.def_policy", IPSEC_POLICY_IPSEC);
}

/* One round of traffic; stacks with a higher number get more. */
static void
traffic(int n, int round)
{
	struct ifnet *ifp;
	uint32_t me;
	int i;

	ifp = ifunit("disc0");
	me = NET(n) + 1;
	for (i = 0; i <= n; i++) {
		inject_echo(ifp, me, i);
		inject_udp(ifp, me, 53, 10 + n);
		inject_udp(ifp, me, 9, 4);
		inject_udp(ifp, NET(n + 1) + 1, 53, 4);
	}
	if (round == 0) {
		inject_tcp(ifp, me, 1000, 80, 7, TH_SYN, 0);
		inject_tcp(ifp, me, 1000, 80, 8, TH_ACK, 0);
		inject_tcp(ifp, me, 1000, 80, 8, TH_ACK, 12 + n);
		inject_tcp(ifp, me, 1001, 80, 7, TH_SYN, 0);
		inject_tcp(ifp, me, 1002, 81, 7, TH_SYN, 0);
		inject_garbage(ifp);
	}
	inject_frags(ifp, me, 100 + round, 3);
	inject_frags(ifp, me, 200 + round, 2);
	inject_igmp(ifp, GROUP(n));
	inject_udp(ifp, GROUP(0), 9, 20);
	inject_udp(ifp, GROUP(3 + round), 9, 20);
#ifdef INET6
	for (i = 0; i <= n; i++)
		inject_ra(ifp, 0x100 * (n + 1) + i, 2 + round);
	inject_ra(ifp, 1, 0);
#endif
	udp_output(53, PEER, 9, "hello");
	udp_output(53, 0x7f000001, 53, "myself");
	if (round == n && ip_ratecheck(2))
		sctp_assoc(n);
}

static void
show(void)
{
	size_t i;

	for (i = 0; i < nitems(shows); i++)
		db_show(shows[i]);
	sysctl_show("net");
}

static void
run_ticks(int n)
{

	while (n-- > 0)
		softclock();
}

#ifdef VIMAGE
#define	STACK(n)	(stacks[(n)])

static void
create(void)
{
	int n;

	stacks[0] = vnet0;
	for (n = 1; n < NSTACKS; n++)
		stacks[n] = vnet_alloc();
}

static void
destroy(void)
{
	int n;

	for (n = NSTACKS - 1; n > 0; n--)
		vnet_destroy(stacks[n]);
}
#else
#define	STACK(n)	NULL

static void
create(void)
{
}

static void
destroy(void)
{
}
#endif

static void
each(void (*func)(int, int), int round)
{
	int n;

	for (n = 0; n < NSTACKS; n++) {
		CURVNET_SET(STACK(n));
		func(n, round);
		CURVNET_RESTORE();
	}
}

static void
each_configure(int n, int unused __unused)
{

	configure(n);
}

static void
each_show(int n, int unused __unused)
{

	printf("\n=== stack %d\n", n);
	show();
}

static void
shutdown(void)
{

	printf("\n=== shutdown\n");
	printf("unload ip_mroute: %d\n", module_unload("ip_mroute"));
	printf("unload ipsec: %d\n", module_unload("ipsec"));
	destroy();
	{
		CURVNET_SET_QUIET(STACK(0));
		mi_shutdown();
		CURVNET_RESTORE();
	}
	printf("%d mbufs and %ld pieces of memory left\n", m_inuse(),
	    malloc_inuse());
}

static int
save(const char *file)
{
	int error, n;

	error = 0;
	for (n = 0; n < NSTACKS && error == 0; n++) {
		CURVNET_SET(STACK(n));
		error = snapshot(file, n);
		CURVNET_RESTORE();
	}
	return (error);
}

int
main(int argc, char *argv[])
{
	int error, round;

	mi_startup();
	create();
	printf("%d stack%s\n", NSTACKS, NSTACKS == 1 ? "" : "s");
	ip_tune_set("minttl", 2);
	each(each_configure, 0);
	for (round = 0; round < 3; round++) {
		each(traffic, round);
		run_ticks(hz + round);
	}
	each(each_show, 0);
	error = argc == 3 && strcmp(argv[1], "-w") == 0 ? save(argv[2]) : 0;
	run_ticks(8 * hz);
	printf("\n=== common to all: minttl %d, hcsize %d\n",
	    ip_tune_get("minttl"), ip_tune_get("hcsize"));
	shutdown();
	return (error);
}
