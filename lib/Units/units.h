/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Units: compile commands, from wherever the user keeps them.
 */

#ifndef VN_UNITS_UNITS_H
#define	VN_UNITS_UNITS_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes that a file is taken to have, whatever is on the disk. */
struct vn_overlay {
	char	*path;		/* canonical name; owned */
	char	*data;		/* owned */
	size_t	 len;
};

/* One compile command of one source file. */
struct vn_unit {
	char	 *file;	/* canonical absolute name of the source; owned */
	char	 *dir;	/* absolute directory it is compiled in; owned */
	char	**argv;		/* NULL-terminated, owned: flags only, without
				   compiler, source, -c, -o and -M options */
	size_t	  argc;
	char	 *origin; /* for messages: "path:line" of the command; owned */
	bool	  tried; /* flags are a guess: conf/files does not name it */
	bool	  left_out;	/* conf/files names it, but not for the options
				   that are on: it need not compile */
	bool	  extra; /* made of another unit: it need not compile */
	size_t	  nvaried;	/* words at the end of argv that make it so:
				   they stand after what all units get */
	char	 *config; /* what sets it apart from the command as it was
				   given: "-DFOO -UBAR"; owned, NULL: nothing */
	struct vn_overlay *overlays;	/* owned: headers as this configuration
					   has them */
	size_t	  noverlays;
};

struct vn_units {
	struct vn_unit	*items;	/* owned; sorted by file, then order of
				   appearance */
	size_t		 count;
};

void	vn_units_free(struct vn_units *units);

/*
 * Read the JSON compilation database at path (a file, or a directory that
 * holds compile_commands.json), after
 * https://clang.llvm.org/docs/JSONCompilationDatabase.html: "arguments" or
 * "command" (split by that document's rules, never by a shell), "directory",
 * "file".  Commands whose file does not end in .c are passed over; so are
 * those whose file does not exist, with a warning. Identical commands of one
 * file fold. Returns 0, or -1 after reporting
 * one error with path:line:column (unreadable, not JSON, not an array, an
 * entry without file, no entry at all).
 */
int	vn_units_compdb(struct vn_units *out, const char *path);

/*
 * Each .c file of files[] (canonical names) compiled with flags[] in the
 * current directory.
 */
int	vn_units_fixed(struct vn_units *out, char *const *files, size_t nfiles,
	    char *const *flags, size_t nflags);

/*
 * Append the unit of that index in another configuration: flags are added to
 * the end of its command.  config is how it is called.  All is copied; items
 * may move.  Returns the new unit's index.
 */
size_t	vn_units_vary(struct vn_units *units, size_t index,
	    const char *config, char *const *flags, size_t nflags);

/*
 * Append each unit that is not extra with the words of flags (split as a
 * command is) added.
 */
void	vn_units_config(struct vn_units *units, const char *name,
	    const char *flags);

/*
 * Let the unit see the header at path without what it #defines of that name;
 * nothing happens if it does not.
 */
void	vn_unit_hide(struct vn_unit *unit, const char *path,
	    const char *macro);

/*
 * The nearest compile_commands.json or build/compile_commands.json at or above
 * the canonical path (a file or a directory): owned by the caller, or NULL.
 */
char	*vn_units_discover(const char *path);

/*
 * The nearest directory at or above path that is a BSD kernel source tree
 * (holds conf/files, kern/ and sys/): owned by the caller, or NULL.
 */
char	*vn_units_bsd_root(const char *path);

/* What to make of a bare kernel source tree. */
struct vn_bsd_options {
	const char	*sys;		/* canonical root of the tree */
	const char	*arch;		/* machine directory: "amd64" */
	const char	*kernconf;	/* configuration file, or NULL: what
					   NOTES turn on */
	const char	*cachedir;	/* where generated headers are kept */
	const char	*resource;	/* unused so far; NULL */
};

/*
 * Units of a BSD kernel source tree without a configured kernel.  Makes what
 * config(8) and the kernel's makefiles would generate (opt_*.h, *_if.h,
 * vnode_if*.h, usbdevs.h and their like, machine links) below cachedir, in a
 * directory whose
 * name is a digest of what they are made from, so that a second run finds
 * them; never writes in the tree.  A unit for every .c file of files[]
 * (canonical names) with the flags that conf/files and conf/files.ARCH give
 * it; one
 * that they do not name is tried with the same flags. Returns 0, or -1 after
 * one error.
 */
int	vn_units_bsd(struct vn_units *out, const struct vn_bsd_options *opts,
	    char *const *files, size_t nfiles);

#endif /* !VN_UNITS_UNITS_H */
