/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What hides a variable in a function, judged by tokens: parameters, old style
 * and new, locals, and what macros declare.
 */

#ifndef VN_REWRITE_SCOPE_H
#define	VN_REWRITE_SCOPE_H

#include <stdbool.h>

struct vn_function;
struct vn_macros;
struct vn_source;
struct vn_sources;

/* A place in a source, and the name that is looked for there. */
struct vn_asked {
	const struct vn_macros	*macros;
	const struct vn_sources	*sources;
	const struct vn_source	*source;
	int			 tok;
	const char		*name;	/* len bytes; borrowed */
	unsigned		 len;
};

enum vn_bound_kind {
	VN_BOUND_NOT,		/* nothing hides the variable */
	VN_BOUND_LOCAL,
	VN_BOUND_PARAMETER,
	VN_BOUND_MAYBE		/* cannot tell */
};

struct vn_bound {
	enum vn_bound_kind kind;
	int		   tok;	/* the declared name, or the macro's that
				   declares it; -1 if not bound */
};

/* Does the token spell the place's name? */
bool	vn_asked_spells(const struct vn_asked *place,
	    const struct vn_source *source, int t);

/* What the name is bound to at a token in the function's body. */
struct vn_bound vn_scope_find(const struct vn_asked *place,
	    const struct vn_function *function);

/* Is the name a parameter of the function, in its list or K&R declarations? */
struct vn_bound vn_scope_parameter(const struct vn_asked *place,
	    const struct vn_function *function);

/*
 * Does a parameter list declare the token's name: is it one of a prototype in
 * a function, or does it stand in the bound of a later one?
 */
bool	vn_scope_prototype(const struct vn_source *source, int t);

/*
 * Is the token, outside of directives, in text that is no C: prose, or
 * assembler?
 */
bool	vn_scope_prose(const struct vn_source *source, int t);

/*
 * Does a word stand next to the token that is neither of C nor in capitals, as
 * a macro's name is: "movl foo, %eax"?
 */
bool	vn_scope_beside_word(const struct vn_source *source, int t);

/* Does token p of a macro's body declare a local between braces that t sees? */
bool	vn_scope_declares(const struct vn_source *source, int p, int t);

/*
 * Does token t of a macro's body declare what it names, in braces or not:
 * "type name", "type *a, *name[3]"?
 */
bool	vn_scope_in_body(const struct vn_source *source, int t);

/* Does token t end what can be a type or the start of a declarator? */
bool	vn_scope_ends_type(const struct vn_source *source, int t);

#endif /* !VN_REWRITE_SCOPE_H */
