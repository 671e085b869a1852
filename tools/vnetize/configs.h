/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The configurations of a run: those asked for, and those that occurrences
 * need to be seen.
 */

#ifndef VNETIZE_CONFIGS_H
#define	VNETIZE_CONFIGS_H

struct options;
struct vn_collect;
struct vn_facts;
struct vn_plan;
struct vn_units;

/* Name further commands of a file, and add to units what --config asks for. */
void	configs_add(struct vn_units *units, const struct options *options);

/*
 * Parse units again, with macros turned, for the occurrences that no parse
 * saw: they are added to units, and what they say to facts.  The job is that
 * of the parses before.  0, or -1 after one error.
 */
int	configs_turn(struct vn_units *units, struct vn_facts *facts,
	    const struct vn_plan *plan, const struct vn_collect *job);

#endif /* !VNETIZE_CONFIGS_H */
