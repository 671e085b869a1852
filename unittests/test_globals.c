/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * globals-list(5): its grammar, and every mistake with its place.
 */

#include "Facts/globals.h"
#include "directory.h"

#define	SYNTAX	"write 'name', 'file.c:name' or 'file.c:function():name'\n"
#define	OPTIONS	"one name a line, with header=FILE or init=FUNCTION after it\n"

/* Was exactly that printed? */
static void
said(struct capture *c, const char *want)
{
	char *got = capture_end(c);

	assert_string_equal(got, want);
	free(got);
}

static void
put_member(struct vn_strbuf *sb, const char *key, const char *value)
{

	if (value != NULL)
		vn_strbuf_printf(sb, " %s=%s", key, value);
}

/* The names of the lists as text: each member that is set. */
static void
assert_globals(const struct vn_globals *globals, const char *want)
{
	struct vn_strbuf sb = { 0 };
	char *got;

	for (size_t i = 0; i < globals->count; i++) {
		const struct vn_global *g = &globals->items[i];

		vn_strbuf_printf(&sb, "%s%s:%u:%u %s", i == 0 ? "" : "\n",
		    g->list, g->line, g->col, g->name);
		put_member(&sb, "file", g->file);
		put_member(&sb, "function", g->function);
		put_member(&sb, "module", g->module);
		put_member(&sb, "header", g->header);
		put_member(&sb, "init", g->init);
	}
	got = vn_strbuf_take(&sb);
	assert_string_equal(got, want);
	free(got);
}

/* Read the list "l" of that text. */
static void
check_bytes(const char *text, size_t len, int status, const char *want,
    const char *complaint)
{
	struct vn_globals globals = { 0 };
	struct capture c;
	int got;

	assert_int_equal(vn_file_write("l", text, len, NULL), 0);
	capture_start(&c);
	got = vn_globals_read(&globals, "l", NULL, 0);
	said(&c, complaint);
	assert_int_equal(got, status);
	assert_globals(&globals, want);
	vn_globals_free(&globals);
	assert_null(globals.items);
	assert_int_equal(globals.count, 0);
}

static void
good(const char *text, const char *want)
{

	check_bytes(text, strlen(text), 0, want, "");
}

static void
bad(const char *text, const char *want, const char *complaint)
{

	check_bytes(text, strlen(text), -1, want, complaint);
}

static void
test_names(void **state)
{
	(void)state;
	good("a\n_b9\nZ\n", "l:1:1 a\nl:2:1 _b9\nl:3:1 Z");
	good("  a  \n\n\t b\t\n", "l:1:3 a\nl:3:3 b");
	good("a", "l:1:1 a");
	good("# x\na # y\n#\nb#z\n", "l:2:1 a\nl:4:1 b");
	good("in.c:a\nnet/in.c:b\n",
	    "l:1:1 a file=in.c\nl:2:1 b file=net/in.c");
	good("in.c:f():a\n", "l:1:1 a file=in.c function=f");
	good("a\nin.c:a\nip.c:a\nin.c:f():a\nin.c:g():a\n",
	    "l:1:1 a\nl:2:1 a file=in.c\nl:3:1 a file=ip.c\n"
	    "l:4:1 a file=in.c function=f\nl:5:1 a file=in.c function=g");
}

static void
test_options(void **state)
{
	(void)state;
	good("a header=net/a.h\n", "l:1:1 a header=net/a.h");
	good("a\tinit=f  header=b.h # c\n", "l:1:1 a header=b.h init=f");
	good("x.c:a init=x=y\n", "l:1:1 a file=x.c init=x=y");
}

static void
test_modules(void **state)
{
	(void)state;
	good("a\n@module net\nb\nc\n  @module\tinet # d\nd\n",
	    "l:1:1 a\nl:3:1 b module=net\nl:4:1 c module=net\n"
	    "l:6:1 d module=inet");
	bad("@modul net\na\n", "l:2:1 a",
	    "l:1:1: unknown directive; write '@module NAME'\n");
	bad(" @module\na\n", "l:2:1 a",
	    "l:1:2: unknown directive; write '@module NAME'\n");
	bad("@module 9\n@module a b\n@modules a\n@module a-b\nx\n", "l:5:1 x",
	    "l:1:1: unknown directive; write '@module NAME'\n"
	    "l:2:1: unknown directive; write '@module NAME'\n"
	    "l:3:1: unknown directive; write '@module NAME'\n"
	    "l:4:1: unknown directive; write '@module NAME'\n");
}

static void
test_newlines(void **state)
{
	static const char nul[] = "a\0b\nc\n";

	(void)state;
	good("a\r\n\r\n@module m\r\nx.c:b init=i\r\n",
	    "l:1:1 a\nl:4:1 b file=x.c module=m init=i");
	good("\357\273\277a\nb\n", "l:1:1 a\nl:2:1 b");
	check_bytes(nul, sizeof(nul) - 1, -1, "l:2:1 c",
	    "l:1:1: 'a' is not a name; " SYNTAX);
}

static void
test_bad_names(void **state)
{
	(void)state;
	bad("ok\n 1a\n", "l:1:1 ok", "l:2:2: '1a' is not a name; " SYNTAX);
	bad("a-b\n", "", "l:1:1: 'a-b' is not a name; " SYNTAX);
	bad("f.c:\n", "", "l:1:5: 'f.c:' is not a name; " SYNTAX);
	bad("f.c:f():\n", "", "l:1:9: 'f.c:f():' is not a name; " SYNTAX);
	bad("f.c:f()\n", "", "l:1:5: 'f.c:f()' is not a name; " SYNTAX);
	bad("f.c:9\n", "", "l:1:5: 'f.c:9' is not a name; " SYNTAX);
	bad("f.c:a:b\n", "", "l:1:5: 'f.c:a:b' is not a name; " SYNTAX);
	bad("\t:a\n", "",
	    "l:1:2: no file before the colon; write 'file.c:name'\n");
}

static void
test_bad_options(void **state)
{
	(void)state;
	bad("a b\nc\n", "l:2:1 c",
	    "l:1:3: 'b' is no option of a name; " OPTIONS);
	bad("a  head=x\n", "", "l:1:4: 'head=x' is no option of a name; "
	    OPTIONS);
	bad("a headers=x\n", "", "l:1:3: 'headers=x' is no option of a name; "
	    OPTIONS);
	bad("a header=\n", "",
	    "l:1:3: 'header' needs one value: header=VALUE\n");
	bad("a init=f init=g\n", "",
	    "l:1:10: 'init' needs one value: init=VALUE\n");
	bad("a header=x.h b\n", "",
	    "l:1:14: 'b' is no option of a name; " OPTIONS);
}

static void
test_twice(void **state)
{
	(void)state;
	bad("a\nb\n a\n", "l:1:1 a\nl:2:1 b",
	    "l:3:2: 'a' is listed twice; it stands at l:1 too\n");
	bad("x.c:a\nx.c:a init=f\n", "l:1:1 a file=x.c",
	    "l:2:1: 'a' is listed twice; it stands at l:1 too\n");
	bad("x.c:f():a\nx.c:f():a\n", "l:1:1 a file=x.c function=f",
	    "l:2:1: 'a' is listed twice; it stands at l:1 too\n");
}

static void
test_empty(void **state)
{
	(void)state;
	bad("", "", "l: the list names no globals; write one name a line\n");
	bad("# a\n\n@module m\n", "",
	    "l: the list names no globals; write one name a line\n");
	/* Not besides another complaint. */
	bad("9\n", "", "l:1:1: '9' is not a name; " SYNTAX);
}

static void
test_several(void **state)
{
	struct vn_globals globals = { 0 };
	struct capture c;

	(void)state;
	put("k", "@module m\na\n");
	put("l", "b\na\nc\n");
	capture_start(&c);
	assert_int_equal(vn_globals_read(&globals, "k", NULL, 0), 0);
	assert_int_equal(vn_globals_read(&globals, "l", NULL, 0), -1);
	said(&c, "l:2:1: 'a' is listed twice; it stands at k:2 too\n");
	assert_globals(&globals, "k:2:1 a module=m\nl:1:1 b\nl:3:1 c");
	vn_globals_free(&globals);
}

static void
test_directories(void **state)
{
	struct vn_globals globals = { 0 };
	static const char *const dirs[] = { "none", "d", "e" };
	struct capture c;

	(void)state;
	put("d/x", "in_d\n");
	put("e/x", "in_e\n");
	put("e/y", "y_in_e\n");
	put("e/z/w", "w\n");
	put("y", "here\n");
	capture_start(&c);
	assert_int_equal(vn_globals_read(&globals, "x", dirs, 3), 0);
	assert_int_equal(vn_globals_read(&globals, "y", dirs, 3), 0);
	assert_int_equal(vn_globals_read(&globals, "z/w", dirs, 3), -1);
	assert_int_equal(vn_globals_read(&globals, "v", dirs, 3), -1);
	said(&c, "t: cannot read the list 'z/w': "
	    "No such file or directory\n"
	    "t: cannot read the list 'v': No such file or directory\n");
	assert_globals(&globals, "x:1:1 in_d\ny:1:1 here");
	vn_globals_free(&globals);
}

static void
test_stdin(void **state)
{
	struct vn_globals globals = { 0 };
	struct capture c;

	(void)state;
	put("l", "a\n9\n");
	assert_non_null(freopen("l", "r", stdin));
	capture_start(&c);
	assert_int_equal(vn_globals_read(&globals, "-", NULL, 0), -1);
	said(&c, "<stdin>:2:1: '9' is not a name; " SYNTAX);
	assert_globals(&globals, "<stdin>:1:1 a");
	vn_globals_free(&globals);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DIRECTORY_TEST(test_names),
		DIRECTORY_TEST(test_options),
		DIRECTORY_TEST(test_modules),
		DIRECTORY_TEST(test_newlines),
		DIRECTORY_TEST(test_bad_names),
		DIRECTORY_TEST(test_bad_options),
		DIRECTORY_TEST(test_twice),
		DIRECTORY_TEST(test_empty),
		DIRECTORY_TEST(test_several),
		DIRECTORY_TEST(test_directories),
		DIRECTORY_TEST(test_stdin),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
