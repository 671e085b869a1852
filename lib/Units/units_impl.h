/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the files of this folder share: lists of words, and units in the making.
 */

#ifndef VN_UNITS_UNITS_IMPL_H
#define	VN_UNITS_UNITS_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "Units/units.h"

/* A list of strings, owned; start with { 0 }. */
struct vn_words {
	char	**items;
	size_t	  count, room;
};

/* Append a copy of word, or the word itself, which is then the list's. */
void	vn_words_add(struct vn_words *words, const char *word);
void	vn_words_own(struct vn_words *words, char *word);
void	vn_words_addall(struct vn_words *words, const struct vn_words *more);
bool	vn_words_has(const struct vn_words *words, const char *word);
void	vn_words_free(struct vn_words *words);

/*
 * Append the words of a command line to out.  Blanks separate words; within
 * double quotes and outside of quotes a backslash makes the next byte an
 * ordinary one; within single quotes nothing is special.  A quote that is not
 * closed ends at the end.
 */
void	vn_split_command(struct vn_words *out, const char *command);

/* An entry of a compilation database, while it is read; all borrowed. */
struct vn_entry {
	const char	*path;		/* of the database */
	const char	*base;		/* canonical directory of it */
	unsigned	 line, col;	/* of the entry, from 1 */
	const char	*file;		/* as the entry has it */
	const char	*dir;		/* "directory", seen from base */
	const void	*json;		/* for vn_entry_words */
};

/* What of a compilation database is wanted. */
struct vn_wanted {
	const char *const *ends;	/* of names of sources, NULL at the
					   end */
	const char	*what;		/* the same for a person: ".c" */
	/* Returns 1: taken, 0: passed over, -1 after one error. */
	int		(*take)(const struct vn_entry *entry, void *arg);
};

/*
 * Hand each wanted entry of the database at path (a file, or a directory that
 * holds compile_commands.json) to wanted->take.  Returns 0, or -1 after one
 * error with path:line:column; none taken is an error.
 */
int	vn_database_read(const char *path, const struct vn_wanted *wanted,
	    void *arg);

/* Append the words of the entry's command; -1 after one error. */
int	vn_entry_words(const struct vn_entry *entry, struct vn_words *out);

/*
 * Append to out the flags of a command that bear on parsing: without the
 * compiler (and what launches it) where compiler is true, and without the
 * source, the output and the dependency options.  The source is file, in any
 * spelling that dir (absolute) makes canonical.
 */
void	vn_flags_clean(struct vn_words *out, const struct vn_words *command,
	    bool compiler, const char *dir, const char *file);

/* Append a unit; flags are moved from, the rest is copied. */
void	vn_units_add(struct vn_units *units, const char *file, const char *dir,
	    struct vn_words *flags, const char *origin, bool tried);

/* Bring the units in order and fold identical commands. */
void	vn_units_sort(struct vn_units *units);

/* Is path a regular file, a directory?  Links are followed. */
bool	vn_is_file(const char *path);
bool	vn_is_dir(const char *path);

#endif /* !VN_UNITS_UNITS_IMPL_H */
