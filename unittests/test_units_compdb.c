/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compilation databases: what they may hold, and what is said of those that
 * hold something else.
 */

#include "test_units.h"

static struct vn_units units;

static int
read_text(const char *text)
{
	put("db.json", text);
	return (vn_units_compdb(&units, "db.json"));
}

/* text is refused with message. */
static void
assert_refused(const char *text, const char *message)
{
	struct capture c;
	int error;

	capture_start(&c);
	error = read_text(text);
	assert_said(&c, message);
	assert_int_equal(error, -1);
	assert_int_equal(units.count, 0);
}

static void
test_arguments(void **state)
{
	(void)state;
	put("src/a.c", "");
	assert_int_equal(read_text("[\n  {\"directory\": \"src\",\n"
	    "   \"file\": \"a.c\", \"command\": \"cc -DNO a.c\",\n"
	    "   \"arguments\": [\"cc\", \"-DA=x y\", \"-c\", \"a.c\"]}]\n"), 0);
	assert_int_equal(units.count, 1);
	assert_at_top(units.items[0].file, "src/a.c");
	assert_at_top(units.items[0].dir, "src");
	assert_string_equal(units.items[0].origin, "db.json:2");
	assert_flags(&units.items[0], "-DA=x y");
	assert_false(units.items[0].tried);
	vn_units_free(&units);
}

static void
test_command(void **state)
{
	(void)state;
	put("src/a.c", "");
	put("obj/x", "");
	assert_int_equal(read_text("[{\"directory\": \"obj\",\n"
	    "\"file\": \"../src/./a.c\", \"command\": "
	    "\"ccache cc -I. \\\"-DX=a b\\\" -o a.o -c ../src/a.c\"}]"), 0);
	assert_int_equal(units.count, 1);
	assert_at_top(units.items[0].file, "src/a.c");
	assert_flags(&units.items[0], "-I. -DX=a b");
	vn_units_free(&units);
}

static void
test_order(void **state)
{
	(void)state;
	put("a.c", "");
	put("b.c", "");
	put("c.S", "");
	assert_int_equal(symlink("a.c", "link.c"), 0);
	put("compile_commands.json", "["
	    "{\"directory\": \".\", \"file\": \"b.c\", \"command\": \"cc\"},"
	    "{\"directory\": \".\", \"file\": \"c.S\", \"command\": \"cc\"},"
	    "{\"directory\": \".\", \"file\": \"a.c\", "
	    "\"command\": \"cc -DZ -o 1.o a.c\"},"
	    "{\"directory\": \".\", \"file\": \"link.c\", "
	    "\"command\": \"cc -DA -c link.c\"},"
	    "{\"directory\": \".\", \"file\": \"./a.c\", "
	    "\"command\": \"gcc -DZ -o 2.o ./a.c\"}]");
	assert_int_equal(vn_units_compdb(&units, top), 0);
	assert_int_equal(units.count, 3);
	assert_at_top(units.items[0].file, "a.c");
	assert_flags(&units.items[0], "-DZ");
	assert_at_top(units.items[1].file, "a.c");
	assert_flags(&units.items[1], "-DA");
	assert_at_top(units.items[2].file, "b.c");
	vn_units_free(&units);
}

static void
test_missing(void **state)
{
	struct capture c;
	int error;

	(void)state;
	put("a.c", "");
	capture_start(&c);
	error = read_text("[\n"
	    "{\"directory\": \".\", \"file\": \"no.c\", \"command\": \"cc\"},\n"
	    "{\"directory\": \"no\", \"file\": \"a.c\", \"command\": \"cc\"},\n"
	    "{\"directory\": \".\", \"file\": \"a.c\", \"command\": \"cc\"}]");
	assert_said(&c,
	    "db.json:2:1: entry passed over: '@/no.c': "
	    "No such file or directory\n"
	    "db.json:3:1: entry passed over: '@/no': "
	    "No such file or directory\n");
	assert_int_equal(error, 0);
	assert_int_equal(units.count, 1);
	vn_units_free(&units);
}

static void
test_refused(void **state)
{
	(void)state;
	put("a.c", "");
	assert_refused("[]", "db.json: no compile command of a .c file\n");
	assert_refused("\n {}", "db.json:2:2: not an array of compile commands"
	    "\n");
	assert_refused("[ 1 ]", "db.json:1:3: entry is not an object\n");
	assert_refused("[\n  {\"file\": \"a.h\"},\n  {}]",
	    "db.json:3:3: entry has no 'file'\n");
	assert_refused("[{\"file\": 1}]", "db.json:1:2: entry has no 'file'\n");
	assert_refused("[{\"file\": \"a.c\"}]",
	    "db.json:1:2: entry has neither 'arguments' nor 'command'\n");
	assert_refused("[{\"file\": \"a.c\", \"command\": []}]",
	    "db.json:1:2: 'command' is not a string\n");
	assert_refused("[{\"file\": \"a.c\", \"arguments\": \"cc\"}]",
	    "db.json:1:2: 'arguments' is not an array\n");
	assert_refused("[{\"file\": \"a.c\", \"arguments\": [\"cc\", 1]}]",
	    "db.json:1:2: 'arguments' holds something that is no string\n");
	assert_refused("[{\"file\": \"a.c\", \"directory\": 1}]",
	    "db.json:1:2: 'directory' is not a string\n");
}

static void
test_not_json(void **state)
{
	struct capture c;
	char *said;

	(void)state;
	capture_start(&c);
	assert_int_equal(read_text("[\n  {\"file\": }\n]"), -1);
	said = capture_end(&c);
	assert_memory_equal(said, "db.json:2:12: not JSON: ", 24);
	free(said);
	capture_start(&c);
	assert_int_equal(read_text(""), -1);
	said = capture_end(&c);
	assert_memory_equal(said, "db.json:1:1: not JSON: ", 23);
	free(said);
}

static void
test_unreadable(void **state)
{
	struct capture c;

	(void)state;
	capture_start(&c);
	assert_int_equal(vn_units_compdb(&units, "none.json"), -1);
	assert_said(&c, "none.json: cannot read: No such file or directory\n");
	capture_start(&c);
	assert_int_equal(vn_units_compdb(&units, "."), -1);
	assert_said(&c, "./compile_commands.json: cannot read: "
	    "No such file or directory\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNITS_TEST(test_arguments),
		UNITS_TEST(test_command),
		UNITS_TEST(test_order),
		UNITS_TEST(test_missing),
		UNITS_TEST(test_refused),
		UNITS_TEST(test_not_json),
		UNITS_TEST(test_unreadable),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
