/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Messages to a person.
 */

#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static const char *progname = "vnetize";
static enum vn_level lowest = VN_WARNING;
static unsigned errors;

void
vn_diag_setup(const char *name, enum vn_level shown)
{
	progname = name;
	lowest = shown;
}

unsigned
vn_diag_errors(void)
{
	return (errors);
}

/* What stands before the message, without the colon and blank after it. */
static char *
place(const char *file, unsigned line, unsigned col)
{
	if (file == NULL)
		return (vn_strdup(progname));
	if (line == 0)
		return (vn_strdup(file));
	if (col == 0)
		return (vn_asprintf("%s:%u", file, line));
	return (vn_asprintf("%s:%u:%u", file, line, col));
}

void
vn_diag(enum vn_level level, const char *file, unsigned line, unsigned col,
    const char *fmt, ...)
{
	va_list ap;
	char *msg, *text, *where;

	if (level == VN_ERROR)
		errors++;
	else if (level < lowest)
		return;
	va_start(ap, fmt);
	msg = vn_vasprintf(fmt, ap);
	va_end(ap);
	where = place(file, line, col);
	text = vn_asprintf("%s: %s\n", where, msg);
	/* At one go, so that workers that share the terminal do not mix. */
	fwrite(text, 1, strlen(text), stderr);
	free(text);
	free(where);
	free(msg);
}

static size_t
least(size_t a, size_t b)
{
	return (a < b ? a : b);
}

/*
 * One row of the table of distances between prefixes: row[j] is that of
 * a[0 .. i - 1] and b[0 .. j - 1], from the rows of i - 1 and i - 2.
 */
static void
distance_row(size_t *row, const size_t *prev, const size_t *prev2,
    const char *a, size_t i, const char *b, size_t blen)
{
	size_t j;

	row[0] = i;
	for (j = 1; j <= blen; j++) {
		row[j] = least(prev[j], row[j - 1]) + 1;
		row[j] = least(row[j], prev[j - 1] + (a[i - 1] != b[j - 1]));
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
		    a[i - 2] == b[j - 1])
			row[j] = least(row[j], prev2[j - 2] + 1);
	}
}

/* Bytes inserted, deleted, replaced, or swapped with the next one. */
static size_t
distance(const char *a, const char *b)
{
	size_t alen, blen, i, j, result, *rows, width;

	alen = strlen(a);
	blen = strlen(b);
	width = blen + 1;
	rows = vn_calloc(3 * width, sizeof(*rows));
	for (j = 0; j <= blen; j++)
		rows[j] = j;
	for (i = 1; i <= alen; i++)
		distance_row(rows + i % 3 * width, rows + (i + 2) % 3 * width,
		    rows + (i + 1) % 3 * width, a, i, b, blen);
	result = rows[alen % 3 * width + blen];
	free(rows);
	return (result);
}

const char *
vn_diag_nearest(const char *word, const char *const *words, size_t count)
{
	const char *best;
	size_t d, i, limit;

	best = NULL;
	limit = strlen(word) / 3;
	for (i = 0; i < count; i++) {
		d = distance(word, words[i]);
		if (d > limit || (best != NULL && d == limit))
			continue;
		best = words[i];
		limit = d;
	}
	return (best);
}
