/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Input of IP version 6 packets: enough to hear routers.
 */

#ifdef INET6

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/mbuf.h>
#include <sys/systm.h>

#include <netinet6/ip6_var.h>
#include <netinet6/nd6.h>

struct ip6stat ip6stat;

/* Only a router forwards, and only a host believes other routers. */
#ifdef IP6_ROUTER
int ip6_forwarding = 1;
const char *ip6_role = "router";
#else
int ip6_forwarding = 0;
const char *ip6_role = "host";
#endif

int ip6_defhlim = IPV6_DEFHLIM;

void
ip6_input(struct mbuf *m)
{
	struct ip6_hdr *ip6;

	IP6STAT_INC(ip6s_total);
	ip6 = mtod(m, struct ip6_hdr *);
	if (m->m_len < (int)sizeof(*ip6)) {
		IP6STAT_INC(ip6s_tooshort);
		goto bad;
	}
	ip6stat.ip6s_nxthist[ip6->ip6_nxt]++;
	if (ip6->ip6_nxt != IPPROTO_ICMPV6) {
		IP6STAT_INC(ip6s_cantforward);
		goto bad;
	}
	/* Nobody from outside can have sent it with the full limit. */
	if (ip6->ip6_hlim != 255) {
		IP6STAT_INC(ip6s_hlimdrop);
		goto bad;
	}
	IP6STAT_INC(ip6s_delivered);
	nd6_input(m, sizeof(*ip6));
	return;
bad:
	m_freem(m);
}

#endif /* INET6 */
