/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The object files of a built tree.
 */

#ifndef VN_VERIFY_FIND_H
#define	VN_VERIFY_FIND_H

#include <stddef.h>

enum vn_found_kind {
	VN_FOUND_OBJECT,	/* .o, .pico, .So */
	VN_FOUND_ARCHIVE,	/* .a */
	VN_FOUND_MODULE		/* .ko, .kld */
};

struct vn_found {
	char		*name;		/* as seen from the directory; owned */
	enum vn_found_kind kind;
};

struct vn_found_list {
	struct vn_found	*items;		/* owned; by name */
	size_t		 count, room;
};

/*
 * Append the objects below dir.  A link to a file is that file, since a tree
 * may be a farm of links; a link to a directory is passed over (kernel builds
 * have them to the sources), and so are names that start with a dot (make's
 * ".depend.x.o").  Returns 0, or -1 after one error: a directory that cannot
 * be read, an object's name that leads nowhere.
 */
int	vn_find_objects(struct vn_found_list *out, const char *dir);
void	vn_found_free(struct vn_found_list *list);

#endif /* !VN_VERIFY_FIND_H */
