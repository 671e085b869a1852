/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A packet filter of a few rules.
 */

#ifndef _NETINET_IP_FW_H_
#define	_NETINET_IP_FW_H_

#ifdef _KERNEL
#include <sys/types.h>

#define	IPFW_NRULES	4

enum ip_fw_opcode {
	FW_ACCEPT,
	FW_DENY,
	FW_COUNT,
	FW_NOPCODES
};

struct ip_fw_rule {
	enum ip_fw_opcode opcode;
	u_char	proto;			/* 0 is any */
	u_int	pcnt;			/* packets that matched */
};

struct mbuf;

extern int (*ip_fw_chk_ptr)(struct mbuf **, int);

int	ip_fw_add(enum ip_fw_opcode, u_char);
#endif /* _KERNEL */

#endif /* !_NETINET_IP_FW_H_ */
