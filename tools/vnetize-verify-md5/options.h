/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The command line of vnetize-verify-md5(1).
 */

#ifndef VNETIZE_VERIFY_MD5_OPTIONS_H
#define	VNETIZE_VERIFY_MD5_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "Support/mem.h"

#include "Mirror/mirror.h"
#include "Object/compare.h"

/* Where the objects come from. */
enum form {
	FORM_DIRECTORIES,	/* OBJDIR_PLAIN OBJDIR_CONVERTED */
	FORM_TREES,		/* --plain, --converted */
	FORM_GIT		/* --git REV_PLAIN REV_CONVERTED */
};

/* --module: units whose variables share one module's space. */
struct module {
	char		*name;		/* owned */
	const char	*glob;		/* borrowed from argv */
};

struct options {
	/* The forms that compile. */
	const char	*compdb;	/* -p */
	const char	*trees[2];	/* --plain, --converted */
	bool		 git;
	const char	*revisions[2];	/* of --git, borrowed from argv */
	const char	*root;		/* NULL: told from commands */
	const char	*cc;
	const char	*launcher;
	unsigned	 jobs;
	bool		 jobs_given;
	const char	*work;		/* NULL: in the cache */
	VN_VEC(struct vn_setting) settings;	/* --define, --undef; names
						   and values owned */
	const char	*counterpatch;
	bool		 quick;
	bool		 vimage;
	unsigned long	 modspace;	/* bytes; 0: as the tree says */
	VN_VEC(struct module) modules;

	/* All forms. */
	VN_VEC(char *)	 expected;	/* --expect-differ, borrowed from
					   argv; or the default */
	bool		 data_order;	/* --allow=data-order */
	VN_VEC(struct vn_rename) renames; /* --rename; names owned */
	const char	*record;
	bool		 historical;
	bool		 explain;
	const char	*report;
	const char	*md5_lists;
	bool		 quiet;
	bool		 verbose;
	bool		 help;
	bool		 version;
	char		**operands;	/* directories, or PATHs: without the
					   revisions of --git; borrowed */
	int		 noperands;
	char		**words;	/* owned: what operands point into */
};

/*
 * Fill out from the command line; -1 after one error.  Free with options_free.
 */
int	options_parse(struct options *out, int argc, char **argv);

enum form options_form(const struct options *options);

/*
 * Do the options go together, and with their form?  Takes the revisions of
 * --git from the operands.  Returns 0, or -1 after one error.
 */
int	options_check(struct options *options);

void	options_free(struct options *options);

void	options_help(FILE *out);

#endif /* !VNETIZE_VERIFY_MD5_OPTIONS_H */
