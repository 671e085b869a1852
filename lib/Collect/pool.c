/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Workers: forked processes that take pieces of work from a shared table and
 * hand over what came of them through a pipe.
 */

#include <sys/mman.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/mem.h"

#include "Collect/pool.h"

/* Who has a piece: shared by all processes. */
enum { PIECE_FREE = 0, PIECE_DEAD = -1 };	/* dead: or not to be done; else
						   worker number, from 1 */

struct worker {
	pid_t	 pid;
	int	 number;	/* from 1, never reused */
	FILE	*in;		/* what it hands over */
};

/* The pieces in the making. */
struct run {
	const struct vn_pool	*pool;
	atomic_int		*owner;		/* shared; one a piece */
	int			 started;	/* workers so far */
};

/* The next free piece, taken; -1 if there is none. */
static int
take_piece(struct run *run, int worker)
{

	for (size_t i = 0; i < run->pool->count; i++) {
		int expected = PIECE_FREE;

		if (atomic_load(&run->owner[i]) == PIECE_FREE &&
		    atomic_compare_exchange_strong(&run->owner[i], &expected,
		    worker))
			return ((int)i);
	}
	return (-1);
}

static void
work(struct run *run, int number, FILE *out)
{
	void *state;
	int piece;

	/* A crash is to end this process, not to leave it half alive. */
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
	state = run->pool->begin(run->pool->ctx);
	while ((piece = take_piece(run, number)) != -1)
		run->pool->piece(state, (size_t)piece);
	run->pool->end(state, out);
}

static int
start_worker(struct run *run, struct worker *w)
{
	int fds[2];

	if (pipe(fds) != 0)
		goto fail;
	fflush(NULL);
	w->number = ++run->started;
	if ((w->pid = fork()) == -1) {
		close(fds[0]);
		close(fds[1]);
		goto fail;
	}
	if (w->pid == 0) {
		FILE *out = fdopen(fds[1], "w");

#ifdef __linux__
		/* Do not outlive the parent, whatever ends it. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
		close(fds[0]);
		work(run, w->number, out);
		/* No atexit work and no leak check in a copy of the parent. */
		_exit(fflush(out) == 0 ? 0 : 1);
	}
	close(fds[1]);
	w->in = fdopen(fds[0], "r");
	return (0);
fail:
	vn_error("cannot start a worker: %s", strerror(errno));
	return (-1);
}

/*
 * The last piece that a dead worker took is the one that killed it; the others
 * of its pieces are free again, since what came of them died with it.
 */
static void
bury_worker(struct run *run, const struct worker *w)
{
	int last = -1;

	for (size_t i = 0; i < run->pool->count; i++)
		if (atomic_load(&run->owner[i]) == w->number)
			last = (int)i;
	for (int i = 0; i <= last; i++)
		if (atomic_load(&run->owner[i]) == w->number)
			atomic_store(&run->owner[i],
			    i == last ? PIECE_DEAD : PIECE_FREE);
	if (last != -1)
		run->pool->lose(run->pool->ctx, (size_t)last);
}

static void
reap_worker(struct run *run, struct worker *w)
{
	int status, bad;

	bad = run->pool->take(run->pool->ctx, w->in);
	fclose(w->in);
	while (waitpid(w->pid, &status, 0) == -1 && errno == EINTR)
		;
	if (bad != 0)
		bury_worker(run, w);
}

static size_t
count_free(const struct run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->pool->count; i++)
		n += atomic_load(&run->owner[i]) == PIECE_FREE;
	return (n);
}

/* One round: as many workers as there is work for; then what they made. */
static int
run_round(struct run *run)
{
	size_t n = count_free(run), running = 0;
	struct worker *workers;
	int status = 0;

	if (n > run->pool->jobs)
		n = run->pool->jobs;
	workers = vn_calloc(n + 1, sizeof(*workers));
	while (running < n && status == 0) {
		status = start_worker(run, &workers[running]);
		if (status == 0)
			running++;
	}
	for (size_t i = 0; i < running; i++)
		reap_worker(run, &workers[i]);
	free(workers);
	return (status);
}

int
vn_pool_run(const struct vn_pool *pool)
{
	struct run run = { .pool = pool };
	size_t size = pool->count * sizeof(run.owner[0]);
	int status = 0;

	if (pool->count == 0)
		return (0);
	run.owner = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (run.owner == MAP_FAILED) {
		vn_error("cannot share memory with workers: %s",
		    strerror(errno));
		return (-1);
	}
	for (size_t i = 0; i < pool->first; i++)
		atomic_store(&run.owner[i], PIECE_DEAD);
	while (status == 0 && count_free(&run) > 0)
		status = run_round(&run);
	munmap(run.owner, size);
	return (status);
}
