/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The map of lines from the edits that made one source of another.
 */

#include <stdbool.h>
#include <string.h>

#include "Support/lex.h"
#include "Support/mem.h"

#include "Mirror/linemap.h"

struct walk {
	const struct vn_line_edit *edits;
	size_t		 count, next;	/* next: the first that ends behind */
	const char	*old, *new;
	size_t		 oldlen, newlen;
	size_t		 shift;	/* new less old offset before edits[next] */
	struct vn_lines	 oldlines;
};

/* Do the edits make the one of the other, as far as they say? */
static bool
fits(const struct walk *w)
{
	size_t old = 0, new = 0;

	for (size_t i = 0; i <= w->count; i++) {
		size_t end = i == w->count ? w->oldlen : w->edits[i].off;

		if (end < old || end > w->oldlen ||
		    end - old > w->newlen - new ||
		    memcmp(w->old + old, w->new + new, end - old) != 0)
			return (false);
		new += end - old;
		old = end;
		if (i == w->count)
			break;
		if (w->edits[i].oldlen > w->oldlen - old ||
		    w->edits[i].newlen > w->newlen - new)
			return (false);
		old += w->edits[i].oldlen;
		new += w->edits[i].newlen;
	}
	return (new == w->newlen);
}

static unsigned
plain_line(const struct walk *w, size_t off)
{
	unsigned line, col;

	vn_lines_at(&w->oldlines, off, &line, &col);
	return (line);
}

/* Where the text of edits[next] starts in the new bytes. */
static size_t
start_of(const struct walk *w)
{

	return (w->edits[w->next].off + w->shift);
}

/* Pass over the edits whose text ends before byte off of the new bytes. */
static void
advance(struct walk *w, size_t off)
{

	while (w->next < w->count &&
	    start_of(w) + w->edits[w->next].newlen <= off) {
		w->shift += w->edits[w->next].newlen;
		w->shift -= w->edits[w->next].oldlen;
		w->next++;
	}
}

/* Byte off of the new bytes is in an edit's text: its line among the old. */
static unsigned
replaced_line(const struct walk *w, size_t off)
{
	const struct vn_line_edit *e = &w->edits[w->next];
	unsigned first, last, k = 0;

	if (e->oldlen == 0)
		return (0);
	first = plain_line(w, e->off);
	last = plain_line(w, e->off + e->oldlen - 1);
	for (size_t p = start_of(w); p < off; p++)
		k += w->new[p] == '\n';
	return (first + k <= last ? first + k : last);
}

/* The plain line of the new bytes from off to the end of their line. */
static unsigned
line_at(struct walk *w, size_t off, size_t end)
{
	unsigned replaced = 0;

	for (size_t p = off; p < end; p++) {
		advance(w, p);
		if (w->next < w->count && p >= start_of(w)) {
			if (replaced == 0)
				replaced = replaced_line(w, p);
		} else if (w->new[p] != '\n' || p == off)
			return (plain_line(w, p - w->shift));
	}
	return (replaced);
}

/* What follows the last newline is no line if nothing does. */
static void
init_lines(struct vn_lines *lines, const char *data, size_t len)
{

	vn_lines_init(lines, data, len);
	if (lines->count > 0 && lines->starts[lines->count - 1] == len)
		lines->count--;
}

bool
vn_linemap_edits(struct vn_linemap *out, const struct vn_line_edit *edits,
    size_t count, const char *plain, size_t plainlen, const char *converted,
    size_t len)
{
	struct walk w = { .edits = edits, .count = count, .old = plain,
	    .new = converted, .oldlen = plainlen, .newlen = len };
	struct vn_lines lines;

	if (!fits(&w))
		return (false);
	init_lines(&w.oldlines, plain, plainlen);
	init_lines(&lines, converted, len);
	*out = (struct vn_linemap){ .count = lines.count,
	    .plain = w.oldlines.count };
	out->lines = vn_calloc(lines.count + 1, sizeof(*out->lines));
	for (size_t i = 0; i < lines.count; i++) {
		size_t end = i + 1 < lines.count ? lines.starts[i + 1] : len;

		out->lines[i] = line_at(&w, lines.starts[i], end);
	}
	vn_lines_free(&lines);
	vn_lines_free(&w.oldlines);
	return (true);
}
