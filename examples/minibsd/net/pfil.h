/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Packet filter hooks.
 */

#ifndef _NET_PFIL_H_
#define	_NET_PFIL_H_

#ifdef _KERNEL
#include <sys/queue.h>

#define	PFIL_IN		0x0001
#define	PFIL_OUT	0x0002

struct ifnet;
struct mbuf;

typedef int	(*pfil_func_t)(struct mbuf **, struct ifnet *, int);

struct packet_filter_hook {
	TAILQ_ENTRY(packet_filter_hook) pfil_link;
	pfil_func_t pfil_func;
	int	pfil_flags;
};

TAILQ_HEAD(pfil_list, packet_filter_hook);

struct pfil_head {
	struct pfil_list ph_in;
	struct pfil_list ph_out;
	int	ph_af;
	int	ph_nhooks;
	LIST_ENTRY(pfil_head) ph_list;
};

extern struct pfilheadhead pfil_head_list;

int	pfil_head_register(struct pfil_head *, int);
int	pfil_head_unregister(struct pfil_head *);
struct pfil_head *pfil_head_get(int);
int	pfil_add_hook(pfil_func_t, int, struct pfil_head *);
int	pfil_remove_hook(pfil_func_t, int, struct pfil_head *);
int	pfil_run_hooks(struct pfil_head *, struct mbuf **, struct ifnet *, int);

#define	PFIL_HOOKED(ph)	((ph)->ph_nhooks > 0)
#endif /* _KERNEL */

#endif /* !_NET_PFIL_H_ */
