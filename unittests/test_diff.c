/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Diffs of hand-made plans: their text, and that they do what the edits do.
 */

#include "Emit/emit.h"
#include "Rewrite/plan.h"
#include "sample.h"

struct diff {
	struct sample	 sample;
	struct vn_plan	 plan;
};

static void
diff_init(struct diff *d, const char *text)
{

	*d = (struct diff){ 0 };
	sample_init(&d->sample, "a.c", text);
	d->plan.sources = &d->sample.sources;
}

static void
diff_free(struct diff *d)
{

	vn_edits_free(&d->plan.edits);
	sample_free(&d->sample);
}

static void
edit(struct diff *d, uint32_t off, uint32_t len, const char *text)
{

	vn_edits_add(&d->plan.edits, (int)d->sample.sources.count - 1, off,
	    len, text, 0, "r");
}

/* The diff of the plan; owned by the caller. */
static char *
emitted(struct diff *d)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	assert_int_equal(vn_edits_merge(&d->plan.edits, d->plan.sources), 0);
	vn_emit_diff(&d->plan, out);
	assert_int_equal(fclose(out), 0);
	return (text);
}

/* The diff without its two lines of names, which are those of a.c. */
static void
check(struct diff *d, const char *want)
{
	static const char names[] = "--- a/a.c\n+++ b/a.c\n";
	char *text = emitted(d);

	assert_memory_equal(text, names, sizeof(names) - 1);
	assert_string_equal(text + sizeof(names) - 1, want);
	free(text);
	diff_free(d);
}

static void
check_one(const char *text, uint32_t off, uint32_t len, const char *put,
    const char *want)
{
	struct diff d;

	diff_init(&d, text);
	edit(&d, off, len, put);
	check(&d, want);
}

static void
test_nothing(void **state)
{
	struct diff d;
	char *text;

	(void)state;
	diff_init(&d, "a\n");
	text = emitted(&d);
	assert_string_equal(text, "");
	free(text);
	diff_free(&d);
}

static void
test_one(void **state)
{
	static const char text[] = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";

	(void)state;
	check_one(text, 8, 1, "X",
	    "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+X\n f\n g\n h\n");
	check_one(text, 0, 1, "X", "@@ -1,4 +1,4 @@\n-a\n+X\n b\n c\n d\n");
	check_one(text, 16, 1, "X", "@@ -6,4 +6,4 @@\n f\n g\n h\n-i\n+X\n");
	check_one(text, 8, 2, "", "@@ -2,7 +2,6 @@\n b\n c\n d\n-e\n f\n g\n"
	    " h\n");
	check_one(text, 8, 0, "X\n",
	    "@@ -2,6 +2,7 @@\n b\n c\n d\n+X\n e\n f\n g\n");
	check_one(text, 9, 0, "\nX",
	    "@@ -2,7 +2,8 @@\n b\n c\n d\n-e\n+e\n+X\n f\n g\n h\n");
	check_one(text, 9, 1, " ",
	    "@@ -2,8 +2,7 @@\n b\n c\n d\n-e\n-f\n+e f\n g\n h\n i\n");
}

static void
test_ends(void **state)
{
	(void)state;
	check_one("a\nb\n", 0, 0, "X\n", "@@ -1,2 +1,3 @@\n+X\n a\n b\n");
	check_one("a\nb\n", 4, 0, "X\n", "@@ -1,2 +1,3 @@\n a\n b\n+X\n");
	check_one("a\n", 0, 2, "", "@@ -1 +0,0 @@\n-a\n");
	check_one("a\nb\n", 2, 2, "", "@@ -1,2 +1 @@\n a\n-b\n");
	check_one("", 0, 0, "X\n", "@@ -0,0 +1 @@\n+X\n");
	check_one("", 0, 0, "X\nY", "@@ -0,0 +1,2 @@\n+X\n+Y\n"
	    "\\ No newline at end of file\n");
}

static void
test_no_newline(void **state)
{
	(void)state;
	check_one("a\nb", 2, 1, "X", "@@ -1,2 +1,2 @@\n a\n-b\n"
	    "\\ No newline at end of file\n+X\n"
	    "\\ No newline at end of file\n");
	check_one("a\nb", 0, 1, "X", "@@ -1,2 +1,2 @@\n-a\n+X\n b\n"
	    "\\ No newline at end of file\n");
	check_one("a\nb", 3, 0, "\n", "@@ -1,2 +1,2 @@\n a\n-b\n"
	    "\\ No newline at end of file\n+b\n");
	check_one("a\nb\n", 3, 1, "", "@@ -1,2 +1,2 @@\n a\n-b\n+b\n"
	    "\\ No newline at end of file\n");
	check_one("a", 0, 0, "X\n", "@@ -1 +1,2 @@\n+X\n a\n"
	    "\\ No newline at end of file\n");
}

static void
test_several(void **state)
{
	struct diff d;

	(void)state;
	/* On one line, and on the next one. */
	diff_init(&d, "a b\nc\nd\n");
	edit(&d, 0, 1, "X");
	edit(&d, 2, 1, "Y");
	edit(&d, 4, 1, "Z");
	check(&d, "@@ -1,3 +1,3 @@\n-a b\n-c\n+X Y\n+Z\n d\n");
	/* Six lines between two changes make one hunk, seven make two. */
	diff_init(&d, "a\n1\n2\n3\n4\n5\n6\nb\n");
	edit(&d, 0, 1, "X");
	edit(&d, 14, 1, "Y");
	check(&d, "@@ -1,8 +1,8 @@\n-a\n+X\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+Y\n");
	diff_init(&d, "a\n1\n2\n3\n4\n5\n6\n7\nb\n");
	edit(&d, 0, 0, "X\n");
	edit(&d, 16, 1, "Y");
	check(&d, "@@ -1,3 +1,4 @@\n+X\n a\n 1\n 2\n"
	    "@@ -6,4 +7,4 @@\n 5\n 6\n 7\n-b\n+Y\n");
}

static void
test_files(void **state)
{
	struct diff d;
	char *text;

	(void)state;
	diff_init(&d, "a\n");
	edit(&d, 0, 1, "X");
	sample_add(&d.sample, "b.c", "b\n");
	sample_add(&d.sample, "d/c.c", "c\r\n");
	edit(&d, 0, 1, "Y");
	text = emitted(&d);
	assert_string_equal(text, "--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n"
	    "-a\n+X\n--- a/d/c.c\n+++ b/d/c.c\n@@ -1 +1 @@\n-c\r\n+Y\r\n");
	free(text);
	diff_free(&d);
}

/*
 * A patch(1) that forgives nothing.
 */

struct patch {
	const char	*p;		/* in the diff */
	const char	*old;		/* in the old file */
	unsigned	 old_line, new_line;	/* lines taken and made */
	struct vn_strbuf out;		/* owned */
};

/* Append the line at p to sb; returns what follows. */
static const char *
take_line(struct vn_strbuf *sb, const char *p)
{
	size_t n = strcspn(p, "\n");

	n += p[n] == '\n';
	vn_strbuf_add(sb, p, n);
	return (p + n);
}

/* The text of the diff's line, without its newline if that is no one's. */
static char *
hunk_line(struct patch *patch)
{
	static const char none[] = "\\ No newline at end of file\n";
	struct vn_strbuf sb = { 0 };
	char *line;

	patch->p = take_line(&sb, patch->p + 1);
	line = vn_strbuf_take(&sb);
	if (strncmp(patch->p, none, sizeof(none) - 1) == 0) {
		patch->p += sizeof(none) - 1;
		line[strlen(line) - 1] = '\0';
	}
	return (line);
}

static void
apply_line(struct patch *patch, unsigned *old, unsigned *new)
{
	char mark = *patch->p;
	char *line = hunk_line(patch);

	assert_true(mark == ' ' || mark == '-' || mark == '+');
	if (mark != '+') {
		assert_memory_equal(patch->old, line, strlen(line));
		patch->old += strlen(line);
		patch->old_line++;
		assert_true((*old)-- > 0);
	}
	if (mark != '-') {
		/* Nothing follows a line without a newline. */
		assert_true(patch->out.len == 0 ||
		    patch->out.data[patch->out.len - 1] == '\n');
		vn_strbuf_puts(&patch->out, line);
		patch->new_line++;
		assert_true((*new)-- > 0);
	}
	free(line);
}

/* "12" or "12,3" */
static unsigned
range(const char **p, unsigned *count)
{
	char *end;
	unsigned line = (unsigned)strtoul(*p, &end, 10);

	*count = *end == ',' ? (unsigned)strtoul(end + 1, &end, 10) : 1;
	*p = end;
	return (*count == 0 ? line + 1 : line);
}

static void
apply_hunk(struct patch *patch)
{
	unsigned from, to, old, new;

	assert_memory_equal(patch->p, "@@ -", 4);
	patch->p += 4;
	from = range(&patch->p, &old);
	assert_memory_equal(patch->p, " +", 2);
	patch->p += 2;
	to = range(&patch->p, &new);
	assert_memory_equal(patch->p, " @@\n", 4);
	patch->p += 4;
	assert_true(from > patch->old_line);
	for (; patch->old_line + 1 < from; patch->old_line++) {
		patch->old = take_line(&patch->out, patch->old);
		patch->new_line++;
	}
	assert_int_equal(to, patch->new_line + 1);
	while (old > 0 || new > 0)
		apply_line(patch, &old, &new);
}

/* Does the diff, applied, give what the edits give? */
static void
check_patch(struct diff *d)
{
	static const char names[] = "--- a/a.c\n+++ b/a.c\n";
	struct patch patch = { .old = d->sample.source->data };
	struct vn_strbuf want = { 0 };
	char *text = emitted(d);

	patch.p = text;
	if (*text != '\0') {
		assert_memory_equal(text, names, sizeof(names) - 1);
		patch.p += sizeof(names) - 1;
	}
	while (*patch.p != '\0')
		apply_hunk(&patch);
	vn_strbuf_puts(&patch.out, patch.old);
	vn_edits_apply(&want, d->sample.source, &d->plan.edits, 0,
	    d->plan.edits.count);
	vn_strbuf_puts(&want, "");
	free(text);
	text = vn_strbuf_take(&want);
	assert_buffer(&patch.out, text);
	free(text);
}

static uint32_t random_state;

static uint32_t
any(uint32_t below)
{

	random_state = random_state * 1664525 + 1013904223;
	return ((random_state >> 16) % below);
}

/* A source of up to 40 short lines; the last may lack its newline. */
static char *
any_source(void)
{
	static const char *const lines[] = { "", "a", "bb", "\tc d", "{" };
	struct vn_strbuf sb = { 0 };

	for (uint32_t n = any(40); n > 0; n--)
		vn_strbuf_printf(&sb, "%s\n", lines[any(VN_NITEMS(lines))]);
	if (any(3) == 0)
		vn_strbuf_puts(&sb, "end");
	return (vn_strbuf_take(&sb));
}

/* Mixes of edits that touch, join and split lines, the same at each run. */
static void
test_patches(void **state)
{
	static const char *const texts[] = { "", "X", "X\n", "\n", "X\nY",
	    "\nX", "X\nY\n" };

	(void)state;
	random_state = 1;
	for (int round = 0; round < 20000; round++) {
		char *source = any_source();
		size_t len = strlen(source);
		struct diff d;

		diff_init(&d, source);
		for (uint32_t at = any(30); at <= len; at += any(30)) {
			uint32_t n = any(4);

			n = n > len - at ? (uint32_t)len - at : n;
			edit(&d, at, n, texts[any(VN_NITEMS(texts))]);
			at += n + 1;
		}
		check_patch(&d);
		diff_free(&d);
		free(source);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_one),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_no_newline),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_patches),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
