/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Target styles, and which one a tree's header is of.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "Rewrite/style.h"

static void
test_named(void **state)
{
	(void)state;
	for (size_t i = 0; vn_styles[i] != NULL; i++)
		assert_ptr_equal(vn_style_named(vn_styles[i]->name),
		    vn_styles[i]);
	assert_non_null(vn_style_named("vnet"));
	assert_non_null(vn_style_named("vnet2009"));
	assert_null(vn_style_named("vnet20"));
	assert_null(vn_style_named(""));
}

/* What no style can do without. */
static void
test_complete(void **state)
{
	(void)state;
	for (size_t i = 0; vn_styles[i] != NULL; i++) {
		const struct vn_style *s = vn_styles[i];

		/* Plain globals have no words; no header is in that style. */
		if (s->mark == NULL) {
			assert_string_equal(s->name, "none");
			assert_null(s->define);
			assert_null(vn_styles[i + 1]);
			continue;
		}
		assert_non_null(s->define);
		assert_non_null(s->declare);
		assert_non_null(s->access);
		assert_non_null(s->address);
		assert_non_null(s->prefix);
		assert_non_null(s->header);
		assert_non_null(s->needs);
		assert_non_null(s->option);
		assert_non_null(s->sysctl_from);
		/* A sysctl gets either another macro or a flag. */
		assert_true((s->sysctl_to == NULL) !=
		    (s->sysctl_flag == NULL));
		assert_true(s->sysctl_twins == NULL || s->sysctl_to != NULL);
		assert_string_equal(s->header, vn_styles[0]->header);
	}
}

static void
check_header(const char *text, const char *want)
{
	const struct vn_style *style = vn_style_of_header(text, strlen(text));

	if (want == NULL)
		assert_null(style);
	else {
		assert_non_null(style);
		assert_string_equal(style->name, want);
		assert_true(vn_style_fits(style, text, strlen(text)));
	}
}

static void
test_header(void **state)
{
	(void)state;
	check_header("#define VNET_DEFINE_STATIC(t, n) static t n\n", "vnet");
	check_header("#define SYSCTL_VNET_INT(a) b\n", "vnet2009");
	check_header("#ifdef VIMAGE\n#\tdefine\tSYSCTL_VNET_INT(a) \\\n b\n"
	    "#endif\n", "vnet2009");
	check_header("#define SYSCTL_VNET_INT(a)\n"
	    "#define VNET_DEFINE_STATIC(t, n)\n", "vnet");
	check_header("", NULL);
	check_header("#define VNET_DEFINE(t, n) t n\n", NULL);
	check_header("#define\n#undef SYSCTL_VNET_INT\n"
	    "SYSCTL_VNET_INT(a);\n/* #define SYSCTL_VNET_INT */\n", NULL);
	check_header("#define X VNET_DEFINE_STATIC\n", NULL);
	assert_false(vn_style_fits(vn_style_named("vnet2009"),
	    "#define VNET_DEFINE_STATIC(t, n)\n", 33));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_header),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
