/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Options and their help.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Support/diag.h"
#include "Support/mem.h"
#include "Support/opt.h"
#include "Support/strbuf.h"
#include "capture.h"

/* Each option called is added to ctx. */
static int
set_globals(void *ctx, const char *value)
{
	vn_strbuf_printf(ctx, "g=%s ", value);
	return (0);
}

static int
set_verbose(void *ctx, const char *value)
{
	vn_strbuf_printf(ctx, "v%s ", value != NULL ? "!" : "");
	return (0);
}

static int
set_in_place(void *ctx, const char *value)
{
	vn_strbuf_printf(ctx, "i%s ", value != NULL ? "!" : "");
	return (0);
}

static int
set_x(void *ctx, const char *value)
{
	vn_strbuf_printf(ctx, "x=%s ", value);
	return (strcmp(value, "bad") == 0 ? -1 : 0);
}

static const struct vn_opt table[] = {
	{ NULL, 0, NULL, "Options:", NULL },
	{ "globals", 'g', "FILE", "take the names from FILE", set_globals },
	{ "verbose", 'v', NULL, "say more", set_verbose },
	{ "in-place", 'i', NULL,
	    "write the files; all of them or none", set_in_place },
	{ NULL, 'x', "WORD", "only a letter", set_x },
	{ "version", 0, NULL, "only a name,\nin two lines", set_verbose },
};

/*
 * Parse the words of line; the result is what was set, the operands after '|'
 * and the rest after '|'; after an error, the message.
 */
static char *
parse(const char *line)
{
	struct vn_strbuf sb = { 0 };
	char *argv[32], *copy, *operands[32], *rest[32], *s, *text;
	struct capture c;
	int argc, error, i, noperands, nrest;

	copy = vn_strdup(line);
	argv[0] = (char []){ "prog" };
	argc = 1;
	for (s = strtok(copy, " "); s != NULL; s = strtok(NULL, " "))
		argv[argc++] = s;
	capture_start(&c);
	error = vn_opt_parse(table, VN_NITEMS(table), &sb, argc, argv,
	    operands, &noperands, rest, &nrest);
	text = capture_end(&c);
	vn_strbuf_puts(&sb, "|");
	for (i = 0; i < noperands; i++)
		vn_strbuf_printf(&sb, " %s", operands[i]);
	vn_strbuf_puts(&sb, "|");
	for (i = 0; i < nrest; i++)
		vn_strbuf_printf(&sb, " %s", rest[i]);
	assert_true(error == 0 || error == -1);
	vn_strbuf_printf(&sb, "%s%s", error != 0 ? "|error " : "", text);
	free(text);
	free(copy);
	return (vn_strbuf_take(&sb));
}

static void
check(const char *line, const char *expected)
{
	char *text;

	vn_diag_setup("t", VN_WARNING);
	text = parse(line);
	assert_string_equal(text, expected);
	free(text);
}

static void
test_long(void **state)
{
	(void)state;
	check("", "||");
	check("--globals=f", "g=f ||");
	check("--globals f --verbose", "g=f v ||");
	check("--globals=", "g= ||");
	check("--globals=a=b", "g=a=b ||");
	check("--globals --verbose", "g=--verbose ||");
	check("--globals -- a", "g=-- | a|");
	check("--version --in-place", "v i ||");
}

static void
test_short(void **state)
{
	(void)state;
	check("-v -g f", "v g=f ||");
	check("-gf", "g=f ||");
	check("-viv", "v i v ||");
	check("-vgf", "v g=f ||");
	check("-vg f", "v g=f ||");
	check("-g=f", "g==f ||");
	check("-g -v", "g=-v ||");
	check("-xv", "x=v ||");
}

static void
test_operands(void **state)
{
	(void)state;
	check("a -v b --globals=f c", "v g=f | a b c|");
	check("a - b", "| a - b|");
	check("a -v -- -v b --", "v | a| -v b --");
	check("--", "||");
	check("-v -- -- a", "v || -- a");
}

static void
test_unknown(void **state)
{
	(void)state;
	check("--global", "|||error t: unknown option '--global', "
	    "did you mean '--globals'?\n");
	check("--glboals=f", "|||error t: unknown option '--glboals', "
	    "did you mean '--globals'?\n");
	check("--glo", "|||error t: unknown option '--glo', "
	    "did you mean '--globals'?\n");
	check("--ver", "|||error t: unknown option '--ver'\n");
	check("--xyzzy", "|||error t: unknown option '--xyzzy'\n");
	check("--=x", "|||error t: unknown option '--'\n");
	check("-v -Z a", "v |||error t: unknown option '-Z'\n");
	check("-vZ", "v |||error t: unknown option '-Z'\n");
	check("-version=2", "v |||error t: unknown option '-e'\n");
}

/* A long name with one dash, where its letter says nothing. */
static void
test_one_dash(void **state)
{
	static const struct vn_opt one[] = {
		{ "output", 0, NULL, "", set_verbose },
		{ "help", 'h', NULL, "", set_verbose },
	};
	char *argv[] = { (char []){ "p" }, (char []){ "-output=x" }, NULL };
	char *operands[2], *rest[2], *text;
	struct capture c;
	int error, i, j;

	(void)state;
	capture_start(&c);
	error = vn_opt_parse(one, 2, NULL, 2, argv, operands, &i, rest, &j);
	argv[1] = (char []){ "--xyzzy" };
	error += vn_opt_parse(one, 2, NULL, 2, argv, operands, &i, rest, &j);
	text = capture_end(&c);
	assert_int_equal(error, -2);
	assert_string_equal(text, "t: unknown option '-output', "
	    "did you mean '--output'?\n"
	    "t: unknown option '--xyzzy', see '--help'\n");
	free(text);
}

static void
test_values(void **state)
{
	(void)state;
	check("--globals", "|||error t: option '--globals' needs a value, "
	    "as in '--globals=FILE'\n");
	check("-vg", "v |||error t: option '-g' needs a value, "
	    "as in '-g FILE'\n");
	check("--verbose=1 -v",
	    "|||error t: option '--verbose' takes no value\n");
	check("--verbose=", "|||error t: option '--verbose' takes no value\n");
	check("a -x bad -v", "x=bad | a||error ");
}

static char *
help(const struct vn_opt *opts, size_t count)
{
	char *text;
	size_t len;
	FILE *f;

	f = open_memstream(&text, &len);
	assert_non_null(f);
	vn_opt_help(f, opts, count);
	fclose(f);
	return (text);
}

static void
test_help(void **state)
{
	char *text;

	(void)state;
	text = help(table, VN_NITEMS(table));
	assert_string_equal(text,
	    "Options:\n"
	    "  -g, --globals=FILE       take the names from FILE\n"
	    "  -v, --verbose            say more\n"
	    "  -i, --in-place           write the files; all of them or none\n"
	    "  -x WORD                  only a letter\n"
	    "      --version            only a name,\n"
	    "                           in two lines\n");
	free(text);
}

static void
test_help_wide(void **state)
{
	static const struct vn_opt wide[] = {
		{ "a-name-that-fit", 0, "A", "help", set_x },
		{ "a-name-that-fit", 0, "AB", "help", set_x },
		{ NULL, 0, NULL, "More:", NULL },
		{ "b", 'b', NULL, "words that go on until they would be wider "
		    "than the eighty columns of a line\nand more", set_x },
		{ "c", 0, NULL, NULL, set_x },
		{ "d", 0, NULL, "a23456789012345678901234567890123456789012345"
		    "67890123 fits", set_x },
	};
	char *text;

	(void)state;
	text = help(wide, VN_NITEMS(wide));
	assert_string_equal(text,
	    "      --a-name-that-fit=A  help\n"
	    "      --a-name-that-fit=AB\n"
	    "                           help\n"
	    "\n"
	    "More:\n"
	    "  -b, --b                  words that go on until they would be "
	    "wider than the\n"
	    "                           eighty columns of a line\n"
	    "                           and more\n"
	    "      --c\n"
	    "      --d                  a2345678901234567890123456789012345678"
	    "901234567890123\n"
	    "                           fits\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_one_dash),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_help_wide),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
