/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * vnetize-verify-md5(1).  The way of the data is in docs/architecture.md; here
 * is where each stage lives:
 *
 *	options.c	the command line, one table
 *	usage.c		which options go together
 *	run_*.c		the forms: where pairs of objects come from
 *	lib/Verify/judge.c	each pair read, compared, explained
 *	lib/Object/		objects
 *	finish.c	sums, table, reports, exit status
 */

#include <stdio.h>
#include <string.h>

#include "Support/diag.h"

#include "Build/build.h"

#include "options.h"
#include "run.h"

static int
fill(struct run *run)
{

	switch (options_form(run->options)) {
	case FORM_DIRECTORIES:
		return (run_directories(run));
	case FORM_TREES:
	case FORM_GIT:
		return (run_trees(run));
	}
	return (-1);
}

static int
verify(struct options *options)
{
	struct run run;
	int status = 2;

	if (options_check(options) != 0)
		return (2);
	if (run_begin(&run, options) == 0 && fill(&run) == 0)
		status = run_finish(&run);
	run_free(&run);
	return (status);
}

int
main(int argc, char **argv)
{
	static const char step[] = "--run-step=";
	struct options options;
	int status = 2;

	vn_diag_setup("vnetize-verify-md5", VN_WARNING);
	/* What ninja runs: "--run-step=N FILE", and nothing else. */
	if (argc == 3 && strncmp(argv[1], step, sizeof(step) - 1) == 0)
		return (vn_build_run_step(argv[1] + sizeof(step) - 1,
		    argv[2]));
	if (options_parse(&options, argc, argv) == 0) {
		vn_diag_setup("vnetize-verify-md5", options.quiet ? VN_ERROR :
		    options.verbose ? VN_NOTE : VN_WARNING);
		status = 0;
		if (options.help)
			options_help(stdout);
		else if (options.version)
			printf("vnetize-verify-md5 %s\n", VN_VERSION);
		else
			status = verify(&options);
	}
	options_free(&options);
	return (status);
}
