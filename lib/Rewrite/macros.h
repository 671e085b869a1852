/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * All #defines of the sources at hand, whatever configuration they are for.
 */

#ifndef VN_REWRITE_MACROS_H
#define	VN_REWRITE_MACROS_H

#include <stdbool.h>
#include <stddef.h>

struct vn_macros;
struct vn_source;
struct vn_sources;

/* One #define. */
struct vn_macro {
	int	source;
	int	dir;		/* directive there */
	int	name;		/* token of its name */
	int	params;		/* token of '(' right after the name, or -1 */
	int	body;		/* first token of the body, or end */
	int	end;		/* one past the last token of the directive */
	int	next;		/* another #define of the name, or -1 */
};

/* What a macro does with an argument; in any of its definitions. */
enum {
	VN_USE_PLAIN = 1,	/* puts it in the text */
	VN_USE_STRING = 2,	/* #x, in its own body */
	VN_USE_PASTE = 4,	/* x##y */
	VN_USE_KNOWN = 8,	/* there is such a macro */
	VN_USE_TAG = 16,	/* struct x */
	VN_USE_MEMBER = 32,	/* p->x */
	VN_USE_XSTRING = 64,	/* #x in a macro that its body calls, which
				   gets it expanded */
	VN_USE_DECLARE = 128	/* int x */
};

/* Read the #defines of all opened sources; freed with vn_macros_free. */
struct vn_macros *vn_macros_read(const struct vn_sources *sources);
void	vn_macros_free(struct vn_macros *macros);

/* The first #define of a name of len bytes (then ->next), or NULL. */
const struct vn_macro *vn_macros_find(const struct vn_macros *macros,
	    const char *name, size_t len);
const struct vn_macro *vn_macros_next(const struct vn_macros *macros,
	    const struct vn_macro *macro);

/*
 * VN_USE_* of argument arg (from 0), through the macros that the body calls; in
 * its own expansion a macro is no macro (C11 6.10.3.4).
 */
unsigned vn_macros_use(const struct vn_macros *macros,
	    const struct vn_sources *sources, const char *name, size_t len,
	    int arg);

/*
 * VN_USE_* of an argument in one #define alone; of the macros that its body
 * calls in any of theirs.
 */
unsigned vn_macro_use(const struct vn_macros *macros,
	    const struct vn_sources *sources, const struct vn_macro *macro,
	    int arg);

/*
 * VN_USE_* of argument arg of the call at token callee: by the definitions of
 * that source that stand there, if they use it, else by those of all.  A name
 * that the macro's source declares as a function, too, uses its arguments.
 */
unsigned vn_macros_use_at(const struct vn_macros *macros,
	    const struct vn_sources *sources, const struct vn_source *source,
	    int callee, int arg);

/*
 * Does any #define of the macro's name declare a name, or one that its body
 * calls (see vn_scope_in_body), outside of braces?  Both names in len bytes.
 */
bool	vn_macros_declare(const struct vn_macros *macros,
	    const struct vn_sources *sources, const char *macro, size_t len,
	    const char *name, size_t namelen);

/* A token of a source in the table. */
struct vn_macro_place {
	int	source;
	int	tok;
};

/*
 * The *count places where opened sources spell a macro's name of len bytes, in
 * order; borrowed until the next call.  Sources opened after the first call do
 * not count.
 */
const struct vn_macro_place *vn_macros_places(const struct vn_macros *macros,
	    const struct vn_sources *sources, const char *name, size_t len,
	    size_t *count);

/*
 * The token of a macro's parameter arg, from 0, or -1; and whether token t of
 * the body spells it.  The last of a variadic macro takes all later: "...", or
 * the name before it ("args...", as gcc has it).
 */
int	vn_macro_param(const struct vn_source *source,
	    const struct vn_macro *macro, int arg);
bool	vn_macro_spells(const struct vn_source *source, int t, int param);

/* Which parameter (from 0) does token t of the body spell?  -1: none. */
int	vn_macro_param_index(const struct vn_source *source,
	    const struct vn_macro *macro, int t);

/* Read one directive as a #define: false if it is none with a name. */
bool	vn_macro_read(struct vn_macro *out, const struct vn_source *source,
	    int dir);

/* Is token t a parameter of the macro in whose #define it stands? */
bool	vn_macro_is_param(const struct vn_source *source,
	    const struct vn_macro *macro, int t);

#endif /* !VN_REWRITE_MACROS_H */
