/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the parts that read a bare kernel source tree share.
 */

#ifndef VN_UNITS_BSD_IMPL_H
#define	VN_UNITS_BSD_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Units/units_impl.h"

/* A file of conf/ being read. */
struct vn_text {
	char		*path;		/* owned */
	struct vn_strbuf buf;
	size_t		 pos;
	unsigned	 line;		/* of pos, from 1 */
	size_t		 bol;		/* where that line starts */
};

/*
 * Open root/name.  Returns 0, 1 where there is no such file and that is no
 * error (optional), or -1 after reporting one.
 */
int	vn_text_open(struct vn_text *text, const char *root, const char *name,
	    bool optional);
void	vn_text_close(struct vn_text *text);

/* A byte ahead, the next byte; -1 at the end. */
int	vn_text_peek(const struct vn_text *text, size_t ahead);
int	vn_text_get(struct vn_text *text);

/* The column, from 1, of the next byte. */
unsigned vn_text_col(const struct vn_text *text);

/* A file that conf/files or conf/files.ARCH names. */
struct vn_bsd_file {
	char		*name;		/* below the root; owned */
	char		*command;	/* compile-with, or NULL; owned */
	char		*depends;	/* dependency, or NULL; owned */
	struct vn_words	 needs;		/* names, "!name", "|" for or */
	char		*origin;	/* "path:line"; owned */
	size_t		 place;		/* order of appearance */
};

struct vn_bsd_config;

struct vn_bsd_files {
	struct vn_bsd_file	*items;	/* owned; sorted by name, then place */
	size_t			 count, room;
};

/* Read the lists that the tree has for arch, and more, named by a kernel's
 * configuration.  Returns 0, or -1 after reporting one error. */
int	vn_bsd_files_read(struct vn_bsd_files *out, const char *root,
	    const char *arch, const struct vn_words *more);
void	vn_bsd_files_free(struct vn_bsd_files *files);

/*
 * The entry of a file, NULL if no list names it; of several the first with a
 * compile-with.
 */
const struct vn_bsd_file *vn_bsd_files_find(const struct vn_bsd_files *files,
	    const char *name);

/* Does the configuration leave the file, which a list names, out? */
bool	vn_bsd_files_left_out(const struct vn_bsd_files *files,
	    const char *name, const struct vn_bsd_config *config);

/* An option that conf/options or conf/options.ARCH names. */
struct vn_bsd_option {
	char		*name;		/* owned */
	char		*header;	/* the header that tells of it; owned */
	char		*value;		/* NULL: off; owned */
};

struct vn_bsd_config {
	VN_VEC(struct vn_bsd_option) options;	/* in order of appearance */
	size_t		*by_name;	/* owned: indices of options, sorted */
	struct vn_words	 headers;	/* in order of appearance */
	struct vn_words	 files;		/* more lists of files, absolute */
	struct vn_words	 on;		/* devices, and options without a
					   value, in lower case; sorted */
};

/*
 * The options that kernconf turns on, or the tree's NOTES where it is NULL.
 * Returns 0, or -1 after reporting one error.
 */
int	vn_bsd_config_read(struct vn_bsd_config *out, const char *root,
	    const char *arch, const char *kernconf);
void	vn_bsd_config_free(struct vn_bsd_config *config);

/* Is the device or option on, as conf/files asks for it? */
bool	vn_bsd_config_on(const struct vn_bsd_config *config, const char *name);

/* Append what the header is to hold. */
void	vn_bsd_config_header(const struct vn_bsd_config *config,
	    const char *header, struct vn_strbuf *out);

/* What is to be known of a machine beyond what its tree says. */
struct vn_bsd_arch {
	const char	*name;		/* directory, suffix of conf/files */
	const char	*triple;	/* of clang, "%u" being the release */
	const char	*links[3];	/* directories: include/ is linked to */
};

/* The row of a machine; one without a row gets a guess made of its name. */
const struct vn_bsd_arch *vn_bsd_arch(const char *name);

/* Report one error that names the machines of the tree; returns -1. */
int	vn_bsd_arch_missing(const char *root, const char *arch);

/*
 * Make what a configured kernel would have generated, or find it made.
 * Returns the directory, owned by the caller, or NULL after one error.
 */
char	*vn_bsd_generate(const struct vn_bsd_options *opts,
	    const struct vn_bsd_config *config,
	    const struct vn_bsd_files *files);

/* The flags that all files of a tree share: before and after a file's own. */
struct vn_bsd_flags {
	struct vn_words	before, after;
};

int	vn_bsd_flags_read(struct vn_bsd_flags *out, const char *root,
	    const char *arch, const char *gendir);
void	vn_bsd_flags_free(struct vn_bsd_flags *flags);

/* Append the flags that a compile-with gives. */
void	vn_bsd_flags_own(struct vn_words *out, const char *command,
	    const char *root);

/*
 * word with the spellings of the tree's root replaced, owned by the caller, or
 * NULL where other make(1) variables remain in it.
 */
char	*vn_bsd_expand(const char *word, const char *root);

#endif /* !VN_UNITS_BSD_IMPL_H */
