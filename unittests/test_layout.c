/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Lines that have grown: columns that are kept, lines that are broken.
 */

#include "Rewrite/layout.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "sample.h"

/* Write V_x for each word x of the text, and lay it out. */
static void
check(const char *text, const char *want)
{
	struct vn_plan plan = { .style = vn_styles[0] };
	struct vn_strbuf sb = { 0 };
	struct sample m;

	sample_init(&m, "a.c", text);
	plan.sources = &m.sources;
	for (int t = 0; t < (int)m.source->lex.ntoks; t++)
		if (vn_tok_word(m.source, t, "x"))
			vn_edits_add(&plan.edits, 0,
			    m.source->lex.toks[t].off, 1, "V_x", 0, "r");
	assert_int_equal(vn_edits_merge(&plan.edits, &m.sources), 0);
	vn_plan_layout(&plan);
	assert_int_equal(vn_edits_merge(&plan.edits, &m.sources), 0);
	vn_edits_apply(&sb, m.source, &plan.edits, 0, plan.edits.count);
	assert_buffer(&sb, want);
	vn_edits_free(&plan.edits);
	sample_free(&m);
}

static void
test_column(void **state)
{
	static const char line[] = "a\tb  \t c";

	(void)state;
	assert_int_equal(vn_layout_column(line, 0, 0), 0);
	assert_int_equal(vn_layout_column(line, 0, 1), 1);
	assert_int_equal(vn_layout_column(line, 0, 2), 8);
	assert_int_equal(vn_layout_column(line, 0, 5), 11);
	assert_int_equal(vn_layout_column(line, 0, 6), 16);
	assert_int_equal(vn_layout_column(line, 0, 7), 17);
	assert_int_equal(vn_layout_column(line, 2, 6), 8);
	assert_int_equal(vn_layout_column("\t\t", 0, 2), 16);
}

static void
test_comments(void **state)
{
	(void)state;
	check("\tx = 1;\t\t/* a */\n", "\tV_x = 1;\t/* a */\n");
	check("\tx = 1;    /* a */\n", "\tV_x = 1;  /* a */\n");
	check("\tx = 1;\t\t/* a\n\t\t\t * b */\n",
	    "\tV_x = 1;\t/* a\n\t\t\t * b */\n");
	check("\tx = 1;\t\t// a\n", "\tV_x = 1;\t// a\n");
	/* Too late for the old column: the next tab stop, or a blank. */
	check("\tx = 12;\t/* a */\n", "\tV_x = 12;\t/* a */\n");
	check("\tx = 1; /* a */\n", "\tV_x = 1; /* a */\n");
	check("\ty = 1;\t\t/* x */\n", "\ty = 1;\t\t/* x */\n");
}

static void
test_backslashes(void **state)
{
	(void)state;
	check("#define A do {\t\\\n\tx++;\t\\\n\ty++;\t\\\n} while (0)\n",
	    "#define A do {\t\\\n\tV_x++;\t\\\n\ty++;\t\\\n} while (0)\n");
	check("#define A \\\n\tx++;     \\\n\ty\n",
	    "#define A \\\n\tV_x++;   \\\n\ty\n");
}

/* 60 columns: with the tab before and what follows, lines of about 80. */
#define	LONG	"f(aaaaaaaaa, bbbbbbbbb, ccccccccc, ddddddddd, "	\
	"eeeeeeeee, fff"

static void
test_break(void **state)
{
	(void)state;
	/* 78 columns become 80, which fit; 79 do not. */
	check("\t" LONG ", ggg, x);\n", "\t" LONG ", ggg, V_x);\n");
	check("\t" LONG ", gggg, x);\n", "\t" LONG ", gggg,\n\t    V_x);\n");
	/* A line that was too long before stays. */
	check("\t" LONG ", ggg, x, y, z);\n",
	    "\t" LONG ", ggg, V_x, y, z);\n");
	/* A comment may stick out. */
	check("\t" LONG ", x);\t/* a */\n", "\t" LONG ", V_x);\t/* a */\n");
	/* So may a directive. */
	check("#define A " LONG ", gggggg, x)\n",
	    "#define A " LONG ", gggggg, V_x)\n");
}

static void
test_fill(void **state)
{
	(void)state;
	/* What is pushed down goes before the next line's words. */
	check("\t" LONG ", ggggg, x,\n\t    y, z);\n",
	    "\t" LONG ", ggggg,\n\t    V_x, y, z);\n");
	/* Conditions break behind their operators, at the lowest level. */
	check("\tif (aaaaaaaaaaaaaaaaaaaaaaaa(b, c) && "
	    "dddddddddddddddddddddddddd(e, x))\n\t\tg;\n",
	    "\tif (aaaaaaaaaaaaaaaaaaaaaaaa(b, c) &&\n"
	    "\t    dddddddddddddddddddddddddd(e, V_x))\n\t\tg;\n");
	/* Nor is the body drawn up where the condition began before. */
	check("\twhile (a &&\n\t    bbbbbbbbbbbbbbbbbbbbbbbbbbbbb(c, d) == "
	    "eeeeeeeeeeeeeeeeeeeee(f, x))\n\t\tg;\n",
	    "\twhile (a &&\n\t    bbbbbbbbbbbbbbbbbbbbbbbbbbbbb(c, d) == "
	    "eeeeeeeeeeeeeeeeeeeee(f,\n\t    V_x))\n\t\tg;\n");
	/* A line without a place to break stays. */
	check("\taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaa(x[12]);\n",
	    "\taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaa(V_x[12]);\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_column),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_backslashes),
		cmocka_unit_test(test_break),
		cmocka_unit_test(test_fill),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
