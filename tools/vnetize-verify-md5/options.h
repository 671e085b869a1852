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

#include "Object/compare.h"

struct options {
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
	char		**operands;	/* the array is owned */
	int		 noperands;
};

/*
 * Fill out from the command line; -1 after one error.  Free with options_free.
 */
int	options_parse(struct options *out, int argc, char **argv);
void	options_free(struct options *options);

void	options_help(FILE *out);

#endif /* !VNETIZE_VERIFY_MD5_OPTIONS_H */
