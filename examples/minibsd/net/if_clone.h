/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Interfaces that are made and unmade on request.
 */

#ifndef _NET_IF_CLONE_H_
#define	_NET_IF_CLONE_H_

#ifdef _KERNEL
#include <sys/queue.h>

struct ifnet;

struct if_clone {
	LIST_ENTRY(if_clone) ifc_list;
	const char *ifc_name;		/* name of the driver, e.g. "disc" */
	u_int	ifc_units;		/* units in use, a bit each */
	struct ifnet *(*ifc_create)(struct if_clone *, int);
	void	(*ifc_destroy)(struct ifnet *);
};

struct if_clone *if_clone_simple(const char *,
	    struct ifnet *(*)(struct if_clone *, int),
	    void (*)(struct ifnet *));
void	if_clone_detach(struct if_clone *);
struct ifnet *if_clone_create(const char *);
int	if_clone_destroy(const char *);
#endif /* _KERNEL */

#endif /* !_NET_IF_CLONE_H_ */
