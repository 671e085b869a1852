/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Programs that are run.
 */

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "Support/mem.h"
#include "Support/proc.h"
#include "Support/strbuf.h"
#include "capture.h"

static struct vn_strbuf out, err;

static int
teardown(void **state)
{
	(void)state;
	vn_strbuf_free(&out);
	vn_strbuf_free(&err);
	return (0);
}

static int
sh(const char *script, struct vn_strbuf *o, struct vn_strbuf *e)
{
	char *argv[] = { (char []){ "sh" }, (char []){ "-c" }, NULL, NULL };
	int status;

	argv[2] = vn_strdup(script);
	status = vn_proc_run(argv, NULL, o, e);
	free(argv[2]);
	return (status);
}

static void
test_output(void **state)
{
	(void)state;
	vn_strbuf_puts(&out, "<");
	assert_int_equal(sh("echo one; echo two >&2; exit 3", &out, &err), 3);
	assert_string_equal(out.data, "<one\n");
	assert_string_equal(err.data, "two\n");
	assert_int_equal(sh("printf 'a\\0b'", &out, &err), 0);
	assert_int_equal(out.len, 8);
	assert_memory_equal(out.data, "<one\na\0b", 9);
	assert_string_equal(err.data, "two\n");
}

/* Each more than a pipe holds, one after the other and at once. */
static void
test_much_output(void **state)
{
	(void)state;
	assert_int_equal(sh("i=0; while [ $i -lt 20000 ]; do "
	    "echo 123456789; echo abcdefghi >&2; i=$((i+1)); done",
	    &out, &err), 0);
	assert_int_equal(out.len, 200000);
	assert_int_equal(err.len, 200000);
	assert_string_equal(out.data + 199990, "123456789\n");
	assert_string_equal(err.data + 199990, "abcdefghi\n");
}

static void
test_no_buffers(void **state)
{
	struct capture c;
	char *text;
	int status;

	(void)state;
	capture_start(&c);
	status = sh("echo dropped; echo kept >&2", NULL, NULL);
	text = capture_end(&c);
	assert_int_equal(status, 0);
	assert_string_equal(text, "kept\n");
	free(text);
}

static void
test_no_input(void **state)
{
	(void)state;
	assert_int_equal(sh("cat; echo end", &out, NULL), 0);
	assert_string_equal(out.data, "end\n");
}

static void
test_signal(void **state)
{
	(void)state;
	assert_int_equal(sh("kill -9 $$", &out, &err), 128 + SIGKILL);
}

static void
test_directory(void **state)
{
	char *argv[] = { (char []){ "pwd" }, NULL };

	(void)state;
	assert_int_equal(vn_proc_run(argv, "/", &out, NULL), 0);
	assert_string_equal(out.data, "/\n");
	assert_int_equal(vn_proc_run(argv, "/nonexistent", &out, NULL), -1);
	assert_int_equal(errno, ENOENT);
	assert_string_equal(out.data, "/\n");
}

static void
test_not_found(void **state)
{
	char *argv[] = { (char []){ "vn-no-such-program" }, NULL };

	(void)state;
	assert_int_equal(vn_proc_run(argv, NULL, &out, &err), -1);
	assert_int_equal(errno, ENOENT);
	argv[0] = (char []){ "/" };
	assert_int_equal(vn_proc_run(argv, NULL, &out, &err), -1);
	assert_int_equal(errno, EACCES);
	assert_int_equal(out.len + err.len, 0);
}

/* No word of argv is taken apart, as a shell would. */
static void
test_no_shell(void **state)
{
	char *argv[] = { (char []){ "printf" }, (char []){ "[%s]" },
	    (char []){ "a b; $HOME *" }, (char []){ "" }, NULL };

	(void)state;
	assert_int_equal(vn_proc_run(argv, NULL, &out, &err), 0);
	assert_string_equal(out.data, "[a b; $HOME *][]");
}

static int
open_files(void)
{
	int fd, n;

	for (n = fd = 0; fd < 256; fd++)
		n += lseek(fd, 0, SEEK_CUR) != -1 || errno != EBADF;
	return (n);
}

/* Neither where the program runs nor where it cannot be started. */
static void
test_no_leak(void **state)
{
	int before;

	(void)state;
	before = open_files();
	assert_int_equal(sh("echo a; echo b >&2", &out, &err), 0);
	assert_int_equal(sh("exit 1", NULL, NULL), 1);
	vn_strbuf_free(&out);
	test_directory(state);
	assert_int_equal(open_files(), before);
}

#define	T(fn)	cmocka_unit_test_teardown(fn, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_output),
		T(test_much_output),
		T(test_no_buffers),
		T(test_no_input),
		T(test_signal),
		T(test_directory),
		T(test_not_found),
		T(test_no_shell),
		T(test_no_leak),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
