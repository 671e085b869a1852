/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The tokens of preprocessed text, and how two of them differ.
 */

#ifndef VN_QUICK_PTOKENS_H
#define	VN_QUICK_PTOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_strbuf;

/* A token of -E output; a #pragma counts as one with its whole line. */
struct vn_ptoken {
	uint32_t	off, len;	/* bytes in the text */
	uint32_t	line;		/* presumed, after line markers */
	int32_t		file;		/* index in files: presumed name */
};

struct vn_ptokens {
	char		 *text;		/* the output; owned */
	size_t		  len;
	struct vn_ptoken *items;	/* owned */
	size_t		  count, room;
	char		**files;	/* owned */
	size_t		  nfiles;
};

/*
 * Split what "cc -E" printed (text becomes the result's): line markers
 * (# 12 "file" 1 3) are followed and not kept.
 */
void	vn_ptokens_read(struct vn_ptokens *out, char *text, size_t len);
void	vn_ptokens_free(struct vn_ptokens *tokens);

/* Tokens of one side that stand for those of the other. */
struct vn_hunk {
	size_t	first[2], end[2];	/* plain, converted; end exclusive */
};

struct vn_hunks {
	struct vn_hunk	*items;		/* owned; in order */
	size_t		 count, room;
};

/*
 * What differs between the two, as few tokens as can be found (Myers's
 * algorithm, with a bound on its work: beyond it, hunks are longer).
 */
void	vn_ptokens_diff(struct vn_hunks *out, const struct vn_ptokens *plain,
	    const struct vn_ptokens *converted);
void	vn_hunks_free(struct vn_hunks *hunks);

/*
 * Append the converted text with the hunks for which undo[i] is true put back
 * to what the plain one has.
 */
void	vn_ptokens_undo(struct vn_strbuf *out, const struct vn_ptokens *plain,
	    const struct vn_ptokens *converted, const struct vn_hunks *hunks,
	    const bool *undo);

#endif /* !VN_QUICK_PTOKENS_H */
