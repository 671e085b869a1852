/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One run of vnetize-verify-md5: each form fills in the pairs, all else is
 * shared.
 */

#ifndef VNETIZE_VERIFY_MD5_RUN_H
#define	VNETIZE_VERIFY_MD5_RUN_H

#include "Support/mem.h"

#include "Object/compare.h"

#include "Verify/judge.h"
#include "Verify/pair.h"
#include "Verify/record.h"
#include "Verify/vimage.h"

struct options;

struct run {
	const struct options	*options;	/* borrowed */
	struct vn_record	 record;	/* of --record, or empty */
	VN_VEC(struct vn_rename) renames;	/* those of --rename and of
						   record; names borrowed */
	struct vn_compare	 compare;
	struct vn_judge		 judge;
	struct vn_judging	 judging;
	struct vn_pairs		 pairs;		/* filled by a form */
	struct vn_vimage	 vimage;	/* of --vimage */
};

/* Fill in all but the pairs.  0, or -1 after one error; then free it, too. */
int	run_begin(struct run *run, const struct options *options);

/* The forms: fill in the pairs.  0, or -1 after one error. */
int	run_directories(struct run *run);
int	run_trees(struct run *run);

/* Sum, print, report.  Returns the exit status. */
int	run_finish(const struct run *run);

void	run_free(struct run *run);

#endif /* !VNETIZE_VERIFY_MD5_RUN_H */
