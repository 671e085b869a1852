/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the parts of the harness share.
 */

#ifndef _HARNESS_H_
#define	_HARNESS_H_

#include <sys/types.h>

/* 10.n+1/16, 192.168.0.1 and 224.0.0.5+n. */
#define	NET(n)		(0x0a000000 + (((n) + 1) << 16))
#define	PEER		0xc0a80001
#define	GROUP(n)	(0xe0000005 + (n))

struct ifnet;
struct mbuf;

int	snapshot(const char *, int);

/* Send packets to a stack, as if they came by interface ifp. */
void	inject_echo(struct ifnet *, uint32_t, int);
void	inject_frags(struct ifnet *, uint32_t, int, int);
void	inject_garbage(struct ifnet *);
void	inject_igmp(struct ifnet *, uint32_t);
void	inject_ra(struct ifnet *, u_int, int);
void	inject_tcp(struct ifnet *, uint32_t, u_short, u_short, uint32_t,
	    int, int);
void	inject_udp(struct ifnet *, uint32_t, u_short, int);

#endif /* !_HARNESS_H_ */
