/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Macros of a BSD kernel that vnetize has to know by name, as tables.
 */

#ifndef VN_REWRITE_WORDS_H
#define	VN_REWRITE_WORDS_H

#include <stdbool.h>

struct vn_source;

/* What an argument of a kernel macro is. */
enum vn_word_kind {
	VN_WORD_NONE,
	VN_WORD_SYSCTL,	/* static sysctl: pointer in argument `pointer` */
	VN_WORD_SYSCTL_ADD,	/* dynamic sysctl */
	VN_WORD_TUNABLE,	/* loader tunable that stores the pointer */
	VN_WORD_STORED,		/* puts its arguments in a static object */
	VN_WORD_VNET,	/* the argument is virtualized already: a use, */
	VN_WORD_VNET_DEFINE,	/* a definition, */
	VN_WORD_VNET_STATIC,	/* a definition with its own static, */
	VN_WORD_VNET_DECLARE,	/* a declaration */
	VN_WORD_UNUSED,		/* an argument that it throws away */
	VN_WORD_UNEVALUATED,	/* looks at its argument as sizeof does */
	VN_WORD_OFFSETOF	/* an argument that is a member */
};

struct vn_word {
	const char		*name;
	enum vn_word_kind	 kind;
	int			 pointer;	/* index of the argument,
						   from 0; -1: all */
	int			 access; /* sysctls: index of the flags */
	int			 leaf;		/* sysctls: index of the name */
};

/* The sysctl flag of virtualized variables (sys/sysctl.h, since 2009). */
extern const char vn_word_vnet_flag[];

/* The row of a macro, or NULL; the name is not NUL-terminated. */
const struct vn_word *vn_word_find(const char *name, unsigned len);

/* The row of the macro that token t of the source names (-1: none), or NULL. */
const struct vn_word *vn_word_at(const struct vn_source *source, int t);

/*
 * The row of the innermost call around token t that has one, or NULL; with the
 * token of its name, and which of its arguments t is in.
 */
const struct vn_word *vn_word_around(const struct vn_source *source, int t,
	    int *callee, int *arg);

/*
 * The macro that initializes at run time what the static initializer of that
 * name does: TAILQ_INIT for TAILQ_HEAD_INITIALIZER (queue(3)).  Owned by the
 * caller; NULL where the name does not end like one.
 */
char	*vn_word_initializer(const char *name, unsigned len);

/*
 * The statement that does at run time for one object what a macro that stores
 * its address does at boot, or NULL: mtx_init(%0, %1, NULL, %2) for
 * MTX_SYSINIT, a digit standing for an argument, from 0; static.
 */
const char *vn_word_statement(const char *name, unsigned len);

/* One of the VN_WORD_VNET kinds? */
bool	vn_word_is_vnet(const struct vn_word *word);

/* queue(3) head macros: LIST_HEAD and its kin, (tag, type). */
bool	vn_word_is_queue_head(const char *name, unsigned len);

/* Attribute-like words in declarations: with parentheses or without. */
enum vn_attr {
	VN_ATTR_NONE,
	VN_ATTR_PLAIN,	/* may follow the closing parenthesis of the
			   definition */
	VN_ATTR_HINT,	/* a section that is only a hint: __read_mostly */
	VN_ATTR_SECTION		/* a section that somebody relies on */
};

enum vn_attr vn_word_attr(const char *name, unsigned len);

#endif /* !VN_REWRITE_WORDS_H */
