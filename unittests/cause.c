/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * usage: cause PLAIN CONVERTED SOURCE WORK COMPILER [FLAG ...]
 *
 * For tests: why the objects of a source in two directories differ.
 */

#include <stdio.h>
#include <stdlib.h>

#include "Object/compare.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Units/commands.h"
#include "Verify/cause.h"
#include "Verify/pair.h"

static const char *
or_nothing(const char *s)
{
	return (s == NULL ? "" : s);
}

static void
print(struct vn_causes *causes)
{
	for (size_t i = 0; i < causes->count; i++) {
		struct vn_cause *c = &causes->items[i];

		printf("%s: %s: %s: %s -> %s\n", c->where,
		    c->proven ? "cause" : "guess", c->what,
		    or_nothing(c->was), or_nothing(c->now));
		free(c->where);
		free(c->what);
		free(c->was);
		free(c->now);
	}
	printf("%zu\n", causes->count);
	VN_FREE(causes);
}

static void
make_command(struct vn_command *command, char *dir, char **words)
{
	static char compile[] = "-c";

	*command = (struct vn_command){ .dir = dir, .cc = 0,
	    .file = vn_file_join(dir, words[2]) };
	command->argv = vn_calloc(64, sizeof(*command->argv));
	for (char **word = words + 4; *word != NULL && command->argc < 60;
	    word++)
		command->argv[command->argc++] = *word;
	command->argv[command->argc++] = compile;
	command->source = command->argc;
	command->argv[command->argc++] = words[2];
}

int
main(int argc, char **argv)
{
	struct vn_compare compare = { 0 };
	struct vn_recompile how[2] = { 0 };
	struct vn_moved moved[2];
	struct vn_command command;
	struct vn_pair pair = { 0 };
	char *roots[2], *work;
	int status;

	if (argc < 6)
		return (2);
	for (int side = 0; side < 2; side++) {
		roots[side] = vn_file_realpath(argv[1 + side]);
		moved[side] = (struct vn_moved){ roots[0], roots[side] };
		how[side].root = roots[side];
		how[side].moved = &moved[side];
		how[side].nmoved = 1;
	}
	work = vn_file_realpath(argv[4]);
	make_command(&command, roots[0], argv + 1);
	status = vn_cause_find(&pair, &command, how, &compare, work);
	print(&pair.causes);
	free(command.argv);
	free(command.file);
	free(roots[0]);
	free(roots[1]);
	free(work);
	return (status == 0 ? 0 : 2);
}
