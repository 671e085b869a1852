/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Programs that vnetize runs.
 */

#include "proc.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "strbuf.h"

enum { IN, OUT, ERR, FAILED, NPIPES };

/*
 * The child's ends of the pipes and ours, -1 where there is none.  FAILED
 * carries the errno of a child that could not start; exec closes it.
 */
struct ends {
	int	child[NPIPES];
	int	ours[NPIPES];
};

/*
 * Clear of standard input, output and error, which the child still needs to
 * set up; fd is closed.
 */
static int
above_standard(int fd)
{
	int moved, saved;

	if (fd == -1 || fd > STDERR_FILENO)
		return (fd);
	moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	saved = errno;
	close(fd);
	errno = saved;
	return (moved);
}

static int
open_pipe(struct ends *e, int which)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC) != 0)
		return (-1);
	e->ours[which] = above_standard(fds[0]);
	e->child[which] = above_standard(fds[1]);
	return (e->ours[which] == -1 || e->child[which] == -1 ? -1 : 0);
}

static int
open_null(struct ends *e, int which)
{
	e->child[which] = above_standard(open("/dev/null", O_RDWR | O_CLOEXEC));
	return (e->child[which] == -1 ? -1 : 0);
}

static int
open_ends(struct ends *e, const struct vn_strbuf *out,
    const struct vn_strbuf *err)
{
	if (open_null(e, IN) != 0 || open_pipe(e, FAILED) != 0)
		return (-1);
	if ((out != NULL ? open_pipe(e, OUT) : open_null(e, OUT)) != 0)
		return (-1);
	return (err != NULL ? open_pipe(e, ERR) : 0);
}

static void
close_fds(int *fds)
{
	int i;

	for (i = 0; i < NPIPES; i++) {
		if (fds[i] != -1)
			close(fds[i]);
		fds[i] = -1;
	}
}

static void
close_ends(struct ends *e)
{
	int saved;

	saved = errno;
	close_fds(e->child);
	close_fds(e->ours);
	errno = saved;
}

extern char **environ;

/* Does the word of env speak of that variable? */
static bool
speaks_of(const char *word, const char *variable)
{
	size_t len;

	len = strcspn(word, "=");
	return (strncmp(word, variable, len) == 0 && variable[len] == '=');
}

/* This environment changed by env; owned by the caller, its words are lent. */
static char **
changed_environment(char *const env[])
{
	VN_VEC(char *) v = { 0 };
	size_t i, j;

	for (i = 0; environ[i] != NULL; i++) {
		for (j = 0; env[j] != NULL; j++)
			if (speaks_of(env[j], environ[i]))
				break;
		if (env[j] == NULL)
			VN_PUSH(&v, environ[i]);
	}
	for (j = 0; env[j] != NULL; j++)
		if (strchr(env[j], '=') != NULL)
			VN_PUSH(&v, env[j]);
	VN_PUSH(&v, NULL);
	return (v.items);
}

/* The child: only what is safe after fork(2).  environment: or NULL. */
static void
start(char *const argv[], const char *dir, char **environment,
    const struct ends *e)
{
	int i, saved;

	for (i = IN; i <= ERR; i++)
		if (e->child[i] != -1 && dup2(e->child[i], i) == -1)
			goto failed;
	if (environment != NULL)
		environ = environment;
	if (dir == NULL || chdir(dir) == 0)
		execvp(argv[0], argv);
failed:
	saved = errno;
	if (write(e->child[FAILED], &saved, sizeof(saved)) == -1)
		_exit(126);
	_exit(127);
}

/* Read some of fd; closes it at its end. */
static void
drain(int *fd, struct vn_strbuf *to)
{
	char buf[16384];
	ssize_t n;

	n = read(*fd, buf, sizeof(buf));
	if (n > 0)
		vn_strbuf_add(to, buf, (size_t)n);
	else if (n == 0 || errno != EINTR) {
		close(*fd);
		*fd = -1;
	}
}

/* Both at once, as a program that fills one pipe waits for its reader. */
static void
collect(struct ends *e, struct vn_strbuf *out, struct vn_strbuf *err)
{
	struct pollfd fds[2] = { { .events = POLLIN }, { .events = POLLIN } };

	while (e->ours[OUT] != -1 || e->ours[ERR] != -1) {
		fds[0].fd = e->ours[OUT];
		fds[1].fd = e->ours[ERR];
		if (poll(fds, 2, -1) == -1)
			continue;
		if (fds[0].revents != 0)
			drain(&e->ours[OUT], out);
		if (fds[1].revents != 0)
			drain(&e->ours[ERR], err);
	}
}

/* Why the child could not start, 0 if it did. */
static int
start_error(int fd)
{
	ssize_t n;
	int error;

	do {
		n = read(fd, &error, sizeof(error));
	} while (n == -1 && errno == EINTR);
	return (n == (ssize_t)sizeof(error) ? error : 0);
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return (-1);
	if (WIFSIGNALED(status))
		return (128 + WTERMSIG(status));
	return (WEXITSTATUS(status));
}

static int
run(char *const argv[], const char *dir, char **environment,
    struct vn_strbuf *out, struct vn_strbuf *err)
{
	struct ends e = { { -1, -1, -1, -1 }, { -1, -1, -1, -1 } };
	pid_t pid;
	int error, status;

	pid = open_ends(&e, out, err) == 0 ? fork() : -1;
	if (pid == -1) {
		close_ends(&e);
		return (-1);
	}
	if (pid == 0)
		start(argv, dir, environment, &e);
	close_fds(e.child);
	error = start_error(e.ours[FAILED]);
	collect(&e, out, err);
	close_ends(&e);
	status = wait_for(pid);
	if (error == 0)
		return (status);
	errno = error;
	return (-1);
}

int
vn_proc_run(char *const argv[], const char *dir, struct vn_strbuf *out,
    struct vn_strbuf *err)
{
	return (run(argv, dir, NULL, out, err));
}

int
vn_proc_run_env(char *const argv[], const char *dir, char *const env[],
    struct vn_strbuf *out, struct vn_strbuf *err)
{
	char **environment;
	int saved, status;

	environment = changed_environment(env);
	status = run(argv, dir, environment, out, err);
	saved = errno;
	free(environment);
	errno = saved;
	return (status);
}
