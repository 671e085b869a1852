/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What a hunk of tokens is, for a person.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Verify/cause_impl.h"
#include "Verify/pair.h"

/* Bytes of tokens that are shown, and of a single one. */
enum { SHOWN = 60, SHOWN_TOKEN = 240 };

/* __LINE__ may be that of a call's end; one that was wrapped has more lines. */
static const long call_lines = 40, wrapped_lines = 8;

/* The hunk's tokens of a side, one blank between, or NULL if there are none. */
static char *
spell(const struct vn_ptokens *t, size_t first, size_t end)
{
	struct vn_strbuf sb = { 0 };
	const size_t shown = end - first == 1 ? SHOWN_TOKEN : SHOWN;

	if (first == end)
		return (NULL);
	for (size_t i = first; i < end && sb.len <= shown; i++) {
		if (i > first)
			vn_strbuf_putc(&sb, ' ');
		vn_strbuf_add(&sb, t->text + t->items[i].off,
		    t->items[i].len);
	}
	if (sb.len > shown) {
		sb.len = shown - 3;
		/* Not within a character of UTF-8. */
		while (sb.len > 0 && (sb.data[sb.len] & 0xc0) == 0x80)
			sb.len--;
		vn_strbuf_puts(&sb, "...");
	}
	return (vn_strbuf_take(&sb));
}

/* "net/if.c:12": of the token, or of the one before where that is the end. */
static char *
place(const struct vn_ptokens *t, size_t i, const char *root)
{
	const char *name, *below;

	if (t->count == 0)
		return (vn_strdup(""));
	if (i >= t->count)
		i = t->count - 1;
	name = t->items[i].file < 0 ? "" : t->files[t->items[i].file];
	below = root == NULL ? NULL : vn_file_below(name, root);
	if (below != NULL)
		name = below;
	while (strncmp(name, "./", 2) == 0)
		name += 2;
	return (vn_asprintf("%s:%u", name, (unsigned)t->items[i].line));
}

static bool
are_all(const struct vn_hunk *h, const struct vn_ptokens tokens[2],
    const char *const *words)
{
	for (int side = 0; side < 2; side++)
		for (size_t i = h->first[side]; i < h->end[side]; i++) {
			size_t n = 0;

			while (words[n] != NULL &&
			    !vn_ptoken_is(&tokens[side], i, words[n]))
				n++;
			if (words[n] == NULL)
				return (false);
		}
	return (true);
}

static const char *
words_kind(const struct vn_hunk *h, const struct vn_ptokens tokens[2])
{
	static const char *const qualifiers[] = { "const", "volatile",
	    "restrict", "_Atomic", "__const", "__const__", "__volatile",
	    "__volatile__", "__restrict", "__restrict__", NULL };
	static const char *const classes[] = { "static", "extern", "register",
	    "inline", "__inline", "__inline__", "_Thread_local", "__thread",
	    NULL };

	if (are_all(h, tokens, qualifiers))
		return ("type qualifier");
	return (are_all(h, tokens, classes) ? "storage class" : NULL);
}

static bool
is_string(const struct vn_ptokens *t, size_t i)
{
	return (t->text[t->items[i].off + t->items[i].len - 1] == '"');
}

static bool
is_number(const struct vn_ptokens *t, size_t i)
{
	const char *s = t->text + t->items[i].off;

	return ((*s >= '0' && *s <= '9') || (*s == '.' &&
	    t->items[i].len > 1 && s[1] >= '0' && s[1] <= '9'));
}

/* How far behind its line's number a number is; -1: not, or too far. */
static long
behind(const struct vn_ptokens *t, size_t i)
{
	const struct vn_ptoken *tok = &t->items[i];
	long n = 0;

	for (size_t k = 0; k < tok->len; k++) {
		char c = t->text[tok->off + k];

		if (c < '0' || c > '9' || n > INT32_MAX)
			return (-1);
		n = 10 * n + (c - '0');
	}
	return (n < tok->line || n > tok->line + call_lines ? -1 :
	    n - tok->line);
}

/* May both be what __LINE__ was: as far behind their lines, or hardly? */
static bool
are_lines(const struct vn_ptokens t[2], size_t i, size_t j)
{
	long was = behind(&t[0], i), now = behind(&t[1], j);

	return (was != -1 && now != -1 && (was == now ||
	    (was <= wrapped_lines && now <= wrapped_lines)));
}

/* One token for another. */
static const char *
token_kind(const struct vn_ptokens t[2], size_t i, size_t j)
{
	if (is_string(&t[0], i) && is_string(&t[1], j))
		return ("string");
	if (is_number(&t[0], i) && is_number(&t[1], j))
		return (are_lines(t, i, j) ? "line number" : "number");
	if (vn_ptoken_isname(&t[0], i) && vn_ptoken_isname(&t[1], j))
		return ("name");
	return ("tokens");
}

static const char *
kind(const struct vn_hunk *h, const struct vn_ptokens t[2])
{
	size_t was = h->end[0] - h->first[0], now = h->end[1] - h->first[1];
	const char *words = words_kind(h, t);

	if (words != NULL)
		return (words);
	if (vn_hunk_parens(h, &t[0], &t[1]))
		return ("parentheses");
	/* What V_y becomes, for x. */
	if (was == 1 && now == 3 && vn_ptoken_is(&t[1], h->first[1], "(") &&
	    vn_ptoken_is(&t[1], h->end[1] - 1, ")"))
		return (token_kind(t, h->first[0], h->first[1] + 1));
	if (was == 0)
		return ("tokens added");
	if (now == 0)
		return ("tokens removed");
	return (was == 1 && now == 1 ?
	    token_kind(t, h->first[0], h->first[1]) : "tokens");
}

void
vn_cause_describe(struct vn_cause *out, const struct vn_hunk *hunk,
    const struct vn_ptokens tokens[2], const char *root)
{
	out->what = vn_strdup(kind(hunk, tokens));
	out->where = place(&tokens[1], hunk->first[1], root);
	out->was = spell(&tokens[0], hunk->first[0], hunk->end[0]);
	out->now = spell(&tokens[1], hunk->first[1], hunk->end[1]);
}
