/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Skipped ranges, asked by branch.  clang gives the range of a failing #if,
 * #elif or #else from its '#' to that of the next of its group; what lies
 * inside is not told apart.
 */

#include "Facts/facts.h"
#include "Facts/source.h"

#include "Rewrite/guard.h"
#include "Rewrite/reach.h"

enum { DEEPEST = 64 };

bool
vn_parse_clean(const struct vn_parse *parse)
{

	return (parse->errors == 0 && !parse->crashed);
}

bool
vn_parse_includes(const struct vn_parse *parse, int source)
{
	size_t lo = 0, hi = parse->nincludes;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (parse->includes[mid] < source)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo < parse->nincludes && parse->includes[lo] == source);
}

int
vn_reach_chain(const struct vn_source *source, uint32_t off, int *chain,
    int max)
{
	int n = 0, at;

	for (at = vn_source_branch(source, off); at != -1 && n < max;
	    at = source->lex.dirs[at].parent)
		chain[n++] = at;
	for (int i = 0; i < n / 2; i++) {
		int swap = chain[i];

		chain[i] = chain[n - 1 - i];
		chain[n - 1 - i] = swap;
	}
	return (n);
}

/* Is there a skipped range that begins at that byte? */
static bool
begins_skip(const struct vn_facts *facts, int source, unsigned unit,
    uint32_t off)
{
	size_t lo = 0, hi = facts->nskips;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct vn_skip *k = &facts->skips[mid];

		if (k->source < source || (k->source == source &&
		    (k->unit < unit || (k->unit == unit && k->begin < off))))
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo < facts->nskips && facts->skips[lo].source == source &&
	    facts->skips[lo].unit == unit && facts->skips[lo].begin == off);
}

/*
 * Does some branch of the group show no skip?  Where all of several do, the
 * file was included more than once, and each was compiled in its turn.
 */
static bool
has_compiled(const struct vn_facts *facts, unsigned unit, int index,
    const struct vn_source *s, int branch)
{
	int d = vn_guard_opening(s, branch), count = 0;

	for (; d != -1 && s->lex.dirs[d].kind != VN_DIR_ENDIF;
	    d = s->lex.dirs[d].next, count++)
		if (!begins_skip(facts, index, unit, s->lex.dirs[d].off))
			return (true);
	return (count == 1);
}

bool
vn_reach_skips(const struct vn_facts *facts, unsigned unit, int index,
    const struct vn_source *source, int branch)
{

	return (begins_skip(facts, index, unit,
	    source->lex.dirs[branch].off) &&
	    !vn_guard_is_include(source, branch) &&
	    has_compiled(facts, unit, index, source, branch));
}

static bool
compiles(const struct vn_facts *facts, const struct vn_parse *p, int index,
    const struct vn_source *s, const int *chain, int n)
{

	if (!vn_parse_clean(p) || !vn_parse_includes(p, index))
		return (false);
	for (int i = 0; i < n; i++)
		if (vn_reach_skips(facts, p->unit, index, s, chain[i]))
			return (false);
	return (true);
}

bool
vn_reach_any(const struct vn_facts *facts, int index,
    const struct vn_source *source, uint32_t off)
{
	int chain[DEEPEST], n = vn_reach_chain(source, off, chain, DEEPEST);

	for (size_t i = 0; i < facts->nparses; i++)
		if (compiles(facts, &facts->parses[i], index, source, chain,
		    n))
			return (true);
	return (false);
}
