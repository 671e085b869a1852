/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A compile command made one that can be compared.
 */

#include <stdlib.h>
#include <string.h>

#include "Build/moved.h"
#include "Build/recompile.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Units/commands.h"
#include "Units/flags.h"

/* Words being made; ends with NULL when it is given away. */
struct words {
	char	**items;
	size_t	  count, room;
};

struct recompiler {
	const struct vn_recompile *how;
	const struct vn_command	*cmd;
	struct vn_places	 places;
	struct words		 out;
};

/*
 * More words to drop than those that name the output: what the object would
 * hold of its place or its making, what writes further files next to it, and
 * what makes preprocessed text another kind of text.
 */
static const struct {
	const char	*name;
	bool		 prefix;	/* any word that starts so */
} unwanted[] = {
	{ "-flto",			true },
	{ "-ffat-lto-objects",		false },
	{ "-frandom-seed=",		true },
	{ "-frecord-gcc-switches",	false },
	{ "-frecord-command-line",	false },
	{ "-grecord-gcc-switches",	false },
	{ "-grecord-command-line",	false },
	{ "-fstack-usage",		false },
	{ "-fcallgraph-info",		true },
	{ "-ftime-trace",		true },
	{ "-fsave-optimization-record",	true },
	{ "-foptimization-record-file",	true },
	{ "-fdump-",			true },
	{ "-Wa,-a",			true },
	{ "-P",				false },
	{ "-C",				false },
	{ "-CC",			false },
	{ "-dD",			false },
	{ "-dI",			false },
	{ "-dM",			false },
	{ "-dN",			false },
	{ "-dU",			false },
	{ "-fdirectives-only",		false },
	{ "-frewrite-includes",		false },
};

/* Options whose argument, the next word, is a path. */
static const char *const before_path[] = {
	"-B", "-F", "-I", "-L", "-T", "-idirafter", "-iframework", "-imacros",
	"-include", "-include-pch", "-iprefix", "-iquote", "-isysroot",
	"-isystem", "-resource-dir", "-working-directory", "--sysroot"
};

static void
add(struct words *to, char *word)
{

	VN_PUSH(to, word);
}

static void
add_copy(struct words *to, const char *word)
{

	VN_PUSH(to, vn_strdup(word));
}

static bool
is_unwanted(const char *word)
{
	size_t i, len;

	for (i = 0; i < VN_NITEMS(unwanted); i++) {
		len = strlen(unwanted[i].name);
		if (strncmp(word, unwanted[i].name, len) == 0 &&
		    (unwanted[i].prefix || word[len] == '\0'))
			return (true);
	}
	return (false);
}

/*
 * A path as an option's argument.  "=dir" is seen from the system's root; a
 * file that is not where the command ran is looked for along -I.
 */
static char *
argument(const struct recompiler *r, const char *option, const char *path)
{

	if (path[0] == '=' || path[0] == '\0' ||
	    ((strstr(option, "-include") == option ||
	    strstr(option, "-imacros") == option) &&
	    !vn_places_exists(&r->places, path)))
		return (vn_strdup(path));
	return (vn_places_path(&r->places, path));
}

/* A word that is no operand and no argument of another. */
static char *
option(const struct recompiler *r, const char *word)
{
	char *moved, *out;
	size_t n;

	n = vn_path_option(word);
	if (n == 0 || word[n] == '\0')
		return (vn_places_text(&r->places, word));
	moved = argument(r, word, word + n);
	out = vn_asprintf("%.*s%s", (int)n, word, moved);
	free(moved);
	return (out);
}

static bool
takes_path(const char *word)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(before_path); i++)
		if (strcmp(word, before_path[i]) == 0)
			return (true);
	return (false);
}

static char *
program(const struct recompiler *r, const char *word)
{

	return (strchr(word, '/') == NULL ? vn_strdup(word) :
	    vn_places_path(&r->places, word));
}

/*
 * What stands before the flags.  Another launcher takes the place of the
 * command's, but not of env(1) and what it sets.
 */
static void
add_compiler(struct recompiler *r)
{
	const char *word;
	bool keep = true;
	size_t i;

	for (i = 0; i < r->cmd->cc; i++) {
		word = r->cmd->argv[i];
		if (r->how->launcher != NULL && strchr(word, '=') == NULL)
			keep = strcmp(word, "env") == 0 ||
			    vn_file_ends(word, "/env");
		if (keep && strchr(word, '=') != NULL)
			add(&r->out, vn_places_text(&r->places, word));
		else if (keep)
			add(&r->out, program(r, word));
	}
	if (r->how->launcher != NULL)
		add_copy(&r->out, r->how->launcher);
	if (r->how->cc != NULL)
		add_copy(&r->out, r->how->cc);
	else
		add(&r->out, program(r, r->cmd->argv[r->cmd->cc]));
}

static void
add_operand(struct recompiler *r, size_t i)
{
	const char *word = r->cmd->argv[i];

	/* Another source is another command's. */
	if (i == r->cmd->source || !vn_command_is_source(word))
		add(&r->out, vn_places_path(&r->places, word));
}

/* The words after the compiler, up to "--"; returns where that stands. */
static size_t
add_words(struct recompiler *r)
{
	const struct vn_command *cmd = r->cmd;
	const char *word, *next;
	size_t i, n;

	for (i = cmd->cc + 1; i < cmd->argc; i++) {
		word = cmd->argv[i];
		next = i + 1 < cmd->argc ? cmd->argv[i + 1] : NULL;
		n = vn_flags_outputs(word);
		if (strcmp(word, "--") == 0)
			break;
		if (n != 0 || is_unwanted(word)) {
			i += n == 2;
		} else if (strncmp(word, "-gsplit-dwarf", 13) == 0) {
			/* The object would name a file next to it. */
			add_copy(&r->out, "-g");
		} else if (word[0] != '-' && word[0] != '@') {
			add_operand(r, i);
		} else if (vn_flags_takes_arg(word) && next != NULL) {
			add_copy(&r->out, word);
			add(&r->out, takes_path(word) ?
			    argument(r, word, next) :
			    vn_places_text(&r->places, next));
			i++;
		} else
			add(&r->out, option(r, word));
	}
	return (i);
}

/* Is it text for the assembler alone, which has no dependencies? */
static bool
is_plain_assembler(const struct vn_command *cmd)
{
	size_t i;

	for (i = cmd->cc + 1; i < cmd->argc; i++)
		if (strstr(cmd->argv[i], "assembler-with-cpp") != NULL)
			return (false);
	return (vn_file_ends(cmd->file, ".s"));
}

static void
add_flags(struct recompiler *r)
{
	const struct vn_recompile *how = r->how;
	char *name;
	size_t i;

	add_copy(&r->out, how->output == VN_OUT_TEXT ? "-E" : "-c");
	add_copy(&r->out, "-fno-lto");
	add_copy(&r->out, "-Wno-error");
	if (how->root != NULL)
		add(&r->out, vn_asprintf("-ffile-prefix-map=%s=.", how->root));
	name = vn_places_relative(&r->places, r->cmd->file);
	add(&r->out, vn_asprintf("-frandom-seed=%s", name));
	free(name);
	if (how->output == VN_OUT_DEBUG)
		add_copy(&r->out, "-g");
	for (i = 0; i < how->nflags; i++)
		add_copy(&r->out, how->flags[i]);
	if (!is_plain_assembler(r->cmd)) {
		add_copy(&r->out, "-MD");
		/* The output's name is no one's business. */
		add_copy(&r->out, "-MT");
		add_copy(&r->out, "x");
		add_copy(&r->out, "-MF");
		add_copy(&r->out, "\002");
	}
	add_copy(&r->out, "-o");
	add_copy(&r->out, "\001");
}

char **
vn_recompile(const struct vn_recompile *how, const struct vn_command *command,
    char **dir)
{
	struct recompiler r = { .how = how, .cmd = command };
	size_t i;

	vn_places_init(&r.places, how->moved, how->nmoved, command->dir);
	add_compiler(&r);
	if (how->first != NULL)
		add(&r.out, vn_asprintf("-I%s", how->first));
	i = add_words(&r);
	add_flags(&r);
	if (i < command->argc)
		add_copy(&r.out, "--");
	for (i++; i < command->argc; i++)
		add_operand(&r, i);
	if (command->source == 0)
		add(&r.out, vn_places_path(&r.places, command->file));
	*dir = vn_places_dir(&r.places);
	add(&r.out, NULL);
	vn_places_free(&r.places);
	return (r.out.items);
}

const char *
vn_recompile_unquick(const struct vn_command *command)
{
	static const struct {
		const char	*prefix, *why;
	} flags[] = {
		{ "-fsanitize", "a sanitizer records places" },
		{ "-fprofile", "a profile depends on more than tokens" },
		{ "-fauto-profile", "a profile depends on more than tokens" },
		{ "-fbranch-probabilities",
		    "a profile depends on more than tokens" },
		{ "-ftest-coverage", "coverage records places" },
		{ "-fcoverage", "coverage records places" },
		{ "--coverage", "coverage records places" },
		{ "-coverage", "coverage records places" },
		{ "-fxray", "instrumentation records places" },
		{ "-fplugin", "a plugin may look at anything" },
		{ "-load", "a plugin may look at anything" },
		{ "-fpass-plugin", "a plugin may look at anything" },
		{ "@", "a response file may hold any flag" },
	};
	size_t i, j;

	for (i = command->cc + 1; i < command->argc; i++)
		for (j = 0; j < VN_NITEMS(flags); j++)
			if (strncmp(command->argv[i], flags[j].prefix,
			    strlen(flags[j].prefix)) == 0)
				return (flags[j].why);
	return (NULL);
}
