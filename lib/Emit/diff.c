/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A unified diff straight from the edits: no search for common lines is
 * needed, the plan knows what it changed.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/plan.h"

#include "Emit/emit.h"

#define	CONTEXT	3

/* Whole lines of the old file that are replaced by whole new lines. */
struct change {
	size_t		 line, count;		/* old lines, from 0 */
	struct vn_strbuf text;			/* owned: the new lines */
};

struct changes {
	VN_VEC(struct change) items;
};

/* How many lines there are; an empty file has none. */
static size_t
lines_of(const struct vn_source *s)
{

	return (s->len == 0 ? 0 : s->lines.count);
}

static uint32_t
start_of(const struct vn_source *s, size_t line)
{

	return (line < s->lines.count ? s->lines.starts[line] :
	    (uint32_t)s->len);
}

/* The line that holds a byte; the end is in the last one if that is open. */
static size_t
line_of(const struct vn_source *s, uint32_t off)
{
	unsigned line, col;

	if (off >= s->len && (s->len == 0 || s->data[s->len - 1] == '\n'))
		return (lines_of(s));
	vn_lines_at(&s->lines, off, &line, &col);
	return (line - 1);
}

/* One past the last old line that the edit, in line `first`, touches. */
static size_t
line_after(const struct vn_source *s, const struct vn_edit *e, size_t first)
{
	size_t n = strlen(e->text);

	/* An insertion of whole lines at a line's start touches none. */
	if (first == lines_of(s) || (e->len == 0 && n > 0 &&
	    e->text[n - 1] == '\n' && e->off == start_of(s, first)))
		return (first);
	return (line_of(s, e->len > 0 ? e->off + e->len - 1 : e->off) + 1);
}

static void
finish_change(const struct vn_source *s, const struct vn_edits *edits,
    size_t first, size_t end, struct change *c)
{
	uint32_t at = start_of(s, c->line), stop = start_of(s, c->line +
	    c->count);

	for (size_t i = first; i < end; i++) {
		const struct vn_edit *e = &edits->items[i];

		vn_strbuf_add(&c->text, s->data + at, e->off - at);
		vn_strbuf_puts(&c->text, e->text);
		at = e->off + e->len;
	}
	vn_strbuf_add(&c->text, s->data + at, stop - at);
}

/*
 * Take the edits from `first` on that touch the change's lines or stand right
 * behind them; returns one past the last.
 */
static size_t
widen(const struct vn_source *s, const struct vn_edits *edits, size_t first,
    size_t end, struct change *c)
{

	for (; first < end; first++) {
		const struct vn_edit *e = &edits->items[first];
		size_t line = line_of(s, e->off), after;

		if (line > c->line + c->count)
			break;
		after = line_after(s, e, line);
		if (after > c->line + c->count)
			c->count = after - c->line;
	}
	return (first);
}

/* Does the change end where a line does? */
static bool
is_whole(const struct vn_source *s, const struct change *c)
{

	return (c->text.len == 0 || c->text.data[c->text.len - 1] == '\n' ||
	    c->line + c->count >= lines_of(s));
}

/* Group a source's edits into changes of whole lines. */
static void
find_changes(struct changes *out, const struct vn_source *s,
    const struct vn_edits *edits, size_t first, size_t end)
{

	for (size_t i = first, k; i < end; i = k) {
		struct change c = { .line = line_of(s, edits->items[i].off) };

		k = widen(s, edits, i, end, &c);
		finish_change(s, edits, i, k, &c);
		/* Where a newline has gone, the next line is joined. */
		while (!is_whole(s, &c)) {
			vn_strbuf_free(&c.text);
			c.count++;
			k = widen(s, edits, k, end, &c);
			finish_change(s, edits, i, k, &c);
		}
		VN_PUSH(&out->items, c);
	}
}

static size_t
count_lines(const char *data, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += data[i] == '\n';
	return (n + (len > 0 && data[len - 1] != '\n'));
}

static void
put_lines(FILE *out, char mark, const char *data, size_t len)
{

	while (len > 0) {
		const char *nl = memchr(data, '\n', len);
		size_t n = nl == NULL ? len : (size_t)(nl - data) + 1;

		fputc(mark, out);
		fwrite(data, 1, n, out);
		if (nl == NULL)
			fputs("\n\\ No newline at end of file\n", out);
		data += n;
		len -= n;
	}
}

static void
put_old(FILE *out, char mark, const struct vn_source *s, size_t from,
    size_t to)
{

	if (from < to)
		put_lines(out, mark, s->data + start_of(s, from),
		    start_of(s, to) - start_of(s, from));
}

static void
put_range(FILE *out, char mark, size_t line, size_t count)
{

	fprintf(out, "%c%zu", mark, count == 0 ? line : line + 1);
	if (count != 1)
		fprintf(out, ",%zu", count);
}

/* One hunk of changes[first .. end - 1]; shift: new lines minus old so far. */
static void
put_hunk(FILE *out, const struct vn_source *s, const struct change *changes,
    size_t count, long *shift)
{
	const struct change *last = &changes[count - 1];
	size_t from = changes[0].line < CONTEXT ? 0 :
	    changes[0].line - CONTEXT;
	size_t to = last->line + last->count + CONTEXT, at = from;
	long grown = 0;

	to = to > lines_of(s) ? lines_of(s) : to;
	for (size_t i = 0; i < count; i++)
		grown += (long)count_lines(changes[i].text.data,
		    changes[i].text.len) - (long)changes[i].count;
	fputs("@@ ", out);
	put_range(out, '-', from, to - from);
	fputc(' ', out);
	put_range(out, '+', (size_t)((long)from + *shift),
	    (size_t)((long)(to - from) + grown));
	fputs(" @@\n", out);
	for (size_t i = 0; i < count; i++) {
		const struct change *c = &changes[i];

		put_old(out, ' ', s, at, c->line);
		put_old(out, '-', s, c->line, c->line + c->count);
		put_lines(out, '+', c->text.data, c->text.len);
		at = c->line + c->count;
	}
	put_old(out, ' ', s, at, to);
	*shift += grown;
}

static void
put_file(FILE *out, const struct vn_source *s, const struct changes *changes)
{
	size_t n = changes->items.count, k;
	long shift = 0;

	fprintf(out, "--- a/%s\n+++ b/%s\n", s->shown, s->shown);
	for (size_t i = 0; i < n; i = k) {
		const struct change *c = changes->items.items;

		for (k = i + 1; k < n && c[k].line <= c[k - 1].line +
		    c[k - 1].count + 2 * CONTEXT; k++)
			;
		put_hunk(out, s, &c[i], k - i, &shift);
	}
}

void
vn_emit_diff(const struct vn_plan *plan, FILE *out)
{

	for (size_t i = 0; i < plan->sources->count; i++) {
		struct changes changes = { 0 };
		size_t end, first = vn_edits_range(&plan->edits, (int)i, &end);

		if (first == end)
			continue;
		find_changes(&changes, plan->sources->items[i], &plan->edits,
		    first, end);
		put_file(out, plan->sources->items[i], &changes);
		for (size_t k = 0; k < changes.items.count; k++)
			vn_strbuf_free(&changes.items.items[k].text);
		VN_FREE(&changes.items);
	}
}
