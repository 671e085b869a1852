/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What differs between two token sequences: E. W. Myers, "An O(ND) difference
 * algorithm and its variations" (1986), started anew at each difference and
 * left as soon as many tokens in a row are equal.  So its work is square in the
 * size of one place that changed, not in that of all.
 */

#include <stdlib.h>
#include <string.h>

#include "Quick/ptokens.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

enum {
	ENOUGH = 32,		/* equal tokens that end a difference */
	EDITS_MAX = 4000,	/* of one difference: at most 64 MB */
	GONE = -2		/* a path that left the texts */
};

struct side {
	const struct vn_ptokens *tokens;
	size_t	from;		/* where the difference begins */
	int	left;		/* tokens from there */
};

/* One search; a path is on diagonal k = x - y after d edits. */
struct search {
	struct side	 a, b;	/* plain: x; converted: y */
	int		*rows;	/* x by d and k: row d begins at d * d; owned */
	int		 d, k;	/* where it ended */
};

static int
left_of(size_t count, size_t from)
{
	return (count - from > INT32_MAX / 4 ? INT32_MAX / 4 :
	    (int)(count - from));
}

static int *
at(const struct search *s, int d, int k)
{
	return (&s->rows[(size_t)d * (size_t)d + (size_t)(k + d)]);
}

/* Where the path (d, k) is after its last edit, if that is one of a side. */
static int
step_by(const struct search *s, int d, int k, bool down)
{
	int x;

	if (down ? k == d : k == -d)
		return (GONE);
	x = down ? *at(s, d - 1, k + 1) : *at(s, d - 1, k - 1) + 1;
	return (x < 0 || x > s->a.left || x - k > s->b.left ? GONE : x);
}

/* Is the last edit of the path (d, k) a token of the converted side? */
static bool
came_down(const struct search *s, int d, int k)
{
	return (step_by(s, d, k, true) >= step_by(s, d, k, false));
}

/* How far the path gets with its last edit alone. */
static int
step(const struct search *s, int d, int k)
{
	return (d == 0 ? 0 : step_by(s, d, k, came_down(s, d, k)));
}

/* Equal tokens from (x, y). */
static int
snake(const struct search *s, int x, int y)
{
	int n = 0;

	while (x + n < s->a.left && y + n < s->b.left && n < ENOUGH &&
	    vn_ptoken_same(s->a.tokens, s->a.from + (size_t)(x + n),
	    s->b.tokens, s->b.from + (size_t)(y + n)))
		n++;
	return (n);
}

/* All paths with one edit more; is one at its end? */
static bool
row(struct search *s, int d)
{
	int n, x;

	s->d = d;
	for (int k = -d; k <= d; k++) {
		*at(s, d, k) = GONE;
		if (((k + d) & 1) != 0 || (x = step(s, d, k)) == GONE)
			continue;
		n = snake(s, x, x - k);
		*at(s, d, k) = x + n;
		s->k = k;
		if (n == ENOUGH ||
		    (x + n == s->a.left && x + n - k == s->b.left))
			return (true);
	}
	return (false);
}

/* The path of the last row that is furthest. */
static void
furthest(struct search *s)
{
	int best = -1;

	for (int k = -s->d; k <= s->d; k += 2) {
		int x = *at(s, s->d, k);

		if (x != GONE && 2 * x - k > best) {
			best = 2 * x - k;
			s->k = k;
		}
	}
}

static void
search(struct search *s)
{
	size_t room = 64;

	s->rows = vn_malloc(room * room * sizeof(*s->rows));
	for (int d = 0; d <= EDITS_MAX; d++) {
		if ((size_t)d + 1 > room) {
			room *= 2;
			s->rows = vn_realloc(s->rows,
			    room * room * sizeof(*s->rows));
		}
		if (row(s, d))
			return;
	}
	furthest(s);
}

/* Append an edit at (x, y) to the hunk that ends there, or as a new one. */
static void
add_edit(struct vn_hunks *out, size_t x, size_t y, bool down)
{
	struct vn_hunk *last;

	last = out->count > 0 ? &out->items[out->count - 1] : NULL;
	if (last == NULL || last->end[0] != x || last->end[1] != y) {
		VN_PUSH(out, (struct vn_hunk){ { x, y }, { x, y } });
		last = &out->items[out->count - 1];
	}
	last->end[down]++;
}

/* The edits of the path that was found, in order. */
static void
add_edits(struct vn_hunks *out, const struct search *s)
{
	int *ks = vn_malloc(((size_t)s->d + 1) * sizeof(*ks)), k = s->k;

	for (int d = s->d; d > 0; d--) {
		ks[d] = k;
		k += came_down(s, d, k) ? 1 : -1;
	}
	for (int d = 1; d <= s->d; d++) {
		bool down = came_down(s, d, ks[d]);
		int x = step(s, d, ks[d]) - !down;

		add_edit(out, s->a.from + (size_t)x, s->b.from +
		    (size_t)(x - (ks[d] + (down ? 1 : -1))), down);
	}
	free(ks);
}

/* One difference, which begins at *i and *j; they are put behind it. */
static void
difference(struct vn_hunks *out, const struct vn_ptokens *plain,
    const struct vn_ptokens *converted, size_t *i, size_t *j)
{
	struct search s = {
	    .a = { plain, *i, left_of(plain->count, *i) },
	    .b = { converted, *j, left_of(converted->count, *j) } };
	int x;

	search(&s);
	add_edits(out, &s);
	x = *at(&s, s.d, s.k);
	*i += (size_t)x;
	*j += (size_t)(x - s.k);
	free(s.rows);
}

/*
 * Is the hunk the "(" of "(x)" for "x", or the "(y" of "(y)" for "x"?  Then
 * *close is where the other parenthesis has to be.
 */
static bool
opens(const struct vn_hunk *h, const struct vn_ptokens *converted,
    size_t *close)
{
	size_t was = h->end[0] - h->first[0], now = h->end[1] - h->first[1];

	*close = h->first[1] + 2;
	return (was <= 1 && now == was + 1 &&
	    vn_ptoken_is(converted, h->first[1], "("));
}

/*
 * Make one hunk of both parentheses and what is between.  "x))" can have any of
 * its two for the added one: it is taken as the first.
 */
static bool
join(struct vn_hunk *open, const struct vn_hunk *close,
    const struct vn_ptokens *converted)
{
	size_t at = close->first[1], wanted;

	if (!opens(open, converted, &wanted) || at < wanted ||
	    close->first[0] != close->end[0] || close->end[1] - at != 1 ||
	    !vn_ptoken_is(converted, at, ")"))
		return (false);
	while (at > wanted && vn_ptoken_is(converted, at - 1, ")"))
		at--;
	if (at != wanted)
		return (false);
	open->end[0] = open->first[0] + 1;
	open->end[1] = at + 1;
	return (true);
}

/*
 * "& (x)) (y)" for "& x) y" has ") (" added: the end of one pair and the
 * beginning of the next.
 */
static void
split_parens(struct vn_hunks *hunks, const struct vn_ptokens *converted)
{
	struct vn_hunks split = { 0 };

	for (size_t i = 0; i < hunks->count; i++) {
		struct vn_hunk h = hunks->items[i], first = h;

		if (h.first[0] == h.end[0] && h.end[1] - h.first[1] == 2 &&
		    vn_ptoken_is(converted, h.first[1], ")") &&
		    vn_ptoken_is(converted, h.first[1] + 1, "(")) {
			first.end[1] = ++h.first[1];
			VN_PUSH(&split, first);
		}
		VN_PUSH(&split, h);
	}
	VN_FREE(hunks);
	*hunks = split;
}

void
vn_ptokens_diff(struct vn_hunks *out, const struct vn_ptokens *plain,
    const struct vn_ptokens *converted)
{
	size_t i = 0, j = 0, n = 0;

	*out = (struct vn_hunks){ 0 };
	while (i < plain->count || j < converted->count) {
		if (i < plain->count && j < converted->count &&
		    vn_ptoken_same(plain, i, converted, j)) {
			i++;
			j++;
		} else
			difference(out, plain, converted, &i, &j);
	}
	split_parens(out, converted);
	for (i = 0; i < out->count; i++)
		if (n == 0 || !join(&out->items[n - 1], &out->items[i],
		    converted))
			out->items[n++] = out->items[i];
	out->count = n;
}

void
vn_hunks_free(struct vn_hunks *hunks)
{
	VN_FREE(hunks);
}

bool
vn_hunk_parens(const struct vn_hunk *hunk, const struct vn_ptokens *plain,
    const struct vn_ptokens *converted)
{
	size_t i = hunk->first[0], j = hunk->first[1];

	return (hunk->end[0] - i == 1 && hunk->end[1] - j == 3 &&
	    vn_ptoken_is(converted, j, "(") &&
	    vn_ptoken_is(converted, j + 2, ")") &&
	    vn_ptoken_isname(plain, i) &&
	    vn_ptoken_same(plain, i, converted, j + 1));
}

/* The plain tokens of a hunk; a directive needs a line of its own. */
static void
put_back(struct vn_strbuf *out, const struct vn_ptokens *plain,
    const struct vn_hunk *h)
{
	for (size_t i = h->first[0]; i < h->end[0]; i++) {
		const struct vn_ptoken *tok = &plain->items[i];
		const char *s = plain->text + tok->off;
		bool alone = *s == '#' && tok->first;

		vn_strbuf_putc(out, alone ? '\n' : ' ');
		vn_strbuf_add(out, s, tok->len);
		vn_strbuf_putc(out, alone ? '\n' : ' ');
	}
}

/* The converted text between the tokens i - 1 and i: blanks and markers. */
static void
add_gap(struct vn_strbuf *out, const struct vn_ptokens *t, size_t i)
{
	size_t from, to;

	from = i == 0 ? 0 : t->items[i - 1].off + t->items[i - 1].len;
	to = i == t->count ? t->len : t->items[i].off;
	vn_strbuf_add(out, t->text + from, to - from);
}

void
vn_ptokens_undo(struct vn_strbuf *out, const struct vn_ptokens *plain,
    const struct vn_ptokens *converted, const struct vn_hunks *hunks,
    const bool *undo)
{
	size_t h = 0;

	for (size_t i = 0; i <= converted->count; i++) {
		add_gap(out, converted, i);
		while (h < hunks->count && hunks->items[h].end[1] <= i &&
		    hunks->items[h].first[1] < i)
			h++;
		for (; h < hunks->count && hunks->items[h].first[1] == i; h++) {
			if (undo[h])
				put_back(out, plain, &hunks->items[h]);
			if (hunks->items[h].end[1] != i)
				break;
		}
		if (i == converted->count || (h < hunks->count && undo[h] &&
		    i >= hunks->items[h].first[1] &&
		    i < hunks->items[h].end[1]))
			continue;
		vn_strbuf_add(out, converted->text + converted->items[i].off,
		    converted->items[i].len);
	}
}
