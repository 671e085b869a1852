/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One unit: parse it and turn its cursors into facts.  Private to this folder.
 */

#ifndef VN_COLLECT_TU_H
#define	VN_COLLECT_TU_H

#include <clang-c/Index.h>

#include "Collect/collect.h"
#include "Collect/loc.h"

struct vn_diagnostics;

/* What a worker keeps from unit to unit. */
struct vn_tu_worker {
	const struct vn_collect	*job;
	struct vn_facts		*facts;		/* borrowed: filled here */
	CXIndex			 index;
	struct vn_paths		 paths;
};

/* The unit being read. */
struct vn_tu {
	struct vn_tu_worker	*worker;
	unsigned		 number;	/* index in job->units */
	CXTranslationUnit	 tu;
};

/* Start a worker's state for the job, and free it; facts is the caller's. */
void	vn_tu_begin(struct vn_tu_worker *worker, const struct vn_collect *job);
void	vn_tu_end(struct vn_tu_worker *worker);

/*
 * Parse a unit whose worker and number are set, with the overlays and the flag
 * (NULL: none) of a check if it is not NULL, and these options of libclang.
 * NULL, and tu->tu is the caller's to dispose; or why not, owned by the caller.
 */
char	*vn_tu_open(struct vn_tu *tu, const struct vn_check *check,
	    unsigned options);

/* Add the warnings and errors of a parsed unit. */
void	vn_tu_diagnostics(struct vn_tu *tu, struct vn_diagnostics *out);

/* Parse unit number of the job and add what it says to worker->facts. */
void	vn_tu_read(struct vn_tu_worker *worker, unsigned number);

/* Add the facts of a parsed unit's declarations (visit.c). */
void	vn_tu_visit(struct vn_tu *tu);

#endif /* !VN_COLLECT_TU_H */
