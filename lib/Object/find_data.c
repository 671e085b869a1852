/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Variables, by bytes and pointers, and linker sets, by entries.
 */

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"
#include "Object/machine.h"

/* Bytes that are shown at once. */
enum { MAX_ELEMENT = 8 };

/* A variable in one of the objects. */
struct variable {
	const struct vn_view	*view;
	const struct vn_section	*section;
	const struct vn_piece	*piece;
	const struct vn_reloc	*relocs, *end;	/* those in it */
	unsigned char		*bytes;		/* owned; relocated ones 0 */
};

static void
variable_init(struct variable *v, const struct vn_view *view,
    const struct vn_piece *piece)
{
	const struct vn_section *s = &view->object->sections[piece->section];

	*v = (struct variable){ .view = view, .section = s, .piece = piece };
	if (s->nrelocs > 0) {
		v->relocs = s->relocs + vn_reloc_from(s, piece->start);
		v->end = s->relocs + vn_reloc_from(s, piece->start +
		    piece->size);
	}
	if (s->data == NULL)
		return;
	v->bytes = vn_malloc(piece->size + 1);
	memcpy(v->bytes, s->data + piece->start, piece->size);
	for (const struct vn_reloc *r = v->relocs; r < v->end; r++)
		vn_machine_blank(view->object, r, v->bytes, piece->start,
		    piece->size);
}

static unsigned char
byte_at(const struct variable *v, uint64_t offset)
{

	return (v->bytes == NULL ? 0 : v->bytes[offset]);
}

static char *
element_text(const struct variable *v, uint64_t offset, size_t len)
{
	unsigned char bytes[MAX_ELEMENT];
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < len; i++)
		bytes[i] = byte_at(v, offset + i);
	vn_bytes_print(&sb, bytes, len);
	return (vn_strbuf_take(&sb));
}

static struct vn_spot
spot_of(const struct variable *v, uint64_t offset)
{

	return ((struct vn_spot){ v->piece->section, v->piece->symbol,
	    offset });
}

/*
 * Shown is what may be a member of a variable of that size: 4 or 8 bytes, if
 * that many bytes are a part of it, else all that follow.
 */
static void
found_bytes(struct vn_findings *f, const struct variable *a,
    const struct variable *b, uint64_t offset, uint64_t size)
{
	uint64_t unit = size % 8 == 0 ? 8 : size % 4 == 0 ? 4 : 1;
	size_t len = unit == 1 ? MAX_ELEMENT : unit;

	offset -= offset % unit;
	if (len > size - offset)
		len = size - offset;
	vn_found(f, VN_DIFF_DATA, spot_of(a, offset), spot_of(b, offset),
	    element_text(a, offset, len), element_text(b, offset, len));
}

static void
compare_bytes(struct vn_findings *f, const struct variable *a,
    const struct variable *b)
{
	uint64_t size = a->piece->size < b->piece->size ? a->piece->size :
	    b->piece->size;

	if (a->bytes == NULL && b->bytes == NULL)
		return;
	for (uint64_t i = 0; i < size; i++) {
		if (byte_at(a, i) != byte_at(b, i)) {
			found_bytes(f, a, b, i, size);
			return;
		}
	}
}

/* A place that no relocation fills: what is there. */
static char *
plain_text(const struct variable *v, uint64_t offset)
{
	size_t word = v->view->object->wide ? 8 : 4;

	if (offset >= v->piece->size)
		return (NULL);
	if (word > v->piece->size - offset)
		word = v->piece->size - offset;
	return (element_text(v, offset, word));
}

static char *
pointer_text(const struct variable *v, const struct vn_reloc *r)
{
	struct vn_target t;

	vn_view_reloc(v->view, &t, v->piece->section, r, 0);
	return (vn_target_text(v->view, &t));
}

/* Do two pointers at the same offset differ?  Returns the kind, or -1. */
static int
compare_pointers(struct vn_findings *f, const struct variable *a,
    const struct variable *b, const struct vn_reloc *r,
    const struct vn_reloc *q)
{
	uint64_t offset = r->offset - a->piece->start;
	struct vn_target t, u;

	vn_view_reloc(a->view, &t, a->piece->section, r, 0);
	vn_view_reloc(b->view, &u, b->piece->section, q, 0);
	if (vn_match_target(&f->match, &t, &u)) {
		if (r->type == q->type)
			return (-1);
		vn_found(f, VN_DIFF_TARGET, spot_of(a, offset),
		    spot_of(b, offset), vn_typed_text(a->view, &t),
		    vn_typed_text(b->view, &u));
		return (VN_DIFF_TARGET);
	}
	return ((int)vn_found_target(f, spot_of(a, offset),
	    spot_of(b, offset), &t, &u));
}

/* The first pointer that differs, and all strings that do before it. */
static void
compare_relocs(struct vn_findings *f, const struct variable *a,
    const struct variable *b)
{
	const struct vn_reloc *r = a->relocs, *q = b->relocs;
	uint64_t at, here;

	while (r < a->end && q < b->end && r->offset - a->piece->start ==
	    q->offset - b->piece->start)
		if (compare_pointers(f, a, b, r++, q++) == VN_DIFF_TARGET)
			return;
	if (r == a->end && q == b->end)
		return;
	at = r < a->end ? r->offset - a->piece->start : UINT64_MAX;
	here = q < b->end ? q->offset - b->piece->start : UINT64_MAX;
	if (at < here)
		vn_found(f, VN_DIFF_TARGET, spot_of(a, at), spot_of(b, at),
		    pointer_text(a, r), plain_text(b, at));
	else
		vn_found(f, VN_DIFF_TARGET, spot_of(a, here), spot_of(b, here),
		    plain_text(a, here), pointer_text(b, q));
}

static void
compare_variable(struct vn_findings *f, const struct vn_piece *p,
    const struct vn_piece *q)
{
	struct variable a, b;

	variable_init(&a, &f->match.one, p);
	variable_init(&b, &f->match.other, q);
	compare_bytes(f, &a, &b);
	compare_relocs(f, &a, &b);
	free(a.bytes);
	free(b.bytes);
}

static bool
is_data(const struct vn_object *o, int section)
{

	/* The linker's own tables say where the rest is. */
	return ((o->sections[section].flags & (SHF_ALLOC | SHF_EXECINSTR)) ==
	    SHF_ALLOC && o->sections[section].type != SHT_DYNAMIC);
}

void
vn_find_data(struct vn_findings *f)
{
	const struct vn_match *m = &f->match;

	for (size_t i = 0; i < m->one.count; i++) {
		const struct vn_piece *a = &m->one.items[i], *b;
		int peer = m->symbols[a->symbol];

		if (peer == -1 || m->other.piece_of[peer] == -1)
			continue;
		b = &m->other.items[m->other.piece_of[peer]];
		if (!is_data(m->one.object, a->section) ||
		    !is_data(m->other.object, b->section) ||
		    (vn_section_is_set(m->one.object, a->section) &&
		    vn_section_is_set(m->other.object, b->section)))
			continue;
		compare_variable(f, a, b);
	}
}
