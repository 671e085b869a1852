/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Directives of the assembler that read a file, as assemblers find them: in
 * any case of letters, in strings that stand side by side, behind escapes.
 */

#include <string.h>
#include <strings.h>

#include "Quick/ptokens.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

static bool
is_string(const struct vn_ptokens *t, size_t i)
{
	return (i < t->count && t->items[i].len > 1 &&
	    t->text[t->items[i].off + t->items[i].len - 1] == '"');
}

static bool
is_word(const struct vn_ptokens *t, size_t i, const char *word)
{
	return (t->items[i].len == strlen(word) &&
	    strncasecmp(t->text + t->items[i].off, word, strlen(word)) == 0);
}

static int
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	c |= 0x20;
	return (c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16);
}

/* The byte of a numeric escape behind its backslash, passed (C11 6.4.4.4). */
static char
escaped(const char **p, const char *end)
{
	int base = **p == 'x' ? 16 : 8, value = 0;
	const char *last = base == 8 && end - *p > 3 ? *p + 3 : end;

	for (*p += base == 16; *p < last && digit_of(**p) < base; ++*p)
		value = (value * base + digit_of(**p)) & 0xff;
	return ((char)value);
}

static void
add_string(struct vn_strbuf *out, const char *p, const char *end)
{
	while (p < end && *p++ != '"')
		continue;
	while (p < end) {
		if (*p != '\\' || p + 1 == end)
			vn_strbuf_putc(out, *p++);
		else if (*++p == 'x' || digit_of(*p) < 8)
			vn_strbuf_putc(out, escaped(&p, end));
		else {
			/* No part of a directive's name. */
			vn_strbuf_putc(out, '\n');
			p++;
		}
	}
}

static bool
contains(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (s[i] == *word && strncasecmp(s + i, word, n) == 0)
			return (true);
	return (false);
}

bool
vn_ptokens_opens(const struct vn_ptokens *t, size_t i)
{
	struct vn_strbuf sb = { 0 };
	bool opens;

	if (i > 0 && vn_ptoken_is(t, i - 1, "."))
		return (is_word(t, i, "incbin") || is_word(t, i, "include"));
	if (!is_string(t, i) || (i > 0 && is_string(t, i - 1)))
		return (false);
	for (; is_string(t, i); i++)
		add_string(&sb, t->text + t->items[i].off, t->text +
		    t->items[i].off + t->items[i].len - 1);
	opens = contains(sb.data, sb.len, ".incbin") ||
	    contains(sb.data, sb.len, ".include");
	vn_strbuf_free(&sb);
	return (opens);
}
