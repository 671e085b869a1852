/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The list of findings, and the way to it.
 */

#include <ctype.h>
#include <elf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"
#include "Object/machine.h"

void
vn_found(struct vn_findings *f, enum vn_difference_kind kind,
    struct vn_spot one, struct vn_spot other, char *was, char *now)
{

	VN_PUSH(f, (struct vn_finding){ kind, one, other, was, now, f->count });
	if (kind == VN_DIFF_ORDER) {
		f->moved[one.section] = true;
		return;
	}
	if (one.section > 0)
		f->told[one.section] = true;
	if (other.section > 0)
		f->told_other[other.section] = true;
}

bool
vn_found_order_only(const struct vn_findings *f)
{

	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].kind != VN_DIFF_ORDER)
			return (false);
	return (true);
}

char *
vn_target_text(const struct vn_view *v, const struct vn_target *t)
{
	struct vn_strbuf sb = { 0 };

	vn_target_print(&sb, v, t);
	return (vn_strbuf_take(&sb));
}

char *
vn_typed_text(const struct vn_view *v, const struct vn_target *t)
{
	struct vn_strbuf sb = { 0 };

	vn_target_print(&sb, v, t);
	vn_strbuf_printf(&sb, " (relocation type %" PRIu32 ")", t->type);
	return (vn_strbuf_take(&sb));
}

/* Is the text, with its NUL, anywhere in constants of the object? */
static bool
has_text(const struct vn_object *o, const struct vn_target *t)
{

	for (size_t i = 1; i < o->nsections; i++) {
		const struct vn_section *s = &o->sections[i];
		const unsigned char *p = s->data, *end, *hit;

		if (p == NULL || (s->flags & (SHF_ALLOC | SHF_WRITE |
		    SHF_EXECINSTR)) != SHF_ALLOC)
			continue;
		for (end = p + s->size; p < end; p = hit + 1) {
			hit = memmem(p, (size_t)(end - p), t->bytes,
			    t->len + 1);
			if (hit == NULL)
				break;
			if (hit == s->data || hit[-1] == '\0')
				return (true);
		}
	}
	return (false);
}

static bool
is_found(const struct vn_findings *f, const char *was, const char *now)
{

	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].kind == VN_DIFF_STRING &&
		    f->items[i].was != NULL && f->items[i].now != NULL &&
		    strcmp(f->items[i].was, was) == 0 &&
		    strcmp(f->items[i].now, now) == 0)
			return (true);
	return (false);
}

enum vn_difference_kind
vn_found_target(struct vn_findings *f, struct vn_spot one,
    struct vn_spot other, const struct vn_target *a, const struct vn_target *b)
{
	enum vn_difference_kind kind = VN_DIFF_TARGET;
	char *was = a == NULL ? NULL : vn_target_text(&f->match.one, a);
	char *now = b == NULL ? NULL : vn_target_text(&f->match.other, b);

	if (a != NULL && b != NULL && a->kind == VN_AT_TEXT &&
	    b->kind == VN_AT_TEXT && (!has_text(f->match.other.object, a) ||
	    !has_text(f->match.one.object, b)))
		kind = VN_DIFF_STRING;
	if (kind == VN_DIFF_STRING && is_found(f, was, now)) {
		free(was);
		free(now);
	} else {
		vn_found(f, kind, one, other, was, now);
	}
	return (kind);
}

static bool
is_identifier(const char *s)
{

	if (*s == '\0' || isdigit((unsigned char)*s))
		return (false);
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return (*s == '\0');
}

bool
vn_section_is_set(const struct vn_object *o, int section)
{
	const struct vn_section *s = &o->sections[section];
	uint64_t word = o->wide ? 8 : 4;

	for (size_t i = 0; i < s->nrelocs; i++)
		if (s->relocs[i].offset != i * word)
			return (false);
	/* Those two are sets of variables (sys/net/vnet.h, sys/sys/pcpu.h). */
	return (is_identifier(s->name) && strcmp(s->name, "set_vnet") != 0 &&
	    strcmp(s->name, "set_pcpu") != 0 && s->nrelocs > 0 &&
	    s->size / word == s->nrelocs && s->size % word == 0);
}

bool
vn_section_is_strings(const struct vn_section *s)
{

	return ((s->flags & SHF_MERGE) != 0 && (s->flags & SHF_STRINGS) != 0 &&
	    (s->flags & SHF_ALLOC) != 0 && s->data != NULL && s->entsize <= 1);
}

const char *
vn_finding_symbol(const struct vn_findings *f, const struct vn_finding *i)
{

	if (i->one.symbol > 0)
		return (f->match.one.object->symbols[i->one.symbol].name);
	if (i->other.symbol > 0)
		return (f->match.other.object->symbols[i->other.symbol].name);
	return (NULL);
}

const char *
vn_finding_section(const struct vn_findings *f, const struct vn_finding *i)
{

	if (i->one.section > 0)
		return (f->match.one.object->sections[i->one.section].name);
	if (i->other.section > 0)
		return (f->match.other.object->sections[i->other.section].name);
	return (NULL);
}

/* What has no section comes last, what is only in the other before it. */
static int
rank_of(const struct vn_finding *i)
{

	return (i->one.section > 0 ? 0 : i->other.section > 0 ? 1 : 2);
}

static uint64_t
place_of(const struct vn_object *o, const struct vn_spot *s)
{

	return ((s->symbol > 0 ? vn_symbol_start(o, s->symbol) : 0) +
	    s->offset);
}

static int
compare_findings(const void *a, const void *b, void *arg)
{
	const struct vn_finding *x = a, *y = b;
	const struct vn_findings *f = arg;
	const struct vn_object *o = f->match.one.object;
	const struct vn_spot *s = &x->one, *t = &y->one;
	uint64_t p, q;

	if (rank_of(x) != rank_of(y))
		return (rank_of(x) - rank_of(y));
	if (rank_of(x) == 1) {
		s = &x->other;
		t = &y->other;
		o = f->match.other.object;
	}
	if (s->section != t->section)
		return (s->section < t->section ? -1 : 1);
	p = s->section > 0 ? place_of(o, s) : 0;
	q = t->section > 0 ? place_of(o, t) : 0;
	if (p != q)
		return (p < q ? -1 : 1);
	return (x->number < y->number ? -1 : x->number > y->number);
}

static char *
machine_text(const struct vn_object *o)
{
	const char *name = vn_machine_name(o->machine);

	if (name != NULL)
		return (vn_asprintf("%s, %d bits, %s", name, o->wide ? 64 : 32,
		    o->little ? "little-endian" : "big-endian"));
	return (vn_asprintf("machine %u, %d bits, %s", o->machine,
	    o->wide ? 64 : 32, o->little ? "little-endian" : "big-endian"));
}

void
vn_findings_read(struct vn_findings *f, const struct vn_object *one,
    const struct vn_object *other)
{
	struct vn_spot none = { 0 };

	*f = (struct vn_findings){ 0 };
	vn_match_init(&f->match, one, other);
	f->told = vn_calloc(one->nsections + 1, sizeof(*f->told));
	f->moved = vn_calloc(one->nsections + 1, sizeof(*f->moved));
	f->told_other = vn_calloc(other->nsections + 1, sizeof(*f->told));
	if (one->machine != other->machine || one->wide != other->wide ||
	    one->little != other->little) {
		vn_found(f, VN_DIFF_SECTION, none, none, machine_text(one),
		    machine_text(other));
		return;
	}
	vn_find_code(f);
	vn_find_data(f);
	vn_find_sets(f);
	vn_find_symbols(f);
	vn_find_strings(f);
	vn_find_order(f);
	vn_find_sections(f);
	vn_find_nameless(f);
	if (f->count > 0)
		qsort_r(f->items, f->count, sizeof(*f->items),
		    compare_findings, f);
}

void
vn_findings_free(struct vn_findings *f)
{

	for (size_t i = 0; i < f->count; i++) {
		free(f->items[i].was);
		free(f->items[i].now);
	}
	VN_FREE(f);
	free(f->told);
	free(f->moved);
	free(f->told_other);
	vn_match_free(&f->match);
}
