/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A plan made visible: as a diff, as files, as lines for a person.
 */

#ifndef VN_EMIT_EMIT_H
#define	VN_EMIT_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct vn_plan;

/* Unified diff of all changed files, "a/" and "b/" before their shown names. */
void	vn_emit_diff(const struct vn_plan *plan, FILE *out);

/* Replace the changed files, all or none.  0, or -1 after one error. */
int	vn_emit_inplace(const struct vn_plan *plan);

/*
 * Write the changed files below dir, under their shown names.  0, or -1
 * after one error.
 */
int	vn_emit_directory(const struct vn_plan *plan, const char *dir);

/* --dump-edits: "file:line:col: rule 'old' -> 'new'", a line each. */
void	vn_emit_edits(const struct vn_plan *plan, FILE *out);

/*
 * --explain: what became of the occurrences on a line of a file (col 0: all of
 * the line, and the remarks there that are about none of them).  The file as
 * shown, or a suffix of its path.  Returns the number of those explained.
 */
size_t	vn_emit_explain(const struct vn_plan *plan, const char *file,
	    unsigned line, unsigned col, FILE *out);

/* All remarks, "file:line:col: remark: [kind] text", sorted by place. */
void	vn_emit_remarks(const struct vn_plan *plan, FILE *out);

/* The sums, and the number of files and names, in two lines or so. */
void	vn_emit_summary(const struct vn_plan *plan, FILE *out);

/* How many remarks are left to a person. */
size_t	vn_emit_count_remarks(const struct vn_plan *plan);

#endif /* !VN_EMIT_EMIT_H */
