/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A name in the body of a macro: what is it where the macro is used?
 */

#include <stdlib.h>

#include <uthash.h>

#include "Facts/source.h"

#include "Rewrite/context_impl.h"
#include "Rewrite/macros_impl.h"
#include "Rewrite/scope.h"

int
vn_context_body_local(const struct vn_asked *place)
{
	const struct vn_asked *p = place;
	const struct vn_source *s = p->source;
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[p->tok].dir))
		return (-1);
	for (int t = m.body; t <= p->tok; t++)
		if (vn_asked_spells(p, s, t) && vn_scope_declares(s, t,
		    p->tok))
			return (t);
	return (-1);
}

/* Is token t a call of the macro, or its name alone if it has no parameters? */
static bool
is_use(const struct vn_source *s, const struct vn_macro *m, int t)
{
	int dir = s->lex.toks[t].dir;

	if (dir != -1 && (s->lex.dirs[dir].kind != VN_DIR_DEFINE ||
	    t == (int)s->lex.dirs[dir].tok + 2))
		return (false);
	return (m->params == -1 || vn_tok_punct(s, vn_tok_next(s, t), "("));
}

static bool
is_undefined(const struct vn_source *s, int t)
{
	int dir = s->lex.toks[t].dir;

	return (dir != -1 && s->lex.dirs[dir].kind == VN_DIR_UNDEF);
}

/* What the uses of a macro make of a name in its body. */
enum {
	BOUND = 1,		/* there it is a local or a parameter */
	BARE = 2,		/* there it is the variable */
	MEMBER = 4,
	TAG = 8
};

/* A name at a place in a function, and what is known of it. */
struct meant {
	struct {
		int	name, source, tok;
	}		 key;
	bool		 bound;
	UT_hash_handle	 hh;
};

/* What all uses of a macro make of a name that its body has. */
struct known {
	struct {
		int	name, macro;	/* indexes */
		int	first, call;	/* as in struct been */
	}		 key;
	unsigned	 uses;
	UT_hash_handle	 hh;
};

/* All judged so far: the same is asked for each copy of a macro. */
struct vn_body_uses {
	struct vn_names	 set;
	VN_VEC(char *)	 names;		/* owned */
	struct meant	*meant;		/* uthash heads, owned */
	struct known	*known;
};

struct vn_body_uses *
vn_body_uses_new(void)
{

	return (vn_calloc(1, sizeof(struct vn_body_uses)));
}

void
vn_body_uses_free(struct vn_body_uses *bodies)
{
	struct meant *m, *next;
	struct known *k, *after;

	HASH_ITER(hh, bodies->meant, m, next) {
		HASH_DEL(bodies->meant, m);
		free(m);
	}
	HASH_ITER(hh, bodies->known, k, after) {
		HASH_DEL(bodies->known, k);
		free(k);
	}
	for (size_t i = 0; i < bodies->names.count; i++)
		free(bodies->names.items[i]);
	VN_FREE(&bodies->names);
	vn_names_free(&bodies->set);
	free(bodies);
}

/*
 * What a walk has been through: one #define with its uses in its own source,
 * or the uses of a name in all sources.
 */
struct been {
	struct been_key {
		int	source;		/* -1: in no table; -2: a name */
		int	macro;		/* the directive; or the name's index */
		int	first;		/* the name asked begins the body */
		int	call;		/* the macro has parameters */
	}		 key;
	int		 but;	/* of a name: all sources but that; -2: all */
	UT_hash_handle	 hh;
};

/* The search for the uses of the macros that put a name in the text. */
struct walk {
	const struct vn_asked	*asked;
	int			 name;	/* its index in vn_body_uses */
	unsigned		 uses;
	struct been		*been;	/* uthash head, owned */
};

/* Places of a macro's name. */
struct places {
	const struct vn_macro_place *items;
	size_t			     count;
};

/* A macro that does. */
struct user {
	const struct vn_source	*home;
	int			 source;	/* index of home, or -1 */
	struct vn_macro		 m;
	int			 name;	/* its index in the table, or -1 */
	struct places		 places;
	bool			 first;	/* the name asked begins the body */
};

static void walk_body(struct walk *w, const struct vn_source *home,
    int source, int t);

/* Is the name asked bound at token t, in a function? */
static bool
is_bound(const struct walk *w, const struct vn_asked *p, int source,
    const struct vn_function *f)
{
	struct vn_body_uses *bodies = p->macros->bodies;
	struct meant *meant, new = { .key = { w->name, source, p->tok } };
	struct vn_context c;

	HASH_FIND(hh, bodies->meant, &new.key, sizeof(new.key), meant);
	if (meant == NULL) {
		c = vn_context_bound(p, f);
		meant = vn_malloc(sizeof(*meant));
		*meant = new;
		meant->bound = decided(c) || c.hidden;
		HASH_ADD(hh, bodies->meant, key, sizeof(meant->key), meant);
	}
	return (meant->bound);
}

/* One use of the macro, at token t of the source. */
static void
count_use(struct walk *w, const struct user *user, int source, int t)
{
	const struct vn_source *s = w->asked->sources->items[source];
	const struct vn_function *f;
	struct vn_asked p = *w->asked;
	int before = vn_tok_prev(s, t);

	p.source = s;
	p.tok = t;
	if (user->first && (vn_tok_punct(s, before, ".") ||
	    vn_tok_punct(s, before, "->")))
		w->uses |= MEMBER;
	else if (user->first && (vn_tok_word(s, before, "struct") ||
	    vn_tok_word(s, before, "union") || vn_tok_word(s, before, "enum")))
		w->uses |= TAG;
	else if (s->lex.toks[t].dir != -1 && vn_context_body_local(&p) != -1)
		w->uses |= BOUND;
	else if (s->lex.toks[t].dir != -1)
		walk_body(w, s, source, t);
	else if ((f = vn_outline_function(&s->outline, t)) != NULL)
		w->uses |= is_bound(w, &p, source, f) ? BOUND : BARE;
	else
		w->uses |= BARE;
}

/* The first of the places that is in that source or a later one. */
static size_t
first_in(const struct places *places, int source)
{
	size_t low = 0, high = places->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places->items[middle].source < source)
			low = middle + 1;
		else
			high = middle;
	}
	return (low);
}

/* The uses among the places from first to before end. */
static void
count_uses(struct walk *w, const struct user *user, size_t first, size_t end)
{

	for (size_t i = first; i < end; i++) {
		const struct vn_macro_place *p = &user->places.items[i];

		if (is_use(w->asked->sources->items[p->source], &user->m,
		    p->tok))
			count_use(w, user, p->source, p->tok);
	}
}

/* In its own source, a #define's uses are those from it to the #undef. */
static void
own_places(const struct user *user, size_t *first, size_t *end)
{
	const struct places *places = &user->places;
	size_t i = first_in(places, user->source);

	while (i < places->count &&
	    places->items[i].source == user->source &&
	    places->items[i].tok < user->m.end)
		i++;
	for (*first = i; i < places->count &&
	    places->items[i].source == user->source; i++)
		if (is_undefined(user->home, places->items[i].tok))
			break;
	*end = i;
}

static void
count_own(struct walk *w, const struct user *user)
{
	size_t first, end;

	own_places(user, &first, &end);
	count_uses(w, user, first, end);
}

/* Note that the walk comes there: *is_new if it was not there yet. */
static struct been *
note(struct walk *w, const struct been *new, bool *is_new)
{
	struct been *been;

	HASH_FIND(hh, w->been, &new->key, sizeof(new->key), been);
	*is_new = been == NULL;
	if (been == NULL) {
		been = vn_malloc(sizeof(*been));
		*been = *new;
		HASH_ADD(hh, w->been, key, sizeof(been->key), been);
	}
	return (been);
}

/*
 * In other sources, all uses of a header's macro count.  Where several headers
 * have it, the first walk goes over all sources but its own, the second over
 * that one.
 */
static void
count_others(struct walk *w, const struct user *user)
{
	const struct places *places = &user->places;
	struct been new = { .key = { -2, user->name, user->first,
	    user->m.params != -1 }, .but = user->source };
	bool is_new;
	struct been *been = note(w, &new, &is_new);
	size_t first = first_in(places, been->but);
	size_t after = first_in(places, been->but + 1);

	if (is_new) {
		count_uses(w, user, 0, first);
		count_uses(w, user, after, places->count);
	} else if (been->but != -2 && been->but != user->source) {
		been->but = -2;
		count_uses(w, user, first, after);
	}
}

/* The macro whose body has token t; false if it is none to be walked. */
static bool
read_user(const struct vn_asked *asked, struct user *user,
    const struct vn_source *home, int source, int t)
{
	unsigned len;
	const char *name;

	*user = (struct user){ .home = home, .source = source };
	if (!vn_macro_read(&user->m, home, home->lex.toks[t].dir) ||
	    vn_asked_spells(asked, home, user->m.name))
		return (false);
	user->first = user->m.body == t;
	name = vn_tok_text(home, user->m.name, &len);
	user->name = vn_names_find(&asked->macros->set, name, len);
	user->places.items = vn_macros_places(asked->macros, asked->sources,
	    name, len, &user->places.count);
	return (true);
}

static void
walk_user(struct walk *w, const struct user *user)
{
	struct been new = { .key = { user->source, user->m.dir, user->first,
	    0 } };
	bool is_new;

	note(w, &new, &is_new);
	if (!is_new)
		return;
	if (user->source != -1)
		count_own(w, user);
	if (vn_source_is_header(user->home))
		count_others(w, user);
}

/* The uses of the macro whose body has token t. */
static void
walk_body(struct walk *w, const struct vn_source *home, int source, int t)
{
	struct user user;

	if (read_user(w->asked, &user, home, source, t))
		walk_user(w, &user);
}

/* The index of the source, or -1 if it is in no table. */
static int
index_of(const struct vn_sources *sources, const struct vn_source *s)
{

	for (size_t i = 0; i < sources->count; i++)
		if (sources->items[i] == s)
			return ((int)i);
	return (-1);
}

/* The index of the name that is asked for. */
static int
name_of(const struct vn_asked *place)
{
	struct vn_body_uses *bodies = place->macros->bodies;
	int name = vn_names_find(&bodies->set, place->name, place->len);

	if (name != -1)
		return (name);
	VN_PUSH(&bodies->names, vn_strndup(place->name, place->len));
	return (vn_names_add(&bodies->set,
	    bodies->names.items[bodies->names.count - 1]));
}

/* The uses of one #define, and of the macros that use it. */
static unsigned
uses_of_one(const struct vn_asked *place, int name, const struct user *user)
{
	struct walk w = { .asked = place, .name = name };
	struct been *been, *next;

	walk_user(&w, user);
	HASH_ITER(hh, w.been, been, next) {
		HASH_DEL(w.been, been);
		free(been);
	}
	return (w.uses);
}

/* Does every place of the macro's name, anywhere, count as its use? */
static bool
is_for_all(const struct user *user)
{
	const struct places *places = &user->places;
	size_t first, end;

	own_places(user, &first, &end);
	if (user->name == -1 || !vn_source_is_header(user->home))
		return (false);
	for (size_t i = first_in(places, user->source); i < places->count &&
	    places->items[i].source == user->source; i++)
		if ((i < first || i >= end) &&
		    is_use(user->home, &user->m, places->items[i].tok))
			return (false);
	return (true);
}

/* What the name at the place, in a macro's body, is where that is used. */
static unsigned
uses_of(const struct vn_asked *place)
{
	struct vn_body_uses *bodies = place->macros->bodies;
	struct known *known, new = { .key = { name_of(place), -1, 0, 0 } };
	struct user user;

	if (!read_user(place, &user, place->source, index_of(place->sources,
	    place->source), place->tok))
		return (0);
	if (!is_for_all(&user))
		return (uses_of_one(place, new.key.name, &user));
	/* So have other headers that define it the same uses. */
	new.key.macro = user.name;
	new.key.first = user.first;
	new.key.call = user.m.params != -1;
	HASH_FIND(hh, bodies->known, &new.key, sizeof(new.key), known);
	if (known == NULL) {
		known = vn_malloc(sizeof(*known));
		*known = new;
		known->uses = uses_of_one(place, new.key.name, &user);
		HASH_ADD(hh, bodies->known, key, sizeof(known->key), known);
	}
	return (known->uses);
}

/*
 * "#define a x" and "#define a x.b" in a file where a struct has a member x:
 * aliases of members look like that.
 */
static bool
is_member_too(const struct vn_asked *p)
{
	const struct vn_source *s = p->source;
	struct vn_macro m;

	if (!vn_macro_read(&m, s, s->lex.toks[p->tok].dir) ||
	    m.params != -1 || m.body != p->tok)
		return (false);
	for (int t = 0; t < (int)s->lex.ntoks; t++)
		if (s->lex.toks[t].dir == -1 && vn_asked_spells(p, s, t) &&
		    decided(vn_context_brace(s, t)))
			return (true);
	return (false);
}

struct vn_context
vn_context_body(const struct vn_asked *place)
{
	const struct vn_asked *p = place;
	const struct vn_source *s = p->source;
	unsigned uses;
	bool declared;

	if (vn_context_body_local(p) != -1)
		return (OTHER("local"));
	declared = vn_scope_in_body(s, p->tok);
	if (declared && vn_tok_punct(s, s->outline.up[p->tok], "("))
		return (OTHER("parameter"));
	uses = uses_of(p);
	if (uses == 0 && is_member_too(p))
		return (IS(VN_MEANS_UNSURE, "the body of a macro; a member "
		    "has that name, too"));
	if (declared && (uses & BOUND))
		return (OTHER("local"));
	if ((uses & BARE) && (uses & ~(unsigned)BARE))
		return (IS(VN_MEANS_UNSURE, "its macro is used where something "
		    "else has that name, too"));
	if (uses & BOUND)
		return (OTHER("local"));
	return ((uses & MEMBER) ? OTHER("member") : (uses & TAG) ?
	    OTHER("tag") : UNDECIDED);
}
