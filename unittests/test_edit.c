/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Sets of edits: order, folding, conflicts, the result.
 */

#include "Rewrite/edit.h"
#include "Support/diag.h"
#include "capture.h"
#include "sample.h"

/* The bytes of source i with its edits made. */
static void
check_applied(const struct vn_edits *edits, const struct sample *m, int i,
    const char *want)
{
	struct vn_strbuf sb = { 0 };
	size_t end, first = vn_edits_range(edits, i, &end);

	vn_edits_apply(&sb, m->sources.items[i], edits, first, end);
	assert_buffer(&sb, want);
}

static void
test_apply(void **state)
{
	struct vn_edits edits = { 0 };
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "abcdef");
	check_applied(&edits, &m, 0, "abcdef");
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	vn_edits_add(&edits, 0, 6, 0, "]", 0, "r");
	vn_edits_add(&edits, 0, 3, 1, "", 0, "r");
	vn_edits_add(&edits, 0, 1, 2, "xyz", 0, "r");
	vn_edits_add(&edits, 0, 0, 0, "[", 0, "r");
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	assert_int_equal(edits.count, 4);
	check_applied(&edits, &m, 0, "[axyzef]");
	vn_edits_free(&edits);
	assert_null(edits.items);
	sample_free(&m);
}

static void
test_old(void **state)
{
	static const uint32_t want[] = { 0, 0, 1, 1, 1, 4, 5, 6, 6 };
	struct vn_edits edits = { 0 };
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "abcdef");
	assert_int_equal(vn_edits_old(&edits, 0, 0, 4), 4);
	vn_edits_add(&edits, 0, 6, 0, "]", 0, "r");
	vn_edits_add(&edits, 0, 3, 1, "", 0, "r");
	vn_edits_add(&edits, 0, 1, 2, "xyz", 0, "r");
	vn_edits_add(&edits, 0, 0, 0, "[", 0, "r");
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	check_applied(&edits, &m, 0, "[axyzef]");
	for (size_t i = 0; i < VN_NITEMS(want); i++)
		assert_int_equal(vn_edits_old(&edits, 0, edits.count,
		    (uint32_t)i), want[i]);
	vn_edits_free(&edits);
	sample_free(&m);
}

static void
test_copied(void **state)
{
	struct vn_edits edits = { 0 };
	struct sample m;
	char text[] = "abc";

	(void)state;
	sample_init(&m, "a.c", "");
	vn_edits_add(&edits, 0, 0, 0, text, 0, "r");
	text[0] = 'x';
	check_applied(&edits, &m, 0, "abc");
	vn_edits_free(&edits);
	sample_free(&m);
}

static void
test_fold(void **state)
{
	struct vn_edits edits = { 0 };
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "abc");
	vn_edits_add(&edits, 0, 1, 1, "x", 0, "one");
	vn_edits_add(&edits, 0, 0, 0, "i", 0, "one");
	vn_edits_add(&edits, 0, 1, 1, "x", 0, "two");
	vn_edits_add(&edits, 0, 0, 0, "i", 0, "two");
	vn_edits_add(&edits, 0, 1, 1, "x", 0, "one");
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	assert_int_equal(edits.count, 2);
	check_applied(&edits, &m, 0, "iaxc");
	/* Again: nothing changes. */
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	assert_int_equal(edits.count, 2);
	vn_edits_free(&edits);
	sample_free(&m);
}

/* Insertions at one offset go by rank, then before what is replaced there. */
static void
test_ranks(void **state)
{
	struct vn_edits edits = { 0 };
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "ab");
	vn_edits_add(&edits, 0, 1, 1, "X", VN_RANK_GUARD, "r");
	vn_edits_add(&edits, 0, 1, 0, "5", 5, "r");
	vn_edits_add(&edits, 0, 1, 0, "e", VN_RANK_ENDIF, "r");
	vn_edits_add(&edits, 0, 1, 0, "d", VN_RANK_DEFINE, "r");
	vn_edits_add(&edits, 0, 1, 0, "0", 0, "r");
	vn_edits_add(&edits, 0, 1, 0, "i", VN_RANK_INCLUDE, "r");
	vn_edits_add(&edits, 0, 1, 0, "g", VN_RANK_GUARD, "r");
	vn_edits_add(&edits, 0, 1, 0, "c", VN_RANK_DEFINE, "r");
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	check_applied(&edits, &m, 0, "agicde05X");
	vn_edits_free(&edits);
	sample_free(&m);
}

static void
test_sources(void **state)
{
	struct vn_edits edits = { 0 };
	struct sample m;
	size_t end;

	(void)state;
	sample_init(&m, "a.c", "aa");
	sample_add(&m, "b.c", "bb");
	sample_add(&m, "c.c", "cc");
	vn_edits_add(&edits, 2, 0, 1, "z", 0, "r");
	vn_edits_add(&edits, 0, 0, 1, "x", 0, "r");
	vn_edits_add(&edits, 2, 1, 1, "z", 0, "r");
	assert_int_equal(vn_edits_merge(&edits, &m.sources), 0);
	check_applied(&edits, &m, 0, "xa");
	check_applied(&edits, &m, 1, "bb");
	check_applied(&edits, &m, 2, "zz");
	assert_int_equal(vn_edits_range(&edits, 2, &end), 1);
	assert_int_equal(end, 3);
	assert_int_equal(vn_edits_range(&edits, 1, &end), 1);
	assert_int_equal(end, 1);
	assert_int_equal(vn_edits_range(&edits, 3, &end), 3);
	assert_int_equal(end, 3);
	vn_edits_free(&edits);
	sample_free(&m);
}

/* Two edits of "ab\ncdef" that cannot both be made, or can: said is "". */
static void
check_conflict(uint32_t off1, uint32_t len1, const char *text1, uint32_t off2,
    uint32_t len2, const char *text2, const char *said)
{
	struct vn_edits edits = { 0 };
	struct capture c;
	struct sample m;
	char *got;
	int status;

	sample_init(&m, "a.c", "ab\ncdef");
	vn_edits_add(&edits, 0, off1, len1, text1, 0, "one");
	vn_edits_add(&edits, 0, off2, len2, text2, 0, "two");
	capture_start(&c);
	status = vn_edits_merge(&edits, &m.sources);
	got = capture_end(&c);
	assert_string_equal(got, said);
	assert_int_equal(status, *said == '\0' ? 0 : -1);
	free(got);
	vn_edits_free(&edits);
	sample_free(&m);
}

static void
test_conflicts(void **state)
{
	(void)state;
	check_conflict(3, 2, "x", 4, 2, "y", "a.c:2:2: edits in conflict: "
	    "rule one wants 'x', rule two wants 'y'; please report this\n");
	check_conflict(4, 2, "y", 3, 2, "x", "a.c:2:2: edits in conflict: "
	    "rule two wants 'x', rule one wants 'y'; please report this\n");
	check_conflict(3, 2, "x", 3, 2, "y", "a.c:2:1: edits in conflict: "
	    "rule one wants 'x', rule two wants 'y'; please report this\n");
	check_conflict(3, 3, "x", 3, 2, "x", "a.c:2:1: edits in conflict: "
	    "rule two wants 'x', rule one wants 'x'; please report this\n");
	check_conflict(0, 7, "x", 5, 0, "y", "a.c:2:3: edits in conflict: "
	    "rule one wants 'x', rule two wants 'y'; please report this\n");
	/* Side by side is none, nor an insertion at either end. */
	check_conflict(3, 2, "x", 5, 1, "y", "");
	check_conflict(3, 2, "x", 3, 0, "y", "");
	check_conflict(3, 2, "x", 5, 0, "y", "");
	check_conflict(3, 0, "x", 3, 0, "y", "");
}

/* Insert "x\ny" at the front of a text, newlines as they are there. */
static void
check_newlines(const char *text, const char *want)
{
	struct vn_edits edits = { 0 };
	struct sample m;

	sample_init(&m, "a.c", text);
	vn_edits_add(&edits, 0, 0, 0, "x\ny", 0, "r");
	vn_edits_newlines(&edits, &m.sources);
	check_applied(&edits, &m, 0, want);
	vn_edits_free(&edits);
	sample_free(&m);
}

static void
test_newlines(void **state)
{
	(void)state;
	check_newlines("a\r\nb\r\n", "x\r\nya\r\nb\r\n");
	check_newlines("a\nb\n", "x\nya\nb\n");
	check_newlines("a", "x\nya");
	check_newlines("", "x\ny");
	check_newlines("\n", "x\ny\n");
	check_newlines("\r\n", "x\r\ny\r\n");
	check_newlines("a\nb\r\n", "x\nya\nb\r\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_old),
		cmocka_unit_test(test_copied),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_conflicts),
		cmocka_unit_test(test_newlines),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
