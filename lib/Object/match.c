/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Matching two objects.
 */

#include <ctype.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/match.h"

/* Symbols and sections are both matched as sorted lists of keys. */
struct key {
	const char	*name;		/* borrowed */
	size_t		 len;		/* what of the name counts */
	uint64_t	 more[4];	/* and what else does */
	uint64_t	 order;
	int		 index;
};

struct keys {
	struct key	*items;		/* owned */
	size_t		 count, room;
};

static int
compare_names(const struct key *x, const struct key *y)
{
	size_t len = x->len < y->len ? x->len : y->len;
	int c = memcmp(x->name, y->name, len);

	if (c == 0 && x->len != y->len)
		c = x->len < y->len ? -1 : 1;
	for (size_t i = 0; c == 0 && i < VN_NITEMS(x->more); i++)
		if (x->more[i] != y->more[i])
			c = x->more[i] < y->more[i] ? -1 : 1;
	return (c);
}

static int
compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int c = compare_names(x, y);

	if (c == 0)
		c = x->order != y->order ? (x->order < y->order ? -1 : 1) :
		    x->index < y->index ? -1 : x->index > y->index;
	return (c);
}

/* Pair those that compare equal, in their order; frees both lists. */
static void
pair_keys(struct keys *a, struct keys *b, int *forth, int *back)
{
	size_t i = 0, j = 0;

	if (a->count > 0)
		qsort(a->items, a->count, sizeof(*a->items), compare_keys);
	if (b->count > 0)
		qsort(b->items, b->count, sizeof(*b->items), compare_keys);
	while (i < a->count && j < b->count) {
		int c = compare_names(&a->items[i], &b->items[j]);

		if (c == 0) {
			forth[a->items[i].index] = b->items[j].index;
			back[b->items[j].index] = a->items[i].index;
		}
		i += c <= 0;
		j += c >= 0;
	}
	VN_FREE(a);
	VN_FREE(b);
}

static void
section_keys(struct keys *out, const struct vn_object *o)
{

	for (size_t i = 1; i < o->nsections; i++)
		VN_PUSH(out, (struct key){ .name = o->sections[i].name,
		    .len = strlen(o->sections[i].name), .order = i,
		    .index = (int)i });
}

/* How symbols are matched, step by step. */
enum step {
	STEP_NAME,		/* by name, but not for numbered locals */
	STEP_SAME,		/* numbered locals with the same contents */
	STEP_NUMBERED,		/* numbered locals in their order */
	STEP_BASE,		/* locals, by what stands in the source */
	STEP_PLACE,		/* by the order in their section */
	STEPS
};

/* Digits that gcc adds to statics of functions begin at that byte, or 0. */
static size_t
number_at(const char *name)
{
	size_t n = strlen(name), at = n;

	while (at > 0 && isdigit((unsigned char)name[at - 1]))
		at--;
	return (at > 1 && at < n && name[at - 1] == '.' ? at - 1 : 0);
}

static uint64_t
digest_of(const struct vn_view *v, int symbol)
{
	int piece = v->piece_of[symbol];
	const struct vn_section *s;
	uint64_t h = 14695981039346656037u;

	if (piece == -1)
		return (0);
	s = &v->object->sections[v->items[piece].section];
	for (uint64_t i = 0; s->data != NULL && i < v->items[piece].size; i++)
		h = (h ^ s->data[v->items[piece].start + i]) * 1099511628211u;
	return (h);
}

static const char *
section_name(const struct vn_object *o, const struct vn_symbol *s)
{

	return (s->section > 0 ? o->sections[s->section].name : "");
}

/* Is it code, data or either, for all that the symbol says? */
static uint64_t
class_of(const struct vn_object *o, const struct vn_symbol *s)
{

	if (s->type == STT_FUNC || (s->section > 0 &&
	    (o->sections[s->section].flags & SHF_EXECINSTR) != 0))
		return (1);
	return (s->section > 0 ? 2 : 3);
}

/* What the source calls it: without number, without function. */
static void
base_key(struct key *k, const char *name)
{
	size_t end = number_at(name);
	const char *dot;

	if (end == 0)
		end = strlen(name);
	dot = memrchr(name, '.', end);
	k->name = dot == NULL || dot == name ? name : dot + 1;
	k->len = end - (size_t)(k->name - name);
}

static bool
key_of(struct key *k, const struct vn_view *v, int index, enum step step)
{
	const struct vn_object *o = v->object;
	const struct vn_symbol *s = &o->symbols[index];
	bool local = s->binding == STB_LOCAL;
	size_t number = local ? number_at(s->name) : 0;

	*k = (struct key){ .name = s->name, .len = strlen(s->name),
	    .order = vn_symbol_start(o, index), .index = index };
	switch (step) {
	case STEP_NAME:
		return (number == 0);
	case STEP_SAME:
		k->len = number;
		k->more[0] = digest_of(v, index);
		k->more[1] = s->size;
		return (number != 0);
	case STEP_NUMBERED:
		k->len = number;
		return (number != 0);
	case STEP_BASE:
		base_key(k, s->name);
		k->more[0] = class_of(o, s);
		return (local && s->section > 0);
	default:
		k->name = section_name(o, s);
		k->len = strlen(k->name);
		k->more[0] = s->type;
		k->more[1] = s->size;
		return (local && s->section > 0 && s->type != STT_NOTYPE);
	}
}

static void
symbol_keys(struct keys *out, const struct vn_view *v, const int *found,
    enum step step)
{
	struct key k;

	for (size_t i = 1; i < v->object->nsymbols; i++)
		if (found[i] == -1 &&
		    vn_symbol_counts(&v->object->symbols[i]) &&
		    key_of(&k, v, (int)i, step))
			VN_PUSH(out, k);
}

static int *
nowhere(size_t count)
{
	int *p = vn_malloc((count + 1) * sizeof(*p));

	for (size_t i = 0; i <= count; i++)
		p[i] = -1;
	return (p);
}

void
vn_match_init(struct vn_match *m, const struct vn_object *one,
    const struct vn_object *other)
{
	struct keys a = { 0 }, b = { 0 };

	vn_view_init(&m->one, one);
	vn_view_init(&m->other, other);
	m->sections = nowhere(one->nsections);
	m->sections_back = nowhere(other->nsections);
	m->symbols = nowhere(one->nsymbols);
	m->symbols_back = nowhere(other->nsymbols);
	m->inexact = vn_calloc(one->nsymbols + 1, sizeof(*m->inexact));
	section_keys(&a, one);
	section_keys(&b, other);
	pair_keys(&a, &b, m->sections, m->sections_back);
	for (enum step step = STEP_NAME; step < STEPS; step++) {
		symbol_keys(&a, &m->one, m->symbols, step);
		symbol_keys(&b, &m->other, m->symbols_back, step);
		pair_keys(&a, &b, m->symbols, m->symbols_back);
	}
}

void
vn_match_free(struct vn_match *m)
{

	vn_view_free(&m->one);
	vn_view_free(&m->other);
	free(m->sections);
	free(m->sections_back);
	free(m->symbols);
	free(m->symbols_back);
	free(m->inexact);
}

/* Two names of one place are the same symbol. */
static bool
same_piece(const struct vn_match *m, int one, int other)
{
	int a = m->one.piece_of[one], b = m->other.piece_of[other];

	return (a != -1 && b != -1 && m->symbols[m->one.items[a].symbol] ==
	    m->other.items[b].symbol);
}

bool
vn_match_symbol(const struct vn_match *m, int one, int other)
{

	return (m->symbols[one] == other || same_piece(m, one, other));
}

/* Tables of jumps move with the code, so only the function counts. */
static bool
same_pointer(const struct vn_match *m, const struct vn_target *a,
    const struct vn_target *b, const struct vn_reloc *r,
    const struct vn_reloc *q)
{
	struct vn_target t, u;

	vn_view_reloc(&m->one, &t, a->section, r, 0);
	vn_view_reloc(&m->other, &u, b->section, q, 0);
	if (t.kind == VN_AT_PLACE && u.kind == VN_AT_PLACE)
		return (m->sections[t.section] == u.section);
	u.offset = t.offset;
	return (t.kind == u.kind && vn_match_target(m, &t, &u));
}

/*
 * Two places that have no name: at the same offset, or with the same pointer
 * or bytes.
 */
static bool
same_place(const struct vn_match *m, const struct vn_target *a,
    const struct vn_target *b)
{
	const struct vn_section *s = &m->one.object->sections[a->section];
	const struct vn_section *t = &m->other.object->sections[b->section];
	uint64_t p = (uint64_t)a->offset, q = (uint64_t)b->offset, n = 8;
	size_t i, j;

	if (m->sections[a->section] != b->section)
		return (false);
	if (a->offset == b->offset)
		return (true);
	if (s->data == NULL || t->data == NULL || p >= s->size || q >= t->size)
		return (false);
	i = vn_reloc_from(s, p);
	j = vn_reloc_from(t, q);
	if (i < s->nrelocs && s->relocs[i].offset == p &&
	    j < t->nrelocs && t->relocs[j].offset == q)
		return (same_pointer(m, a, b, &s->relocs[i], &t->relocs[j]));
	if (n > s->size - p)
		n = s->size - p;
	return (n <= t->size - q && memcmp(s->data + p, t->data + q, n) == 0);
}

bool
vn_match_target(const struct vn_match *m, const struct vn_target *a,
    const struct vn_target *b)
{

	if (a->kind != b->kind)
		return (false);
	switch (a->kind) {
	case VN_AT_NOTHING:
		return (a->offset == b->offset);
	case VN_AT_SYMBOL:
		return (vn_match_symbol(m, a->symbol, b->symbol) &&
		    (a->offset == b->offset || m->inexact[a->symbol]));
	case VN_AT_TEXT:
	case VN_AT_CONSTANT:
		return (a->len == b->len &&
		    memcmp(a->bytes, b->bytes, a->len) == 0);
	case VN_AT_PLACE:
		break;
	}
	return (same_place(m, a, b));
}
