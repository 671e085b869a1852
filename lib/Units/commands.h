/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compile commands as they were given, to be run again.
 */

#ifndef VN_UNITS_COMMANDS_H
#define	VN_UNITS_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

/* A command of a compilation database: C, or assembler. */
struct vn_command {
	char	 *file;		/* absolute, links not followed; owned */
	char	 *dir;		/* absolute; owned */
	char	**argv;		/* owned, NULL-terminated: the words as given,
				   launcher and compiler first */
	size_t	  argc;
	size_t	  cc;		/* index of the compiler */
	size_t	  source;	/* index of the source, or 0: not found */
	char	 *origin;	/* "path:line" of the command; owned */
};

struct vn_commands {
	struct vn_command *items;	/* owned; by file, then as they come */
	size_t		   count, room;
};

/*
 * Read the commands of the database at path (file or directory) whose source
 * ends in .c, .S or .s.  "command" is split by the rules of
 * https://clang.llvm.org/docs/JSONCompilationDatabase.html, never by a shell.
 * A source need not exist.  Identical commands fold.  Returns 0, or -1 after
 * one error with path:line:column.
 */
int	vn_commands_read(struct vn_commands *out, const char *path);
void	vn_commands_free(struct vn_commands *commands);

/* Is the name that of a source: C, or assembler? */
bool	vn_command_is_source(const char *word);

#endif /* !VN_UNITS_COMMANDS_H */
