/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Units in another configuration.
 */

#include "Units/units.h"
#include "test_units.h"

static char flag_a[] = "-DA", flag_b[] = "-UB";

/* Units of a.c and b.c, compiled with -I. */
static void
make(struct vn_units *units)
{
	char a[] = "/d/a.c", b[] = "/d/b.c", dot[] = "-I.";
	char *files[] = { a, b }, *flags[] = { dot };

	assert_int_equal(vn_units_fixed(units, files, 2, flags, 1), 0);
}

static void
test_vary(void **state)
{
	char *flags[] = { flag_a, flag_b };
	struct vn_units units = { 0 };
	const struct vn_unit *u;

	(void)state;
	make(&units);
	units.items[1].tried = true;
	assert_int_equal(vn_units_vary(&units, 1, "-DA -UB", flags, 2), 2);
	assert_int_equal(units.count, 3);
	u = &units.items[2];
	assert_string_equal(u->file, "/d/b.c");
	assert_string_equal(u->dir, units.items[1].dir);
	assert_string_equal(u->config, "-DA -UB");
	assert_flags(u, "-I. -DA -UB");
	assert_int_equal(u->nvaried, 2);
	assert_true(u->extra);
	assert_true(u->tried);
	assert_false(u->left_out);
	assert_null(u->argv[u->argc]);
	assert_false(units.items[1].extra);
	/* What is varied again keeps the first flags behind the others. */
	assert_int_equal(vn_units_vary(&units, 2, "again", flags, 1), 3);
	assert_flags(&units.items[3], "-I. -DA -UB -DA");
	assert_int_equal(units.items[3].nvaried, 3);
	vn_units_free(&units);
}

static void
test_config(void **state)
{
	struct vn_units units = { 0 };

	(void)state;
	make(&units);
	vn_units_config(&units, "one", "-DA '-DB=c d'");
	vn_units_config(&units, "two", "-UA");
	assert_int_equal(units.count, 6);
	assert_string_equal(units.items[2].file, "/d/a.c");
	assert_string_equal(units.items[3].file, "/d/b.c");
	for (size_t i = 2; i < 4; i++) {
		assert_string_equal(units.items[i].config, "one");
		assert_flags(&units.items[i], "-I. -DA -DB=c d");
		assert_string_equal(units.items[i + 2].config, "two");
		assert_flags(&units.items[i + 2], "-I. -UA");
	}
	assert_null(units.items[0].config);
	vn_units_free(&units);
}

static void
check_hide(const char *text, const char *macro, const char *want)
{
	struct vn_units units = { 0 };
	struct vn_unit *u;
	char *path = vn_asprintf("%s/opt_a.h", top), *disk;

	make(&units);
	u = &units.items[0];
	put("opt_a.h", text);
	vn_unit_hide(u, path, macro);
	assert_int_equal(u->noverlays, want != NULL);
	if (want != NULL) {
		assert_string_equal(u->overlays[0].path, path);
		assert_int_equal(u->overlays[0].len, strlen(want));
		assert_memory_equal(u->overlays[0].data, want, strlen(want));
	}
	disk = slurp(path);
	assert_string_equal(disk, text);
	free(disk);
	free(path);
	vn_units_free(&units);
}

static void
test_hide(void **state)
{
	(void)state;
	check_hide("#define A 1\n", "A", "           \n");
	check_hide("#define AB 1\n", "A", NULL);
	check_hide("#define B A\n", "A", NULL);
	check_hide("#undef A\n", "A", NULL);
	check_hide("", "A", NULL);
	check_hide("#define B\n#define A \\\r\n 1\r\n#define C\n", "A",
	    "#define B\n          \\\r\n  \r\n#define C\n");
	check_hide("#define A\n#define A(x) x\n", "A",
	    "         \n              \n");
}

static void
test_hide_two(void **state)
{
	struct vn_units units = { 0 };
	char *path = vn_asprintf("%s/opt_a.h", top);
	struct vn_unit *u;

	(void)state;
	make(&units);
	u = &units.items[0];
	put("opt_a.h", "#define A 1\n#define B\n");
	vn_unit_hide(u, path, "A");
	vn_unit_hide(u, path, "B");
	vn_unit_hide(u, path, "C");
	vn_unit_hide(u, "/no/such/file", "A");
	assert_int_equal(u->noverlays, 1);
	assert_memory_equal(u->overlays[0].data, "           \n         \n",
	    22);
	free(path);
	vn_units_free(&units);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DIRECTORY_TEST(test_vary),
		DIRECTORY_TEST(test_config),
		DIRECTORY_TEST(test_hide),
		DIRECTORY_TEST(test_hide_two),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
