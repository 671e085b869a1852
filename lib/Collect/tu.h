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
	CXCursor		 taken;	/* variable whose initializer was
					   taken apart last */
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

/*
 * Add the elements of a variable's initializer (init.c), if it has one and
 * its name stands in a source.
 */
void	vn_tu_elements(struct vn_tu *tu, CXCursor var);

/*
 * Does the declaration of a static in a function need something that is
 * known in the function only: a local, a tag, an enumerator, __func__?  Other
 * statics with a listed name do not count, they may be moved themselves.
 */
bool	vn_tu_closed(const struct vn_tu *tu, CXCursor var);

#endif /* !VN_COLLECT_TU_H */
