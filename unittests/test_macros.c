/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * #defines, and what they do with their arguments.
 */

#include "Rewrite/macros.h"
#include "sample.h"

/* The macros of the text, as "name(parameters)=body". */
static void
check_read(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct sample m;

	sample_init(&m, "a.h", text);
	for (int d = 0; d < (int)m.source->lex.ndirs; d++) {
		struct vn_macro macro;

		if (!vn_macro_read(&macro, m.source, d)) {
			vn_strbuf_puts(&sb, sb.len > 0 ? " none" : "none");
			continue;
		}
		assert_int_equal(macro.dir, d);
		sample_put(&sb, &m, macro.name, macro.name);
		if (macro.params != -1)
			sample_put(&sb, &m, macro.params,
			    m.source->outline.match[macro.params]);
		if (macro.body < macro.end)
			sample_put(&sb, &m, macro.body, macro.end - 1);
	}
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_read(void **state)
{
	(void)state;
	check_read("#define A\n", "A");
	check_read("#define A b + c\nd\n", "A b + c");
	check_read("#define A(x, y) x y\n", "A (x, y) x y");
	check_read("#define A() b\n", "A () b");
	check_read("#define A (x)\n", "A (x)");
	check_read("#define A(x) \\\n\tx \\\n\ty\nz\n", "A (x) x \\\n\ty");
	check_read("#define A(x\nb\n", "A -");
	check_read("#define\n#define 1\n#undef A\n#if A\n#endif\n",
	    "none none none none none");
}

static void
test_find(void **state)
{
	const struct vn_macro *macro;
	struct vn_macros *macros;
	struct sample m;
	int sources[2] = { 0, 0 };

	(void)state;
	sample_init(&m, "a.h", "#define A 1\n#define AB 2\n#undef A\n"
	    "#define A 3\n");
	sample_add(&m, "b.h", "#define A 4\n");
	macros = vn_macros_read(&m.sources);
	for (macro = vn_macros_find(macros, "AB", 1); macro != NULL;
	    macro = vn_macros_next(macros, macro))
		sources[macro->source]++;
	assert_int_equal(sources[0], 2);
	assert_int_equal(sources[1], 1);
	macro = vn_macros_find(macros, "AB", 2);
	assert_non_null(macro);
	assert_null(vn_macros_next(macros, macro));
	assert_null(vn_macros_find(macros, "B", 1));
	assert_null(vn_macros_find(macros, "", 0));
	vn_macros_free(macros);
	vn_macros_free(NULL);
	sample_free(&m);
}

/* The uses of argument arg of the macro M, a word each. */
static void
check_use(const char *text, int arg, const char *want)
{
	static const char *const words[] = { "plain", "string", "paste",
	    "known", "tag", "member", "xstring", "declare" };
	struct vn_strbuf sb = { 0 };
	struct vn_macros *macros;
	struct sample m;
	unsigned use;

	sample_init(&m, "a.h", text);
	macros = vn_macros_read(&m.sources);
	use = vn_macros_use(macros, &m.sources, "M", 1, arg);
	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (use & (1u << i))
			vn_strbuf_printf(&sb, "%s%s", sb.len > 0 ? " " : "",
			    words[i]);
	assert_buffer(&sb, want);
	vn_macros_free(macros);
	sample_free(&m);
}

static void
test_use(void **state)
{
	(void)state;
	check_use("", 0, "");
	check_use("#define N(x) x\n", 0, "");
	check_use("#define M x\n", 0, "");
	check_use("#define M(x) (x)\n", 0, "plain known");
	check_use("#define M(x) #x\n", 0, "string known");
	check_use("#define M(x) x##_a\n", 0, "paste known");
	check_use("#define M(x) a_##x\n", 0, "paste known");
	check_use("#define M(x) struct x *\n", 0, "known tag");
	check_use("#define M(x) union x\n", 0, "known tag");
	check_use("#define M(x) enum x\n", 0, "known tag");
	check_use("#define M(x) a->x\n", 0, "known member");
	check_use("#define M(x) a.x\n", 0, "known member");
	check_use("#define M(x) y\n", 0, "known");
	check_use("#define M(x)\n", 0, "known");
	check_use("#define M(x) x = #x\n", 0, "plain string known");
	check_use("#define M(x, y) x->y\n", 0, "plain known");
	check_use("#define M(x, y) x->y\n", 1, "known member");
	check_use("#define M(x, y) x->y\n", 2, "");
	check_use("#define M(x) offsetof(struct a, x)\n", 0, "known member");
	check_use("#define M(x) offsetof(x, a)\n", 0, "plain known");
}

static void
test_use_declare(void **state)
{
	(void)state;
	check_use("#define M(x) int x\n", 0, "plain known declare");
	check_use("#define M(t, x) static t x = 0\n", 1,
	    "plain known declare");
	check_use("#define M(t, x) static t x = 0\n", 0, "plain known");
	check_use("#define M(x) int x[3]; f()\n", 0, "plain known declare");
	check_use("#define M(x) f(); struct a x;\n", 0,
	    "plain known declare");
	check_use("#define M(x) do { int x; } while (0)\n", 0,
	    "plain known");
	check_use("#define M(x) return x\n", 0, "plain known");
	check_use("#define M(x) a * x\n", 0, "plain known");
	check_use("#define M(x) struct a *x;\n", 0, "plain known declare");
	check_use("#define M(x) x = 0\n", 0, "plain known");
	check_use("#define M(x) int f(int x)\n", 0, "plain known");
}

static void
test_use_nested(void **state)
{
	(void)state;
	check_use("#define M(x) N(x)\n#define N(y) (y)\n", 0, "plain known");
	check_use("#define M(x) N(a, x)\n#define N(y, z) #z y\n", 0,
	    "known xstring");
	check_use("#define M(x) N(a, x)\n#define N(y, z) y\n", 0, "known");
	check_use("#define M(x) N(x) x\n#define N(y)\n", 0, "plain known");
	check_use("#define M(x) N(x, x)\n#define N(y, z) y##_t a.z\n", 0,
	    "paste known member");
	check_use("#define M(x) f(x)\n", 0, "plain known");
	check_use("#define M(x) f(N(x))\n#define N(y) struct y\n", 0,
	    "known tag");
	check_use("#define M(x) N(x)\n#define N(y) O(y)\n#define O(z) z->a\n",
	    0, "plain known");
	/* No end of it. */
	check_use("#define M(x) N(x)\n#define N(y) M(y)\n", 0,
	    "plain known");
	check_use("#define M(x) M(M(x))\n", 0, "plain known");
	check_use("#define N y\n#define M(x) N(x)\n", 0, "plain known");
}

/* However many bodies lie between. */
static void
test_use_deep(void **state)
{
	struct vn_strbuf sb = { 0 };

	(void)state;
	vn_strbuf_puts(&sb, "#define M(x) M0(x)\n");
	for (int i = 0; i < 20; i++)
		for (int k = 0; k < 20; k++)
			vn_strbuf_printf(&sb, "#define M%d(x) M%d(x) + %d\n",
			    i, i + 1, k);
	vn_strbuf_puts(&sb, "#define M20(x) #x\n");
	check_use(sb.data, 0, "known xstring");
	vn_strbuf_free(&sb);
}

/*
 * What a walk found of a macro on its way round, while the one before was
 * not done, is not all of it.
 */
static void
test_use_round(void **state)
{
	static const char text[] = "#define A(x) B(x) a.x\n"
	    "#define B(x) A(x) #x\n#define M(x) M(x) struct x\n";
	struct vn_macros *macros;
	struct sample m;
	unsigned both = VN_USE_KNOWN | VN_USE_PLAIN | VN_USE_MEMBER |
	    VN_USE_XSTRING;

	(void)state;
	check_use(text, 0, "plain known tag");
	for (int first = 0; first < 2; first++) {
		sample_init(&m, "a.h", text);
		macros = vn_macros_read(&m.sources);
		for (int i = 0; i < 4; i++) {
			bool is_a = (i + first) % 2 == 0;

			assert_int_equal(vn_macros_use(macros, &m.sources,
			    is_a ? "A" : "B", 1, 0), is_a ? both : both |
			    VN_USE_STRING);
		}
		vn_macros_free(macros);
		sample_free(&m);
	}
}

/* Does the macro M declare the name foo? */
static void
check_declare(const char *text, bool want)
{
	struct vn_macros *macros;
	struct sample m;

	sample_init(&m, "a.h", text);
	macros = vn_macros_read(&m.sources);
	for (int i = 0; i < 2; i++)
		assert_int_equal(vn_macros_declare(macros, &m.sources, "M", 1,
		    "foo", 3), want);
	vn_macros_free(macros);
	sample_free(&m);
}

static void
test_declare(void **state)
{
	(void)state;
	check_declare("", false);
	check_declare("#define M int foo\n", true);
	check_declare("#define M int bar\n", false);
	check_declare("#define N int foo\n", false);
	check_declare("#define M(x) N; x\n#define N int foo = 1\n", true);
	check_declare("#define M N\n#define N O\n#define O P\n"
	    "#define P Q\n#define Q R\n#define R S\n#define S int foo\n",
	    true);
	check_declare("#define M N\n#define N M O\n#define O int foo\n",
	    true);
	check_declare("#define M N\n#define N M\n", false);
	check_declare("#define M { N }\n#define N int foo\n", false);
	check_declare("#define M f(N)\n#define N int foo\n", false);
	/* In a body it is the name. */
	check_declare("#define M() foo\n#define foo int foo\n", false);
	check_declare("#define M N\n#define N\n#define N int foo\n", true);
}

static void
test_places(void **state)
{
	const struct vn_macro_place *places;
	struct vn_macros *macros;
	struct sample m;
	size_t n;

	(void)state;
	sample_init(&m, "a.h", "#define A 1\nint a = A + B + a;\n");
	sample_add(&m, "b.h", "A;\n");
	macros = vn_macros_read(&m.sources);
	places = vn_macros_places(macros, &m.sources, "A", 1, &n);
	assert_int_equal(n, 3);
	assert_int_equal(places[1].source, 0);
	assert_int_equal(places[1].tok, 7);
	assert_int_equal(places[2].source, 1);
	assert_int_equal(places[2].tok, 0);
	/* No macro of the table, but of a file that is not in it. */
	places = vn_macros_places(macros, &m.sources, "B", 1, &n);
	assert_int_equal(n, 1);
	assert_int_equal(places[0].tok, 9);
	vn_macros_places(macros, &m.sources, "C", 1, &n);
	assert_int_equal(n, 0);
	vn_macros_free(macros);
	sample_free(&m);
}

static void
test_use_variadic(void **state)
{
	static const char text[] = "#define M(x, ...) f(x, __VA_ARGS__)\n";

	(void)state;
	check_use(text, 0, "plain known");
	check_use(text, 1, "plain known");
	check_use(text, 7, "plain known");
	check_use("#define M(x, ...) x\n", 1, "known");
	check_use("#define M(...) #__VA_ARGS__\n", 0, "string known");
	check_use("#define M(...) N(__VA_ARGS__)\n#define N(...) #__VA_ARGS__"
	    "\n", 3, "known xstring");
	check_use("#define M(x, y...) f(x, ##y)\n", 1, "plain known");
	check_use("#define M(x, y...) f(x, ##y)\n", 3, "plain known");
	check_use("#define M(x, ...) f(x, ##__VA_ARGS__)\n", 2,
	    "plain known");
	check_use("#define M(x, ...) f(x, ##__VA_ARGS__##_t)\n", 2,
	    "paste known");
}

/* All definitions of the name count. */
static void
test_use_several(void **state)
{
	(void)state;
	check_use("#ifdef A\n#define M(x) x\n#else\n#define M(x)\n#endif\n", 0,
	    "plain known");
	check_use("#ifdef A\n#define M(x) #x\n#else\n#define M(x)\n#endif\n",
	    0, "string known");
	check_use("#define M x\n#define M(x) struct x\n", 0, "known tag");
}

static void
check_param(const char *text, bool want)
{
	struct vn_macro macro;
	struct sample m;
	int t;

	sample_init(&m, "a.h", text);
	t = sample_tok(&m);
	assert_true(vn_macro_read(&macro, m.source,
	    m.source->lex.toks[t].dir));
	assert_int_equal(vn_macro_is_param(m.source, &macro, t), want);
	sample_free(&m);
}

static void
test_param(void **state)
{
	(void)state;
	check_param("#define M(x, y) @y\n", true);
	check_param("#define M(@x) x\n", true);
	check_param("#define M(x, y) @z\n", false);
	check_param("#define M(xy) @x\n", false);
	check_param("#define M (x) @x\n", false);
	check_param("#define M @x\n", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_use),
		cmocka_unit_test(test_use_declare),
		cmocka_unit_test(test_use_nested),
		cmocka_unit_test(test_use_deep),
		cmocka_unit_test(test_use_round),
		cmocka_unit_test(test_declare),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_use_variadic),
		cmocka_unit_test(test_use_several),
		cmocka_unit_test(test_param),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
