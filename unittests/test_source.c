/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of sources, and steps over their tokens.
 */

#include <errno.h>

#include "directory.h"
#include "sample.h"

/* Add the file of that name below top. */
static int
add(struct vn_sources *sources, const char *name)
{
	char *path = at_top(name);
	int index = vn_sources_add(sources, path);

	free(path);
	return (index);
}

static int
find(const struct vn_sources *sources, const char *name)
{
	char *path = at_top(name);
	int index = vn_sources_find(sources, path);

	free(path);
	return (index);
}

static void
init(struct vn_sources *sources, const char *cwd, const char *root)
{
	char *c = at_top(cwd), *r = at_top(root);

	vn_sources_init(sources, c, r);
	free(c);
	free(r);
}

static void
test_add(void **state)
{
	struct vn_sources sources;

	(void)state;
	put("d/a.c", "int a;\n");
	put("d/b.c", "");
	init(&sources, "d", "d");
	assert_int_equal(add(&sources, "d/a.c"), 0);
	assert_int_equal(add(&sources, "d/b.c"), 1);
	assert_int_equal(add(&sources, "d/a.c"), 0);
	assert_int_equal(sources.count, 2);
	assert_int_equal(find(&sources, "d/b.c"), 1);
	assert_int_equal(find(&sources, "d/c.c"), -1);
	assert_int_equal(sources.items[0]->len, 7);
	assert_string_equal(sources.items[0]->data, "int a;\n");
	assert_at_top(sources.items[0]->path, "d/a.c");
	assert_false(sources.items[0]->opened);
	assert_string_equal(sources.items[1]->data, "");
	vn_source_open(sources.items[1]);
	assert_true(sources.items[1]->opened);
	assert_int_equal(sources.items[1]->lex.ntoks, 0);
	assert_int_equal(vn_source_tok_at(sources.items[1], 0), -1);
	vn_sources_free(&sources);
}

static void
test_missing(void **state)
{
	struct vn_sources sources;

	(void)state;
	init(&sources, ".", ".");
	errno = 0;
	assert_int_equal(add(&sources, "a.c"), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(sources.count, 0);
	put("a.c/b", "");
	assert_int_equal(add(&sources, "a.c"), -1);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(sources.count, 0);
	assert_int_equal(find(&sources, "a.c"), -1);
	vn_sources_free(&sources);
}

static void
test_links(void **state)
{
	struct vn_sources sources;

	(void)state;
	put("a.c", "int a;\n");
	put("b.c", "int b;\n");
	put("same.c", "int a;\n");
	assert_int_equal(link("a.c", "hard.c"), 0);
	assert_int_equal(symlink("b.c", "soft.c"), 0);
	init(&sources, ".", ".");
	assert_int_equal(add(&sources, "a.c"), 0);
	assert_int_equal(add(&sources, "hard.c"), 0);
	assert_int_equal(add(&sources, "b.c"), 1);
	assert_int_equal(add(&sources, "same.c"), 2);
	assert_int_equal(find(&sources, "hard.c"), 0);
	assert_int_equal(sources.count, 3);
	assert_at_top(sources.items[0]->path, "a.c");
	vn_sources_free(&sources);
}

static void
test_many(void **state)
{
	struct vn_sources sources;
	char name[16];

	(void)state;
	init(&sources, ".", ".");
	for (int i = 0; i < 150; i++) {
		snprintf(name, sizeof(name), "%d.c", i);
		put(name, name);
		assert_int_equal(add(&sources, name), i);
	}
	for (int i = 0; i < 150; i++) {
		snprintf(name, sizeof(name), "%d.c", i);
		assert_int_equal(find(&sources, name), i);
		assert_string_equal(sources.items[i]->data, name);
	}
	vn_sources_free(&sources);
}

static void
check_shown(const char *cwd, const char *root, const char *path,
    const char *want)
{
	struct vn_sources sources;
	char *shown;

	vn_sources_init(&sources, cwd, root);
	shown = vn_sources_shown(&sources, path);
	assert_string_equal(shown, want);
	free(shown);
	vn_sources_free(&sources);
}

static void
test_shown(void **state)
{
	(void)state;
	check_shown("/a/b", "/a", "/a/b/c.c", "c.c");
	check_shown("/a/b", "/a", "/a/d/c.c", "d/c.c");
	check_shown("/a/b", "/a", "/a/bc.c", "bc.c");
	check_shown("/a/b", "/x", "/a/bc/c.c", "/a/bc/c.c");
	check_shown("/a", "/a/b", "/a/b/c.c", "b/c.c");
	check_shown("/a", "/a", "/a", "/a");
	check_shown("/", "/", "/a/c.c", "a/c.c");
}

static void
test_tok_at(void **state)
{
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "ab + cd;");
	assert_int_equal(vn_source_tok_at(m.source, 0), 0);
	assert_int_equal(vn_source_tok_at(m.source, 1), -1);
	assert_int_equal(vn_source_tok_at(m.source, 3), 1);
	assert_int_equal(vn_source_tok_at(m.source, 5), 2);
	assert_int_equal(vn_source_tok_at(m.source, 7), 3);
	assert_int_equal(vn_source_tok_at(m.source, 8), -1);
	assert_int_equal(vn_source_tok_at(m.source, 99), -1);
	sample_free(&m);
}

/* The tokens before, at and after the marked one. */
static void
check_steps(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;
	int t, p, n;

	sample_init(&m, "a.c", text);
	t = sample_tok(&m);
	p = vn_tok_prev(m.source, t);
	n = vn_tok_next(m.source, t);
	sample_put(&sb, &m, p, p);
	sample_put(&sb, &m, t, t);
	sample_put(&sb, &m, n, n);
	assert_buffer(&sb, want);
	assert_int_equal(vn_tok_prev(m.source, -1), -1);
	assert_int_equal(vn_tok_next(m.source, -1), -1);
	sample_free(&m);
}

static void
test_steps(void **state)
{
	(void)state;
	check_steps("a @b c", "a b c");
	check_steps("@a", "- a -");
	check_steps("a /* x */ @b // y\nc", "a b c");
	check_steps("a\n#if X\n#define Y z\n@b\n#endif\nc", "a b c");
	check_steps("#if X\n@b\n#endif\n", "- b -");
	check_steps("a\n#define X @y z\nb", "X y z");
	check_steps("a\n@#define X\nb", "- # define");
	check_steps("a\n#define @X\nb", "define X -");
	check_steps("#define A \\\n @b\n#define C", "A b -");
	check_steps("#define A b\n#define C @d", "C d -");
}

static void
test_words(void **state)
{
	struct sample m;
	unsigned len;

	(void)state;
	sample_init(&m, "a.c", "a\\\nb -> \"c\" -\\\n> 1 '->'");
	assert_true(vn_tok_word(m.source, 0, "ab"));
	assert_false(vn_tok_word(m.source, 0, "a"));
	assert_false(vn_tok_word(m.source, -1, "ab"));
	assert_false(vn_tok_word(m.source, 1, "->"));
	assert_true(vn_tok_punct(m.source, 1, "->"));
	assert_false(vn_tok_punct(m.source, 1, "-"));
	assert_false(vn_tok_punct(m.source, -1, "->"));
	assert_false(vn_tok_punct(m.source, 5, "->"));
	assert_true(vn_tok_ident(m.source, 0));
	assert_false(vn_tok_ident(m.source, 2));
	assert_false(vn_tok_ident(m.source, -1));
	assert_memory_equal(vn_tok_text(m.source, 0, &len), "a\\\nb", 4);
	assert_int_equal(len, 4);
	assert_int_equal(vn_tok_end(m.source, 1), 7);
	sample_free(&m);
}

/* The callee and the index of the argument that the marked token is in. */
static void
check_call(const char *text, const char *want, int index)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;
	int arg = -1, callee;

	sample_init(&m, "a.c", text);
	callee = vn_tok_call(m.source, sample_tok(&m), &arg);
	sample_put(&sb, &m, callee, callee);
	assert_buffer(&sb, want);
	assert_int_equal(arg, index);
	sample_free(&m);
}

static void
test_call(void **state)
{
	(void)state;
	check_call("f(@x)", "f", 0);
	check_call("f(a, @x)", "f", 1);
	check_call("f(g(a, b), (c, d), e[1, 2], @x)", "f", 3);
	check_call("f(a, g(b, &@x), c)", "g", 1);
	check_call("f(a, g(b)->@x, c)", "f", 1);
	check_call("f(,@x)", "f", 1);
	check_call("f(a, (@x))", "-", -1);
	check_call("f(a[@x])", "-", -1);
	check_call("f({ @x })", "-", -1);
	check_call("@x", "-", -1);
	check_call("f(a)@x", "-", -1);
	check_call("f(a,\n#if A\n b,\n#endif\n @x)", "f", 2);
	check_call("#define M(y) f(a, @y)\n", "f", 1);
	check_call("#define M(@y) f(a, y)\n", "M", 0);
	check_call("(f)(@x)", "-", -1);
}

/* Argument n of the call of the marked token. */
static void
check_arg(const char *text, int n, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;
	int first, last;

	sample_init(&m, "a.c", text);
	first = vn_call_arg(m.source, sample_tok(&m), n, &last);
	sample_put(&sb, &m, first, last);
	if (first == -1)
		assert_int_equal(last, -1);
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_arg(void **state)
{
	static const char text[] = "@f(a, g(b, c) + 1, , &d[1, 2]);";

	(void)state;
	check_arg(text, 0, "a");
	check_arg(text, 1, "g(b, c) + 1");
	check_arg(text, 2, "-");
	check_arg(text, 3, "&d[1, 2]");
	check_arg(text, 4, "-");
	check_arg("@f()", 0, "-");
	check_arg("@f + (a)", 0, "-");
	check_arg("@f", 0, "-");
	check_arg("@f(a, b", 1, "b");
	check_arg("#define M @f(a, b)\nint x;", 1, "b");
}

/* What line_start and line_end take of the marked byte's line. */
static void
check_line(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;
	uint32_t from, end;

	sample_init(&m, "a.c", text);
	from = vn_source_line_start(m.source, m.mark);
	end = vn_source_line_end(m.source, m.mark);
	vn_strbuf_add(&sb, m.source->data + from, end - from);
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_line(void **state)
{
	(void)state;
	check_line("a\nb @c\nd\n", "b c\n");
	check_line("a\n@b\nd\n", "b\n");
	check_line("@a", "a");
	check_line("@", "");
	check_line("a\n@", "");
	check_line("a@\nb\n", "a\n");
	check_line("@a\r\nb\r\n", "a\r\n");
	check_line("@a /* b */\nc\n", "a /* b */\n");
	check_line("@a /* b\n * c */\nd\n", "a /* b\n * c */\n");
	check_line("@a /* b\n * c\n */ d\ne\n", "a /* b\n * c\n */ d\n");
	check_line("@a // b /* c\nd\n", "a // b /* c\n");
	check_line("@a // b \\\n c\nd\n", "a // b \\\n c\n");
	check_line("@a \\\n b\nc\n", "a \\\n b\n");
	check_line("@a \\ \t\n b\nc\n", "a \\ \t\n b\n");
	check_line("@a \\\r\n b\r\nc\r\n", "a \\\r\n b\r\n");
	check_line("@a /* b", "a /* b");
}

static void
test_line_comments(void **state)
{
	(void)state;
	check_line("@a\n\t/* b */\nc\n", "a\n\t/* b */\n");
	check_line("@a /* b */\n\t   /* c\n\t    d */\n\t/* e */\nf\n",
	    "a /* b */\n\t   /* c\n\t    d */\n\t/* e */\n");
	check_line("@a\n/* b */\nc\n", "a\n");
	check_line("@a\n\t/* b */", "a\n\t/* b */");
	check_line("@a\n\t", "a\n");
	check_line("@a\n\t/", "a\n");
	check_line("@a\n\n\t/* b */\n", "a\n");
}

/* The branch that holds the marked byte, as the text of its directive. */
static void
check_branch(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;
	int d;

	sample_init(&m, "a.h", text);
	d = vn_source_branch(m.source, m.mark);
	if (d == -1)
		vn_strbuf_puts(&sb, "-");
	else
		sample_put(&sb, &m, (int)m.source->lex.dirs[d].tok,
		    (int)(m.source->lex.dirs[d].tok +
		    m.source->lex.dirs[d].ntok) - 1);
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_branch(void **state)
{
	(void)state;
	check_branch("@a\n#if X\n#endif\n", "-");
	check_branch("#if X\n@a\n#endif\n", "#if X");
	check_branch("#if X\n#endif\n@a\n", "-");
	check_branch("#ifdef X\n#elif Y\n@a\n#else\n#endif\n", "#elif Y");
	check_branch("#ifndef X\n#elif Y\n#else\n@a\n#endif\n", "#else");
	check_branch("#if X\n#if Y\n@a\n#endif\n#endif\n", "#if Y");
	check_branch("#if X\n#if Y\n#endif\n@a\n#endif\n", "#if X");
	check_branch("#if X\n#else\n#if Y\n#else\n#endif\n@a\n#endif\n",
	    "#else");
	check_branch("#if X\n#define Y\n@a\n#endif\n", "#if X");
	check_branch("@#if X\na\n#endif\n", "-");
	check_branch("#if X\na@", "#if X");
	check_branch("#endif\n@a\n", "-");
}

static void
test_within(void **state)
{
	struct sample m;

	(void)state;
	/* 0 and 4: #if A, #else; 1 and 2: #if B, #elif C below it. */
	sample_init(&m, "a.h", "#if A\n#if B\n#elif C\n#endif\n#else\n"
	    "#endif\n");
	assert_true(vn_branch_within(m.source, -1, -1));
	assert_true(vn_branch_within(m.source, 2, -1));
	assert_true(vn_branch_within(m.source, 0, 0));
	assert_true(vn_branch_within(m.source, 1, 0));
	assert_true(vn_branch_within(m.source, 2, 0));
	assert_false(vn_branch_within(m.source, 0, 1));
	assert_false(vn_branch_within(m.source, 1, 2));
	assert_false(vn_branch_within(m.source, 2, 1));
	assert_false(vn_branch_within(m.source, 4, 0));
	assert_false(vn_branch_within(m.source, -1, 0));
	sample_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DIRECTORY_TEST(test_add),
		DIRECTORY_TEST(test_missing),
		DIRECTORY_TEST(test_links),
		DIRECTORY_TEST(test_many),
		cmocka_unit_test(test_shown),
		cmocka_unit_test(test_tok_at),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_call),
		cmocka_unit_test(test_arg),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_line_comments),
		cmocka_unit_test(test_branch),
		cmocka_unit_test(test_within),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
