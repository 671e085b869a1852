/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The set of edits: sorted, folded, checked, applied.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/edit.h"

void
vn_edits_add(struct vn_edits *edits, int source, uint32_t off, uint32_t len,
    const char *text, int rank, const char *rule)
{

	if (edits->count == edits->room) {
		edits->room = edits->room == 0 ? 256 : 2 * edits->room;
		edits->items = vn_realloc(edits->items,
		    edits->room * sizeof(*edits->items));
	}
	edits->items[edits->count++] = (struct vn_edit){ source, off, len,
	    rank, vn_strdup(text), rule };
}

#define	ORDER(a, b)	(((a) > (b)) - ((a) < (b)))

static int
order_edits(const void *va, const void *vb)
{
	const struct vn_edit *a = va, *b = vb;
	int c;

	if ((c = ORDER(a->source, b->source)) != 0 ||
	    (c = ORDER(a->off, b->off)) != 0 ||
	    (c = ORDER(a->len != 0, b->len != 0)) != 0 ||
	    (c = ORDER(a->rank, b->rank)) != 0 ||
	    (c = ORDER(a->len, b->len)) != 0 ||
	    (c = strcmp(a->text, b->text)) != 0)
		return (c);
	return (strcmp(a->rule, b->rule));
}

static bool
equal_edits(const struct vn_edit *a, const struct vn_edit *b)
{

	return (a->source == b->source && a->off == b->off &&
	    a->len == b->len && a->rank == b->rank &&
	    strcmp(a->text, b->text) == 0);
}

static bool
conflict(const struct vn_edit *a, const struct vn_edit *b)
{

	return (a->source == b->source && b->off < a->off + a->len);
}

static int
report_conflict(const struct vn_sources *sources, const struct vn_edit *a,
    const struct vn_edit *b)
{
	struct vn_source *s = sources->items[a->source];

	vn_source_open(s);
	vn_diag_at(VN_ERROR, s, b->off, "edits in conflict: rule %s wants "
	    "'%s', rule %s wants '%s'; please report this", a->rule, a->text,
	    b->rule, b->text);
	return (-1);
}

int
vn_edits_merge(struct vn_edits *edits, const struct vn_sources *sources)
{
	size_t n = 0;

	if (edits->count > 0)
		qsort(edits->items, edits->count, sizeof(*edits->items),
		    order_edits);
	for (size_t i = 0; i < edits->count; i++) {
		if (n > 0 && equal_edits(&edits->items[n - 1],
		    &edits->items[i])) {
			free(edits->items[i].text);
			continue;
		}
		edits->items[n++] = edits->items[i];
	}
	edits->count = n;
	for (size_t i = 1; i < n; i++)
		if (conflict(&edits->items[i - 1], &edits->items[i]))
			return (report_conflict(sources, &edits->items[i - 1],
			    &edits->items[i]));
	return (0);
}

static bool
ends_with_crlf(const struct vn_source *s)
{
	const char *nl = memchr(s->data, '\n', s->len);

	return (nl != NULL && nl > s->data && nl[-1] == '\r');
}

static char *
with_crlf(const char *text)
{
	struct vn_strbuf sb = { 0 };

	for (; *text != '\0'; text++) {
		if (*text == '\n')
			vn_strbuf_putc(&sb, '\r');
		vn_strbuf_putc(&sb, *text);
	}
	return (vn_strbuf_take(&sb));
}

void
vn_edits_newlines(struct vn_edits *edits, const struct vn_sources *sources)
{

	for (size_t i = 0; i < edits->count; i++) {
		struct vn_edit *e = &edits->items[i];
		char *text;

		if (strchr(e->text, '\n') == NULL ||
		    !ends_with_crlf(sources->items[e->source]))
			continue;
		text = with_crlf(e->text);
		free(e->text);
		e->text = text;
	}
}

size_t
vn_edits_range(const struct vn_edits *edits, int source, size_t *end)
{
	size_t lo = 0, hi = edits->count, first;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (edits->items[mid].source < source)
			lo = mid + 1;
		else
			hi = mid;
	}
	first = lo;
	while (lo < edits->count && edits->items[lo].source == source)
		lo++;
	*end = lo;
	return (first);
}

void
vn_edits_apply(struct vn_strbuf *out, const struct vn_source *source,
    const struct vn_edits *edits, size_t first, size_t end)
{
	uint32_t at = 0;

	for (size_t i = first; i < end; i++) {
		const struct vn_edit *e = &edits->items[i];

		vn_strbuf_add(out, source->data + at, e->off - at);
		vn_strbuf_puts(out, e->text);
		at = e->off + e->len;
	}
	vn_strbuf_add(out, source->data + at, source->len - at);
}

uint32_t
vn_edits_old(const struct vn_edits *edits, size_t first, size_t end,
    uint32_t off)
{
	uint32_t at = 0, old = 0;	/* the same byte, new and old */

	for (size_t i = first; i < end; i++) {
		const struct vn_edit *e = &edits->items[i];

		if (off < at + (e->off - old))
			break;
		at += e->off - old + (uint32_t)strlen(e->text);
		if (off < at)
			return (e->off);
		old = e->off + e->len;
	}
	return (old + (off - at));
}

void
vn_edits_free(struct vn_edits *edits)
{

	for (size_t i = 0; i < edits->count; i++)
		free(edits->items[i].text);
	free(edits->items);
	*edits = (struct vn_edits){ 0 };
}
