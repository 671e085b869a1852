/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading facts with libclang.  The only folder that knows it.
 */

#ifndef VN_COLLECT_COLLECT_H
#define	VN_COLLECT_COLLECT_H

#include <stdbool.h>
#include <stddef.h>

#include "Facts/diagnostics.h"

struct vn_facts;
struct vn_names;
struct vn_overlay;
struct vn_sources;
struct vn_unit;

struct vn_collect {
	const struct vn_unit	*units;		/* to parse; borrowed */
	size_t			 nunits;
	size_t			 first;	/* units before it were parsed */
	const struct vn_sources	*sources;	/* files whose tokens matter;
						   borrowed */
	const struct vn_names	*names;		/* the listed names; borrowed */
	const char *const	*extra;		/* flags added to each */
	size_t			 nextra;
	const struct vn_overlay	*overlays;	/* for all units; borrowed */
	size_t			 noverlays;
	unsigned		 jobs;		/* workers, at least 1 */
};

/*
 * Parse the units in forked workers and add their facts, parses and skipped
 * ranges to out, sealed.  A worker that dies costs the unit it was on (marked
 * crashed); another one goes on.  Returns 0, or -1 after reporting one error
 * (no process, no pipe).
 */
int	vn_collect_run(struct vn_facts *out, const struct vn_collect *job);

/* A parse of a unit for what the compiler says of it, and nothing else. */
struct vn_check {
	unsigned	 unit;		/* index in the job's units */
	const struct vn_overlay	*overlays;	/* besides those of the job;
						   borrowed */
	size_t		 noverlays;
	const char	*flag;	/* one more, behind all others; borrowed */
	bool		 doubt;		/* only if the check before it in the
					   array has something to say */
	bool		 skip;		/* not at all: it keeps its place */
	bool		 crashed;	/* out: the worker died, or libclang
					   gave up */
	struct vn_diagnostics diagnostics; /* out: owned by the caller */
};

/*
 * Do the checks in forked workers, all in one go.  Returns 0, or -1 after
 * reporting one error (no process, no pipe).
 */
int	vn_collect_check(struct vn_check *checks, size_t count,
	    const struct vn_collect *job);

/* libclang's own version line, for --version; owned by the caller. */
char	*vn_collect_version(void);

#endif /* !VN_COLLECT_COLLECT_H */
