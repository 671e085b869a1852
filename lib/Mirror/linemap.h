/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which line of a plain source a line of the converted one is.
 */

#ifndef VN_MIRROR_LINEMAP_H
#define	VN_MIRROR_LINEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_strbuf;

/* For each line of the converted source (index from 0): the line of the plain
 * one, from 1; 0: none. */
struct vn_linemap {
	unsigned	*lines;		/* owned */
	size_t		 count;
	size_t		 plain;		/* lines of the plain source */
};

/* A stretch of the converted source whose lines say another number. */
struct vn_stretch {
	char		*path;		/* as seen from the root; owned */
	unsigned	 first, last;	/* lines of the converted source */
	unsigned	 said;		/* what __LINE__ says in the first */
	unsigned	 wanted;	/* what it says in the plain source */
};

struct vn_stretches {
	struct vn_stretch *items;	/* owned */
	size_t		   count, room;
};

/*
 * The map of two sources, by their tokens: lines in common, and in the
 * stretches between those that have most of their words in common (V_x counts
 * as x).  Never decreasing; a line that was made two has its number twice.
 */
void	vn_linemap_make(struct vn_linemap *out, const char *plain,
	    size_t plainlen, const char *converted, size_t convertedlen);

/* Bytes of the plain source, and by how many of the converted one. */
struct vn_line_edit {
	uint32_t	off;		/* in the plain source */
	uint32_t	oldlen, newlen;
};

/*
 * The same from the edits (by offset, not overlapping) that made the converted
 * source.  False, and nothing made, if they did not: what they leave is not
 * the same in both.
 */
bool	vn_linemap_edits(struct vn_linemap *out,
	    const struct vn_line_edit *edits, size_t count, const char *plain,
	    size_t plainlen, const char *converted, size_t convertedlen);
void	vn_linemap_free(struct vn_linemap *map);

/*
 * Append the converted source to out with "#line N" lines, so that each line
 * says the number of its plain one (C11 6.10.4), whatever branches of #if are
 * compiled: only where a line starts outside of comments, continuations,
 * directives and parentheses (a macro's arguments), and again after every
 * #else, #elif and #endif that needs it.  Within parentheses blank lines are
 * added, or a line is joined to the one before it.  The tokens stay the same.
 * Nothing is written into what is no C by its name (path), as assembler
 * sources, nor into a source that has #line itself.  What cannot be mapped is
 * appended to stretches: lines with tokens outside of directives that say a
 * wrong number in some combination of branches.
 */
void	vn_linemap_neutralize(struct vn_strbuf *out,
	    struct vn_stretches *stretches, const char *path,
	    const struct vn_linemap *map, const char *converted, size_t len);

/*
 * The historical way: blank lines in the plain source where the conversion
 * added lines, and in the converted one where it removed some, so that lines
 * of the map have the same number in both.  A place where no blank line can
 * stand (a continuation, a string) is appended to stretches.
 */
void	vn_linemap_pad(struct vn_strbuf *plain_out,
	    struct vn_strbuf *converted_out, struct vn_stretches *stretches,
	    const char *path, const struct vn_linemap *map, const char *plain,
	    size_t plainlen, const char *converted, size_t convertedlen);

void	vn_stretches_free(struct vn_stretches *stretches);

#endif /* !VN_MIRROR_LINEMAP_H */
