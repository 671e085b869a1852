/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Looks at the units of lib/Units.
 */

#ifndef VN_UNITTESTS_TEST_UNITS_H
#define	VN_UNITTESTS_TEST_UNITS_H

#include "Units/units.h"
#include "directory.h"

/* All flags of a unit, a blank between, against want. */
static inline void
assert_flags(const struct vn_unit *unit, const char *want)
{
	struct vn_strbuf sb = { 0 };
	char *got;
	size_t i;

	assert_null(unit->argv[unit->argc]);
	for (i = 0; i < unit->argc; i++)
		vn_strbuf_printf(&sb, "%s%s", i == 0 ? "" : " ",
		    unit->argv[i]);
	got = vn_strbuf_take(&sb);
	assert_string_equal(got, want);
	free(got);
}

static inline bool
has_flag(const struct vn_unit *unit, const char *flag)
{
	size_t i;

	for (i = 0; i < unit->argc; i++)
		if (strcmp(unit->argv[i], flag) == 0)
			return (true);
	return (false);
}

#define	UNITS_TEST(fn)	DIRECTORY_TEST(fn)

#endif /* !VN_UNITTESTS_TEST_UNITS_H */
