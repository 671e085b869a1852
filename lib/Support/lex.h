/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The tokens of a C source as it stands, before any preprocessing: translation
 * phases 1 to 3 of C11 5.1.1.2 without trigraphs.  Works on any bytes; never
 * fails.  Offsets and lengths are bytes of the source, splices (backslash
 * newline, also with white space between) included.  As for gcc and clang,
 * '$' and bytes from 0x80 up belong to identifiers; a byte order mark at the
 * start is white space.
 */

#ifndef VN_SUPPORT_LEX_H
#define	VN_SUPPORT_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum vn_tok_kind {
	VN_TOK_IDENT,		/* identifiers and keywords */
	VN_TOK_NUMBER,		/* preprocessing number */
	VN_TOK_STRING,		/* with prefix; unclosed: to the newline */
	VN_TOK_CHAR,
	VN_TOK_HEADER,		/* of #include, #include_next, #import */
	VN_TOK_PUNCT,		/* longest match: "->", "..." are one */
	VN_TOK_OTHER		/* a byte that starts no token */
};

enum {
	VN_TF_LINE = 1,		/* first token of a logical line */
	VN_TF_SPLICED = 2	/* holds a backslash newline */
};

struct vn_tok {
	uint32_t	off;	/* byte offset */
	uint32_t	len;	/* bytes */
	uint8_t		kind;	/* enum vn_tok_kind */
	uint8_t		flags;	/* VN_TF_* */
	int32_t		dir;	/* directive it is part of, or -1 */
};

enum vn_dir_kind {
	VN_DIR_DEFINE, VN_DIR_UNDEF, VN_DIR_INCLUDE,
	VN_DIR_IF, VN_DIR_IFDEF, VN_DIR_IFNDEF,
	VN_DIR_ELIF,		/* #elif, #elifdef, #elifndef */
	VN_DIR_ELSE, VN_DIR_ENDIF,
	VN_DIR_OTHER		/* #pragma, #error, #line, null, unknown */
};

/* A directive; the text after an #error or an unknown word is lexed as well. */
struct vn_dir {
	uint8_t		kind;	/* enum vn_dir_kind */
	uint32_t	off;	/* byte of the '#' */
	uint32_t	end;	/* byte after its newline (or end of file) */
	uint32_t	tok;	/* its first token, the '#' */
	uint32_t	ntok;	/* tokens, with the '#' */
	int32_t		next;	/* for #if, #elif, #else: next one, or -1 */
	int32_t		parent;	/* #if, #elif, #else of this branch, or -1 */
};

struct vn_lex {
	struct vn_tok	*toks;	/* owned, in order of offset */
	size_t		 ntoks;
	struct vn_dir	*dirs;	/* owned, in order of offset */
	size_t		 ndirs;
};

/*
 * Lex data[0 .. len - 1] into out, whose arrays the caller frees with
 * vn_lex_free.  Unbalanced #if and #endif are kept as they come.
 */
void	vn_lex(struct vn_lex *out, const char *data, size_t len);
void	vn_lex_free(struct vn_lex *lex);

/* The first token that starts at byte off or behind it; ntoks if none does. */
size_t	vn_lex_from(const struct vn_lex *lex, size_t off);

/*
 * Only what a search for names needs: call fn for each identifier token with
 * its offset and spelled length, comments, literals and #include names passed
 * over.  Spliced identifiers are given as they stand.  Much faster than
 * vn_lex.  Stops when fn returns false.
 */
void	vn_lex_idents(const char *data, size_t len,
	    bool (*fn)(const char *ident, size_t identlen, size_t off,
	    void *arg), void *arg);

/*
 * The spelling of len bytes without splices, NUL-terminated; owned by the
 * caller.
 */
char	*vn_unsplice(const char *data, size_t len);

/* The first byte at or after off that is no splice: where a token begins. */
size_t	vn_skip_splices(const char *data, size_t len, size_t off);

/* Does the token of data spell the word (NUL-terminated), splices removed? */
bool	vn_tok_is(const char *data, const struct vn_tok *tok, const char *word);

/* Lines of a buffer: newline offsets, made once. */
struct vn_lines {
	uint32_t	*starts;	/* owned: each line's first byte */
	size_t		 count;
};

void	vn_lines_init(struct vn_lines *out, const char *data, size_t len);
void	vn_lines_free(struct vn_lines *lines);

/* Line and column, from 1, of a byte offset (columns in bytes). */
void	vn_lines_at(const struct vn_lines *lines, size_t off, unsigned *line,
	    unsigned *col);

#endif /* !VN_SUPPORT_LEX_H */
