/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the compiler knows about the occurrences of listed names, as plain
 * data: which token, what it stands for, and how it got there.
 */

#ifndef VN_FACTS_FACTS_H
#define	VN_FACTS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "Facts/diagnostics.h"

struct vn_sources;

enum vn_fact_kind {
	VN_FACT_DEF,	/* definition of a variable, tentative ones too */
	VN_FACT_DECL,		/* extern declaration of one */
	VN_FACT_REF,		/* use of one */
	VN_FACT_OTHER		/* the token names something else: see what */
};

enum vn_what {
	VN_EXTERN,		/* variable with external linkage */
	VN_STATIC,		/* file static */
	VN_STATIC_LOCAL,	/* static in a function */
	VN_LOCAL, VN_PARAMETER, VN_MEMBER, VN_TAG, VN_LABEL, VN_ENUMERATOR,
	VN_TYPEDEF, VN_FUNCTION,
	VN_WHAT_COUNT
};

enum {
	VN_FF_CONST_INIT = 1,	/* in an initializer that must be constant,
				   and evaluated */
	VN_FF_PASTED = 2,	/* the name came about by ##; off is the
				   macro call's */
	VN_FF_CONST = 4,	/* the object is const */
	VN_FF_MACRO = 8,	/* reached through a macro: exp_* is where it
				   is expanded */
	VN_FF_VOLATILE = 16,
	VN_FF_NOINIT = 32,	/* a tentative definition */
	VN_FF_STRAY = 64,	/* stands in a file that is no source: exp_* */
	VN_FF_CLOSED = 128	/* a static of a function whose declaration
				   needs something of the function, other
				   than statics of listed names */
};

struct vn_fact {
	int32_t		 source;	/* index in vn_sources */
	uint32_t	 off;		/* byte offset of the token */
	uint8_t		 kind;		/* enum vn_fact_kind */
	uint8_t		 what;		/* enum vn_what */
	uint16_t	 flags;		/* VN_FF_* */
	const char	*name;		/* spelling; owned by the table */
	const char	*config;	/* struct vn_unit's config, of the
					   unit that saw it; owned by the
					   table, or NULL */
	const char	*entity;	/* which variable: see below; owned
					   by the table, or NULL */
	const char	*exp_path;	/* where the macro is expanded; owned
					   by the table, or NULL */
	unsigned	 exp_line, exp_col;
	uint32_t	 exp_off;
};

/*
 * Entities are written "name" (external), "path:name" (file static) and
 * "path:function():name"; path is canonical.
 */

/* What one unit's parse came to. */
struct vn_parse {
	char		*file;		/* canonical source name; owned */
	unsigned	 unit;		/* index of the unit */
	unsigned	 errors;	/* fatal and error diagnostics */
	char		*first;	/* text of the first: "file:line:col:
				   message"; owned or NULL */
	bool		 crashed; /* the worker died or libclang gave up */
	int32_t		*includes;	/* owned: sources it includes (itself
					   too), ascending */
	size_t		 nincludes;
	struct vn_diagnostics diagnostics;	/* all, warnings too */
};

/* Bytes of a source that no inclusion in a unit compiled. */
struct vn_skip {
	int32_t		 source;
	uint32_t	 begin, end;	/* from the failing directive's '#' */
	unsigned	 unit;
};

/*
 * One element of an initializer, or all of it: a value, or a list of elements
 * in braces.  Of listed variables, and of others that need one.
 */
struct vn_element {
	int32_t		 source;
	uint32_t	 var;	/* byte of the variable's name */
	uint32_t	 off;	/* byte that the element starts at, its
				   designator if it has one */
	bool		 in_macro;	/* a macro makes its braces */
	const char	*part;	/* what of the object around it is meant:
				   ".member", "[2]", "" for the whole; owned
				   by the table */
	const char	*why;	/* why it cannot be assigned by itself: owned
				   by the table, NULL: it can */
};

struct vn_facts {
	struct vn_fact	*items;	/* owned; sorted, unique after vn_facts_seal */
	size_t		 count, room;
	struct vn_parse	*parses;	/* owned; by unit after vn_facts_seal */
	size_t		 nparses, parse_room;
	struct vn_skip	*skips;		/* owned; by source, unit and offset */
	size_t		 nskips, skip_room;
	struct vn_element *elements;	/* owned; sorted, unique after
					   vn_facts_seal */
	size_t		 nelements, element_room;
	const char	**headers;	/* owned: other files that units
					   include, canonical names, sorted;
					   the names are the table's */
	size_t		 nheaders, header_room;
	struct vn_string *strings; /* owned: interned strings (uthash head) */
};

/* The table's own copy of s (NULL for NULL). */
const char *vn_facts_intern(struct vn_facts *facts, const char *s);

void	vn_facts_add(struct vn_facts *facts, const struct vn_fact *fact);

/* Room for one more, zeroed; the caller fills it before the next is asked. */
struct vn_parse *vn_facts_new_parse(struct vn_facts *facts);
struct vn_skip *vn_facts_new_skip(struct vn_facts *facts);

/* Add an element; its texts must be the table's own. */
void	vn_facts_add_element(struct vn_facts *facts,
	    const struct vn_element *element);

/* Add a file that is no source and that a unit includes; path is copied. */
void	vn_facts_add_header(struct vn_facts *facts, const char *path);

/*
 * Sort by (source, offset, kind, what, entity, flags, path of expansion,
 * configuration) and
 * fold equal facts; of the expansions in one file the first is kept, so that
 * the result does not depend on who found what first.
 */
void	vn_facts_seal(struct vn_facts *facts);

/*
 * Facts at one token: items[*first .. result - 1]; empty where they are equal.
 */
size_t	vn_facts_at(const struct vn_facts *facts, int source, uint32_t off,
	    size_t *first);

/*
 * Elements of the variable whose name stands at a byte of a source:
 * elements[*first .. result - 1], in order of their offsets.
 */
size_t	vn_facts_elements(const struct vn_facts *facts, int source,
	    uint32_t var, size_t *first);

/* The word for a what: "local", "member", ... */
const char *vn_what_word(enum vn_what what);

/*
 * "file:line:column" of the expansion that a fact with one came from, for a
 * person; owned by the caller.
 */
char	*vn_fact_expansion(const struct vn_fact *fact,
	    const struct vn_sources *sources);

/* --dump-facts: one line a fact, "file:line:col: kind name ..." */
void	vn_facts_dump(const struct vn_facts *facts,
	    const struct vn_sources *sources, FILE *out);

/*
 * Write the table to a stream, and add what such a stream holds to another
 * table: how workers hand over their facts.  Read returns 0, or -1 if the
 * stream is cut short or is not one.
 */
void	vn_facts_write(const struct vn_facts *facts, FILE *out);
int	vn_facts_read(struct vn_facts *facts, FILE *in);

/* Add what other holds to facts; other keeps its own. */
void	vn_facts_merge(struct vn_facts *facts, const struct vn_facts *other);

void	vn_facts_free(struct vn_facts *facts);

#endif /* !VN_FACTS_FACTS_H */
