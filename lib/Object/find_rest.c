/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What has no name: the rest of the sections, between functions and variables.
 */

#include <elf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"
#include "Object/insn.h"

/* Bytes without a symbol, from the first to the last that is not 0. */
struct gap {
	uint64_t	start, end;
};

struct gaps {
	struct gap	*items;		/* owned */
	size_t		 count, room;
};

/* Is it what the assembler fills up with before the next function? */
static bool
is_filling(const struct vn_view *v, int section, const struct gap *g)
{
	struct vn_insns insns = { 0 };
	bool filling = true;

	vn_insns_read(&insns, v, section, g->start, g->end - g->start);
	for (size_t i = 0; i < insns.count && filling; i++)
		filling = insns.items[i].ntargets == 0 &&
		    (strstr(insns.items[i].text, "nop") != NULL ||
		    strncmp(insns.items[i].text, "int3", 4) == 0);
	vn_insns_free(&insns);
	return (filling);
}

static bool
is_zero(const struct vn_section *s, uint64_t offset)
{
	size_t i = vn_reloc_from(s, offset);

	return (s->data[offset] == 0 && (i == s->nrelocs ||
	    s->relocs[i].offset != offset));
}

static void
add_gap(struct gaps *out, const struct vn_view *v, int section, struct gap g)
{
	const struct vn_section *s = &v->object->sections[section];

	if (s->data == NULL)
		return;
	while (g.start < g.end && is_zero(s, g.start))
		g.start++;
	while (g.start < g.end && s->data[g.end - 1] == 0 &&
	    vn_reloc_from(s, g.end < 8 ? 0 : g.end - 8) ==
	    vn_reloc_from(s, g.end))
		g.end--;
	if (g.start < g.end && ((s->flags & SHF_EXECINSTR) == 0 ||
	    !is_filling(v, section, &g)))
		VN_PUSH(out, g);
}

static void
read_gaps(struct gaps *out, const struct vn_view *v, int section)
{
	uint64_t at = 0, size = v->object->sections[section].size;

	for (size_t i = 0; i < v->count; i++) {
		const struct vn_piece *p = &v->items[i];

		if (p->section != section)
			continue;
		add_gap(out, v, section, (struct gap){ at, p->start });
		at = p->start + p->size;
	}
	add_gap(out, v, section, (struct gap){ at, size });
}

static bool
same_relocs(const struct vn_match *m, int one, const struct gap *g, int other,
    const struct gap *h)
{
	const struct vn_section *s = &m->one.object->sections[one];
	const struct vn_section *t = &m->other.object->sections[other];
	size_t i = vn_reloc_from(s, g->start), j = vn_reloc_from(t, h->start);
	size_t n = vn_reloc_from(s, g->end) - i;

	if (vn_reloc_from(t, h->end) - j != n)
		return (false);
	for (size_t k = 0; k < n; k++, i++, j++) {
		const struct vn_reloc *r = &s->relocs[i], *q = &t->relocs[j];
		struct vn_target a, b;

		vn_view_reloc(&m->one, &a, one, r, 0);
		vn_view_reloc(&m->other, &b, other, q, 0);
		if (r->offset - g->start != q->offset - h->start ||
		    r->type != q->type || !vn_match_target(m, &a, &b))
			return (false);
	}
	return (true);
}

static bool
same_gap(const struct vn_match *m, int one, const struct gap *g, int other,
    const struct gap *h)
{
	const struct vn_section *s = &m->one.object->sections[one];
	const struct vn_section *t = &m->other.object->sections[other];
	uint64_t size = g->end - g->start;

	if (size != h->end - h->start)
		return (false);
	/* Addends may be in the bytes; then the targets are compared. */
	if (vn_reloc_from(s, g->start) == vn_reloc_from(s, g->end) &&
	    memcmp(s->data + g->start, t->data + h->start, size) != 0)
		return (false);
	return (same_relocs(m, one, g, other, h));
}

static char *
gap_text(const struct vn_object *o, int section, const struct gap *g)
{
	struct vn_strbuf sb = { 0 };
	uint64_t n = g->end - g->start;

	vn_strbuf_printf(&sb, "%" PRIu64 " bytes without a symbol: ", n);
	vn_bytes_print(&sb, o->sections[section].data + g->start,
	    n < 8 ? n : 8);
	return (vn_strbuf_take(&sb));
}

static void
compare_gaps(struct vn_findings *f, int one, int other)
{
	struct gaps a = { 0 }, b = { 0 };
	size_t i = 0;

	read_gaps(&a, &f->match.one, one);
	read_gaps(&b, &f->match.other, other);
	while (i < a.count && i < b.count && same_gap(&f->match, one,
	    &a.items[i], other, &b.items[i]))
		i++;
	if (i < a.count || i < b.count)
		vn_found(f, VN_DIFF_SECTION, (struct vn_spot){ one, 0,
		    i < a.count ? a.items[i].start : 0 },
		    (struct vn_spot){ other, 0,
		    i < b.count ? b.items[i].start : 0 },
		    i < a.count ? gap_text(f->match.one.object, one,
		    &a.items[i]) : NULL,
		    i < b.count ? gap_text(f->match.other.object, other,
		    &b.items[i]) : NULL);
	VN_FREE(&a);
	VN_FREE(&b);
}

bool
vn_section_counts(const struct vn_section *s)
{

	return ((s->flags & SHF_ALLOC) != 0 && !s->debug);
}

/*
 * Constants to be merged are compared where they are used.  Unwinding follows
 * the code, entry by entry in its order.
 */
static bool
holds_nameless(const struct vn_section *s)
{

	return (vn_section_counts(s) && (s->flags & SHF_MERGE) == 0 &&
	    !vn_section_forwards(s) &&
	    strcmp(s->name, ".eh_frame") != 0);
}

/*
 * Tables of jumps and constants of a function follow its code, so they are
 * told only if that is the same.
 */
void
vn_find_nameless(struct vn_findings *f)
{
	const struct vn_object *o = f->match.one.object;

	if (!vn_found_order_only(f))
		return;
	for (size_t i = 1; i < o->nsections; i++)
		if (f->match.sections[i] != -1 &&
		    holds_nameless(&o->sections[i]) &&
		    !vn_section_is_set(o, (int)i))
			compare_gaps(f, (int)i, f->match.sections[i]);
}

/* The first byte that differs, where no piece told it. */
static void
compare_contents(struct vn_findings *f, int one, int other)
{
	const struct vn_section *a = &f->match.one.object->sections[one];
	const struct vn_section *b = &f->match.other.object->sections[other];
	struct vn_strbuf was = { 0 }, now = { 0 };
	uint64_t i = 0, len;

	if (a->data == NULL || b->data == NULL || a->size != b->size)
		return;
	while (i < a->size && a->data[i] == b->data[i])
		i++;
	if (i == a->size)
		return;
	len = a->size - i < 8 ? a->size - i : 8;
	vn_bytes_print(&was, a->data + i, len);
	vn_bytes_print(&now, b->data + i, len);
	vn_found(f, VN_DIFF_SECTION, (struct vn_spot){ one, 0, i },
	    (struct vn_spot){ other, 0, i }, vn_strbuf_take(&was),
	    vn_strbuf_take(&now));
}

/* Relocations outside all pieces. */
static void
compare_relocs(struct vn_findings *f, int one, int other)
{
	const struct vn_section *a = &f->match.one.object->sections[one];
	const struct vn_section *b = &f->match.other.object->sections[other];
	size_t n = a->nrelocs < b->nrelocs ? a->nrelocs : b->nrelocs;

	for (size_t i = 0; i < n; i++) {
		const struct vn_reloc *r = &a->relocs[i], *q = &b->relocs[i];
		struct vn_target t, u;

		vn_view_reloc(&f->match.one, &t, one, r, 0);
		vn_view_reloc(&f->match.other, &u, other, q, 0);
		if (r->offset == q->offset && r->type == q->type &&
		    vn_match_target(&f->match, &t, &u) &&
		    t.offset == u.offset)
			continue;
		vn_found(f, VN_DIFF_TARGET, (struct vn_spot){ one, 0,
		    r->offset }, (struct vn_spot){ other, 0, q->offset },
		    vn_typed_text(&f->match.one, &t),
		    vn_typed_text(&f->match.other, &u));
		return;
	}
	if (a->nrelocs != b->nrelocs)
		vn_found(f, VN_DIFF_SECTION, (struct vn_spot){ one, 0, 0 },
		    (struct vn_spot){ other, 0, 0 },
		    vn_asprintf("%zu relocations", a->nrelocs),
		    vn_asprintf("%zu relocations", b->nrelocs));
}

/* Symbols that stand elsewhere in what is the same. */
static void
compare_places(struct vn_findings *f)
{
	const struct vn_object *o = f->match.one.object;
	const struct vn_object *p = f->match.other.object;

	for (size_t i = 1; i < o->nsymbols; i++) {
		int peer = f->match.symbols[i];

		if (peer == -1 || o->symbols[i].value == p->symbols[peer].value)
			continue;
		vn_found(f, VN_DIFF_SYMBOL, (struct vn_spot){
		    o->symbols[i].section, (int)i, 0 }, (struct vn_spot){
		    p->symbols[peer].section, peer, 0 },
		    vn_asprintf("value %" PRIu64, o->symbols[i].value),
		    vn_asprintf("value %" PRIu64, p->symbols[peer].value));
	}
}

void
vn_find_rest(struct vn_findings *f)
{
	const struct vn_object *o = f->match.one.object;

	if (f->count > 0)
		return;
	if (o->eflags != f->match.other.object->eflags)
		vn_found(f, VN_DIFF_SECTION, (struct vn_spot){ 0 },
		    (struct vn_spot){ 0 }, vn_asprintf("flags of the file %"
		    PRIx32, o->eflags), vn_asprintf("flags of the file %"
		    PRIx32, f->match.other.object->eflags));
	for (size_t i = 1; i < o->nsections; i++) {
		int peer = f->match.sections[i];

		if (!vn_section_counts(&o->sections[i]) || peer == -1)
			continue;
		compare_contents(f, (int)i, peer);
		compare_relocs(f, (int)i, peer);
	}
	if (f->count == 0)
		compare_places(f);
}
