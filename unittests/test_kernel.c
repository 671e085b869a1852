/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Conditionals about _KERNEL.
 */

#include "Rewrite/kernel.h"
#include "sample.h"

/* The line of the kernel's branch that holds the marked byte, 0: none. */
static void
check(const char *text, unsigned want)
{
	unsigned line = 0, col;
	struct sample m;
	int d;

	sample_init(&m, "a.h", text);
	d = vn_kernel_branch(m.source, m.mark);
	if (d != -1)
		vn_lines_at(&m.source->lines, m.source->lex.dirs[d].off,
		    &line, &col);
	assert_int_equal(line, want);
	sample_free(&m);
}

static void
test_branch(void **state)
{
	(void)state;
	check("@a\n", 0);
	check("#ifdef _KERNEL\n@a\n#endif\n", 1);
	check("#ifdef _KERNEL\n#endif\n@a\n", 0);
	check("#ifndef _KERNEL\n@a\n#endif\n", 0);
	check("#ifdef _KERNEL\n#else\n@a\n#endif\n", 0);
	check("#ifndef _KERNEL\n#else\n@a\n#endif\n", 2);
	check("#ifndef _KERNEL\n#elif A\n#else\n@a\n#endif\n", 0);
	check("#if A\n#elif defined(_KERNEL)\n@a\n#endif\n", 2);
	check("#ifdef KERNEL\n@a\n#endif\n", 0);
	check("#define _KERNEL\n@a\n", 0);
}

static void
test_conditions(void **state)
{
	(void)state;
	check("#if defined(_KERNEL)\n@a\n#endif\n", 1);
	check("#if defined _KERNEL\n@a\n#endif\n", 1);
	check("#if defined(_KERNEL) && defined(INET)\n@a\n#endif\n", 1);
	check("#if !defined(_KERNEL)\n@a\n#endif\n", 0);
	check("#if !defined _KERNEL\n@a\n#endif\n", 0);
	check("#if !defined(_KERNEL)\n#else\n@a\n#endif\n", 2);
	check("#if defined(A) && !defined(_KERNEL)\n@a\n#endif\n", 0);
	check("#if _KERNEL\n@a\n#endif\n", 1);
}

static void
test_nested(void **state)
{
	(void)state;
	check("#ifdef A\n#ifdef _KERNEL\n@a\n#endif\n#endif\n", 2);
	check("#ifdef _KERNEL\n#ifdef A\n@a\n#endif\n#endif\n", 1);
	check("#ifdef _KERNEL\n#ifdef A\n#ifdef _KERNEL\n@a\n#endif\n"
	    "#endif\n#endif\n", 1);
	check("#ifdef _KERNEL\n#ifdef A\n#else\n@a\n#endif\n#endif\n", 1);
	check("#ifndef _KERNEL\n#ifdef A\n#else\n@a\n#endif\n#endif\n", 0);
}

static void
check_unguarded(const char *name, const char *text, bool shared, bool want)
{
	struct sample m;

	sample_init(&m, name, text);
	assert_int_equal(vn_kernel_shared(m.source), shared);
	assert_int_equal(vn_kernel_unguarded(m.source, m.mark), want);
	sample_free(&m);
}

static void
test_unguarded(void **state)
{
	static const char outside[] = "#ifdef _KERNEL\nb\n#endif\n@a\n";
	static const char within[] = "#ifdef _KERNEL\n@a\n#endif\n";

	(void)state;
	check_unguarded("a.h", outside, true, true);
	check_unguarded("a.c", outside, true, false);
	check_unguarded("a.h", within, true, false);
	check_unguarded("a.h", "@a\n", false, false);
	check_unguarded("a.h", "#if A\n#elif defined(_KERNEL)\n#endif\n@a\n",
	    true, true);
	check_unguarded("a.h", "#define _KERNEL\n#undef _KERNEL\n@a\n", false,
	    false);
	check_unguarded("a.h", "#ifndef _KERNEL\n@a\n#endif\n", true, true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_branch),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_unguarded),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
