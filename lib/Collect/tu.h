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

/* Parse unit number of the job and add what it says to worker->facts. */
void	vn_tu_read(struct vn_tu_worker *worker, unsigned number);

/* Add the facts of a parsed unit's declarations (visit.c). */
void	vn_tu_visit(struct vn_tu *tu);

#endif /* !VN_COLLECT_TU_H */
