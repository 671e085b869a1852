/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Lists of diagnostics, and the difference of two as sets with repetition.
 * Lines do not count: they move.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/diagnostics.h"
#include "Facts/names.h"
#include "Facts/stream.h"

void
vn_diagnostics_add(struct vn_diagnostics *list,
    struct vn_diagnostic diagnostic)
{

	VN_PUSH(list, diagnostic);
}

static char *
copy(const char *s)
{

	return (s == NULL ? NULL : vn_strdup(s));
}

void
vn_diagnostics_append(struct vn_diagnostics *list,
    const struct vn_diagnostics *other)
{

	for (size_t i = 0; i < other->count; i++) {
		struct vn_diagnostic d = other->items[i];

		d.path = copy(d.path);
		d.token_path = copy(d.token_path);
		d.text = copy(d.text);
		vn_diagnostics_add(list, d);
	}
}

void
vn_diagnostics_free(struct vn_diagnostics *list)
{

	for (size_t i = 0; i < list->count; i++) {
		free(list->items[i].path);
		free(list->items[i].token_path);
		free(list->items[i].text);
	}
	VN_FREE(list);
}

void
vn_diagnostics_write(const struct vn_diagnostics *list, FILE *out)
{

	vn_put(out, &list->count, sizeof(list->count));
	for (size_t i = 0; i < list->count; i++) {
		const struct vn_diagnostic *d = &list->items[i];

		vn_put(out, d, sizeof(*d));
		vn_put_text(out, d->path);
		vn_put_text(out, d->token_path);
		vn_put_text(out, d->text);
	}
}

int
vn_diagnostics_read(struct vn_diagnostics *list, FILE *in)
{
	size_t n;

	if (vn_get(in, &n, sizeof(n)) != 0)
		return (-1);
	for (; n > 0; n--) {
		struct vn_diagnostic d;
		int bad;

		if (vn_get(in, &d, sizeof(d)) != 0)
			return (-1);
		d.token_path = d.text = NULL;
		bad = vn_get_text(in, &d.path);
		if (bad == 0)
			bad = vn_get_text(in, &d.token_path);
		if (bad == 0)
			bad = vn_get_text(in, &d.text);
		vn_diagnostics_add(list, d);
		if (bad != 0 || d.text == NULL)
			return (-1);
	}
	return (0);
}

bool
vn_diagnostics_lack(const struct vn_diagnostics *list)
{

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].severity == VN_SEVERITY_ERROR &&
		    strstr(list->items[i].text, "' file not found") != NULL)
			return (true);
	return (false);
}

/* ------ the text that is compared ------ */

static bool
in_word(char c)
{

	return (isalnum((unsigned char)c) || c == '_');
}

/* How many bytes of the word at text are a prefix to a listed name. */
static size_t
prefix_of(const char *word, size_t len, const struct vn_renames *renames)
{

	for (size_t i = 0; i < renames->nprefixes; i++) {
		size_t n = strlen(renames->prefixes[i]);

		if (n < len && strncmp(word, renames->prefixes[i], n) == 0 &&
		    vn_names_find(renames->names, word + n, len - n) != -1)
			return (n);
	}
	return (0);
}

/* ":1:2", or 0 bytes if it is not there. */
static size_t
place_at(const char *text)
{
	size_t n = 0;

	for (int i = 0; i < 2; i++) {
		if (text[n] != ':' || !isdigit((unsigned char)text[n + 1]))
			return (0);
		n += 1 + strspn(text + n + 1, "0123456789");
	}
	return (n);
}

/* How many bytes from an opening quote to before its end have brackets. */
static size_t
brackets_at(const char *text)
{
	const char *end = text[0] == '\'' ? strchr(text + 1, '\'') : NULL;
	size_t n = end == NULL ? 0 : (size_t)(end - text);

	return (n > 0 && strcspn(text, "([") < n ? n : 0);
}

/* Add one word or byte of the text; how many bytes were read. */
static size_t
add_text(struct vn_strbuf *sb, const char *text,
    const struct vn_renames *renames)
{
	size_t n = 0, skip;

	while (in_word(text[n]))
		n++;
	if (n > 0) {
		skip = prefix_of(text, n, renames);
		vn_strbuf_add(sb, text + skip, n - skip);
		return (n);
	}
	if ((n = place_at(text)) > 0)
		return (n);
	vn_strbuf_putc(sb, text[0]);
	n = brackets_at(text);
	return (n > 0 ? n : 1);
}

char *
vn_diagnostic_text(const char *text, const struct vn_renames *renames)
{
	struct vn_strbuf sb = { 0 };

	while (*text != '\0')
		text += add_text(&sb, text, renames);
	return (vn_strbuf_take(&sb));
}

/* ------ what is new ------ */

struct key {
	char	*text;			/* owned: all that is compared */
	size_t	 index;
};

static int
order_keys(const void *va, const void *vb)
{
	const struct key *a = va, *b = vb;
	int c = strcmp(a->text, b->text);

	return (c != 0 ? c : (a->index > b->index) - (a->index < b->index));
}

static int
order_indexes(const void *va, const void *vb)
{
	const size_t *a = va, *b = vb;

	return ((*a > *b) - (*a < *b));
}

static struct key *
make_keys(const struct vn_diagnostics *list, const struct vn_renames *renames)
{
	struct key *keys = vn_calloc(list->count + 1, sizeof(*keys));

	for (size_t i = 0; i < list->count; i++) {
		const struct vn_diagnostic *d = &list->items[i];
		char *text = vn_diagnostic_text(d->text, renames);

		keys[i].text = vn_asprintf("%d %s\n%s", (int)d->severity,
		    d->path == NULL ? "" : d->path, text);
		keys[i].index = i;
		free(text);
	}
	qsort(keys, list->count, sizeof(*keys), order_keys);
	return (keys);
}

static void
free_keys(struct key *keys, size_t n)
{

	for (size_t i = 0; i < n; i++)
		free(keys[i].text);
	free(keys);
}

size_t
vn_diagnostics_new(size_t *out, const struct vn_diagnostics *after,
    const struct vn_diagnostics *before, const struct vn_renames *renames)
{
	struct key *a, *b;
	size_t n = 0, k = 0;

	if (after->count == 0)
		return (0);
	a = make_keys(after, renames);
	b = make_keys(before, renames);
	for (size_t i = 0; i < after->count; i++) {
		int c = -1;

		while (k < before->count &&
		    (c = strcmp(b[k].text, a[i].text)) < 0)
			k++;
		if (k < before->count && c == 0)
			k++;
		else
			out[n++] = a[i].index;
	}
	if (n > 0)
		qsort(out, n, sizeof(*out), order_indexes);
	free_keys(a, after->count);
	free_keys(b, before->count);
	return (n);
}
