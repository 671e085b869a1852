/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Brackets, kinds of braces, functions.
 */

#include "sample.h"

/* The pairs of brackets, as "open-close" of token indexes; "open-" open. */
static void
check_pairs(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;

	sample_init(&m, "a.c", text);
	for (int t = 0; t < (int)m.source->lex.ntoks; t++) {
		int other = m.source->outline.match[t];

		if (!vn_tok_punct(m.source, t, "(") &&
		    !vn_tok_punct(m.source, t, "[") &&
		    !vn_tok_punct(m.source, t, "{")) {
			assert_true(other < t);
			continue;
		}
		vn_strbuf_printf(&sb, "%s%d-", sb.len > 0 ? " " : "", t);
		if (other != -1) {
			assert_int_equal(m.source->outline.match[other], t);
			vn_strbuf_printf(&sb, "%d", other);
		}
	}
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_pairs(void **state)
{
	(void)state;
	check_pairs("", "");
	check_pairs("a", "");
	check_pairs("(a[b]{c})", "0-8 2-4 5-7");
	check_pairs("()[]", "0-1 2-3");
	check_pairs("(a", "0-");
	check_pairs("a)", "");
	check_pairs("(a}", "0-");
	check_pairs("{(a}", "0-3 1-");
	check_pairs("'(' \"[\" /* { */", "");
}

static void
test_pairs_branches(void **state)
{
	(void)state;
	/* Each branch opens with what is open at the #if. */
	check_pairs("f(\n#if A\na)\n#else\nb)\n#endif\nc", "1-10");
	check_pairs("#if A\nf(a,\n#else\ng(a,\n#endif\nb)", "4-16 10-");
	check_pairs("{\n#if A\nif (a) {\n#else\nif (b) {\n#endif\nc;\n}\n}",
	    "0-21 5-7 8-20 12-14 15-");
	check_pairs("{\n#if A\n}\n#endif\n", "0-4");
	check_pairs("{\n#if A\n(\n#if B\n)\n#else\n)\n#endif\n#endif\n}",
	    "0-16 4-11");
	check_pairs("(\n#else\n)\n#endif\n)", "0-3");
}

static void
test_pairs_defines(void **state)
{
	(void)state;
	check_pairs("{\n#define A }\n}", "0-5");
	check_pairs("{\n#define A (b)\n#define B {\n}", "0-11 4-6 10-");
	check_pairs("#define A ((\n)", "3- 4-");
	check_pairs("f(\n#define A (\na)", "1-7 5-");
}

/* What is the innermost open bracket before the marked token? */
static void
check_up(const char *text, int want)
{
	struct sample m;

	sample_init(&m, "a.c", text);
	assert_int_equal(m.source->outline.up[sample_tok(&m)], want);
	sample_free(&m);
}

static void
test_up(void **state)
{
	(void)state;
	check_up("@a", -1);
	check_up("(@a)", 0);
	check_up("@(a)", -1);
	check_up("(a@)", -1);
	check_up("(a[b] @c)", 0);
	check_up("(a[@b] c)", 2);
	check_up("(a) @b", -1);
	check_up("{\n#define A @b\n}", -1);
	check_up("{\n#define A (@b)\n}", 4);
	check_up("{\n#define A b\n@c}", 0);
	check_up("{\n#if A\n(\n#else\n@b", 0);
	check_up("{\n#if A\n(\n#else\n#endif\n@b", 4);
	check_up("{\n#if A\n(\n#endif\n@b", 0);
	check_up("{\n#if A\n{\n#endif\n@b", 4);
	check_up("{\n#if 0\n{\n#endif\n@b", 0);
	check_up("{\n#if 0\n{\n#else\n(\n#endif\n@b", 7);
}

/* The kind of each brace, a letter each. */
static void
check_kinds(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;

	sample_init(&m, "a.c", text);
	for (int t = 0; t < (int)m.source->lex.ntoks; t++)
		if (vn_tok_punct(m.source, t, "{"))
			vn_strbuf_putc(&sb,
			    "-FBSEIO"[m.source->outline.brace[t]]);
		else
			assert_int_equal(m.source->outline.brace[t],
			    VN_BRACE_NONE);
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_kinds_outside(void **state)
{
	(void)state;
	check_kinds("struct a { int b; };", "S");
	check_kinds("union { int b; } c;", "S");
	check_kinds("struct a { union { int b; } c; struct d { int e; } f; };",
	    "SSS");
	check_kinds("struct __attribute__((packed)) a { int b; };", "S");
	check_kinds("struct a __aligned(8) { int b; };", "S");
	check_kinds("struct __attribute__((packed)) { int b; } a;", "S");
	check_kinds("struct A(8) a { int b; };", "S");
	check_kinds("enum { A };", "E");
	check_kinds("enum a { A, B } b = { 1 };", "EI");
	check_kinds("static const struct a b = { 1, { 2 } };", "II");
	check_kinds("int a[] = { 1 };", "I");
	check_kinds("int a[][2] = { { 1 }, [1] = { 2 } };", "III");
	check_kinds("struct a b = { .c = { 1 }, .d = (struct d){ 2 } };",
	    "III");
	check_kinds("extern \"C\" { int a; }", "O");
	check_kinds("typedef struct { int a; } b;", "S");
}

static void
test_kinds_inside(void **state)
{
	(void)state;
	check_kinds("int f(void) { }", "F");
	check_kinds("int f(a) int a; { }", "F");
	check_kinds("struct a f(void) { }", "F");
	check_kinds("struct a *\nf(struct b *c) { }", "F");
	check_kinds("int f(void) __attribute__((noreturn)) { }", "F");
	check_kinds("struct a f(void) __attribute__((noreturn)) { }", "F");
	check_kinds("struct a f(void) __unused { }", "F");
	check_kinds("f() { if (a) { } else { } do { } while (b); }", "FBBB");
	check_kinds("f() { for (;;) { } while (a) { } switch (b) { } { } }",
	    "FBBBB");
	check_kinds("f() { case 1: { } l: { } LIST_FOREACH(a, b, c) { } }",
	    "FBBB");
	check_kinds("f() { struct a { int b; } c = { 1 }; enum { D }; }",
	    "FSIE");
	check_kinds("f() { g(&(struct a){ { 1 }, .b = { 2 } }); }", "FIII");
	check_kinds("f() { int a[] = { { 1 }, { 2 } }; }", "FIII");
	check_kinds("f() { a = (struct b){ 1 }; }", "FI");
	check_kinds("f() { return (struct b){ 1 }; }", "FI");
	check_kinds("f() { a = sizeof((int[]){ 1 }); }", "FI");
	check_kinds("f() { a = ({ b; }); }", "FB");
}

static void
test_kinds_defines(void **state)
{
	(void)state;
	check_kinds("#define A do { if (b) { c; } } while (0)\n", "BB");
	check_kinds("#define A { 1, 2 }\n", "B");
	check_kinds("#define A(b) struct b { int c; }\n", "S");
	check_kinds("#define A enum { B }\n", "E");
	check_kinds("#define A int b = { 1, { 2 } }\n", "II");
}

/* The functions, as "name (parameters) body". */
static void
check_functions(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;

	sample_init(&m, "a.c", text);
	for (size_t i = 0; i < m.source->outline.nfunctions; i++) {
		const struct vn_function *f = &m.source->outline.functions[i];

		sample_put(&sb, &m, f->name, f->name);
		sample_put(&sb, &m, f->params,
		    m.source->outline.match[f->params]);
		sample_put(&sb, &m, f->body, f->end);
	}
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_functions(void **state)
{
	(void)state;
	check_functions("int a; struct b { int c; }; int d(void);", "");
	check_functions("int f(void) { a; }", "f (void) { a; }");
	check_functions("int a; int\nf(int b) { c; } int d = 1;\n"
	    "g() { { } }", "f (int b) { c; } g () { { } }");
	check_functions("int (*f(int a))(int) { b; }\nint (*g)(void);",
	    "f (int a) { b; }");
	check_functions("int f(int (*a)(int), int b[2]) { c; }",
	    "f (int (*a)(int), int b[2]) { c; }");
	check_functions("int f(int a) __attribute__((noreturn)) { b; }",
	    "f (int a) { b; }");
	check_functions("static SYSCTL_HANDLER(f) { a; }",
	    "SYSCTL_HANDLER (f) { a; }");
	check_functions("int f(a { b; }", "");
	check_functions("int f(a) { b;", "f (a) { b;");
	check_functions("#define A(b) c(b) { d }\nint e;", "");
}

static void
test_functions_old(void **state)
{
	(void)state;
	check_functions("int f(a, b) int a; char *b; { c; }",
	    "f (a, b) { c; }");
	check_functions("int f(a)\n\tint (*a)(int);\n{ c; }",
	    "f (a) { c; }");
	check_functions("int g(void); int x[3] = { 1 };\n"
	    "f(a)\n\tstruct b *a;\n{ c; }", "f (a) { c; }");
	check_functions("int (*f(a))(int) int a; { b; }",
	    "f (a) { b; }");
	check_functions("f(a, b) int **a; int (*b)(); { c; }",
	    "f (a, b) { c; }");
	check_functions("M(f)(a)\n\tint a;\n{ c; }", ") (a) { c; }");
	check_functions("f(a, va_alist)\n\tint a;\n\tva_dcl\n{ c; }",
	    "f (a, va_alist) { c; }");
}

static void
test_functions_branches(void **state)
{
	(void)state;
	check_functions("int\n#if A\nf(int a)\n#else\nf(char a)\n#endif\n"
	    "{ b; }\nint c;", "f (char a) { b; }");
	check_functions("#if A\nf(int a) {\n#else\nf(char a) {\n#endif\nb; }\n"
	    "int c; g() { }", "f (int a) {\n#else\nf(char a) {\n#endif\nb; } "
	    "f (char a) {\n#endif\nb; } g () { }");
}

static void
test_functions_layout(void **state)
{
	(void)state;
	check_functions("f(void)\n{\n\tif (a) {\n}\nint b;\n",
	    "f (void) {\n\tif (a) {\n}");
	check_functions("f(a)\n{\n\tb;\n\t}\n\tc;\n}\nd;\n",
	    "f (a) {\n\tb;\n\t}\n\tc;\n}");
	check_functions("f(a)\n{\n\tif (b) {\ng(a)\n{\n\tc;\n}\nint d;",
	    "f (a) {\n\tif (b) {\ng(a) g (a) {\n\tc;\n}");
	check_functions("f(a) int a;\n#if A\n{ b; }\n#else\n{ c; }\n#endif",
	    "f (a) { b; } f (a) { c; }");
	check_functions("M(a, b)\nf(a) B(1) { c; }", "f (a) { c; }");
}

/* The name of the function that holds the marked token, or "-". */
static void
check_holder(const char *text, const char *want)
{
	const struct vn_function *f;
	struct vn_strbuf sb = { 0 };
	struct sample m;

	sample_init(&m, "a.c", text);
	f = vn_outline_function(&m.source->outline, sample_tok(&m));
	sample_put(&sb, &m, f == NULL ? -1 : f->name,
	    f == NULL ? -1 : f->name);
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_holder(void **state)
{
	(void)state;
	check_holder("@a; f() { }", "-");
	check_holder("f(int @a) { }", "f");
	check_holder("@f(int a) { }", "-");
	check_holder("f(a) int @a; { }", "f");
	check_holder("f() { @a; } g() { }", "f");
	check_holder("f() { @} g() { }", "f");
	check_holder("f() { } @a; g() { }", "-");
	check_holder("f() { } g() { if (a) { @b; } }", "g");
	check_holder("f() { } @a", "-");
	check_holder("@a", "-");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_pairs_branches),
		cmocka_unit_test(test_pairs_defines),
		cmocka_unit_test(test_up),
		cmocka_unit_test(test_kinds_outside),
		cmocka_unit_test(test_kinds_inside),
		cmocka_unit_test(test_kinds_defines),
		cmocka_unit_test(test_functions),
		cmocka_unit_test(test_functions_old),
		cmocka_unit_test(test_functions_branches),
		cmocka_unit_test(test_functions_layout),
		cmocka_unit_test(test_holder),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
