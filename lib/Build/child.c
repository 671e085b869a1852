/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A child that gets the signals of its parent.
 */

#include <sys/types.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

/* What the handler needs: whom to tell, and what came in. */
static volatile sig_atomic_t target, got;

static void
pass_on(int number)
{
	int saved = errno;

	got = number;
	if (target != 0)
		kill((pid_t)target, number);
	errno = saved;
}

static void
fill_set(sigset_t *set)
{
	size_t i;

	sigemptyset(set);
	for (i = 0; i < VN_NITEMS(signals); i++)
		sigaddset(set, signals[i]);
}

static void
install(struct sigaction *old)
{
	struct sigaction action;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = pass_on;
	fill_set(&action.sa_mask);
	for (i = 0; i < VN_NITEMS(signals); i++) {
		sigaction(signals[i], NULL, &old[i]);
		if (old[i].sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

static void
restore(const struct sigaction *old)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(signals); i++)
		sigaction(signals[i], &old[i], NULL);
}

void
vn_child_follow(int number)
{

#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, number);
#else
	(void)number;
#endif
}

void
vn_child_block(void)
{
	sigset_t set;

	fill_set(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* The child: only what is safe after fork(2). */
static void
start(char *const argv[], const char *dir, int log, bool group, int failed)
{
	sigset_t set;
	int error, null;

	if (group)
		setpgid(0, 0);
	vn_child_follow(group ? SIGKILL : SIGTERM);
	/* exec(2) makes handlers the default; what is ignored stays so. */
	fill_set(&set);
	null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null == -1 || dup2(null, STDIN_FILENO) == -1 ||
	    dup2(log, STDOUT_FILENO) == -1 || dup2(log, STDERR_FILENO) == -1 ||
	    (dir != NULL && chdir(dir) != 0))
		goto failed;
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	execvp(argv[0], argv);
failed:
	error = errno;
	if (write(failed, &error, sizeof(error)) == -1)
		_exit(126);
	_exit(127);
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

/* With handlers installed and the signals blocked. */
static int
fork_and_wait(char *const argv[], const char *dir, int log, bool group)
{
	int error, failed[2], status;
	sigset_t set;
	pid_t pid;

	if (pipe2(failed, O_CLOEXEC) != 0)
		return (-1);
	pid = fork();
	if (pid == 0)
		start(argv, dir, log, group, failed[1]);
	close(failed[1]);
	if (pid == -1) {
		close(failed[0]);
		return (-1);
	}
	if (group)
		setpgid(pid, pid);
	target = group ? -pid : pid;
	fill_set(&set);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	error = start_error(failed[0]);
	close(failed[0]);
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	sigprocmask(SIG_BLOCK, &set, NULL);
	target = 0;
	errno = error;
	return (error != 0 ? -1 : status);
}

int
vn_child_run(char *const argv[], const char *dir, int log, bool group,
    int *interrupted)
{
	struct sigaction old[VN_NITEMS(signals)];
	sigset_t set, mask;
	int saved, status;

	fill_set(&set);
	sigprocmask(SIG_BLOCK, &set, &mask);
	got = 0;
	install(old);
	status = fork_and_wait(argv, dir, log, group);
	saved = errno;
	restore(old);
	*interrupted = got;
	sigprocmask(SIG_SETMASK, &mask, NULL);
	errno = saved;
	return (status);
}
