/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A revision of a git repository as a directory.  The index is a file beside
 * that directory, so that a second checkout only writes what is not right.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/proc.h"
#include "Support/strbuf.h"
#include "mirror.h"

/* Words are only read. */
#define	WORD(s)	((char *)(uintptr_t)(s))

struct checkout {
	const char	*top;		/* borrowed */
	const char	*revision;	/* borrowed */
	const char	*dir;		/* borrowed */
	char		*full;		/* owned: dir, canonical; or NULL */
	char		*commit;	/* owned: its name */
	/* Words of the environment, owned, or NULL: not to be there. */
	char		*gitdir, *worktree, *index;
};

/*
 * Run git with those words.  Hooks, file system monitors and split or sparse
 * indexes, which would act on the repository or leave files out, are off; so
 * is what the caller's environment says of another repository.  Returns 0 if
 * git does; out gets what it prints, err what it says.
 */
static int
run_git(const struct checkout *c, char *const words[], struct vn_strbuf *out,
    struct vn_strbuf *err)
{
	static const char *const first[] = { "git", "-c",
	    "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c",
	    "core.splitIndex=false", "-c", "core.sparseCheckout=false", "-c",
	    "core.untrackedCache=false", "-C" };
	char *env[] = { c->gitdir != NULL ? c->gitdir : WORD("GIT_DIR"),
	    c->worktree != NULL ? c->worktree : WORD("GIT_WORK_TREE"),
	    c->index != NULL ? c->index : WORD("GIT_INDEX_FILE"),
	    WORD("GIT_OBJECT_DIRECTORY"), WORD("GIT_COMMON_DIR"),
	    WORD("GIT_NAMESPACE"), WORD("GIT_PREFIX"),
	    WORD("GIT_OPTIONAL_LOCKS=0"), WORD("GIT_TERMINAL_PROMPT=0"), NULL };
	VN_VEC(char *) argv = { 0 };
	size_t i;
	int status;

	for (i = 0; i < VN_NITEMS(first); i++)
		VN_PUSH(&argv, WORD(first[i]));
	VN_PUSH(&argv, WORD(c->full != NULL ? c->full : c->top));
	for (i = 0; words[i] != NULL; i++)
		VN_PUSH(&argv, words[i]);
	VN_PUSH(&argv, NULL);
	status = vn_proc_run_env(argv.items, NULL, env, out, err);
	if (status == -1)
		vn_strbuf_puts(err, strerror(errno));
	VN_FREE(&argv);
	return (status);
}

/* What git said, in one line: its last one, which is the reason. */
static int
refuse(const struct checkout *c, const struct vn_strbuf *err)
{
	const char *line, *said;
	size_t len;

	said = err->data == NULL ? "" : err->data;
	len = strlen(said);
	while (len > 0 && said[len - 1] == '\n')
		len--;
	line = len == 0 ? NULL : memrchr(said, '\n', len);
	line = line == NULL ? said : line + 1;
	vn_error("cannot check '%s' of '%s' out: %.*s", c->revision, c->top,
	    (int)(len - (size_t)(line - said)), line);
	return (-1);
}

/* The first line of what git prints, owned by the caller; or NULL. */
static char *
ask_git(const struct checkout *c, char *const words[], struct vn_strbuf *err)
{
	struct vn_strbuf out = { 0 };
	char *line;

	line = NULL;
	if (run_git(c, words, &out, err) == 0 && out.len > 0)
		line = vn_strndup(out.data, strcspn(out.data, "\n"));
	vn_strbuf_free(&out);
	return (line);
}

static int
find_commit(struct checkout *c)
{
	char *spec = vn_asprintf("%s^{commit}", c->revision);
	char *const gitdir[] = { WORD("rev-parse"), WORD("--absolute-git-dir"),
	    NULL };
	char *const commit[] = { WORD("rev-parse"), WORD("--verify"),
	    WORD("--quiet"), spec, NULL };
	struct vn_strbuf err = { 0 };
	char *dir;
	int error = -1;

	dir = ask_git(c, gitdir, &err);
	if (dir == NULL)
		refuse(c, &err);
	else if (*c->revision == '-' ||
	    (c->commit = ask_git(c, commit, &err)) == NULL)
		vn_error("no revision '%s' in '%s'", c->revision, c->top);
	else
		error = 0;
	if (error == 0)
		c->gitdir = vn_asprintf("GIT_DIR=%s", dir);
	free(dir);
	free(spec);
	vn_strbuf_free(&err);
	return (error);
}

/* No lock that a killed git left, nor the index of a directory that is gone. */
static void
clear_index(const struct checkout *c, bool is_new)
{
	const char *file;
	char *lock;

	file = strchr(c->index, '=') + 1;
	lock = vn_asprintf("%s.lock", file);
	unlink(lock);
	if (is_new)
		unlink(file);
	free(lock);
}

/* Make the directory, and say where it and its index are. */
static int
make_dir(struct checkout *c)
{
	bool is_new;

	is_new = access(c->dir, F_OK) != 0;
	if (vn_file_mkdirs(c->dir) == 0)
		c->full = vn_file_realpath(c->dir);
	if (c->full == NULL) {
		vn_error("cannot make the directory '%s': %s", c->dir,
		    strerror(errno));
		return (-1);
	}
	c->worktree = vn_asprintf("GIT_WORK_TREE=%s", c->full);
	c->index = vn_asprintf("GIT_INDEX_FILE=%s.index", c->full);
	clear_index(c, is_new);
	return (0);
}

static int
fill_dir(const struct checkout *c)
{
	char *const words[] = { WORD("read-tree"), WORD("--reset"), WORD("-u"),
	    c->commit, NULL };
	struct vn_strbuf err = { 0 };
	int error;

	error = run_git(c, words, NULL, &err);
	if (error != 0)
		error = refuse(c, &err);
	vn_strbuf_free(&err);
	return (error);
}

int
vn_mirror_checkout(const char *top, const char *revision, const char *dir)
{
	struct checkout c = { .top = top, .revision = revision, .dir = dir };
	int error;

	error = find_commit(&c);
	if (error == 0)
		error = make_dir(&c);
	if (error == 0)
		error = fill_dir(&c);
	free(c.full);
	free(c.commit);
	free(c.gitdir);
	free(c.worktree);
	free(c.index);
	return (error);
}
