/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Forked children take items in small runs from a counter that all share.
 */

#include <sys/mman.h>
#include <sys/wait.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "Support/mem.h"
#include "Support/share.h"

enum { RUN = 16, JOBS_MAX = 64 };

struct share {
	atomic_size_t	next;
	struct item {
		bool	done;
		uint8_t	value;
	} items[];
};

static void
work(struct share *share, size_t count, uint8_t (*fn)(size_t, void *),
    void *arg)
{
	size_t from;

	while ((from = atomic_fetch_add(&share->next, RUN)) < count)
		for (size_t i = from; i < from + RUN && i < count; i++) {
			share->items[i].value = fn(i, arg);
			share->items[i].done = true;
		}
}

/* Start children; returns how many. */
static unsigned
start(pid_t *pids, unsigned jobs, struct share *share, size_t count,
    uint8_t (*fn)(size_t, void *), void *arg)
{
	unsigned n = 0;

	fflush(NULL);
	while (n + 1 < jobs && n < JOBS_MAX) {
		pid_t pid = fork();

		if (pid == -1)
			break;
		if (pid == 0) {
			work(share, count, fn, arg);
			_exit(0);
		}
		pids[n++] = pid;
	}
	return (n);
}

static void
run(struct share *share, size_t count, unsigned jobs,
    uint8_t (*fn)(size_t, void *), void *arg)
{
	pid_t pids[JOBS_MAX];
	unsigned n = start(pids, jobs, share, count, fn, arg);

	work(share, count, fn, arg);
	for (unsigned i = 0; i < n; i++)
		while (waitpid(pids[i], NULL, 0) == -1 && errno == EINTR)
			;
}

void
vn_share(uint8_t *out, size_t count, unsigned jobs,
    uint8_t (*fn)(size_t, void *), void *arg)
{
	size_t size = sizeof(struct share) + count * sizeof(struct item);
	struct share *share = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (share != MAP_FAILED)
		run(share, count, count > RUN ? jobs : 1, fn, arg);
	for (size_t i = 0; i < count; i++)
		out[i] = share != MAP_FAILED && share->items[i].done ?
		    share->items[i].value : fn(i, arg);
	if (share != MAP_FAILED)
		munmap(share, size);
}
