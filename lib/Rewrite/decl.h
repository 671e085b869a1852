/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A declaration as it is written: C11 6.7 on tokens, macros of sys/queue.h
 * and sys/cdefs.h unexpanded.
 */

#ifndef VN_REWRITE_DECL_H
#define	VN_REWRITE_DECL_H

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"

struct vn_source;

enum vn_storage { VN_STORAGE_NONE, VN_STORAGE_STATIC, VN_STORAGE_EXTERN,
	VN_STORAGE_TYPEDEF, VN_STORAGE_OTHER };

/* All members are token indexes, -1 where there is none. */
struct vn_declarator {
	int	first;		/* first token: a '*', a '(' or the name */
	int	name;
	int	suffix;	/* last token of the name with its array bounds */
	int	attr;		/* first token of attributes after it */
	int	attr_last;
	int	init;		/* the '=' */
	int	last;		/* last token, of the initializer too */
	bool	nested;		/* the name stands in parentheses */
	bool	function;	/* declares a function */
};

struct vn_decl {
	int	first;		/* first token */
	int	end;		/* the ';' */
	int	storage_tok;
	enum vn_storage storage;
	int	spec;		/* first specifier other than storage */
	int	spec_last;	/* last one */
	int	keyword;	/* struct, union or enum of the type */
	int	tag;		/* its tag */
	int	body;		/* '{' of its members */
	int	queue;	/* name of a queue head macro used as the type */
	VN_VEC(struct vn_declarator) items;
};

/*
 * The declaration that token t stands in.  False if it does not read as one.
 * Free out with vn_decl_free in both cases.
 */
bool	vn_decl_read(struct vn_decl *out, const struct vn_source *source,
	    int t);
void	vn_decl_free(struct vn_decl *decl);

/* The declarator whose name is token t, or NULL. */
struct vn_declarator *vn_decl_named(const struct vn_decl *decl, int t);

/*
 * Does token t stand in the initializer of a definition at file scope that is
 * virtualized: "VNET_DEFINE(type, x) = ...;"?
 */
bool	vn_decl_virtualized(const struct vn_source *source, int t);

/* Is the token a word of C that can be neither a type nor a variable? */
bool	vn_tok_keyword(const struct vn_source *source, int t);

/* Is the token a word of C that is a type or part of one: "int", "long"? */
bool	vn_tok_is_type(const struct vn_source *source, int t);

#endif /* !VN_REWRITE_DECL_H */
