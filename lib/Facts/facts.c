/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of facts: interning, order, merging, and its stream form.
 */

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Support/diag.h"
#include "Support/mem.h"

#include "Facts/facts.h"
#include "Facts/source.h"
#include "Facts/stream.h"

struct vn_string {
	char		*text;		/* owned */
	UT_hash_handle	 hh;
};

const char *
vn_facts_intern(struct vn_facts *facts, const char *s)
{
	struct vn_string *e;

	if (s == NULL)
		return (NULL);
	HASH_FIND_STR(facts->strings, s, e);
	if (e == NULL) {
		e = vn_calloc(1, sizeof(*e));
		e->text = vn_strdup(s);
		HASH_ADD_KEYPTR(hh, facts->strings, e->text, strlen(e->text),
		    e);
	}
	return (e->text);
}

void
vn_facts_add(struct vn_facts *facts, const struct vn_fact *fact)
{

	if (facts->count == facts->room) {
		facts->room = facts->room == 0 ? 256 : 2 * facts->room;
		facts->items = vn_realloc(facts->items,
		    facts->room * sizeof(*facts->items));
	}
	facts->items[facts->count++] = *fact;
}

void
vn_facts_add_header(struct vn_facts *facts, const char *path)
{

	if (facts->nheaders == facts->header_room) {
		facts->header_room = 2 * facts->header_room + 64;
		facts->headers = vn_realloc(facts->headers,
		    facts->header_room * sizeof(*facts->headers));
	}
	facts->headers[facts->nheaders++] = vn_facts_intern(facts, path);
}

void
vn_facts_add_element(struct vn_facts *facts, const struct vn_element *element)
{

	if (facts->nelements == facts->element_room) {
		facts->element_room = 2 * facts->element_room + 64;
		facts->elements = vn_realloc(facts->elements,
		    facts->element_room * sizeof(*facts->elements));
	}
	facts->elements[facts->nelements++] = *element;
}

static int
order_text(const char *a, const char *b)
{

	if (a == NULL || b == NULL)
		return ((a != NULL) - (b != NULL));
	return (strcmp(a, b));
}

#define	ORDER(a, b)	(((a) > (b)) - ((a) < (b)))

/*
 * 0 means the same fact.  Where in a file a macro is expanded counts only for a
 * constant initializer, which may want a remark of its own.
 */
static int
order_key(const struct vn_fact *a, const struct vn_fact *b)
{
	int c;

	if ((c = ORDER(a->source, b->source)) != 0 ||
	    (c = ORDER(a->off, b->off)) != 0 ||
	    (c = ORDER(a->kind, b->kind)) != 0 ||
	    (c = ORDER(a->what, b->what)) != 0 ||
	    (c = order_text(a->entity, b->entity)) != 0 ||
	    (c = order_text(a->name, b->name)) != 0 ||
	    (c = ORDER(a->flags, b->flags)) != 0)
		return (c);
	if ((c = order_text(a->exp_path, b->exp_path)) != 0)
		return (c);
	if ((a->flags & VN_FF_CONST_INIT) &&
	    (c = ORDER(a->exp_off, b->exp_off)) != 0)
		return (c);
	return (order_text(a->config, b->config));
}

static int
order_facts(const void *va, const void *vb)
{
	const struct vn_fact *a = va, *b = vb;
	int c;

	if ((c = order_key(a, b)) != 0)
		return (c);
	return (ORDER(a->exp_off, b->exp_off));
}

static int
order_parses(const void *va, const void *vb)
{
	const struct vn_parse *a = va, *b = vb;

	return (ORDER(a->unit, b->unit));
}

static int
order_skips(const void *va, const void *vb)
{
	const struct vn_skip *a = va, *b = vb;
	int c;

	if ((c = ORDER(a->source, b->source)) != 0 ||
	    (c = ORDER(a->unit, b->unit)) != 0 ||
	    (c = ORDER(a->begin, b->begin)) != 0)
		return (c);
	return (ORDER(a->end, b->end));
}

static int
order_elements(const void *va, const void *vb)
{
	const struct vn_element *a = va, *b = vb;
	int c;

	if ((c = ORDER(a->source, b->source)) != 0 ||
	    (c = ORDER(a->var, b->var)) != 0 ||
	    (c = ORDER(a->off, b->off)) != 0 ||
	    (c = ORDER(a->in_macro, b->in_macro)) != 0 ||
	    (c = order_text(a->part, b->part)) != 0)
		return (c);
	return (order_text(a->why, b->why));
}

static void
seal_elements(struct vn_facts *facts)
{
	size_t n = 0;

	if (facts->nelements == 0)
		return;
	qsort(facts->elements, facts->nelements, sizeof(*facts->elements),
	    order_elements);
	for (size_t i = 0; i < facts->nelements; i++)
		if (n == 0 || order_elements(&facts->elements[n - 1],
		    &facts->elements[i]) != 0)
			facts->elements[n++] = facts->elements[i];
	facts->nelements = n;
}

static int
order_headers(const void *va, const void *vb)
{

	return (strcmp(*(const char *const *)va, *(const char *const *)vb));
}

static void
seal_headers(struct vn_facts *facts)
{
	size_t n = 0;

	if (facts->nheaders == 0)
		return;
	qsort(facts->headers, facts->nheaders, sizeof(*facts->headers),
	    order_headers);
	for (size_t i = 0; i < facts->nheaders; i++)
		if (n == 0 || facts->headers[n - 1] != facts->headers[i])
			facts->headers[n++] = facts->headers[i];
	facts->nheaders = n;
}

void
vn_facts_seal(struct vn_facts *facts)
{
	size_t n = 0;

	seal_headers(facts);
	seal_elements(facts);
	if (facts->count > 0)
		qsort(facts->items, facts->count, sizeof(*facts->items),
		    order_facts);
	for (size_t i = 0; i < facts->count; i++)
		if (n == 0 || order_key(&facts->items[n - 1],
		    &facts->items[i]) != 0)
			facts->items[n++] = facts->items[i];
	facts->count = n;
	if (facts->nparses > 0)
		qsort(facts->parses, facts->nparses, sizeof(*facts->parses),
		    order_parses);
	if (facts->nskips > 0)
		qsort(facts->skips, facts->nskips, sizeof(*facts->skips),
		    order_skips);
}

size_t
vn_facts_at(const struct vn_facts *facts, int source, uint32_t off,
    size_t *first)
{
	size_t lo = 0, hi = facts->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct vn_fact *f = &facts->items[mid];

		if (f->source < source || (f->source == source && f->off < off))
			lo = mid + 1;
		else
			hi = mid;
	}
	*first = lo;
	while (lo < facts->count && facts->items[lo].source == source &&
	    facts->items[lo].off == off)
		lo++;
	return (lo);
}

size_t
vn_facts_elements(const struct vn_facts *facts, int source, uint32_t var,
    size_t *first)
{
	size_t lo = 0, hi = facts->nelements;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct vn_element *e = &facts->elements[mid];

		if (e->source < source || (e->source == source && e->var < var))
			lo = mid + 1;
		else
			hi = mid;
	}
	*first = lo;
	while (lo < facts->nelements && facts->elements[lo].source == source &&
	    facts->elements[lo].var == var)
		lo++;
	return (lo);
}

const char *
vn_what_word(enum vn_what what)
{
	static const char *const words[VN_WHAT_COUNT] = {
		[VN_EXTERN] = "external", [VN_STATIC] = "static",
		[VN_STATIC_LOCAL] = "static-local", [VN_LOCAL] = "local",
		[VN_PARAMETER] = "parameter", [VN_MEMBER] = "member",
		[VN_TAG] = "tag", [VN_LABEL] = "label",
		[VN_ENUMERATOR] = "enumerator", [VN_TYPEDEF] = "typedef",
		[VN_FUNCTION] = "function",
	};

	return (words[what]);
}

char *
vn_fact_expansion(const struct vn_fact *fact, const struct vn_sources *sources)
{
	char *shown = vn_sources_shown(sources, fact->exp_path == NULL ? "" :
	    fact->exp_path);
	char *place = vn_asprintf("%s:%u:%u", shown, fact->exp_line,
	    fact->exp_col);

	free(shown);
	return (place);
}

static void
put_fact_place(const struct vn_fact *f, const struct vn_sources *sources,
    FILE *out)
{
	unsigned line = f->exp_line, col = f->exp_col;
	struct vn_source *s;
	char *shown;

	if (f->source < 0) {
		shown = vn_sources_shown(sources, f->exp_path == NULL ? "" :
		    f->exp_path);
		fprintf(out, "%s:%u:%u: ", shown, line, col);
		free(shown);
		return;
	}
	s = sources->items[f->source];
	vn_source_open(s);
	vn_lines_at(&s->lines, f->off, &line, &col);
	fprintf(out, "%s:%u:%u: ", s->shown, line, col);
}

void
vn_facts_dump(const struct vn_facts *facts, const struct vn_sources *sources,
    FILE *out)
{
	static const char *const kinds[] = { "def", "decl", "ref", "other" };
	static const char *const flags[] = { "const-init", "pasted", "const",
	    "macro", "volatile", "tentative", "stray", "closed" };

	for (size_t i = 0; i < facts->count; i++) {
		const struct vn_fact *f = &facts->items[i];

		put_fact_place(f, sources, out);
		fprintf(out, "%s %s %s", kinds[f->kind], f->name,
		    vn_what_word(f->what));
		for (size_t k = 0; k < VN_NITEMS(flags); k++)
			if (f->flags & (1u << k))
				fprintf(out, " %s", flags[k]);
		if (f->exp_path != NULL) {
			char *shown = vn_sources_shown(sources, f->exp_path);

			fprintf(out, " expanded=%s:%u:%u", shown, f->exp_line,
			    f->exp_col);
			free(shown);
		}
		if (f->config != NULL)
			fprintf(out, " config='%s'", f->config);
		fputc('\n', out);
	}
}

/*
 * The stream: a tag byte, then the fields.
 */
enum { TAG_FACT = 'F', TAG_PARSE = 'P', TAG_SKIP = 'S', TAG_HEADER = 'H',
	TAG_ELEMENT = 'I', TAG_END = 'E' };

void
vn_facts_write(const struct vn_facts *facts, FILE *out)
{

	for (size_t i = 0; i < facts->count; i++) {
		const struct vn_fact *f = &facts->items[i];

		fputc(TAG_FACT, out);
		vn_put(out, f, sizeof(*f));
		vn_put_text(out, f->name);
		vn_put_text(out, f->entity);
		vn_put_text(out, f->exp_path);
		vn_put_text(out, f->config);
	}
	for (size_t i = 0; i < facts->nparses; i++) {
		const struct vn_parse *p = &facts->parses[i];

		fputc(TAG_PARSE, out);
		vn_put(out, p, sizeof(*p));
		vn_put_text(out, p->file);
		vn_put_text(out, p->first);
		vn_put(out, p->includes, p->nincludes * sizeof(*p->includes));
		vn_diagnostics_write(&p->diagnostics, out);
	}
	for (size_t i = 0; i < facts->nskips; i++) {
		fputc(TAG_SKIP, out);
		vn_put(out, &facts->skips[i], sizeof(facts->skips[i]));
	}
	for (size_t i = 0; i < facts->nheaders; i++) {
		fputc(TAG_HEADER, out);
		vn_put_text(out, facts->headers[i]);
	}
	for (size_t i = 0; i < facts->nelements; i++) {
		fputc(TAG_ELEMENT, out);
		vn_put(out, &facts->elements[i], sizeof(facts->elements[i]));
		vn_put_text(out, facts->elements[i].part);
		vn_put_text(out, facts->elements[i].why);
	}
	fputc(TAG_END, out);
}

static int
read_fact(struct vn_facts *facts, FILE *in)
{
	struct vn_fact f;
	char *text[4] = { NULL };
	int bad;

	bad = vn_get(in, &f, sizeof(f));
	for (size_t i = 0; bad == 0 && i < VN_NITEMS(text); i++)
		bad = vn_get_text(in, &text[i]);
	if (bad == 0) {
		f.name = vn_facts_intern(facts, text[0]);
		f.entity = vn_facts_intern(facts, text[1]);
		f.exp_path = vn_facts_intern(facts, text[2]);
		f.config = vn_facts_intern(facts, text[3]);
		vn_facts_add(facts, &f);
	}
	for (size_t i = 0; i < VN_NITEMS(text); i++)
		free(text[i]);
	return (bad);
}

struct vn_parse *
vn_facts_new_parse(struct vn_facts *facts)
{

	if (facts->nparses == facts->parse_room) {
		facts->parse_room = 2 * facts->parse_room + 16;
		facts->parses = vn_realloc(facts->parses,
		    facts->parse_room * sizeof(*facts->parses));
	}
	memset(&facts->parses[facts->nparses], 0, sizeof(*facts->parses));
	return (&facts->parses[facts->nparses++]);
}

struct vn_skip *
vn_facts_new_skip(struct vn_facts *facts)
{

	if (facts->nskips == facts->skip_room) {
		facts->skip_room = 2 * facts->skip_room + 64;
		facts->skips = vn_realloc(facts->skips,
		    facts->skip_room * sizeof(*facts->skips));
	}
	memset(&facts->skips[facts->nskips], 0, sizeof(*facts->skips));
	return (&facts->skips[facts->nskips++]);
}

static int
read_parse(struct vn_facts *facts, FILE *in)
{
	struct vn_parse p, *q;

	if (vn_get(in, &p, sizeof(p)) != 0 || p.nincludes > 1u << 24)
		return (-1);
	q = vn_facts_new_parse(facts);
	*q = p;
	q->file = q->first = NULL;
	q->diagnostics = (struct vn_diagnostics){ 0 };
	q->includes = vn_calloc(p.nincludes + 1, sizeof(*q->includes));
	if (vn_get_text(in, &q->file) != 0 || vn_get_text(in, &q->first) != 0)
		return (-1);
	if (vn_get(in, q->includes, p.nincludes * sizeof(*q->includes)) != 0)
		return (-1);
	return (vn_diagnostics_read(&q->diagnostics, in));
}

static int
read_header(struct vn_facts *facts, FILE *in)
{
	char *path;
	int bad = vn_get_text(in, &path);

	if (bad == 0 && path != NULL)
		vn_facts_add_header(facts, path);
	free(path);
	return (bad);
}

static int
read_element(struct vn_facts *facts, FILE *in)
{
	struct vn_element e;
	char *part = NULL, *why = NULL;
	int bad = vn_get(in, &e, sizeof(e));

	if (bad == 0 && (bad = vn_get_text(in, &part)) == 0)
		bad = vn_get_text(in, &why);
	if (bad == 0) {
		e.part = vn_facts_intern(facts, part);
		e.why = vn_facts_intern(facts, why);
		vn_facts_add_element(facts, &e);
	}
	free(part);
	free(why);
	return (bad);
}

int
vn_facts_read(struct vn_facts *facts, FILE *in)
{

	for (;;) {
		int status;

		switch (fgetc(in)) {
		case TAG_FACT:
			status = read_fact(facts, in);
			break;
		case TAG_PARSE:
			status = read_parse(facts, in);
			break;
		case TAG_SKIP:
			status = vn_get(in, vn_facts_new_skip(facts),
			    sizeof(struct vn_skip));
			break;
		case TAG_HEADER:
			status = read_header(facts, in);
			break;
		case TAG_ELEMENT:
			status = read_element(facts, in);
			break;
		case TAG_END:
			return (0);
		default:
			return (-1);
		}
		if (status != 0)
			return (-1);
	}
}

void
vn_facts_merge(struct vn_facts *facts, const struct vn_facts *other)
{

	for (size_t i = 0; i < other->count; i++) {
		struct vn_fact f = other->items[i];

		f.name = vn_facts_intern(facts, f.name);
		f.entity = vn_facts_intern(facts, f.entity);
		f.exp_path = vn_facts_intern(facts, f.exp_path);
		f.config = vn_facts_intern(facts, f.config);
		vn_facts_add(facts, &f);
	}
	for (size_t i = 0; i < other->nparses; i++) {
		struct vn_parse *p = vn_facts_new_parse(facts);

		*p = other->parses[i];
		p->file = vn_strdup(p->file);
		p->first = p->first == NULL ? NULL : vn_strdup(p->first);
		p->includes = vn_calloc(p->nincludes + 1,
		    sizeof(*p->includes));
		if (p->nincludes > 0)
			memcpy(p->includes, other->parses[i].includes,
			    p->nincludes * sizeof(*p->includes));
		p->diagnostics = (struct vn_diagnostics){ 0 };
		vn_diagnostics_append(&p->diagnostics,
		    &other->parses[i].diagnostics);
	}
	for (size_t i = 0; i < other->nheaders; i++)
		vn_facts_add_header(facts, other->headers[i]);
	for (size_t i = 0; i < other->nelements; i++) {
		struct vn_element e = other->elements[i];

		e.part = vn_facts_intern(facts, e.part);
		e.why = vn_facts_intern(facts, e.why);
		vn_facts_add_element(facts, &e);
	}
	for (size_t i = 0; i < other->nskips; i++)
		*vn_facts_new_skip(facts) = other->skips[i];
}

void
vn_facts_free(struct vn_facts *facts)
{
	struct vn_string *e, *next;

	HASH_ITER(hh, facts->strings, e, next) {
		HASH_DEL(facts->strings, e);
		free(e->text);
		free(e);
	}
	for (size_t i = 0; i < facts->nparses; i++) {
		free(facts->parses[i].file);
		free(facts->parses[i].first);
		free(facts->parses[i].includes);
		vn_diagnostics_free(&facts->parses[i].diagnostics);
	}
	free(facts->items);
	free(facts->parses);
	free(facts->skips);
	free(facts->elements);
	free(facts->headers);
	*facts = (struct vn_facts){ 0 };
}
