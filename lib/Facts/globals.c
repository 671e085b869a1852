/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading globals-list(5) files.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/globals.h"

/* Where the reader stands: one list, one line of it. */
struct reader {
	struct vn_globals	*out;
	const char		*list;		/* name for messages */
	char			*module;	/* owned: last @module */
	unsigned		 line;
	const char		*start;		/* first byte of the line */
	int			 status;
	size_t			 names;		/* names in this list */
};

#define	BAD(rd, at, ...) do {						\
	vn_diag(VN_ERROR, (rd)->list, (rd)->line,			\
	    (unsigned)((at) - (rd)->start) + 1, __VA_ARGS__);		\
	(rd)->status = -1;						\
} while (0)

static bool
ident_byte(char c, bool first)
{

	return (c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (!first && c >= '0' && c <= '9'));
}

/* The length of the identifier at s, 0 if there is none. */
static size_t
ident_len(const char *s)
{
	size_t n = 0;

	while (ident_byte(s[n], n == 0))
		n++;
	return (n);
}

static bool
same(const char *a, const char *b)
{

	return (a == NULL || b == NULL ? a == b : strcmp(a, b) == 0);
}

static const struct vn_global *
find_twin(const struct vn_globals *globals, const struct vn_global *g)
{

	for (size_t i = 0; i < globals->count; i++) {
		const struct vn_global *h = &globals->items[i];

		if (strcmp(g->name, h->name) == 0 && same(g->file, h->file) &&
		    same(g->function, h->function))
			return (h);
	}
	return (NULL);
}

static void
free_one(struct vn_global *g)
{

	free(g->name);
	free(g->file);
	free(g->function);
	free(g->module);
	free(g->header);
	free(g->init);
	free(g->list);
}

/* "file:name", "file:function():name" or "name" in word[0 .. len - 1]. */
static int
parse_name(struct reader *rd, struct vn_global *g, const char *word, size_t len)
{
	const char *end = word + len, *colon, *p = word;
	size_t n;

	colon = memchr(word, ':', len);
	if (colon != NULL) {
		if (colon == word) {
			BAD(rd, word, "no file before the colon; write "
			    "'file.c:name'");
			return (-1);
		}
		g->file = vn_strndup(word, (size_t)(colon - word));
		p = colon + 1;
	}
	n = ident_len(p);
	if (g->file != NULL && n > 0 && strncmp(p + n, "():", 3) == 0) {
		g->function = vn_strndup(p, n);
		p += n + 3;
		n = ident_len(p);
	}
	if (n == 0 || p + n != end) {
		BAD(rd, p, "'%.*s' is not a name; write 'name', "
		    "'file.c:name' or 'file.c:function():name'",
		    (int)len, word);
		return (-1);
	}
	g->name = vn_strndup(p, n);
	return (0);
}

/* One key=value word. */
static int
parse_option(struct reader *rd, struct vn_global *g, const char *word,
    size_t len)
{
	static const char *const keys[] = { "header", "init" };
	char **const values[] = { &g->header, &g->init };
	const char *eq = memchr(word, '=', len);

	for (size_t i = 0; eq != NULL && i < VN_NITEMS(keys); i++) {
		size_t k = strlen(keys[i]);

		if ((size_t)(eq - word) != k || strncmp(word, keys[i], k) != 0)
			continue;
		if (eq + 1 == word + len || *values[i] != NULL) {
			BAD(rd, word, "'%s' needs one value: %s=VALUE",
			    keys[i], keys[i]);
			return (-1);
		}
		*values[i] = vn_strndup(eq + 1, (size_t)(word + len - eq - 1));
		return (0);
	}
	BAD(rd, word, "'%.*s' is no option of a name; one name a line, with "
	    "header=FILE or init=FUNCTION after it", (int)len, word);
	return (-1);
}

static const char *
skip_blank(const char *p, const char *end)
{

	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return (p);
}

static const char *
skip_word(const char *p, const char *end)
{

	while (p < end && *p != ' ' && *p != '\t' && *p != '\r')
		p++;
	return (p);
}

static void
read_module(struct reader *rd, const char *p, const char *end)
{
	const char *word = skip_blank(skip_word(p, end), end);
	size_t n = ident_len(word);

	if (strncmp(p, "@module", 7) != 0 || skip_word(p, end) != p + 7 ||
	    n == 0 || skip_blank(word + n, end) != end) {
		BAD(rd, p, "unknown directive; write '@module NAME'");
		return;
	}
	free(rd->module);
	rd->module = vn_strndup(word, n);
}

static void
add_global(struct reader *rd, struct vn_global *g, const char *at)
{
	const struct vn_global *twin = find_twin(rd->out, g);
	struct vn_globals *out = rd->out;

	rd->names++;
	if (twin != NULL) {
		BAD(rd, at, "'%s' is listed twice; it stands at %s:%u too",
		    g->name, twin->list, twin->line);
		free_one(g);
		return;
	}
	if (out->count == out->room) {
		out->room = out->room == 0 ? 64 : 2 * out->room;
		out->items = vn_realloc(out->items,
		    out->room * sizeof(*out->items));
	}
	out->items[out->count++] = *g;
}

static void
read_line(struct reader *rd, const char *p, const char *end)
{
	struct vn_global g = { 0 };
	const char *word, *hash;
	int bad;

	if ((hash = memchr(p, '#', (size_t)(end - p))) != NULL)
		end = hash;
	p = skip_blank(p, end);
	if (p == end)
		return;
	if (*p == '@') {
		read_module(rd, p, end);
		return;
	}
	word = skip_word(p, end);
	bad = parse_name(rd, &g, p, (size_t)(word - p));
	for (const char *q = skip_blank(word, end); bad == 0 && q < end;
	    q = skip_blank(skip_word(q, end), end))
		bad = parse_option(rd, &g, q, (size_t)(skip_word(q, end) - q));
	if (bad != 0) {
		free_one(&g);
		return;
	}
	g.module = rd->module == NULL ? NULL : vn_strdup(rd->module);
	g.list = vn_strdup(rd->list);
	g.line = rd->line;
	g.col = (unsigned)(p - rd->start) + 1;
	add_global(rd, &g, p);
}

static int
read_stdin(struct vn_strbuf *sb)
{
	char buf[8192];
	size_t n;

	while ((n = fread(buf, 1, sizeof(buf), stdin)) > 0)
		vn_strbuf_add(sb, buf, n);
	return (ferror(stdin) ? -1 : 0);
}

/* Read the list named path, or its namesake in the list directories. */
static int
load(struct vn_strbuf *sb, const char *path, const char *const *dirs,
    size_t ndirs)
{
	int saved;

	if (strcmp(path, "-") == 0)
		return (read_stdin(sb));
	if (vn_file_read(sb, path) == 0)
		return (0);
	saved = errno;
	for (size_t i = 0; i < ndirs && strchr(path, '/') == NULL; i++) {
		char *other = vn_file_join(dirs[i], path);
		int status = vn_file_read(sb, other);

		free(other);
		if (status == 0)
			return (0);
	}
	errno = saved;
	return (-1);
}

int
vn_globals_read(struct vn_globals *out, const char *path,
    const char *const *listdirs, size_t ndirs)
{
	struct vn_strbuf sb = { 0 };
	struct reader rd = { .out = out, .list = path };
	const char *p, *end, *nl;

	if (load(&sb, path, listdirs, ndirs) != 0) {
		vn_error("cannot read the list '%s': %s", path,
		    strerror(errno));
		vn_strbuf_free(&sb);
		return (-1);
	}
	if (strcmp(path, "-") == 0)
		rd.list = "<stdin>";
	p = sb.data == NULL ? "" : sb.data;
	end = p + sb.len;
	if (sb.len >= 3 && memcmp(p, "\357\273\277", 3) == 0)
		p += 3;			/* a byte order mark */
	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		nl = nl == NULL ? end : nl;
		rd.line++;
		rd.start = p;
		read_line(&rd, p, nl);
	}
	if (rd.names == 0 && rd.status == 0) {
		vn_diag(VN_ERROR, rd.list, 0, 0, "the list names no globals; "
		    "write one name a line");
		rd.status = -1;
	}
	free(rd.module);
	vn_strbuf_free(&sb);
	return (rd.status);
}

void
vn_globals_free(struct vn_globals *globals)
{

	for (size_t i = 0; i < globals->count; i++)
		free_one(&globals->items[i]);
	free(globals->items);
	*globals = (struct vn_globals){ 0 };
}
