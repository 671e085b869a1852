/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The option table: parser, --help and the manual page's test read it.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/opt.h"

#include "options.h"

#define	SET_TEXT(member)						\
static int								\
set_##member(void *ctx, const char *value)				\
{									\
	struct options *o = ctx;					\
									\
	o->member = value;						\
	return (0);							\
}

#define	SET_FLAG(member)						\
static int								\
set_##member(void *ctx, const char *value)				\
{									\
	struct options *o = ctx;					\
									\
	(void)value;							\
	o->member = true;						\
	return (0);							\
}

SET_TEXT(record)
SET_TEXT(report)
SET_TEXT(md5_lists)
SET_FLAG(historical)
SET_FLAG(explain)
SET_FLAG(quiet)
SET_FLAG(verbose)
SET_FLAG(help)
SET_FLAG(version)

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
	{ NULL, 0, NULL, "What counts as equal:", NULL },
	{ "expect-differ", 0, "GLOB", "objects that may differ, repeatable "
	    "(default: vers.o)", add_expected },
	{ "allow", 0, "data-order", "the order of data may differ, but not "
	    "inside linker\nsets", set_allow },
	{ "rename", 0, "OLD=NEW", "a symbol that was renamed on purpose, "
	    "repeatable", add_rename },
	{ "record", 0, "FILE", "what vnetize --record wrote, for its renames",
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

int
options_parse(struct options *out, int argc, char **argv)
{
	static char vers[] = "vers.o";
	char **rest = vn_calloc((size_t)argc + 1, sizeof(*rest));
	int status, nrest;

	*out = (struct options){ .explain = true };
	out->operands = vn_calloc((size_t)argc + 1, sizeof(*out->operands));
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
	VN_FREE(&options->renames);
	VN_FREE(&options->expected);
	free(options->operands);
}

void
options_help(FILE *out)
{

	fputs("usage: vnetize-verify-md5 [options] OBJDIR_PLAIN "
	    "OBJDIR_CONVERTED\n\n"
	    "Verify that a conversion changed nothing: compare the objects of "
	    "two trees.\n\n", out);
	vn_opt_help(out, table, VN_NITEMS(table));
	fputs("\nExit status: 0 all objects are equal but the expected ones; "
	    "1 some differ, or\nare on one side only; 2 trouble.\n", out);
}
