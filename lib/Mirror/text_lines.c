/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Lines of a text, and their words.
 */

#include "text_lines.h"

#include <stdlib.h>
#include <string.h>

void
vn_text_init(struct vn_text *out, const char *data, size_t len)
{
	*out = (struct vn_text){ .data = data, .len = len };
	if (len == 0)
		return;
	vn_lines_init(&out->lines, data, len);
	out->count = out->lines.count;
}

void
vn_text_free(struct vn_text *text)
{
	if (text->count > 0)
		vn_lines_free(&text->lines);
	*text = (struct vn_text){ 0 };
}

size_t
vn_text_start(const struct vn_text *text, size_t i)
{
	return (i < text->count ? text->lines.starts[i] : text->len);
}

const char *
vn_text_line(const struct vn_text *text, size_t i, size_t *len)
{
	size_t start;

	start = vn_text_start(text, i);
	*len = vn_text_start(text, i + 1) - start;
	return (text->data + start);
}

const char *
vn_text_eol(const struct vn_text *text, size_t i)
{
	const char *line;
	size_t len;

	line = vn_text_line(text, i, &len);
	return (len > 1 && memcmp(line + len - 2, "\r\n", 2) == 0 ? "\r\n" :
	    "\n");
}

bool
vn_text_joined(const struct vn_text *text, size_t i)
{
	const char *line;
	size_t len;

	line = vn_text_line(text, i, &len);
	while (len > 0 && strchr(" \t\r\n\f\v", line[len - 1]) != NULL &&
	    line[len - 1] != '\0')
		len--;
	return (len > 0 && line[len - 1] == '\\');
}

static bool
in_word(char c)
{
	unsigned char u = (unsigned char)c;

	return ((u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') ||
	    (u >= '0' && u <= '9') || u == '_' || u == '$' || u >= 0x80);
}

static uint32_t
hash_word(const char *word, size_t len)
{
	uint32_t h;
	size_t i;

	if (len > 2 && word[0] == 'V' && word[1] == '_') {
		word += 2;
		len -= 2;
	}
	for (h = 2166136261u, i = 0; i < len; i++)
		h = (h ^ (unsigned char)word[i]) * 16777619u;
	return (h);
}

static int
by_hash(const void *a, const void *b)
{
	uint32_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x < y ? -1 : x > y);
}

void
vn_line_words(struct vn_line_words *out, const char *line, size_t len)
{
	size_t i, j;

	out->count = 0;
	for (i = 0; i < len && out->count < VN_LINE_WORDS; i = j + 1) {
		for (j = i; j < len && in_word(line[j]); j++)
			;
		if (j > i)
			out->hash[out->count++] = hash_word(line + i, j - i);
	}
	qsort(out->hash, out->count, sizeof(out->hash[0]), by_hash);
}

unsigned
vn_line_shared(const struct vn_line_words *a, const struct vn_line_words *b)
{
	unsigned i, j, n;

	for (i = j = n = 0; i < a->count && j < b->count;) {
		if (a->hash[i] == b->hash[j]) {
			i++;
			j++;
			n++;
		} else if (a->hash[i] < b->hash[j])
			i++;
		else
			j++;
	}
	return (n);
}

unsigned
vn_line_take(struct vn_line_words *a, const struct vn_line_words *b)
{
	unsigned i, j, n;

	for (i = j = n = 0; i < a->count; i++) {
		while (j < b->count && b->hash[j] < a->hash[i])
			j++;
		if (j < b->count && a->hash[i] == b->hash[j])
			j++;
		else
			a->hash[n++] = a->hash[i];
	}
	i = a->count - n;
	a->count = n;
	return (i);
}
