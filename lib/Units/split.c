/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Words of a compilation database's "command", and lists of words.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Units/units_impl.h"

void
vn_words_own(struct vn_words *words, char *word)
{

	VN_PUSH(words, word);
}

void
vn_words_add(struct vn_words *words, const char *word)
{

	VN_PUSH(words, vn_strdup(word));
}

void
vn_words_addall(struct vn_words *words, const struct vn_words *more)
{
	size_t i;

	for (i = 0; i < more->count; i++)
		vn_words_add(words, more->items[i]);
}

bool
vn_words_has(const struct vn_words *words, const char *word)
{
	size_t i;

	for (i = 0; i < words->count; i++)
		if (strcmp(words->items[i], word) == 0)
			return (true);
	return (false);
}

void
vn_words_free(struct vn_words *words)
{
	size_t i;

	for (i = 0; i < words->count; i++)
		free(words->items[i]);
	VN_FREE(words);
}

static bool
is_blank(char c)
{

	return (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

/* Append what p's quote encloses; returns what follows the closing one. */
static const char *
quoted(struct vn_strbuf *word, const char *p)
{
	char quote = *p++;

	while (*p != '\0' && *p != quote) {
		if (*p == '\\' && quote == '"' && p[1] != '\0')
			p++;
		vn_strbuf_putc(word, *p++);
	}
	return (*p == '\0' ? p : p + 1);
}

static const char *
one_word(struct vn_strbuf *word, const char *p)
{

	while (*p != '\0' && !is_blank(*p)) {
		if (*p == '"' || *p == '\'') {
			p = quoted(word, p);
			continue;
		}
		if (*p == '\\' && p[1] != '\0')
			p++;
		vn_strbuf_putc(word, *p++);
	}
	return (p);
}

void
vn_split_command(struct vn_words *out, const char *command)
{
	struct vn_strbuf word = { 0 };
	const char *p = command;

	for (;;) {
		while (is_blank(*p))
			p++;
		if (*p == '\0')
			break;
		p = one_word(&word, p);
		vn_words_own(out, vn_strbuf_take(&word));
	}
}
