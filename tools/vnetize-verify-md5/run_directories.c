/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The form with two built trees: nothing is compiled.
 */

#include "options.h"
#include "run.h"

int
run_directories(struct run *run)
{
	char **dirs = run->options->operands;

	return (vn_judge_directories(&run->pairs, dirs[0], dirs[1],
	    &run->judging));
}
