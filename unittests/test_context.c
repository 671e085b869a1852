/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What an identifier is, judged by its tokens.
 */

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "sample.h"

/* What is the marked token? */
static void
check(const char *text, const char *want)
{
	static const char *const meanings[] = { "ref", "def", "decl", "other",
	    "unsure" };
	struct vn_strbuf sb = { 0 };
	struct vn_macros *macros;
	struct vn_context c;
	struct sample m;

	sample_init(&m, "a.c", text);
	macros = vn_macros_read(&m.sources);
	c = vn_context_of(macros, &m.sources, m.source, sample_tok(&m));
	vn_strbuf_puts(&sb, meanings[c.meaning]);
	if (c.what != NULL)
		vn_strbuf_printf(&sb, ": %s", c.what);
	vn_strbuf_puts(&sb, c.constant ? " constant" : "");
	vn_strbuf_puts(&sb, c.hidden ? " hidden" : "");
	assert_buffer(&sb, want);
	vn_macros_free(macros);
	sample_free(&m);
}

/* The same for the body of a function. */
static void
inside(const char *text, const char *want)
{
	char *whole = vn_asprintf("int y;\nstatic int\nf(int p, struct s *q)\n"
	    "{\n%s\n}\n", text);

	check(whole, want);
	free(whole);
}

static void
test_file_scope(void **state)
{
	(void)state;
	check("int @x;", "def");
	check("static int @x = 1;", "def");
	check("extern int @x;", "decl");
	check("extern int @x = 1;", "def");
	check("int a, *@x[3];", "def");
	check("int (*@x)(int);", "def");
	check("struct x *@x;", "def");
	check("typedef int @x;", "other: typedef");
	check("int @x(void);", "other: function");
	check("extern int @x(void);", "other: function");
	check("int @x(void) { }", "other: function");
	check("int a = @x;", "ref constant");
	check("int *a = &@x;", "ref constant");
	check("struct s a = { .x = &@x };", "ref constant");
	check("int a = sizeof(@x);", "ref");
	check("int a = sizeof @x;", "ref");
	check("int a[sizeof(@x)];", "ref");
	check("SYSCTL_INT(_a, OID_AUTO, b, 0, &@x, 0, \"\");", "ref constant");
	check("@x", "unsure: not a declaration");
}

static void
test_vnet(void **state)
{
	(void)state;
	check("VNET_DEFINE(int, @x);", "def");
	check("VNET_DEFINE_STATIC(int, @x) = 1;", "def");
	check("static VNET_DEFINE(int, @x);", "def");
	check("VNET_DECLARE(int, @x);", "decl");
	check("#define V_x VNET(@x)\n", "ref");
	check("SYSCTL_INT(_a, OID_AUTO, b, 0, &VNET_NAME(@x), 0, \"\");",
	    "ref constant");
}

static void
test_uses(void **state)
{
	(void)state;
	inside("@x = 1;", "ref");
	inside("y = @x + 1;", "ref");
	inside("return (@x);", "ref");
	inside("if (a && @x) b;", "ref");
	inside("if (&@x) b;", "ref");
	inside("g(a, &@x);", "ref");
	inside("a = b * @x;", "ref");
	inside("g(b * @x);", "ref");
	inside("a[@x] = 1;", "ref");
	inside("int a = @x;", "ref");
	inside("int a[@x];", "ref");
	inside("@x->a = b;", "ref");
	inside("(*@x)(a);", "ref");
	inside("@x(a);", "ref");
	inside("a = b ? @x : c;", "ref");
	inside("case @x: a;", "ref");
	inside("a = (int)@x;", "ref");
	inside("a = sizeof(@x);", "ref");
	inside("while (@x--) a;", "ref");
	inside("for (a = @x; a; a++) b;", "ref");
	inside("struct s a = { a, .b = @x };", "ref");
}

static void
test_locals(void **state)
{
	(void)state;
	inside("int @x;", "other: local");
	inside("int x; @x = 1;", "other: local");
	inside("struct s *x, y; g(&@x);", "other: local");
	inside("u_int a, x; @x++;", "other: local");
	inside("int x[3]; g(@x);", "other: local");
	inside("int (*x)(int); @x(1);", "other: local");
	inside("const char *const x = a; g(@x);", "other: local");
	inside("register x_t x; g(@x);", "other: local");
	inside("struct { int a; } x; @x.a = 1;", "other: local");
	inside("LIST_HEAD(, s) x; g(&@x);", "other: local");
	inside("int a = 1, x = a; g(@x);", "other: local");
	inside("enum { A, x }; g(@x);", "other: local");
	inside("int x; { g(@x); }", "other: local");
	inside("int x = sizeof(@x);", "other: local");
}

static void
test_scopes(void **state)
{
	(void)state;
	inside("{ int x; } @x = 1;", "ref");
	inside("if (a) { int x; g(x); } else { @x = 1; }", "ref");
	inside("@x = 1; { int x; }", "ref");
	inside("g(@x); int x;", "ref");
	inside("{ int x; { g(@x); } }", "other: local");
	inside("int x; { extern int x; g(@x); }", "ref");
	inside("for (int @x = 0; x < 1; x++) a;", "other: local");
	inside("for (int x = 0; @x < 1; x++) a;", "other: local");
	inside("for (int x = 0; x < 1; x++) { g(@x); }", "other: local");
	inside("for (int x = 0; x < 1; x++) g(@x);", "other: local");
	inside("for (int x = 0; x < 1; x++) a; g(@x);", "ref");
	inside("for (int x = 0; x < 1; x++) { a; } g(@x);", "ref");
	check("f() { int x; } g() { @x = 1; }", "ref");
	check("g(int x) { } f() { @x = 1; }", "ref");
}

static void
test_storage_inside(void **state)
{
	(void)state;
	inside("extern int @x;", "decl");
	inside("extern int x; @x = 1;", "ref");
	inside("static int @x;", "def hidden");
	inside("static int x; @x = 1;", "ref hidden");
	inside("static int *a = &@x;", "ref");
}

static void
test_parameters(void **state)
{
	(void)state;
	check("int f(int @x) { }", "other: parameter");
	check("int f(int x) { return (@x); }", "other: parameter");
	check("int f(int *x, char y[]) { return (@x); }", "other: parameter");
	check("int f(int y, char x[2]) { return (@x); }", "other: parameter");
	check("int f(int (*x)(int)) { return (@x); }", "other: parameter");
	check("int f(int (*y)(int x)) { return (@x); }", "ref");
	check("int f(struct x *y) { return (@x); }", "ref");
	check("int f(int @x);", "other: parameter");
	check("int f(int a, struct s *@x);", "other: parameter");
	check("int (*f)(int @x);", "other: parameter");
	check("int f(int a[@x]);", "ref");
	check("int f(int a[@x]) { }", "ref");
	check("struct s { int (*f)(int @x); };", "other: parameter");
	inside("int g(int @x);", "other: parameter");
}

static void
test_parameters_old(void **state)
{
	(void)state;
	check("int f(@x) int x; { }", "other: parameter");
	check("int f(x) int @x; { }", "other: parameter");
	check("int f(x) int x; { return (@x); }", "other: parameter");
	check("int f(a, x) int a; struct s *x; { return (@x); }",
	    "other: parameter");
	check("int f(x) { return (@x); }", "other: parameter");
	check("int f(a) int a; { return (@x); }", "ref");
}

static void
test_labels(void **state)
{
	(void)state;
	inside("goto @x;", "other: label");
	inside("a;\n@x:\n b;", "other: label");
	inside("@x: b;", "other: label");
	inside("a = &&@x;", "other: label");
	inside("a = b && @x;", "ref");
	inside("a = b ? c : @x;", "ref");
	inside("if (a)\n@x:\n\tb;", "other: label");
	inside("if (a) { @x: b; }", "other: label");
	check("struct s { int @x : 3; };", "other: member");
}

static void
test_members(void **state)
{
	(void)state;
	inside("a->@x = 1;", "other: member");
	inside("a.@x = 1;", "other: member");
	inside("g(a[1].b->@x);", "other: member");
	inside("struct s a = { .@x = 1 };", "other: member");
	inside("struct s a = { @x: 1 };", "other: member");
	inside("struct s a = { b: 1, @x: 1 };", "other: member");
	inside("struct s a = { b: @x };", "ref");
	check("struct s { int @x; };", "other: member");
	check("struct s { struct { int *a, @x[2]; } b; };", "other: member");
	check("struct s { LIST_ENTRY(s) @x; };", "other: member");
	check("struct s { int a[@x]; };", "unsure: not a declaration");
	check("struct s a = { .@x = 1 };", "other: member");
	inside("a = offsetof(struct s, @x);", "other: member");
	inside("LIST_FOREACH(a, &b, @x) c;", "other: member");
	inside("LIST_FOREACH(a, &@x, b) c;", "ref");
}

static void
test_tags(void **state)
{
	(void)state;
	check("struct @x { int a; };", "other: tag");
	check("struct @x *a;", "other: tag");
	check("union @x a;", "other: tag");
	check("enum @x { A };", "other: tag");
	inside("g(sizeof(struct @x));", "other: tag");
	check("LIST_HEAD(@x, s) a;", "other: tag");
	check("TAILQ_HEAD(a, @x) b;", "other: tag");
	check("LIST_HEAD(a, s) @x;", "def");
	check("LIST_HEAD(, s) @x = LIST_HEAD_INITIALIZER(x);", "def");
	check("LIST_HEAD(, s) x = LIST_HEAD_INITIALIZER(@x);",
	    "other: argument that no macro uses");
	check("TAILQ_HEAD(, s) x = TAILQ_HEAD_INITIALIZER(@x);",
	    "ref constant");
}

static void
test_enumerators(void **state)
{
	(void)state;
	check("enum { @x };", "other: enumerator");
	check("enum e { A = 1, @x = 2 };", "other: enumerator");
	check("enum e { A = @x };", "unsure: not a declaration");
	inside("enum { @x };", "other: enumerator");
}

static void
test_calls(void **state)
{
	(void)state;
	check("#define M(a) #a\nvoid f() { M(@x); }",
	    "other: stringized or pasted argument");
	check("#define M(a) a##_b\nvoid f() { M(@x); }",
	    "other: stringized or pasted argument");
	check("#define M(a) a = #a\nvoid f() { M(@x); }", "ref");
	check("#define M(a, b) struct a\nvoid f() { M(@x, c); }",
	    "other: tag");
	check("#define M(a) b->a\nvoid f() { M(@x); }", "other: member");
	check("#define M(a)\nvoid f() { M(@x); }",
	    "other: argument that no macro uses");
	check("#define M(a) #a\nvoid f() { M(b + (@x)); }", "ref");
	check("#define M(a) (a)\nvoid f() { M(@x); }", "ref");
	check("#define M(a) #a\nvoid f() { M(g(@x)); }",
	    "other: stringized or pasted argument");
	check("void f() { SYSCTL_ADD_INT(a, b, c, @x, d, &e, 0, 0); }",
	    "other: sysctl leaf");
	check("SYSCTL_INT(_a, OID_AUTO, @x, 0, &b, 0, \"\");",
	    "other: sysctl leaf");
}

static void
test_directives(void **state)
{
	(void)state;
	check("#define @x 1\n", "other: macro name");
	check("#define @x(a) a\n", "other: macro name");
	check("#undef @x\n", "other: macro name");
	check("#ifdef @x\n#endif\n", "other: macro name");
	check("#if defined(@x)\n#endif\n", "other: macro name");
	check("#if A > @x\n#endif\n", "other: macro name");
	check("#error @x\n", "other: directive text");
	check("#pragma @x\n", "other: directive text");
	check("#define A @x\n", "ref");
	check("#define A(@x) x\n", "other: macro parameter");
	check("#define A(x) @x\n", "other: macro parameter");
	check("#define A(b) b + @x\n", "ref");
	check("#define A(b) b##@x\n", "other: pasted");
	check("#define A @x##1\n", "other: pasted");
	check("#define A b->@x\n", "other: member");
	check("#define A struct @x\n", "other: tag");
	check("#define A do { int x; @x = 1; } while (0)\n", "other: local");
	check("#define A do { int @x; } while (0)\n", "other: local");
	check("#define A do { int b = @x; } while (0)\n", "ref");
	check("#define A { int x; } @x\n", "ref");
}

/* Branches that no configuration takes are judged all the same. */
static void
test_branches(void **state)
{
	(void)state;
	check("#if 0\nint @x;\n#endif\n", "def");
	check("#if 0\nf() { int x; @x = 1; }\n#endif\n", "other: local");
	inside("#ifdef A\nint x;\n#endif\n@x = 1;", "other: local");
	inside("#ifdef A\n@x = 1;\n#else\nb;\n#endif", "ref");
	inside("#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\n@x = 1; }",
	    "ref");
	check("int f(int x)\n#ifdef A\n{\n#else\n{ b;\n#endif\n@x = 1; }",
	    "other: parameter");
	check("int\n#if A\nf(int x)\n#else\nf(char *x)\n#endif\n"
	    "{ g(@x); }", "other: parameter");
}

static void
check_static(const char *text, bool want)
{
	struct sample m;

	sample_init(&m, "a.c", text);
	assert_int_equal(vn_token_is_static(m.source, sample_tok(&m)), want);
	sample_free(&m);
}

static void
test_static(void **state)
{
	(void)state;
	check_static("static int @x;", true);
	check_static("static int a, *@x[2] = { 1 };", true);
	check_static("int @x;", false);
	check_static("extern int @x;", false);
	check_static("static int a = @x;", false);
	check_static("f() { static int @x; }", true);
	check_static("static VNET_DEFINE(int, @x);", true);
	check_static("VNET_DEFINE_STATIC(int, @x);", true);
	check_static("VNET_DEFINE(int, @x);", false);
	check_static("VNET_DECLARE(int, @x);", false);
}

static void
check_unevaluated(const char *text, bool want)
{
	struct sample m;

	sample_init(&m, "a.c", text);
	assert_int_equal(vn_context_unevaluated(m.source, sample_tok(&m)),
	    want);
	sample_free(&m);
}

static void
test_unevaluated(void **state)
{
	(void)state;
	check_unevaluated("int a = sizeof(@x);", true);
	check_unevaluated("int a = sizeof(b + (c[@x]));", true);
	check_unevaluated("int a = sizeof @x;", true);
	check_unevaluated("typeof(@x) a;", true);
	check_unevaluated("__typeof(@x) a;", true);
	check_unevaluated("CTASSERT(sizeof(a) == @x);", true);
	check_unevaluated("int a = sizeof(b) + @x;", false);
	check_unevaluated("int a = f(@x);", false);
	check_unevaluated("@x", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file_scope),
		cmocka_unit_test(test_vnet),
		cmocka_unit_test(test_uses),
		cmocka_unit_test(test_locals),
		cmocka_unit_test(test_scopes),
		cmocka_unit_test(test_storage_inside),
		cmocka_unit_test(test_parameters),
		cmocka_unit_test(test_parameters_old),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_enumerators),
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_branches),
		cmocka_unit_test(test_static),
		cmocka_unit_test(test_unevaluated),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
