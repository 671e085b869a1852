/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 5: definitions and declarations.  A declaration is edited at its
 * joints, never printed anew, so that comments and initializers stay as they
 * are.  Several declarators become one definition each; a struct body or a
 * queue head whose type is used elsewhere becomes a declaration of its own; a
 * declarator with parentheses gets a typedef.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/decl.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/words.h"

#define	RULE	"declaration"

/* One declaration being converted. */
struct conversion {
	struct vn_plan		*plan;
	const struct vn_source	*s;
	int			 source;
	struct vn_decl		 d;
	char			*indent; /* owned: white space before it */
	char			*type;	/* owned: "struct foo", no storage */
	char			*tag;	/* owned: of an anonymous struct, or
					   NULL */
	bool			 apart;	/* the type becomes a declaration of
					   its own */
};

static uint32_t
off_of(const struct conversion *c, int t)
{

	return (c->s->lex.toks[t].off);
}

static void
edit(struct conversion *c, uint32_t from, uint32_t to, const char *text,
    int rank)
{

	if (from == to && *text == '\0')
		return;
	vn_edits_add(&c->plan->edits, c->source, from, to - from, text, rank,
	    RULE);
}

static bool
is_blank(const struct vn_source *s, uint32_t from, uint32_t to)
{

	for (; from < to; from++)
		if (strchr(" \t\r\n", s->data[from]) == NULL)
			return (false);
	return (true);
}

/* The start of the run of white space that ends at off. */
static uint32_t
blank_before(const struct vn_source *s, uint32_t off)
{

	while (off > 0 && strchr(" \t\r\n", s->data[off - 1]) != NULL)
		off--;
	return (off);
}

/* The end of the run of white space that starts at off. */
static uint32_t
blank_after(const struct vn_source *s, uint32_t off)
{

	while (off < s->len && strchr(" \t\r\n", s->data[off]) != NULL)
		off++;
	return (off);
}

/*
 * Put text between the tokens a and b: instead of the white space there, or
 * where a comment stands there, right after a.
 */
static void
join(struct conversion *c, int a, int b, const char *text)
{
	uint32_t from = vn_tok_end(c->s, a), to = off_of(c, b);

	if (is_blank(c->s, from, to))
		edit(c, from, to, text, 0);
	else {
		char *trimmed = vn_strdup(text);
		size_t n = strlen(trimmed);

		while (n > 0 && trimmed[n - 1] == ' ')
			trimmed[--n] = '\0';
		edit(c, from, from, trimmed, 0);
		free(trimmed);
	}
}

/* The target that declarator k declares and this run converts, or NULL. */
static struct vn_occurrence *
converted(const struct conversion *c, size_t k)
{
	struct vn_occurrence *o = vn_plan_at(c->plan, c->source,
	    off_of(c, c->d.items.items[k].name));

	if (o == NULL || o->target == -1 || o->done || o->role == VN_ROLE_REF ||
	    o->cls == VN_OTHER || o->cls == VN_REMARK)
		return (NULL);
	return (o);
}

static const char *
head_of(const struct conversion *c, const struct vn_occurrence *o)
{
	const struct vn_style *style = c->plan->style;

	if (o->role == VN_ROLE_DECL)
		return (style->declare);
	if (c->d.storage == VN_STORAGE_STATIC && style->define_static != NULL)
		return (style->define_static);
	return (style->define);
}

/* The storage word that stands before the macro: only style-given statics. */
static const char *
storage_of(const struct conversion *c, const struct vn_occurrence *o)
{

	return (o != NULL && c->d.storage == VN_STORAGE_STATIC &&
	    c->plan->style->define_static == NULL ? "static " : "");
}

static const char *
plain_storage(const struct conversion *c)
{

	return (c->d.storage == VN_STORAGE_STATIC ? "static " :
	    c->d.storage == VN_STORAGE_EXTERN ? "extern " : "");
}

/* Append token t, with a space before it unless it is glued to the last. */
static void
put_token(struct vn_strbuf *sb, const struct vn_source *s, int last, int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);

	if (last != -1 && vn_tok_end(s, last) != s->lex.toks[t].off)
		vn_strbuf_putc(sb, ' ');
	vn_strbuf_add(sb, text, len);
}

/* The type in one line: specifiers without storage, body and attributes. */
static char *
type_text(const struct conversion *c)
{
	struct vn_strbuf sb = { 0 };
	int end = c->d.body == -1 ? -1 : c->s->outline.match[c->d.body];
	int last = -1, stop = vn_tok_next(c->s, c->d.spec_last);

	for (int t = c->d.spec; t != stop && t >= 0; t = vn_tok_next(c->s, t)) {
		if (t == c->d.storage_tok)
			continue;
		if (t == c->d.body) {
			t = end;
			break;
		}
		if (t == c->d.queue && c->apart) {
			vn_strbuf_puts(&sb, "struct ");
			t = vn_tok_next(c->s, vn_tok_next(c->s, t));
			put_token(&sb, c->s, -1, t);
			break;
		}
		put_token(&sb, c->s, last, t);
		last = t;
	}
	if (c->tag != NULL)
		vn_strbuf_printf(&sb, " %s", c->tag);
	return (vn_strbuf_take(&sb));
}

static char *
indent_of(const struct vn_source *s, uint32_t off)
{
	uint32_t start = off, end;

	while (start > 0 && s->data[start - 1] != '\n')
		start--;
	for (end = start; end < off && strchr(" \t", s->data[end]) != NULL;)
		end++;
	return (vn_strndup(s->data + start, end - start));
}

/* Does any opened source spell the word? */
static bool
word_exists(const struct vn_plan *plan, const char *word)
{

	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];

		for (size_t t = 0; s->opened && t < s->lex.ntoks; t++)
			if (vn_tok_word(s, (int)t, word))
				return (true);
	}
	return (false);
}

/* name + ending, or with a digit after it if that is taken; owned. */
static char *
fresh_word(const struct vn_plan *plan, const char *name, const char *ending)
{
	char *word = vn_asprintf("%s%s", name, ending);

	for (int i = 2; word_exists(plan, word); i++) {
		free(word);
		word = vn_asprintf("%s%s%d", name, ending, i);
	}
	return (word);
}

/* Is "struct tag" of the queue head spelled anywhere but in this macro? */
static bool
head_used(const struct conversion *c)
{
	int open = vn_tok_next(c->s, c->d.queue);
	int tag = vn_tok_next(c->s, open);
	char *word;
	unsigned len;
	const char *text;
	bool used = false;

	if (!vn_tok_ident(c->s, tag))
		return (false);
	text = vn_tok_text(c->s, tag, &len);
	word = vn_strndup(text, len);
	for (size_t i = 0; i < c->plan->sources->count && !used; i++) {
		const struct vn_source *s = c->plan->sources->items[i];

		for (size_t t = 1; s->opened && t < s->lex.ntoks; t++)
			if (vn_tok_word(s, (int)t, word) &&
			    vn_tok_word(s, (int)t - 1, "struct")) {
				used = true;
				break;
			}
	}
	free(word);
	return (used);
}

/* Has the queue head a tag, so that it cannot be written twice? */
static bool
head_tagged(const struct conversion *c)
{

	return (vn_tok_ident(c->s, vn_tok_next(c->s, vn_tok_next(c->s,
	    c->d.queue))));
}

static bool
any_converted(const struct conversion *c)
{

	for (size_t k = 0; k < c->d.items.count; k++)
		if (converted(c, k) != NULL)
			return (true);
	return (false);
}

/* Does the type need a tag: anonymous, and split from its variable. */
static void
choose_tag(struct conversion *c)
{
	const struct vn_declarator *item = &c->d.items.items[0];
	const char *name, *ending;
	char *plain;
	unsigned len;

	if (c->d.body == -1 || c->d.tag != -1)
		return;
	name = vn_tok_text(c->s, item->name, &len);
	plain = vn_strndup(name, len);
	ending = item->suffix != item->name ? "_entry" : "_data";
	c->tag = fresh_word(c->plan, plain, ending);
	free(plain);
}

/* ------ the joints ------ */

/* Where the declarator's own part ends: name, bounds, or nested shape. */
static int
shape_end(const struct conversion *c, const struct vn_declarator *item)
{
	int stop = item->attr != -1 ? item->attr : item->init;
	int last = item->first;

	if (!item->nested)
		return (item->suffix);
	if (stop == -1)
		return (item->last);
	for (int t = item->first; t >= 0 && t != stop; t = vn_tok_next(c->s, t))
		last = t;
	return (last);
}

static void
drop_hints(struct conversion *c, const struct vn_declarator *item,
    struct vn_occurrence *o)
{
	unsigned len;
	const char *text;

	if (item->attr == -1)
		return;
	text = vn_tok_text(c->s, item->attr, &len);
	if (vn_word_attr(text, len) != VN_ATTR_HINT)
		return;
	edit(c, vn_tok_end(c->s, vn_tok_prev(c->s, item->attr)),
	    vn_tok_end(c->s, item->attr_last), "", 0);
	vn_diag_at(VN_WARNING, c->s, o->off, "dropped '%.*s': it names a "
	    "section, and so does %s; without %s the variable moves to "
	    "another section", (int)len, text, head_of(c, o),
	    c->plan->style->option);
}

/* Is the nested declarator's typedef declared by a header that is seen here? */
static bool
typedef_elsewhere(const struct conversion *c, const struct vn_occurrence *o)
{

	for (size_t i = 0; i < c->plan->occurrences.count; i++) {
		const struct vn_occurrence *p = &c->plan->occurrences.items[i];

		if (p->target == o->target && p->role == VN_ROLE_DECL &&
		    p->source != c->source && !p->done && !p->outside &&
		    vn_source_is_header(c->plan->sources->items[p->source]) &&
		    vn_plan_sees(c->plan, c->source, p->source))
			return (true);
	}
	return (false);
}

/* The declarator with name_t in place of its name and bounds. */
static char *
typedef_text(const struct conversion *c, const struct vn_declarator *item,
    const char *name_t)
{
	struct vn_strbuf sb = { 0 };
	uint32_t from = off_of(c, item->first);
	uint32_t end = vn_tok_end(c->s, shape_end(c, item));

	vn_strbuf_printf(&sb, "typedef %s ", c->type);
	vn_strbuf_add(&sb, c->s->data + from, off_of(c, item->name) - from);
	vn_strbuf_puts(&sb, name_t);
	from = vn_tok_end(c->s, item->suffix);
	vn_strbuf_add(&sb, c->s->data + from, end - from);
	vn_strbuf_puts(&sb, ";\n");
	return (vn_strbuf_take(&sb));
}

/*
 * A declarator with parentheses, from byte `from` (white space or what stood
 * before it) on: a typedef, and the variable of that type.
 */
static void
convert_nested(struct conversion *c, const struct vn_declarator *item,
    struct vn_occurrence *o, uint32_t from, const char *before)
{
	const char *name = vn_plan_plain(c->plan, o->name);
	bool elsewhere = typedef_elsewhere(c, o);
	char *name_t, *typedef_line, *text;
	uint32_t start = off_of(c, item->name);

	name_t = fresh_word(c->plan, name, "_t");
	typedef_line = elsewhere ? vn_strdup("") :
	    typedef_text(c, item, name_t);
	text = vn_asprintf("%s%s%s%s%s(%s, %.*s)", before, typedef_line,
	    elsewhere ? "" : c->indent, storage_of(c, o), head_of(c, o),
	    name_t, (int)(vn_tok_end(c->s, item->suffix) - start),
	    c->s->data + start);
	edit(c, from, vn_tok_end(c->s, shape_end(c, item)), text, 0);
	free(text);
	free(typedef_line);
	free(name_t);
}

/* One blank between the tokens of the type, where it was aligned by tabs. */
static void
straighten_type(struct conversion *c)
{
	int last = c->d.spec;

	for (int t = vn_tok_next(c->s, last); t >= 0 && t <= c->d.spec_last;
	    t = vn_tok_next(c->s, t)) {
		uint32_t from = vn_tok_end(c->s, last), to = off_of(c, t);

		if (t != c->d.storage_tok && last != c->d.storage_tok &&
		    memchr(c->s->data + from, '\t', to - from) != NULL &&
		    memchr(c->s->data + from, '\n', to - from) == NULL &&
		    is_blank(c->s, from, to))
			edit(c, from, to, " ", 0);
		last = t;
	}
}

/* Does the initializer go to the function of init=? */
static bool
is_lifted(const struct conversion *c, const struct vn_declarator *item)
{
	const struct vn_occurrence *o = vn_plan_at(c->plan, c->source,
	    off_of(c, item->name));

	return (item->init != -1 && o != NULL && o->target != -1 &&
	    c->plan->targets.items[o->target].lifted);
}

static void
drop_init(struct conversion *c, const struct vn_declarator *item)
{

	uint32_t from;

	if (!is_lifted(c, item))
		return;
	from = vn_tok_end(c->s, vn_tok_prev(c->s, item->init));
	vn_edits_add(&c->plan->edits, c->source, from,
	    vn_tok_end(c->s, item->last) - from, "", 1, "init");
}

/* "x<tabs>= 1" was aligned with its neighbours; VNET_DEFINE(t, x) is not. */
static void
straighten_init(struct conversion *c, const struct vn_declarator *item)
{
	int last = vn_tok_prev(c->s, item->init);
	uint32_t from, to;

	if (item->init == -1 || is_lifted(c, item))
		return;
	from = vn_tok_end(c->s, last);
	to = off_of(c, item->init);
	if (memchr(c->s->data + from, '\t', to - from) != NULL &&
	    memchr(c->s->data + from, '\n', to - from) == NULL &&
	    is_blank(c->s, from, to))
		edit(c, from, to, " ", 0);
}

/* From the type's end to the name's end: "type *" + ", " + "name[n]" + ")". */
static void
convert_plain(struct conversion *c, const struct vn_declarator *item)
{
	int before = vn_tok_prev(c->s, item->name);

	if (item->first != item->name)
		join(c, before, item->name, ", ");
	edit(c, vn_tok_end(c->s, item->suffix),
	    vn_tok_end(c->s, item->suffix), ")", 0);
	straighten_init(c, item);
}

/*
 * The first declarator where the type stays in front of it: the storage word
 * and the macro's name are put before the type.
 */
static void
convert_first(struct conversion *c, struct vn_occurrence *o)
{
	struct vn_declarator *item = &c->d.items.items[0];
	uint32_t first = off_of(c, c->d.first);
	uint32_t spec = off_of(c, c->d.spec);
	char *head;

	if (item->nested) {
		convert_nested(c, item, o, first, "");
		return;
	}
	head = vn_asprintf("%s%s(", storage_of(c, o), head_of(c, o));
	if (c->d.storage_tok == c->d.first &&
	    is_blank(c->s, vn_tok_end(c->s, c->d.first), spec))
		edit(c, first, spec, head, 0);
	else {
		if (c->d.storage_tok != -1)
			edit(c, off_of(c, c->d.storage_tok), blank_after(c->s,
			    vn_tok_end(c->s, c->d.storage_tok)), "", 0);
		edit(c, c->d.storage_tok == c->d.first ? spec : first,
		    c->d.storage_tok == c->d.first ? spec : first, head, -1);
	}
	free(head);
	straighten_type(c);
	join(c, c->d.spec_last, item->first, item->first == item->name ?
	    ", " : " ");
	convert_plain(c, item);
}

/*
 * Begin a declaration of its own for a declarator: text that replaces the
 * white space before its first token.
 */
static void
begin_apart(struct conversion *c, struct vn_declarator *item,
    struct vn_occurrence *o, uint32_t from, const char *before)
{
	char *text;

	if (o != NULL && item->nested) {
		convert_nested(c, item, o, from, before);
		return;
	}
	if (o == NULL)
		text = vn_asprintf("%s%s%s ", before, plain_storage(c),
		    c->type);
	else
		text = vn_asprintf("%s%s%s(%s%s", before, storage_of(c, o),
		    head_of(c, o), c->type, item->first == item->name ? ", " :
		    " ");
	edit(c, from, off_of(c, item->first), text, 0);
	free(text);
	if (o != NULL)
		convert_plain(c, item);
}

/* "struct s { ... } v" or "LIST_HEAD(h, x) v": the type first, by itself. */
static void
convert_apart(struct conversion *c, struct vn_occurrence *o)
{
	struct vn_declarator *item = &c->d.items.items[0];
	int start = c->d.keyword != -1 ? c->d.keyword : c->d.queue;
	char *before = vn_asprintf(";\n%s", c->indent);
	uint32_t type_end = vn_tok_end(c->s, c->d.spec_last);
	uint32_t from = blank_before(c->s, off_of(c, item->first));

	edit(c, off_of(c, c->d.first), off_of(c, start), "", 0);
	if (c->tag != NULL) {
		char *tag = vn_asprintf(" %s", c->tag);

		edit(c, vn_tok_end(c->s, c->d.keyword),
		    vn_tok_end(c->s, c->d.keyword), tag, 0);
		free(tag);
	}
	if (from <= type_end)
		begin_apart(c, item, o, type_end, before);
	else {
		edit(c, type_end, type_end, ";", -1);
		begin_apart(c, item, o, from, before + 1);
	}
	free(before);
}

/* A further declarator, after the comma between it and the one before. */
static void
convert_next(struct conversion *c, size_t k)
{
	struct vn_declarator *item = &c->d.items.items[k];
	struct vn_occurrence *o = converted(c, k);
	int comma = vn_tok_prev(c->s, item->first);
	uint32_t from = blank_before(c->s, off_of(c, item->first));
	char *before;

	if (o == NULL && converted(c, k - 1) == NULL)
		return;
	before = vn_asprintf("\n%s", c->indent);
	edit(c, off_of(c, comma), vn_tok_end(c->s, comma), ";", 0);
	begin_apart(c, item, o, from, before);
	free(before);
}

static void
convert(struct conversion *c)
{

	for (size_t k = 0; k < c->d.items.count; k++) {
		struct vn_occurrence *o = converted(c, k);

		if (o != NULL) {
			drop_hints(c, &c->d.items.items[k], o);
			drop_init(c, &c->d.items.items[k]);
		}
		if (k > 0)
			convert_next(c, k);
		else if (o != NULL && c->apart)
			convert_apart(c, o);
		else if (o != NULL)
			convert_first(c, o);
	}
	for (size_t k = 0; k < c->d.items.count; k++) {
		struct vn_occurrence *o = converted(c, k);

		if (o != NULL)
			vn_occ_edited(o, o->role == VN_ROLE_DEF ?
			    "definition" : "declaration");
	}
}

/* An anonymous body stays in front of an unlisted first declarator. */
static void
tag_unlisted(struct conversion *c)
{
	char *tag;

	if (c->tag == NULL || converted(c, 0) != NULL)
		return;
	tag = vn_asprintf(" %s", c->tag);
	edit(c, vn_tok_end(c->s, c->d.keyword),
	    vn_tok_end(c->s, c->d.keyword), tag, 0);
	free(tag);
}

static void
convert_at(struct vn_plan *plan, const struct vn_occurrence *o)
{
	struct conversion c = { .plan = plan, .source = o->source,
	    .s = plan->sources->items[o->source] };

	if (vn_decl_read(&c.d, c.s, o->tok) && any_converted(&c)) {
		c.apart = c.d.body != -1 || (c.d.queue != -1 &&
		    (head_used(&c) || (c.d.items.count > 1 &&
		    head_tagged(&c))));
		choose_tag(&c);
		c.indent = indent_of(c.s, off_of(&c, c.d.first));
		c.type = type_text(&c);
		tag_unlisted(&c);
		convert(&c);
	}
	free(c.indent);
	free(c.type);
	free(c.tag);
	vn_decl_free(&c.d);
}

/* ------ sites ------ */

/* Token range of a declaration that is done already: VNET_DEFINE(...) ...; */
static bool
done_range(const struct vn_source *s, int t, int *first, int *end)
{
	int arg, callee = vn_tok_call(s, t, &arg);

	if (callee == -1)
		return (false);
	*first = callee;
	if (vn_tok_word(s, vn_tok_prev(s, callee), "static"))
		*first = vn_tok_prev(s, callee);
	for (*end = callee; *end >= 0 && !vn_tok_punct(s, *end, ";");
	    *end = vn_tok_next(s, *end))
		if (s->outline.match[*end] > *end)
			*end = s->outline.match[*end];
	return (*end >= 0);
}

static void
add_site(struct vn_plan *plan, const struct vn_occurrence *o)
{
	const struct vn_source *s = plan->sources->items[o->source];
	struct vn_site site = { .source = o->source, .target = o->target,
	    .role = o->role };
	struct vn_decl d = { .first = -1 };
	bool ok;

	if (o->done)
		ok = done_range(s, o->tok, &site.first, &site.end);
	else {
		ok = vn_decl_read(&d, s, o->tok);
		site.first = d.first;
		site.end = d.end;
		vn_decl_free(&d);
	}
	site.local = vn_outline_function(&s->outline, o->tok) != NULL;
	if (ok)
		VN_PUSH(&plan->sites, site);
}

/* A declaration of a target that is converted, now or already? */
static bool
is_site(const struct vn_plan *plan, const struct vn_occurrence *o)
{

	return (o->target != -1 && !o->outside && o->role != VN_ROLE_REF &&
	    vn_target_converts(&plan->targets.items[o->target]) &&
	    plan->targets.items[o->target].what != VN_STATIC_LOCAL &&
	    (o->cls == VN_UNDECIDED || o->done));
}

void
vn_plan_decls(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->occurrences.count; i++)
		if (is_site(plan, &plan->occurrences.items[i]))
			add_site(plan, &plan->occurrences.items[i]);
	for (size_t i = 0; i < plan->occurrences.count; i++) {
		struct vn_occurrence *o = &plan->occurrences.items[i];

		if (!is_site(plan, o))
			continue;
		if (!o->done)
			convert_at(plan, o);
		else
			vn_occ_edited(o, o->role == VN_ROLE_DEF ?
			    "definition" : "declaration");
	}
}
