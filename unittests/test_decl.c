/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Declarations as they are written.
 */

#include "Rewrite/decl.h"
#include "sample.h"

/* One declarator: "| first..last name suffix", then what else there is. */
static void
put_declarator(struct vn_strbuf *sb, const struct sample *m,
    const struct vn_declarator *c)
{

	vn_strbuf_puts(sb, " |");
	sample_put(sb, m, c->first, c->last);
	vn_strbuf_puts(sb, ":");
	sample_put(sb, m, c->name, c->suffix);
	assert_true(vn_tok_ident(m->source, c->name));
	if (c->attr != -1) {
		vn_strbuf_puts(sb, " attr");
		sample_put(sb, m, c->attr, c->attr_last);
	}
	if (c->init != -1) {
		vn_strbuf_puts(sb, " init");
		sample_put(sb, m, c->init, c->last);
	}
	vn_strbuf_puts(sb, c->nested ? " nested" : "");
	vn_strbuf_puts(sb, c->function ? " function" : "");
}

/* The declaration of the marked token, part by part. */
static void
check(const char *text, const char *want)
{
	static const char *const storages[] = { "none", "static", "extern",
	    "typedef", "other" };
	struct vn_strbuf sb = { 0 };
	struct vn_decl d;
	struct sample m;

	sample_init(&m, "a.c", text);
	if (!vn_decl_read(&d, m.source, sample_tok(&m)))
		vn_strbuf_puts(&sb, "no");
	else {
		vn_strbuf_puts(&sb, storages[d.storage]);
		assert_true(vn_tok_punct(m.source, d.end, ";"));
		sample_put(&sb, &m, d.spec, d.spec_last);
		for (size_t i = 0; i < d.items.count; i++)
			put_declarator(&sb, &m, &d.items.items[i]);
	}
	assert_buffer(&sb, want);
	vn_decl_free(&d);
	sample_free(&m);
}

static void
test_simple(void **state)
{
	(void)state;
	check("int @a;", "none int | a: a");
	check("x; int @a; y;", "none int | a: a");
	check("unsigned long long @a;", "none unsigned long long | a: a");
	check("u_int @a;", "none u_int | a: a");
	check("const volatile int @a;", "none const volatile int | a: a");
	check("int const @a;", "none int const | a: a");
	check("CONST u_char @a;", "none CONST u_char | a: a");
	check("static int @a;", "static int | a: a");
	check("extern int @a;", "extern int | a: a");
	check("typedef int @a;", "typedef int | a: a");
	check("register int @a;", "other int | a: a");
	check("int static @a;", "static int | a: a");
	check("\n#if A\nint @a;\n#endif\n", "none int | a: a");
	check("int\n#ifdef A\n\t@a\n#endif\n\t;", "none int | a: a");
}

static void
test_declarators(void **state)
{
	(void)state;
	check("int a, *@b, **c;", "none int | a: a | *b: b | **c: c");
	check("int @a[3], b[2][N];",
	    "none int | a[3]: a[3] | b[2][N]: b[2][N]");
	check("char *const @a;", "none char | *const a: a");
	check("int (*@a)(int, char);",
	    "none int | (*a)(int, char): a nested");
	check("int (*@a[3])(void);", "none int | (*a[3])(void): a[3] nested");
	check("int (*@a)[3];", "none int | (*a)[3]: a nested");
	check("int @a(int b);", "none int | a(int b): a function");
	check("static int f(void), @a;",
	    "static int | f(void): f function | a: a");
	check("int f(int @a);", "none int | f(int a): f function");
}

static void
test_initializers(void **state)
{
	(void)state;
	check("int @a = 1;", "none int | a = 1: a init = 1");
	check("int a = f(1, 2), @b = 3;",
	    "none int | a = f(1, 2): a init = f(1, 2) | b = 3: b init = 3");
	check("int @a[] = { 1, { 2 } }, b;",
	    "none int | a[] = { 1, { 2 } }: a[] init = { 1, { 2 } } | b: b");
	check("int a[] = { 1, @x };",
	    "none int | a[] = { 1, x }: a[] init = { 1, x }");
	check("struct s a = { .b = &@x, .c = { x } };", "none struct s | "
	    "a = { .b = &x, .c = { x } }: a "
	    "init = { .b = &x, .c = { x } }");
	check("int *@a = &b[1];", "none int | *a = &b[1]: a init = &b[1]");
	check("int @a = b == c;", "none int | a = b == c: a init = b == c");
}

static void
test_tagged(void **state)
{
	(void)state;
	check("struct s @a;", "none struct s | a: a");
	check("struct s *@a, b;", "none struct s | *a: a | b: b");
	check("struct s { int x; } @a;", "none struct s { int x; } | a: a");
	check("struct { int x; } @a[2];",
	    "none struct { int x; } | a[2]: a[2]");
	check("union u { int x; } __packed @a;",
	    "none union u { int x; } __packed | a: a");
	check("enum e { A, B } @a = A;",
	    "none enum e { A, B } | a = A: a init = A");
	check("static struct s { int x; } @a;",
	    "static struct s { int x; } | a: a");
	check("struct __attribute__((packed)) s @a;",
	    "none struct __attribute__((packed)) s | a: a");
	check("struct s { int x; }; int @a;", "none int | a: a");
	check("f() { } int @a;", "none int | a: a");
}

/* The parts of a tagged type. */
static void
test_tagged_parts(void **state)
{
	struct vn_decl d;
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "static struct s { int x; } @a;");
	assert_true(vn_decl_read(&d, m.source, sample_tok(&m)));
	assert_int_equal(d.first, 0);
	assert_int_equal(d.storage_tok, 0);
	assert_int_equal(d.keyword, 1);
	assert_int_equal(d.tag, 2);
	assert_int_equal(d.body, 3);
	assert_int_equal(d.queue, -1);
	vn_decl_free(&d);
	sample_free(&m);
	sample_init(&m, "a.c", "LIST_HEAD(h, s) @a;");
	assert_true(vn_decl_read(&d, m.source, sample_tok(&m)));
	assert_int_equal(d.queue, 0);
	assert_int_equal(d.keyword, -1);
	assert_int_equal(d.tag, -1);
	assert_int_equal(d.body, -1);
	assert_int_equal(d.storage_tok, -1);
	vn_decl_free(&d);
	sample_free(&m);
}

static void
test_macros(void **state)
{
	(void)state;
	check("LIST_HEAD(h, s) @a;", "none LIST_HEAD(h, s) | a: a");
	check("static TAILQ_HEAD(, s) @a = I(a);",
	    "static TAILQ_HEAD(, s) | a = I(a): a init = I(a)");
	check("LIST_HEAD(, s) *@a;", "none LIST_HEAD(, s) | *a: a");
	check("typeof(int) @a;", "none typeof(int) | a: a");
	check("MODULE(x)\nint @a;", "none int | a: a");
	check("MALLOC_DEFINE(x, y);\nint @a;", "none int | a: a");
}

static void
test_attributes(void **state)
{
	(void)state;
	check("int @a __aligned(8);",
	    "none int | a __aligned(8): a attr __aligned(8)");
	check("int @a __unused = 1, b;", "none int | "
	    "a __unused = 1: a attr __unused init = 1 | b: b");
	check("static int @a __read_mostly __unused;", "static int | "
	    "a __read_mostly __unused: a attr __read_mostly __unused");
	check("int @a[3] __attribute__((x));", "none int | "
	    "a[3] __attribute__((x)): a[3] attr __attribute__((x))");
	check("__attribute__((x)) static int @a;",
	    "static __attribute__((x)) static int | a: a");
	check("static __read_mostly int @a;",
	    "static __read_mostly int | a: a");
}

static void
test_inside(void **state)
{
	(void)state;
	check("f() { int @a; b; }", "none int | a: a");
	check("f() { for (int @a = 0; a < 1; a++) b; }",
	    "none int | a = 0: a init = 0");
	check("f() { l: int @a; }", "none int | a: a");
	check("f() { { int x; } char @a; }", "none char | a: a");
	check("f() { u_int @a, b; }", "none u_int | a: a | b: b");
	check("f() { T *@a; }", "none T | *a: a");
}

static void
test_none(void **state)
{
	(void)state;
	check("f() { @a = 1; }", "no");
	check("f() { return (@a); }", "no");
	check("f() { return @a; }", "no");
	check("f() { goto @a; }", "no");
	check("f() { g(@a); }", "no");
	check("f() { g(*@a); }", "no");
	check("f() { @a->b = c; }", "no");
	check("f() { @a++; }", "no");
	check("f() { if (@a) b; }", "no");
	check("f() { b = @a; }", "no");
	check("f() { case @a: b; }", "no");
	check("@a;", "no");
	check("int @a", "no");
	check("DECLARE(@a);", "no");
	check("struct s { int x; };  @a", "no");
	check("struct @s;", "no");
}

static void
test_named(void **state)
{
	struct vn_decl d;
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "int a, b = @a;");
	assert_true(vn_decl_read(&d, m.source, sample_tok(&m)));
	assert_int_equal(d.items.count, 2);
	assert_ptr_equal(vn_decl_named(&d, 1), &d.items.items[0]);
	assert_ptr_equal(vn_decl_named(&d, 3), &d.items.items[1]);
	assert_null(vn_decl_named(&d, 5));
	vn_decl_free(&d);
	sample_free(&m);
}

static void
test_keyword(void **state)
{
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "return sizeof int a ;");
	assert_true(vn_tok_keyword(m.source, 0));
	assert_true(vn_tok_keyword(m.source, 1));
	assert_false(vn_tok_keyword(m.source, 2));
	assert_false(vn_tok_keyword(m.source, 3));
	assert_false(vn_tok_keyword(m.source, 4));
	assert_false(vn_tok_keyword(m.source, -1));
	sample_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_simple),
		cmocka_unit_test(test_declarators),
		cmocka_unit_test(test_initializers),
		cmocka_unit_test(test_tagged),
		cmocka_unit_test(test_tagged_parts),
		cmocka_unit_test(test_macros),
		cmocka_unit_test(test_attributes),
		cmocka_unit_test(test_inside),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_keyword),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
