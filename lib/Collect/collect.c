/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Workers: forked processes that take units from a shared table and hand
 * their facts over through a pipe.
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

#include "Facts/facts.h"
#include "Units/units.h"

#include "Collect/tu.h"

/* Who has a unit: shared by all processes. */
enum { UNIT_FREE = 0, UNIT_DEAD = -1 };	/* dead: or not to be parsed;
					   else worker number, from 1 */

struct table {
	atomic_uint	done;
	atomic_int	owner[];	/* one a unit */
};

struct worker {
	pid_t	 pid;
	int	 number;	/* from 1, never reused */
	FILE	*in;		/* its facts */
};

struct pool {
	const struct vn_collect	*job;
	struct vn_facts		*out;
	struct table		*table;
	size_t			 table_size;
	int			 started;	/* workers so far */
};

/* The next free unit, taken; -1 if there is none. */
static int
take_unit(struct pool *pool, int worker)
{

	for (size_t i = 0; i < pool->job->nunits; i++) {
		int expected = UNIT_FREE;

		if (atomic_load(&pool->table->owner[i]) == UNIT_FREE &&
		    atomic_compare_exchange_strong(&pool->table->owner[i],
		    &expected, worker))
			return ((int)i);
	}
	return (-1);
}

static void
work(struct pool *pool, int number, FILE *out)
{
	struct vn_facts facts = { 0 };
	struct vn_tu_worker w = { .job = pool->job, .facts = &facts };
	size_t folded = 4096;
	int unit;

	w.paths.sources = pool->job->sources;
	/* A crash is to end this process, not to leave it half alive. */
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
	w.index = clang_createIndex(0, 0);
	while ((unit = take_unit(pool, number)) != -1) {
		vn_tu_read(&w, (unsigned)unit);
		atomic_fetch_add(&pool->table->done, 1);
		if (facts.count > folded) {
			vn_facts_seal(&facts);
			folded = 2 * facts.count + 4096;
		}
	}
	vn_facts_seal(&facts);
	vn_facts_write(&facts, out);
	vn_facts_free(&facts);
	vn_paths_free(&w.paths);
	clang_disposeIndex(w.index);
}

static int
start_worker(struct pool *pool, struct worker *w)
{
	int fds[2];

	if (pipe(fds) != 0)
		goto fail;
	fflush(NULL);
	w->number = ++pool->started;
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
		work(pool, w->number, out);
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
 * The last unit that a dead worker took is the one that killed it; the others
 * of its units are free again, since its facts died with it.
 */
static void
bury_worker(struct pool *pool, const struct worker *w)
{
	int last = -1;

	for (size_t i = 0; i < pool->job->nunits; i++)
		if (atomic_load(&pool->table->owner[i]) == w->number)
			last = (int)i;
	for (int i = 0; i <= last; i++)
		if (atomic_load(&pool->table->owner[i]) == w->number)
			atomic_store(&pool->table->owner[i],
			    i == last ? UNIT_DEAD : UNIT_FREE);
	if (last != -1) {
		struct vn_parse *p = vn_facts_new_parse(pool->out);

		p->file = vn_strdup(pool->job->units[last].file);
		p->unit = (unsigned)last;
		p->crashed = true;
		p->first = vn_strdup("libclang crashed on it");
	}
}

/* Take a worker's facts; 0, or -1 if it died before it had given them all. */
static int
reap_worker(struct pool *pool, struct worker *w)
{
	struct vn_facts got = { 0 };
	int status, bad;

	bad = vn_facts_read(&got, w->in);
	fclose(w->in);
	while (waitpid(w->pid, &status, 0) == -1 && errno == EINTR)
		;
	if (bad == 0)
		vn_facts_merge(pool->out, &got);
	else
		bury_worker(pool, w);
	vn_facts_free(&got);
	return (bad);
}

static size_t
count_free(const struct pool *pool)
{
	size_t n = 0;

	for (size_t i = 0; i < pool->job->nunits; i++)
		n += atomic_load(&pool->table->owner[i]) == UNIT_FREE;
	return (n);
}

/* One round: as many workers as there is work for; then their facts. */
static int
run_round(struct pool *pool)
{
	size_t n = count_free(pool), running = 0;
	struct worker *workers;
	int status = 0;

	if (n > pool->job->jobs)
		n = pool->job->jobs;
	workers = vn_calloc(n + 1, sizeof(*workers));
	while (running < n && status == 0) {
		status = start_worker(pool, &workers[running]);
		if (status == 0)
			running++;
	}
	for (size_t i = 0; i < running; i++)
		reap_worker(pool, &workers[i]);
	free(workers);
	return (status);
}

int
vn_collect_run(struct vn_facts *out, const struct vn_collect *job)
{
	struct pool pool = { .job = job, .out = out };
	int status = 0;

	if (job->nunits == 0)
		return (0);
	pool.table_size = sizeof(*pool.table) +
	    job->nunits * sizeof(pool.table->owner[0]);
	pool.table = mmap(NULL, pool.table_size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pool.table == MAP_FAILED) {
		vn_error("cannot share memory with workers: %s",
		    strerror(errno));
		return (-1);
	}
	for (size_t i = 0; i < job->first; i++)
		atomic_store(&pool.table->owner[i], UNIT_DEAD);
	while (status == 0 && count_free(&pool) > 0)
		status = run_round(&pool);
	munmap(pool.table, pool.table_size);
	vn_facts_seal(out);
	return (status);
}

char *
vn_collect_version(void)
{
	CXString s = clang_getClangVersion();
	char *copy = vn_strdup(clang_getCString(s));

	clang_disposeString(s);
	return (copy);
}
