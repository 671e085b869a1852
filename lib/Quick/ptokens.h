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

/*
 * A token of -E output.  A directive that is left (#pragma, #ident) is one with
 * its whole line, a comment that is left (-C) is one, too.
 */
struct vn_ptoken {
	uint32_t	off, len;	/* bytes in the text */
	uint32_t	line : 31;	/* presumed, after line markers */
	uint32_t	first : 1;	/* of its line in the text */
	int32_t		file;		/* index in files: presumed name; -1:
					   before any line marker */
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
 * Split what "cc -E" printed (text becomes the result's, and need not end with
 * a NUL; less than 4 GB): line markers (# 12 "file" 1 3, or #line 12 "file")
 * are followed and not kept.  Any bytes can be split.
 */
void	vn_ptokens_read(struct vn_ptokens *out, char *text, size_t len);
void	vn_ptokens_free(struct vn_ptokens *tokens);

/* Does the token spell the word (NUL-terminated)? */
bool	vn_ptoken_is(const struct vn_ptokens *tokens, size_t i,
	    const char *word);

/* Do a's token i and b's token j spell the same? */
bool	vn_ptoken_same(const struct vn_ptokens *a, size_t i,
	    const struct vn_ptokens *b, size_t j);

/* May the byte stand in an identifier?  As for gcc and clang, '$' may. */
bool	vn_ptoken_namebyte(char c);

/* Is it an identifier or a keyword? */
bool	vn_ptoken_isname(const struct vn_ptokens *tokens, size_t i);

/*
 * Is the token the name of an assembler's .incbin or .include, or the first of
 * the strings that hold one, as no preprocessor shows what these read?
 */
bool	vn_ptokens_opens(const struct vn_ptokens *tokens, size_t i);

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
 * algorithm, with a bound on its work: beyond it, hunks are longer).  "(x)" and
 * "(y)" for "x" are one hunk each.
 */
void	vn_ptokens_diff(struct vn_hunks *out, const struct vn_ptokens *plain,
	    const struct vn_ptokens *converted);
void	vn_hunks_free(struct vn_hunks *hunks);

/* Is the hunk "(x)" in the converted text for "x" in the plain one? */
bool	vn_hunk_parens(const struct vn_hunk *hunk,
	    const struct vn_ptokens *plain, const struct vn_ptokens *converted);

/*
 * Append the converted text with the hunks for which undo[i] is true put back
 * to what the plain one has.  Line markers stay.
 */
void	vn_ptokens_undo(struct vn_strbuf *out, const struct vn_ptokens *plain,
	    const struct vn_ptokens *converted, const struct vn_hunks *hunks,
	    const bool *undo);

#endif /* !VN_QUICK_PTOKENS_H */
