/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Protocol families and their protocols.
 */

#ifndef _SYS_PROTOSW_H_
#define	_SYS_PROTOSW_H_

#include <sys/types.h>

#define	AF_INET		2
#define	AF_INET6	28
#define	AF_MAX		32

#define	PR_SLOWHZ	2		/* slow timeouts in a second */
#define	PR_FASTHZ	5		/* fast timeouts in a second */

struct mbuf;

struct protosw {
	const char *pr_name;
	short	pr_protocol;
	void	(*pr_input)(struct mbuf *, int);
	void	(*pr_init)(void);	/* for each stack */
	void	(*pr_destroy)(void);	/* for each stack */
	void	(*pr_fasttimo)(void);	/* once, for all of them */
	void	(*pr_slowtimo)(void);
};

struct domain {
	int	dom_family;
	const char *dom_name;
	struct protosw *dom_protosw;
	size_t	dom_nprotosw;
	struct domain *dom_next;
};

void	domain_add(const void *);
void	domain_init(const void *);
void	domain_destroy(const void *);

/* Needs <net/vnet.h>: each stack has its own initialization. */
#define	DOMAIN_SET(name)						\
	SYSINIT(name##_domain_add, SI_SUB_PROTO_DOMAIN, SI_ORDER_FIRST,	\
	    domain_add, &name##domain);					\
	VNET_SYSINIT(vnet_##name##_domain_init, SI_SUB_PROTO_DOMAIN,	\
	    SI_ORDER_SECOND, domain_init, &name##domain);		\
	VNET_SYSUNINIT(vnet_##name##_domain_destroy,			\
	    SI_SUB_PROTO_DOMAIN, SI_ORDER_SECOND, domain_destroy,	\
	    &name##domain)

#endif /* !_SYS_PROTOSW_H_ */
