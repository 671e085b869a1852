/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * String constants that only one of the objects has, and that no code or data
 * told of yet.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"

/* Of more strings than that the similar ones are not sought. */
enum { MAX_SOUGHT = 4096 };

struct text {
	const unsigned char	*bytes;		/* borrowed */
	size_t			 len;		/* without NUL */
	int			 section;
	uint64_t		 offset;
	bool			 paired;
};

struct texts {
	struct text	*items;		/* owned */
	size_t		 count, room;
};

static void
read_section(struct texts *out, const struct vn_section *s, int index)
{
	const unsigned char *p = s->data, *end = p + s->size, *nul;

	for (; p < end; p = nul + 1) {
		nul = memchr(p, '\0', (size_t)(end - p));
		if (nul == NULL)
			break;
		VN_PUSH(out, (struct text){ p, (size_t)(nul - p), index,
		    (uint64_t)(p - s->data), false });
	}
}

static int
compare_texts(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	size_t len = x->len < y->len ? x->len : y->len;
	int c = memcmp(x->bytes, y->bytes, len);

	if (c == 0)
		c = x->len < y->len ? -1 : x->len > y->len;
	return (c);
}

static void
read_texts(struct texts *out, const struct vn_object *o)
{

	for (size_t i = 1; i < o->nsections; i++)
		if (vn_section_is_strings(&o->sections[i]))
			read_section(out, &o->sections[i], (int)i);
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(*out->items),
		    compare_texts);
}

/* Mark those that both have; a text counts as often as it is there. */
static void
pair_equal(struct texts *a, struct texts *b)
{
	size_t i = 0, j = 0;

	while (i < a->count && j < b->count) {
		int c = compare_texts(&a->items[i], &b->items[j]);

		if (c == 0)
			a->items[i].paired = b->items[j].paired = true;
		i += c <= 0;
		j += c >= 0;
	}
}

static char *
text_of(const struct text *t)
{
	struct vn_strbuf sb = { 0 };

	if (t == NULL)
		return (NULL);
	vn_text_print(&sb, t->bytes, t->len);
	return (vn_strbuf_take(&sb));
}

/* Is it in one of the first findings, as what was, or is now, there? */
static bool
is_told(const struct vn_findings *f, size_t count, const struct text *t,
    bool now)
{
	char *text = text_of(t);
	bool told = false;

	for (size_t i = 0; i < count && !told; i++) {
		const char *s = now ? f->items[i].now : f->items[i].was;

		told = f->items[i].kind == VN_DIFF_STRING && s != NULL &&
		    strcmp(s, text) == 0;
	}
	free(text);
	return (told);
}

/* Bytes at both ends that are the same. */
static size_t
alike(const struct text *a, const struct text *b)
{
	size_t n = a->len < b->len ? a->len : b->len, head = 0, tail = 0;

	while (head < n && a->bytes[head] == b->bytes[head])
		head++;
	while (tail < n - head && a->bytes[a->len - 1 - tail] ==
	    b->bytes[b->len - 1 - tail])
		tail++;
	return (head + tail);
}

/* The most similar of those left: half of the longer one at least. */
static struct text *
most_alike(const struct text *t, struct texts *others)
{
	struct text *best = NULL;
	size_t most = 0;

	if (others->count > MAX_SOUGHT)
		return (NULL);
	for (size_t i = 0; i < others->count; i++) {
		struct text *o = &others->items[i];
		size_t n, longer = t->len > o->len ? t->len : o->len;

		if (o->paired)
			continue;
		n = alike(t, o);
		if (2 * n >= longer && (best == NULL || n > most)) {
			best = o;
			most = n;
		}
	}
	return (best);
}

static void
found_text(struct vn_findings *f, struct text *a, struct text *b)
{
	struct vn_spot one = { 0 }, other = { 0 };

	if (a != NULL)
		one = (struct vn_spot){ a->section, 0, a->offset };
	if (b != NULL) {
		other = (struct vn_spot){ b->section, 0, b->offset };
		b->paired = true;
	}
	vn_found(f, VN_DIFF_STRING, one, other, text_of(a), text_of(b));
}

void
vn_find_strings(struct vn_findings *f)
{
	struct texts a = { 0 }, b = { 0 };
	size_t before = f->count;

	read_texts(&a, f->match.one.object);
	read_texts(&b, f->match.other.object);
	pair_equal(&a, &b);
	for (size_t i = 0; i < b.count; i++)
		if (!b.items[i].paired)
			b.items[i].paired = is_told(f, before,
			    &b.items[i], true);
	for (size_t i = 0; i < a.count; i++)
		if (!a.items[i].paired && !is_told(f, before,
		    &a.items[i], false))
			found_text(f, &a.items[i], most_alike(&a.items[i],
			    &b));
	for (size_t i = 0; i < b.count; i++)
		if (!b.items[i].paired)
			found_text(f, NULL, &b.items[i]);
	VN_FREE(&a);
	VN_FREE(&b);
}
