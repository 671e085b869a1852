/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The files that a run looks at, each held once whatever its names.
 */

#ifndef VN_FACTS_SOURCE_H
#define	VN_FACTS_SOURCE_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Support/lex.h"

#include "Facts/outline.h"

struct vn_source {
	char		*path;		/* canonical absolute name; owned */
	char		*shown;		/* name for people and diffs; owned */
	dev_t		 dev;
	ino_t		 ino;
	char		*data;		/* owned; data[len] is '\0' */
	size_t		 len;
	struct vn_lex	 lex;		/* filled by vn_source_open */
	struct vn_lines	 lines;		/* likewise */
	struct vn_outline outline;	/* likewise */
	bool		 opened;
	bool		 in_path;	/* may be edited: lies under a PATH */
	bool		 program;	/* compiled without _KERNEL, where
					   others are with it */
};

/* The table; indexes are stable, in order of adding. */
struct vn_sources {
	struct vn_source **items;	/* owned, so are the sources */
	size_t		   count;
	size_t		   room;
	struct vn_source_key *by_path;	/* uthash head, owned */
	char		  *cwd;	/* owned: names below it are shown from it */
	char		  *root; /* owned: else names are shown from here */
};

/* cwd and root are canonical directory names, copied. */
void	vn_sources_init(struct vn_sources *out, const char *cwd,
	    const char *root);
void	vn_sources_free(struct vn_sources *sources);

/*
 * The index of the file of that canonical name, read if it is new (a second
 * name of the same inode gives the first one's index).  -1 with errno set if
 * it cannot be read.
 */
int	vn_sources_add(struct vn_sources *sources, const char *path);

/* The index of a file that was added under that canonical name, or -1. */
int	vn_sources_find(const struct vn_sources *sources, const char *path);

/* Is the source a header, by its name? */
bool	vn_source_is_header(const struct vn_source *source);

/* Lex and outline the source, if that was not done yet. */
void	vn_source_open(struct vn_source *source);

/*
 * A source that is in no table, lexed and outlined: its name (or NULL) and its
 * len bytes, followed by a '\0', are lent.  vn_source_close frees what was
 * made of them.
 */
void	vn_source_lend(struct vn_source *out, const char *path,
	    const char *data, size_t len);
void	vn_source_close(struct vn_source *source);

/* The name a canonical path is shown by: from cwd, else from root; owned. */
char	*vn_sources_shown(const struct vn_sources *sources, const char *path);

/* Index of the token that starts at byte off, or -1. */
int	vn_source_tok_at(const struct vn_source *source, uint32_t off);

/*
 * Tokens of an opened source.  The token before or after t of the same world:
 * outside of directives those are passed over, in a directive only its own
 * count.  -1 where there is none (also for t == -1).
 */
int	vn_tok_prev(const struct vn_source *source, int t);
int	vn_tok_next(const struct vn_source *source, int t);

/*
 * Has the expression of the tokens from first (-1: none) to last an operator
 * that binds less than '|', outside of brackets (C11 6.5.13 to 6.5.15)?
 */
bool	vn_tok_loose(const struct vn_source *source, int first, int last);

/* Is token t (-1: no) that word, or that punctuator? */
bool	vn_tok_word(const struct vn_source *source, int t, const char *word);
bool	vn_tok_punct(const struct vn_source *source, int t, const char *punct);
bool	vn_tok_ident(const struct vn_source *source, int t);

/* Are the tokens a and b spelled alike? */
bool	vn_tok_same(const struct vn_source *source, int a, int b);

/* The bytes of token t and, in *len, how many; borrowed. */
const char *vn_tok_text(const struct vn_source *source, int t, unsigned *len);

/* The byte after token t. */
uint32_t vn_tok_end(const struct vn_source *source, int t);

/*
 * The call that token t stands in directly: the token of the callee's name
 * where t is inside "name(...)", and in *arg which argument, from 0.  -1 if
 * the innermost bracket is no call's, such as that of "#define name (t)".
 */
int	vn_tok_call(const struct vn_source *source, int t, int *arg);

/*
 * The first and the last token of argument n of the call of callee (its name's
 * token); -1 where there is no such argument or it is empty.
 */
int	vn_call_arg(const struct vn_source *source, int callee, int n,
	    int *last);

/*
 * The branch of a conditional (the index of its #if, #elif or #else) that holds
 * the byte, -1 at the top; and whether branch `inner` is `outer` or lies in it
 * (all lie in -1).
 */
int	vn_source_branch(const struct vn_source *source, uint32_t off);
bool	vn_branch_within(const struct vn_source *source, int inner, int outer);

/* The first byte of the line that holds byte off. */
uint32_t vn_source_line_start(const struct vn_source *source, uint32_t off);

/*
 * The byte after the newline that ends the line of byte off, with the comment
 * that starts on it and indented lines of comment right below, if any.
 */
uint32_t vn_source_line_end(const struct vn_source *source, uint32_t off);

/* "file:line:column" of a byte, for a person; owned by the caller. */
char	*vn_source_place(const struct vn_source *source, uint32_t off);

/* Report at a byte offset of the source. */
#define	vn_diag_at(level, src, offset, ...) do {			\
	unsigned at_line_, at_col_;					\
	vn_lines_at(&(src)->lines, (offset), &at_line_, &at_col_);	\
	vn_diag((level), (src)->shown, at_line_, at_col_, __VA_ARGS__);	\
} while (0)

#endif /* !VN_FACTS_SOURCE_H */
