/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The lines of two sources put side by side: a patience diff, and within what
 * it leaves, the best row of pairs by the words they share.
 */

#include "linemap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "text_lines.h"

enum {
	MAX_DEPTH = 64,		/* of the patience diff */
	MAX_ALIKE = 1 << 18,	/* pairs of lines looked at by words */
	MAX_EQUAL = 1 << 24,	/* pairs of lines looked at whole */
	SCORE_BLANK = 8,
	SCORE_BARE = 24,	/* equal, but no word in it */
	SCORE_EQUAL = 64
};

/* Lines [p0, p1) of the plain source and [c0, c1) of the converted one. */
struct range {
	size_t	p0, p1, c0, c1;
};

struct side {
	struct vn_text	 text;
	uint32_t	*class;		/* owned: equal lines have equal ones */
	uint32_t	*seen;		/* owned: by class, in this range */
};

struct aligner {
	struct side	 plain, conv;
	uint32_t	*at;		/* owned: by class, a plain line */
	unsigned	*map;		/* borrowed: that of the result */
};

/*
 * Classes.
 */

struct keyed {
	uint64_t	 hash;
	uint32_t	*class;
};

/* White space does not count, so that a new indentation is no new line. */
static uint64_t
hash_line(const char *line, size_t len)
{
	uint64_t h;
	size_t i;

	for (h = 14695981039346656037u, i = 0; i < len; i++)
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\n' &&
		    line[i] != '\r')
			h = (h ^ (unsigned char)line[i]) * 1099511628211u;
	return (h);
}

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x, *y;

	x = a;
	y = b;
	return (x->hash < y->hash ? -1 : x->hash > y->hash);
}

static void
add_keys(struct keyed *keys, struct side *side)
{
	const char *line;
	size_t i, len;

	side->class = vn_calloc(side->text.count + 1, sizeof(*side->class));
	for (i = 0; i < side->text.count; i++) {
		line = vn_text_line(&side->text, i, &len);
		keys[i].hash = hash_line(line, len);
		keys[i].class = &side->class[i];
	}
}

/* Class 0 is that of blank lines. */
static void
classify(struct aligner *a)
{
	struct keyed *keys;
	uint32_t class;
	size_t i, n;

	n = a->plain.text.count + a->conv.text.count;
	keys = vn_calloc(n + 1, sizeof(*keys));
	add_keys(keys, &a->plain);
	add_keys(keys + a->plain.text.count, &a->conv);
	qsort(keys, n, sizeof(*keys), by_key);
	for (class = 0, i = 0; i < n; i++) {
		if (keys[i].hash == hash_line("", 0))
			continue;
		if (i == 0 || keys[i].hash != keys[i - 1].hash)
			class++;
		*keys[i].class = class;
	}
	free(keys);
	a->plain.seen = vn_calloc(class + 1, sizeof(uint32_t));
	a->conv.seen = vn_calloc(class + 1, sizeof(uint32_t));
	a->at = vn_calloc(class + 1, sizeof(uint32_t));
}

static void
pair(struct aligner *a, size_t p, size_t c)
{
	a->map[c] = (unsigned)p + 1;
}

static bool
same(const struct aligner *a, size_t p, size_t c)
{
	return (a->plain.class[p] == a->conv.class[c]);
}

/*
 * What is left between lines known to be the same: pairs in order, those that
 * score highest together.
 */

static unsigned
score_equal(const struct aligner *a, const struct vn_line_words *words,
    size_t p, size_t c)
{
	if (!same(a, p, c))
		return (0);
	if (a->plain.class[p] == 0)
		return (SCORE_BLANK);
	return (words == NULL || words->count > 0 ? SCORE_EQUAL : SCORE_BARE);
}

/* Half of their words at least have to be the same. */
static unsigned
score_alike(const struct vn_line_words *p, const struct vn_line_words *c)
{
	unsigned all, shared;

	all = p->count + c->count;
	shared = vn_line_shared(p, c);
	if (shared == 0 || 4 * shared < all)
		return (0);
	return (SCORE_BLANK + (SCORE_EQUAL / 2) * 2 * shared / all);
}

static struct vn_line_words *
words_of(const struct vn_text *text, size_t first, size_t last)
{
	struct vn_line_words *words;
	const char *line;
	size_t i, len;

	words = vn_calloc(last - first, sizeof(*words));
	for (i = first; i < last; i++) {
		line = vn_text_line(text, i, &len);
		vn_line_words(&words[i - first], line, len);
	}
	return (words);
}

enum step { STEP_PLAIN, STEP_CONV, STEP_PAIR };

/* The steps that lead to the end of both are followed from the start. */
static void
follow(struct aligner *a, const struct range *r, const uint8_t *steps)
{
	size_t c, p, width;

	width = r->c1 - r->c0;
	for (p = r->p0, c = r->c0; p < r->p1 && c < r->c1;) {
		switch (steps[(p - r->p0) * width + (c - r->c0)]) {
		case STEP_PAIR:
			pair(a, p++, c++);
			break;
		case STEP_PLAIN:
			p++;
			break;
		default:
			c++;
		}
	}
}

/* words: of both sides, or NULL where only equal lines make a pair. */
static void
align(struct aligner *a, const struct range *r,
    const struct vn_line_words *pw, const struct vn_line_words *cw)
{
	uint32_t *below, *here, pairscore;
	uint8_t *steps, step;
	size_t c, n, p, width;

	width = r->c1 - r->c0;
	steps = vn_malloc((r->p1 - r->p0) * width);
	here = vn_calloc(2 * (width + 1), sizeof(*here));
	below = here + width + 1;
	for (p = r->p1; p-- > r->p0;) {
		memcpy(below, here, (width + 1) * sizeof(*here));
		for (c = r->c1; c-- > r->c0;) {
			n = c - r->c0;
			pairscore = score_equal(a,
			    pw == NULL ? NULL : &pw[p - r->p0], p, c);
			if (pairscore == 0 && pw != NULL)
				pairscore = score_alike(&pw[p - r->p0], &cw[n]);
			step = below[n] >= here[n + 1] ? STEP_PLAIN : STEP_CONV;
			here[n] = step == STEP_PLAIN ? below[n] : here[n + 1];
			if (pairscore > 0 &&
			    below[n + 1] + pairscore >= here[n]) {
				here[n] = below[n + 1] + pairscore;
				step = STEP_PAIR;
			}
			steps[(p - r->p0) * width + n] = step;
		}
	}
	follow(a, r, steps);
	free(steps);
	free(here);
}

static void	align_between(struct aligner *a, const struct range *r);

static void
align_gap(struct aligner *a, const struct range *r)
{
	struct vn_line_words *cw, *pw;
	size_t pairs;

	if (r->p0 == r->p1 || r->c0 == r->c1)
		return;
	pairs = (r->p1 - r->p0) * (r->c1 - r->c0);
	if (pairs <= MAX_ALIKE) {
		pw = words_of(&a->plain.text, r->p0, r->p1);
		cw = words_of(&a->conv.text, r->c0, r->c1);
		align(a, r, pw, cw);
		free(pw);
		free(cw);
	} else if (pairs <= MAX_EQUAL) {
		align(a, r, NULL, NULL);
		align_between(a, r);
	}
}

/* The gaps between the pairs of a range, where those are small enough. */
static void
align_between(struct aligner *a, const struct range *r)
{
	struct range gap;
	size_t c;

	gap = *r;
	for (c = r->c0; c <= r->c1; c++) {
		if (c < r->c1 && a->map[c] == 0)
			continue;
		gap.c1 = c;
		gap.p1 = c < r->c1 ? a->map[c] - 1 : r->p1;
		if ((gap.p1 - gap.p0) * (gap.c1 - gap.c0) <= MAX_ALIKE)
			align_gap(a, &gap);
		gap.c0 = c + 1;
		gap.p0 = gap.p1 + 1;
	}
}

/*
 * Patience: lines that stand once on each side, the longest row of them.
 */

struct anchor {
	size_t	p, c;
	size_t	before;		/* the one before it in its row, + 1 */
};

struct anchors {
	struct anchor	*items;
	size_t		 count, room;
};

static void
count_classes(const struct side *side, size_t first, size_t last, bool reset)
{
	size_t i;

	for (i = first; i < last; i++)
		if (reset)
			side->seen[side->class[i]] = 0;
		else
			side->seen[side->class[i]]++;
}

static void
find_unique(struct aligner *a, const struct range *r, struct anchors *out)
{
	uint32_t class;
	size_t c, p;

	count_classes(&a->plain, r->p0, r->p1, false);
	count_classes(&a->conv, r->c0, r->c1, false);
	for (p = r->p0; p < r->p1; p++)
		a->at[a->plain.class[p]] = (uint32_t)p;
	for (c = r->c0; c < r->c1; c++) {
		class = a->conv.class[c];
		if (class != 0 && a->conv.seen[class] == 1 &&
		    a->plain.seen[class] == 1)
			VN_PUSH(out, (struct anchor){ a->at[class], c, 0 });
	}
	count_classes(&a->plain, r->p0, r->p1, true);
	count_classes(&a->conv, r->c0, r->c1, true);
}

/* The anchors are in order of c: keep a longest row that is so in p, too. */
static void
keep_longest(struct anchors *v)
{
	size_t *piles, high, i, low, mid, n;

	piles = vn_calloc(v->count + 1, sizeof(*piles));
	for (n = i = 0; i < v->count; i++) {
		for (low = 0, high = n; low < high;) {
			mid = low + (high - low) / 2;
			if (v->items[piles[mid]].p < v->items[i].p)
				low = mid + 1;
			else
				high = mid;
		}
		v->items[i].before = low == 0 ? 0 : piles[low - 1] + 1;
		piles[low] = i;
		if (low == n)
			n++;
	}
	/* The row backwards: positions first, as items are moved. */
	for (i = n; i-- > 1;)
		piles[i - 1] = v->items[piles[i]].before - 1;
	for (i = 0; i < n; i++)
		v->items[i] = v->items[piles[i]];
	v->count = n;
	free(piles);
}

static void
trim(struct aligner *a, struct range *r)
{
	while (r->p0 < r->p1 && r->c0 < r->c1 && same(a, r->p0, r->c0))
		pair(a, r->p0++, r->c0++);
	while (r->p0 < r->p1 && r->c0 < r->c1 &&
	    same(a, r->p1 - 1, r->c1 - 1))
		pair(a, --r->p1, --r->c1);
}

static void
patience(struct aligner *a, struct range r, unsigned depth)
{
	struct anchors v = { 0 };
	struct range gap;
	size_t i;

	trim(a, &r);
	if (r.p0 == r.p1 || r.c0 == r.c1)
		return;
	if (depth < MAX_DEPTH)
		find_unique(a, &r, &v);
	if (v.count == 0) {
		align_gap(a, &r);
		return;
	}
	keep_longest(&v);
	gap = r;
	for (i = 0; i <= v.count; i++) {
		gap.p1 = i < v.count ? v.items[i].p : r.p1;
		gap.c1 = i < v.count ? v.items[i].c : r.c1;
		patience(a, gap, depth + 1);
		if (i < v.count)
			pair(a, gap.p1, gap.c1);
		gap.p0 = gap.p1 + 1;
		gap.c0 = gap.c1 + 1;
	}
	VN_FREE(&v);
}

/*
 * A line made two: what stands beside a line and has only words that its plain
 * one has as well belongs to that plain one.
 */

static void
words_at(struct vn_line_words *out, const struct vn_text *text, size_t i)
{
	const char *line;
	size_t len;

	line = vn_text_line(text, i, &len);
	vn_line_words(out, line, len);
}

/* Lines without a plain one next to line c, in that direction. */
static void
join_beside(struct aligner *a, const struct vn_linemap *map, size_t c,
    bool down)
{
	struct vn_line_words left, mine;
	size_t end, i;

	end = down ? map->count - 1 : 0;
	if (c == end || map->lines[down ? c + 1 : c - 1] != 0)
		return;
	words_at(&left, &a->plain.text, map->lines[c] - 1);
	words_at(&mine, &a->conv.text, c);
	vn_line_take(&left, &mine);
	for (i = c; i != end;) {
		i = down ? i + 1 : i - 1;
		words_at(&mine, &a->conv.text, i);
		if (map->lines[i] != 0 || mine.count == 0 ||
		    vn_line_take(&left, &mine) != mine.count)
			break;
		map->lines[i] = map->lines[c];
	}
}

static void
join_split(struct aligner *a, const struct vn_linemap *map)
{
	size_t c;

	for (c = 0; c < map->count; c++)
		if (map->lines[c] != 0)
			join_beside(a, map, c, true);
	for (c = map->count; c-- > 0;)
		if (map->lines[c] != 0)
			join_beside(a, map, c, false);
}

static void
free_side(struct side *side)
{
	vn_text_free(&side->text);
	free(side->class);
	free(side->seen);
}

void
vn_linemap_make(struct vn_linemap *out, const char *plain, size_t plainlen,
    const char *converted, size_t convertedlen)
{
	struct aligner a = { 0 };

	vn_text_init(&a.plain.text, plain, plainlen);
	vn_text_init(&a.conv.text, converted, convertedlen);
	out->plain = a.plain.text.count;
	out->count = a.conv.text.count;
	out->lines = vn_calloc(out->count + 1, sizeof(*out->lines));
	a.map = out->lines;
	classify(&a);
	patience(&a, (struct range){ 0, out->plain, 0, out->count }, 0);
	join_split(&a, out);
	free_side(&a.plain);
	free_side(&a.conv);
	free(a.at);
}

void
vn_linemap_free(struct vn_linemap *map)
{
	free(map->lines);
	*map = (struct vn_linemap){ 0 };
}

void
vn_stretches_free(struct vn_stretches *stretches)
{
	size_t i;

	for (i = 0; i < stretches->count; i++)
		free(stretches->items[i].path);
	VN_FREE(stretches);
}
