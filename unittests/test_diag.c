/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Messages and guesses.
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
#include "capture.h"

static void
test_places(void **state)
{
	struct capture c;
	char *text;

	(void)state;
	vn_diag_setup("vnetize", VN_WARNING);
	capture_start(&c);
	vn_diag(VN_WARNING, "a.c", 3, 14, "one %d", 1);
	vn_diag(VN_WARNING, "a.c", 3, 0, "two");
	vn_diag(VN_WARNING, "a.c", 0, 0, "three");
	vn_diag(VN_WARNING, "a.c", 0, 9, "four");
	vn_diag(VN_WARNING, NULL, 7, 7, "five");
	vn_warning("%s", "100%");
	text = capture_end(&c);
	assert_string_equal(text, "a.c:3:14: one 1\na.c:3: two\n"
	    "a.c: three\na.c: four\nvnetize: five\nvnetize: 100%\n");
	free(text);
}

/* What of a note, a warning and an error is shown. */
static char *
shown(const char *progname, enum vn_level lowest)
{
	struct capture c;

	vn_diag_setup(progname, lowest);
	capture_start(&c);
	vn_note("note");
	vn_warning("warning");
	vn_error("error");
	return (capture_end(&c));
}

static void
test_levels(void **state)
{
	char *text;

	(void)state;
	text = shown("a", VN_NOTE);
	assert_string_equal(text, "a: note\na: warning\na: error\n");
	free(text);
	text = shown("b", VN_WARNING);
	assert_string_equal(text, "b: warning\nb: error\n");
	free(text);
	text = shown("c", VN_ERROR);
	assert_string_equal(text, "c: error\n");
	free(text);
}

static void
test_count(void **state)
{
	unsigned before;

	(void)state;
	before = vn_diag_errors();
	free(shown("x", VN_NOTE));
	free(shown("x", VN_ERROR));
	assert_int_equal(vn_diag_errors(), before + 2);
}

/* A message longer than any buffer of stdio is still one piece. */
static void
test_long(void **state)
{
	struct capture c;
	char *long_text, *text;

	(void)state;
	long_text = vn_calloc(100001, 1);
	memset(long_text, 'x', 100000);
	vn_diag_setup("p", VN_NOTE);
	capture_start(&c);
	vn_note("%s", long_text);
	text = capture_end(&c);
	assert_int_equal(strlen(text), 100004);
	assert_memory_equal(text, "p: xx", 5);
	assert_string_equal(text + 100002, "x\n");
	free(text);
	free(long_text);
}

static const char *const names[] = {
	"globals", "in-place", "verbose", "version", "V", "quiet"
};

static const char *
nearest(const char *word)
{
	return (vn_diag_nearest(word, names, VN_NITEMS(names)));
}

static void
test_nearest(void **state)
{
	(void)state;
	assert_ptr_equal(nearest("global"), names[0]);
	assert_ptr_equal(nearest("glboals"), names[0]);
	assert_ptr_equal(nearest("gobls"), NULL);	/* 2 of 5 */
	assert_ptr_equal(nearest("inplace"), names[1]);
	assert_ptr_equal(nearest("in_plac"), names[1]);
	assert_ptr_equal(nearest("quite"), names[5]);
	assert_ptr_equal(nearest("quiet"), names[5]);
	assert_ptr_equal(nearest("versoin"), names[3]);
	assert_null(nearest("xyzzy"));
	assert_null(nearest("W"));
	assert_null(nearest(""));
	assert_null(vn_diag_nearest("x", NULL, 0));
}

/* The nearer one wins wherever it stands, and the first of equals. */
static void
test_nearest_order(void **state)
{
	static const char *const words[] = { "abcxyf", "abcdxf", "abxdef" };

	(void)state;
	assert_ptr_equal(vn_diag_nearest("abcdef", words, 3), words[1]);
	assert_ptr_equal(vn_diag_nearest("abxdxf", words, 3), words[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_nearest_order),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
