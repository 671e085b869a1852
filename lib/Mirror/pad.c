/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Blank lines in two sources, so that lines that belong together have the same
 * number.
 */

#include "linemap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "linemap_impl.h"
#include "text_lines.h"

struct padded {
	struct vn_text		 text;
	struct vn_strbuf	*out;		/* borrowed */
	size_t			 next;		/* line to be copied */
	size_t			 lines;		/* in out */
};

/* A blank line would end a continuation. */
static bool
may_pad(const struct padded *side)
{
	return (side->next == 0 ||
	    !vn_text_joined(&side->text, side->next - 1));
}

static void
copy_line(struct padded *side)
{
	const char *line;
	size_t len;

	line = vn_text_line(&side->text, side->next++, &len);
	vn_strbuf_add(side->out, line, len);
	side->lines++;
}

static void
add_blank(struct padded *side, size_t at)
{
	vn_strbuf_puts(side->out, vn_text_eol(&side->text, at));
	side->lines++;
}

/*
 * Copy up to line end; the blank lines that make it line number `goal` of the
 * result are put before it, or if it continues another, as far back as that
 * takes.
 */
static void
copy_to(struct padded *side, size_t end, size_t goal)
{
	size_t blanks, i, place;

	blanks = side->lines + (end - side->next);
	blanks = goal > blanks ? goal - blanks : 0;
	for (place = end; place > side->next; place--)
		if (!vn_text_joined(&side->text, place - 1))
			break;
	while (side->next < place)
		copy_line(side);
	if (may_pad(side))
		for (i = 0; i < blanks; i++)
			add_blank(side, place < side->text.count ? place :
			    place - 1);
	while (side->next < end)
		copy_line(side);
}

static size_t
max(size_t a, size_t b)
{
	return (a > b ? a : b);
}

/* The plain line of line c, or 0 where another has it already. */
static size_t
plain_line(const struct vn_linemap *map, const struct padded *plain, size_t c)
{
	return (map->lines[c] > plain->next ? map->lines[c] : 0);
}

static void
pad_pairs(struct padded *plain, struct padded *conv,
    const struct vn_linemap *map, const uint8_t *kinds,
    struct vn_stretches *stretches, const char *path)
{
	size_t c, goal, p;

	for (c = 0; c < map->count; c++) {
		p = plain_line(map, plain, c);
		if (p != 0) {
			goal = max(plain->lines + (p - 1 - plain->next),
			    conv->lines + (c - conv->next));
			copy_to(plain, p - 1, goal);
			copy_to(conv, c, goal);
			copy_line(plain);
			copy_line(conv);
		}
		if (map->lines[c] == 0 || (kinds[c] & VN_LINE_TOKENS) == 0)
			continue;
		/* Without a pair of its own it is copied with the next. */
		goal = p != 0 ? conv->lines : conv->lines + c + 1 - conv->next;
		if (p == 0 || conv->lines != plain->lines)
			vn_stretch_add(stretches, path, c + 1, goal,
			    plain->lines - (plain->next - map->lines[c]));
	}
}

void
vn_linemap_pad(struct vn_strbuf *plain_out, struct vn_strbuf *converted_out,
    struct vn_stretches *stretches, const char *path,
    const struct vn_linemap *map, const char *plain, size_t plainlen,
    const char *converted, size_t convertedlen)
{
	struct padded conv = { .out = converted_out };
	struct padded from = { .out = plain_out };
	struct vn_lex lex;
	uint8_t *kinds;

	vn_text_init(&from.text, plain, plainlen);
	vn_text_init(&conv.text, converted, convertedlen);
	vn_lex(&lex, converted, convertedlen);
	kinds = vn_line_kinds(&conv.text, &lex);
	pad_pairs(&from, &conv, map, kinds, stretches, path);
	copy_to(&from, from.text.count, 0);
	copy_to(&conv, conv.text.count, 0);
	free(kinds);
	vn_lex_free(&lex);
	vn_text_free(&from.text);
	vn_text_free(&conv.text);
}
