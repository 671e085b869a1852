/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The historical padding as patches.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "mirror.h"
#include "mirror_impl.h"
#include "text_lines.h"

enum { CONTEXT = 3 };

/* Lines [from, to) of the padded text with the count of the added ones. */
struct hunk {
	size_t	from, to;
};

struct patch {
	struct vn_text	 old, new;
	bool		*added;		/* owned: by line of the new text */
	struct vn_strbuf *out;		/* borrowed */
};

/*
 * The new text is the old one with blank lines added: what is not the next old
 * line was added.
 */
static bool
find_added(struct patch *p)
{
	const char *a, *b;
	size_t alen, blen, i, j;
	bool any;

	p->added = vn_calloc(p->new.count + 1, sizeof(*p->added));
	for (any = false, i = j = 0; j < p->new.count; j++) {
		a = vn_text_line(&p->old, i, &alen);
		b = vn_text_line(&p->new, j, &blen);
		if (i < p->old.count && alen == blen &&
		    memcmp(a, b, alen) == 0)
			i++;
		else
			any = p->added[j] = true;
	}
	return (any);
}

static void
put_line(struct patch *p, size_t line)
{
	const char *text;
	size_t len;

	text = vn_text_line(&p->new, line, &len);
	vn_strbuf_putc(p->out, p->added[line] ? '+' : ' ');
	vn_strbuf_add(p->out, text, len);
	if (len == 0 || text[len - 1] != '\n')
		vn_strbuf_puts(p->out, "\n\\ No newline at end of file\n");
}

/* Returns how many lines it has that the old text has not. */
static size_t
put_hunk(struct patch *p, const struct hunk *h, size_t before)
{
	size_t added, i, lines;

	for (added = 0, i = h->from; i < h->to; i++)
		added += p->added[i];
	lines = h->to - h->from - added;
	/* An empty range counts from the line before it. */
	vn_strbuf_printf(p->out, "@@ -%zu,%zu +%zu,%zu @@\n",
	    h->from - before + (lines > 0), lines, h->from + 1,
	    h->to - h->from);
	for (i = h->from; i < h->to; i++)
		put_line(p, i);
	return (added);
}

static void
put_hunks(struct patch *p)
{
	struct hunk h;
	size_t added, i, last;

	added = 0;
	for (i = 0; i < p->new.count; i++) {
		if (!p->added[i])
			continue;
		h.from = i < CONTEXT ? 0 : i - CONTEXT;
		for (last = i; i < p->new.count && i <= last + 2 * CONTEXT; i++)
			if (p->added[i])
				last = i;
		h.to = last + 1 + CONTEXT;
		if (h.to > p->new.count)
			h.to = p->new.count;
		added += put_hunk(p, &h, added);
		i = h.to - 1;
	}
}

/* Names with white space end at a tab, as git writes them. */
static void
put_names(struct vn_strbuf *out, const char *rel)
{
	const char *tab;

	tab = strpbrk(rel, " \t") == NULL ? "" : "\t";
	vn_strbuf_printf(out, "--- a/%s%s\n+++ b/%s%s\n", rel, tab, rel, tab);
}

static void
put_patch(struct vn_strbuf *out, const char *rel, const struct vn_strbuf *old,
    const struct vn_strbuf *new)
{
	struct patch p = { .out = out };

	vn_text_init(&p.old, old->data, old->len);
	vn_text_init(&p.new, new->data, new->len);
	if (find_added(&p)) {
		put_names(out, rel);
		put_hunks(&p);
	}
	free(p.added);
	vn_text_free(&p.old);
	vn_text_free(&p.new);
}

static int
read_side(struct vn_strbuf *out, const char *tree, const char *rel)
{
	char *path;
	int error;

	path = vn_file_join(tree, rel);
	error = vn_file_read(out, path);
	if (error != 0)
		vn_error("cannot read '%s': %s", path, strerror(errno));
	free(path);
	return (error);
}

static void
pad(const struct vn_mirror *mirror, struct vn_strbuf patches[2],
    struct vn_stretches *stretches, const char *rel,
    const struct vn_strbuf text[2])
{
	struct vn_strbuf padded[2] = { 0 };
	struct vn_linemap map;
	int side;

	if (text[0].len == 0 || text[1].len == 0 ||
	    memchr(text[0].data, '\0', text[0].len) != NULL ||
	    memchr(text[1].data, '\0', text[1].len) != NULL)
		return;
	vn_mirror_map(&map, mirror, rel, &text[0], &text[1]);
	vn_linemap_pad(&padded[0], &padded[1], stretches, rel, &map,
	    text[0].data, text[0].len, text[1].data, text[1].len);
	for (side = 0; side < 2; side++) {
		put_patch(&patches[side], rel, &text[side], &padded[side]);
		vn_strbuf_free(&padded[side]);
	}
	vn_linemap_free(&map);
}

static int
write_patches(const char *file, const struct vn_strbuf patches[2])
{
	const char *data;
	char *name;
	int error, side;

	for (error = side = 0; error == 0 && side < 2; side++) {
		name = vn_asprintf("%s%s", file, side == 0 ? "" :
		    ".converted");
		data = patches[side].data == NULL ? "" : patches[side].data;
		error = vn_file_write(name, data, patches[side].len, NULL);
		free(name);
	}
	return (error);
}

int
vn_mirror_counterpatch(const struct vn_mirror *m, const char *file,
    struct vn_stretches *stretches)
{
	struct vn_strbuf patches[2] = { 0 }, text[2] = { 0 };
	size_t i;
	int error, side;

	for (error = 0, i = 0; error == 0 && i < m->nchanged; i++) {
		for (side = 0; error == 0 && side < 2; side++)
			error = read_side(&text[side], m->trees[side],
			    m->changed[i]);
		if (error == 0)
			pad(m, patches, stretches, m->changed[i],
			    text);
		vn_strbuf_free(&text[0]);
		vn_strbuf_free(&text[1]);
	}
	if (error == 0)
		error = write_patches(file, patches);
	for (side = 0; side < 2; side++)
		vn_strbuf_free(&patches[side]);
	return (error);
}
