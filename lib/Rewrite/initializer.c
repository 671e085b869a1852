/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Taking an initializer apart: the tokens say what is written, and the facts
 * which member or element each of it is for.  Where the two do not fit, a
 * macro is at work, and nothing is assumed.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/initializer.h"
#include "Rewrite/layout.h"
#include "Rewrite/plan.h"
#include "Rewrite/words.h"

/* An initializer being read. */
struct reader {
	const struct vn_plan	*plan;
	const struct vn_source	*s;
	int			 source;
	int			 name;	/* token of the variable */
	size_t			 first, end;	/* its elements */
	size_t			 taken;		/* how many were met */
	struct vn_stores	*out;
};

static const char *read_element(struct reader *r, const char *around, int t,
    int last);

/* ------ text ------ */

/* The name that the token gets, or NULL. */
static const char *
new_name(const struct vn_plan *plan, int source, uint32_t off, int also)
{
	const struct vn_occurrence *o = vn_plan_at(plan, source, off);
	const struct vn_target *t;

	if (o == NULL || o->target == -1 || o->done ||
	    o->role != VN_ROLE_REF)
		return (NULL);
	t = &plan->targets.items[o->target];
	return (vn_target_converts(t) || o->target == also ?
	    vn_plan_prefixed(plan, t->as) : NULL);
}

/* White space between two tokens; what of it stays. */
static void
put_gap(struct vn_strbuf *sb, const char *gap, size_t len, const char *indent)
{

	if (indent == NULL) {
		if (len > 0)
			vn_strbuf_putc(sb, ' ');
		return;
	}
	for (size_t i = 0; i < len; i++) {
		size_t n = strlen(indent);

		/* Lines get the source's endings when all is done. */
		if (gap[i] != '\r')
			vn_strbuf_putc(sb, gap[i]);
		if (gap[i] == '\n' && n <= len - i - 1 &&
		    memcmp(gap + i + 1, indent, n) == 0)
			i += n;
	}
}

void
vn_plan_put(struct vn_strbuf *sb, const struct vn_plan *plan, int source,
    int first, int last, int also, const char *indent)
{
	const struct vn_source *s = plan->sources->items[source];

	for (int t = first; t >= 0 && t <= last; t = vn_tok_next(s, t)) {
		uint32_t off = s->lex.toks[t].off;
		const char *name = new_name(plan, source, off, also);
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);

		if (t != first) {
			uint32_t from = vn_tok_end(s, vn_tok_prev(s, t));

			put_gap(sb, s->data + from, off - from, indent);
		}
		if (name != NULL)
			vn_strbuf_puts(sb, name);
		else
			vn_strbuf_add(sb, text, len);
	}
}

/*
 * The blank to break the line from start to end at: the last one behind an
 * operator or a comma that leaves at most 80 columns, else (or where that is
 * asked for: first) the one behind the '='; end if there is none, or the line
 * is short enough.
 */
static size_t
break_of(const struct vn_strbuf *sb, size_t start, size_t end, bool early)
{
	size_t column = 0, found = end, assign = end;
	char quote = '\0';

	for (size_t i = start; i < end; i++) {
		char c = sb->data[i], before = i > start ? sb->data[i - 1] :
		    ' ';

		if (quote != '\0' || c == '"' || c == '\'')
			quote = quote == '\0' ? c : c == quote && before !=
			    '\\' ? '\0' : quote;
		else if (c == ' ' && before == '=' && assign == end)
			assign = i;
		else if (c == ' ' && strchr(",+-*/%|&?:<>", before) != NULL &&
		    column <= VN_WIDTH)
			found = i;
		column = c == '\t' ? (column / 8 + 1) * 8 : column + 1;
	}
	if (column <= VN_WIDTH)
		return (end);
	return (found == end || (early && assign != end) ? assign : found);
}

void
vn_break_assignment(struct vn_strbuf *sb, size_t start, const char *indent,
    bool early)
{

	for (;;) {
		const char *nl = strchr(sb->data + start, '\n');
		size_t end = nl == NULL ? sb->len : (size_t)(nl - sb->data);
		size_t at = break_of(sb, start, end, early);
		char *rest;

		if (at == end)
			return;
		rest = vn_strdup(sb->data + at + 1);
		sb->len = at;
		vn_strbuf_printf(sb, "\n%s    %s", indent, rest);
		free(rest);
		start = at + 1;
	}
}

bool
vn_tok_interrupted(const struct vn_plan *plan, int source, int first, int last)
{
	const struct vn_source *s = plan->sources->items[source];

	for (int t = first; t < last; t++) {
		uint32_t to = s->lex.toks[t + 1].off;

		if (s->lex.toks[t + 1].dir != s->lex.toks[first].dir)
			return (true);
		for (uint32_t i = vn_tok_end(s, t); i < to; i++)
			if (strchr(" \t\r\n", s->data[i]) == NULL)
				return (true);
	}
	return (false);
}

/* "TAILQ_INIT" for the call TAILQ_HEAD_INITIALIZER(...) at t; owned. */
static char *
head_macro(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);
	char *init = vn_tok_ident(s, t) ? vn_word_initializer(text, len) : NULL;

	if (init != NULL && !vn_word_is_queue_head(text, (unsigned)(len -
	    strlen("_INITIALIZER")))) {
		free(init);
		init = NULL;
	}
	return (init);
}

void
vn_store_put(struct vn_strbuf *sb, const struct vn_plan *plan, int source,
    const struct vn_store *store, const char *object, int also)
{

	if (store->head) {
		char *init = head_macro(plan->sources->items[source],
		    store->first);

		vn_strbuf_printf(sb, "%s(&%s%s);", init, object, store->path);
		free(init);
		return;
	}
	vn_strbuf_printf(sb, "%s%s = ", object, store->path);
	vn_plan_put(sb, plan, source, store->first, store->last, also, NULL);
	vn_strbuf_putc(sb, ';');
}

/* ------ structure ------ */

/* The element that starts at the token, or NULL with the reason. */
static const struct vn_element *
element_at(const struct reader *r, int t, const char **why)
{
	const struct vn_element *found = NULL;

	for (size_t i = r->first; i < r->end; i++) {
		const struct vn_element *e = &r->plan->facts->elements[i];

		if (e->off != r->s->lex.toks[t].off)
			continue;
		if (found != NULL)
			*why = "a macro makes several elements of it, or each "
			    "configuration another";
		found = e;
	}
	if (found == NULL)
		*why = "a macro makes an element of it";
	else if (*why == NULL)
		*why = found->why;
	return (*why == NULL ? found : NULL);
}

/* Behind designators: ".a[1] =" or "a:". */
static int
skip_designators(const struct vn_source *s, int t)
{

	if (vn_tok_ident(s, t) && vn_tok_punct(s, vn_tok_next(s, t), ":"))
		return (vn_tok_next(s, vn_tok_next(s, t)));
	if (!vn_tok_punct(s, t, ".") && !vn_tok_punct(s, t, "["))
		return (t);
	while (t >= 0 && !vn_tok_punct(s, t, "="))
		t = vn_tok_next(s, vn_tok_punct(s, t, "[") &&
		    s->outline.match[t] >= 0 ? s->outline.match[t] : t);
	return (vn_tok_next(s, t));
}

/* The path of an element: what is around it, and its designators or part. */
static char *
path_of(const struct reader *r, const struct vn_element *e,
    const char *around, int t, int value, const char **why)
{
	struct vn_strbuf sb = { 0 };
	int end = value == t ? t : vn_tok_prev(r->s, value);

	vn_strbuf_puts(&sb, around);
	if (value == t) {
		vn_strbuf_puts(&sb, e->part);
		return (vn_strbuf_take(&sb));
	}
	if (vn_tok_punct(r->s, end, ":"))
		vn_strbuf_putc(&sb, '.');
	for (; t != end; t = vn_tok_next(r->s, t)) {
		unsigned len;
		const char *text = vn_tok_text(r->s, t, &len);

		if (vn_tok_punct(r->s, t, "..."))
			*why = "a designator is a range";
		vn_strbuf_add(&sb, text, len);
	}
	return (vn_strbuf_take(&sb));
}

/* The elements between the braces that token t opens. */
static const char *
read_list(struct reader *r, const char *path, int t)
{
	int close = r->s->outline.match[t];
	const char *why = NULL;

	for (t = vn_tok_next(r->s, t); why == NULL && t >= 0 && t < close;) {
		int last = t, next = t;

		for (; next >= 0 && next < close && !vn_tok_punct(r->s, next,
		    ","); next = vn_tok_next(r->s, last))
			last = r->s->outline.match[next] > next ?
			    r->s->outline.match[next] : next;
		why = next == t ? "it does not read as a list" :
		    read_element(r, path, t, last);
		t = next == close ? close : vn_tok_next(r->s, next);
	}
	return (why);
}

/* Is X_HEAD_INITIALIZER's argument the head that it initializes itself? */
static bool
names_itself(const struct reader *r, int macro, const char *path)
{
	int last, first = vn_call_arg(r->s, macro, 0, &last);
	unsigned len;
	const char *text = vn_tok_text(r->s, r->name, &len);
	char *want = vn_asprintf("%.*s%s", (int)len, text, path);
	struct vn_strbuf sb = { 0 };
	bool same;

	for (int t = first; t >= 0 && t <= last; t = vn_tok_next(r->s, t)) {
		text = vn_tok_text(r->s, t, &len);
		vn_strbuf_add(&sb, text, len);
	}
	same = sb.data != NULL && strcmp(sb.data, want) == 0;
	vn_strbuf_free(&sb);
	free(want);
	return (same);
}

/* Braces that a macro makes: those of a queue head are known. */
static const char *
read_macro(struct reader *r, char *path, int t, int last)
{
	char *init = head_macro(r->s, t);
	int open = vn_tok_next(r->s, t);
	bool known = init != NULL && vn_tok_punct(r->s, open, "(") &&
	    r->s->outline.match[open] == last;
	bool itself = known && names_itself(r, t, path);

	free(init);
	if (itself)
		VN_PUSH(&r->out->items, ((struct vn_store){ path, t, last,
		    true }));
	else
		free(path);
	return (!known && r->first == r->end ? "no configuration compiles it" :
	    !known ? "a macro makes its braces" : !itself ?
	    "the queue macro names another head" : NULL);
}

/* One element from its designators on, of what `around` is the path. */
static const char *
read_element(struct reader *r, const char *around, int t, int last)
{
	const char *why = NULL;
	const struct vn_element *e;
	int value = skip_designators(r->s, t);
	char *path;

	/* That of a queue head needs no compiler to tell. */
	if (r->first == r->end && *around == '\0')
		return (read_macro(r, vn_strdup(""), t, last));
	e = element_at(r, t, &why);
	if (e == NULL || value < 0)
		return (why != NULL ? why : "it does not read as a list");
	path = path_of(r, e, around, t, value, &why);
	r->taken++;
	if (why == NULL && e->in_macro)
		return (read_macro(r, path, value, last));
	if (why == NULL && !vn_tok_punct(r->s, value, "{")) {
		VN_PUSH(&r->out->items, ((struct vn_store){ path, value, last,
		    false }));
		return (NULL);
	}
	if (why == NULL)
		why = read_list(r, path, value);
	free(path);
	return (why);
}

const char *
vn_stores_read(struct vn_stores *out, const struct vn_plan *plan, int source,
    const struct vn_declarator *c)
{
	struct reader r = { .plan = plan, .source = source, .out = out,
	    .s = plan->sources->items[source], .name = c->name };
	const char *why;

	*out = (struct vn_stores){ 0 };
	r.end = vn_facts_elements(plan->facts, source,
	    r.s->lex.toks[c->name].off, &r.first);
	if (vn_tok_interrupted(plan, source, c->init, c->last))
		return ("a comment or a directive stands in it");
	why = read_element(&r, "", vn_tok_next(r.s, c->init), c->last);
	if (why == NULL && r.taken != r.end - r.first)
		why = "a macro makes several elements of it, or each "
		    "configuration another";
	return (why);
}

void
vn_stores_free(struct vn_stores *stores)
{

	for (size_t i = 0; i < stores->items.count; i++)
		free(stores->items.items[i].path);
	VN_FREE(&stores->items);
}
