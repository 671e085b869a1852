/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What a person is shown: names and lines of the trees, where compilers speak
 * of private copies.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Units/path.h"
#include "Verify/pair.h"
#include "Verify/trees_impl.h"

/* ":12" at text: the number, and how long that is; 0: there is none. */
static size_t
number_at(const char *text, unsigned *number)
{
	char *end;

	if (text[0] != ':' || text[1] < '1' || text[1] > '9')
		return (0);
	*number = (unsigned)strtoul(text + 1, &end, 10);
	return ((size_t)(end - text));
}

/*
 * A file of the converted tree, and its line if one follows, as that tree has
 * them.  Returns how much of the text that was.
 */
static size_t
put_place(struct vn_strbuf *sb, const struct verifying *v, const char *text)
{
	size_t len = strcspn(text, ":\n"), digits;
	unsigned line;
	char *path;

	digits = number_at(text + len, &line);
	if (digits == 0)
		return (0);
	path = vn_strndup(text, len);
	vn_strbuf_printf(sb, "%s:%u", path,
	    vn_mirror_line(&v->mirror, path, line));
	free(path);
	return (len + digits);
}

/* The length of a private copy's directory at text, with its '/'; or 0. */
static size_t
directory_at(const struct verifying *v, const char *text, int side)
{
	const char *const dirs[] = { v->mirror.roots[side],
	    v->mirror.over[side] };

	for (size_t i = 0; i < VN_NITEMS(dirs); i++) {
		size_t len = dirs[i] == NULL ? 0 : strlen(dirs[i]);

		if (len > 0 && strncmp(text, dirs[i], len) == 0 &&
		    text[len] == '/')
			return (len + 1);
	}
	return (0);
}

/*
 * A file at the beginning of a message may be named from the directory that the
 * compiler ran in.  Returns how much of the text that was, or 0.
 */
static size_t
put_relative(struct vn_strbuf *sb, const struct verifying *v, const char *text,
    const char *dir, int side)
{
	size_t len = strcspn(text, ": \n");
	const char *below;
	char *name, *path;
	unsigned line;

	if (text[0] == '/' || number_at(text + len, &line) == 0)
		return (0);
	name = vn_strndup(text, len);
	path = vn_path_join(dir, name);
	free(name);
	below = vn_file_below(path, v->mirror.roots[side]);
	if (below == NULL)
		len = 0;
	else if (side == VN_CONVERTED)
		line = vn_mirror_line(&v->mirror, below, line);
	if (below != NULL) {
		vn_strbuf_printf(sb, "%s:%u", below, line);
		len += number_at(text + len, &line);
	}
	free(path);
	return (len);
}

/* Behind what a compiler puts before the name of a file, if it is at text. */
static size_t
skip_words(const char *text)
{
	static const char *const words[] = { "In file included from ",
	    "                 from " };

	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return (strlen(words[i]));
	return (0);
}

char *
vn_shown_messages(const struct verifying *v, const struct vn_step *step,
    int side)
{
	const char *text = step->messages == NULL ? "" : step->messages;
	struct vn_strbuf sb = { 0 };
	bool first = true;

	while (*text != '\0') {
		size_t n;

		if (first && (n = skip_words(text)) > 0) {
			vn_strbuf_add(&sb, text, n);
			text += n;
		}
		if (first)
			text += put_relative(&sb, v, text, step->dir, side);
		n = directory_at(v, text, side);
		text += n;
		if (n > 0 && side == VN_CONVERTED)
			text += put_place(&sb, v, text);
		first = n == 0 && *text == '\n';
		if (n == 0 && *text != '\0')
			vn_strbuf_putc(&sb, *text++);
	}
	return (vn_strbuf_take(&sb));
}

/* "net/if.c:12" by the number that the line says, as the tree has it. */
static void
show_where(const struct verifying *v, char **where)
{
	struct vn_strbuf sb = { 0 };

	if (*where == NULL || put_place(&sb, v, *where) == 0)
		return;
	free(*where);
	*where = vn_strbuf_take(&sb);
}

void
vn_shown_places(const struct verifying *v, struct vn_pair *pair)
{

	for (size_t i = 0; i < pair->differences.count; i++)
		show_where(v, &pair->differences.items[i].where);
	for (size_t i = 0; i < pair->causes.count; i++)
		show_where(v, &pair->causes.items[i].where);
}
