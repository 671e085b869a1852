/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compile commands as they were given.
 */

#include "Units/commands.h"
#include "Units/path.h"
#include "directory.h"

static struct vn_commands commands;

static int
read_text(const char *text)
{
	put("db.json", text);
	return (vn_commands_read(&commands, "db.json"));
}

static void
assert_below(const char *path, const char *want)
{

	assert_string_equal(vn_file_below(path, top), want);
}

static void
test_kept(void **state)
{
	const struct vn_command *cmd;

	(void)state;
	/* No source exists, nor the directory. */
	assert_int_equal(read_text("[\n"
	    "{\"directory\": \"obj\", \"file\": \"../sys/b.S\",\n"
	    "\"command\": \"ccache env X=y cc -DA='x y' -c ../sys/b.S\"},\n"
	    "{\"directory\": \"obj\", \"file\": \"x.o\", \"command\": \"x\"},\n"
	    "{\"file\": \"a.c\", \"arguments\": [\"cc\", \"-c\"]}]"), 0);
	assert_int_equal(commands.count, 2);
	cmd = &commands.items[0];
	assert_below(cmd->file, "a.c");
	assert_string_equal(cmd->dir, top);
	assert_int_equal(cmd->source, 0);
	assert_int_equal(cmd->cc, 0);
	assert_string_equal(cmd->origin, "db.json:5");
	cmd = &commands.items[1];
	assert_below(cmd->file, "sys/b.S");
	assert_below(cmd->dir, "obj");
	assert_int_equal(cmd->argc, 7);
	assert_null(cmd->argv[7]);
	assert_string_equal(cmd->argv[cmd->cc], "cc");
	assert_string_equal(cmd->argv[4], "-DA=x y");
	assert_string_equal(cmd->argv[cmd->source], "../sys/b.S");
	vn_commands_free(&commands);
}

static void
test_source(void **state)
{
	(void)state;
	/* An argument of an option is no operand. */
	assert_int_equal(read_text("[{\"file\": \"a.c\", \"arguments\": "
	    "[\"cc\", \"-include\", \"a.c\", \"-o\", \"a.c\", \"./a.c\"]},"
	    "{\"file\": \"-b.c\", \"arguments\": "
	    "[\"cc\", \"-c\", \"--\", \"-b.c\"]}]"), 0);
	assert_below(commands.items[0].file, "-b.c");
	assert_int_equal(commands.items[0].source, 3);
	assert_int_equal(commands.items[1].source, 5);
	vn_commands_free(&commands);
}

static void
test_fold(void **state)
{
	(void)state;
	assert_int_equal(read_text("["
	    "{\"file\": \"b.c\", \"command\": \"cc -DB -c b.c\"},"
	    "{\"file\": \"./b.c\", \"command\": \"cc -DA -c b.c\"},"
	    "{\"file\": \"b.c\", \"command\": \"cc  -DB '-c' b.c\"},"
	    "{\"file\": \"a.s\", \"command\": \"cc -c a.s\"}]"), 0);
	assert_int_equal(commands.count, 3);
	assert_below(commands.items[0].file, "a.s");
	assert_string_equal(commands.items[1].argv[1], "-DB");
	assert_string_equal(commands.items[2].argv[1], "-DA");
	vn_commands_free(&commands);
}

static void
test_refused(void **state)
{
	struct capture c;
	int error;

	(void)state;
	capture_start(&c);
	error = read_text("[\n {\"file\": \"a.c\", \"command\": \" \"}]");
	assert_said(&c, "db.json:2:2: entry has an empty command\n");
	assert_int_equal(error, -1);
	capture_start(&c);
	error = read_text("[{\"file\": \"a.cc\", \"command\": \"c++\"}]");
	assert_said(&c,
	    "db.json: no compile command of a .c, .S or .s file\n");
	assert_int_equal(error, -1);
	assert_int_equal(commands.count, 0);
}

static void
assert_clean(const char *path, const char *want)
{
	char *got;

	got = vn_path_clean(path);
	assert_string_equal(got, want);
	free(got);
}

static void
test_clean(void **state)
{
	char *path, *want;

	(void)state;
	assert_clean("/", "/");
	assert_clean("/..", "/");
	assert_clean("//a/./b//", "/a/b");
	assert_clean("/a/../b/.c/..d", "/b/.c/..d");
	/* A ".." after a link means the place that it leads to. */
	put("one/two/file", "");
	put("one/other", "");
	assert_int_equal(symlink("one/two", "link"), 0);
	path = vn_asprintf("%s/link/../other", top);
	want = vn_asprintf("%s/one/other", top);
	assert_clean(path, want);
	free(path);
	free(want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DIRECTORY_TEST(test_kept),
		DIRECTORY_TEST(test_source),
		DIRECTORY_TEST(test_fold),
		DIRECTORY_TEST(test_refused),
		DIRECTORY_TEST(test_clean),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
