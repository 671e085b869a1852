/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Messages to a person.  A library reports here once and returns -1; only the
 * tools decide to exit.
 *
 * Style, after git's CodingGuidelines: lower case, no full stop, the problem
 * first, then what to do; the subject in single quotes.
 */

#ifndef VN_SUPPORT_DIAG_H
#define	VN_SUPPORT_DIAG_H

#include <stddef.h>

enum vn_level {
	VN_NOTE,		/* shown with -v only */
	VN_WARNING,		/* shown unless -q */
	VN_ERROR		/* always shown; the run ends with 2 */
};

/*
 * Print "file:line:column: message" on standard error, or
 * "vnetize: message" where file is NULL; the line is left out where it is 0,
 * the column likewise.  Lines and columns count from 1, columns in bytes.
 * Errors are counted.
 */
void	vn_diag(enum vn_level level, const char *file, unsigned line,
	    unsigned col, const char *fmt, ...)
	    __attribute__((format(printf, 5, 6)));

#define	vn_error(...)	vn_diag(VN_ERROR, NULL, 0, 0, __VA_ARGS__)
#define	vn_warning(...)	vn_diag(VN_WARNING, NULL, 0, 0, __VA_ARGS__)
#define	vn_note(...)	vn_diag(VN_NOTE, NULL, 0, 0, __VA_ARGS__)

/* Set the name before messages without a file, and what is shown (-q, -v). */
void	vn_diag_setup(const char *progname, enum vn_level lowest);

/* How many errors were reported so far. */
unsigned vn_diag_errors(void);

/*
 * The word of words[0 .. count - 1] that a person most likely meant by word
 * (edit distance at most a third of its length), or NULL.  Borrowed from words.
 */
const char *vn_diag_nearest(const char *word, const char *const *words,
	    size_t count);

#endif /* !VN_SUPPORT_DIAG_H */
