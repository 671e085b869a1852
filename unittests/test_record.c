/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading the record of a conversion.
 */

#include "Verify/record.h"

#include "directory.h"

static void
check_edit(const struct vn_record_file *f, size_t i, uint32_t off,
    uint32_t oldlen, uint32_t newlen)
{

	assert_int_equal(f->edits[i].off, off);
	assert_int_equal(f->edits[i].oldlen, oldlen);
	assert_int_equal(f->edits[i].newlen, newlen);
}

static void
test_read(void **state)
{
	struct vn_record r = { 0 };
	const struct vn_record_file *f;

	(void)state;
	put("r.json", "{\"version\":1,\"later\":{\"a\":[1]},\n"
	    "\"files\":[{\"path\":\"net/a.c\",\"edits\":[[0,0,4294967295],"
	    "[0,7,19],[7,0,1]]},\n{\"path\":\"b \\u00e9.h\",\"edits\":[]}],\n"
	    "\"renames\":[{\"was\":{\"file\":\"net/a.c\",\"function\":\"f\","
	    "\"name\":\"last\"},\"now\":\"f_last\"}]}\n");
	assert_int_equal(vn_record_read(&r, "r.json"), 0);
	assert_int_equal(r.files.count, 2);
	f = vn_record_find(&r, "net/a.c");
	assert_ptr_equal(f, &r.files.items[0]);
	assert_int_equal(f->count, 3);
	check_edit(f, 0, 0, 0, UINT32_MAX);
	check_edit(f, 1, 0, 7, 19);
	check_edit(f, 2, 7, 0, 1);
	assert_int_equal(vn_record_find(&r, "b \xc3\xa9.h")->count, 0);
	assert_null(vn_record_find(&r, "a.c"));
	assert_int_equal(r.renames.count, 1);
	assert_string_equal(r.renames.items[0].was, "last");
	assert_string_equal(r.renames.items[0].now, "f_last");
	vn_record_free(&r);
	assert_null(r.files.items);
}

static void
check_bad(const char *text, const char *want)
{
	struct vn_record r = { 0 };
	struct capture c;

	put("r", text);
	capture_start(&c);
	assert_int_equal(vn_record_read(&r, "r"), -1);
	assert_said(&c, want);
	vn_record_free(&r);
}

#define	EDITS(text)							\
	"{\"version\":1,\"renames\":[],\"files\":[\n"			\
	" {\"path\":\"a\",\"edits\":[" text "]}]}"
#define	ANEW	"; let vnetize --record write the file anew\n"

static void
test_bad(void **state)
{

	(void)state;
	check_bad("", "r:1:1: no JSON: '[' or '{' expected near end of "
	    "file\n");
	check_bad(EDITS("[1,2,-1]"), "r:2:2: an edit is not [offset, old "
	    "length, new length]" ANEW);
	check_bad(EDITS("[1,2,4294967296]"), "r:2:2: an edit is not [offset, "
	    "old length, new length]" ANEW);
	check_bad(EDITS("[1,2,1.5]"), "r:2:2: an edit is not [offset, old "
	    "length, new length]" ANEW);
	check_bad(EDITS("[4294967295,1,0],[0,0,0]"), "r:2:2: edits overlap or "
	    "are not in order" ANEW);
	check_bad("{\"version\":1,\"version\":1}", "r:1:22: no JSON: duplicate "
	    "object key near '\"version\"'\n");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		DIRECTORY_TEST(test_read),
		DIRECTORY_TEST(test_bad),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
