/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Associations, of a protocol that came from another system and reaches its
 * variables by a macro.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <netinet/ip_tune.h>

/* On the other system this is a member of a structure. */
#define	SCTP_VAR(x)		sctp_##x
#define	SCTP_STAT_INCR(x)	SCTP_VAR(stat_##x)++

static u_int sctp_max_assocs = 3;
static u_int sctp_stat_assocs;
static u_int sctp_stat_refused;

/* Associations so far, or -1 for one too many. */
int
sctp_assoc(int port)
{

	if (port == 0 || SCTP_VAR(stat_assocs) >= SCTP_VAR(max_assocs)) {
		SCTP_STAT_INCR(refused);
		return (-1);
	}
	SCTP_STAT_INCR(assocs);
	CTR2(KTR_INET, "assoc %d, refused %u", port, SCTP_VAR(stat_refused));
	return (sctp_stat_assocs);
}
