/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Limits that a program sets by name.
 */

#ifndef _NETINET_IP_TUNE_H_
#define	_NETINET_IP_TUNE_H_

#ifdef _KERNEL
int	ip_tune_get(const char *);
int	ip_tune_set(const char *, int);

/* In sctp_pcb.c. */
int	sctp_assoc(int);

/* In ip_rate.c. */
int	ip_ratecheck(int);
#endif /* _KERNEL */

#endif /* !_NETINET_IP_TUNE_H_ */
