/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Words of a command, flags that matter, units from flags, and what is found
 * by looking upward.
 */

#include "Units/units_impl.h"
#include "test_units.h"

/* The words of command with a '|' after each. */
static void
assert_split(const char *command, const char *want)
{
	struct vn_words words = { 0 };
	struct vn_strbuf sb = { 0 };
	char *got;
	size_t i;

	vn_split_command(&words, command);
	for (i = 0; i < words.count; i++)
		vn_strbuf_printf(&sb, "%s|", words.items[i]);
	got = vn_strbuf_take(&sb);
	assert_string_equal(got, want);
	free(got);
	vn_words_free(&words);
}

static void
test_split(void **state)
{
	(void)state;
	assert_split("", "");
	assert_split(" \t ", "");
	assert_split("cc  -c\ta.c\n", "cc|-c|a.c|");
	assert_split("-DX=\\\"a\\ b\\\" y", "-DX=\"a b\"|y|");
	assert_split("\"-DX=a b\" y", "-DX=a b|y|");
	assert_split("-D\"X=\\\"1\\\\2\\\"\"", "-DX=\"1\\2\"|");
	assert_split("'-DX=\"a\\b\"' y", "-DX=\"a\\b\"|y|");
	assert_split("a\"\"b '' \"\"", "ab|||");
	assert_split("$HOME `x` *.c ~", "$HOME|`x`|*.c|~|");
	assert_split("-DX=\"open", "-DX=open|");
	assert_split("end\\", "end\\|");
}

/* What is left of command, for /d/a.c compiled in /d. */
static void
assert_clean(const char *command, const char *want)
{
	struct vn_words words = { 0 }, flags = { 0 };
	struct vn_unit unit;

	vn_split_command(&words, command);
	vn_flags_clean(&flags, &words, true, "/d", "/d/a.c");
	unit.argc = flags.count;
	vn_words_own(&flags, NULL);
	unit.argv = flags.items;
	assert_flags(&unit, want);
	vn_words_free(&flags);
	vn_words_free(&words);
}

static void
test_clean(void **state)
{
	(void)state;
	assert_clean("cc -c -o a.o a.c", "");
	assert_clean("/usr/bin/ccache distcc clang -c -DA a.c", "-DA");
	assert_clean("env CC_X=1 LC_ALL=C gcc -DA=b a.c", "-DA=b");
	assert_clean("ccache -DA /d/a.c", "-DA");
	assert_clean("cc -oa.o -MD -MFa.d -MF a.d -MT a.o -MQ x -MP -DA a.c",
	    "-DA");
	assert_clean("cc -Wp,-MMD,a.d -Wp,-DB -S ./a.c", "-Wp,-DB");
	assert_clean("cc -I dir -include a.c -D a.c a.c",
	    "-I dir -include a.c -D a.c");
	assert_clean("cc -Werror -Werror=format -Wall -DVIMAGE a.c",
	    "-Wall -DVIMAGE");
	assert_clean("cc -DA -- a.c -DB", "-DA");
	assert_clean("", "");
	assert_clean("cc -o", "");
	assert_clean("cc -I", "-I");
}

static void
test_fixed(void **state)
{
	char file_b[] = "/x/b.c", file_a[] = "/x/a.c", header[] = "/x/a.h";
	char *files[] = { file_b, file_a, header, file_a };
	char flag[] = "-DA", compile[] = "-c";
	char *flags[] = { compile, flag };
	struct vn_units units;

	(void)state;
	assert_int_equal(vn_units_fixed(&units, files, 4, flags, 2), 0);
	assert_int_equal(units.count, 2);
	assert_string_equal(units.items[0].file, "/x/a.c");
	assert_string_equal(units.items[1].file, "/x/b.c");
	assert_string_equal(units.items[1].dir, top);
	assert_flags(&units.items[1], "-DA");
	assert_false(units.items[0].tried);
	vn_units_free(&units);
	assert_int_equal(units.count, 0);
	assert_int_equal(vn_units_fixed(&units, files, 0, flags, 2), 0);
	vn_units_free(&units);
}

static void
test_discover(void **state)
{
	char *found, *path;

	(void)state;
	put("p/q/r/a.c", "");
	path = at_top("p/q/r/a.c");
	assert_null(vn_units_discover(path));
	put("build/compile_commands.json", "[]");
	found = vn_units_discover(path);
	assert_at_top(found, "build/compile_commands.json");
	free(found);
	put("compile_commands.json", "[]");
	found = vn_units_discover(path);
	assert_at_top(found, "compile_commands.json");
	free(found);
	put("p/q/build/compile_commands.json", "[]");
	found = vn_units_discover(path);
	assert_at_top(found, "p/q/build/compile_commands.json");
	free(found);
	assert_null(vn_units_discover("/"));
	free(path);
}

static void
test_root(void **state)
{
	char *found, *path;

	(void)state;
	put("sys/conf/files", "");
	put("sys/sys/param.h", "");
	put("sys/net/sub/a.c", "");
	path = at_top("sys/net/sub/a.c");
	assert_null(vn_units_bsd_root(path));
	put("sys/kern/b.c", "");
	found = vn_units_bsd_root(path);
	assert_at_top(found, "sys");
	free(found);
	free(path);
	assert_null(vn_units_bsd_root(top));
	assert_null(vn_units_bsd_root("/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_clean),
		UNITS_TEST(test_fixed),
		UNITS_TEST(test_discover),
		UNITS_TEST(test_root),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
