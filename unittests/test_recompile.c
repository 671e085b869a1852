/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compile commands made ones that can be compared.
 */

#include "Build/recompile.h"
#include "Units/commands.h"
#include "directory.h"

static const struct vn_moved moved[] = {
	{ "/tree/sys/dev", "/w/dev" }, { "/tree/sys", "/w/sys" }
};
static struct vn_recompile how;

static int
setup(void **state)
{

	how = (struct vn_recompile){ .moved = moved, .nmoved = 2 };
	return (directory_setup(state));
}

/*
 * What a command run in dir becomes, in one text: the words, those that are
 * always added left out, and where it runs.
 */
static char *
recompiled(const char *dir, const char *command)
{
	static const char *const added[] = {
		"-c", "-fno-lto", "-Wno-error", "-MD", "-MT", "x", "-MF",
		"\002", "-o", "\001"
	};
	struct vn_commands commands;
	struct vn_strbuf text = { 0 };
	char **argv, **word, *where;
	size_t i;

	vn_strbuf_printf(&text, "[{\"directory\": \"%s\", \"file\": \"a.c\", "
	    "\"command\": \"%s\"}]", dir, command);
	put("db.json", text.data);
	vn_strbuf_free(&text);
	assert_int_equal(vn_commands_read(&commands, "db.json"), 0);
	argv = vn_recompile(&how, &commands.items[0], &where);
	for (word = argv; *word != NULL; word++) {
		for (i = 0; i < VN_NITEMS(added); i++)
			if (strcmp(*word, added[i]) == 0)
				break;
		if (i == VN_NITEMS(added) &&
		    strncmp(*word, "-frandom", 8) != 0)
			vn_strbuf_printf(&text, "%s ", *word);
		free(*word);
	}
	vn_strbuf_printf(&text, "@ %s", where);
	free(argv);
	free(where);
	vn_commands_free(&commands);
	return (vn_strbuf_take(&text));
}

static void
assert_becomes(const char *dir, const char *command, const char *want)
{
	char *got;

	got = recompiled(dir, command);
	assert_string_equal(got, want);
	free(got);
}

static void
test_absolute(void **state)
{
	(void)state;
	assert_becomes("/obj", "cc -I/tree/sys -I /tree/sys/net "
	    "-isystem/tree/sys/ -DX='\\\"/tree/sys/a\\\"' -DY=/tree/sys a.c",
	    "cc -I/w/sys -I /w/sys/net -isystem/w/sys/ "
	    "-DX=\"/w/sys/a\" -DY=/w/sys a.c @ /obj");
	/* The longest tree counts. */
	assert_becomes("/obj", "cc -I/tree/sys/dev/x -I/tree/sys/device a.c",
	    "cc -I/w/dev/x -I/w/sys/device a.c @ /obj");
	/* Only whole components, and only where a path starts. */
	assert_becomes("/obj", "cc -I/tree/sys2 -I/my/tree/sys -I/tree "
	    "-DX=/a/tree/sys -DY=/tree/sys.c -I/obj/tree/sys a.c",
	    "cc -I/tree/sys2 -I/my/tree/sys -I/tree -DX=/a/tree/sys "
	    "-DY=/tree/sys.c -I/obj/tree/sys a.c @ /obj");
	assert_becomes("/obj", "cc -Wa,-I/tree/sys,-Ix @/tree/sys/r "
	    "-fdebug-prefix-map=/tree/sys=/usr a.c",
	    "cc -Wa,-I/w/sys,-Ix @/w/sys/r -fdebug-prefix-map=/w/sys=/usr "
	    "a.c @ /obj");
	/* Detours. */
	assert_becomes("/obj", "cc -I/tree/x/../sys/net -I/tree/sys/../x a.c",
	    "cc -I/w/sys/net -I/tree/sys/../x a.c @ /obj");
}

static void
test_relative(void **state)
{
	(void)state;
	/* In the tree, until they leave it. */
	assert_becomes("/tree/sys/obj", "cc -I../net -I . -I../../x "
	    "-I ../dev -iquote ../../sys/kern a.c",
	    "cc -I../net -I . -I/tree/x -I ../dev -iquote /w/sys/kern a.c "
	    "@ /w/sys/obj");
	/* Outside, until they enter one. */
	assert_becomes("/tree/obj", "cc -I../sys/net -Iinc -I../x a.c",
	    "cc -I/w/sys/net -Iinc -I../x a.c @ /tree/obj");
	assert_becomes("/tree", "cc -Isys/net -DX=sys/net a.c",
	    "cc -I/w/sys/net -DX=sys/net a.c @ /tree");
	/* The tree's own top. */
	assert_becomes("/tree/sys", "cc -I. -I.. -I../sys a.c",
	    "cc -I. -I/tree -I/w/sys a.c @ /w/sys");
}

/* An -include that is not there is looked for along -I, as it is spelled. */
static void
test_include(void **state)
{
	char *command, *want, *dir;
	struct vn_moved here;

	(void)state;
	put("sys/obj/here.h", "");
	put("there.h", "");
	dir = vn_asprintf("%s/sys", top);
	here = (struct vn_moved){ dir, "/w" };
	how.moved = &here;
	how.nmoved = 1;
	command = vn_asprintf("cc -include here.h -include ../../there.h "
	    "-include ../../not.h -imacros %s/obj/here.h a.c", dir);
	want = vn_asprintf("cc -include here.h -include %s/there.h "
	    "-include ../../not.h -imacros /w/obj/here.h a.c @ /w/obj", top);
	assert_becomes("sys/obj", command, want);
	free(dir);
	free(command);
	free(want);
}

/* A way into a tree over a link is a way into it. */
static void
test_link(void **state)
{
	char *dir, *want;
	struct vn_moved here;

	(void)state;
	put("sys/amd64/x.h", "");
	put("obj/x", "");
	assert_int_equal(symlink("../sys/amd64", "obj/machine"), 0);
	assert_int_equal(symlink("sys", "alias"), 0);
	dir = vn_asprintf("%s/sys", top);
	here = (struct vn_moved){ dir, "/w" };
	how.moved = &here;
	how.nmoved = 1;
	want = vn_asprintf("cc -I/w/amd64 -Ino a.c @ %s/obj", top);
	assert_becomes("obj", "cc -Imachine -Ino a.c", want);
	assert_becomes("alias", "cc -Iamd64 -c a.c", "cc -Iamd64 a.c @ /w");
	free(want);
	free(dir);
}

static void
test_dropped(void **state)
{
	(void)state;
	assert_becomes("/obj", "cc -O2 -c -o x.o -ox -MD -MF dep -MTx -MP -MMD "
	    "-Wp,-MD,x -Werror -Werror=all -pedantic-errors -save-temps=obj "
	    "-flto=thin -frandom-seed=x -P -E -S -Wall -pipe a.c b.c",
	    "cc -O2 -Wall -pipe a.c @ /obj");
	assert_becomes("/obj", "cc -gsplit-dwarf -x c a.c",
	    "cc -g -x c a.c @ /obj");
}

static void
test_added(void **state)
{
	char flag[] = "-DVIMAGE", *flags[] = { flag };

	(void)state;
	how.root = "/w";
	how.flags = flags;
	how.nflags = 1;
	how.output = VN_OUT_DEBUG;
	assert_becomes("/obj", "cc a.c",
	    "cc a.c -ffile-prefix-map=/w=. -g -DVIMAGE @ /obj");
	how.output = VN_OUT_TEXT;
	assert_becomes("/obj", "cc -- a.c",
	    "cc -E -ffile-prefix-map=/w=. -DVIMAGE -- a.c @ /obj");
	/* A source that the words do not name. */
	assert_becomes("/obj", "cc",
	    "cc -E -ffile-prefix-map=/w=. -DVIMAGE /obj/a.c @ /obj");
}

static void
test_compiler(void **state)
{
	(void)state;
	assert_becomes("/obj", "ccache /tree/sys/cc a.c",
	    "ccache /w/sys/cc a.c @ /obj");
	how.launcher = "distcc";
	assert_becomes("/obj", "ccache cc a.c", "distcc cc a.c @ /obj");
	assert_becomes("/obj", "/usr/bin/env A=/tree/sys B=c ccache cc a.c",
	    "/usr/bin/env A=/w/sys B=c distcc cc a.c @ /obj");
	how.cc = "/opt/gcc";
	assert_becomes("/obj", "cc a.c", "distcc /opt/gcc a.c @ /obj");
}

/* The whole command, with the seed seen from the tree. */
static void
test_whole(void **state)
{
	static const char *const want[] = {
		"gcc", "-O2", "-c", "-fno-lto", "-Wno-error",
		"-ffile-prefix-map=/w=.", "-frandom-seed=kern/a.s", "-o",
		"\001", NULL
	};
	char *argv[] = { (char[]){ "gcc" }, (char[]){ "-O2" }, NULL };
	char file[] = "/tree/sys/kern/a.s", dir[] = "/tree/sys/obj";
	struct vn_command cmd = { .file = file, .dir = dir, .argv = argv,
	    .argc = 2 };
	char **got, *where;
	size_t i;

	(void)state;
	how.root = "/w";
	got = vn_recompile(&how, &cmd, &where);
	for (i = 0; want[i] != NULL; i++) {
		assert_string_equal(got[i], want[i]);
		free(got[i]);
	}
	assert_string_equal(got[i], "/w/sys/kern/a.s");
	assert_null(got[i + 1]);
	free(got[i]);
	free(got);
	free(where);
}

static bool
is_unquick(const char *flag)
{
	char *argv[] = { (char[]){ "cc" }, vn_strdup(flag), NULL };
	struct vn_command cmd = { .argv = argv, .argc = 2 };
	bool is;

	is = vn_recompile_unquick(&cmd) != NULL;
	free(argv[1]);
	return (is);
}

static void
test_unquick(void **state)
{
	(void)state;
	assert_true(is_unquick("-fsanitize=address"));
	assert_true(is_unquick("-fprofile-arcs"));
	assert_true(is_unquick("--coverage"));
	assert_true(is_unquick("-ftest-coverage"));
	assert_false(is_unquick("-fno-sanitize=all"));
	assert_false(is_unquick("-O2"));
}

#define	RECOMPILE_TEST(fn)						\
	cmocka_unit_test_setup_teardown(fn, setup, directory_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECOMPILE_TEST(test_absolute),
		RECOMPILE_TEST(test_relative),
		RECOMPILE_TEST(test_include),
		RECOMPILE_TEST(test_link),
		RECOMPILE_TEST(test_dropped),
		RECOMPILE_TEST(test_added),
		RECOMPILE_TEST(test_compiler),
		RECOMPILE_TEST(test_whole),
		RECOMPILE_TEST(test_unquick),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
