/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Tokens, directives, names and lines.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

/* A copy that ends where memory ends, for the sanitizer to see. */
static char *
exact_copy(const char *src, size_t len)
{
	char *data;

	data = vn_malloc(len);
	memcpy(data, src, len);
	return (data);
}

/*
 * A token as text: its kind as a letter, ^ for the first of a line, ~ for a
 * splice, # for a part of a directive, and its bytes in brackets.
 */
static void
show_token(struct vn_strbuf *sb, const char *data, const struct vn_tok *tok)
{
	vn_strbuf_printf(sb, "%s%c%s%s%s[", sb->len > 0 ? " " : "",
	    "INSCHPO"[tok->kind], tok->flags & VN_TF_LINE ? "^" : "",
	    tok->flags & VN_TF_SPLICED ? "~" : "", tok->dir != -1 ? "#" : "");
	vn_strbuf_add(sb, data + tok->off, tok->len);
	vn_strbuf_puts(sb, "]");
}

static char *
show(const char *src, size_t len)
{
	struct vn_strbuf sb = { 0 };
	struct vn_lex lex;
	char *data;
	size_t i;

	data = exact_copy(src, len);
	vn_lex(&lex, data, len);
	for (i = 0; i < lex.ntoks; i++)
		show_token(&sb, data, &lex.toks[i]);
	vn_lex_free(&lex);
	assert_null(lex.toks);
	free(data);
	return (vn_strbuf_take(&sb));
}

static void
check(const char *src, const char *expected)
{
	char *text;

	text = show(src, strlen(src));
	assert_string_equal(text, expected);
	free(text);
}

static void
test_names_and_numbers(void **state)
{
	(void)state;
	check("", "");
	check(" \t\n", "");
	check("int _a9=$b;", "I^[int] I[_a9] P[=] I[$b] P[;]");
	check("1.e+5 0x1p-3 1U .5e-1", "N^[1.e+5] N[0x1p-3] N[1U] N[.5e-1]");
	check("0x1e+a 1..2 1e5+1", "N^[0x1e+a] N[1..2] N[1e5] P[+] N[1]");
	check("a.5 ...5 ..5", "I^[a] N[.5] P[...] N[5] P[.] N[.5]");
	check("na\303\257ve", "I^[na\303\257ve]");
	check("\357\273\277#if", "P^#[#] I#[if]");
}

static void
test_punctuation(void **state)
{
	(void)state;
	check("a->b-- -=c", "I^[a] P[->] I[b] P[--] P[-=] I[c]");
	check("<<=>>=<<>><=>=", "P^[<<=] P[>>=] P[<<] P[>>] P[<=] P[>=]");
	check("a+++++b", "I^[a] P[++] P[++] P[+] I[b]");
	check("x##y#z", "I^[x] P[##] I[y] P[#] I[z]");
	check(".. ... ....", "P^[.] P[.] P[...] P[...] P[.]");
	check("&&&=|||=^=!===*=/=%=",
	    "P^[&&] P[&=] P[||] P[|=] P[^=] P[!=] P[==] P[*=] P[/=] P[%=]");
	check("((*f)(),~x)?y:z", "P^[(] P[(] P[*] I[f] P[)] P[(] P[)] P[,] "
	    "P[~] I[x] P[)] P[?] I[y] P[:] I[z]");
	check("<::><%%>%:%:%:", "P^[<:] P[:>] P[<%] P[%>] P[%:%:] P[%:]");
	check("-", "P^[-]");
	check("a/b", "I^[a] P[/] I[b]");
}

static void
test_literals(void **state)
{
	(void)state;
	check("\"a\\\"b\"c", "S^[\"a\\\"b\"] I[c]");
	check("'\\''x", "C^['\\''] I[x]");
	check("\"\\\\\"x", "S^[\"\\\\\"] I[x]");
	check("L\"a\" u\"b\" U\"c\" u8\"d\" L'e' U'f'",
	    "S^[L\"a\"] S[u\"b\"] S[U\"c\"] S[u8\"d\"] C[L'e'] C[U'f']");
	check("u8'a' xL\"b\" LL\"c\" L \"d\"",
	    "I^[u8] C['a'] I[xL] S[\"b\"] I[LL] S[\"c\"] I[L] S[\"d\"]");
	check("\"it's /* no */ // comment\"",
	    "S^[\"it's /* no */ // comment\"]");
	check("'\"' '/*'x", "C^['\"'] C['/*'] I[x]");
	check("\"\"''", "S^[\"\"] C['']");
}

static void
test_unclosed(void **state)
{
	(void)state;
	check("\"abc\nd", "S^[\"abc] I^[d]");
	check("\"abc\r\nd", "S^[\"abc] I^[d]");
	check("don't do\nit", "I^[don] C['t do] I^[it]");
	check("'", "C^[']");
	check("\"a\\", "S^[\"a\\]");
	check("\"a\\\"", "S^[\"a\\\"]");
	check("L'\nx", "C^[L'] I^[x]");
	check("#error can't\nint x;",
	    "P^#[#] I#[error] I#[can] C#['t] I^[int] I[x] P[;]");
	check("#if 0\nwe don't \"do\nthis\n#endif\nint x;",
	    "P^#[#] I#[if] N#[0] I^[we] I[don] C['t \"do] I^[this] "
	    "P^#[#] I#[endif] I^[int] I[x] P[;]");
}

static void
test_comments(void **state)
{
	(void)state;
	check("a/* b */c", "I^[a] I[c]");
	check("a/**/b/***/c/*/ */d", "I^[a] I[b] I[c] I[d]");
	check("a // b 'c \" \nd", "I^[a] I^[d]");
	check("a /* b\nc", "I^[a]");
	check("a /*", "I^[a]");
	check("a /", "I^[a] P[/]");
	check("a //", "I^[a]");
	check("/* x\n */ a", "I^[a]");
	check("a /* x\n */ b", "I^[a] I[b]");
	check("//* a\nb", "I^[b]");
	check("a */ b", "I^[a] P[*] P[/] I[b]");
	check("/* // */ a", "I^[a]");
}

static void
test_splices(void **state)
{
	(void)state;
	check("fo\\\no", "I^~[fo\\\no]");
	check("fo\\\r\no x", "I^~[fo\\\r\no] I[x]");
	check("fo\\ \t\no", "I^~[fo\\ \t\no]");
	check("fo\\\n\\\no", "I^~[fo\\\n\\\no]");
	check("foo\\\n+", "I^[foo] P[+]");
	check("foo \\\n bar", "I^[foo] I[bar]");
	check("-\\\n> <\\\n<\\\n= .\\\n.\\\n.",
	    "P^~[-\\\n>] P~[<\\\n<\\\n=] P~[.\\\n.\\\n.]");
	check("1\\\n.\\\n5e\\\n+\\\n3", "N^~[1\\\n.\\\n5e\\\n+\\\n3]");
	check(".\\\n5x", "N^~[.\\\n5x]");
	check("\"a\\\nb\" c", "S^~[\"a\\\nb\"] I[c]");
	check("\"a\\\\\n\"b\" c", "S^~[\"a\\\\\n\"b\"] I[c]");
	check("L\\\n\"a\"", "S^~[L\\\n\"a\"]");
	check("a // b \\\n c\nd", "I^[a] I^[d]");
	check("a // b \\\n\\\n c\nd", "I^[a] I^[d]");
	check("a /\\\n/ b\nd", "I^[a] I^[d]");
	check("a /\\\n* b *\\\n/ d", "I^[a] I[d]");
	check("a /*\\\n/ b */ d", "I^[a] I[d]");
	check("a \\ b", "I^[a] O[\\] I[b]");
	check("a \\", "I^[a] O[\\]");
	check("a\\\n", "I^[a]");
}

static void
test_other_bytes(void **state)
{
	char *text;

	(void)state;
	check("a @ ` b", "I^[a] O[@] O[`] I[b]");
	check("\001", "O^[\001]");
	check("a\r\nb\r\n", "I^[a] I^[b]");
	check("a\f\v\tb", "I^[a] I[b]");
	text = show("a\0b", 3);
	assert_string_equal(text, "I^[a] O[");
	free(text);
}

static void
test_includes(void **state)
{
	(void)state;
	check("#include <a/b.h>\nx", "P^#[#] I#[include] H#[<a/b.h>] I^[x]");
	check("# include \"a\\b.h\" // c",
	    "P^#[#] I#[include] H#[\"a\\b.h\"]");
	check("#include_next <a//b>", "P^#[#] I#[include_next] H#[<a//b>]");
	check("#import <a>", "P^#[#] I#[import] H#[<a>]");
	check("#/* c */include/* d\n */<a>\nx",
	    "P^#[#] I#[include] H#[<a>] I^[x]");
	check("#inc\\\nlude <a>", "P^#[#] I~#[inc\\\nlude] H#[<a>]");
	check("#include <a\nx>", "P^#[#] I#[include] P#[<] I#[a] I^[x] P[>]");
	check("#include M <a>",
	    "P^#[#] I#[include] I#[M] P#[<] I#[a] P#[>]");
	check("include <a>", "I^[include] P[<] I[a] P[>]");
	check("#define include <a>",
	    "P^#[#] I#[define] I#[include] P#[<] I#[a] P#[>]");
	check("#include", "P^#[#] I#[include]");
	check("#include\n<a>", "P^#[#] I#[include] P^[<] I[a] P[>]");
}

static void
test_directive_tokens(void **state)
{
	(void)state;
	check("#define X(a) \\\n a\ny",
	    "P^#[#] I#[define] I#[X] P#[(] I#[a] P#[)] I#[a] I^[y]");
	check("x #define y", "I^[x] P[#] I[define] I[y]");
	check("/* a */ /* b\n*/ # undef x\n",
	    "P^#[#] I#[undef] I#[x]");
	check("x /* \n */ #undef y", "I^[x] P[#] I[undef] I[y]");
	check("##include <a>", "P^[##] I[include] P[<] I[a] P[>]");
	check("#\n# 33 \"a.c\"\nx",
	    "P^#[#] P^#[#] N#[33] S#[\"a.c\"] I^[x]");
	check("#define a /* b\nc */ d\ne",
	    "P^#[#] I#[define] I#[a] I#[d] I^[e]");
	check("#define s(x) #x\n",
	    "P^#[#] I#[define] I#[s] P#[(] I#[x] P#[)] P#[#] I#[x]");
}

/* The directives as text: kind>next^parent*ntok. */
static void
check_dirs(const char *src, const char *expected)
{
	static const char *const kinds[] = { "define", "undef", "include",
	    "if", "ifdef", "ifndef", "elif", "else", "endif", "other" };
	struct vn_strbuf sb = { 0 };
	struct vn_lex lex;
	size_t i;

	vn_lex(&lex, src, strlen(src));
	for (i = 0; i < lex.ndirs; i++) {
		vn_strbuf_printf(&sb, "%s%s>%d^%d*%u", i > 0 ? " " : "",
		    kinds[lex.dirs[i].kind], lex.dirs[i].next,
		    lex.dirs[i].parent, lex.dirs[i].ntok);
		assert_int_equal(src[lex.dirs[i].off], '#');
		assert_int_equal(lex.toks[lex.dirs[i].tok].off,
		    lex.dirs[i].off);
		assert_int_equal(lex.toks[lex.dirs[i].tok].dir, i);
	}
	assert_string_equal(sb.len > 0 ? sb.data : "", expected);
	vn_strbuf_free(&sb);
	vn_lex_free(&lex);
}

static void
test_groups(void **state)
{
	(void)state;
	check_dirs("int x;", "");
	check_dirs("#define a\n#undef a\n#include <b>\n#pragma c\n#\n",
	    "define>-1^-1*3 undef>-1^-1*3 include>-1^-1*3 other>-1^-1*3 "
	    "other>-1^-1*1");
	check_dirs("#ifdef A\n#define B\n#elif C\n#undef D\n#else\n"
	    "#error E\n#endif\n#line 1\n",
	    "ifdef>2^-1*3 define>-1^0*3 elif>4^-1*3 undef>-1^2*3 "
	    "else>6^-1*2 other>-1^4*3 endif>-1^-1*2 other>-1^-1*3");
	check_dirs("#if 1\n#ifndef A\n#else\n#endif\n#else\n#if 2\n#endif\n"
	    "#endif\n",
	    "if>4^-1*3 ifndef>2^0*3 else>3^0*2 endif>-1^0*2 "
	    "else>7^-1*2 if>6^4*3 endif>-1^4*2 endif>-1^-1*2");
	check_dirs("#if A\n#elifdef B\n#elifndef C\n#endif",
	    "if>1^-1*3 elif>2^-1*3 elif>3^-1*3 endif>-1^-1*2");
}

static void
test_unbalanced(void **state)
{
	(void)state;
	check_dirs("#endif\n#else\n#elif A\n#define B\n",
	    "endif>-1^-1*2 else>-1^-1*2 elif>-1^-1*3 define>-1^-1*3");
	check_dirs("#if A\n#if B\n#endif\n#define C",
	    "if>-1^-1*3 if>2^0*3 endif>-1^0*2 define>-1^0*3");
	check_dirs("#if A\n#else\n#else\n#endif\n#endif\n",
	    "if>1^-1*3 else>2^-1*2 else>3^-1*2 endif>-1^-1*2 endif>-1^-1*2");
}

static void
check_end(const char *src, size_t dir, const char *rest)
{
	struct vn_lex lex;

	vn_lex(&lex, src, strlen(src));
	assert_true(dir < lex.ndirs);
	assert_string_equal(src + lex.dirs[dir].end, rest);
	vn_lex_free(&lex);
}

static void
test_directive_end(void **state)
{
	(void)state;
	check_end("#if A\nb\n", 0, "b\n");
	check_end("#if A\r\nb\n", 0, "b\n");
	check_end("#if A", 0, "");
	check_end("#if A \\\n && B\nb", 0, "b");
	check_end("#if A /* \n */ && B // x\nb", 0, "b");
	check_end("#if A // x \\\n y\nb", 0, "b");
	check_end("#error don't\nb", 0, "b");
	check_end("#\n#define\nb", 1, "b");
}

/*
 * vn_lex_idents against vn_lex.
 */

static bool
add_ident(const char *ident, size_t identlen, size_t off, void *arg)
{
	struct vn_strbuf *sb;

	sb = arg;
	vn_strbuf_printf(sb, "%zu:", off);
	vn_strbuf_add(sb, ident, identlen);
	vn_strbuf_putc(sb, '\n');
	return (true);
}

static void
same_idents(const char *src, size_t len)
{
	struct vn_strbuf a = { 0 }, b = { 0 };
	struct vn_lex lex;
	char *data;
	size_t i;

	data = exact_copy(src, len);
	vn_lex(&lex, data, len);
	for (i = 0; i < lex.ntoks; i++)
		if (lex.toks[i].kind == VN_TOK_IDENT)
			add_ident(data + lex.toks[i].off, lex.toks[i].len,
			    lex.toks[i].off, &a);
	vn_lex_idents(data, len, add_ident, &b);
	assert_int_equal(a.len, b.len);
	if (a.len > 0)
		assert_memory_equal(a.data, b.data, a.len);
	vn_lex_free(&lex);
	vn_strbuf_free(&a);
	vn_strbuf_free(&b);
	free(data);
}

static void
test_idents(void **state)
{
	struct vn_strbuf sb = { 0 };
	static const char src[] = "#include <sys/a.h>\nint b; /* c */ // d\n"
	    "e\\\nf = 0x1fUL + L\"g\" + 'h' + .5i;";

	(void)state;
	vn_lex_idents(src, strlen(src), add_ident, &sb);
	assert_string_equal(sb.data, "1:include\n19:int\n23:b\n39:e\\\nf\n");
	vn_strbuf_free(&sb);
}

static void
test_idents_awkward(void **state)
{
	static const char *const sources[] = {
		"/* a */ # /* b */ include /* c */ <d> e",
		"x # include <y>", "/* \n */ #include <a>",
		"x /* \n */ #include <a>", "/* a */ /* b\n */ #include <c>",
		"x /**/ /*\n*/ #include <a>", "// x\n#include <a>",
		"// x \\\n#include <a>", "x \\\n#include <a>",
		"\\\n#include <a>", " \\\n /**/ \\\n #include <a>",
		"# # include <a>", "# /*\n*/ # include <a>", "## include <a>",
		"#\\\n# include <a>", "#inc\\\nlude <a>", "#include <a\nb>",
		"#include M <a>", "#L\"include\" <a>", "\"x\n#include <a>",
		"'#include <a>", "u8\"a\"b", "u8'a'b", "u\\\n8\\\n\"a\"b",
		"Lx'a'", "9L\"a\"b", "1e+L\"a\"b", ".\\\n5L\"a\"b", "a\\\n9b",
		"9\\\na", "\357\273\277#include <a>", "\\", "/", "#", "\"",
		"#define include <a>\n#include <b>\n", "#9 include <a>",
	};
	size_t i;

	(void)state;
	for (i = 0; i < VN_NITEMS(sources); i++)
		same_idents(sources[i], strlen(sources[i]));
}

/* Mixes of what may go wrong, the same at each run. */
static void
test_idents_mixed(void **state)
{
	static const char *const pieces[] = {
		"/", "*", "\\", "\n", "\"", "'", "#", "include", "<x.h>", " ",
		"\r\n", "\\\n", "\\ \n", "a", "L", "u8", "9", ".", "e+", "//",
		"/*", "*/", "if", "endif", "\t", "\377", "-", ">", "##", "@",
	};
	struct vn_strbuf sb = { 0 };
	uint32_t n, random, round;

	(void)state;
	random = 1;
	for (round = 0; round < 20000; round++) {
		for (n = round % 32; n > 0; n--) {
			random = random * 1664525 + 1013904223;
			vn_strbuf_puts(&sb,
			    pieces[(random >> 16) % VN_NITEMS(pieces)]);
		}
		vn_strbuf_puts(&sb, "z");
		same_idents(sb.data, sb.len);
		vn_strbuf_free(&sb);
	}
}

static bool
stop_at_third(const char *ident, size_t identlen, size_t off, void *arg)
{
	unsigned *count;

	(void)ident;
	(void)identlen;
	(void)off;
	count = arg;
	return (++*count < 3);
}

static void
test_idents_stop(void **state)
{
	static const char *const sources[] = {
		"a b c d e", "a b\n#c d e", "a\n#include <b>\nc d e"
	};
	unsigned count;
	size_t i;

	(void)state;
	for (i = 0; i < VN_NITEMS(sources); i++) {
		count = 0;
		vn_lex_idents(sources[i], strlen(sources[i]), stop_at_third,
		    &count);
		assert_int_equal(count, 3);
	}
}

static void
test_tok_is(void **state)
{
	static const char src[] = "if\\\nnet ifnet +\\\n=";
	struct vn_lex lex;

	(void)state;
	vn_lex(&lex, src, strlen(src));
	assert_int_equal(lex.ntoks, 3);
	assert_true(vn_tok_is(src, &lex.toks[0], "ifnet"));
	assert_true(vn_tok_is(src, &lex.toks[1], "ifnet"));
	assert_true(vn_tok_is(src, &lex.toks[2], "+="));
	assert_false(vn_tok_is(src, &lex.toks[0], "ifne"));
	assert_false(vn_tok_is(src, &lex.toks[0], "ifnets"));
	assert_false(vn_tok_is(src, &lex.toks[1], ""));
	assert_false(vn_tok_is(src, &lex.toks[1], "ifneT"));
	vn_lex_free(&lex);
}

static void
check_line(const struct vn_lines *lines, size_t off, unsigned line,
    unsigned col)
{
	unsigned c, l;

	vn_lines_at(lines, off, &l, &c);
	assert_int_equal(l, line);
	assert_int_equal(c, col);
}

static void
test_lines(void **state)
{
	struct vn_lines lines;

	(void)state;
	vn_lines_init(&lines, "ab\n\ncd\n", 7);
	assert_int_equal(lines.count, 3);
	check_line(&lines, 0, 1, 1);
	check_line(&lines, 2, 1, 3);
	check_line(&lines, 3, 2, 1);
	check_line(&lines, 4, 3, 1);
	check_line(&lines, 5, 3, 2);
	check_line(&lines, 7, 3, 4);
	vn_lines_free(&lines);
	assert_null(lines.starts);
	vn_lines_init(&lines, NULL, 0);
	assert_int_equal(lines.count, 1);
	check_line(&lines, 0, 1, 1);
	vn_lines_free(&lines);
	vn_lines_init(&lines, "a\nb", 3);
	assert_int_equal(lines.count, 2);
	check_line(&lines, 3, 2, 2);
	vn_lines_free(&lines);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_and_numbers),
		cmocka_unit_test(test_punctuation),
		cmocka_unit_test(test_literals),
		cmocka_unit_test(test_unclosed),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_splices),
		cmocka_unit_test(test_other_bytes),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_directive_tokens),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_unbalanced),
		cmocka_unit_test(test_directive_end),
		cmocka_unit_test(test_idents),
		cmocka_unit_test(test_idents_awkward),
		cmocka_unit_test(test_idents_mixed),
		cmocka_unit_test(test_idents_stop),
		cmocka_unit_test(test_tok_is),
		cmocka_unit_test(test_lines),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
