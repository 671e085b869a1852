/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Differences in the making: each with its place in both objects.
 */

#ifndef VN_OBJECT_FINDINGS_H
#define	VN_OBJECT_FINDINGS_H

#include <stdbool.h>

#include "Object/explain.h"
#include "Object/match.h"

/* A place in one of the objects. */
struct vn_spot {
	int		section;	/* VN_IN_*; 0: it has no such place */
	int		symbol;		/* that holds it; 0: none */
	uint64_t	offset;		/* bytes from the symbol's start, or the
					   section's */
};

struct vn_finding {
	enum vn_difference_kind kind;
	struct vn_spot	 one, other;
	char		*was, *now;	/* owned; may be NULL */
	size_t		 number;	/* as they were found */
};

/* The two objects, and what was found. */
struct vn_findings {
	struct vn_match	 match;		/* owned */
	struct vn_finding *items;	/* owned */
	size_t		 count, room;
	bool		*told, *told_other; /* owned; by section: something in
					   it was found, but for its order */
	bool		*moved;		/* owned; by section of one: its order
					   was */
};

/*
 * All that differs, in the order of the sections and offsets of one.  The
 * objects are borrowed, and must outlive it.
 */
void	vn_findings_read(struct vn_findings *out, const struct vn_object *one,
	    const struct vn_object *other);
void	vn_findings_free(struct vn_findings *findings);

/* Name of the symbol or section, or NULL; borrowed from the objects. */
const char *vn_finding_symbol(const struct vn_findings *findings,
	    const struct vn_finding *finding);
const char *vn_finding_section(const struct vn_findings *findings,
	    const struct vn_finding *finding);

/* Append a copy of a finding, as it is shown to others. */
void	vn_differences_add(struct vn_differences *out,
	    const struct vn_findings *findings,
	    const struct vn_finding *finding);

/* For the parts of the search.  was and now become the finding's. */
void	vn_found(struct vn_findings *f, enum vn_difference_kind kind,
	    struct vn_spot one, struct vn_spot other, char *was, char *now);

/*
 * One target is not the other: a string, if one of the objects lacks the text
 * of the other, else a target.  Returns the kind.
 */
enum vn_difference_kind vn_found_target(struct vn_findings *f,
	    struct vn_spot one, struct vn_spot other,
	    const struct vn_target *was, const struct vn_target *now);

/* A target for a person; owned by the caller. */
char	*vn_target_text(const struct vn_view *view,
	    const struct vn_target *target);

/* The same with the relocation's type, where that is what differs. */
char	*vn_typed_text(const struct vn_view *view,
	    const struct vn_target *target);

/* The parts, in the order in which they are run. */
void	vn_find_code(struct vn_findings *f);
void	vn_find_data(struct vn_findings *f);
void	vn_find_sets(struct vn_findings *f);
void	vn_find_symbols(struct vn_findings *f);
void	vn_find_strings(struct vn_findings *f);
void	vn_find_order(struct vn_findings *f);
void	vn_find_sections(struct vn_findings *f);
void	vn_find_nameless(struct vn_findings *f);

/*
 * What no symbol, and no reference to it, tells: anything at all, if nothing
 * was found.  It may be no more than the order of constants.
 */
void	vn_find_rest(struct vn_findings *f);

/* Was nothing found but variables that stand elsewhere? */
bool	vn_found_order_only(const struct vn_findings *f);

/*
 * Is a section of pointers that the linker gathers (a linker set of BSD, whose
 * section's name is an identifier)?  Their order counts.
 */
bool	vn_section_is_set(const struct vn_object *object, int section);

/* Is a section in the program, and no debug data? */
bool	vn_section_counts(const struct vn_section *section);

/* Is a section of string constants without names? */
bool	vn_section_is_strings(const struct vn_section *section);

#endif /* !VN_OBJECT_FINDINGS_H */
