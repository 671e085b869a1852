/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Facts of all units, read by workers.
 */

#include <stdlib.h>

#include "Support/mem.h"

#include "Facts/facts.h"
#include "Units/units.h"

#include "Collect/pool.h"
#include "Collect/tu.h"

struct reading {
	const struct vn_collect	*job;
	struct vn_facts		*out;
};

/* What a worker has of it. */
struct reader {
	struct vn_tu_worker	 worker;
	struct vn_facts		 facts;
	size_t			 folded;
};

static void *
begin_reading(void *ctx)
{
	const struct reading *reading = ctx;
	struct reader *r = vn_calloc(1, sizeof(*r));

	vn_tu_begin(&r->worker, reading->job);
	r->worker.facts = &r->facts;
	r->folded = 4096;
	return (r);
}

static void
read_unit(void *state, size_t unit)
{
	struct reader *r = state;

	vn_tu_read(&r->worker, (unsigned)unit);
	if (r->facts.count > r->folded) {
		vn_facts_seal(&r->facts);
		r->folded = 2 * r->facts.count + 4096;
	}
}

static void
end_reading(void *state, FILE *out)
{
	struct reader *r = state;

	vn_facts_seal(&r->facts);
	vn_facts_write(&r->facts, out);
	vn_facts_free(&r->facts);
	vn_tu_end(&r->worker);
	free(r);
}

static int
take_facts(void *ctx, FILE *in)
{
	struct reading *reading = ctx;
	struct vn_facts got = { 0 };
	int bad = vn_facts_read(&got, in);

	if (bad == 0)
		vn_facts_merge(reading->out, &got);
	vn_facts_free(&got);
	return (bad);
}

static void
lose_unit(void *ctx, size_t unit)
{
	struct reading *reading = ctx;
	struct vn_parse *p = vn_facts_new_parse(reading->out);

	p->file = vn_strdup(reading->job->units[unit].file);
	p->unit = (unsigned)unit;
	p->crashed = true;
	p->first = vn_strdup("libclang crashed on it");
}

int
vn_collect_run(struct vn_facts *out, const struct vn_collect *job)
{
	struct reading reading = { .job = job, .out = out };
	struct vn_pool pool = { .first = job->first, .count = job->nunits,
	    .jobs = job->jobs, .ctx = &reading, .begin = begin_reading,
	    .piece = read_unit, .end = end_reading, .take = take_facts,
	    .lose = lose_unit };
	int status;

	status = vn_pool_run(&pool);
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
