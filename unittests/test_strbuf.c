/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Growable bytes, and the memory below them.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

static void
test_add(void **state)
{
	struct vn_strbuf sb = { 0 };

	(void)state;
	vn_strbuf_puts(&sb, "ab");
	vn_strbuf_putc(&sb, '\0');
	vn_strbuf_add(&sb, "cde", 2);
	assert_int_equal(sb.len, 5);
	assert_memory_equal(sb.data, "ab\0cd", 6);
	assert_true(sb.room > sb.len);
	vn_strbuf_free(&sb);
	assert_null(sb.data);
	assert_int_equal(sb.len, 0);
	vn_strbuf_puts(&sb, "again");
	assert_string_equal(sb.data, "again");
	vn_strbuf_free(&sb);
}

static void
test_add_nothing(void **state)
{
	struct vn_strbuf sb = { 0 };

	(void)state;
	vn_strbuf_add(&sb, NULL, 0);
	assert_int_equal(sb.len, 0);
	assert_string_equal(sb.data, "");
	vn_strbuf_free(&sb);
}

static void
test_grow(void **state)
{
	struct vn_strbuf sb = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		vn_strbuf_putc(&sb, (char)('a' + i % 26));
		assert_int_equal(sb.data[sb.len], '\0');
	}
	assert_int_equal(sb.len, 100000);
	for (i = 0; i < 100000; i++)
		assert_int_equal(sb.data[i], 'a' + i % 26);
	vn_strbuf_free(&sb);
}

static void
test_reserve(void **state)
{
	struct vn_strbuf sb = { 0 };
	char *data;

	(void)state;
	vn_strbuf_puts(&sb, "x");
	vn_strbuf_reserve(&sb, 1000);
	assert_true(sb.room >= 1002);
	assert_string_equal(sb.data, "x");
	data = sb.data;
	vn_strbuf_reserve(&sb, 1000);
	assert_ptr_equal(sb.data, data);
	vn_strbuf_free(&sb);
}

static void
test_printf(void **state)
{
	struct vn_strbuf sb = { 0 };

	(void)state;
	vn_strbuf_printf(&sb, "%d-%s", 42, "x");
	vn_strbuf_printf(&sb, "%300d", 7);
	assert_int_equal(sb.len, 304);
	assert_memory_equal(sb.data, "42-x ", 5);
	assert_string_equal(sb.data + 302, " 7");
	vn_strbuf_free(&sb);
}

static void
test_take(void **state)
{
	struct vn_strbuf sb = { 0 };
	char *s;

	(void)state;
	s = vn_strbuf_take(&sb);
	assert_string_equal(s, "");
	free(s);
	vn_strbuf_puts(&sb, "mine");
	s = vn_strbuf_take(&sb);
	assert_string_equal(s, "mine");
	assert_null(sb.data);
	assert_int_equal(sb.len, 0);
	assert_int_equal(sb.room, 0);
	free(s);
}

static void
test_mem(void **state)
{
	char *p;
	size_t i;

	(void)state;
	p = vn_malloc(0);
	assert_non_null(p);
	p = vn_realloc(p, 10);
	free(p);
	p = vn_calloc(3, 7);
	for (i = 0; i < 21; i++)
		assert_int_equal(p[i], 0);
	free(p);
	p = vn_strndup("abcdef", 3);
	assert_string_equal(p, "abc");
	free(p);
	p = vn_strdup("whole");
	assert_string_equal(p, "whole");
	free(p);
	p = vn_asprintf("%s=%u", "a", 5u);
	assert_string_equal(p, "a=5");
	free(p);
}

static void
test_vec(void **state)
{
	struct pair { int a, b; };
	VN_VEC(struct pair) v = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		VN_PUSH(&v, (struct pair){ i, -i });
	assert_int_equal(v.count, 100);
	for (i = 0; i < 100; i++) {
		assert_int_equal(v.items[i].a, i);
		assert_int_equal(v.items[i].b, -i);
	}
	VN_FREE(&v);
	assert_null(v.items);
	assert_int_equal(v.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_add_nothing),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_reserve),
		cmocka_unit_test(test_printf),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_mem),
		cmocka_unit_test(test_vec),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
