/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Tokens of preprocessed text, and how two of them differ.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Quick/ptokens.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

/* Without a NUL at its end, for the sanitizer to see. */
static void
read_text(struct vn_ptokens *out, const char *text)
{
	size_t len = strlen(text);
	char *exact = vn_malloc(len + (len == 0));

	memcpy(exact, text, len);
	vn_ptokens_read(out, exact, len);
}

/* The tokens, each in brackets. */
static void
expect(const char *text, const char *tokens)
{
	struct vn_ptokens t;
	struct vn_strbuf sb = { 0 };

	read_text(&t, text);
	for (size_t i = 0; i < t.count; i++)
		vn_strbuf_printf(&sb, "[%.*s]", (int)t.items[i].len,
		    t.text + t.items[i].off);
	assert_string_equal(sb.len == 0 ? "" : sb.data, tokens);
	vn_strbuf_free(&sb);
	vn_ptokens_free(&t);
}

static void
test_tokens(void **state)
{
	(void)state;
	expect("", "");
	expect(" \t\n\v\f\r", "");
	expect("int x=1;", "[int][x][=][1][;]");
	expect("a->b.c...d", "[a][->][b][.][c][...][d]");
	expect("a<<=b>>c<=d- -e", "[a][<<=][b][>>][c][<=][d][-][-][e]");
	expect("1.5e+3f .5 0x1p-2 1-2", "[1.5e+3f][.5][0x1p-2][1][-][2]");
	expect("$a \xc3\xa9", "[$a][\xc3\xa9]");
	expect("@ \\", "[@][\\]");
}

static void
test_literals(void **state)
{
	(void)state;
	expect("\"a \\\" b\" 'x' '\\''", "[\"a \\\" b\"]['x']['\\'']");
	expect("L\"w\" u8\"x\"", "[L\"w\"][u8\"x\"]");
	expect("F\"x\"", "[F][\"x\"]");
	expect("\"open\nx", "[\"open][x]");
	expect("\"back\\", "[\"back\\]");
}

/* White space in them counts, over lines. */
static void
test_raw_strings(void **state)
{
	(void)state;
	expect("R\"a( b\n )\" c )a\" d", "[R\"a( b\n )\" c )a\"][d]");
	expect("LR\"(x)\"", "[LR\"(x)\"]");
	expect("R\"open(x\" y", "[R][\"open(x\"][y]");
}

static void
test_directives(void **state)
{
	(void)state;
	expect("#pragma pack( 1 )\nx", "[#pragma pack( 1 )][x]");
	expect("  #ident \"a  b\" \ny", "[#ident \"a  b\"][y]");
	expect("a # b", "[a][#][b]");
}

/* They are there with -C. */
static void
test_comments(void **state)
{
	(void)state;
	expect("a // b c\nd", "[a][// b c][d]");
	expect("a /* \" \n */ d /*", "[a][/* \" \n */][d][/*]");
}

static void
at(const struct vn_ptokens *t, size_t i, const char *file, unsigned line)
{
	assert_true(i < t->count);
	assert_string_equal(t->files[t->items[i].file], file);
	assert_int_equal(t->items[i].line, line);
}

static void
test_markers(void **state)
{
	struct vn_ptokens t;

	(void)state;
	read_text(&t, "# 1 \"d/a.c\"\n# 1 \"<built-in>\" 1\n"
	    "# 1 \"q\\\"\\\\ \\303\\251.h\" 1 3 4\nx\n\ny\n"
	    "# 70 \"d/a.c\" 2\nz\n#line 5 \"b.c\"\nv\n# 9\nw");
	assert_int_equal(t.count, 5);
	at(&t, 0, "q\"\\ \xc3\xa9.h", 1);
	at(&t, 1, "q\"\\ \xc3\xa9.h", 3);
	at(&t, 2, "d/a.c", 70);
	at(&t, 3, "b.c", 5);
	at(&t, 4, "b.c", 9);
	assert_int_equal(t.nfiles, 4);
	vn_ptokens_free(&t);
}

static void
test_many_files(void **state)
{
	struct vn_strbuf sb = { 0 };
	struct vn_ptokens t;
	char name[16];

	(void)state;
	for (int i = 0; i < 2000; i++)
		vn_strbuf_printf(&sb, "# 1 \"f%d\"\nx\n", i % 1000);
	read_text(&t, sb.data);
	assert_int_equal(t.nfiles, 1000);
	for (size_t i = 0; i < 2000; i++) {
		snprintf(name, sizeof(name), "f%zu", i % 1000);
		at(&t, i, name, 1);
	}
	vn_ptokens_free(&t);
	vn_strbuf_free(&sb);
}

/* Lines of raw strings count. */
static void
test_lines(void **state)
{
	struct vn_ptokens t;

	(void)state;
	read_text(&t, "# 1 \"a\"\nR\"(\n\n)\"\nx");
	at(&t, 1, "a", 4);
	assert_true(t.items[1].first);
	vn_ptokens_free(&t);
}

/* The hunks, as "[was|now]". */
static void
differ(const char *plain, const char *converted, const char *hunks)
{
	struct vn_strbuf sb = { 0 };
	struct vn_ptokens t[2];
	struct vn_hunks h;

	read_text(&t[0], plain);
	read_text(&t[1], converted);
	vn_ptokens_diff(&h, &t[0], &t[1]);
	for (size_t i = 0; i < h.count; i++)
		for (int side = 0; side < 2; side++) {
			vn_strbuf_putc(&sb, side == 0 ? '[' : '|');
			for (size_t n = h.items[i].first[side];
			    n < h.items[i].end[side]; n++)
				vn_strbuf_add(&sb, t[side].text +
				    t[side].items[n].off,
				    t[side].items[n].len);
			if (side == 1)
				vn_strbuf_putc(&sb, ']');
		}
	assert_string_equal(sb.len == 0 ? "" : sb.data, hunks);
	vn_strbuf_free(&sb);
	vn_hunks_free(&h);
	vn_ptokens_free(&t[0]);
	vn_ptokens_free(&t[1]);
}

static void
test_diff(void **state)
{
	(void)state;
	differ("", "", "");
	differ("a b c", "a  b\nc", "");
	differ("", "a", "[|a]");
	differ("a b", "", "[ab|]");
	differ("a b c d", "a x c d e", "[b|x][|e]");
	differ("a b c a b b a", "c b a b a c", "[ab|][|b][b|][|c]");
	differ("f(x, y);", "f(y);", "[x,|]");
}

/* Parentheses are one hunk, whichever of several is the added one. */
static void
test_diff_parens(void **state)
{
	(void)state;
	differ("a = x;", "a = (x);", "[x|(x)]");
	differ("f(x);", "f((x));", "[x|(x)]");
	differ("f((x));", "f(((x)));", "[x|(x)]");
	differ("x[y]", "(x)[(y)]", "[x|(x)][y|(y)]");
	differ("f(x);", "f((y));", "[x|(y)]");
	differ("a + b", "(a + b)", "[|(][|)]");
	differ("if (a != &x) y++;", "if (a != &(x)) (y)++;",
	    "[x|(x)][y|(y)]");
}

/* One difference of thousands of tokens, among many small ones. */
static void
test_diff_long(void **state)
{
	struct vn_strbuf plain = { 0 }, converted = { 0 }, all = { 0 };
	struct vn_ptokens t[2];
	struct vn_hunks h;
	bool undo[2000];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		vn_strbuf_printf(&plain, "a%d = x + %d;\n", i, i);
		vn_strbuf_printf(&converted, "a%d = (x) + %d;\n", i, i);
		for (int j = 0; i == 500 && j < 9000; j++)
			vn_strbuf_printf(&converted, "n%d ", j);
	}
	read_text(&t[0], plain.data);
	read_text(&t[1], converted.data);
	vn_ptokens_diff(&h, &t[0], &t[1]);
	assert_true(h.count >= 1000 && h.count < 2000);
	memset(undo, true, sizeof(undo));
	vn_ptokens_undo(&all, &t[0], &t[1], &h, undo);
	vn_hunks_free(&h);
	vn_ptokens_free(&t[1]);
	read_text(&t[1], all.data);
	vn_ptokens_diff(&h, &t[0], &t[1]);
	assert_int_equal(h.count, 0);
	vn_ptokens_free(&t[0]);
	vn_ptokens_free(&t[1]);
	vn_strbuf_free(&plain);
	vn_strbuf_free(&converted);
	vn_strbuf_free(&all);
}

/* Undo the hunks of whose numbers the bits are set. */
static void
undone(const char *plain, const char *converted, unsigned bits,
    const char *text)
{
	struct vn_strbuf sb = { 0 };
	struct vn_ptokens t[2];
	struct vn_hunks h;
	bool undo[8];

	read_text(&t[0], plain);
	read_text(&t[1], converted);
	vn_ptokens_diff(&h, &t[0], &t[1]);
	for (int i = 0; i < 8; i++)
		undo[i] = (bits >> i & 1) != 0;
	vn_ptokens_undo(&sb, &t[0], &t[1], &h, undo);
	assert_string_equal(sb.data, text);
	vn_strbuf_free(&sb);
	vn_hunks_free(&h);
	vn_ptokens_free(&t[0]);
	vn_ptokens_free(&t[1]);
}

static void
test_undo(void **state)
{
	(void)state;
	undone("a b c d", "a x c y\n", 0, "a x c y\n");
	undone("a b c d", "a x c y\n", 1, "a  b  c y\n");
	undone("a b c d", "a x c y\n", 2, "a x c  d \n");
	undone("a b c", "a c\n", 1, "a  b c\n");
	undone("a c", "a b c\n", 1, "a  c\n");
	undone("x y z", "x\n", 1, "x\n y  z ");
	undone("a;\n#pragma p\nb;", "a;\nb;", 1, "a;\n\n#pragma p\nb;");
}

/* A line marker between tokens that go stays. */
static void
test_undo_markers(void **state)
{
	(void)state;
	undone("a d", "a b\n# 9 \"f\"\nc d", 1, "a \n# 9 \"f\"\n d");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_literals),
		cmocka_unit_test(test_raw_strings),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_markers),
		cmocka_unit_test(test_many_files),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_diff_parens),
		cmocka_unit_test(test_diff_long),
		cmocka_unit_test(test_undo),
		cmocka_unit_test(test_undo_markers)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
