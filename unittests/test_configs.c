/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which units are parsed again, with which macros turned.
 */

#include "Facts/globals.h"
#include "Rewrite/configs.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "parses.h"

/* A tree of sources that list foo, and what was parsed. */
struct tree {
	struct sample		 sample;
	struct vn_facts		 facts;
	struct vn_globals	 globals;
	struct vn_plan		 plan;
	struct vn_configs	 configs;
};

static struct vn_source *
add_source(struct tree *tree, const char *name, const char *text)
{

	sample_add(&tree->sample, name, text);
	tree->sample.source->in_path = true;
	return (tree->sample.source);
}

/* Source a.c, of unit 0; it skips what "#if" to "#endif" there is. */
static void
add_first(struct tree *tree, const char *text)
{
	const int32_t self = 0;
	struct vn_source *s;
	const char *at;

	*tree = (struct tree){ 0 };
	s = add_source(tree, "a.c", text);
	parses_add(&tree->facts, "/w/a.c", 0, &self, 1);
	for (at = s->data; (at = strstr(at, "#if")) != NULL; ) {
		const char *end = strstr(at, "#endif");

		*vn_facts_new_skip(&tree->facts) = (struct vn_skip){
		    .begin = (uint32_t)(at - s->data),
		    .end = (uint32_t)(end + 6 - s->data) };
		at = end;
	}
}

static void
begin(struct tree *tree)
{
	static const char list[] = "list", name[] = "foo";
	struct vn_global *g = vn_calloc(1, sizeof(*g));

	*g = (struct vn_global){ .name = vn_strdup(name),
	    .list = vn_strdup(list), .line = 1, .col = 1 };
	tree->globals = (struct vn_globals){ g, 1, 1 };
	vn_facts_seal(&tree->facts);
	vn_plan_init(&tree->plan, &tree->globals, &tree->sample.sources,
	    vn_style_named("vnet"));
	vn_plan_begin(&tree->plan, &tree->facts);
}

static void
end(struct tree *tree)
{

	vn_configs_free(&tree->configs);
	vn_plan_free(&tree->plan);
	vn_globals_free(&tree->globals);
	vn_facts_free(&tree->facts);
	sample_free(&tree->sample);
}

/* The last n configurations, as "0: A -B; 1: C=3". */
static void
assert_last(const struct tree *tree, size_t n, const char *want)
{
	const size_t count = tree->configs.items.count;
	struct vn_strbuf sb = { 0 };

	for (size_t i = count - n; i < count; i++) {
		const struct vn_config *c = &tree->configs.items.items[i];

		vn_strbuf_printf(&sb, "%s%u:", sb.len == 0 ? "" : "; ",
		    c->unit);
		for (size_t k = 0; k < c->settings.count; k++) {
			const struct vn_setting *s = &c->settings.items[k];

			vn_strbuf_printf(&sb, " %s%.*s", s->defined ? "" :
			    "-", (int)s->len, s->macro);
			if (s->defined && !s->any)
				vn_strbuf_printf(&sb, "=%ld", s->value);
		}
	}
	assert_buffer(&sb, want);
}

static void
assert_chosen(struct tree *tree, const char *want)
{

	assert_last(tree, vn_configs_choose(&tree->configs, &tree->plan),
	    want);
}

static void
assert_split(struct tree *tree, const char *want)
{

	assert_last(tree, vn_configs_split(&tree->configs, &tree->plan),
	    want);
}

/* Configuration c was parsed as that unit, with or without errors. */
static void
parsed(struct tree *tree, size_t c, unsigned unit, unsigned errors)
{
	const int32_t self = 0;
	struct vn_parse *p = parses_add(&tree->facts, "/w/a.c", unit, &self,
	    1);

	p->errors = errors;
	tree->configs.items.items[c].made = unit;
	vn_facts_seal(&tree->facts);
}

static void
check(const char *text, const char *want)
{
	struct tree tree;

	add_first(&tree, text);
	begin(&tree);
	assert_chosen(&tree, want);
	end(&tree);
}

static void
test_choose(void **state)
{
	(void)state;
	check("foo\n", "");
	check("#if 0\nfoo\n#endif\n", "");
	check("#ifdef A\nbar\n#endif\n", "");
	check("#ifdef A\nfoo\n#endif\n", "0: A");
	check("#ifdef A\nV_foo\n#endif\n", "0: A");
	check("#ifdef A\n#define B foo\n#endif\n", "0: A");
	check("#ifdef A\nfoo\n#endif\n#if B > 2\nfoo\n#endif\n", "0: A B=3");
	check("#ifdef A\nfoo\n#endif\n#ifndef A\nfoo\n#endif\n", "0: A; 0: -A");
	/* Its neighbours tell. */
	check("#ifdef A\na.foo\n#endif\n", "");
	/* A listed name is never a macro of ours. */
	check("#ifdef foo\nint a = foo;\n#endif\n", "");
	check("#ifdef V_foo\nint a = foo;\n#endif\n", "");
	/* What the source defines stays so. */
	check("#define A\n#ifndef A\nfoo\n#endif\n", "");
	check("#ifndef A\nfoo\n#endif\n#define A\n", "0: -A");
}

static void
test_limit(void **state)
{
	struct vn_strbuf text = { 0 };

	(void)state;
	for (int i = 1; i < 12; i++)
		vn_strbuf_printf(&text, "#if A == %d\nfoo\n#endif\n", i);
	check(text.data, "0: A=1; 0: A=2; 0: A=3; 0: A=4; 0: A=5; 0: A=6; "
	    "0: A=7; 0: A=8");
	vn_strbuf_free(&text);
}

static void
test_errors(void **state)
{
	struct tree tree;

	(void)state;
	add_first(&tree, "#ifdef A\nfoo\n#endif\n");
	tree.facts.parses[0].errors = 1;
	begin(&tree);
	assert_chosen(&tree, "");
	end(&tree);
}

/* Not in a file under no PATH; not where a parse saw it. */
static void
test_unwanted(void **state)
{
	struct tree tree;

	(void)state;
	add_first(&tree, "#ifdef A\nfoo\n#endif\n");
	tree.sample.source->in_path = false;
	begin(&tree);
	assert_chosen(&tree, "");
	end(&tree);
	add_first(&tree, "#ifdef A\nfoo\n#endif\n");
	vn_facts_add(&tree.facts, &(struct vn_fact){ .off = 9,
	    .kind = VN_FACT_REF, .name = "foo", .entity = "foo" });
	begin(&tree);
	assert_chosen(&tree, "");
	end(&tree);
}

/* A header goes with the unit that has a fitting configuration. */
static void
test_header(void **state)
{
	static const int32_t a[] = { 0, 2 }, b[] = { 1, 2 };
	struct vn_source *s;
	struct tree tree;

	(void)state;
	tree = (struct tree){ 0 };
	add_source(&tree, "a.c", "bar\n");
	s = add_source(&tree, "b.c", "#ifdef A\nfoo\n#endif\n");
	parses_add(&tree.facts, "/w/a.c", 0, a, 2);
	parses_add(&tree.facts, "/w/b.c", 1, b, 2);
	parses_skip(&tree.facts, 1, 1, s, "#if", "#endif");
	s = add_source(&tree, "c.h", "#ifdef A\nfoo\n#endif\n");
	parses_skip(&tree.facts, 0, 2, s, "#if", "#endif");
	parses_skip(&tree.facts, 1, 2, s, "#if", "#endif");
	begin(&tree);
	assert_chosen(&tree, "1: A");
	assert_int_equal(tree.configs.wants.count, 1);
	end(&tree);
}

/* One that is parsed where the header is compiled tells for all. */
static void
test_compiled(void **state)
{
	static const int32_t a[] = { 0, 1 }, b[] = { 1 };
	struct vn_source *s;
	struct tree tree;

	(void)state;
	tree = (struct tree){ 0 };
	add_source(&tree, "a.c", "bar\n");
	s = add_source(&tree, "c.h", "#ifdef A\n#define B foo\n#endif\n");
	parses_add(&tree.facts, "/w/a.c", 0, a, 2);
	parses_add(&tree.facts, "/w/b.c", 1, b, 1);
	parses_skip(&tree.facts, 0, 1, s, "#if", "#endif");
	begin(&tree);
	assert_chosen(&tree, "");
	end(&tree);
}

static void
test_dropped(void **state)
{
	static const char header[] = "#ifdef K\n#define M(e) (e)\n#endif\n"
	    "#ifndef K\n#define M(e)\n#endif\n#define N(a, b) M(b)\n"
	    "#define O(a) a\n#define P(a)\n";
	static const int32_t both[] = { 0, 1 };
	static const struct {
		const char	*text, *want;
	} cases[] = {
		{ "int f() { M(foo); }\n", "0: K" },
		{ "int f() { M((g(1, foo))); }\n", "0: K" },
		{ "int f() { N(1, foo); }\n", "0: K" },
		{ "int f() { N(foo, 1); }\n", "" },
		{ "int f() { O(M(foo)); }\n", "0: K" },
		{ "int f() { M(O(foo)); }\n", "0: K" },
		{ "int f() { O(foo); }\n", "" },
		{ "int f() { P(foo); }\n", "" },
		{ "int f() { g(foo); }\n", "" },
		{ "int f() { M(V_foo); }\n", "" },
		{ "#define Q M(foo)\n", "" },
	};
	struct vn_source *s;
	struct tree tree;

	(void)state;
	for (size_t i = 0; i < VN_NITEMS(cases); i++) {
		tree = (struct tree){ 0 };
		add_source(&tree, "a.c", cases[i].text);
		s = add_source(&tree, "c.h", header);
		parses_add(&tree.facts, "/w/a.c", 0, both, 2);
		parses_skip(&tree.facts, 0, 1, s, "#ifdef", "#endif");
		begin(&tree);
		assert_chosen(&tree, cases[i].want);
		end(&tree);
	}
}

static const char five[] = "#ifdef A\nfoo\n#endif\n#ifdef B\nfoo\n#endif\n"
    "#ifdef C\nfoo\n#endif\n#ifdef D\nfoo\n#endif\n#ifdef E\nfoo\n#endif\n";

static void
test_split(void **state)
{
	struct tree tree;

	(void)state;
	add_first(&tree, five);
	begin(&tree);
	assert_chosen(&tree, "0: A B C D E");
	parsed(&tree, 0, 1, 1);
	assert_split(&tree, "0: A; 0: B; 0: C; 0: D E");
	assert_int_equal(tree.configs.items.items[4].wants, 2);
	for (unsigned i = 1; i < 5; i++)
		parsed(&tree, i, i + 1, i == 4);
	assert_split(&tree, "0: D; 0: E");
	parsed(&tree, 5, 6, 3);
	parsed(&tree, 6, 7, 0);
	assert_split(&tree, "");
	/* What failed alone is not tried again. */
	assert_chosen(&tree, "");
	end(&tree);
}

static void
test_split_clean(void **state)
{
	struct tree tree;

	(void)state;
	add_first(&tree, five);
	begin(&tree);
	assert_chosen(&tree, "0: A B C D E");
	parsed(&tree, 0, 1, 0);
	assert_split(&tree, "");
	assert_chosen(&tree, "");
	end(&tree);
}

static void
test_options(void **state)
{
	(void)state;
	assert_true(vn_configs_is_options("opt_a.h"));
	assert_true(vn_configs_is_options("/a/b/opt_inet6.h"));
	assert_false(vn_configs_is_options("/a/b/opt_.h"));
	assert_false(vn_configs_is_options("/a/opt_b/c.h"));
	assert_false(vn_configs_is_options("opt_a.c"));
	assert_false(vn_configs_is_options("xopt_a.h"));
	assert_false(vn_configs_is_options(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_unwanted),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_compiled),
		cmocka_unit_test(test_dropped),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_split_clean),
		cmocka_unit_test(test_options),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
