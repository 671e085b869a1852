/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Lists of sums in the form of md5(1), and their difference.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Verify/pair.h"

/* Lines before and after a change, as diff -u has them. */
enum { CONTEXT = 3 };

static void
put_line(struct vn_strbuf *sb, const struct vn_pair *p, int side)
{

	vn_strbuf_printf(sb, "MD5 (%s) = %s\n", p->name, p->md5[side]);
}

/* A pair as the difference of two lists sees it. */
static bool
is_changed(const struct vn_pair *p)
{

	return (strcmp(p->md5[VN_PLAIN], p->md5[VN_CONVERTED]) != 0);
}

/* What both lists have: pairs with a sum, in order. */
struct lines {
	VN_VEC(const struct vn_pair *) v;
};

static void
collect(struct lines *out, const struct vn_pairs *pairs)
{

	for (size_t i = 0; i < pairs->count; i++)
		if (pairs->items[i].md5[0][0] != '\0' ||
		    pairs->items[i].md5[1][0] != '\0')
			VN_PUSH(&out->v, &pairs->items[i]);
}

/* How many of lines [first, end) a side has. */
static size_t
count_side(const struct lines *l, size_t first, size_t end, int side)
{
	size_t n = 0;

	for (size_t i = first; i < end; i++)
		n += l->v.items[i]->md5[side][0] != '\0';
	return (n);
}

/* "first,count" as diff -u counts lines. */
static void
put_range(struct vn_strbuf *sb, const struct lines *l, size_t first,
    size_t end, int side)
{
	size_t before = count_side(l, 0, first, side);
	size_t n = count_side(l, first, end, side);

	vn_strbuf_printf(sb, "%zu", n == 0 ? before : before + 1);
	if (n != 1)
		vn_strbuf_printf(sb, ",%zu", n);
}

/* A run of changed lines: those that go, then those that come. */
static size_t
put_run(struct vn_strbuf *sb, const struct lines *l, size_t first, size_t end)
{
	size_t stop = first;

	while (stop < end && is_changed(l->v.items[stop]))
		stop++;
	for (int side = 0; side < 2; side++)
		for (size_t i = first; i < stop; i++) {
			if (l->v.items[i]->md5[side][0] == '\0')
				continue;
			vn_strbuf_putc(sb, side == VN_PLAIN ? '-' : '+');
			put_line(sb, l->v.items[i], side);
		}
	return (stop);
}

static void
put_hunk(struct vn_strbuf *sb, const struct lines *l, size_t first, size_t end)
{

	vn_strbuf_puts(sb, "@@ -");
	put_range(sb, l, first, end, VN_PLAIN);
	vn_strbuf_puts(sb, " +");
	put_range(sb, l, first, end, VN_CONVERTED);
	vn_strbuf_puts(sb, " @@\n");
	while (first < end) {
		if (is_changed(l->v.items[first])) {
			first = put_run(sb, l, first, end);
			continue;
		}
		vn_strbuf_putc(sb, ' ');
		put_line(sb, l->v.items[first++], VN_PLAIN);
	}
}

/* One past the hunk's last line; the first change is at first. */
static size_t
hunk_end(const struct lines *l, size_t first)
{
	size_t last = first;

	for (size_t i = first; i < l->v.count && i - last <= 2 * CONTEXT + 1;
	    i++)
		if (is_changed(l->v.items[i]))
			last = i;
	return (last + CONTEXT + 1 < l->v.count ? last + CONTEXT + 1 :
	    l->v.count);
}

static void
put_diff(struct vn_strbuf *sb, const struct lines *l)
{
	bool any = false;

	for (size_t i = 0; i < l->v.count; i++) {
		size_t end;

		if (!is_changed(l->v.items[i]))
			continue;
		if (!any)
			vn_strbuf_puts(sb, "--- plain.md5\n"
			    "+++ converted.md5\n");
		any = true;
		end = hunk_end(l, i);
		put_hunk(sb, l, i < CONTEXT ? 0 : i - CONTEXT, end);
		i = end - 1;
	}
}

static int
write_below(const char *dir, const char *name, const struct vn_strbuf *sb)
{
	char *path = vn_file_join(dir, name);
	int status = vn_file_write(path, sb->len == 0 ? "" : sb->data,
	    sb->len, NULL);

	free(path);
	return (status);
}

int
vn_pairs_md5_lists(const char *dir, const struct vn_pairs *pairs)
{
	static const char *const names[] = { "plain.md5", "converted.md5" };
	struct vn_strbuf sb = { 0 };
	struct lines lines = { 0 };
	int status = 0;

	collect(&lines, pairs);
	for (int side = 0; status == 0 && side < 2; side++) {
		for (size_t i = 0; i < lines.v.count; i++)
			if (lines.v.items[i]->md5[side][0] != '\0')
				put_line(&sb, lines.v.items[i], side);
		status = write_below(dir, names[side], &sb);
		vn_strbuf_free(&sb);
	}
	put_diff(&sb, &lines);
	if (status == 0)
		status = write_below(dir, "md5.diff", &sb);
	vn_strbuf_free(&sb);
	VN_FREE(&lines.v);
	return (status);
}
