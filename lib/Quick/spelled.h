/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Asking where the converted sources spell V_x; quick.h says how it is filled.
 */

#ifndef VN_QUICK_SPELLED_H
#define	VN_QUICK_SPELLED_H

#include <stdbool.h>
#include <stddef.h>

struct vn_spelled;

/*
 * The index of the file that a line marker names so: of those whose shown name
 * it ends with, the longest; -1: none.
 */
int	vn_spelled_file(const struct vn_spelled *spelled, const char *marker);

/* Is there a "#define V_x" for the name? */
bool	vn_spelled_listed(const struct vn_spelled *spelled, const char *name,
	    size_t len);

/*
 * Is V_x spelled on that line of that file, or in a macro's body?  Where the
 * file is none of those that changed (-1), a macro whose body has "V_##" spells
 * any V_x that is listed.
 */
bool	vn_spelled_at(const struct vn_spelled *spelled, const char *name,
	    size_t len, int file, unsigned line);

#endif /* !VN_QUICK_SPELLED_H */
