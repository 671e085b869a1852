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

static size_t
line_of(const struct vn_source *s, uint32_t off)
{
	unsigned line, col;

	vn_lines_at(&s->lines, off, &line, &col);
	return (line - 1);
}

static uint32_t
start_of(const struct vn_source *s, size_t line)
{

	return (line < s->lines.count ? s->lines.starts[line] :
	    (uint32_t)s->len);
}

/* One past the last old line that the edit touches. */
static size_t
line_after(const struct vn_source *s, const struct vn_edit *e, size_t first)
{
	uint32_t end = e->off + e->len;
	size_t n = strlen(e->text);
	size_t line;

	if (s->lines.count == 0)
		return (0);
	/* An insertion of whole lines at a line's start touches none. */
	if (e->len == 0 && n > 0 && e->text[n - 1] == '\n' &&
	    e->off == start_of(s, first))
		return (first);
	if (e->off >= s->len && (s->len == 0 || s->data[s->len - 1] == '\n'))
		return (s->lines.count);
	line = line_of(s, end > e->off ? end - 1 : end);
	/* Replacing a newline joins the next line, unless one is put back. */
	return (line + 1 + (size_t)(end > e->off && s->data[end - 1] == '\n' &&
	    (n == 0 || e->text[n - 1] != '\n')));
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

/* Group a source's edits into changes of whole lines. */
static void
find_changes(struct changes *out, const struct vn_source *s,
    const struct vn_edits *edits, size_t first, size_t end)
{

	for (size_t i = first, k; i < end; i = k) {
		struct change c = { 0 };
		size_t after;

		c.line = edits->items[i].off >= s->len && s->len > 0 &&
		    s->data[s->len - 1] == '\n' ? s->lines.count :
		    s->lines.count == 0 ? 0 : line_of(s, edits->items[i].off);
		after = line_after(s, &edits->items[i], c.line);
		for (k = i + 1; k < end; k++) {
			const struct vn_edit *e = &edits->items[k];
			size_t line = e->off >= s->len ? s->lines.count :
			    line_of(s, e->off), next;

			if (line > after)
				break;
			next = line_after(s, e, line);
			after = next > after ? next : after;
		}
		c.count = after - c.line;
		finish_change(s, edits, i, k, &c);
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

	to = to > s->lines.count ? s->lines.count : to;
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
