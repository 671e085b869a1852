/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Steps run through ninja; test/Steps has more, by unittests/steps.c.
 */

#include "Build/build_impl.h"
#include "directory.h"

/* The names in a dependency file, with '|' after each. */
static void
assert_names(const char *text, const char *want)
{
	struct vn_strbuf names = { 0 };
	size_t i;

	vn_depfile_names(&names, text, strlen(text));
	for (i = 0; i < names.len; i++)
		if (names.data[i] == '\0')
			names.data[i] = '|';
	assert_string_equal(names.data == NULL ? "" : names.data, want);
	vn_strbuf_free(&names);
}

static void
test_depfile(void **state)
{
	(void)state;
	assert_names("x: a.c b.h", "a.c|b.h|");
	assert_names("x: a.c \\\n  b.h \\\n\tc.h\n", "a.c|b.h|c.h|");
	assert_names("x: a\\ b.c c:d.h e$$f \\#g", "a b.c|c:d.h|e$f|#g|");
	/* Before a blank they are doubled, elsewhere they stand for selves. */
	assert_names("x: a\\\\\\ b c\\d e\\\\ f", "a\\ b|c\\d|e\\|f|");
	assert_names("x:", "");
	assert_names("x:\\\n", "");
	assert_names("x: a\\", "a|");
	assert_names("", "");
	assert_names("nothing", "");
}

static void
test_fields(void **state)
{
	struct vn_strbuf bytes = { 0 };
	struct vn_fields in;
	size_t len;

	(void)state;
	vn_field_number(&bytes, 7);
	vn_field_text(&bytes, "a\nb");
	vn_field_text(&bytes, "");
	in = (struct vn_fields){ .data = bytes.data, .len = bytes.len };
	assert_int_equal(vn_field_get_number(&in), 7);
	assert_string_equal(vn_field_get_text(&in), "a\nb");
	assert_string_equal(vn_field_get_text(&in), "");
	assert_false(in.bad);
	assert_string_equal(vn_field_get_text(&in), "");
	assert_true(in.bad);
	/* Cut anywhere, it is bad and no byte behind the end is read. */
	for (len = 0; len < bytes.len; len++) {
		in = (struct vn_fields){ .len = len };
		in.data = memcpy(vn_malloc(len + 1), bytes.data, len);
		vn_field_get_number(&in);
		vn_field_get_text(&in);
		vn_field_get_text(&in);
		assert_true(in.bad);
		free((char *)(uintptr_t)in.data);
	}
	vn_strbuf_free(&bytes);
}

static bool
same_after(struct vn_stamp *old, const char *text)
{
	struct vn_digests *digests;
	bool same;

	/* Read, noted, written and read again, as from one run to the next. */
	digests = vn_digests_read("digests");
	assert_true(vn_stamp_path(old, "file"));
	vn_digests_note(digests, "file", old);
	assert_int_equal(vn_digests_write(digests, "digests"), 0);
	vn_digests_free(digests);
	put("file", text);
	digests = vn_digests_read("digests");
	same = vn_digests_same(digests, "file", old);
	vn_digests_free(digests);
	return (same);
}

static void
test_digests(void **state)
{
	struct vn_digests *digests;
	struct vn_stamp old;

	(void)state;
	put("file", "one");
	assert_true(same_after(&old, "one"));
	assert_false(same_after(&old, "two"));
	/* A state that was never seen is none that it could be like. */
	old.ctime--;
	digests = vn_digests_read("digests");
	assert_false(vn_digests_same(digests, "file", &old));
	assert_null(vn_digests_now(digests, "none"));
	vn_digests_free(digests);
	put("file", "asm(\".incbin \\\"x\\\"\");");
	assert_false(same_after(&old, "asm(\".incbin \\\"x\\\"\");"));
}

static void
test_find_program(void **state)
{
	char *path, *want;

	(void)state;
	put("bin/tool", "#!/bin/sh\n");
	assert_null(vn_find_program("bin/tool", top));
	assert_int_equal(chmod("bin/tool", 0755), 0);
	path = vn_find_program("bin/tool", top);
	want = vn_asprintf("%s/bin/tool", top);
	assert_string_equal(path, want);
	free(path);
	free(want);
	assert_null(vn_find_program("bin", top));
	assert_null(vn_find_program("./bin", top));
	assert_null(vn_find_program("", top));
}

/* A step that was never built has no inputs that are known. */
static void
test_no_inputs(void **state)
{
	struct vn_build build = { 0 };
	char **argv, *output;

	(void)state;
	build.work = top;
	argv = vn_calloc(2, sizeof(*argv));
	argv[0] = vn_strdup("cc");
	output = vn_asprintf("%s/x.o", top);
	assert_int_equal(vn_build_add(&build, argv, top, output, "x"), 0);
	assert_null(vn_build_inputs(&build, 0));
	assert_int_equal(build.steps[0].state, VN_STEP_NONE);
	free(output);
	vn_build_free(&build);
}

static void
test_record(void **state)
{
	struct vn_input input = { "/a b/c.h", { 1, 2, 3, 4, 5 } };
	struct vn_built record = { .key = "k", .messages = "m\n" }, got;

	(void)state;
	assert_int_equal(mkdir("record", 0777), 0);
	VN_PUSH(&record.inputs, input);
	assert_int_equal(vn_built_write(&record, top, "/x.o"), 0);
	vn_built_free(&record);
	assert_false(vn_built_read(&got, top, "/y.o"));
	assert_true(vn_built_read(&got, top, "/x.o"));
	assert_string_equal(got.key, "k");
	assert_string_equal(got.messages, "m\n");
	assert_int_equal(got.inputs.count, 1);
	assert_string_equal(got.inputs.items[0].path, input.path);
	assert_true(vn_stamp_same(&got.inputs.items[0].stamp, &input.stamp));
	vn_built_free(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_depfile),
		cmocka_unit_test(test_fields),
		DIRECTORY_TEST(test_digests),
		DIRECTORY_TEST(test_find_program),
		DIRECTORY_TEST(test_no_inputs),
		DIRECTORY_TEST(test_record),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
