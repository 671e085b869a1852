/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which text the parses compiled.
 */

#include "Rewrite/reach.h"
#include "parses.h"

/* The lines of the branches around the marked byte, at most max of them. */
static void
check_chain(const char *text, int max, const char *want)
{
	struct vn_strbuf sb = { 0 };
	int chain[8], n;
	unsigned line, col;
	struct sample m;

	sample_init(&m, "a.c", text);
	n = vn_reach_chain(m.source, m.mark, chain, max);
	for (int i = 0; i < n; i++) {
		vn_lines_at(&m.source->lines,
		    m.source->lex.dirs[chain[i]].off, &line, &col);
		vn_strbuf_printf(&sb, "%u ", line);
	}
	assert_buffer(&sb, want);
	sample_free(&m);
}

static void
test_chain(void **state)
{
	static const char deep[] = "#if A\n#if B\n#else\n#if C\n#elif D\n@a\n"
	    "#endif\n#endif\n#endif\n";

	(void)state;
	check_chain("@a\n", 8, "");
	check_chain("#if A\n@a\n#endif\n", 8, "1 ");
	check_chain("#if A\n#else\n@a\n#endif\n", 8, "2 ");
	check_chain("#if A\n#endif\n@a\n", 8, "");
	check_chain("#if A\n#define B\n@a\n#endif\n", 8, "1 ");
	check_chain("#if A\n#if B\n#endif\n@a\n#endif\n", 8, "1 ");
	check_chain("#define B\n@a\n", 8, "");
	check_chain(deep, 8, "1 3 5 ");
	check_chain(deep, 2, "3 5 ");
}

static void
test_parse(void **state)
{
	const int32_t sources[] = { 1, 4, 7 };
	struct vn_parse p = { .includes = (int32_t *)(uintptr_t)sources,
	    .nincludes = 3 };

	(void)state;
	assert_true(vn_parse_clean(&p));
	for (int i = 0; i < 9; i++)
		assert_int_equal(vn_parse_includes(&p, i), i % 3 == 1);
	p.errors = 1;
	assert_false(vn_parse_clean(&p));
	p.errors = 0;
	p.crashed = true;
	assert_false(vn_parse_clean(&p));
	p.nincludes = 0;
	assert_false(vn_parse_includes(&p, 1));
}

/* #ifndef A compiled, in it a chain of which the third branch is. */
static const char text[] = "#ifndef A\n#if B\nb\n#elif C\nc\n#elif D\nd\n"
    "#else\ne\n#endif\nf\n#endif\n";

static void
test_skips(void **state)
{
	static const bool want[] = { false, true, true, false, true };
	struct vn_facts facts = { 0 };
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", text);
	parses_skip(&facts, 3, 0, m.source, "#if B", "#elif D");
	facts.skips[0].end -= 2;
	parses_skip(&facts, 3, 0, m.source, "#else", "#endif");
	vn_facts_seal(&facts);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(vn_reach_skips(&facts, 3, 0, m.source, i),
		    want[i]);
		assert_false(vn_reach_skips(&facts, 2, 0, m.source, i));
		assert_false(vn_reach_skips(&facts, 4, 0, m.source, i));
		assert_false(vn_reach_skips(&facts, 3, 1, m.source, i));
	}
	vn_facts_free(&facts);
	sample_free(&m);
}

static void
test_any(void **state)
{
	const int32_t self = 0, other = 1;
	struct vn_facts facts = { 0 };
	struct vn_parse *bad;
	struct sample m;
	uint32_t b, d;

	(void)state;
	sample_init(&m, "a.c", text);
	b = parses_find(m.source, "b\n");
	d = parses_find(m.source, "d\n");
	assert_false(vn_reach_any(&facts, 0, b));
	parses_add(&facts, "/w/a.c", 0, &self, 1);
	parses_skip(&facts, 0, 0, m.source, "#if B", "#elif D");
	parses_add(&facts, "/w/b.c", 1, &other, 1);
	bad = parses_add(&facts, "/w/a.c", 2, &self, 1);
	bad->errors = 1;
	vn_facts_seal(&facts);
	assert_false(vn_reach_any(&facts, 0, b));
	assert_true(vn_reach_any(&facts, 0, d));
	assert_true(vn_reach_compiles(&facts, &facts.parses[0], 0, d));
	assert_false(vn_reach_compiles(&facts, &facts.parses[0], 0, b));
	assert_false(vn_reach_compiles(&facts, &facts.parses[1], 0, d));
	assert_false(vn_reach_compiles(&facts, &facts.parses[2], 0, d));
	facts.parses[2].errors = 0;
	assert_true(vn_reach_any(&facts, 0, b));
	vn_facts_free(&facts);
	sample_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_skips),
		cmocka_unit_test(test_any),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
