/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 2: which variable does each list entry mean, and where is its home?
 * By facts; failing that by tokens, since some are defined only behind an
 * option.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/strbuf.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/words.h"

/* A variable that an entry may mean. */
struct candidate {
	const char	*entity;
	enum vn_what	 what;
	int		 source;
	uint32_t	 off;
	unsigned	 flags;
};

struct candidates {
	VN_VEC(struct candidate) items;
};

/* Does the path end with the suffix, at a component's start? */
static bool
path_ends(const char *path, const char *suffix)
{
	size_t n = strlen(path), m = strlen(suffix);

	return (m <= n && strcmp(path + n - m, suffix) == 0 &&
	    (m == n || path[n - m - 1] == '/'));
}

/* Does "path:function():name" name that function? */
static bool
in_function(const char *entity, const char *function)
{
	const char *p = strrchr(entity, ':');
	size_t n = strlen(function);

	return (p != NULL && p - entity > (ptrdiff_t)n + 2 &&
	    strncmp(p - 2, "()", 2) == 0 &&
	    strncmp(p - 2 - n, function, n) == 0 &&
	    p[-3 - (ptrdiff_t)n] == ':');
}

static void
add_candidate(struct candidates *list, struct candidate c)
{

	for (size_t i = 0; i < list->items.count; i++)
		if (strcmp(list->items.items[i].entity, c.entity) == 0) {
			list->items.items[i].flags |= c.flags;
			return;
		}
	VN_PUSH(&list->items, c);
}

static void
by_facts(struct vn_plan *plan, const struct vn_target *t,
    struct candidates *list)
{
	const struct vn_global *g = &plan->globals->items[t->global];

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->kind != VN_FACT_DEF || f->source < 0 ||
		    strcmp(f->name, g->name) != 0)
			continue;
		if (g->file != NULL && !path_ends(
		    plan->sources->items[f->source]->path, g->file))
			continue;
		if ((f->what == VN_STATIC_LOCAL) != (g->function != NULL) ||
		    (g->function != NULL &&
		    !in_function(f->entity, g->function)))
			continue;
		add_candidate(list, (struct candidate){ f->entity, f->what,
		    f->source, f->off, f->flags });
	}
}

/* Is the token in the function that the entry names, if it names one? */
static bool
is_there(const struct vn_source *s, int tok, const struct vn_global *g)
{
	const struct vn_function *f = vn_outline_function(&s->outline, tok);

	return (g->function == NULL || (f != NULL && vn_tok_word(s, f->name,
	    g->function)));
}

static const char *
token_entity(struct vn_plan *plan, const struct vn_source *s,
    const char *name, bool is_file_static)
{
	char *text;

	if (!is_file_static)
		return (name);
	text = vn_asprintf("%s:%s", s->path, name);
	VN_PUSH(&plan->entities, text);
	return (text);
}

static void
by_tokens(struct vn_plan *plan, const struct vn_target *t,
    struct candidates *list)
{
	const struct vn_global *g = &plan->globals->items[t->global];

	for (size_t i = 0; i < plan->occurrences.count; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];
		const struct vn_source *s = plan->sources->items[o->source];
		struct vn_context c;
		bool file_static;

		if (o->name != t->name || o->v_form ||
		    (g->file != NULL && !path_ends(s->path, g->file)))
			continue;
		c = vn_context_of(plan->macros, plan->sources, s, o->tok);
		if (c.meaning != VN_MEANS_DEF ||
		    c.hidden != (g->function != NULL) ||
		    !is_there(s, o->tok, g))
			continue;
		file_static = vn_token_is_static(s, o->tok);
		add_candidate(list, (struct candidate){ token_entity(plan, s,
		    vn_plan_plain(plan, t->name), file_static),
		    c.hidden ? VN_STATIC_LOCAL : file_static ? VN_STATIC :
		    VN_EXTERN, o->source, o->off, 0 });
	}
}

static bool
in_path(const struct vn_plan *plan, const struct candidate *c)
{

	return (plan->sources->items[c->source]->in_path);
}

/* A list of names for an error: "a.c:3, b.c:4". */
static char *
describe(const struct vn_plan *plan, const struct candidates *list)
{
	char *text = vn_strdup("");

	for (size_t i = 0; i < list->items.count; i++) {
		const struct candidate *c = &list->items.items[i];
		const struct vn_source *s = plan->sources->items[c->source];
		char *more;
		unsigned line, col;

		vn_lines_at(&s->lines, c->off, &line, &col);
		more = vn_asprintf("%s%s%s:%u", text, i == 0 ? "" : ", ",
		    s->shown, line);
		free(text);
		text = more;
	}
	return (text);
}

static int
complain(const struct vn_global *g, const char *text)
{

	vn_diag(VN_ERROR, g->list, g->line, g->col, "%s", text);
	return (-1);
}

/*
 * The external variable; failing that the only file static under the PATHs,
 * then anywhere.  -1: none; -2: ambiguous.
 */
static int
choose(const struct vn_plan *plan, const struct candidates *list)
{
	int found = -1;

	for (size_t i = 0; i < list->items.count; i++)
		if (list->items.items[i].what == VN_EXTERN)
			return ((int)i);
	for (int inside = 1; inside >= 0 && found == -1; inside--)
		for (size_t i = 0; i < list->items.count; i++)
			if (in_path(plan, &list->items.items[i]) ==
			    (inside == 1))
				found = found == -1 ? (int)i : -2;
	return (found);
}

/* What else a name is that no variable has, for the error. */
static const char *
other_meaning(const struct vn_plan *plan, const char *name,
    const struct vn_fact **where)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->kind == VN_FACT_OTHER && f->source >= 0 &&
		    strcmp(f->name, name) == 0 && (f->what == VN_FUNCTION ||
		    f->what == VN_TYPEDEF || f->what == VN_ENUMERATOR)) {
			*where = f;
			return (vn_what_word(f->what));
		}
	}
	return (NULL);
}

/* An extern declaration of the name that some unit saw, or NULL. */
static const struct vn_fact *
declared(const struct vn_plan *plan, const char *name)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->kind == VN_FACT_DECL && strcmp(f->name, name) == 0 &&
		    (f->source >= 0 || f->exp_path != NULL))
			return (f);
	}
	return (NULL);
}

struct nearest {
	VN_VEC(const char *)	 words;
	VN_VEC(char *)		 owned;
	struct vn_names		 set;
};

static void
add_word(struct nearest *n, const char *text, size_t len)
{

	if (vn_names_find(&n->set, text, len) != -1)
		return;
	VN_PUSH(&n->owned, vn_strndup(text, len));
	vn_names_add(&n->set, n->owned.items[n->owned.count - 1]);
	VN_PUSH(&n->words, n->owned.items[n->owned.count - 1]);
}

/* Names at file scope in a file under a PATH, for "did you mean". */
static void
collect_words(const char *file, struct nearest *n)
{
	struct vn_strbuf sb = { 0 };
	struct vn_source s;

	if (vn_file_read(&sb, file) == 0 && sb.len > 0) {
		vn_source_lend(&s, file, sb.data, sb.len);
		for (int t = 0; t < (int)s.lex.ntoks; t++)
			if (vn_tok_ident(&s, t) && s.lex.toks[t].dir == -1 &&
			    s.outline.up[t] == -1)
				add_word(n, s.data + s.lex.toks[t].off,
				    s.lex.toks[t].len);
		vn_source_close(&s);
	}
	vn_strbuf_free(&sb);
}

static char *
did_you_mean(const struct vn_plan *plan, const char *name)
{
	struct nearest n = { 0 };
	const char *best;
	char *text;

	for (size_t i = 0; i < plan->nfiles; i++)
		collect_words(plan->files[i], &n);
	best = vn_diag_nearest(name, n.words.items, n.words.count);
	text = best == NULL || strcmp(best, name) == 0 ? vn_strdup("") :
	    vn_asprintf("; did you mean '%s'?", best);
	for (size_t i = 0; i < n.owned.count; i++)
		free(n.owned.items[i]);
	VN_FREE(&n.owned);
	VN_FREE(&n.words);
	vn_names_free(&n.set);
	return (text);
}

/*
 * A name that cannot be virtualized: an error, or a remark where the list may
 * be for another release.
 */
static int
say_unfit(struct vn_plan *plan, struct vn_target *t, const char *kind,
    const char *text)
{
	const struct vn_global *g = &plan->globals->items[t->global];

	vn_target_block(t, kind, "%s", text);
	if (!plan->missing_remark)
		return (complain(g, text));
	vn_plan_note_at(plan, g->list, g->line, g->col, kind, "%s", text);
	return (0);
}

/* Definitions of that name which the entry does not mean, as entries; owned. */
static char *
other_entries(const struct vn_plan *plan, const char *name)
{
	char *text = vn_strdup("");

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		const struct vn_source *s;
		char *entry, *more;
		size_t n;

		if (f->kind != VN_FACT_DEF || f->source < 0 ||
		    f->entity == NULL || strcmp(f->name, name) != 0)
			continue;
		s = plan->sources->items[f->source];
		n = strlen(s->path);
		entry = strncmp(f->entity, s->path, n) == 0 ?
		    vn_asprintf("'%s%s'", s->shown, f->entity + n) :
		    vn_asprintf("'%s:%s'", s->shown, name);
		more = strstr(text, entry) != NULL ? vn_strdup(text) :
		    vn_asprintf("%s%s%s", text, *text == '\0' ? "; there is " :
		    ", ", entry);
		free(entry);
		free(text);
		text = more;
	}
	return (text);
}

/* What is said of an entry that names nothing known; owned. */
static char *
missing_text(const struct vn_plan *plan, const struct vn_global *g,
    const char *others)
{
	char *hint, *text;

	hint = *others != '\0' || plan->missing_remark ? vn_strdup("") :
	    did_you_mean(plan, g->name);
	text = vn_asprintf("no definition of '%s'%s%s%s%s found%s%s", g->name,
	    g->function == NULL ? "" : " in ",
	    g->function == NULL ? "" : g->function,
	    g->function != NULL ? "() of " : g->file == NULL ? "" : " in ",
	    g->file == NULL ? "" : g->file, others, hint);
	free(hint);
	return (text);
}

static int
say_missing(struct vn_plan *plan, struct vn_target *t)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	const struct vn_fact *f = NULL;
	const char *what = other_meaning(plan, g->name, &f);
	const struct vn_macro *m = vn_macros_find(plan->macros, g->name,
	    strlen(g->name));
	char *others = other_entries(plan, g->name), *text;
	int status;

	if (g->function != NULL || *others != '\0')
		text = missing_text(plan, g, others);
	else if (what != NULL)
		text = vn_asprintf("'%s' is a%s %s (%s), not a variable",
		    g->name, *what == 'e' ? "n" : "", what,
		    plan->sources->items[f->source]->shown);
	else if (m != NULL)
		text = vn_asprintf("'%s' is only a macro (%s), not a variable",
		    g->name, plan->sources->items[m->source]->shown);
	else if ((f = declared(plan, g->name)) != NULL)
		text = vn_asprintf("no definition of '%s' under the root; it "
		    "is declared in %s: give another --root", g->name,
		    f->source >= 0 ? plan->sources->items[f->source]->shown :
		    f->exp_path);
	else
		text = missing_text(plan, g, others);
	status = say_unfit(plan, t, "missing", text);
	free(others);
	free(text);
	return (status);
}

/* Two entries, spelled differently, that mean one variable. */
static int
say_twice(struct vn_plan *plan, const struct vn_target *t,
    const struct vn_target *first)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	const struct vn_global *h = &plan->globals->items[first->global];
	char *text = vn_asprintf("'%s' is listed twice; it stands at %s:%u "
	    "too", g->name, h->list, h->line);

	complain(g, text);
	free(text);
	return (-1);
}

static int
say_ambiguous(struct vn_plan *plan, struct vn_target *t,
    const struct candidates *list)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	char *where = describe(plan, list);
	char *text = vn_asprintf("'%s' is ambiguous: %s; write 'FILE.c:%s'",
	    g->name, where, g->name);

	complain(g, text);
	free(text);
	free(where);
	return (-1);
}

/* Is it a definition in virtualized form, with its define? */
static bool
is_moved(const struct vn_plan *plan, const struct vn_fact *f, int name)
{
	const struct vn_source *s = plan->sources->items[f->source];
	int arg, t = vn_source_tok_at(s, f->off);

	if (!s->opened || t == -1 || !vn_word_is_vnet(vn_word_at(s,
	    vn_tok_call(s, t, &arg))))
		return (false);
	for (size_t i = 0; i < plan->defined.count; i++)
		if (plan->defined.items[i].source == f->source &&
		    plan->defined.items[i].name == name)
			return (true);
	return (false);
}

/* A static of a function that an earlier run moved out, by that name. */
static void
moved_as(const struct vn_plan *plan, struct vn_target *t, int name,
    struct candidates *list)
{
	const struct vn_global *g = &plan->globals->items[t->global];

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];

		if (f->kind != VN_FACT_DEF || f->what != VN_STATIC ||
		    f->source < 0 || strcmp(f->name, vn_plan_plain(plan,
		    name)) != 0 || !path_ends(
		    plan->sources->items[f->source]->path, g->file) ||
		    !is_moved(plan, f, name))
			continue;
		add_candidate(list, (struct candidate){ f->entity, f->what,
		    f->source, f->off, f->flags });
		t->name = t->as = name;
		t->has_define = true;
	}
}

/* The statics of functions in the list that an earlier run moved out. */
static void
collect_moved(struct vn_plan *plan, struct candidates *moved)
{

	for (size_t i = 0; i < plan->targets.count; i++) {
		struct vn_target t = plan->targets.items[i];
		struct candidates there = { 0 };

		if (plan->globals->items[t.global].function == NULL)
			continue;
		by_facts(plan, &t, &there);
		if (there.items.count == 0)
			by_tokens(plan, &t, &there);
		if (there.items.count == 0) {
			moved_as(plan, &t, vn_plan_long_name(plan, &t), moved);
			moved_as(plan, &t, plan->targets.items[i].name, moved);
		}
		VN_FREE(&there.items);
	}
}

/* A name alone does not mean those: no entry but their own does. */
static void
drop_moved(struct candidates *list, const struct candidates *moved)
{
	size_t n = 0;

	for (size_t i = 0; i < list->items.count; i++) {
		bool is = false;

		for (size_t k = 0; k < moved->items.count && !is; k++)
			is = strcmp(moved->items.items[k].entity,
			    list->items.items[i].entity) == 0;
		if (!is)
			list->items.items[n++] = list->items.items[i];
	}
	list->items.count = n;
}

static void
find_candidates(struct vn_plan *plan, struct vn_target *t,
    const struct candidates *moved, struct candidates *list)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	bool alone = g->file == NULL && g->function == NULL;

	by_facts(plan, t, list);
	if (alone)
		drop_moved(list, moved);
	if (list->items.count == 0)
		by_tokens(plan, t, list);
	if (alone)
		drop_moved(list, moved);
	if (list->items.count == 0 && g->function != NULL)
		moved_as(plan, t, vn_plan_long_name(plan, t), list);
	if (list->items.count == 0 && g->function != NULL)
		moved_as(plan, t, t->name, list);
}

static int
resolve_one(struct vn_plan *plan, struct vn_target *t,
    const struct candidates *moved)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	struct candidates list = { 0 };
	int chosen, status = 0;

	find_candidates(plan, t, moved, &list);
	chosen = choose(plan, &list);
	if (chosen == -1)
		status = say_missing(plan, t);
	else if (chosen == -2)
		status = say_ambiguous(plan, t, &list);
	else {
		const struct candidate *c = &list.items.items[chosen];

		t->entity = c->entity;
		t->what = c->what;
		t->home = c->source;
		t->home_off = c->off;
		if (c->flags & VN_FF_CONST) {
			char *text = vn_asprintf("'%s' is const; there is "
			    "nothing to virtualize", g->name);

			status = say_unfit(plan, t, "const", text);
			free(text);
		}
	}
	VN_FREE(&list.items);
	return (status);
}

static int
check_twice(struct vn_plan *plan, size_t i)
{
	const struct vn_target *t = &plan->targets.items[i];

	for (size_t k = 0; t->entity != NULL && k < i; k++) {
		const struct vn_target *first = &plan->targets.items[k];

		if (first->entity != NULL &&
		    strcmp(first->entity, t->entity) == 0)
			return (say_twice(plan, t, first));
	}
	return (0);
}

int
vn_plan_resolve(struct vn_plan *plan)
{
	struct candidates moved = { 0 };
	int status = 0;

	collect_moved(plan, &moved);
	for (size_t i = 0; i < plan->targets.count; i++)
		if (resolve_one(plan, &plan->targets.items[i], &moved) != 0 ||
		    check_twice(plan, i) != 0)
			status = -1;
	VN_FREE(&moved.items);
	return (status);
}
