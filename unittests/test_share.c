/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Work shared among processes.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "Support/mem.h"
#include "Support/share.h"

enum { COUNT = 1000 };

struct ctx {
	pid_t	parent;
	size_t	calls;		/* in this process */
};

static uint8_t
low_byte(size_t i, void *arg)
{

	((struct ctx *)arg)->calls++;
	return ((uint8_t)(7 * i));
}

static uint8_t
die_in_child(size_t i, void *arg)
{

	if (getpid() != ((struct ctx *)arg)->parent)
		_exit(1);
	return (low_byte(i, arg));
}

static void
check(unsigned jobs, uint8_t (*fn)(size_t, void *))
{
	struct ctx ctx = { .parent = getpid() };
	uint8_t out[COUNT];

	vn_share(out, COUNT, jobs, fn, &ctx);
	for (size_t i = 0; i < COUNT; i++)
		assert_int_equal(out[i], (uint8_t)(7 * i));
	assert_true(ctx.calls <= COUNT);
}

static void
test_one_process(void **state)
{

	(void)state;
	check(1, low_byte);
}

static void
test_many_processes(void **state)
{

	(void)state;
	check(4, low_byte);
}

static void
test_children_that_die(void **state)
{

	(void)state;
	check(4, die_in_child);
}

static void
test_nothing(void **state)
{
	uint8_t out = 5;

	(void)state;
	vn_share(&out, 0, 4, low_byte, NULL);
	assert_int_equal(out, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_process),
		cmocka_unit_test(test_many_processes),
		cmocka_unit_test(test_children_that_die),
		cmocka_unit_test(test_nothing),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
