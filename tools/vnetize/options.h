/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The command line of vnetize(1).
 */

#ifndef VNETIZE_OPTIONS_H
#define	VNETIZE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "Support/mem.h"

#include "Rewrite/plan.h"

struct options {
	VN_VEC(const char *)	 lists;	/* --globals, borrowed from argv */
	bool			 missing_remark;
	enum vn_inactive	 inactive;
	const char		*style;		/* "auto" or a style's name */
	const char		*compdb;	/* -p */
	VN_VEC(const char *)	 extra_args;
	VN_VEC(const char *)	 configs;	/* "NAME:FLAGS", both there */
	const char		*bsd_sys;
	const char		*kernconf;
	const char		*arch;
	const char		*root;
	const char		*cache_dir;
	bool			 in_place;
	const char		*out_dir;	/* -o */
	const char		*record;
	bool			 check;
	bool			 verify;	/* --verify-parse, or -i without
						   --no-verify-parse */
	bool			 verify_given;
	bool			 dump_facts;
	bool			 dump_edits;
	const char		*explain;
	unsigned		 jobs;
	bool			 keep_going;
	bool			 quiet;
	bool			 verbose;
	bool			 help;
	bool			 version;
	char			**paths; /* operands; the array is owned */
	int			 npaths;
	char			**flags;	/* after "--"; likewise */
	int			 nflags;
	bool			 has_flags;	/* "--" was given */
};

/*
 * Fill out from the command line; -1 after one error. Free with options_free.
 */
int	options_parse(struct options *out, int argc, char **argv);
void	options_free(struct options *options);

void	options_help(FILE *out);

#endif /* !VNETIZE_OPTIONS_H */
