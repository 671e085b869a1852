/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The form with two built trees: nothing is compiled.
 */

#include "Support/diag.h"

#include "options.h"
#include "run.h"

int
run_directories(struct run *run)
{
	const struct options *o = run->options;

	if (o->noperands != 2) {
		vn_error("%s; name the directory of plain objects and that of "
		    "converted ones", o->noperands == 0 ? "no directory" :
		    o->noperands == 1 ? "only one directory" :
		    "more than two directories");
		return (-1);
	}
	return (vn_judge_directories(&run->pairs, o->operands[0],
	    o->operands[1], &run->judging));
}
