/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where in the source the differences are.
 */

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/explain.h"
#include "Object/findings.h"
#include "Object/lines.h"

/* The objects with debug data, and the same search done on them. */
struct sources {
	struct vn_findings	 f;
	struct vn_dwarf		*one, *other;	/* owned; may be NULL */
};

static bool
equal(const char *a, const char *b)
{

	return (a == b || (a != NULL && b != NULL && strcmp(a, b) == 0));
}

/*
 * The finding that a difference is: of the same symbol and kind, best with the
 * same words.  Debug data changes no code, but an object may have been built
 * with other options than those of the one that was compared.
 */
static const struct vn_finding *
finding_of(const struct sources *s, const struct vn_difference *d)
{
	const struct vn_finding *best = NULL;

	for (size_t i = 0; i < s->f.count; i++) {
		const struct vn_finding *f = &s->f.items[i];

		if (f->kind != d->kind ||
		    !equal(vn_finding_symbol(&s->f, f), d->symbol))
			continue;
		if (equal(f->was, d->was) && equal(f->now, d->now))
			return (f);
		if (best == NULL && d->kind != VN_DIFF_STRING)
			best = f;
	}
	return (best);
}

static bool
is_code(const struct vn_object *o, const struct vn_spot *spot)
{

	return (spot->section > 0 && (o->sections[spot->section].flags &
	    SHF_EXECINSTR) != 0);
}

/* The line of a place in one of the objects, or NULL. */
static char *
line_of(struct vn_dwarf *lines, const struct vn_object *o,
    const struct vn_spot *spot, bool end)
{
	uint64_t offset = spot->offset;

	if (lines == NULL || !is_code(o, spot))
		return (NULL);
	if (spot->symbol > 0)
		offset += vn_symbol_start(o, spot->symbol);
	if (end && offset > 0)
		offset--;
	return (vn_dwarf_at(lines, spot->section, offset));
}

static char *
declared(struct vn_dwarf *lines, const struct vn_spot *spot)
{

	if (lines == NULL || spot->symbol <= 0)
		return (NULL);
	return (vn_dwarf_declared(lines, spot->symbol));
}

/* What is in code has a line of its own; else it is the declaration's. */
static bool
has_line(const struct vn_difference *d)
{

	return (d->kind == VN_DIFF_CODE || d->kind == VN_DIFF_TARGET ||
	    d->kind == VN_DIFF_STRING);
}

static char *
where_of(const struct sources *s, const struct vn_difference *d)
{
	const struct vn_finding *f = finding_of(s, d);
	char *where = NULL;

	if (f == NULL)
		return (NULL);
	if (has_line(d)) {
		where = line_of(s->other, s->f.match.other.object, &f->other,
		    f->now == NULL);
		if (where == NULL)
			where = line_of(s->one, s->f.match.one.object,
			    &f->one, f->was == NULL);
	}
	if (where == NULL)
		where = declared(s->other, &f->other);
	if (where == NULL)
		where = declared(s->one, &f->one);
	return (where);
}

void
vn_object_explain_lines(struct vn_differences *out,
    const struct vn_object *plain_g, const struct vn_object *converted_g)
{
	struct sources s;

	vn_findings_read(&s.f, plain_g, converted_g);
	s.one = vn_dwarf_open(plain_g);
	s.other = vn_dwarf_open(converted_g);
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].where == NULL)
			out->items[i].where = where_of(&s, &out->items[i]);
	vn_dwarf_close(s.one);
	vn_dwarf_close(s.other);
	vn_findings_free(&s.f);
}
