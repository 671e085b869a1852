/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Run a command and write what it took to a file: seconds by the wall clock,
 * the peak memory in KiB of its largest process, its exit status, seconds of
 * processor time of it and all its children.
 */

#include <sys/resource.h>
#include <sys/wait.h>

#include <err.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		err(2, "clock_gettime");
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

static double
seconds(const struct timeval *t)
{

	return ((double)t->tv_sec + (double)t->tv_usec / 1e6);
}

static int
run(char **argv)
{
	pid_t pid;
	int status;

	pid = fork();
	if (pid == -1)
		err(2, "fork");
	if (pid == 0) {
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	if (waitpid(pid, &status, 0) != pid)
		err(2, "waitpid");
	return (WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status));
}

int
main(int argc, char **argv)
{
	struct rusage usage;
	FILE *out;
	double start;
	int status;

	if (argc < 3) {
		fprintf(stderr, "usage: measure FILE COMMAND [ARG ...]\n");
		return (2);
	}
	start = now();
	status = run(argv + 2);
	start = now() - start;
	if (getrusage(RUSAGE_CHILDREN, &usage) != 0)
		err(2, "getrusage");
	out = fopen(argv[1], "w");
	if (out == NULL)
		err(2, "%s", argv[1]);
	fprintf(out, "%.2f %ld %d %.2f\n", start, usage.ru_maxrss, status,
	    seconds(&usage.ru_utime) + seconds(&usage.ru_stime));
	if (fclose(out) != 0)
		err(2, "%s", argv[1]);
	return (status);
}
