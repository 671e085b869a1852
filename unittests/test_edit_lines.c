/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Mirror/linemap.h"

/* "1 0 2": the map as text; "no" if the edits do not fit. */
static void
expect(const char *plain, const char *converted,
    const struct vn_line_edit *edits, size_t count, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct vn_linemap map;

	if (vn_linemap_edits(&map, edits, count, plain, strlen(plain),
	    converted, strlen(converted))) {
		for (size_t i = 0; i < map.count; i++)
			vn_strbuf_printf(&sb, "%s%u", i == 0 ? "" : " ",
			    map.lines[i]);
		vn_linemap_free(&map);
	} else
		vn_strbuf_puts(&sb, "no");
	assert_string_equal(sb.data, want);
	vn_strbuf_free(&sb);
}

static void
test_none(void **state)
{

	(void)state;
	expect("a\nb\n", "a\nb\n", NULL, 0, "1 2");
	expect("a\nb", "a\nb", NULL, 0, "1 2");
	expect("a\nb\n", "a\nc\n", NULL, 0, "no");
}

static void
test_word(void **state)
{
	static const struct vn_line_edit edits[] = { { 2, 1, 3 } };

	(void)state;
	expect("a\nx = 1;\nb\n", "a\nV_x = 1;\nb\n", edits, 1, "1 2 3");
}

/* A prefix inserted where a line starts is no line of its own. */
static void
test_prefix(void **state)
{
	static const struct vn_line_edit edits[] = { { 2, 0, 2 } };

	(void)state;
	expect("a\nx;\nb\n", "a\nV_x;\nb\n", edits, 1, "1 2 3");
}

static void
test_line(void **state)
{
	static const struct vn_line_edit edits[] = { { 2, 0, 4 } };

	(void)state;
	expect("a\nb\n", "a\nnew\nb\n", edits, 1, "1 0 2");
}

static void
test_removed(void **state)
{
	static const struct vn_line_edit edits[] = { { 2, 2, 0 } };

	(void)state;
	expect("a\nb\nc\n", "a\nc\n", edits, 1, "1 3");
}

/* Two lines made one, and one made three. */
static void
test_replaced(void **state)
{
	static const struct vn_line_edit one[] = { { 2, 3, 2 } };
	static const struct vn_line_edit three[] = { { 2, 1, 5 } };

	(void)state;
	expect("a\nb\nc\nd\n", "a\nB;\nd\n", one, 1, "1 2 4");
	expect("a\nb\nc\n", "a\nx\ny\nz\nc\n", three, 1, "1 2 2 2 3");
}

static void
test_misfits(void **state)
{
	static const struct vn_line_edit far[] = { { 9, 1, 1 } };
	static const struct vn_line_edit wrong[] = { { 0, 1, 2 } };

	(void)state;
	expect("a\n", "b\n", far, 1, "no");
	expect("a\n", "b\n", wrong, 1, "no");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_none), cmocka_unit_test(test_word),
		cmocka_unit_test(test_prefix), cmocka_unit_test(test_line),
		cmocka_unit_test(test_removed), cmocka_unit_test(test_replaced),
		cmocka_unit_test(test_misfits),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
