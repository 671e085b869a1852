/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files: read, walked, written, and replaced all or none.
 */

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
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

/* The directory of the running test, its working directory as well. */
static char *top;

/*
 * This rename(2) stands before the library's: before_rename is called with the
 * number of the call, from 1, and may break things.
 */
static void (*before_rename)(int call);
static int rename_calls;

int
rename(const char *old, const char *new)
{
	rename_calls++;
	if (before_rename != NULL)
		before_rename(rename_calls);
	return (renameat(AT_FDCWD, old, AT_FDCWD, new));
}

static int
setup(void **state)
{
	(void)state;
	top = vn_strdup("/tmp/vn_test_file.XXXXXX");
	before_rename = NULL;
	rename_calls = 0;
	vn_diag_setup("t", VN_WARNING);
	return (mkdtemp(top) == NULL || chdir(top) != 0);
}

static int
teardown(void **state)
{
	char *cmd;
	int error;

	(void)state;
	cmd = vn_asprintf("chmod -R u+rwx '%s' && rm -rf '%s'", top, top);
	error = chdir("/") != 0 || system(cmd) != 0;
	free(cmd);
	free(top);
	return (error);
}

static void
put(const char *path, const char *text, mode_t mode)
{
	int fd;

	chmod(path, 0600);	/* it may be there and read-only */
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd != -1);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static void
assert_text(const char *path, const char *text)
{
	struct vn_strbuf sb = { 0 };

	assert_int_equal(vn_file_read(&sb, path), 0);
	assert_string_equal(sb.data, text);
	assert_int_equal(sb.len, strlen(text));
	vn_strbuf_free(&sb);
}

static void
assert_mode(const char *path, mode_t mode)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, mode);
}

/* How many names dir holds, those with a dot included. */
static int
names_in(const char *dir)
{
	char *cmd;
	FILE *f;
	int c, n;

	cmd = vn_asprintf("ls -A '%s'", dir);
	f = popen(cmd, "r");
	assert_non_null(f);
	for (n = 0; (c = getc(f)) != EOF; )
		n += c == '\n';
	pclose(f);
	free(cmd);
	return (n);
}

/*
 * Replace, and check the result and what was reported: nothing, or one line
 * that ends with expected.
 */
static void
replace(const struct vn_replacement *files, size_t count, int result,
    const char *expected)
{
	struct capture c;
	char *text;
	unsigned errors;
	int error;

	errors = vn_diag_errors();
	capture_start(&c);
	error = vn_file_replace_all(files, count);
	text = capture_end(&c);
	assert_string_equal(text, expected);
	free(text);
	assert_int_equal(error, result);
	assert_int_equal(vn_diag_errors() - errors, result == 0 ? 0 : 1);
}

#define	L(path, from, to, links, n)					\
	{ path, to, strlen(to), from, strlen(from), links, n }
#define	R(path, from, to)	L(path, from, to, NULL, 0)

static void
test_read(void **state)
{
	struct vn_strbuf sb = { 0 };

	(void)state;
	put("a", "text", 0644);
	put("empty", "", 0644);
	vn_strbuf_puts(&sb, "<");
	assert_int_equal(vn_file_read(&sb, "a"), 0);
	assert_int_equal(vn_file_read(&sb, "empty"), 0);
	assert_string_equal(sb.data, "<text");
	assert_int_equal(vn_file_read(&sb, "none"), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(vn_file_read(&sb, "."), -1);
	assert_int_equal(errno, EISDIR);
	assert_string_equal(sb.data, "<text");
	assert_int_equal(sb.len, 5);
	vn_strbuf_free(&sb);
}

static void
test_read_large(void **state)
{
	struct vn_strbuf in = { 0 }, out = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 50000; i++)
		vn_strbuf_printf(&out, "%d%c", i, 0);
	assert_int_equal(vn_file_write("a", out.data, out.len, NULL), 0);
	assert_int_equal(vn_file_read(&in, "a"), 0);
	assert_int_equal(in.len, out.len);
	assert_memory_equal(in.data, out.data, in.len + 1);
	vn_strbuf_free(&in);
	vn_strbuf_free(&out);
}

static void
check_join(const char *dir, const char *name, const char *expected)
{
	char *s;

	s = vn_file_join(dir, name);
	assert_string_equal(s, expected);
	free(s);
}

static void
test_names(void **state)
{
	char *s;

	(void)state;
	check_join("a", "b", "a/b");
	check_join("a/", "b", "a/b");
	check_join("a", "/b", "/b");
	check_join("/", "b", "/b");
	check_join("", "b", "b");
	assert_string_equal(vn_file_below("/a/b/c", "/a"), "b/c");
	assert_string_equal(vn_file_below("/a/b", "/"), "a/b");
	assert_string_equal(vn_file_below("/a", "/a"), "");
	assert_null(vn_file_below("/ab/c", "/a"));
	assert_null(vn_file_below("/a", "/a/b"));
	assert_null(vn_file_below("/b/a", "/a"));
	put("f", "", 0644);
	assert_int_equal(symlink("f", "l"), 0);
	s = vn_file_realpath("./l");
	assert_string_equal(strrchr(s, '/'), "/f");
	assert_int_equal(*s, '/');
	free(s);
	assert_null(vn_file_realpath("none"));
	assert_int_equal(errno, ENOENT);
}

static void
test_mkdirs(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(vn_file_mkdirs("a/b//c/"), 0);
	assert_int_equal(stat("a/b/c", &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	assert_int_equal(vn_file_mkdirs("a/b/c"), 0);
	assert_int_equal(vn_file_mkdirs(top), 0);
	put("f", "", 0644);
	assert_int_equal(vn_file_mkdirs("f"), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_int_equal(vn_file_mkdirs("f/g/h"), -1);
	assert_int_equal(errno, ENOTDIR);
}

static int
add_path(const char *file, void *arg)
{
	vn_strbuf_printf(arg, "%s ", file);
	return (0);
}

static int
stop_at_b(const char *file, void *arg)
{
	add_path(file, arg);
	return (strchr(file, 'b') != NULL ? 7 : 0);
}

static void
test_walk(void **state)
{
	struct vn_strbuf sb = { 0 };

	(void)state;
	assert_int_equal(vn_file_mkdirs("t/b/x"), 0);
	assert_int_equal(vn_file_mkdirs("t/empty"), 0);
	assert_int_equal(vn_file_mkdirs("t/.git"), 0);
	put("t/c", "", 0644);
	put("t/B", "", 0644);
	put("t/b.c", "", 0644);
	put("t/b/x/1", "", 0644);
	put("t/b/0", "", 0644);
	put("t/.dot", "", 0644);
	put("t/.git/a", "", 0644);
	put("t/\303\244", "", 0644);
	assert_int_equal(symlink("c", "t/link"), 0);
	assert_int_equal(symlink("b", "t/dirlink"), 0);
	assert_int_equal(vn_file_walk("t", add_path, &sb), 0);
	assert_string_equal(sb.data,
	    "t/B t/b/0 t/b/x/1 t/b.c t/c t/\303\244 ");
	vn_strbuf_free(&sb);
	assert_int_equal(vn_file_walk("t/", stop_at_b, &sb), 7);
	assert_string_equal(sb.data, "t/B t/b/0 ");
	vn_strbuf_free(&sb);
	assert_int_equal(vn_file_walk("none", add_path, &sb), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(vn_file_walk("t/c", add_path, &sb), -1);
	assert_int_equal(errno, ENOTDIR);
	assert_null(sb.data);
}

static void
test_replace(void **state)
{
	static const struct vn_replacement files[] = {
		R("a", "old a\n", "new text of a\n"),
		R("d/b", "old b", "new b"),
		R("c", "same", "same"), R("e", "", "now some"),
	};
	struct stat after, before;

	(void)state;
	assert_int_equal(mkdir("d", 0755), 0);
	put("a", "old a\n", 0640);
	put("d/b", "old b", 0755);
	put("c", "same", 0600);
	put("e", "", 0666);
	assert_int_equal(stat("c", &before), 0);
	replace(files, 4, 0, "");
	assert_text("a", "new text of a\n");
	assert_text("d/b", "new b");	/* still no newline at its end */
	assert_text("c", "same");
	assert_text("e", "now some");
	assert_mode("a", 0640);
	assert_mode("d/b", 0755);
	assert_mode("e", 0666);
	assert_int_equal(names_in("."), 4);
	assert_int_equal(names_in("d"), 1);
	assert_int_equal(stat("c", &after), 0);
	assert_int_equal(after.st_ino, before.st_ino);
	replace(NULL, 0, 0, "");
}

static void
test_replace_owner(void **state)
{
	static const struct vn_replacement files[] = { R("a", "1", "2") };
	struct stat st;

	(void)state;
	if (geteuid() != 0)
		skip();
	put("a", "1", 0664);
	assert_int_equal(chown("a", 12, 34), 0);
	replace(files, 1, 0, "");
	assert_text("a", "2");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_uid, 12);
	assert_int_equal(st.st_gid, 34);
	assert_mode("a", 0664);
}

static void
test_replace_symlink(void **state)
{
	static const struct vn_replacement files[] = { R("l", "1", "2") };
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("d", 0755), 0);
	put("d/a", "1", 0644);
	assert_int_equal(symlink("d/a", "l"), 0);
	replace(files, 1, 0, "");
	assert_int_equal(lstat("l", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_text("d/a", "2");
	assert_int_equal(lstat("d/a", &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(names_in("."), 2);
	assert_int_equal(names_in("d"), 1);
}

/* The set a, b of which b is wrong: nothing happens, and expected is said. */
static void
fails(const char *expected)
{
	static const struct vn_replacement files[] = {
		R("a", "1", "2"), R("d/b", "3", "4")
	};

	put("a", "1", 0644);
	rename_calls = 0;
	replace(files, 2, -1, expected);
	assert_text("a", "1");
	assert_int_equal(names_in("."), 2);
	assert_int_equal(rename_calls, 0);
}

static void
test_replace_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir("d", 0755), 0);
	fails("d/b: cannot replace the file: No such file or directory\n");
	put("d/b", "3", 0444);
	fails("d/b: file is read-only\n");
	assert_text("d/b", "3");
	assert_mode("d/b", 0444);
	put("d/b", "5", 0644);
	fails("d/b: file has changed since it was read, run again\n");
	assert_text("d/b", "5");
	put("d/b", "33", 0644);
	fails("d/b: file has changed since it was read, run again\n");
	put("d/b", "", 0644);
	fails("d/b: file has changed since it was read, run again\n");
	put("d/b", "3", 0644);
	assert_int_equal(chmod("d", 0555), 0);
	fails("d/b: its directory is read-only\n");
	assert_text("d/b", "3");
	assert_int_equal(chmod("d", 0755), 0);
	assert_int_equal(names_in("d"), 1);
	assert_int_equal(unlink("d/b"), 0);
	assert_int_equal(mkdir("d/b", 0755), 0);
	fails("d/b: not a regular file\n");
}

static void
test_replace_twice(void **state)
{
	static const struct vn_replacement files[] = {
		R("a", "1", "2"), R("b", "1", "4"), R("./l", "1", "3")
	};

	(void)state;
	put("a", "1", 0644);
	put("b", "1", 0644);
	assert_int_equal(symlink("a", "l"), 0);
	replace(files, 3, -1, "./l: file is to be replaced twice\n");
	assert_text("a", "1");
	assert_text("b", "1");
}

/* Sets of three whose last file meets with an accident. */
static const struct vn_replacement three[] = {
	R("a", "1", "one"), R("b", "2", "two"), R("d/c", "3", "three")
};

static void
put_three(void)
{
	assert_int_equal(mkdir("d", 0755), 0);
	put("a", "1", 0640);
	put("b", "2", 0600);
	put("d/c", "3", 0644);
}

static void
remove_directory(int call)
{
	if (call != 3)
		return;
	assert_int_equal(system("rm -rf d"), 0);
}

static void
test_roll_back(void **state)
{
	struct stat after, before;

	(void)state;
	put_three();
	assert_int_equal(stat("a", &before), 0);
	before_rename = remove_directory;
	replace(three, 3, -1,
	    "d/c: cannot replace the file: No such file or directory\n");
	assert_int_equal(rename_calls, 5);	/* three, and two back */
	assert_text("a", "1");
	assert_text("b", "2");
	assert_mode("a", 0640);
	assert_mode("b", 0600);
	assert_int_equal(names_in("."), 2);
	assert_int_equal(stat("a", &after), 0);
	assert_int_equal(after.st_ino, before.st_ino);
}

/* A file with two other names, and one more. */
static const char *const names[] = { "d/l", "l" };
static const struct vn_replacement linked[] = {
	L("a", "1", "one", names, 2), R("b", "2", "two")
};

static void
put_linked(void)
{
	put_three();
	assert_int_equal(link("a", "l"), 0);
	assert_int_equal(link("a", "d/l"), 0);
}

static void
assert_one_file(const char *text)
{
	struct stat a, b, c;

	assert_text("a", text);
	assert_int_equal(stat("a", &a), 0);
	assert_int_equal(stat("l", &b), 0);
	assert_int_equal(stat("d/l", &c), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	assert_int_equal(a.st_ino, c.st_ino);
	assert_int_equal(a.st_nlink, 3);
}

static void
test_links(void **state)
{
	(void)state;
	put_linked();
	replace(linked, 2, 0, "");
	assert_one_file("one");
	assert_text("b", "two");
	assert_int_equal(names_in("."), 4);
	assert_int_equal(names_in("d"), 2);
}

static void
remove_b(int call)
{
	if (call == 3)
		assert_int_equal(unlink("b"), 0);
}

/* All three names go back if another file fails. */
static void
test_links_roll_back(void **state)
{
	(void)state;
	put_linked();
	before_rename = remove_b;
	replace(linked, 2, -1,
	    "b: cannot replace the file: No such file or directory\n");
	assert_one_file("1");
	assert_int_equal(names_in("."), 3);
	assert_int_equal(names_in("d"), 2);
}

static void
link_is_directory(int call)
{
	if (call != 3)
		return;
	assert_int_equal(unlink("l"), 0);
	assert_int_equal(mkdir("l", 0755), 0);
}

/* So do those that are linked already if a name cannot be. */
static void
test_links_cut_short(void **state)
{
	(void)state;
	put_linked();
	before_rename = link_is_directory;
	replace(linked, 2, -1, "l: cannot link the file: Is a directory\n");
	assert_text("a", "1");
	assert_text("d/l", "1");
	assert_int_equal(names_in("."), 4);
	assert_int_equal(names_in("d"), 2);
}

/* A name that is another file's by now fails the set. */
static void
test_links_changed(void **state)
{
	(void)state;
	put_linked();
	assert_int_equal(unlink("d/l"), 0);
	put("d/l", "1", 0644);
	replace(linked, 2, -1,
	    "d/l: file has changed since it was read, run again\n");
	assert_text("a", "1");
}

static void
replace_by_directory(int call)
{
	if (call != 3)
		return;
	assert_int_equal(unlink("d/c"), 0);
	assert_int_equal(mkdir("d/c", 0755), 0);
}

static void
test_roll_back_kept_directory(void **state)
{
	(void)state;
	put_three();
	before_rename = replace_by_directory;
	replace(three, 3, -1,
	    "d/c: cannot replace the file: Is a directory\n");
	assert_text("a", "1");
	assert_text("b", "2");
	assert_int_equal(names_in("."), 3);
	assert_int_equal(names_in("d"), 1);
}

static void
change_last(int call)
{
	if (call == 1)
		put("d/c", "changed", 0644);
}

/* Even a file that changes while the others are renamed is noticed. */
static void
test_changed_meanwhile(void **state)
{
	(void)state;
	put_three();
	before_rename = change_last;
	replace(three, 3, -1,
	    "d/c: file has changed since it was read, run again\n");
	assert_text("a", "1");
	assert_text("b", "2");
	assert_text("d/c", "changed");
	assert_int_equal(names_in("."), 3);
	assert_int_equal(names_in("d"), 1);
}

static void
break_roll_back(int call)
{
	if (call == 2)
		assert_int_equal(unlink("b"), 0);
	if (call == 3) {
		assert_int_equal(mkdir("b.d", 0755), 0);
		assert_int_equal(system("rm -rf d a; mkdir a"), 0);
	}
}

/* What cannot be put back is not thrown away. */
static void
test_roll_back_fails(void **state)
{
	struct capture c;
	char *end, *name, *text;

	(void)state;
	put_three();
	before_rename = break_roll_back;
	capture_start(&c);
	assert_int_equal(vn_file_replace_all(three, 3), -1);
	text = capture_end(&c);
	name = strstr(text,
	    "a: the old text could not be put back, it is in '");
	assert_non_null(name);
	name = strchr(name, '\'') + 1;
	end = strchr(name, '\'');
	assert_non_null(end);
	*end = '\0';
	assert_text(name, "1");
	assert_text("b", "2");
	free(text);
}

static int raised;

static void
raise_at_second(int call)
{
	if (call == 2)
		raise(raised);
}

/* In a child, which the signal ends. */
static int
replace_in_child(int sig, void (*handler)(int))
{
	pid_t pid;
	int status;

	pid = fork();
	assert_true(pid != -1);
	if (pid == 0) {
		raised = sig;
		signal(sig, handler);
		before_rename = raise_at_second;
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(3);
		_exit(vn_file_replace_all(three, 3) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return (status);
}

static void
test_interrupted(void **state)
{
	static const int sigs[] = { SIGINT, SIGTERM, SIGHUP };
	size_t i;
	int status;

	(void)state;
	put_three();
	for (i = 0; i < VN_NITEMS(sigs); i++) {
		status = replace_in_child(sigs[i], SIG_DFL);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), sigs[i]);
		assert_text("a", "1");
		assert_text("b", "2");
		assert_text("d/c", "3");
		assert_int_equal(names_in("."), 3);
		assert_int_equal(names_in("d"), 1);
	}
}

/* As under nohup(1). */
static void
test_ignored_signal(void **state)
{
	(void)state;
	put_three();
	assert_int_equal(replace_in_child(SIGHUP, SIG_IGN), 0);
	assert_text("a", "one");
	assert_text("b", "two");
	assert_text("d/c", "three");
	assert_int_equal(names_in("."), 3);
}

static void
test_write(void **state)
{
	mode_t mask;

	(void)state;
	mask = umask(027);
	assert_int_equal(vn_file_write("x/y/a", "bcd", 2, NULL), 0);
	umask(mask);
	assert_mode("x/y/a", 0640);
	assert_text("x/y/a", "bc");
}

static void
test_write_over(void **state)
{
	struct stat st;

	(void)state;
	put("like", "", 0751);
	put("target", "t", 0600);
	assert_int_equal(symlink("target", "a"), 0);
	assert_int_equal(vn_file_write("a", "new", 3, "like"), 0);
	assert_text("a", "new");
	assert_mode("a", 0751);
	assert_int_equal(lstat("a", &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_text("target", "t");
	assert_int_equal(names_in("."), 3);
}

static void
write_fails(const char *path, const char *like, const char *expected)
{
	struct capture c;
	char *text;
	int error;

	capture_start(&c);
	error = vn_file_write(path, "x", 1, like);
	text = capture_end(&c);
	assert_int_equal(error, -1);
	assert_string_equal(text, expected);
	free(text);
}

static void
test_write_fails(void **state)
{
	(void)state;
	put("f", "", 0644);
	assert_int_equal(mkdir("d", 0755), 0);
	write_fails("a", "none",
	    "none: cannot find the file: No such file or directory\n");
	write_fails("f/a", NULL,
	    "f: cannot make the directory: Not a directory\n");
	write_fails("d", NULL, "d: cannot write the file: Is a directory\n");
	assert_int_equal(names_in("."), 2);
	assert_int_equal(names_in("d"), 0);
}

#define	T(fn)	cmocka_unit_test_setup_teardown(fn, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_read),
		T(test_read_large),
		T(test_names),
		T(test_mkdirs),
		T(test_walk),
		T(test_replace),
		T(test_replace_owner),
		T(test_replace_symlink),
		T(test_links),
		T(test_links_roll_back),
		T(test_links_cut_short),
		T(test_links_changed),
		T(test_replace_refused),
		T(test_replace_twice),
		T(test_roll_back),
		T(test_roll_back_kept_directory),
		T(test_changed_meanwhile),
		T(test_roll_back_fails),
		T(test_interrupted),
		T(test_ignored_signal),
		T(test_write),
		T(test_write_over),
		T(test_write_fails),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
