/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The same code if it compiles?  Each way in which that could be fooled.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Quick/ptokens.h"
#include "Quick/quick.h"
#include "Support/mem.h"

/* What stands in both texts before the line that is compared. */
static const char *const head = "# 1 \"./net/a.c\"\nint foo;\n"
    "typedef int type_t;\n";

struct told {
	enum vn_quick	 quick;
	const char	*why;
	char		 file[64];
	unsigned	 line;
};

static void
read_text(struct vn_ptokens *out, const char *before, const char *text)
{
	char *all = vn_asprintf("%s%s", before, text);

	vn_ptokens_read(out, all, strlen(all));
}

static struct told
compare(const char *before, const char *plain, const char *converted,
    const char *source)
{
	struct vn_spelled *spelled = vn_spelled_new();
	struct vn_ptokens t[2];
	struct told told = { 0 };
	const char *file;

	read_text(&t[0], before, plain);
	read_text(&t[1], before, converted);
	vn_spelled_add(spelled, "net/a.c", source, strlen(source));
	told.quick = vn_quick_compare(&t[0], &t[1], spelled, &told.why, &file,
	    &told.line);
	if (file != NULL)
		strncpy(told.file, file, sizeof(told.file) - 1);
	vn_ptokens_free(&t[0]);
	vn_ptokens_free(&t[1]);
	vn_spelled_free(spelled);
	return (told);
}

/* The converted source: V_foo on line 3, where the texts are compared. */
static const char *const spelled_foo = "#define\tV_foo VNET(foo)\n\nV_foo\n";

static void
same(const char *plain, const char *converted, const char *source)
{
	struct told told = compare(head, plain, converted, source);

	if (told.why != NULL)
		print_error("'%s': %s\n", converted, told.why);
	assert_int_equal(told.quick, VN_QUICK_SAME);
	assert_null(told.why);
}

static void
differ(const char *plain, const char *converted, const char *source,
    const char *why)
{
	struct told told = compare(head, plain, converted, source);

	assert_int_equal(told.quick, VN_QUICK_OPEN);
	assert_non_null(told.why);
	assert_string_equal(told.why, why);
	assert_string_equal(told.file, "./net/a.c");
}

static void
test_same(void **state)
{
	(void)state;
	same("x = foo;", "x\n=\n\nfoo;", "");
	same("x = foo;", "x = (foo);", spelled_foo);
	same("f(foo, foo);", "f((foo), (foo));", spelled_foo);
	same("x = (foo);", "x = ((foo));", spelled_foo);
	same("x = (foo);", "x = (foo);", "");
	same("extern int foo;", "extern int foo;", "");
}

static void
test_differ(void **state)
{
	(void)state;
	differ("x = 1;", "x = 2;", "", "the tokens differ");
	differ("x;", "x; y;", "", "the tokens differ");
	differ("x; y;", "x;", "", "the tokens differ");
	differ("x;", "", "", "the tokens differ");
	differ("- -x", "--x", "", "the tokens differ");
	differ("\"a b\"", "\"a  b\"", "", "the tokens differ");
}

static void
test_place(void **state)
{
	struct told told;

	(void)state;
	told = compare(head, "\n\nx = 1;", "\n\nx = 2;", "");
	assert_string_equal(told.file, "./net/a.c");
	assert_int_equal(told.line, 5);
}

static void
test_members(void **state)
{
	const char *why = "parentheses after '.', '->' or 'goto'";

	(void)state;
	differ("p->foo = 1;", "p->(foo) = 1;", spelled_foo, why);
	differ("p.foo = 1;", "p.(foo) = 1;", spelled_foo, why);
	differ("goto foo;", "goto (foo);", spelled_foo, why);
	differ("t a = { .foo = 1 };", "t a = { .(foo) = 1 };", spelled_foo,
	    why);
	same("goto *foo;", "goto *(foo);", spelled_foo);
}

static void
test_enumerators(void **state)
{
	const char *why = "parentheses in an enumerator list";

	(void)state;
	differ("enum { foo };", "enum { (foo) };", spelled_foo, why);
	differ("enum e { A, foo };", "enum e { A, (foo) };", spelled_foo, why);
	differ("enum e { A = (1, 2), foo };", "enum e { A = (1, 2), (foo) };",
	    spelled_foo, why);
	differ("enum __attribute__((packed)) { foo };",
	    "enum __attribute__((packed)) { (foo) };", spelled_foo, why);
	same("int a[] = { foo, foo };", "int a[] = { (foo), (foo) };",
	    spelled_foo);
	differ("enum [[x(1)]] e : long { foo };",
	    "enum [[x(1)]] e : long { (foo) };", spelled_foo, why);
	same("enum e f(int a) { foo = 1; }", "enum e f(int a) { (foo) = 1; }",
	    spelled_foo);
	same("enum e v[] = { foo };", "enum e v[] = { (foo) };", spelled_foo);
	same("enum { A }; f(a, foo);", "enum { A }; f(a, (foo));",
	    spelled_foo);
	same("enum e f(void) { g(a, foo); }", "enum e f(void) { g(a, (foo)); }",
	    spelled_foo);
}

static void
test_types(void **state)
{
	const char *source = "#define V_type_t VNET(type_t)\n\nV_type_t\n";

	(void)state;
	differ("type_t *p;", "(type_t) *p;", spelled_foo,
	    "parentheses round a name without a V_ macro");
	differ("type_t *p;", "(type_t) *p;", source,
	    "parentheses round a type");
	differ("int f(type_t);", "int f((type_t));", source,
	    "parentheses round a type");
	differ("typedef int (*foo)(void); foo *p;",
	    "typedef int (*foo)(void); (foo) *p;", spelled_foo,
	    "parentheses round a type");
	differ("typedef struct { int a; } b, foo; foo *p;",
	    "typedef struct { int a; } b, foo; (foo) *p;", spelled_foo,
	    "parentheses round a type");
	same("typedef char t[(sizeof(struct foo) == 4) ? 1 : -1]; x = foo;",
	    "typedef char t[(sizeof(struct foo) == 4) ? 1 : -1]; x = (foo);",
	    spelled_foo);
	same("typedef struct foo { int foo; } foo_t; x = foo;",
	    "typedef struct foo { int foo; } foo_t; x = (foo);", spelled_foo);
}

static void
test_declarations(void **state)
{
	(void)state;
	differ("extern volatile int foo;", "extern int foo;", spelled_foo,
	    "the tokens differ");
	differ("extern int foo[4];", "extern int foo[5];", spelled_foo,
	    "the tokens differ");
	differ("extern int foo[4];", "extern int foo[];", spelled_foo,
	    "the tokens differ");
	differ("extern int foo __attribute__((aligned(8)));",
	    "extern int foo;", spelled_foo, "the tokens differ");
	differ("static int foo;", "int foo;", spelled_foo,
	    "the tokens differ");
	differ("x;", "extern int foo; x;", spelled_foo, "the tokens differ");
}

static void
test_doubled(void **state)
{
	(void)state;
	differ("x = foo;", "x = ((foo));", spelled_foo, "the tokens differ");
	differ("x = (foo);", "x = foo;", spelled_foo, "the tokens differ");
	differ("x = foo;", "x = (bar);", spelled_foo, "the tokens differ");
	differ("x = foo;", "x = (foo;", spelled_foo, "the tokens differ");
	differ("x = 1;", "x = (1);", spelled_foo, "the tokens differ");
}

static void
test_spelled_elsewhere(void **state)
{
	const char *there =
	    "parentheses round a name not spelled with V_ there";

	(void)state;
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n", there);
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\nV_foo\n",
	    there);
	differ("x = foo;", "x = (foo);",
	    "#define V_foo VNET(foo)\n\n\"V_foo\" /* V_foo */ 'V_foo'\n",
	    there);
	differ("x = foo;", "x = (foo);",
	    "#define V_foo VNET(foo)\n\nmyV_foo\n", there);
	differ("x = foo;", "x = (foo);",
	    "#define V_foo VNET(foo)\n#define V_bar V_foo\n", there);
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n"
	    "#define V_bar VNET(bar)\nV_bar\n", there);
	differ("x = foo;", "x = (foo);", "\n\nV_foo\n",
	    "parentheses round a name without a V_ macro");
	same("x = foo;", "x = (foo);",
	    "#define V_foo VNET(foo)\n#define BAR(x) (V_foo + x)\n");
}

/* The line that #line says counts, and the lines of a call. */
static void
test_spelled_lines(void **state)
{
	(void)state;
	same("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n\n\n\n\n"
	    "#line 2\n\nV_foo\n");
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n"
	    "#line 9\nV_foo\n",
	    "parentheses round a name not spelled with V_ there");
	same("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n\nCALL(a,\n"
	    "#ifdef B\n    b,\n#endif\n    V_foo)\n");
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n\nCALL(a,"
	    "\n    a)\n\nV_foo\n",
	    "parentheses round a name not spelled with V_ there");
}

/* V_foo made by a macro, whose definition may come in a later file. */
static void
test_spelled_pasted(void **state)
{
	const char *there =
	    "parentheses round a name not spelled with V_ there";

	(void)state;
	same("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n\n"
	    "GLOBAL(foo)\n#define GLOBAL(n) V_##n\n");
	same("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n"
	    "#define GLOBAL(n) V_ ## n\n#define BAR GLOBAL(foo)\n");
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n"
	    "#define GLOBAL(n) V_##n\n\nGLOBAL(foo)\n", there);
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n\n"
	    "GLOBAL(foo)\n#define GLOBAL(n) n\n", there);
	differ("x = foo;", "x = (foo);", "#define V_foo VNET(foo)\n\n"
	    "GLOBAL(a, foo)\n#define GLOBAL(a, n) V_##n\n", there);
}

/* A header of the same name elsewhere is another file. */
static void
test_spelled_file(void **state)
{
	struct told told;

	(void)state;
	told = compare("# 1 \"/work/1/net/a.c\"\n\n\n", "foo;", "(foo);",
	    spelled_foo);
	assert_int_equal(told.quick, VN_QUICK_SAME);
	told = compare("# 1 \"subnet/a.c\"\n\n\n", "foo;", "(foo);",
	    spelled_foo);
	assert_int_equal(told.quick, VN_QUICK_OPEN);
	told = compare("# 1 \"unchanged.c\"\n\n\n", "foo;", "(foo);",
	    "#define V_foo VNET(foo)\n#define GLOBAL(n) V_##n\n");
	assert_int_equal(told.quick, VN_QUICK_SAME);
	told = compare("# 1 \"unchanged.c\"\n\n\n", "foo;", "(foo);",
	    "#define GLOBAL(n) V_##n\n");
	assert_int_equal(told.quick, VN_QUICK_OPEN);
	told = compare("", "\n\nfoo;", "\n\n(foo);", spelled_foo);
	assert_int_equal(told.quick, VN_QUICK_OPEN);
}

static void
test_builtins(void **state)
{
	(void)state;
	differ("x = __builtin_LINE();", "x = __builtin_LINE();", "",
	    "__builtin_LINE");
	differ("x = __builtin_FILE();", "x = __builtin_FILE();", "",
	    "__builtin_FILE");
	differ("x = __builtin_COLUMN();", "x = __builtin_COLUMN();", "",
	    "__builtin_COLUMN");
	same("x = __builtin_bswap32(y);", "x = __builtin_bswap32(y);", "");
}

static void
test_dates(void **state)
{
	(void)state;
	differ("\"Sat Feb 29 12:00:00 2020\";", "\"Sat Feb 29 12:00:00 2020\";",
	    "", "a date or time");
	differ("\"Feb  1 2020\";", "\"Feb  1 2020\";", "", "a date or time");
	differ("\"01:02:03\";", "\"01:02:03\";", "", "a date or time");
	differ("\"x \\\"01:02:03\\\"\";", "\"x \\\"01:02:03\\\"\";", "",
	    "a date or time");
	same("\"$Id: a.c 2011-02-03 01:02:03Z b $\";",
	    "\"$Id: a.c 2011-02-03 01:02:03Z b $\";", "");
	differ("\"??? ??? ?? ??:??:?? ????\";",
	    "\"??? ??? ?? ??:??:?? ????\";", "", "a date or time");
	same("\"%02x:%02x:%02x 1:2:3\";", "\"%02x:%02x:%02x 1:2:3\";", "");
}

static void
test_asm(void **state)
{
	(void)state;
	differ("asm(\" .incbin \\\"f\\\"\");", "asm(\" .incbin \\\"f\\\"\");",
	    "", "an .incbin or .include");
	differ("asm(\".include \\\"f\\\"\");", "asm(\".include \\\"f\\\"\");",
	    "", "an .incbin or .include");
	same("a.include = 1;", "a.include = 1;", "");
	same("asm(\".inclu\\n\" \"de\");", "asm(\".inclu\\n\" \"de\");",
	    "");
}

/* Strings as the assembler gets to see them. */
static void
test_asm_strings(void **state)
{
	static const char *const texts[] = {
		"asm(\".inc\" \"bin \\\"f\\\"\");",
		"asm(\"nop;.INCBIN \\\"f\\\"\");",
		"asm(\"\\x2eincbin \\\"f\\\"\");",
		"asm(\".\\151ncbin \\\"f\\\"\");",
		"asm(\".i\" \"nc\" \"lude \\\"f\\\"\");",
	};

	(void)state;
	for (size_t i = 0; i < VN_NITEMS(texts); i++)
		differ(texts[i], texts[i], "", "an .incbin or .include");
}

/* Text for the assembler alone is not preprocessed at all. */
static void
test_nothing(void **state)
{
	(void)state;
	assert_int_equal(compare("", "", "", "").quick, VN_QUICK_OPEN);
}

static void
test_directives(void **state)
{
	(void)state;
	same("#pragma pack(1)\nx;", "#pragma pack(1)\nx;", "");
	differ("#pragma pack(1)\nx;", "#pragma pack(2)\nx;", "",
	    "the tokens differ");
	differ("#pragma pack(1)\nx;", "x;", "", "the tokens differ");
	differ("#pragma redefine (foo)\n", "#pragma redefine foo\n",
	    spelled_foo, "the tokens differ");
	differ("#include \"a.h\"\n", "#include \"a.h\"\n", "",
	    "a directive that is not preprocessed");
}

/* Strings that a macro made of its argument. */
static void
test_strings(void **state)
{
	(void)state;
	differ("f(\"foo\", foo);", "f(\"V_foo\", (foo));", spelled_foo,
	    "the tokens differ");
	same("f(\"V_foo\", foo);", "f(\"V_foo\", (foo));", spelled_foo);
}

/* Lines and blanks count in assembler. */
static void
test_assembler(void **state)
{
	const char *asm_head = "# 1 \"net/a.S\"\n";

	(void)state;
	assert_int_equal(compare(asm_head, "nop\n\nnop", "nop\nnop", "").quick,
	    VN_QUICK_SAME);
	assert_int_equal(compare(asm_head, "# a\nnop", "# a\nnop", "").quick,
	    VN_QUICK_SAME);
	assert_int_equal(compare(asm_head, "nop\nnop", "nop nop", "").quick,
	    VN_QUICK_OPEN);
	assert_int_equal(compare(asm_head, "m - 1", "m -1", "").quick,
	    VN_QUICK_OPEN);
	assert_int_equal(compare(asm_head, "\nfoo", "\n(foo)", spelled_foo)
	    .quick, VN_QUICK_OPEN);
	assert_int_equal(compare(asm_head, ".incbin \"f\"", ".incbin \"f\"",
	    "").quick, VN_QUICK_OPEN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_differ),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_enumerators),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_declarations),
		cmocka_unit_test(test_doubled),
		cmocka_unit_test(test_spelled_elsewhere),
		cmocka_unit_test(test_spelled_lines),
		cmocka_unit_test(test_spelled_pasted),
		cmocka_unit_test(test_spelled_file),
		cmocka_unit_test(test_builtins),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_asm),
		cmocka_unit_test(test_asm_strings),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_assembler)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
