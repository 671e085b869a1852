/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The set of identifiers.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Facts/names.h"
#include "Support/mem.h"

/* Find len bytes that end where memory ends, for the sanitizer to see. */
static int
find(const struct vn_names *set, const char *name, size_t len, bool spelled)
{
	char *exact = vn_malloc(len);
	int index;

	memcpy(exact, name, len);
	index = spelled ? vn_names_find_spelled(set, exact, len) :
	    vn_names_find(set, exact, len);
	free(exact);
	return (index);
}

static void
test_empty(void **state)
{
	struct vn_names set = { 0 };

	(void)state;
	assert_int_equal(vn_names_find(&set, "a", 1), -1);
	assert_int_equal(vn_names_find_spelled(&set, "a", 1), -1);
	vn_names_free(&set);
	assert_null(set.slots);
}

static void
test_add(void **state)
{
	struct vn_names set = { 0 };

	(void)state;
	assert_int_equal(vn_names_add(&set, "ifnet"), 0);
	assert_int_equal(vn_names_add(&set, "if"), 1);
	assert_int_equal(vn_names_add(&set, "V_ifnet"), 2);
	assert_int_equal(vn_names_add(&set, "ifnet"), 0);
	assert_int_equal(set.count, 3);
	assert_int_equal(find(&set, "ifnet", 5, false), 0);
	assert_int_equal(find(&set, "ifnet", 2, false), 1);
	assert_int_equal(find(&set, "ifnet", 3, false), -1);
	assert_int_equal(find(&set, "ifnets", 6, false), -1);
	assert_int_equal(find(&set, "Ifnet", 5, false), -1);
	assert_int_equal(find(&set, "if\0et", 5, false), -1);
	vn_names_free(&set);
}

static void
test_many(void **state)
{
	enum { COUNT = 1000 };
	struct vn_names set = { 0 };
	char *names[COUNT];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		names[i] = vn_asprintf("n%d", i);
		assert_int_equal(vn_names_add(&set, names[i]), i);
		assert_true(2 * set.count <= set.nslots);
	}
	for (int i = 0; i < COUNT; i++) {
		char *other = vn_asprintf("m%d", i);

		assert_int_equal(find(&set, names[i], strlen(names[i]),
		    false), i);
		assert_int_equal(find(&set, other, strlen(other), false), -1);
		assert_int_equal(vn_names_add(&set, names[i]), i);
		free(other);
	}
	assert_int_equal(set.count, COUNT);
	vn_names_free(&set);
	for (int i = 0; i < COUNT; i++)
		free(names[i]);
}

static void
test_spelled(void **state)
{
	struct vn_names set = { 0 };

	(void)state;
	vn_names_add(&set, "a");
	vn_names_add(&set, "ifnet");
	assert_int_equal(find(&set, "ifnet", 5, true), 1);
	assert_int_equal(find(&set, "if\\\nnet", 7, true), 1);
	assert_int_equal(find(&set, "i\\\r\nf\\ \n\\\nnet", 13, true), 1);
	assert_int_equal(find(&set, "if\\\nnets", 8, true), -1);
	assert_int_equal(find(&set, "if\\\nnet", 7, false), -1);
	vn_names_free(&set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_spelled),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
