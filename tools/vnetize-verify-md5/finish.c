/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What all forms share: what is made of the options before a form runs, and of
 * the pairs after it.
 */

#include <stdio.h>
#include <stdlib.h>

#include "Support/diag.h"

#include "options.h"
#include "run.h"

int
run_begin(struct run *run, const struct options *options)
{

	*run = (struct run){ .options = options };
	if (options->record != NULL &&
	    vn_record_read(&run->record, options->record) != 0)
		return (-1);
	for (size_t i = 0; i < options->renames.count; i++)
		VN_PUSH(&run->renames, options->renames.items[i]);
	for (size_t i = 0; i < run->record.renames.count; i++)
		VN_PUSH(&run->renames, run->record.renames.items[i]);
	run->compare = (struct vn_compare){ .renames = run->renames.items,
	    .nrenames = run->renames.count };
	run->judging = (struct vn_judging){ .compare = &run->compare,
	    .historical = options->historical, .explain = options->explain };
	run->judge = (struct vn_judge){ .data_order = options->data_order,
	    .expected = options->expected.items,
	    .nexpected = options->expected.count,
	    .verbose = options->verbose };
	return (0);
}

/* The files that were asked for, and the table. */
static int
report(const struct run *run, const struct vn_sums *sums)
{
	const struct options *o = run->options;

	if (o->report != NULL && vn_pairs_json(o->report, &run->pairs,
	    &run->judge, sums, o->vimage ? &run->vimage : NULL) != 0)
		return (-1);
	if (o->md5_lists != NULL &&
	    vn_pairs_md5_lists(o->md5_lists, &run->pairs) != 0)
		return (-1);
	if (!o->quiet)
		vn_pairs_print(stdout, &run->pairs, &run->judge, sums);
	if (!o->quiet && o->vimage)
		vn_vimage_print(stdout, &run->vimage, o->verbose);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		vn_error("cannot write to standard output");
		return (-1);
	}
	return (0);
}

int
run_finish(const struct run *run)
{
	struct vn_sums sums;
	int status;

	if (vn_pairs_sum(&sums, &run->pairs, &run->judge) != 0 ||
	    report(run, &sums) != 0)
		return (2);
	if (sums.compared == 0)
		vn_error("no object was compared: there is none that both "
		    "sides have");
	status = vn_sums_status(&sums);
	return (status == 0 ? vn_vimage_status(&run->vimage) : status);
}

void
run_free(struct run *run)
{

	vn_pairs_free(&run->pairs);
	vn_vimage_free(&run->vimage);
	VN_FREE(&run->renames);
	vn_record_free(&run->record);
}
