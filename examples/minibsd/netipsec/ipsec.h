/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Security policy: only what a policy and its counters need.
 */

#ifndef _NETIPSEC_IPSEC_H_
#define	_NETIPSEC_IPSEC_H_

#include <sys/types.h>

#define	IPSEC_POLICY_DISCARD	0
#define	IPSEC_POLICY_NONE	1
#define	IPSEC_POLICY_IPSEC	2

/* Numbers of switches. */
#define	IPSECCTL_DEF_POLICY	0
#define	IPSECCTL_DEF_TUNNEL	1
#define	IPSECCTL_ECN		2
#define	IPSECCTL_LOG		3
#define	IPSECCTL_MAXID		4

struct ipsecstat {
	u_int	in_polvio;		/* policy violations */
	u_int	in_passed;
	u_int	in_ahtotal;		/* packets with a header of ours */
};

struct secpolicy {
	int	policy;			/* see IPSEC_POLICY_* */
	int	refcnt;
};

#ifdef _KERNEL
extern int ipsec_debug;
extern struct ipsecstat ipsec4stat;
extern struct secpolicy ip4_def_policy;

#define	IPSEC_ISTAT(name)	do { ipsec4stat.name++; } while (0)

#define	ipseclog(x)	do { if (ipsec_debug) printf x; } while (0)
#define	DPRINTF(x)							\
do {									\
	if (ipsec_debug > 1) {						\
		printf("%s: policy %d: ", __func__,			\
		    ip4_def_policy.policy);				\
		printf x;						\
	}								\
} while (0)
#endif /* _KERNEL */

#endif /* !_NETIPSEC_IPSEC_H_ */
