/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files replaced all or none, and files written whole.
 *
 * Everything that can fail is done before the first rename(2).  A file about
 * to be renamed over is kept under a second name until all are done, so that
 * going back is again only a rename.  SIGINT, SIGTERM and SIGHUP are held back
 * meanwhile and looked for between the steps: the work is undone first, then
 * they are let in.
 */

#include "file.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "mem.h"
#include "strbuf.h"

/* A file on its way. */
struct job {
	const struct vn_replacement	*r;	/* borrowed */
	char		*target;	/* owned; symbolic links resolved */
	char		*temp;		/* owned; the new text, or NULL */
	char		*backup;	/* owned; the old text, or NULL */
	struct stat	 st;		/* of the target before it was read */
	bool		 renamed;	/* the target is the new text */
	size_t		 linked;	/* so are that many other names */
};

static int
fail(const char *path, const char *what)
{
	vn_diag(VN_ERROR, path, 0, 0, "%s: %s", what, strerror(errno));
	return (-1);
}

static int
refuse(const char *path, const char *why)
{
	vn_diag(VN_ERROR, path, 0, 0, "%s", why);
	return (-1);
}

/*
 * Signals.
 */

static const int held[] = { SIGINT, SIGTERM, SIGHUP };

static void
hold_signals(sigset_t *before)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < VN_NITEMS(held); i++)
		sigaddset(&set, held[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

/* Those that wait come in now. */
static void
release_signals(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

/* Does one of them wait?  Ignored ones may wait too, and do not count. */
static bool
interrupted(void)
{
	struct sigaction sa;
	sigset_t set;
	size_t i;

	if (sigpending(&set) != 0)
		return (false);
	for (i = 0; i < VN_NITEMS(held); i++)
		if (sigismember(&set, held[i]) == 1 &&
		    sigaction(held[i], NULL, &sa) == 0 &&
		    sa.sa_handler != SIG_IGN)
			return (true);
	return (false);
}

/*
 * Temporary files.
 */

/* A name beside path for mkostemp(3); walks pass over it. */
static char *
temp_template(const char *path)
{
	char *dir, *name;

	dir = vn_file_dirname(path);
	name = vn_file_join(dir, ".vnetize.XXXXXX");
	free(dir);
	return (name);
}

/* The owner first: changing it may clear bits of the mode. */
static int
set_attributes(int fd, const struct stat *st)
{
	struct stat now;

	if (fstat(fd, &now) != 0)
		return (-1);
	if ((now.st_uid != st->st_uid || now.st_gid != st->st_gid) &&
	    fchown(fd, st->st_uid, st->st_gid) != 0)
		return (-1);
	return (fchmod(fd, st->st_mode & 07777));
}

/* The text and mode of a temporary file, and what a replaced one keeps. */
static int
fill_temp(int fd, const char *data, size_t len, const struct stat *st,
    bool keep)
{
	if (vn_file_write_all(fd, data, len) != 0)
		return (-1);
	if (!keep)
		return (fchmod(fd, st->st_mode & 07777));
	return (set_attributes(fd, st) == 0 ? fsync(fd) : -1);
}

/*
 * Write a temporary file beside path, with the mode of st; where keep is set
 * it takes the place of the file of st: it has its owner, and is on the disk.
 * Returns its name, owned by the caller, or NULL with errno set.
 */
static char *
write_temp(const char *path, const char *data, size_t len,
    const struct stat *st, bool keep)
{
	char *temp;
	int error, fd, saved;

	temp = temp_template(path);
	fd = mkostemp(temp, O_CLOEXEC);
	error = fd == -1 ? -1 : fill_temp(fd, data, len, st, keep);
	saved = errno;
	if (fd != -1 && close(fd) != 0 && error == 0) {
		error = -1;
		saved = errno;
	}
	if (error == 0)
		return (temp);
	if (fd != -1)
		unlink(temp);
	free(temp);
	errno = saved;
	return (NULL);
}

/*
 * The steps of a job.  Each returns 0, or -1 after reporting one error.
 */

static bool
no_write_bit(mode_t mode)
{
	return ((mode & 0222) == 0);
}

/* Root may write anything, but the mode says what is meant. */
static int
check_directory(const char *path, const char *shown)
{
	struct stat st;
	char *dir;
	int error;

	dir = vn_file_dirname(path);
	error = stat(dir, &st);
	if (error != 0)
		fail(shown, "cannot find its directory");
	else if (no_write_bit(st.st_mode) || access(dir, W_OK | X_OK) != 0)
		error = refuse(shown, "its directory is read-only");
	free(dir);
	return (error);
}

/* The other names have to be names of the file still. */
static int
check_links(const struct job *job)
{
	const struct vn_replacement *r;
	struct stat st;
	size_t i;

	r = job->r;
	for (i = 0; i < r->nlinks; i++) {
		if (lstat(r->links[i], &st) != 0)
			return (fail(r->links[i], "cannot replace the file"));
		if (st.st_dev != job->st.st_dev || st.st_ino != job->st.st_ino)
			return (refuse(r->links[i],
			    "file has changed since it was read, run again"));
		if (check_directory(r->links[i], r->links[i]) != 0)
			return (-1);
	}
	return (0);
}

static int
check_access(struct job *job)
{
	job->target = vn_file_realpath(job->r->path);
	if (job->target == NULL || stat(job->target, &job->st) != 0)
		return (fail(job->r->path, "cannot replace the file"));
	if (!S_ISREG(job->st.st_mode))
		return (refuse(job->r->path, "not a regular file"));
	if (no_write_bit(job->st.st_mode) || access(job->target, W_OK) != 0)
		return (refuse(job->r->path, "file is read-only"));
	if (check_directory(job->target, job->r->path) != 0)
		return (-1);
	return (check_links(job));
}

static int
check_text(const struct job *job)
{
	struct vn_strbuf now = { 0 };
	const struct vn_replacement *r;
	int error;

	r = job->r;
	error = vn_file_read(&now, job->target);
	if (error != 0)
		fail(r->path, "cannot read the file");
	else if (now.len != r->oldlen ||
	    (now.len > 0 && memcmp(now.data, r->old, now.len) != 0))
		error = refuse(r->path,
		    "file has changed since it was read, run again");
	vn_strbuf_free(&now);
	return (error);
}

static bool
changes(const struct job *job)
{
	const struct vn_replacement *r;

	r = job->r;
	return (r->len != r->oldlen ||
	    (r->len > 0 && memcmp(r->data, r->old, r->len) != 0));
}

static int
prepare(struct job *job)
{
	if (!changes(job))
		return (0);
	job->temp = write_temp(job->target, job->r->data, job->r->len,
	    &job->st, true);
	if (job->temp == NULL)
		return (fail(job->r->path, "cannot write beside the file"));
	return (0);
}

/* A second name for the old text; a copy where the system has no links. */
static int
back_up(struct job *job)
{
	job->backup = vn_asprintf("%s.old", job->temp);
	if (link(job->target, job->backup) == 0)
		return (0);
	free(job->backup);
	job->backup = write_temp(job->target, job->r->old, job->r->oldlen,
	    &job->st, true);
	return (job->backup == NULL ? -1 : 0);
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return (a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	    a->st_size == b->st_size &&
	    a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec);
}

/* Make path another name of the file `of`, whatever it was before. */
static int
relink(const char *of, const char *path, const char *temp)
{
	char *name;
	int error, saved;

	name = vn_asprintf("%s.link", temp);
	error = link(of, name);
	if (error == 0 && (error = rename(name, path)) != 0) {
		saved = errno;
		unlink(name);
		errno = saved;
	}
	free(name);
	return (error);
}

static int
commit_links(struct job *job)
{
	for (; job->linked < job->r->nlinks; job->linked++)
		if (relink(job->target, job->r->links[job->linked],
		    job->temp) != 0)
			return (fail(job->r->links[job->linked],
			    "cannot link the file"));
	return (0);
}

static int
commit(struct job *job)
{
	struct stat st;

	if (job->temp == NULL)
		return (0);
	if (stat(job->target, &st) != 0)
		return (fail(job->r->path, "cannot replace the file"));
	if (!same_file(&st, &job->st))
		return (refuse(job->r->path,
		    "file has changed since it was read, run again"));
	if (back_up(job) != 0 || rename(job->temp, job->target) != 0)
		return (fail(job->r->path, "cannot replace the file"));
	job->renamed = true;
	return (commit_links(job));
}

/* Put the old text back, or say where it is. */
static void
roll_back(struct job *job)
{
	while (job->linked > 0)
		if (relink(job->backup, job->r->links[--job->linked],
		    job->temp) != 0)
			vn_diag(VN_WARNING, job->r->links[job->linked], 0, 0,
			    "the old text could not be put back");
	if (!job->renamed || rename(job->backup, job->target) == 0)
		return;
	vn_diag(VN_WARNING, job->r->path, 0, 0,
	    "the old text could not be put back, it is in '%s'", job->backup);
	free(job->backup);
	job->backup = NULL;
}

/*
 * Remove what is left beside the target.  After rename(2) the names may be
 * gone already, which does not matter.
 */
static void
clean_up(struct job *job)
{
	if (job->temp != NULL)
		unlink(job->temp);
	if (job->backup != NULL)
		unlink(job->backup);
	free(job->temp);
	free(job->backup);
	free(job->target);
}

/*
 * The set.
 */

static int
by_target(const void *a, const void *b)
{
	const struct job *const *x, *const *y;

	x = a;
	y = b;
	return (strcmp((*x)->target, (*y)->target));
}

/* A file that came twice would lose one of its texts. */
static int
check_twice(struct job *jobs, size_t count)
{
	struct job **sorted;
	size_t i;
	int error;

	error = 0;
	sorted = vn_calloc(count, sizeof(*sorted));
	for (i = 0; i < count; i++)
		sorted[i] = &jobs[i];
	qsort(sorted, count, sizeof(*sorted), by_target);
	for (i = 1; i < count && error == 0; i++)
		if (by_target(&sorted[i - 1], &sorted[i]) == 0)
			error = refuse(sorted[i]->r->path,
			    "file is to be replaced twice");
	free(sorted);
	return (error);
}

/* Run a step for each job, until one fails or a signal comes. */
static int
each(struct job *jobs, size_t count, int (*step)(struct job *))
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (interrupted())
			return (refuse(jobs[i].r->path,
			    "interrupted, no file is changed"));
		if (step(&jobs[i]) != 0)
			return (-1);
	}
	return (0);
}

static int
check(struct job *job)
{
	return (check_access(job) == 0 ? check_text(job) : -1);
}

static int
run_jobs(struct job *jobs, size_t count)
{
	size_t i;
	int error;

	error = each(jobs, count, check);
	if (error == 0)
		error = check_twice(jobs, count);
	if (error == 0)
		error = each(jobs, count, prepare);
	if (error == 0)
		error = each(jobs, count, commit);
	for (i = count; error != 0 && i-- > 0; )
		roll_back(&jobs[i]);
	for (i = 0; i < count; i++)
		clean_up(&jobs[i]);
	return (error);
}

int
vn_file_replace_all(const struct vn_replacement *files, size_t count)
{
	sigset_t before;
	struct job *jobs;
	size_t i;
	int error;

	if (count == 0)
		return (0);
	jobs = vn_calloc(count, sizeof(*jobs));
	for (i = 0; i < count; i++)
		jobs[i].r = &files[i];
	hold_signals(&before);
	error = run_jobs(jobs, count);
	release_signals(&before);
	free(jobs);
	return (error);
}

/* The mode of the file named like, else that of any new file. */
static int
new_mode(struct stat *st, const char *like)
{
	mode_t mask;

	if (like != NULL)
		return (stat(like, st));
	mask = umask(0);
	umask(mask);
	st->st_mode = 0666 & ~mask;
	return (0);
}

static int
write_and_rename(const char *path, const char *data, size_t len,
    const struct stat *st)
{
	char *temp;
	int error, saved;

	temp = write_temp(path, data, len, st, false);
	if (temp == NULL)
		return (-1);
	error = rename(temp, path);
	if (error != 0) {
		saved = errno;
		unlink(temp);
		errno = saved;
	}
	free(temp);
	return (error);
}

int
vn_file_write(const char *path, const char *data, size_t len,
    const char *like)
{
	sigset_t before;
	struct stat st;
	char *dir;
	int error;

	if (new_mode(&st, like) != 0)
		return (fail(like, "cannot find the file"));
	dir = vn_file_dirname(path);
	error = vn_file_mkdirs(dir);
	if (error != 0)
		fail(dir, "cannot make the directory");
	free(dir);
	if (error != 0)
		return (-1);
	hold_signals(&before);
	error = write_and_rename(path, data, len, &st);
	if (error != 0)
		fail(path, "cannot write the file");
	release_signals(&before);
	return (error);
}
