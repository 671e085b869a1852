/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Private copies: what a caller finds in struct vn_mirror.  What is in the
 * copies is tested in test/Lines.
 */

#include "directory.h"

#include "Mirror/mirror.h"

static void
test_found(void **state)
{
	struct vn_mirror m = { .lines = true };

	(void)state;
	put("a/b/x.c", "int a;\n");
	put("b/b/x.c", "int b;\nint a;\n");
	put("a/b.c", "1\n");
	put("b/b.c", "2\n");
	put("a/gone", "");
	put("b/new", "");
	m.trees[0] = at_top("a");
	m.trees[1] = at_top("b");
	m.work = at_top("w/deep");
	assert_int_equal(vn_mirror_make(&m), 0);
	assert_at_top(m.roots[0], "w/deep/0");
	assert_at_top(m.roots[1], "w/deep/1");
	assert_int_equal(m.nchanged, 2);
	assert_string_equal(m.changed[0], "b.c");
	assert_string_equal(m.changed[1], "b/x.c");
	assert_int_equal(m.nonly[0], 1);
	assert_string_equal(m.only[0][0], "gone");
	assert_int_equal(m.nonly[1], 1);
	assert_string_equal(m.only[1][0], "new");
	assert_int_equal(m.unmapped.count, 0);
	assert_null(m.over[0]);
	assert_null(m.over[1]);
	vn_mirror_free(&m);
	assert_null(m.roots[0]);
	assert_null(m.changed);
	free((void *)(uintptr_t)m.trees[0]);
	free((void *)(uintptr_t)m.trees[1]);
	free((void *)(uintptr_t)m.work);
}

/* The converted line that says a number, and what says its own. */
static void
test_line(void **state)
{
	struct vn_mirror m = { .lines = true };

	(void)state;
	put("a/x.c", "int one;\nint two;\nint three;\n");
	put("b/x.c", "#include <new.h>\nint one;\nint two;\n"
	    "int a_b_c_d;\nint e_f_g_h;\nint three;\n");
	put("a/x.S", "one\ntwo\n");
	put("b/x.S", "new\none\ntwo\n");
	m.trees[0] = at_top("a");
	m.trees[1] = at_top("b");
	m.work = at_top("w");
	assert_int_equal(vn_mirror_make(&m), 0);
	assert_int_equal(vn_mirror_line(&m, "x.c", 1), 2);
	assert_int_equal(vn_mirror_line(&m, "x.c", 2), 3);
	assert_int_equal(vn_mirror_line(&m, "x.c", 3), 6);
	assert_int_equal(vn_mirror_line(&m, "x.c", 4000), 6);
	assert_int_equal(vn_mirror_line(&m, "x.S", 2), 2);
	assert_int_equal(vn_mirror_line(&m, "nosuch.c", 2), 2);
	vn_mirror_free(&m);
	free((void *)(uintptr_t)m.trees[0]);
	free((void *)(uintptr_t)m.trees[1]);
	free((void *)(uintptr_t)m.work);
}

static void
test_settings(void **state)
{
	char one[] = "ONE", two[] = "TWO", value[] = "1";
	struct vn_setting settings[] = { { one, value, false },
	    { two, NULL, true } };
	char *extra[] = { at_top("opt.h") };
	struct vn_mirror m = { .settings = settings, .nsettings = 2,
	    .extra = extra, .nextra = 1 };
	char *text;

	(void)state;
	put("opt.h", "#define ONE 2\n");
	put("a/x.c", "int TWO;\n");
	put("b/x.c", "int TWO;\n");
	m.trees[0] = at_top("a");
	m.trees[1] = at_top("b");
	m.work = at_top("w");
	assert_int_equal(vn_mirror_make(&m), 0);
	assert_true(settings[0].in_file);
	assert_false(settings[1].in_file);
	assert_at_top(m.over[0], "w/over0");
	assert_at_top(m.over[1], "w/over1");
	text = slurp("w/over1/opt.h");
	assert_string_equal(text, "#define ONE 1\n");
	free(text);
	vn_mirror_free(&m);
	assert_null(m.over[0]);
	free(extra[0]);
	free((void *)(uintptr_t)m.trees[0]);
	free((void *)(uintptr_t)m.trees[1]);
	free((void *)(uintptr_t)m.work);
}

/* Two headers of one name cannot both be first. */
static void
test_extra_twice(void **state)
{
	char one[] = "ONE", value[] = "1";
	struct vn_setting setting = { one, value, false };
	char *extra[] = { at_top("x/opt.h"), at_top("y/opt.h") };
	struct vn_mirror m = { .settings = &setting, .nsettings = 1,
	    .extra = extra, .nextra = 2 };
	struct capture c;

	(void)state;
	put("x/opt.h", "#define ONE 2\n");
	put("y/opt.h", "#define ONE 2\n");
	put("a/x.c", "");
	put("b/x.c", "");
	m.trees[0] = at_top("a");
	m.trees[1] = at_top("b");
	m.work = at_top("w");
	capture_start(&c);
	assert_int_equal(vn_mirror_make(&m), -1);
	assert_said(&c, "t: '@/x/opt.h' and '@/y/opt.h' have one name, "
	    "give one of them\n");
	vn_mirror_free(&m);
	free(extra[0]);
	free(extra[1]);
	free((void *)(uintptr_t)m.trees[0]);
	free((void *)(uintptr_t)m.trees[1]);
	free((void *)(uintptr_t)m.work);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DIRECTORY_TEST(test_found),
		DIRECTORY_TEST(test_line),
		DIRECTORY_TEST(test_settings),
		DIRECTORY_TEST(test_extra_twice),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
