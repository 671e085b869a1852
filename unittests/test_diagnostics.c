/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Diagnostics: their stream, how their texts compare, which of them are new.
 */

#include "Facts/diagnostics.h"
#include "Facts/names.h"
#include "sample.h"

static const char *const prefixes[] = { "V_", "vnet_entry_" };
static struct vn_names names;
static const struct vn_renames renames = { &names, prefixes,
    VN_NITEMS(prefixes) };

static void
add(struct vn_diagnostics *list, enum vn_severity severity, const char *path,
    unsigned line, const char *text)
{

	vn_diagnostics_add(list, (struct vn_diagnostic){ .severity = severity,
	    .path = path == NULL ? NULL : vn_strdup(path), .line = line,
	    .col = 1, .off = 10 * line, .text = vn_strdup(text) });
}

static void
check_text(const char *text, const char *want)
{
	char *got = vn_diagnostic_text(text, &renames);

	assert_string_equal(got, want);
	free(got);
}

static void
test_text(void **state)
{

	(void)state;
	check_text("unused variable 'foo'", "unused variable 'foo'");
	check_text("unused variable 'V_foo'", "unused variable 'foo'");
	check_text("no 'vnet_entry_foo', V_foo", "no 'foo', foo");
	/* Not listed, and listed names in longer ones. */
	check_text("V_bar V_foo2 xV_foo", "V_bar V_foo2 xV_foo");
	check_text("V_", "V_");
	check_text("struct (unnamed struct at /a/b.c:12:3) x:1",
	    "struct (unnamed struct at /a/b.c) x:1");
	check_text("from 'char[n + (foo)]' to 'int'", "from '' to 'int'");
	check_text("no end 'f(", "no end 'f(");
	check_text("", "");
}

/* The lines of the new ones, in order. */
static void
check_new(const struct vn_diagnostics *after,
    const struct vn_diagnostics *before, const char *want)
{
	struct vn_strbuf sb = { 0 };
	size_t out[16], n;

	n = vn_diagnostics_new(out, after, before, &renames);
	vn_strbuf_puts(&sb, "");
	for (size_t i = 0; i < n; i++)
		vn_strbuf_printf(&sb, "%s%u", i == 0 ? "" : " ",
		    after->items[out[i]].line);
	assert_buffer(&sb, want);
}

static void
test_new(void **state)
{
	struct vn_diagnostics before = { 0 }, after = { 0 };

	(void)state;
	check_new(&after, &before, "");
	add(&before, VN_SEVERITY_ERROR, "/a.c", 1, "no 'foo'");
	add(&before, VN_SEVERITY_WARNING, "/a.c", 2, "odd");
	check_new(&after, &before, "");
	add(&after, VN_SEVERITY_WARNING, "/a.c", 7, "odd");
	add(&after, VN_SEVERITY_ERROR, "/a.c", 8, "no 'V_foo'");
	check_new(&after, &before, "");
	/* Once more than before; elsewhere; worse; of another text. */
	add(&after, VN_SEVERITY_WARNING, "/a.c", 9, "odd");
	add(&after, VN_SEVERITY_WARNING, "/b.h", 10, "odd");
	add(&after, VN_SEVERITY_WARNING, NULL, 11, "odd");
	add(&after, VN_SEVERITY_ERROR, "/a.c", 12, "odd");
	add(&after, VN_SEVERITY_ERROR, "/a.c", 13, "no 'V_bar'");
	check_new(&after, &before, "9 10 11 12 13");
	check_new(&before, &after, "");
	vn_diagnostics_free(&after);
	check_new(&before, &after, "1 2");
	vn_diagnostics_free(&before);
}

static void
test_lack(void **state)
{
	struct vn_diagnostics list = { 0 };

	(void)state;
	assert_false(vn_diagnostics_lack(&list));
	add(&list, VN_SEVERITY_ERROR, "/a.c", 1, "unknown type name 'file'");
	add(&list, VN_SEVERITY_WARNING, "/a.c", 1, "'x' file not found");
	assert_false(vn_diagnostics_lack(&list));
	add(&list, VN_SEVERITY_ERROR, "/a.c", 1, "'x.h' file not found");
	assert_true(vn_diagnostics_lack(&list));
	vn_diagnostics_free(&list);
}

static void
test_stream(void **state)
{
	struct vn_diagnostics list = { 0 }, got = { 0 };
	char *bytes;
	size_t len;
	FILE *f;

	(void)state;
	add(&list, VN_SEVERITY_ERROR, "/a.c", 3, "one");
	list.items[0].token_path = vn_strdup("/b.h");
	add(&list, VN_SEVERITY_WARNING, NULL, 4, "");
	f = open_memstream(&bytes, &len);
	vn_diagnostics_write(&list, f);
	fclose(f);
	/* Cut short at any byte it is no list; whole it is the same. */
	for (size_t n = 1; n <= len; n++) {
		vn_diagnostics_free(&got);
		f = fmemopen(bytes, n, "r");
		assert_int_equal(vn_diagnostics_read(&got, f), n == len ? 0 :
		    -1);
		fclose(f);
	}
	assert_int_equal(got.count, 2);
	assert_int_equal(got.items[0].severity, VN_SEVERITY_ERROR);
	assert_string_equal(got.items[0].path, "/a.c");
	assert_string_equal(got.items[0].token_path, "/b.h");
	assert_int_equal(got.items[0].off, 30);
	assert_string_equal(got.items[0].text, "one");
	assert_null(got.items[1].path);
	assert_null(got.items[1].token_path);
	assert_int_equal(got.items[1].line, 4);
	assert_string_equal(got.items[1].text, "");
	free(bytes);
	vn_diagnostics_free(&got);
	vn_diagnostics_free(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_lack),
		cmocka_unit_test(test_stream),
	};
	int status;

	vn_names_add(&names, "foo");
	status = cmocka_run_group_tests(tests, NULL, NULL);
	vn_names_free(&names);
	return (status);
}
