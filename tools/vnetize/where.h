/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Places: canonical PATHs, the root, the commands, the style.
 */

#ifndef VNETIZE_WHERE_H
#define	VNETIZE_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "Units/units.h"

struct options;
struct vn_style;

enum commands { COMMANDS_FLAGS, COMMANDS_COMPDB, COMMANDS_BSD };

struct where {
	char		**paths;	/* owned: canonical PATHs */
	size_t		  npaths;
	char		 *cwd;		/* owned */
	char		 *root;		/* owned */
	char		 *bsd_sys;	/* owned, or NULL */
	char		 *compdb;	/* owned, or NULL */
	char		 *cache_dir;	/* owned */
	enum commands	  commands;
	struct vn_units	  units; /* of a compilation database: all of it */
	const struct vn_style *style;	/* that the tree has or gets */
	bool		  undo;		/* back to plain globals */
	char		 *header;	/* owned: text of its header in the
					   tree, or NULL */
};

/* Find all of it; 0, or -1 after one error.  Free with where_free always. */
int	where_find(struct where *out, const struct options *options);
void	where_free(struct where *where);

#endif /* !VNETIZE_WHERE_H */
