/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the compiler says of a unit, as plain data, and what of it is new.
 */

#ifndef VN_FACTS_DIAGNOSTICS_H
#define	VN_FACTS_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct vn_names;

enum vn_severity {
	VN_SEVERITY_WARNING,
	VN_SEVERITY_ERROR
};

struct vn_diagnostic {
	enum vn_severity severity;
	char		*path;	/* owned: canonical name of the file where the
				   outermost macro is expanded, or NULL */
	uint32_t	 off;		/* byte offset there */
	unsigned	 line, col;
	char		*token_path; /* owned: the same where the token itself
					stands, or NULL */
	char		*text;		/* owned */
};

/* In the order of the compiler.  Start with { 0 }. */
struct vn_diagnostics {
	struct vn_diagnostic	*items;		/* owned */
	size_t			 count, room;
};

/* Add one, whose strings the list then owns. */
void	vn_diagnostics_add(struct vn_diagnostics *list,
	    struct vn_diagnostic diagnostic);

/* Add copies of all of other. */
void	vn_diagnostics_append(struct vn_diagnostics *list,
	    const struct vn_diagnostics *other);

void	vn_diagnostics_free(struct vn_diagnostics *list);

/*
 * Write them to a stream between processes, and add what such a stream holds
 * to a list: 0, or -1 if it is cut short.
 */
void	vn_diagnostics_write(const struct vn_diagnostics *list, FILE *out);
int	vn_diagnostics_read(struct vn_diagnostics *list, FILE *in);

/* Does one say that an included file is not there? */
bool	vn_diagnostics_lack(const struct vn_diagnostics *list);

/* How a conversion changes names in the text of a diagnostic. */
struct vn_renames {
	const struct vn_names	*names;		/* listed names; borrowed */
	const char *const	*prefixes;	/* what may stand before one:
						   "V_"; borrowed */
	size_t			 nprefixes;
};

/*
 * The text as it is compared, without what a conversion changes: a listed name
 * has no prefix, a colon no line and column behind it ("unnamed struct at
 * a.c:1:2"), and what is quoted and has brackets, an expression or a type that
 * may hold one, is left out.  Owned by the caller.
 */
char	*vn_diagnostic_text(const char *text, const struct vn_renames *renames);

/*
 * Which of the diagnostics after are new: said more often of a file than
 * before, severity and text (vn_diagnostic_text) being the same.  Of equal
 * ones the last count as new.  Their indexes go to out, ascending, which has
 * room for after->count; returns how many.
 */
size_t	vn_diagnostics_new(size_t *out, const struct vn_diagnostics *after,
	    const struct vn_diagnostics *before,
	    const struct vn_renames *renames);

#endif /* !VN_FACTS_DIAGNOSTICS_H */
