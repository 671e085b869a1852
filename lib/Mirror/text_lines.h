/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Shared by this folder: the lines of a text, and how alike two are.
 */

#ifndef VN_MIRROR_TEXT_LINES_H
#define	VN_MIRROR_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Support/lex.h"

/* A text and its lines; a newline at the end starts no further one. */
struct vn_text {
	const char	*data;		/* borrowed */
	size_t		 len;
	struct vn_lines	 lines;		/* owned */
	size_t		 count;		/* of lines; 0 for an empty text */
};

void	vn_text_init(struct vn_text *out, const char *data, size_t len);
void	vn_text_free(struct vn_text *text);

/* Bytes of line i (from 0), its newline included: *len of them. */
const char *vn_text_line(const struct vn_text *text, size_t i, size_t *len);

/* The byte offset where line i starts. */
size_t	vn_text_start(const struct vn_text *text, size_t i);

/* The newline of line i, "\r\n" where it ends so; static. */
const char *vn_text_eol(const struct vn_text *text, size_t i);

/* Does a backslash join line i with the one after it? */
bool	vn_text_joined(const struct vn_text *text, size_t i);

enum { VN_LINE_WORDS = 64 };

/* The words of a line, by hash, sorted; a "V_" before one is not looked at. */
struct vn_line_words {
	uint32_t	hash[VN_LINE_WORDS];
	unsigned	count;
};

void	vn_line_words(struct vn_line_words *out, const char *line, size_t len);

/* How many words they share; each counts as often as it stands in both. */
unsigned vn_line_shared(const struct vn_line_words *a,
	    const struct vn_line_words *b);

/* Take the words of b that are in a out of a.  Returns how many. */
unsigned vn_line_take(struct vn_line_words *a, const struct vn_line_words *b);

#endif /* !VN_MIRROR_TEXT_LINES_H */
