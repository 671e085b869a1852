/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The words that the style's header gives to who includes it.
 */

#ifndef VN_REWRITE_HEADER_WORDS_H
#define	VN_REWRITE_HEADER_WORDS_H

#include <stdbool.h>

struct vn_source;
struct vn_header_words;

/*
 * The words of a header's text (NULL: none): its macros, what it declares at
 * file scope, and the members of its structs.  Freed with vn_header_words_free.
 */
struct vn_header_words *vn_header_words_read(const char *header);
void	vn_header_words_free(struct vn_header_words *words);

/*
 * Add the macros of a lexed source, without the tokens that are gone (by
 * token; NULL: none), and at last make words of all whose bodies reach one.
 */
void	vn_header_words_macros(struct vn_header_words *words,
	    const struct vn_source *source, const bool *gone);
void	vn_header_words_close(struct vn_header_words *words);

/*
 * Is token t, an identifier, one of them?  A tag only after its keyword, and
 * where its members count: a pointer to it needs no header.  A member only
 * after '.' or "->".
 */
bool	vn_header_words_have(const struct vn_header_words *words,
	    const struct vn_source *source, int t);

#endif /* !VN_REWRITE_HEADER_WORDS_H */
