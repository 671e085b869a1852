/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * vnetize(1).  The way of the data is in docs/architecture.md; here is where
 * each stage lives:
 *
 *	options.c	the command line, one table
 *	where.c		PATHs, root, compile commands, style
 *	run.c		the pipeline below
 *	lib/Facts/globals.c	the lists
 *	lib/Rewrite/scan.c	which files matter
 *	lib/Units/		compile commands
 *	lib/Collect/		facts, from libclang
 *	lib/Rewrite/plan.c	the steps from facts to edits
 *	lib/Emit/		diff, files, dumps, remarks
 */

#include <stdio.h>
#include <stdlib.h>

#include "Support/diag.h"
#include "Support/mem.h"

#include "Collect/collect.h"

#include "options.h"
#include "run.h"

static int
print_version(void)
{
	char *clang = vn_collect_version();

	printf("vnetize %s\n%s\n", VN_VERSION, clang);
	free(clang);
	return (0);
}

static int
check_usage(const struct options *o)
{

	if (o->lists.count == 0)
		vn_error("no list of globals; use --globals=FILE");
	else if (o->npaths == 0)
		vn_error("no PATH; name a source, a header or a directory");
	else if (o->in_place && (o->out_dir != NULL || o->check))
		vn_error("-i goes neither with -o nor with --check");
	else if (o->record != NULL && (o->check || o->dump_facts ||
	    o->dump_edits || o->explain != NULL))
		vn_error("--record goes with a diff, -i or -o only");
	else
		return (0);
	return (-1);
}

int
main(int argc, char **argv)
{
	struct options options;
	int status = 2;

	vn_diag_setup("vnetize", VN_WARNING);
	if (options_parse(&options, argc, argv) == 0) {
		vn_diag_setup("vnetize", options.quiet ? VN_ERROR :
		    options.verbose ? VN_NOTE : VN_WARNING);
		if (options.help) {
			options_help(stdout);
			status = 0;
		} else if (options.version)
			status = print_version();
		else if (check_usage(&options) == 0)
			status = run(&options);
	}
	options_free(&options);
	return (status);
}
