/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where the converted sources spell V_x.
 */

#include "Quick/spelled.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Quick/quick.h"
#include "Support/lex.h"
#include "Support/mem.h"

/* Lines that a V_x counts for. */
struct span {
	int		file;
	unsigned	first, last;
};

struct name {
	char		*text;		/* x; owned */
	bool		 listed;
	bool		 body;
	VN_VEC(struct span) spans;
	UT_hash_handle	 hh;
};

struct vn_spelled {
	struct name	*names;		/* uthash head, owned */
	VN_VEC(char *)	 files;		/* owned: as shown */
};

/* A source being read. */
struct reading {
	struct vn_spelled *into;
	const char	*data;
	struct vn_lex	 lex;
	struct vn_lines	 lines;
	int		 file;
	unsigned	*presumed;	/* by line from 0; owned */
};

struct vn_spelled *
vn_spelled_new(void)
{
	return (vn_calloc(1, sizeof(struct vn_spelled)));
}

void
vn_spelled_free(struct vn_spelled *spelled)
{
	struct name *n, *next;

	if (spelled == NULL)
		return;
	HASH_ITER(hh, spelled->names, n, next) {
		HASH_DEL(spelled->names, n);
		VN_FREE(&n->spans);
		free(n->text);
		free(n);
	}
	for (size_t i = 0; i < spelled->files.count; i++)
		free(spelled->files.items[i]);
	VN_FREE(&spelled->files);
	free(spelled);
}

static struct name *
find(const struct vn_spelled *spelled, const char *name, size_t len)
{
	struct name *n;

	HASH_FIND(hh, spelled->names, name, len, n);
	return (n);
}

/* The entry of x, where the token spells V_x. */
static struct name *
name_of(struct reading *r, const struct vn_tok *tok)
{
	char *text = vn_unsplice(r->data + tok->off, tok->len);
	size_t len = strlen(text + 2);
	struct name *n;

	n = find(r->into, text + 2, len);
	if (n == NULL) {
		n = vn_calloc(1, sizeof(*n));
		n->text = vn_strdup(text + 2);
		HASH_ADD_KEYPTR(hh, r->into->names, n->text, len, n);
	}
	free(text);
	return (n);
}

static bool
is_virtual(const struct reading *r, size_t i)
{
	const struct vn_tok *tok = &r->lex.toks[i];

	return (tok->kind == VN_TOK_IDENT && tok->len > 2 &&
	    r->data[tok->off] == 'V' && r->data[tok->off + 1] == '_');
}

static bool
spells(const struct reading *r, size_t i, const char *word)
{
	return (vn_tok_is(r->data, &r->lex.toks[i], word));
}

static unsigned
physical(const struct reading *r, size_t tok)
{
	unsigned line, col;

	vn_lines_at(&r->lines, r->lex.toks[tok].off, &line, &col);
	return (line);
}

/* Presumed lines from a "#line N" on. */
static void
follow_line(struct reading *r, const struct vn_dir *dir)
{
	size_t n = dir->tok + 1;
	unsigned line, said;

	if (dir->ntok > 2 && spells(r, n, "line"))
		n++;
	if (n >= dir->tok + dir->ntok ||
	    r->lex.toks[n].kind != VN_TOK_NUMBER)
		return;
	said = (unsigned)strtoul(r->data + r->lex.toks[n].off, NULL, 10);
	line = physical(r, dir->tok + dir->ntok - 1);
	for (; line < r->lines.count; line++)
		r->presumed[line] = said++;
}

static void
number_lines(struct reading *r)
{
	vn_lines_init(&r->lines, r->data, r->lex.ntoks == 0 ? 0 :
	    r->lex.toks[r->lex.ntoks - 1].off +
	    r->lex.toks[r->lex.ntoks - 1].len);
	r->presumed = vn_malloc((r->lines.count + 1) * sizeof(*r->presumed));
	for (unsigned i = 0; i <= r->lines.count; i++)
		r->presumed[i] = i + 1;
	for (size_t i = 0; i < r->lex.ndirs; i++)
		if (r->lex.dirs[i].kind == VN_DIR_OTHER)
			follow_line(r, &r->lex.dirs[i]);
}

/* "#define V_x", or V_x in the body of another macro. */
static void
read_define(struct reading *r, const struct vn_dir *dir)
{
	size_t name = dir->tok + 2, end = dir->tok + dir->ntok;

	if (name >= end)
		return;
	if (is_virtual(r, name)) {
		name_of(r, &r->lex.toks[name])->listed = true;
		return;
	}
	for (size_t i = name + 1; i < end; i++)
		if (is_virtual(r, i))
			name_of(r, &r->lex.toks[i])->body = true;
}

static void
add_span(struct reading *r, size_t tok, size_t first, size_t last)
{
	unsigned from = r->presumed[physical(r, first) - 1];
	unsigned to = r->presumed[physical(r, last) - 1];
	struct name *n = name_of(r, &r->lex.toks[tok]);

	VN_PUSH(&n->spans, (struct span){ r->file, from < to ? from : to,
	    from < to ? to : from });
}

/* The token before i that is in no directive; i if there is none. */
static size_t
before(const struct reading *r, size_t i)
{
	for (size_t p = i; p > 0; p--)
		if (r->lex.toks[p - 1].dir == -1)
			return (p - 1);
	return (i);
}

/*
 * The end of the parentheses that open at tok i; not past a brace that begins
 * its line, as branches of an #if may leave one open.
 */
static size_t
group_end(const struct reading *r, size_t i)
{
	size_t depth = 0, last = i;

	for (; i < r->lex.ntoks; i++) {
		if (r->lex.toks[i].dir != -1)
			continue;
		if (i > 0 && (spells(r, i, "{") || spells(r, i, "}")) &&
		    (r->lex.toks[i].off == 0 ||
		    r->data[r->lex.toks[i].off - 1] == '\n'))
			break;
		last = i;
		if (spells(r, i, "("))
			depth++;
		else if (spells(r, i, ")") && --depth == 0)
			break;
	}
	return (last);
}

/* Every V_x outside of directives, with the lines of the call it is in. */
static void
read_text(struct reading *r)
{
	size_t first = 0, last = 0;
	bool in = false;

	for (size_t i = 0; i < r->lex.ntoks; i++) {
		if (r->lex.toks[i].dir != -1)
			continue;
		in = in && i <= last;
		if (!in && spells(r, i, "(")) {
			first = before(r, i);
			last = group_end(r, i);
			in = true;
		}
		if (is_virtual(r, i))
			add_span(r, i, in ? first : i, in ? last : i);
	}
}

void
vn_spelled_add(struct vn_spelled *spelled, const char *shown, const char *data,
    size_t len)
{
	struct reading r = { .into = spelled, .data = data,
	    .file = (int)spelled->files.count };

	VN_PUSH(&spelled->files, vn_strdup(shown));
	vn_lex(&r.lex, data, len);
	number_lines(&r);
	for (size_t i = 0; i < r.lex.ndirs; i++)
		if (r.lex.dirs[i].kind == VN_DIR_DEFINE)
			read_define(&r, &r.lex.dirs[i]);
	read_text(&r);
	free(r.presumed);
	vn_lines_free(&r.lines);
	vn_lex_free(&r.lex);
}

int
vn_spelled_file(const struct vn_spelled *spelled, const char *marker)
{
	size_t best = 0, len = strlen(marker);
	int found = -1;

	for (size_t i = 0; i < spelled->files.count; i++) {
		const char *shown = spelled->files.items[i];
		size_t n = strlen(shown);

		if (n < best || n > len ||
		    memcmp(marker + len - n, shown, n) != 0 ||
		    (n < len && marker[len - n - 1] != '/'))
			continue;
		best = n;
		found = (int)i;
	}
	return (found);
}

bool
vn_spelled_listed(const struct vn_spelled *spelled, const char *name,
    size_t len)
{
	const struct name *n = find(spelled, name, len);

	return (n != NULL && n->listed);
}

bool
vn_spelled_at(const struct vn_spelled *spelled, const char *name, size_t len,
    int file, unsigned line)
{
	const struct name *n = find(spelled, name, len);

	if (n == NULL || n->body)
		return (n != NULL);
	for (size_t i = 0; i < n->spans.count; i++) {
		const struct span *s = &n->spans.items[i];

		if (s->file == file && s->first <= line && line <= s->last)
			return (true);
	}
	return (false);
}
