/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Parses for their diagnostics alone: no record of macros, no walk.
 */

#include <stdlib.h>

#include "Support/mem.h"

#include "Facts/stream.h"

#include "Collect/pool.h"
#include "Collect/tu.h"

struct checking {
	const struct vn_collect	*job;
	struct vn_check		*checks;	/* in a worker: its copy */
	size_t			 count;
};

/* What a worker has of it. */
struct checker {
	const struct checking	*checking;
	struct vn_tu_worker	 worker;
	VN_VEC(size_t)		 done;	/* checks that it did */
};

static void *
begin_checking(void *ctx)
{
	struct checker *c = vn_calloc(1, sizeof(*c));

	c->checking = ctx;
	vn_tu_begin(&c->worker, c->checking->job);
	return (c);
}

static void
do_check(struct checker *c, size_t number)
{
	struct vn_check *check = &c->checking->checks[number];
	struct vn_tu tu = { .worker = &c->worker, .number = check->unit };
	char *error;

	VN_PUSH(&c->done, number);
	/* A worker that died may have left half of it. */
	vn_diagnostics_free(&check->diagnostics);
	check->crashed = false;
	error = vn_tu_open(&tu, check, CXTranslationUnit_None);
	if (error == NULL) {
		vn_tu_diagnostics(&tu, &check->diagnostics);
		clang_disposeTranslationUnit(tu.tu);
	} else
		check->crashed = true;
	free(error);
}

static void
check_unit(void *state, size_t number)
{
	struct checker *c = state;
	const struct vn_check *check = &c->checking->checks[number];

	/* That is done, or not, with the one before it. */
	if (check->doubt || check->skip)
		return;
	do_check(c, number);
	if (number + 1 < c->checking->count && check[1].doubt &&
	    check->diagnostics.count > 0)
		do_check(c, number + 1);
}

static void
end_checking(void *state, FILE *out)
{
	struct checker *c = state;

	vn_put(out, &c->done.count, sizeof(c->done.count));
	for (size_t i = 0; i < c->done.count; i++) {
		size_t number = c->done.items[i];
		struct vn_check *check = &c->checking->checks[number];

		vn_put(out, &number, sizeof(number));
		vn_put(out, &check->crashed, sizeof(check->crashed));
		vn_diagnostics_write(&check->diagnostics, out);
		vn_diagnostics_free(&check->diagnostics);
	}
	VN_FREE(&c->done);
	vn_tu_end(&c->worker);
	free(c);
}

/* What a worker made of one check goes to results[its number]. */
static int
read_check(struct vn_check *results, size_t count, FILE *in)
{
	size_t number;

	if (vn_get(in, &number, sizeof(number)) != 0 || number >= count)
		return (-1);
	vn_diagnostics_free(&results[number].diagnostics);
	if (vn_get(in, &results[number].crashed, sizeof(bool)) != 0)
		return (-1);
	return (vn_diagnostics_read(&results[number].diagnostics, in));
}

static int
take_checks(void *ctx, FILE *in)
{
	struct checking *checking = ctx;
	size_t n;
	int bad;

	bad = vn_get(in, &n, sizeof(n));
	for (; bad == 0 && n > 0; n--)
		bad = read_check(checking->checks, checking->count, in);
	return (bad);
}

static void
lose_check(void *ctx, size_t number)
{
	struct checking *checking = ctx;

	checking->checks[number].crashed = true;
}

int
vn_collect_check(struct vn_check *checks, size_t count,
    const struct vn_collect *job)
{
	struct checking checking = { job, checks, count };
	struct vn_pool pool = { .count = count, .jobs = job->jobs,
	    .ctx = &checking, .begin = begin_checking, .piece = check_unit,
	    .end = end_checking, .take = take_checks, .lose = lose_check };

	return (vn_pool_run(&pool));
}
