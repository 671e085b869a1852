/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Sections whose headers differ, and nothing in them tells it.
 */

#include <elf.h>
#include <inttypes.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"

/*
 * Constants, tables of jumps and unwinding follow the code: that they differ
 * is worth a word only if nothing else does.
 */
static bool
follows_code(const struct vn_section *s)
{

	return ((s->flags & (SHF_WRITE | SHF_EXECINSTR)) == 0);
}

static char *
section_text(const struct vn_section *s)
{

	return (vn_asprintf("type %" PRIu32 ", flags %" PRIx64 ", size %" PRIu64
	    ", alignment %" PRIu64, s->type, s->flags, s->size, s->align));
}

/* In another order there may be more or less between variables. */
static bool
same_header(const struct vn_section *a, const struct vn_section *b, bool moved)
{

	return (a->type == b->type && a->flags == b->flags &&
	    a->align == b->align && (moved || a->size == b->size));
}

static void
found_section(struct vn_findings *f, int one, int other)
{
	const struct vn_object *o = f->match.one.object;
	const struct vn_object *p = f->match.other.object;
	struct vn_spot a = { one, 0, 0 }, b = { other, 0, 0 };

	vn_found(f, VN_DIFF_SECTION, a, b,
	    one > 0 ? section_text(&o->sections[one]) : NULL,
	    other > 0 ? section_text(&p->sections[other]) : NULL);
}

/* Sections whose headers differ, where nothing in them was found. */
static void
compare_headers(struct vn_findings *f, bool all)
{
	const struct vn_object *o = f->match.one.object;
	const struct vn_object *p = f->match.other.object;

	for (size_t i = 1; i < o->nsections; i++) {
		const struct vn_section *s = &o->sections[i];
		int peer = f->match.sections[i];
		bool told = f->told[i] || (peer != -1 && f->told_other[peer]);

		if (told || !vn_section_counts(s) ||
		    (!all && follows_code(s)))
			continue;
		if (peer != -1 ? !same_header(s, &p->sections[peer],
		    f->moved[i]) : s->size > 0)
			found_section(f, (int)i, peer == -1 ? 0 : peer);
	}
	for (size_t i = 1; i < p->nsections; i++) {
		const struct vn_section *s = &p->sections[i];

		if (vn_section_counts(s) && !f->told_other[i] && s->size > 0 &&
		    f->match.sections_back[i] == -1 &&
		    (all || !follows_code(s)))
			found_section(f, 0, (int)i);
	}
}

void
vn_find_sections(struct vn_findings *f)
{

	compare_headers(f, false);
	if (vn_found_order_only(f))
		compare_headers(f, true);
}
