/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Edits: bytes of a source that are replaced by others.
 */

#ifndef VN_REWRITE_EDIT_H
#define	VN_REWRITE_EDIT_H

#include <stddef.h>
#include <stdint.h>

struct vn_source;
struct vn_sources;
struct vn_strbuf;

/*
 * Insertions at one offset: whole lines stand before what changes the line
 * that follows them.
 */
enum {
	VN_RANK_GUARD = -40,		/* #ifdef before a declaration */
	VN_RANK_INCLUDE = -30,
	VN_RANK_DEFINE = -20,
	VN_RANK_ENDIF = -15
};

struct vn_edit {
	int		 source;
	uint32_t	 off;		/* byte offset in the old bytes */
	uint32_t	 len;		/* bytes replaced; 0: insertion */
	int		 rank; /* among insertions at one offset: lower first */
	char		*text;		/* owned */
	const char	*rule;		/* static: which rule asked */
};

struct vn_edits {
	struct vn_edit	*items;		/* owned */
	size_t		 count, room;
};

/* Add an edit; text is copied. */
void	vn_edits_add(struct vn_edits *edits, int source, uint32_t off,
	    uint32_t len, const char *text, int rank, const char *rule);

/*
 * Sort by (source, offset, rank), fold edits that are equal, and look for
 * edits that overlap without being equal.  Returns 0, or -1 after reporting
 * the first conflict with both rules and texts.
 */
int	vn_edits_merge(struct vn_edits *edits,
	    const struct vn_sources *sources);

/* In sources whose lines end with CR LF, let those of the edits do so too. */
void	vn_edits_newlines(struct vn_edits *edits,
	    const struct vn_sources *sources);

/* The first edit of a source after vn_edits_merge, and one past its last. */
size_t	vn_edits_range(const struct vn_edits *edits, int source, size_t *end);

/* Append to out the source's bytes with edits[first .. end - 1] applied. */
void	vn_edits_apply(struct vn_strbuf *out, const struct vn_source *source,
	    const struct vn_edits *edits, size_t first, size_t end);

/*
 * The old offset of byte off of what vn_edits_apply makes with the same
 * arguments; of text that an edit put there, where it was put.
 */
uint32_t vn_edits_old(const struct vn_edits *edits, size_t first, size_t end,
	    uint32_t off);

void	vn_edits_free(struct vn_edits *edits);

#endif /* !VN_REWRITE_EDIT_H */
