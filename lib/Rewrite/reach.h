/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which text the parses compiled, by the ranges that they skipped.
 */

#ifndef VN_REWRITE_REACH_H
#define	VN_REWRITE_REACH_H

#include <stdbool.h>
#include <stdint.h>

struct vn_facts;
struct vn_parse;
struct vn_source;

/* Did the unit parse without an error? */
bool	vn_parse_clean(const struct vn_parse *parse);

/* Does the unit include the source (or is it the source)? */
bool	vn_parse_includes(const struct vn_parse *parse, int source);

/*
 * The branches of conditionals around a byte, the outermost first; at most max
 * of them.  Returns their number.
 */
int	vn_reach_chain(const struct vn_source *source, uint32_t off,
	    int *chain, int max);

/*
 * Did the unit skip what the branch (an #if, #elif or #else of the source of
 * that index) holds?  What one inclusion of several compiled is not skipped.
 */
bool	vn_reach_skips(const struct vn_facts *facts, unsigned unit,
	    int index, const struct vn_source *source, int branch);

/* Is the parse clean, and compiled the byte of a source? */
bool	vn_reach_compiles(const struct vn_facts *facts,
	    const struct vn_parse *parse, int source, uint32_t off);

/* Did any parse? */
bool	vn_reach_any(const struct vn_facts *facts, int source, uint32_t off);

#endif /* !VN_REWRITE_REACH_H */
