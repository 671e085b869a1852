/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A made-up kernel source tree: what is generated for it, and the flags of its
 * files.
 */

#include <dirent.h>

#include "test_units.h"

/* The tree, text for text. */
static const struct {
	const char	*name, *text;
} tree[] = {
	{ "sys/kern/kern_a.c", "int a;\n" },
	{ "sys/kern/vnode_if.src", "vop_open\n" },
	{ "sys/net/net_b.c", "int b;\n" },
	{ "sys/net/by_object.c", "int o;\n" },
	{ "sys/modules/m/mod.c", "int m;\n" },
	{ "sys/sys/param.h", "#undef __FreeBSD_version\n"
	    "#define __FreeBSD_version 1200042 /* made up */\n" },
	{ "sys/toy/include/cpu.h", "" },
	{ "sys/toy/conf/DEFAULTS", "options\tFROM_DEFAULTS\n" },
	{ "sys/toy/conf/NOTES", "machine toy\ncpu TOY_CPU\n"
	    "nooptions TAKEN_BACK\nhint.x.0.at=\"isa\"\n" },
	{ "sys/toy/conf/BASE", "ident BASE\noptions ALPHA, BETA=3\n"
	    "options TAKEN_BACK\ndevice widget\nmachine toy\n" },
	{ "sys/toy/conf/MINE", "include BASE\t# more of it\n"
	    "nooptions BETA\nnomakeoptions DEBUG\nnodevice widget\n"
	    "options BETA=4\noptions\tNAME=\\\"x#y\\\",\n"
	    "\tWORD=\"two\"\n\t# still the same statement\noptions VIMAGE\n"
	    "files \"../../conf/files.more\"\nmaxusers 7\n" },
	{ "sys/vax/include/cpu.h", "" },
	{ "sys/conf/files.vax", "" },
	{ "sys/conf/NOTES", "#options HASHED\noptions ALPHA=1\n"
	    "options ALPHA=2\noptions TAKEN_BACK\noptions VIMAGE\n"
	    "device widget\ndevice gadget\noptions NOT_LISTED\n" },
	{ "sys/conf/options", "# name header\nALPHA\nBETA opt_beta.h\n"
	    "NAME opt_beta.h # why\nWORD\nTAKEN_BACK opt_global.h\n"
	    "HASHED opt_global.h\nVIMAGE opt_global.h\n"
	    "FROM_DEFAULTS opt_global.h\nDEV_WIDGET opt_widget.h\n"
	    "MAXUSERS opt_param.h\n" },
	{ "sys/conf/options.toy", "TOY_CPU opt_global.h\n" },
	{ "sys/conf/kern.pre.mk", ".include <x.mk>\n"
	    "INCLUDES= ${NOSTDINC} -I. -I$S\n"
	    "INCLUDES+= -I$S/contrib/always \\\n"
	    "\t-I$S/contrib/absent\n.if make(depend)\n"
	    "INCLUDES+= -I$S/contrib/depend\n.endif\n" },
	{ "sys/contrib/always/x.h", "" },
	{ "sys/contrib/depend/x.h", "" },
	{ "sys/tools/makeobjops.awk", "BEGIN { src = ARGV[1]\n"
	    "sub(/.*\\//, \"\", src); sub(/\\.m$/, \".h\", src)\n"
	    "print \"/* \" ARGV[2] \" */\" > src; exit }\n" },
	{ "sys/tools/vnode_if.awk", "BEGIN { if (ARGV[2] == \"-h\")\n"
	    "print \"/* ops */\" > \"vnode_if.h\"; exit }\n" },
	{ "sys/tools/list.awk", "{ print \"#define \" $1 }\n" },
	{ "sys/dev/thing/thing_if.m", "INTERFACE thing;\n" },
	{ "sys/dev/thing/names", "FIRST\nSECOND\n" },
	{ "sys/conf/files", "# the files\n"
	    "names.h optional thing \\\n"
	    "\tdependency \"$S/tools/list.awk $S/dev/thing/names\" \\\n"
	    "\tcompile-with \"${AWK} -f $S/tools/list.awk "
	    "$S/dev/thing/names ${UNSET} > names.h\" \\\n"
	    "\tno-obj no-implicit-rule before-depend \\\n"
	    "\tclean \"names.h\"\n"
	    "shelled.h standard compile-with "
	    "\"${AWK} -f $S/tools/list.awk | touch ran > shelled.h\"\n"
	    "kern/kern_a.c standard\n"
	    "net/either.c optional beta | toy_cpu widget | !gadget\n"
	    "net/either.c optional nothing\n"
	    "net/neither.c optional beta | alpha | !gadget\n"
	    "net/vnet.c optional vimage\n"
	    "net/net_b.c optional inet | thing b \\\n"
	    "\twarning \"odd\" compile-with \"${NORMAL_C} -I$S/contrib/own "
	    "-DOWN -include $S/own.h -Wno-error ${UNSET} -I${UNSET}/x; "
	    "-DNOT\"\n"
	    "by_object.o standard dependency \"$S/net/by_object.c\" \\\n"
	    "\tcompile-with \"${CC} -c -DOBJ $<\" no-implicit-rule\n" },
	{ "sys/conf/files.more", "modules/m/mod.c standard compile-with "
	    "'${NORMAL_C} -DMORE'\n" },
};

static struct vn_bsd_options opts;
static struct vn_units units;
static char *sys, *cache;

static int
tree_setup(void **state)
{
	size_t i;

	if (directory_setup(state) != 0)
		return (-1);
	for (i = 0; i < VN_NITEMS(tree); i++)
		put(tree[i].name, tree[i].text);
	sys = at_top("sys");
	cache = at_top("cache");
	opts = (struct vn_bsd_options){ .sys = sys, .arch = "toy",
	    .cachedir = cache };
	return (0);
}

static int
tree_teardown(void **state)
{
	free(sys);
	free(cache);
	return (directory_teardown(state));
}

/* Read the units of the named files. */
static int
read_units(const char *const *names, size_t count)
{
	char *files[8] = { NULL };
	size_t i;
	int error;

	for (i = 0; i < count; i++)
		files[i] = at_top(names[i]);
	error = vn_units_bsd(&units, &opts, files, count);
	for (i = 0; i < count; i++)
		free(files[i]);
	return (error);
}

/* Read one unit. */
static const struct vn_unit *
read_unit(const char *name)
{
	assert_int_equal(read_units(&name, 1), 0);
	assert_int_equal(units.count, 1);
	return (&units.items[0]);
}

/* The generated header of that name holds want. */
static void
assert_made(const char *name, const char *want)
{
	char *path, *text;

	path = vn_file_join(units.items[0].dir, name);
	text = slurp(path);
	assert_string_equal(text, want);
	free(text);
	free(path);
}

static bool
was_made(const char *name)
{
	char *path = vn_file_join(units.items[0].dir, name);
	bool is = access(path, F_OK) == 0;

	free(path);
	return (is);
}

/* How many entries the cache has. */
static unsigned
cache_entries(void)
{
	struct dirent *entry;
	unsigned n = 0;
	DIR *dir;

	dir = opendir(cache);
	if (dir == NULL)
		return (0);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			n++;
	closedir(dir);
	return (n);
}

static void
test_notes(void **state)
{
	(void)state;
	read_unit("sys/kern/kern_a.c");
	assert_made("opt_global.h", "#define FROM_DEFAULTS 1\n"
	    "#define TOY_CPU 1\n");
	assert_made("opt_alpha.h", "#define ALPHA 1\n");
	assert_made("opt_beta.h", "");
	assert_made("opt_widget.h", "#define DEV_WIDGET 1\n");
	assert_made("opt_param.h", "#define MAXUSERS 0\n");
	vn_units_free(&units);
}

static void
test_kernconf(void **state)
{
	const struct vn_unit *unit;
	char *conf;

	(void)state;
	conf = at_top("sys/toy/conf/MINE");
	opts.kernconf = conf;
	unit = read_unit("sys/modules/m/mod.c");
	assert_made("opt_global.h", "#define TAKEN_BACK 1\n"
	    "#define FROM_DEFAULTS 1\n");
	assert_made("opt_alpha.h", "#define ALPHA 1\n");
	assert_made("opt_beta.h", "#define BETA 4\n#define NAME \"x#y\"\n");
	assert_made("opt_word.h", "#define WORD two\n");
	assert_made("opt_widget.h", "");
	assert_made("opt_param.h", "#define MAXUSERS 7\n");
	assert_true(has_flag(unit, "-DMORE"));
	assert_false(unit->tried);
	vn_units_free(&units);
	free(conf);
}

static void
test_generated(void **state)
{
	(void)state;
	read_unit("sys/kern/kern_a.c");
	assert_made("thing_if.h", "/* -h */\n");
	assert_made("vnode_if.h", "/* ops */\n");
	assert_false(was_made("vnode_if_newproto.h"));
	assert_made("names.h", "#define FIRST\n#define SECOND\n");
	assert_false(was_made("shelled.h"));
	assert_false(was_made("ran"));
	assert_made("machine/cpu.h", "");
	vn_units_free(&units);
}

static void
test_cache(void **state)
{
	char *first;

	(void)state;
	first = vn_strdup(read_unit("sys/kern/kern_a.c")->dir);
	vn_units_free(&units);
	assert_string_equal(read_unit("sys/kern/kern_a.c")->dir, first);
	vn_units_free(&units);
	assert_int_equal(cache_entries(), 1);
	put("sys/dev/thing/names", "THIRD\n");
	assert_string_not_equal(read_unit("sys/kern/kern_a.c")->dir, first);
	assert_made("names.h", "#define THIRD\n");
	vn_units_free(&units);
	assert_int_equal(cache_entries(), 2);
	free(first);
}

static void
test_flags(void **state)
{
	const struct vn_unit *unit;
	char *want;

	(void)state;
	unit = read_unit("sys/net/net_b.c");
	assert_string_equal(unit->argv[0],
	    "--target=x86_64-unknown-freebsd12.0");
	assert_true(has_flag(unit, "-D_KERNEL"));
	assert_true(has_flag(unit, "-nostdinc"));
	assert_false(has_flag(unit, "-DNOT"));
	assert_false(has_flag(unit, "-Wno-error"));
	want = vn_asprintf("-I%s/contrib/always|-I%s/contrib/own|-DOWN|"
	    "-include|%s/own.h|-I%s/contrib/depend", sys, sys, sys, sys);
	assert_true(unit->argc > 6);
	for (char *word = strtok(want, "|"), **arg = unit->argv +
	    unit->argc - 6; word != NULL; word = strtok(NULL, "|"))
		assert_string_equal(*arg++, word);
	free(want);
	vn_units_free(&units);
}

static void
test_tried(void **state)
{
	static const char *const names[] = {
		"sys/net/net_b.c", "sys/modules/m/mod.c", "sys/kern/kern_a.c",
		"sys/net/by_object.c", "sys/sys/param.h", "outside.c"
	};

	(void)state;
	assert_int_equal(read_units(names, VN_NITEMS(names)), 0);
	assert_int_equal(units.count, 5);
	assert_at_top(units.items[0].file, "outside.c");
	assert_true(units.items[0].tried);
	assert_at_top(units.items[1].file, "sys/kern/kern_a.c");
	assert_false(units.items[1].tried);
	assert_at_top(units.items[1].origin, "sys/conf/files:8");
	assert_true(units.items[2].tried);
	assert_at_top(units.items[3].file, "sys/net/by_object.c");
	assert_false(units.items[3].tried);
	assert_true(has_flag(&units.items[3], "-DOBJ"));
	vn_units_free(&units);
}

static void
test_left_out(void **state)
{
	static const char *const names[] = {
		"sys/kern/kern_a.c", "sys/net/either.c", "sys/net/neither.c",
		"sys/net/vnet.c", "sys/tried.c"
	};
	static const bool notes[] = { false, false, true, true, false };
	size_t i;

	(void)state;
	assert_int_equal(read_units(names, VN_NITEMS(names)), 0);
	for (i = 0; i < VN_NITEMS(names); i++)
		assert_int_equal(units.items[i].left_out, notes[i]);
	vn_units_free(&units);
}

/* Reading a unit fails with the message, and leaves nothing in the cache. */
static void
assert_fails(const char *message)
{
	const char *name = "sys/kern/kern_a.c";
	struct capture c;
	int error;

	capture_start(&c);
	error = read_units(&name, 1);
	assert_said(&c, message);
	assert_int_equal(error, -1);
	assert_int_equal(units.count, 0);
	assert_int_equal(cache_entries(), 0);
}

static void
test_no_machine(void **state)
{
	(void)state;
	put("sys/conf/files.toy", "");
	opts.arch = "cray";
	assert_fails("t: no machine 'cray' in '@/sys'; it has toy, vax\n");
}

static void
test_bad_files(void **state)
{
	(void)state;
	put("sys/conf/files", "a.c standard\nb.c standard compile-with \\\n"
	    "  \"never closed\n");
	assert_fails("@/sys/conf/files:3:3: missing closing quote\n");
	put("sys/conf/files", "b.c compile-with x\n");
	assert_fails("@/sys/conf/files:1:18: "
	    "'compile-with' needs a quoted string\n");
	put("sys/conf/files", "include \"conf/files\"\n");
	assert_fails("@/sys/conf/files:1:21: lists include each other\n");
}

/* A kernel configuration of that text is refused. */
static void
assert_bad_conf(const char *text, const char *message)
{
	char *conf = at_top("K");

	put("K", text);
	opts.kernconf = conf;
	assert_fails(message);
	opts.kernconf = NULL;
	free(conf);
}

static void
test_bad_conf(void **state)
{
	(void)state;
	assert_bad_conf("# x\noptions \tBETA\noptions\tALPHAA\n",
	    "@/K:3:9: unknown option 'ALPHAA', did you mean 'ALPHA'?\n");
	assert_bad_conf("optoins ALPHA\n", "@/K:1:1: unknown statement "
	    "'optoins', did you mean 'options'?\n");
	assert_bad_conf("include NOWHERE\n",
	    "@/K:1:9: included file 'NOWHERE' not found\n");
	assert_bad_conf("include K\n",
	    "@/K:1:9: 'K' is included over and over\n");
	assert_bad_conf("machine vax\n", "@/K:1:9: the configuration is for "
	    "'vax', not for 'toy'; try --arch=vax\n");
	assert_bad_conf("files files.none\n",
	    "@/K:1:7: list of files 'files.none' not found\n");
	opts.kernconf = "none";
	assert_fails("none: cannot read: No such file or directory\n");
}

static void
test_bad_script(void **state)
{
	struct capture c;

	(void)state;
	put("sys/tools/list.awk", "BEGIN { print \"odd\" > \"/dev/stderr\"\n"
	    "exit 3 }\n");
	capture_start(&c);
	read_unit("sys/kern/kern_a.c");
	assert_said(&c, "t: cannot make 'names.h' with "
	    "'@/sys/tools/list.awk': odd\n");
	assert_false(was_made("names.h"));
	assert_true(was_made("thing_if.h"));
	vn_units_free(&units);
}

static void
test_no_awk(void **state)
{
	char *path = vn_strdup(getenv("PATH"));

	(void)state;
	setenv("PATH", top, 1);
	assert_fails("t: cannot run awk to make 'vnode_if.h': "
	    "No such file or directory\n");
	setenv("PATH", path, 1);
	free(path);
}

#define	TREE_TEST(fn)							\
	cmocka_unit_test_setup_teardown(fn, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TREE_TEST(test_notes),
		TREE_TEST(test_kernconf),
		TREE_TEST(test_generated),
		TREE_TEST(test_cache),
		TREE_TEST(test_flags),
		TREE_TEST(test_tried),
		TREE_TEST(test_left_out),
		TREE_TEST(test_no_machine),
		TREE_TEST(test_bad_files),
		TREE_TEST(test_bad_conf),
		TREE_TEST(test_bad_script),
		TREE_TEST(test_no_awk),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
