/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * From facts to edits: what each occurrence is, which names are converted,
 * and what is written where.
 */

#ifndef VN_REWRITE_PLAN_H
#define	VN_REWRITE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "Support/mem.h"

#include "Facts/facts.h"
#include "Facts/names.h"

#include "Rewrite/edit.h"
#include "Rewrite/symbols.h"

struct vn_globals;
struct vn_macros;
struct vn_source;
struct vn_sources;
struct vn_strbuf;
struct vn_style;

enum vn_class { VN_UNDECIDED, VN_EDITED, VN_OTHER, VN_REMARK };

/* What becomes of occurrences that no configuration compiles. */
enum vn_inactive { VN_INACTIVE_EDIT, VN_INACTIVE_REMARK, VN_INACTIVE_SKIP };

enum vn_role { VN_ROLE_NONE, VN_ROLE_DEF, VN_ROLE_DECL, VN_ROLE_REF };

/* An identifier token that spells a listed name (interface.md, Words). */
struct vn_occurrence {
	int		 source;
	int		 tok;		/* token index there */
	uint32_t	 off;		/* its byte offset */
	int		 name;		/* index in plan->names */
	int		 target;	/* the list entry it means, or -1 */
	uint8_t		 cls;		/* enum vn_class */
	uint8_t		 role;		/* enum vn_role */
	uint16_t	 flags;		/* VN_FF_* of all facts at it */
	bool		 done;		/* stands in virtualized form already */
	bool		 tokens;	/* decided on tokens, without an AST */
	bool		 inactive;	/* in text that no parse compiled */
	bool		 v_form;	/* spelled with the style's prefix */
	bool		 outside; /* in a file under no PATH: not counted */
	bool		 hidden;	/* a static of a function, by tokens */
	bool		 moved;		/* edited: what it was part of is
					   written elsewhere */
	const char	*what; /* edited: the rule; other: what it is; static */
	const char	*kind;		/* of its remark, static; NULL: none */
	char		*remark;	/* owned */
};

/* A list entry and what became of it. */
struct vn_target {
	int		 global;	/* index in the lists */
	int		 name;		/* index in plan->names */
	int		 as;	/* likewise: the name it gets, another one
				   where a moved static's is taken */
	const char	*entity;	/* of facts.h; owned by plan; NULL:
					   not found */
	enum vn_what	 what;
	int		 home;	/* source of the (first) definition, or -1 */
	uint32_t	 home_off;
	bool		 outside;	/* its home lies outside every PATH */
	bool		 has_define;	/* #define V_x exists already */
	bool		 lifted; /* its initializer goes to the function of
				   init= */
	const char	*kind;	/* why it is left: kind of remark; NULL:
				   converted */
	char		*reason;	/* owned: "why; what to write" */
};

/* A "#define V_x VNET(x)" that was there before. */
struct vn_defined {
	int		 source;
	int		 name;		/* index in plan->names */
	int		 dir;		/* directive there */
	int		 target;	/* undo: whose it is, or -1 */
};

/* Something left to a person that is no occurrence under a PATH. */
struct vn_note {
	int		 source;	/* or -1 */
	uint32_t	 off;
	char		*where;		/* owned: "file:line:col" where source
					   is -1; else NULL */
	const char	*kind;		/* static */
	char		*text;		/* owned */
};

/* A declaration of a target that is virtualized, now or already. */
struct vn_site {
	int		 source;
	int		 target;
	uint8_t		 role;		/* VN_ROLE_DEF or VN_ROLE_DECL */
	int		 first;		/* first token of the declaration */
	int		 end;		/* its ';' */
	bool		 local;		/* inside a function */
};

/* An assignment that is written into a function, for init=. */
struct vn_assignment {
	int		 source;
	int		 target;
	uint32_t	 off;		/* where it is put */
};

struct vn_plan {
	const struct vn_globals	*globals;	/* borrowed */
	struct vn_sources	*sources;	/* borrowed */
	const struct vn_facts	*facts;		/* borrowed */
	const struct vn_style	*style;	/* that the tree has or gets;
						   borrowed */
	bool			 undo;	/* back to plain globals */
	bool			 missing_remark;
	enum vn_inactive	 inactive;
	const char		*header;	/* text of the style's header,
						   or NULL; borrowed */
	char *const		*files;	/* under the PATHs; borrowed */
	size_t			 nfiles;
	struct vn_names		 names;	/* spellings; see vn_plan_init */
	VN_VEC(char *)		 words;		/* owned: by index in names */
	VN_VEC(char *)		 entities;	/* owned: of targets that only
						   tokens know */
	struct vn_macros	*macros;	/* owned */
	VN_VEC(struct vn_target) targets;
	VN_VEC(struct vn_occurrence) occurrences;	/* by source, offset */
	VN_VEC(struct vn_note)	 notes;
	VN_VEC(struct vn_defined) defined;
	VN_VEC(struct vn_mention) mentions;	/* by the search */
	VN_VEC(struct vn_site)	 sites;		/* by source, offset */
	VN_VEC(struct vn_assignment) assignments;
	struct vn_edits		 edits;
};

/*
 * Start a plan.  The names that count are those of the lists (even indexes)
 * and the same with the style's prefix (the odd index after); of statics in
 * functions also function_name, which they may get.  Everything is borrowed
 * until vn_plan_free.
 */
void	vn_plan_init(struct vn_plan *plan, const struct vn_globals *globals,
	    struct vn_sources *sources, const struct vn_style *style);

/*
 * Read the macros and list the occurrences.  The facts may still grow until
 * vn_plan_run.
 */
void	vn_plan_begin(struct vn_plan *plan, const struct vn_facts *facts);

/*
 * Run all further steps.  Returns 0, or -1 after errors were reported (names
 * that cannot be found, sums that do not add up, edits in conflict).
 */
int	vn_plan_run(struct vn_plan *plan);

void	vn_plan_free(struct vn_plan *plan);

/* The text of a name (an even index) without and with the prefix. */
const char *vn_plan_plain(const struct vn_plan *plan, int name);
const char *vn_plan_prefixed(const struct vn_plan *plan, int name);

/* The index in plan->names of function_name, for a static in a function. */
int	vn_plan_long_name(const struct vn_plan *plan,
	    const struct vn_target *t);

/* "file:line" of a byte of a source, for a person; owned by the caller. */
char	*vn_plan_place(const struct vn_plan *plan, int source, uint32_t off);

/* The occurrence at a token, or NULL. */
struct vn_occurrence *vn_plan_at(const struct vn_plan *plan, int source,
	    uint32_t off);

/* The target of that name (an even index) and entity, or -1. */
int	vn_plan_target(const struct vn_plan *plan, int name,
	    const char *entity);

/* The first occurrence at or after a byte of a source (or in a later one). */
size_t	vn_plan_from(const struct vn_plan *plan, int source, uint32_t off);

/* The first occurrence of a source, and one past its last. */
size_t	vn_plan_range(const struct vn_plan *plan, int source, size_t *end);

/*
 * The steps, in order; each fills what its file's head says.  That of undo.c
 * takes the place of those from block.c to pass_include.c.
 */
void	vn_plan_list(struct vn_plan *plan);		/* occur.c */
int	vn_plan_resolve(struct vn_plan *plan);		/* resolve.c */
void	vn_plan_classify(struct vn_plan *plan);		/* classify.c */
void	vn_plan_block(struct vn_plan *plan);		/* block.c */
void	vn_plan_pasted(struct vn_plan *plan);		/* paste.c */
void	vn_plan_mentions(struct vn_plan *plan);		/* mentions.c */
void	vn_plan_moves(struct vn_plan *plan);		/* move.c */
bool	vn_plan_keep_near(struct vn_plan *plan);	/* move.c */
void	vn_plan_constants(struct vn_plan *plan);	/* constant.c */
int	vn_plan_lifts(struct vn_plan *plan);		/* pass_lift.c */
void	vn_plan_hoists(struct vn_plan *plan);		/* pass_hoist.c */
void	vn_plan_decls(struct vn_plan *plan);		/* pass_decl.c */
void	vn_plan_refs(struct vn_plan *plan);		/* pass_ref.c */
void	vn_plan_strings(struct vn_plan *plan);		/* strings.c */
void	vn_plan_sysctls(struct vn_plan *plan);		/* pass_sysctl.c */
void	vn_plan_defines(struct vn_plan *plan);		/* pass_define.c */
void	vn_plan_guards(struct vn_plan *plan);		/* pass_guard.c */
void	vn_plan_includes(struct vn_plan *plan);		/* pass_include.c */
void	vn_plan_undo(struct vn_plan *plan);		/* undo.c */
void	vn_plan_layout(struct vn_plan *plan);		/* pass_layout.c */
int	vn_plan_account(const struct vn_plan *plan);	/* account.c */

/*
 * Append the line "#define V_x VNET(x)" of a target; the column, from 0, that
 * VNET( starts at is the greatest of a block's vn_define_column (32, or 40 for
 * a long name).
 */
void	vn_define_put(struct vn_strbuf *sb, const struct vn_plan *plan,
	    int target, size_t column);
size_t	vn_define_column(const struct vn_plan *plan, int target);

/*
 * Undo: does the include of the style's header, a directive of the source,
 * stand where a conversion would put it?
 */
bool	vn_include_is_added(const struct vn_plan *plan, int source, int dir);

/* Give an occurrence its class; remark formats are owned by it afterwards. */
void	vn_occ_edited(struct vn_occurrence *o, const char *rule);
void	vn_occ_other(struct vn_occurrence *o, const char *what);
void	vn_occ_remark(struct vn_occurrence *o, const char *kind,
	    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Leave a target unconverted; the first reason stays. */
void	vn_target_block(struct vn_target *t, const char *kind,
	    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Is it an edited occurrence that spells (or now takes) the prefix? */
bool	vn_occ_prefixed(const struct vn_occurrence *o);

/* A remark that is no occurrence's. */
void	vn_plan_note(struct vn_plan *plan, int source, uint32_t off,
	    const char *kind, const char *fmt, ...)
	    __attribute__((format(printf, 5, 6)));

/* The same at a place in a file that is no source; path is shown as it is. */
void	vn_plan_note_at(struct vn_plan *plan, const char *path, unsigned line,
	    unsigned col, const char *kind, const char *fmt, ...)
	    __attribute__((format(printf, 6, 7)));

/* Is the target converted: found, not left for a reason, its home inside? */
bool	vn_target_converts(const struct vn_target *t);

/* A macro of that name that the home of a target holds or sees, or NULL. */
const struct vn_macro *vn_plan_home_macro(const struct vn_plan *plan,
	    const struct vn_target *t, const char *name);

/* Does some unit that compiles the source include the other one? */
bool	vn_plan_sees(const struct vn_plan *plan, int source, int header);

/* Sums of the account. */
struct vn_sums {
	size_t	all, edited, done, inactive, other, remark;
};

struct vn_sums vn_plan_sums(const struct vn_plan *plan);

#endif /* !VN_REWRITE_PLAN_H */
