/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The option table: parser, --help and the manual page's test read it.
 */

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/opt.h"

#include "options.h"

VN_OPT_TEXT(struct options, compdb)
VN_OPT_TEXT(struct options, root)
VN_OPT_TEXT(struct options, cc)
VN_OPT_TEXT(struct options, launcher)
VN_OPT_TEXT(struct options, work)
VN_OPT_TEXT(struct options, counterpatch)
VN_OPT_TEXT(struct options, record)
VN_OPT_TEXT(struct options, report)
VN_OPT_TEXT(struct options, md5_lists)
VN_OPT_FLAG(struct options, git)
VN_OPT_FLAG(struct options, quick)
VN_OPT_FLAG(struct options, vimage)
VN_OPT_FLAG(struct options, historical)
VN_OPT_FLAG(struct options, explain)
VN_OPT_FLAG(struct options, quiet)
VN_OPT_FLAG(struct options, verbose)
VN_OPT_FLAG(struct options, help)
VN_OPT_FLAG(struct options, version)

static int
set_plain(void *ctx, const char *value)
{
	struct options *o = ctx;

	o->trees[0] = value;
	return (0);
}

static int
set_converted(void *ctx, const char *value)
{
	struct options *o = ctx;

	o->trees[1] = value;
	return (0);
}

/* A decimal number from 1 to max, or 0. */
static unsigned long
number(const char *value, unsigned long max)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(value, &end, 10);
	if (errno != 0 || *end != '\0' || *value < '0' || *value > '9' ||
	    n > max)
		return (0);
	return (n);
}

static int
set_jobs(void *ctx, const char *value)
{
	struct options *o = ctx;

	o->jobs = (unsigned)number(value, 4096);
	o->jobs_given = true;
	if (o->jobs != 0)
		return (0);
	vn_error("-j needs a number from 1 to 4096, not '%s'", value);
	return (-1);
}

static int
set_modspace(void *ctx, const char *value)
{
	struct options *o = ctx;

	o->modspace = number(value, LONG_MAX);
	if (o->modspace != 0)
		return (0);
	vn_error("--modspace needs a number of bytes, not '%s'", value);
	return (-1);
}

static int
add_module(void *ctx, const char *value)
{
	struct options *o = ctx;
	const char *colon = strchr(value, ':');

	if (colon == NULL || colon == value || colon[1] == '\0') {
		vn_error("--module needs NAME:GLOB, such as "
		    "'if_foo:dev/foo/*', not '%s'", value);
		return (-1);
	}
	VN_PUSH(&o->modules, (struct module){ vn_strndup(value,
	    (size_t)(colon - value)), colon + 1 });
	return (0);
}

static bool
is_identifier(const char *text, size_t len)
{

	if (len == 0 || (text[0] >= '0' && text[0] <= '9'))
		return (false);
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
		    (c < 'a' || c > 'z'))
			return (false);
	}
	return (true);
}

/* What one macro is to be; value NULL: not defined. */
static int
add_setting(struct options *o, const char *name, size_t len, const char *value)
{
	char *copy = vn_strndup(name, len);

	for (size_t i = 0; i < o->settings.count; i++) {
		if (strcmp(o->settings.items[i].name, copy) != 0)
			continue;
		vn_error("'%s' is given twice with --define or --undef", copy);
		free(copy);
		return (-1);
	}
	VN_PUSH(&o->settings, (struct vn_setting){ .name = copy,
	    .value = value == NULL ? NULL : vn_strdup(value) });
	return (0);
}

static int
add_define(void *ctx, const char *value)
{
	const char *equal = strchr(value, '=');

	if (equal == NULL || !is_identifier(value, (size_t)(equal - value))) {
		vn_error("--define needs NAME=VALUE, such as 'INVARIANTS=1', "
		    "not '%s'", value);
		return (-1);
	}
	return (add_setting(ctx, value, (size_t)(equal - value), equal + 1));
}

static int
add_undef(void *ctx, const char *value)
{

	if (!is_identifier(value, strlen(value))) {
		vn_error("--undef needs the name of a macro, not '%s'", value);
		return (-1);
	}
	return (add_setting(ctx, value, strlen(value), NULL));
}

static int
set_no_explain(void *ctx, const char *value)
{
	struct options *o = ctx;

	(void)value;
	o->explain = false;
	return (0);
}

static int
add_expected(void *ctx, const char *value)
{
	struct options *o = ctx;

	VN_PUSH(&o->expected, (char *)(uintptr_t)value);
	return (0);
}

static int
set_allow(void *ctx, const char *value)
{
	struct options *o = ctx;

	if (strcmp(value, "data-order") != 0) {
		vn_error("--allow is 'data-order', not '%s'", value);
		return (-1);
	}
	o->data_order = true;
	return (0);
}

static int
add_rename(void *ctx, const char *value)
{
	struct options *o = ctx;
	const char *equal = strchr(value, '=');

	if (equal == NULL || equal == value || equal[1] == '\0') {
		vn_error("--rename needs OLD=NEW, not '%s'", value);
		return (-1);
	}
	VN_PUSH(&o->renames, (struct vn_rename){ .now = vn_strdup(equal + 1),
	    .was = vn_strndup(value, (size_t)(equal - value)) });
	return (0);
}

static const struct vn_opt table[] = {
	{ NULL, 0, NULL, "Where the objects come from (default: two built "
	    "trees):", NULL },
	{ "plain", 0, "TREE", "sources before the conversion", set_plain },
	{ "converted", 0, "TREE", "sources after it", set_converted },
	{ "git", 0, NULL, "the first two operands are revisions, before and "
	    "after", set_git },
	{ NULL, 'p', "DIR|FILE", "compile_commands.json, or where it is",
	    set_compdb },
	{ "root", 0, "DIR", "the tree that the commands name, if neither of "
	    "the two", set_root },
	{ NULL, 0, NULL, "How it is compiled:", NULL },
	{ "cc", 0, "PROGRAM", "this compiler instead of the commands'",
	    set_cc },
	{ "launcher", 0, "PROGRAM", "put before the compiler, such as distcc",
	    set_launcher },
	{ NULL, 'j', "N", "compile N at a time (default: one a processor)",
	    set_jobs },
	{ "work", 0, "DIR", "private copies and objects, kept for the next "
	    "run\n(default: in $XDG_CACHE_HOME/vnetize or ~/.cache/vnetize)",
	    set_work },
	{ "define", 0, "N=V", "define macro N so on both sides, repeatable",
	    add_define },
	{ "undef", 0, "N", "let macro N be undefined on both sides, "
	    "repeatable", add_undef },
	{ "counterpatch", 0, "FILE", "write blank lines for the plain tree, "
	    "as of 2008, to\nFILE, those for the other to FILE.converted",
	    set_counterpatch },
	{ "quick", 0, NULL, "compile only what preprocessed text cannot "
	    "tell", set_quick },
	{ "vimage", 0, NULL, "compile the converted tree with VIMAGE, too",
	    set_vimage },
	{ "modspace", 0, "BYTES", "room for a module's variables (default: "
	    "the tree's\nVNET_MODMIN)", set_modspace },
	{ "module", 0, "NAME:GLOB", "objects of a module, repeatable",
	    add_module },
	{ NULL, 0, NULL, "What counts as equal:", NULL },
	{ "expect-differ", 0, "GLOB", "objects that may differ, repeatable "
	    "(default: vers.o)", add_expected },
	{ "allow", 0, "data-order", "the order of data may differ, but not "
	    "inside linker\nsets", set_allow },
	{ "rename", 0, "OLD=NEW", "a symbol that was renamed on purpose, "
	    "repeatable", add_rename },
	{ "record", 0, "FILE", "what vnetize --record wrote: renames, lines",
	    set_record },
	{ "historical", 0, NULL, "compare as in 2008: neither symbols nor "
	    "relocations", set_historical },
	{ NULL, 0, NULL, "What to print or write:", NULL },
	{ "explain", 0, NULL, "say what differs in an object (default)",
	    set_explain },
	{ "no-explain", 0, NULL, "only name the objects that differ",
	    set_no_explain },
	{ "report", 0, "FILE.json", "write all of it as JSON", set_report },
	{ "md5-lists", 0, "DIR", "write lists as of md5(1), and their diff",
	    set_md5_lists },
	{ "quiet", 'q', NULL, "errors only", set_quiet },
	{ "verbose", 'v', NULL, "say more: equal objects, all differences",
	    set_verbose },
	{ "help", 0, NULL, "print this help", set_help },
	{ "version", 0, NULL, "print the version", set_version },
};

static unsigned
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return (n < 1 ? 1 : (unsigned)n);
}

int
options_parse(struct options *out, int argc, char **argv)
{
	static char vers[] = "vers.o";
	char **rest = vn_calloc((size_t)argc + 1, sizeof(*rest));
	int status, nrest;

	*out = (struct options){ .explain = true,
	    .jobs = processors() };
	out->words = vn_calloc((size_t)argc + 1, sizeof(*out->words));
	out->operands = out->words;
	status = vn_opt_parse(table, VN_NITEMS(table), out, argc, argv,
	    out->operands, &out->noperands, rest, &nrest);
	/* What stands after "--" is no option, whatever it looks like. */
	for (int i = 0; status == 0 && i < nrest; i++)
		out->operands[out->noperands++] = rest[i];
	if (out->expected.count == 0)
		VN_PUSH(&out->expected, vers);
	free(rest);
	return (status);
}

void
options_free(struct options *options)
{

	for (size_t i = 0; i < options->renames.count; i++) {
		free(options->renames.items[i].now);
		free(options->renames.items[i].was);
	}
	for (size_t i = 0; i < options->settings.count; i++) {
		free(options->settings.items[i].name);
		free(options->settings.items[i].value);
	}
	for (size_t i = 0; i < options->modules.count; i++)
		free(options->modules.items[i].name);
	VN_FREE(&options->modules);
	VN_FREE(&options->settings);
	VN_FREE(&options->renames);
	VN_FREE(&options->expected);
	free(options->words);
}

void
options_help(FILE *out)
{

	fputs("usage: vnetize-verify-md5 [options] OBJDIR_PLAIN "
	    "OBJDIR_CONVERTED\n"
	    "       vnetize-verify-md5 [options] -p COMPDB --plain=TREE "
	    "--converted=TREE [PATH ...]\n"
	    "       vnetize-verify-md5 [options] -p COMPDB --git REV_PLAIN "
	    "REV_CONVERTED [PATH ...]\n\n"
	    "Verify that a conversion changed nothing: compare the objects of "
	    "two trees.\n\n", out);
	vn_opt_help(out, table, VN_NITEMS(table));
	fputs("\nExit status: 0 all objects are equal but the expected ones; "
	    "1 some differ, or\nare on one side only; 2 trouble.\n", out);
}
