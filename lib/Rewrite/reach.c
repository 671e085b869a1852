/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Skipped ranges, asked by byte.  A range begins at the '#' of a failing #if,
 * #elif or #else and ends in the directive of its group that is compiled, or
 * in the #endif: it may hold several branches, and what lies inside is not
 * told apart.
 */

#include "Facts/facts.h"
#include "Facts/source.h"

#include "Rewrite/reach.h"

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

/* Did the unit skip the byte?  Skips of a source in a unit do not overlap. */
static bool
skips(const struct vn_facts *facts, int source, unsigned unit, uint32_t off)
{
	size_t lo = 0, hi = facts->nskips;
	const struct vn_skip *k;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		k = &facts->skips[mid];
		if (k->source < source || (k->source == source &&
		    (k->unit < unit || (k->unit == unit && k->begin <= off))))
			lo = mid + 1;
		else
			hi = mid;
	}
	k = lo == 0 ? NULL : &facts->skips[lo - 1];
	return (k != NULL && k->source == source && k->unit == unit &&
	    off < k->end);
}

bool
vn_reach_skips(const struct vn_facts *facts, unsigned unit, int index,
    const struct vn_source *source, int branch)
{

	/*
	 * The last byte of its line: a range that ends in the line ends before,
	 * one inside the branch begins after.
	 */
	return (skips(facts, index, unit, source->lex.dirs[branch].end - 1));
}

bool
vn_reach_compiles(const struct vn_facts *facts, const struct vn_parse *parse,
    int source, uint32_t off)
{

	return (vn_parse_clean(parse) && vn_parse_includes(parse, source) &&
	    !skips(facts, source, parse->unit, off));
}

bool
vn_reach_any(const struct vn_facts *facts, int source, uint32_t off)
{

	for (size_t i = 0; i < facts->nparses; i++)
		if (vn_reach_compiles(facts, &facts->parses[i], source, off))
			return (true);
	return (false);
}
