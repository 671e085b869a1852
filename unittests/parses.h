/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Facts made up: parses of units, and what they skipped.
 */

#ifndef VN_UNITTESTS_PARSES_H
#define	VN_UNITTESTS_PARSES_H

#include "Facts/facts.h"
#include "sample.h"

/* A parse of unit, in order of units, that includes sources[0 .. n - 1]. */
static inline struct vn_parse *
parses_add(struct vn_facts *facts, const char *file, unsigned unit,
    const int32_t *sources, size_t n)
{
	struct vn_parse *p = vn_facts_new_parse(facts);

	p->file = vn_strdup(file);
	p->unit = unit;
	p->includes = vn_calloc(n + 1, sizeof(*p->includes));
	for (size_t i = 0; i < n; i++)
		p->includes[i] = sources[i];
	p->nincludes = n;
	return (p);
}

/* The offset of the first such text in the source. */
static inline uint32_t
parses_find(const struct vn_source *source, const char *text)
{
	const char *at = strstr(source->data, text);

	assert_non_null(at);
	return ((uint32_t)(at - source->data));
}

/* The unit skipped what lies from one text to another, as clang tells it. */
static inline void
parses_skip(struct vn_facts *facts, unsigned unit, int32_t index,
    const struct vn_source *source, const char *from, const char *to)
{

	*vn_facts_new_skip(facts) = (struct vn_skip){ .source = index,
	    .unit = unit, .begin = parses_find(source, from),
	    .end = parses_find(source, to) + (uint32_t)strlen(to) };
}

#endif /* !VN_UNITTESTS_PARSES_H */
