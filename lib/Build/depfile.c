/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Dependency files, as gcc and clang write them for make(1).
 */

#include <string.h>

#include "Build/build_impl.h"

struct cursor {
	const char	*p, *end;
};

/* At backslashes: how many, and what they make of the byte behind them. */
static void
backslashes(struct vn_strbuf *out, struct cursor *c)
{
	size_t n = 0, i;
	char next;

	while (c->p < c->end && *c->p == '\\') {
		c->p++;
		n++;
	}
	next = c->p < c->end ? *c->p : '\n';
	if (next == '#' || ((next == ' ' || next == '\t') && n % 2 == 1)) {
		/* Before a blank, backslashes of the name are doubled. */
		for (i = 0; i < (next == '#' ? n - 1 : n / 2); i++)
			vn_strbuf_putc(out, '\\');
		vn_strbuf_putc(out, next);
		c->p++;
		return;
	}
	if (next == ' ' || next == '\t')
		n /= 2;
	else if (next == '\n')
		n--;
	for (i = 0; i < n; i++)
		vn_strbuf_putc(out, '\\');
}

static bool
is_blank(char c)
{

	return (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

/* Pass blanks and continued lines. */
static void
skip_blanks(struct cursor *c)
{

	while (c->p < c->end && (is_blank(*c->p) || (*c->p == '\\' &&
	    c->p + 1 < c->end && (c->p[1] == '\n' || c->p[1] == '\r'))))
		c->p++;
}

static void
one_name(struct vn_strbuf *out, struct cursor *c)
{

	while (c->p < c->end && !is_blank(*c->p)) {
		if (*c->p == '\\') {
			if (c->p + 1 < c->end && c->p[1] == '\n')
				return;
			backslashes(out, c);
			continue;
		}
		if (*c->p == '$' && c->p + 1 < c->end && c->p[1] == '$')
			c->p++;
		vn_strbuf_putc(out, *c->p++);
	}
}

void
vn_depfile_names(struct vn_strbuf *out, const char *text, size_t len)
{
	struct cursor c = { text, text + len };
	const char *colon;

	/* The target is the "x" of -MT. */
	colon = memchr(text, ':', len);
	if (colon == NULL)
		return;
	c.p = colon + 1;
	for (skip_blanks(&c); c.p < c.end; skip_blanks(&c)) {
		one_name(out, &c);
		vn_strbuf_putc(out, '\0');
	}
}
