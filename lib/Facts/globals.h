/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The list of globals: globals-list(5).
 */

#ifndef VN_FACTS_GLOBALS_H
#define	VN_FACTS_GLOBALS_H

#include <stddef.h>

/* One line of a list: a name to virtualize. */
struct vn_global {
	char		*name;		/* identifier; owned */
	char		*file; /* suffix of the defining file's path, or NULL */
	char		*function; /* for a static inside a function, or NULL */
	char		*module;	/* vnet module from @module, or NULL */
	char		*header;	/* header= value, or NULL */
	char		*init;		/* init= value, or NULL */
	char		*list;	/* name of the list, for messages; owned */
	unsigned	 line, col;	/* where it stands there, from 1 */
};

struct vn_globals {
	struct vn_global *items;	/* owned, in order of the lists */
	size_t		  count;
	size_t		  room;
};

/*
 * Append the list in the file at path; "-" is standard input; a name without
 * a slash that is no file here is looked up in the directories of
 * listdirs[0 .. ndirs - 1].  Bad lines are each reported as list:line:column;
 * so are a name listed twice and a list without names.  Returns 0, or -1 when
 * anything was reported.
 */
int	vn_globals_read(struct vn_globals *out, const char *path,
	    const char *const *listdirs, size_t ndirs);

void	vn_globals_free(struct vn_globals *globals);

#endif /* !VN_FACTS_GLOBALS_H */
