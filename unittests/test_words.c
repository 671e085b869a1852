/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Kernel macros known by name.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "Rewrite/words.h"

static void
check(const char *name, enum vn_word_kind kind, int pointer, int access,
    int leaf)
{
	const struct vn_word *word = vn_word_find(name,
	    (unsigned)strlen(name));

	assert_non_null(word);
	assert_string_equal(word->name, name);
	assert_int_equal(word->kind, kind);
	assert_int_equal(word->pointer, pointer);
	assert_int_equal(word->access, access);
	assert_int_equal(word->leaf, leaf);
}

static void
test_find(void **state)
{
	(void)state;
	/* SYSCTL_INT(parent, nbr, name, access, ptr, val, descr) */
	check("SYSCTL_INT", VN_WORD_SYSCTL, 4, 3, 2);
	check("SYSCTL_VNET_PROC", VN_WORD_SYSCTL, 4, 3, 2);
	/* SYSCTL_ADD_INT(ctx, parent, nbr, name, access, ptr, ...) */
	check("SYSCTL_ADD_INT", VN_WORD_SYSCTL_ADD, 5, 4, 3);
	check("TUNABLE_INT", VN_WORD_TUNABLE, 1, -1, -1);
	check("SYSINIT", VN_WORD_STORED, -1, -1, -1);
	check("VNET_NAME", VN_WORD_VNET, -1, -1, -1);
	check("VNET_DEFINE", VN_WORD_VNET_DEFINE, 1, -1, -1);
	check("VNET_DEFINE_STATIC", VN_WORD_VNET_STATIC, 1, -1, -1);
	check("VNET_DECLARE", VN_WORD_VNET_DECLARE, 1, -1, -1);
	check("offsetof", VN_WORD_OFFSETOF, 1, -1, -1);
	check("LIST_HEAD_INITIALIZER", VN_WORD_UNUSED, 0, -1, -1);
}

static void
test_find_none(void **state)
{
	(void)state;
	assert_null(vn_word_find("SYSCTL_", 7));
	assert_null(vn_word_find("SYSCTL_INTS", 11));
	assert_null(vn_word_find("sysctl_int", 10));
	assert_null(vn_word_find("", 0));
	/* No NUL is needed, nor looked for. */
	assert_non_null(vn_word_find("VNETS", 4));
}

static void
test_is_vnet(void **state)
{
	(void)state;
	assert_true(vn_word_is_vnet(vn_word_find("VNET", 4)));
	assert_true(vn_word_is_vnet(vn_word_find("VNET_DEFINE", 11)));
	assert_true(vn_word_is_vnet(vn_word_find("VNET_DEFINE_STATIC", 18)));
	assert_true(vn_word_is_vnet(vn_word_find("VNET_DECLARE", 12)));
	assert_false(vn_word_is_vnet(vn_word_find("SYSINIT", 7)));
	assert_false(vn_word_is_vnet(vn_word_find("SYSCTL_VNET_INT", 15)));
	assert_false(vn_word_is_vnet(vn_word_find("offsetof", 8)));
	assert_false(vn_word_is_vnet(NULL));
}

static void
test_queue_heads(void **state)
{
	(void)state;
	assert_true(vn_word_is_queue_head("LIST_HEAD", 9));
	assert_true(vn_word_is_queue_head("TAILQ_HEAD(", 10));
	assert_false(vn_word_is_queue_head("LIST_HEADS", 10));
	assert_false(vn_word_is_queue_head("LIST_HEA", 8));
	assert_false(vn_word_is_queue_head("LIST_ENTRY", 10));
	assert_false(vn_word_is_queue_head("LIST_HEAD_INITIALIZER", 21));
}

static void
test_statements(void **state)
{
	(void)state;
	assert_string_equal(vn_word_statement("MTX_SYSINIT", 11),
	    "mtx_init(%1, %2, NULL, %3);");
	assert_string_equal(vn_word_statement("TUNABLE_INT", 11),
	    "TUNABLE_INT_FETCH(%0, %1);");
	assert_null(vn_word_statement("TUNABLE_INT", 10));
	assert_null(vn_word_statement("DATA_SET", 8));
}

static void
test_attrs(void **state)
{
	(void)state;
	assert_int_equal(vn_word_attr("__unused", 8), VN_ATTR_PLAIN);
	assert_int_equal(vn_word_attr("__attribute__", 13), VN_ATTR_PLAIN);
	assert_int_equal(vn_word_attr("__attribute__", 11), VN_ATTR_PLAIN);
	assert_int_equal(vn_word_attr("__read_mostly", 13), VN_ATTR_HINT);
	assert_int_equal(vn_word_attr("__section", 9), VN_ATTR_SECTION);
	assert_int_equal(vn_word_attr("__sections", 10), VN_ATTR_NONE);
	assert_int_equal(vn_word_attr("int", 3), VN_ATTR_NONE);
	assert_int_equal(vn_word_attr("", 0), VN_ATTR_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_find_none),
		cmocka_unit_test(test_is_vnet),
		cmocka_unit_test(test_queue_heads),
		cmocka_unit_test(test_statements),
		cmocka_unit_test(test_attrs),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
