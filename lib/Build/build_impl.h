/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the driver of a build and --run-step share, and how things lie in the
 * work directory:
 *
 *	run		link to the program that is run with --run-step=N steps
 *	steps		the steps: an offset for each, then their fields
 *	build.ninja	the steps that are not up to date; no word of a user's
 *	lock		locked while a build runs here
 *	step/N.err	what step N printed in this build
 *	step/N.state	how it ended; written last
 *	record/KEY	what an output was made from, by a digest of its name:
 *			the step's key, the files read, each with its stat(2)
 *	digests		(path, stat(2)) and the digest that the file had
 *
 * An output is kept if its record's key is the step's, the output is as it was
 * left, and each file that was read has the same stat(2), ctime included, or
 * else a digest that equals the one noted for the old stat(2).  The key is a
 * digest of the directory, the words, the programs, the variables of the
 * environment that compilers heed, and the step's "around".  Not noticed, as by
 * any tool that goes by dependency files: a new header that would now be found
 * before the old one, but where "around" tells of it.
 */

#ifndef VN_BUILD_BUILD_IMPL_H
#define	VN_BUILD_BUILD_IMPL_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Build/build.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

struct stat;

/* A digest as text, with its NUL: MD5. */
#define	VN_DIGEST_SIZE	33

/* What tells one state of a file from another. */
struct vn_stamp {
	uint64_t	dev, ino, size;
	uint64_t	mtime, ctime;	/* nanoseconds */
};

void	vn_stamp_of(struct vn_stamp *stamp, const struct stat *st);
/* Follows links.  False if there is no such regular file. */
bool	vn_stamp_path(struct vn_stamp *stamp, const char *path);
bool	vn_stamp_same(const struct vn_stamp *a, const struct vn_stamp *b);

/* Fields, one after another: numbers, and bytes after their length. */
struct vn_fields {
	const char	*data;		/* borrowed */
	size_t		 len, at;
	bool		 bad;		/* ended too early, or is no text */
};

void	vn_field_number(struct vn_strbuf *out, uint64_t number);
void	vn_field_text(struct vn_strbuf *out, const char *text);
void	vn_field_stamp(struct vn_strbuf *out, const struct vn_stamp *stamp);
uint64_t vn_field_get_number(struct vn_fields *in);
/* Borrowed from the data; "" once that is bad. */
const char *vn_field_get_text(struct vn_fields *in);
void	vn_field_get_stamp(struct vn_fields *in, struct vn_stamp *stamp);

/* Write a file whole or not at all; without a sync.  0, or -1 with errno. */
int	vn_build_write(const char *path, const struct vn_strbuf *bytes);

/* A step as --run-step reads it. */
struct vn_step_text {
	char	*data;			/* owned; the rest borrows from it */
	const char *dir, *output, *key;
	char	**argv;			/* owned; ends with NULL */
};

/* Write the file of steps; keys has a digest for each. */
int	vn_steps_write(const struct vn_build *build, const char *keys,
	    const char *path);
/* Returns 0, or -1 after one error. */
int	vn_steps_read(struct vn_step_text *step, const char *number,
	    const char *path);
void	vn_step_text_free(struct vn_step_text *step);

struct vn_input {
	const char	*path;		/* borrowed from the record's data */
	struct vn_stamp	 stamp;
};

/* What is known of an output. */
struct vn_built {
	char		*data;		/* owned */
	const char	*key;		/* borrowed from data, as all texts */
	const char	*messages;
	struct vn_stamp	 output;
	VN_VEC(struct vn_input) inputs;
};

/* The record's path of an output below work; owned by the caller. */
char	*vn_built_path(const char *work, const char *output);
/* False if there is none, or none that can be read. */
bool	vn_built_read(struct vn_built *record, const char *work,
	    const char *output);
int	vn_built_write(const struct vn_built *record, const char *work,
	    const char *output);
void	vn_built_free(struct vn_built *record);

/*
 * Append the names in the text of a dependency file, make(1)'s quoting undone,
 * each once more with its NUL.  The targets are not among them.
 */
void	vn_depfile_names(struct vn_strbuf *out, const char *text, size_t len);

/* Digests of files, each read once as long as it stays the same. */
struct vn_digests;
struct vn_digests *vn_digests_read(const char *path);
/* Keep the file's digest for the next time. */
void	vn_digests_note(struct vn_digests *digests, const char *path,
	    const struct vn_stamp *stamp);
/* Has the file the bytes that it had with that stamp? */
bool	vn_digests_same(struct vn_digests *digests, const char *path,
	    const struct vn_stamp *stamp);
/* Of the file now, NULL if it cannot be read; borrowed. */
const char *vn_digests_now(struct vn_digests *digests, const char *path);
/* Those that were noted or asked for; 0, or -1 with errno. */
int	vn_digests_write(struct vn_digests *digests, const char *path);
void	vn_digests_free(struct vn_digests *digests);

/*
 * Run argv in dir (NULL: this one) without input, its output and errors to fd
 * log, in a process group of its own where group says so.  SIGINT, SIGTERM and
 * SIGHUP are passed on to it, unless they are ignored, and *interrupted tells
 * of it.  Returns the status of waitpid(2), or -1 with errno set if it cannot
 * be started.
 */
int	vn_child_run(char *const argv[], const char *dir, int log, bool group,
	    int *interrupted);

/* Keep SIGINT, SIGTERM and SIGHUP back but while a child runs. */
void	vn_child_block(void);
/* Get that signal when the parent dies, where the system knows how. */
void	vn_child_follow(int number);

/* How a step ended, as the file step/N.state tells: a letter and a number. */
#define	VN_ENDED_BUILT		'b'
#define	VN_ENDED_FAILED		'f'	/* exit status, or 128 + signal */
#define	VN_ENDED_UNSTARTED	'u'	/* errno */
#define	VN_ENDED_TROUBLE	't'	/* errno: not the command's fault */

/*
 * Run the steps that are VN_STEP_NONE, and fill in how they ended.  Returns as
 * vn_build_run.
 */
int	vn_ninja_run(struct vn_build *build, const char *keys);

/* Ends of names next to an output while it is being made. */
#define	VN_TEMPORARY		".vntmp"

/* Where a program is, by PATH or seen from dir: the caller's, or NULL. */
char	*vn_find_program(const char *name, const char *dir);

/* The key of a step, of VN_DIGEST_SIZE bytes. */
void	vn_step_key(const struct vn_step *step, struct vn_digests *digests,
	    char *key);

#endif /* !VN_BUILD_BUILD_IMPL_H */
