/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A macro's body walked with the first and the last token of each argument:
 * as much of an expansion as ## needs.
 */

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/expand.h"
#include "Rewrite/macros.h"

/*
 * Macros with arguments looked at for one call: in C there is no end to what
 * "#define A(x) B(x##1) B(x##2)" and its like can make.
 */
#define	STEPS	2000

/* An argument, or what a run of ## makes: its outer tokens, "" if empty. */
struct ends {
	char	*first, *last;		/* owned */
};

struct ends_list {
	VN_VEC(struct ends) items;
};

/* A macro called with arguments; each is looked at once. */
struct step {
	char			*key;	/* owned: the name and the ends */
	char			*name;	/* owned */
	struct ends_list	 args;	/* owned */
	const struct step	*from;	/* whose body calls it, or NULL */
	struct step		*next;	/* in order of discovery */
	UT_hash_handle		 hh;
};

struct walk {
	const struct vn_macros	*macros;
	const struct vn_sources	*sources;
	bool	(*fn)(const struct vn_paste *, void *);
	void	*arg;
	struct step	*steps;		/* uthash head, owned */
	struct step	*last;
	int		 left;
};

/* One #define, and the call's arguments. */
struct call {
	const struct vn_source	*s;
	const struct vn_macro	*m;
	const struct ends_list	*args;
};

static void
free_list(struct ends_list *list)
{

	for (size_t i = 0; i < list->items.count; i++) {
		free(list->items.items[i].first);
		free(list->items.items[i].last);
	}
	VN_FREE(&list->items);
}

static char *
text_of(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text;

	if (t < 0)
		return (vn_strdup(""));
	text = vn_tok_text(s, t, &len);
	return (vn_unsplice(text, len));
}

/* The text of body token t, the first or the last one of an argument. */
static char *
operand(const struct call *c, int t, bool last)
{
	int param = vn_macro_param_index(c->s, c->m, t);
	const struct ends *e;

	if (param == -1)
		return (text_of(c->s, t));
	if ((size_t)param >= c->args->items.count)
		return (vn_strdup(""));
	e = &c->args->items.items[param];
	return (vn_strdup(last ? e->last : e->first));
}

/* The last token of the run of ## that token t begins; t where it is none. */
static int
run_end(const struct call *c, int t)
{

	while (t + 2 < c->m->end && vn_tok_punct(c->s, t + 1, "##"))
		t += 2;
	return (t);
}

/* What the run makes; told to fn where told is set. */
static char *
paste(struct walk *w, const struct call *c, int first, int last,
    bool *told)
{
	struct vn_strbuf sb = { 0 };
	VN_VEC(char *) pieces = { 0 };
	VN_VEC(bool) given = { 0 };
	char *result;

	for (int t = first; t <= last; t += 2) {
		char *text = operand(c, t, t == first && first != last);

		vn_strbuf_puts(&sb, text);
		if (text[0] == '\0') {
			free(text);
			continue;
		}
		VN_PUSH(&pieces, text);
		VN_PUSH(&given, vn_macro_param_index(c->s, c->m, t) != -1);
	}
	result = vn_strbuf_take(&sb);
	if (told != NULL && first != last) {
		struct vn_paste p = { c->m, result,
		    (const char *const *)pieces.items, given.items,
		    pieces.count };

		*told = w->fn(&p, w->arg);
	}
	for (size_t i = 0; i < pieces.count; i++)
		free(pieces.items[i]);
	VN_FREE(&pieces);
	VN_FREE(&given);
	return (result);
}

/* The tokens from first to last of the body, as an argument of a call there. */
static struct ends
ends_of(struct walk *w, const struct call *c, int first, int last)
{
	struct ends e = { NULL, NULL };
	int begin = first;

	if (first == -1)
		return ((struct ends){ vn_strdup(""), vn_strdup("") });
	for (int t = first; t <= last; t = run_end(c, t) + 1)
		begin = t;
	e.first = run_end(c, first) != first ? paste(w, c, first,
	    run_end(c, first), NULL) : operand(c, first, false);
	e.last = run_end(c, begin) != begin ? paste(w, c, begin,
	    run_end(c, begin), NULL) : operand(c, begin, true);
	return (e);
}

/* How many arguments has the call of callee? */
static int
count_args(const struct vn_source *s, int callee)
{
	int open = vn_tok_next(s, callee), n = 1;

	if (!vn_tok_punct(s, open, "(") || s->outline.match[open] < 0)
		return (0);
	for (int p = vn_tok_next(s, open); p >= 0 &&
	    p != s->outline.match[open]; p = vn_tok_next(s, p))
		n += s->outline.up[p] == open && vn_tok_punct(s, p, ",");
	return (n);
}

static char *
key_of(const char *name, const struct ends_list *args)
{
	struct vn_strbuf sb = { 0 };

	vn_strbuf_puts(&sb, name);
	for (size_t i = 0; i < args->items.count; i++)
		vn_strbuf_printf(&sb, "\n%s\n%s", args->items.items[i].first,
		    args->items.items[i].last);
	return (vn_strbuf_take(&sb));
}

/* In its own expansion a macro is no macro (C11 6.10.3.4). */
static bool
is_within(const struct step *from, const char *name)
{

	for (; from != NULL; from = from->from)
		if (strcmp(from->name, name) == 0)
			return (true);
	return (false);
}

/* Note the macro of that name with those arguments; takes them. */
static void
add_step(struct walk *w, char *name, struct ends_list *args,
    const struct step *from)
{
	char *key = key_of(name, args);
	struct step *step;

	HASH_FIND_STR(w->steps, key, step);
	if (step != NULL || w->left == 0) {
		free(key);
		free(name);
		free_list(args);
		return;
	}
	w->left--;
	step = vn_calloc(1, sizeof(*step));
	*step = (struct step){ .key = key, .name = name, .args = *args,
	    .from = from };
	HASH_ADD_KEYPTR(hh, w->steps, step->key, strlen(step->key), step);
	if (w->last != NULL)
		w->last->next = step;
	w->last = step;
}

static void
free_steps(struct walk *w)
{
	struct step *step, *next;

	HASH_ITER(hh, w->steps, step, next) {
		HASH_DEL(w->steps, step);
		free(step->key);
		free(step->name);
		free_list(&step->args);
		free(step);
	}
}

/* A word of the body that may be a macro itself. */
static void
descend(struct walk *w, const struct call *c, int t, const struct step *from)
{
	struct ends_list args = { 0 };
	char *name = operand(c, t, true);
	int n, last;

	if (vn_macros_find(w->macros, name, strlen(name)) == NULL ||
	    is_within(from, name)) {
		free(name);
		return;
	}
	n = count_args(c->s, t);
	for (int i = 0; i < n; i++) {
		int first = vn_call_arg(c->s, t, i, &last);

		VN_PUSH(&args.items, ends_of(w, c, first, last));
	}
	add_step(w, name, &args, from);
}

static bool
expand_one(struct walk *w, const struct vn_macro *m, const struct step *step)
{
	struct call c = { w->sources->items[m->source], m, &step->args };

	for (int t = m->body; t < m->end; t++) {
		int end = run_end(&c, t);
		bool stop = false;

		if (end != t)
			free(paste(w, &c, t, end, &stop));
		else if (vn_tok_ident(c.s, t) &&
		    !(t > m->body && vn_tok_punct(c.s, t - 1, "#")))
			descend(w, &c, t, step);
		if (stop)
			return (true);
		t = end;
	}
	return (false);
}

/* All #defines of the first name, then of those that their bodies call. */
static bool
expand(struct walk *w)
{

	for (const struct step *step = w->last; step != NULL;
	    step = step->next)
		for (const struct vn_macro *m = vn_macros_find(w->macros,
		    step->name, strlen(step->name)); m != NULL;
		    m = vn_macros_next(w->macros, m))
			if (expand_one(w, m, step))
				return (true);
	return (false);
}

bool
vn_expand_pastes(const struct vn_macros *macros,
    const struct vn_sources *sources, const struct vn_source *source,
    int callee, bool (*fn)(const struct vn_paste *paste, void *arg), void *arg)
{
	const struct vn_source *s = source;
	struct walk w = { .macros = macros, .sources = sources, .fn = fn,
	    .arg = arg, .left = STEPS };
	struct ends_list args = { 0 };
	unsigned len;
	const char *name = vn_tok_text(s, callee, &len);
	int n, last;
	bool stop;

	if (vn_macros_find(macros, name, len) == NULL)
		return (false);
	n = count_args(s, callee);
	for (int i = 0; i < n; i++) {
		int first = vn_call_arg(s, callee, i, &last);

		VN_PUSH(&args.items, ((struct ends){ text_of(s, first),
		    text_of(s, last) }));
	}
	add_step(&w, vn_strndup(name, len), &args, NULL);
	stop = expand(&w);
	free_steps(&w);
	return (stop);
}

char *
vn_paste_pieces(const struct vn_paste *p)
{
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < p->npieces; i++)
		vn_strbuf_printf(&sb, "%s'%s'", i == 0 ? "" :
		    i + 1 < p->npieces ? ", " : " and ", p->pieces[i]);
	return (sb.len == 0 ? vn_strdup("nothing") : vn_strbuf_take(&sb));
}
