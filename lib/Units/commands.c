/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compile commands as they were given.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Units/commands.h"
#include "Units/flags.h"
#include "Units/path.h"
#include "Units/units_impl.h"

static const char *const ends[] = { ".c", ".S", ".s", NULL };

bool
vn_command_is_source(const char *word)
{
	const char *const *end;

	for (end = ends; *end != NULL; end++)
		if (vn_file_ends(word, *end))
			return (true);
	return (false);
}

static bool
is_file(const struct vn_command *cmd, const char *word)
{
	char *path, *real, *file;
	bool same;

	path = vn_path_join(cmd->dir, word);
	same = strcmp(path, cmd->file) == 0;
	if (!same) {
		real = vn_file_realpath(path);
		file = vn_file_realpath(cmd->file);
		same = real != NULL && file != NULL && strcmp(real, file) == 0;
		free(file);
		free(real);
	}
	free(path);
	return (same);
}

/* The first operand that names the source, 0 if there is none. */
static size_t
find_source(const struct vn_command *cmd)
{
	bool only_operands = false;
	const char *word;
	size_t i, n;

	for (i = cmd->cc + 1; i < cmd->argc; i += n) {
		word = cmd->argv[i];
		n = only_operands ? 0 : vn_flags_outputs(word);
		if (n == 0 && !only_operands && vn_flags_takes_arg(word))
			n = 2;
		if (n != 0)
			continue;
		n = 1;
		if (!only_operands && strcmp(word, "--") == 0)
			only_operands = true;
		else if ((only_operands || word[0] != '-') &&
		    is_file(cmd, word))
			return (i);
	}
	return (0);
}

static void
command_free(struct vn_command *cmd)
{
	size_t i;

	for (i = 0; i < cmd->argc; i++)
		free(cmd->argv[i]);
	free(cmd->argv);
	free(cmd->file);
	free(cmd->dir);
	free(cmd->origin);
}

static int
take_command(const struct vn_entry *entry, void *arg)
{
	struct vn_commands *out = arg;
	struct vn_command cmd = { 0 };
	struct vn_words words = { 0 };
	size_t n;

	if (vn_entry_words(entry, &words) != 0) {
		vn_words_free(&words);
		return (-1);
	}
	if (words.count == 0) {
		vn_diag(VN_ERROR, entry->path, entry->line, entry->col,
		    "entry has an empty command");
		return (-1);
	}
	n = vn_flags_compiler(words.items, words.count);
	cmd.cc = n == 0 ? 0 : n - 1;
	cmd.argc = words.count;
	vn_words_own(&words, NULL);
	cmd.argv = words.items;
	cmd.dir = vn_path_clean(entry->dir);
	cmd.file = vn_path_join(entry->dir, entry->file);
	cmd.source = find_source(&cmd);
	cmd.origin = vn_asprintf("%s:%u", entry->path, entry->line);
	VN_PUSH(out, cmd);
	return (1);
}

static bool
same_command(const struct vn_command *a, const struct vn_command *b)
{
	size_t i;

	if (a->argc != b->argc || strcmp(a->file, b->file) != 0 ||
	    strcmp(a->dir, b->dir) != 0)
		return (false);
	for (i = 0; i < a->argc; i++)
		if (strcmp(a->argv[i], b->argv[i]) != 0)
			return (false);
	return (true);
}

/* A command and its place before sorting, since qsort(3) is not stable. */
struct placed {
	struct vn_command	command;
	size_t			place;
};

static int
placed_cmp(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;
	int order;

	order = strcmp(a->command.file, b->command.file);
	if (order != 0)
		return (order);
	return (a->place < b->place ? -1 : a->place > b->place);
}

/* Is it among those of the same file at the end of out? */
static bool
have_command(const struct vn_commands *out, const struct vn_command *cmd)
{
	size_t i;

	for (i = out->count; i > 0; i--) {
		if (strcmp(out->items[i - 1].file, cmd->file) != 0)
			return (false);
		if (same_command(&out->items[i - 1], cmd))
			return (true);
	}
	return (false);
}

static void
sort_and_fold(struct vn_commands *out)
{
	struct placed *order;
	size_t i, n = out->count;

	order = vn_calloc(n + 1, sizeof(*order));
	for (i = 0; i < n; i++) {
		order[i].command = out->items[i];
		order[i].place = i;
	}
	qsort(order, n, sizeof(*order), placed_cmp);
	out->count = 0;
	for (i = 0; i < n; i++) {
		if (have_command(out, &order[i].command))
			command_free(&order[i].command);
		else
			out->items[out->count++] = order[i].command;
	}
	free(order);
}

int
vn_commands_read(struct vn_commands *out, const char *path)
{
	static const struct vn_wanted wanted = {
		ends, ".c, .S or .s", take_command
	};

	*out = (struct vn_commands){ 0 };
	if (vn_database_read(path, &wanted, out) != 0) {
		vn_commands_free(out);
		return (-1);
	}
	sort_and_fold(out);
	return (0);
}

void
vn_commands_free(struct vn_commands *commands)
{
	size_t i;

	for (i = 0; i < commands->count; i++)
		command_free(&commands->items[i]);
	VN_FREE(commands);
}
