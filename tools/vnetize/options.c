/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The option table: parser, --help and the manual page's test read it.
 */

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/opt.h"

#include "Rewrite/style.h"

#include "options.h"

VN_OPT_TEXT(struct options, compdb)
VN_OPT_TEXT(struct options, bsd_sys)
VN_OPT_TEXT(struct options, kernconf)
VN_OPT_TEXT(struct options, arch)
VN_OPT_TEXT(struct options, root)
VN_OPT_TEXT(struct options, cache_dir)
VN_OPT_TEXT(struct options, out_dir)
VN_OPT_TEXT(struct options, record)
VN_OPT_TEXT(struct options, explain)
VN_OPT_FLAG(struct options, in_place)
VN_OPT_FLAG(struct options, check)
VN_OPT_FLAG(struct options, dump_facts)
VN_OPT_FLAG(struct options, dump_edits)
VN_OPT_FLAG(struct options, keep_going)
VN_OPT_FLAG(struct options, quiet)
VN_OPT_FLAG(struct options, verbose)
VN_OPT_FLAG(struct options, help)
VN_OPT_FLAG(struct options, version)

static int
add_list(void *ctx, const char *value)
{
	struct options *o = ctx;

	VN_PUSH(&o->lists, value);
	return (0);
}

static int
add_extra(void *ctx, const char *value)
{
	struct options *o = ctx;

	VN_PUSH(&o->extra_args, value);
	return (0);
}

static int
add_config(void *ctx, const char *value)
{
	struct options *o = ctx;
	const char *colon = strchr(value, ':');

	if (colon == NULL || colon == value || colon[1] == '\0') {
		vn_error("--config needs NAME:FLAGS, such as "
		    "'debug:-DINVARIANTS', not '%s'", value);
		return (-1);
	}
	VN_PUSH(&o->configs, value);
	return (0);
}

static int
set_missing(void *ctx, const char *value)
{
	struct options *o = ctx;

	if (strcmp(value, "error") != 0 && strcmp(value, "remark") != 0) {
		vn_error("--missing is 'error' or 'remark', not '%s'", value);
		return (-1);
	}
	o->missing_remark = strcmp(value, "remark") == 0;
	return (0);
}

static int
set_inactive(void *ctx, const char *value)
{
	static const char *const words[] = { [VN_INACTIVE_EDIT] = "edit",
	    [VN_INACTIVE_REMARK] = "remark", [VN_INACTIVE_SKIP] = "skip" };
	struct options *o = ctx;

	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (strcmp(value, words[i]) == 0) {
			o->inactive = (enum vn_inactive)i;
			return (0);
		}
	vn_error("--inactive is 'edit', 'remark' or 'skip', not '%s'", value);
	return (-1);
}

static int
set_verify(void *ctx, const char *value)
{
	struct options *o = ctx;

	(void)value;
	o->verify = o->verify_given = true;
	return (0);
}

static int
set_no_verify(void *ctx, const char *value)
{
	struct options *o = ctx;

	(void)value;
	o->verify = false;
	o->verify_given = true;
	return (0);
}

static int
set_style(void *ctx, const char *value)
{
	struct options *o = ctx;

	o->style = value;
	if (strcmp(value, "auto") == 0 || vn_style_named(value) != NULL)
		return (0);
	vn_error("unknown style '%s'; write --style=auto, vnet, vnet2009 or "
	    "none", value);
	return (-1);
}

static int
set_jobs(void *ctx, const char *value)
{
	struct options *o = ctx;
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(value, &end, 10);
	if (errno != 0 || *end != '\0' || *value < '0' || *value > '9' ||
	    n == 0 || n > 4096) {
		vn_error("-j needs a number from 1 to 4096, not '%s'", value);
		return (-1);
	}
	o->jobs = (unsigned)n;
	return (0);
}

static const struct vn_opt table[] = {
	{ NULL, 0, NULL, "What to convert:", NULL },
	{ "globals", 0, "FILE", "list of globals, repeatable; '-' is standard "
	    "input;\na bare name is looked up in the installed lists too",
	    add_list },
	{ "missing", 0, "error|remark", "what a listed name without a "
	    "definition is\n(default: error)", set_missing },
	{ "inactive", 0, "edit|remark|skip", "what to do in code that no "
	    "configuration\ncompiles (default: edit)", set_inactive },
	{ "style", 0, "STYLE", "auto (default: as the tree's net/vnet.h), "
	    "vnet,\nvnet2009, or none: plain globals again", set_style },
	{ "root", 0, "DIR", "nothing outside is written (default: kernel "
	    "source\nroot, git top level, or the PATHs' common parent)",
	    set_root },
	{ NULL, 0, NULL, "How it is compiled:", NULL },
	{ NULL, 'p', "DIR|FILE", "compile_commands.json", set_compdb },
	{ "extra-arg", 0, "FLAG", "a flag added to each compile command, "
	    "repeatable", add_extra },
	{ "config", 0, "NAME:FLAGS", "parse each unit with FLAGS added, too, "
	    "repeatable", add_config },
	{ "bsd-sys", 0, "DIR", "kernel source root (found by itself)",
	    set_bsd_sys },
	{ "kernconf", 0, "FILE", "kernel configuration (default: what the "
	    "NOTES turn on)", set_kernconf },
	{ "arch", 0, "ARCH", "machine of the kernel (default: amd64)",
	    set_arch },
	{ "cache-dir", 0, "DIR", "where generated headers are kept\n(default: "
	    "$XDG_CACHE_HOME/vnetize or ~/.cache/vnetize)", set_cache_dir },
	{ "keep-going", 0, NULL, "go on although a unit does not parse",
	    set_keep_going },
	{ NULL, 'j', "N", "worker processes (default: one a processor)",
	    set_jobs },
	{ NULL, 0, NULL, "What to print or write (default: a unified diff):",
	    NULL },
	{ "in-place", 'i', NULL, "write the files; all of them or none",
	    set_in_place },
	{ NULL, 'o', "DIR", "write changed files below DIR", set_out_dir },
	{ "record", 0, "FILE", "write what was edited to FILE, for "
	    "vnetize-verify-md5", set_record },
	{ "verify-parse", 0, NULL, "refuse a result that the compiler "
	    "complains of where\nit did not before, with and without "
	    "virtualization\n(default with -i)", set_verify },
	{ "no-verify-parse", 0, NULL, "do not parse the result",
	    set_no_verify },
	{ "check", 0, NULL, "write nothing; exit 1 if there would be edits",
	    set_check },
	{ "dump-facts", 0, NULL, "one line for each fact of libclang",
	    set_dump_facts },
	{ "dump-edits", 0, NULL, "one line for each edit", set_dump_edits },
	{ "explain", 0, "FILE:LINE[:COL]", "why a token was or was not edited",
	    set_explain },
	{ "quiet", 'q', NULL, "errors only", set_quiet },
	{ "verbose", 'v', NULL, "say more", set_verbose },
	{ "help", 0, NULL, "print this help", set_help },
	{ "version", 0, NULL, "print the versions of vnetize and libclang",
	    set_version },
};

static bool
has_dashes(int argc, char **argv)
{

	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--") == 0)
			return (true);
	return (false);
}

int
options_parse(struct options *out, int argc, char **argv)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	*out = (struct options){ .style = "auto", .arch = "amd64",
	    .jobs = n < 1 ? 1 : (unsigned)n };
	out->paths = vn_calloc((size_t)argc + 1, sizeof(*out->paths));
	out->flags = vn_calloc((size_t)argc + 1, sizeof(*out->flags));
	out->has_flags = has_dashes(argc, argv);
	if (vn_opt_parse(table, VN_NITEMS(table), out, argc, argv,
	    out->paths, &out->npaths, out->flags, &out->nflags) != 0)
		return (-1);
	if (!out->verify_given)
		out->verify = out->in_place;
	return (0);
}

void
options_free(struct options *options)
{

	VN_FREE(&options->lists);
	VN_FREE(&options->extra_args);
	VN_FREE(&options->configs);
	free(options->paths);
	free(options->flags);
}

void
options_help(FILE *out)
{

	fputs("usage: vnetize [options] --globals=LIST [--globals=LIST ...] "
	    "PATH ... [-- FLAG ...]\n\n"
	    "Virtualize the listed globals in the C sources under the PATHs."
	    "\n\n", out);
	vn_opt_help(out, table, VN_NITEMS(table));
	fputs("\nExit status: 0 done, nothing is left to a person; 1 done, "
	    "but remarks are left\n(with --check: there would be edits); 2 "
	    "trouble, and nothing was written.\n", out);
}
