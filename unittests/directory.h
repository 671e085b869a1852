/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A new directory as the working directory of a test, and files in it.
 */

#ifndef VN_UNITTESTS_DIRECTORY_H
#define	VN_UNITTESTS_DIRECTORY_H

#include <sys/stat.h>

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "capture.h"

/* The directory of the running test, canonical; it is the working directory. */
static char *top;

static inline int
directory_setup(void **state)
{
	char name[] = "/tmp/vn_test.XXXXXX";

	(void)state;
	vn_diag_setup("t", VN_WARNING);
	if (mkdtemp(name) == NULL || chdir(name) != 0)
		return (-1);
	top = vn_file_realpath(name);
	return (top == NULL ? -1 : 0);
}

static inline int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return (remove(path));
}

static inline int
directory_teardown(void **state)
{
	int error;

	(void)state;
	error = chdir("/") != 0 ||
	    nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
	free(top);
	return (error ? -1 : 0);
}

#define	DIRECTORY_TEST(fn)						\
	cmocka_unit_test_setup_teardown(fn, directory_setup,		\
	    directory_teardown)

/* Write text to the file below top, with its directories. */
static inline void
put(const char *name, const char *text)
{
	assert_int_equal(vn_file_write(name, text, strlen(text), NULL), 0);
}

/* The whole of a file as a string, owned by the caller. */
static inline char *
slurp(const char *path)
{
	struct vn_strbuf sb = { 0 };

	assert_int_equal(vn_file_read(&sb, path), 0);
	return (vn_strbuf_take(&sb));
}

/* "top/name", owned by the caller. */
static inline char *
at_top(const char *name)
{
	return (vn_file_join(top, name));
}

static inline void
assert_at_top(const char *path, const char *name)
{
	char *want = at_top(name);

	assert_string_equal(path, want);
	free(want);
}

/* Was exactly want printed?  An @ in it stands for the directory. */
static inline void
assert_said(struct capture *c, const char *want)
{
	struct vn_strbuf sb = { 0 };
	const char *p;
	char *got = capture_end(c), *full;

	for (p = want; *p != '\0'; p++) {
		if (*p == '@')
			vn_strbuf_puts(&sb, top);
		else
			vn_strbuf_putc(&sb, *p);
	}
	full = vn_strbuf_take(&sb);
	assert_string_equal(got, full);
	free(full);
	free(got);
}

#endif /* !VN_UNITTESTS_DIRECTORY_H */
