/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A compile command made one that can be compared: same names on both sides,
 * no warnings that end it, no link-time optimization.
 */

#ifndef VN_BUILD_RECOMPILE_H
#define	VN_BUILD_RECOMPILE_H

#include <stdbool.h>
#include <stddef.h>

struct vn_command;

/* A directory that the commands name, and what stands for it. */
struct vn_moved {
	const char	*from, *to;	/* absolute, without a '/' at the end;
					   borrowed */
};

enum vn_output {
	VN_OUT_OBJECT,
	VN_OUT_DEBUG,		/* the object with -g */
	VN_OUT_TEXT		/* -E, with line markers */
};

struct vn_recompile {
	const struct vn_moved *moved;	/* borrowed; longest from first */
	size_t		 nmoved;
	const char	*root;		/* private copy: "." in names */
	const char	*first;		/* directory before all -I, or NULL */
	const char	*cc;		/* --cc, or NULL: the command's */
	const char	*launcher;	/* one word, or NULL */
	char *const	*flags;		/* added at the end; borrowed */
	size_t		 nflags;
	enum vn_output	 output;
};

/*
 * The words of a command changed so: paths moved wherever they stand in a word
 * (also relative ones that leave the directory), -o, -M*, -Werror* dropped,
 * -fno-lto, -ffile-prefix-map=root=., -frandom-seed=NAME, -MD -MF "\002",
 * -o "\001" added.  Both compilers' spellings.  Returns a NULL-terminated
 * array, owned by the caller, and in *dir the directory to run it in, owned
 * likewise.
 */
char	**vn_recompile(const struct vn_recompile *how,
	    const struct vn_command *command, char **dir);

/*
 * Why a command cannot be judged from its preprocessed text, or NULL: flags of
 * sanitizers, profiles, coverage.  Static.
 */
const char *vn_recompile_unquick(const struct vn_command *command);

#endif /* !VN_BUILD_RECOMPILE_H */
