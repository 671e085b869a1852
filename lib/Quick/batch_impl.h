/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Shared by the parts of batch.h: one side of some units that have the same
 * words.
 */

#ifndef VN_QUICK_BATCH_IMPL_H
#define	VN_QUICK_BATCH_IMPL_H

#include <stdbool.h>
#include <stddef.h>

struct vn_batch_text;
struct vn_strbuf;

/* Words, owned, NULL at the end. */
struct vn_words_list {
	char	**items;
	size_t	  count, room;
};

void	vn_words_list_add(struct vn_words_list *words, const char *word);
void	vn_words_list_free(struct vn_words_list *words);

/*
 * Append the words of a command that preprocesses to standard output, made of a
 * compile command's.  Returns the index of the source among them, or 0 if it is
 * not found.
 */
size_t	vn_batch_words(struct vn_words_list *out, char *const *argv);

/*
 * The words of "clang -cc1" that preprocess sources, without the sources, from
 * those (NULL at the end) of a command with -E whose source is words[source].
 * False: this is not
 * clang, or it says something unexpected.
 */
bool	vn_batch_cc1(struct vn_words_list *out,
	    const struct vn_words_list *words, size_t source, const char *dir);

/*
 * Take the output of "clang -cc1 -E" apart: texts[i] gets that of sources[i].
 * False, and no text, if they are not found so.
 */
bool	vn_batch_split(struct vn_batch_text *texts, const char *const *sources,
	    size_t count, const struct vn_strbuf *output);

#endif /* !VN_QUICK_BATCH_IMPL_H */
