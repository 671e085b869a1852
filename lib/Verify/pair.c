/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Pairs, their verdicts, and the sums of these.
 */

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/mem.h"

#include "Verify/pair.h"

/* ------ the list ------ */

static int
by_name(const void *a, const void *b)
{
	const struct vn_pair *x = a, *y = b;

	return (strcmp(x->name, y->name));
}

/* Where a pair of that name stands, or would. */
static size_t
place_of(const struct vn_pairs *pairs, const char *name)
{
	size_t low = 0, high = pairs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(pairs->items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (low);
}

struct vn_pair *
vn_pairs_get(struct vn_pairs *pairs, const char *name)
{
	size_t at = place_of(pairs, name);
	struct vn_pair *p;

	if (at < pairs->count && strcmp(pairs->items[at].name, name) == 0)
		return (&pairs->items[at]);
	VN_PUSH(pairs, (struct vn_pair){ 0 });
	p = &pairs->items[at];
	memmove(p + 1, p, (pairs->count - 1 - at) * sizeof(*p));
	*p = (struct vn_pair){ .name = vn_strdup(name),
	    .rung = VN_RUNG_DIFFERS };
	return (p);
}

void
vn_pairs_sort(struct vn_pairs *pairs)
{

	if (pairs->count > 1)
		qsort(pairs->items, pairs->count, sizeof(*pairs->items),
		    by_name);
}

static void
free_causes(struct vn_causes *causes)
{

	for (size_t i = 0; i < causes->count; i++) {
		free(causes->items[i].where);
		free(causes->items[i].what);
		free(causes->items[i].was);
		free(causes->items[i].now);
	}
	VN_FREE(causes);
}

void
vn_pairs_free(struct vn_pairs *pairs)
{

	for (size_t i = 0; i < pairs->count; i++) {
		struct vn_pair *p = &pairs->items[i];

		free(p->name);
		for (int side = 0; side < 2; side++) {
			free(p->paths[side]);
			free(p->messages[side]);
		}
		vn_differences_free(&p->differences);
		free_causes(&p->causes);
	}
	VN_FREE(pairs);
}

/* ------ verdicts ------ */

bool
vn_pair_equal(const struct vn_pair *pair, const struct vn_judge *judge)
{

	if (pair->presence[VN_PLAIN] != VN_PRESENT ||
	    pair->presence[VN_CONVERTED] != VN_PRESENT || pair->unmapped)
		return (false);
	return (pair->quick || pair->rung <= VN_RUNG_RENAMES ||
	    (pair->rung == VN_RUNG_ORDER && judge->data_order));
}

/* The member of "lib.a(member.o)", owned by the caller, or NULL. */
static char *
member_of(const char *name)
{
	const char *open = strrchr(name, '('), *end;

	if (open == NULL || (end = strchr(open, ')')) == NULL)
		return (NULL);
	return (vn_strndup(open + 1, (size_t)(end - open - 1)));
}

bool
vn_pair_expected(const struct vn_pair *pair, const struct vn_judge *judge)
{
	const char *slash = strrchr(pair->name, '/');
	const char *last = slash == NULL ? pair->name : slash + 1;
	char *member = member_of(pair->name);
	bool found = pair->expected;

	for (size_t i = 0; !found && i < judge->nexpected; i++) {
		const char *glob = judge->expected[i];

		found = fnmatch(glob, pair->name, 0) == 0 ||
		    fnmatch(glob, last, 0) == 0 ||
		    (member != NULL && fnmatch(glob, member, 0) == 0);
	}
	free(member);
	return (found);
}

enum vn_verdict
vn_pair_verdict(const struct vn_pair *pair, const struct vn_judge *judge)
{

	if (pair->presence[VN_PLAIN] == VN_FAILED)
		return (VN_FAILED_PLAIN);
	if (pair->presence[VN_CONVERTED] == VN_FAILED)
		return (VN_FAILED_CONVERTED);
	if (pair->presence[VN_CONVERTED] == VN_ABSENT)
		return (VN_ONLY_PLAIN);
	if (pair->presence[VN_PLAIN] == VN_ABSENT)
		return (VN_ONLY_CONVERTED);
	if (vn_pair_equal(pair, judge))
		return (VN_EQUAL);
	return (vn_pair_expected(pair, judge) ? VN_EXPECTED : VN_DIFFERENT);
}

const char *
vn_verdict_name(enum vn_verdict verdict)
{
	static const char *const names[] = { "equal", "expected", "different",
	    "only in plain", "only in converted", "failed in plain",
	    "failed in converted" };

	return (names[verdict]);
}

/* ------ sums ------ */

static void
count_compared(struct vn_sums *sums, const struct vn_pair *p)
{

	sums->compared++;
	if (p->unmapped && (p->quick || p->rung < VN_RUNG_DIFFERS))
		sums->unmapped++;
	else if (p->quick)
		sums->quick++;
	else
		sums->rungs[p->rung]++;
	if (p->historical)
		sums->historical = true;
}

static void
count_pair(struct vn_sums *sums, const struct vn_pair *p,
    const struct vn_judge *judge)
{
	enum vn_verdict verdict = vn_pair_verdict(p, judge);

	if (verdict <= VN_DIFFERENT)
		count_compared(sums, p);
	switch (verdict) {
	case VN_EQUAL:
		sums->equal++;
		break;
	case VN_EXPECTED:
		sums->expected++;
		break;
	case VN_DIFFERENT:
		sums->differ++;
		break;
	case VN_ONLY_PLAIN:
	case VN_ONLY_CONVERTED:
		/* There has to be one of them. */
		if (p->presence[verdict - VN_ONLY_PLAIN] == VN_PRESENT)
			sums->only[verdict - VN_ONLY_PLAIN]++;
		break;
	case VN_FAILED_PLAIN:
	case VN_FAILED_CONVERTED:
		sums->failed[verdict - VN_FAILED_PLAIN]++;
		break;
	}
}

/* Do the three lines of struct vn_sums add up? */
static bool
adds_up(const struct vn_sums *s)
{
	size_t rungs = 0;

	for (int i = VN_RUNG_BYTES; i <= VN_RUNG_DIFFERS; i++)
		rungs += s->rungs[i];
	return (s->all == s->compared + s->only[0] + s->only[1] +
	    s->failed[0] + s->failed[1] &&
	    s->compared == s->equal + s->expected + s->differ &&
	    s->compared == rungs + s->quick + s->unmapped);
}

int
vn_pairs_sum(struct vn_sums *out, const struct vn_pairs *pairs,
    const struct vn_judge *judge)
{

	*out = (struct vn_sums){ .all = pairs->count };
	for (size_t i = 0; i < pairs->count; i++)
		count_pair(out, &pairs->items[i], judge);
	if (adds_up(out))
		return (0);
	vn_error("internal error: the sums of %zu objects do not add up",
	    out->all);
	return (-1);
}

int
vn_sums_status(const struct vn_sums *sums)
{

	if (sums->failed[0] + sums->failed[1] > 0 || sums->compared == 0)
		return (2);
	return (sums->differ + sums->only[0] + sums->only[1] > 0 ? 1 : 0);
}
