/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The internet checksum.  Old code, in an old style.
 */

#include <sys/param.h>
#include <sys/mbuf.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <netinet/in.h>
#include <netinet/ip_var.h>

static u_long in_cksum_bytes;		/* how much was summed up */

SYSCTL_ULONG(_net_inet_ip, OID_AUTO, cksum_bytes, CTLFLAG_RD,
    &in_cksum_bytes, 0, "Bytes that checksums were computed of");

u_short
in_cksum(m, len)
	struct mbuf *m;
	int len;
{
	register const u_char *p = mtod(m, u_char *);
	register u_int sum = 0;

	in_cksum_bytes += len;
	for (; len > 1; len -= 2, p += 2)
		sum += p[0] << 8 | p[1];
	if (len > 0)
		sum += p[0] << 8;
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	sum = ~sum & 0xffff;
	return (htons(sum));
}
