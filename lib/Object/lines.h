/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Lines of source, by the DWARF data of an object.
 */

#ifndef VN_OBJECT_LINES_H
#define	VN_OBJECT_LINES_H

#include <stdint.h>

struct vn_object;
struct vn_dwarf;

/*
 * The object's debug data, or NULL where it has none that libdw can read.  The
 * object is borrowed and stays as it is.
 */
struct vn_dwarf *vn_dwarf_open(const struct vn_object *object);
void	vn_dwarf_close(struct vn_dwarf *lines);	/* NULL is allowed */

/* "file:line" of code, or NULL; owned by the caller. */
char	*vn_dwarf_at(struct vn_dwarf *lines, int section, uint64_t offset);

/*
 * "file:line" where the symbol is declared, or NULL; owned by the caller.  A
 * definition is better than a declaration; of two with one name the one with
 * the symbol's address is meant.
 */
char	*vn_dwarf_declared(struct vn_dwarf *lines, int symbol);

#endif /* !VN_OBJECT_LINES_H */
