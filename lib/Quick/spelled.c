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

struct name;

/* Lines that a V_x counts for; or M(x), if M makes V_x of it. */
struct span {
	int		 file;		/* BODY: of a macro */
	unsigned	 first, last;
	const struct name *macro;	/* M; NULL: V_x itself */
};

enum { BODY = -2 };

struct name {
	char		*text;		/* x, or M; owned */
	bool		 listed;
	bool		 pastes;	/* M: its body has V_## */
	VN_VEC(struct span) spans;
	UT_hash_handle	 hh;
};

struct vn_spelled {
	struct name	*names;		/* uthash head, owned */
	VN_VEC(char *)	 files;		/* owned: as shown */
	bool		 pastes;	/* some macro has V_## */
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

/* The entry of what the token spells, skip bytes of it left out. */
static struct name *
name_of(struct reading *r, size_t tok, size_t skip)
{
	char *text = vn_unsplice(r->data + r->lex.toks[tok].off,
	    r->lex.toks[tok].len);
	size_t len = strlen(text + skip);
	struct name *n;

	n = find(r->into, text + skip, len);
	if (n == NULL) {
		n = vn_calloc(1, sizeof(*n));
		n->text = vn_strdup(text + skip);
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

/* Is it "M(x)" that begins at token i, before end? */
static bool
is_call(const struct reading *r, size_t i, size_t end)
{
	return (i + 3 < end && r->lex.toks[i].kind == VN_TOK_IDENT &&
	    spells(r, i + 1, "(") &&
	    r->lex.toks[i + 2].kind == VN_TOK_IDENT && spells(r, i + 3, ")"));
}

/* Note a V_x, or the x of M(x), at token i if there is one before end. */
static void
add_span(struct reading *r, size_t i, size_t end, struct span span)
{
	struct name *n;

	if (is_virtual(r, i)) {
		n = name_of(r, i, 2);
		VN_PUSH(&n->spans, span);
	}
	if (is_call(r, i, end)) {
		span.macro = name_of(r, i, 0);
		n = name_of(r, i + 2, 0);
		VN_PUSH(&n->spans, span);
	}
}

/* "#define V_x", or V_x in the body of another macro. */
static void
read_define(struct reading *r, const struct vn_dir *dir)
{
	size_t name = dir->tok + 2, end = dir->tok + dir->ntok;

	if (name >= end)
		return;
	if (is_virtual(r, name)) {
		name_of(r, name, 2)->listed = true;
		return;
	}
	for (size_t i = name + 1; i < end; i++) {
		add_span(r, i, end, (struct span){ .file = BODY });
		if (i + 1 < end && spells(r, i, "V_") && spells(r, i + 1, "##"))
			name_of(r, name, 0)->pastes = r->into->pastes = true;
	}
}

static struct span
lines_of(const struct reading *r, size_t first, size_t last)
{
	unsigned from = r->presumed[physical(r, first) - 1];
	unsigned to = r->presumed[physical(r, last) - 1];

	return ((struct span){ .file = r->file, .first = from < to ? from : to,
	    .last = from < to ? to : from });
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
		if (r->lex.toks[i].kind == VN_TOK_IDENT)
			add_span(r, i, r->lex.ntoks,
			    lines_of(r, in ? first : i, in ? last : i));
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

	/* What only a macro can have changed. */
	if (file == -1 && spelled->pastes)
		return (n != NULL && n->listed);
	for (size_t i = 0; n != NULL && i < n->spans.count; i++) {
		const struct span *s = &n->spans.items[i];

		if (s->macro != NULL && !s->macro->pastes)
			continue;
		if (s->file == BODY || (s->file == file && s->first <= line &&
		    line <= s->last))
			return (true);
	}
	return (false);
}
