/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What symbols say of themselves, and those that only one object has.
 */

#include <elf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"

static const char *
binding_name(const struct vn_symbol *s)
{

	return (s->binding == STB_LOCAL ? "local" :
	    s->binding == STB_GLOBAL ? "global" :
	    s->binding == STB_WEAK ? "weak" : "binding of its own");
}

static const char *
type_name(const struct vn_symbol *s)
{

	switch (s->type) {
	case STT_NOTYPE:
		return ("no type");
	case STT_OBJECT:
	case STT_COMMON:
		return ("variable");
	case STT_FUNC:
		return ("function");
	case STT_TLS:
		return ("thread-local");
	case STT_GNU_IFUNC:
		return ("indirect function");
	default:
		return ("type of its own");
	}
}

static const char *
visibility_name(const struct vn_symbol *s)
{
	static const char *const names[] = { "default", "internal", "hidden",
	    "protected" };

	return (names[s->visibility & 3]);
}

static const char *
place_name(const struct vn_object *o, const struct vn_symbol *s)
{

	switch (s->section) {
	case VN_IN_UNDEF:
		return ("undefined");
	case VN_IN_ABS:
		return ("absolute");
	case VN_IN_COMMON:
		return ("common");
	default:
		return (o->sections[s->section].name);
	}
}

static void
add_word(struct vn_strbuf *sb, const char *word)
{

	if (sb->len > 0)
		vn_strbuf_puts(sb, ", ");
	vn_strbuf_puts(sb, word);
}

static void
add_size(struct vn_strbuf *sb, uint64_t size)
{

	vn_strbuf_printf(sb, "%ssize %" PRIu64, sb->len > 0 ? ", " : "", size);
}

static bool
has_size(const struct vn_symbol *s)
{

	return (s->section != VN_IN_UNDEF && s->type != STT_FUNC);
}

/* All of a symbol that only one object has; the caller owns it. */
static char *
symbol_text(const struct vn_object *o, const struct vn_symbol *s)
{
	struct vn_strbuf sb = { 0 };

	add_word(&sb, place_name(o, s));
	if (s->section == VN_IN_UNDEF)
		return (vn_strbuf_take(&sb));
	vn_strbuf_printf(&sb, ", %s %s", binding_name(s), type_name(s));
	if (has_size(s) && s->size > 0)
		add_size(&sb, s->size);
	return (vn_strbuf_take(&sb));
}

static struct vn_spot
spot_of(const struct vn_object *o, int symbol)
{

	return ((struct vn_spot){ o->symbols[symbol].section, symbol, 0 });
}

static bool
same_place(const struct vn_match *m, const struct vn_symbol *a,
    const struct vn_symbol *b)
{

	if (a->section > 0 && b->section > 0)
		return (m->sections[a->section] == b->section);
	return (a->section == b->section);
}

/* What differs of two, each in its own words. */
static void
list_words(const struct vn_match *m, const struct vn_symbol *a,
    const struct vn_symbol *b, struct vn_strbuf *was, struct vn_strbuf *now)
{
	bool defined = a->section != VN_IN_UNDEF && b->section != VN_IN_UNDEF;

	if (a->binding != b->binding) {
		add_word(was, binding_name(a));
		add_word(now, binding_name(b));
	}
	if (defined && a->type != b->type) {
		add_word(was, type_name(a));
		add_word(now, type_name(b));
	}
	if (a->visibility != b->visibility) {
		add_word(was, visibility_name(a));
		add_word(now, visibility_name(b));
	}
	if ((a->other ^ b->other) & ~3) {
		vn_strbuf_printf(was, "%sst_other %#x", was->len > 0 ? ", " :
		    "", a->other);
		vn_strbuf_printf(now, "%sst_other %#x", now->len > 0 ? ", " :
		    "", b->other);
	}
	if (!same_place(m, a, b)) {
		add_word(was, place_name(m->one.object, a));
		add_word(now, place_name(m->other.object, b));
	}
	/* A function whose code differs may well be longer. */
	if (a->size != b->size && (defined || a->section == b->section) &&
	    !m->inexact[a - m->one.object->symbols]) {
		add_size(was, a->size);
		add_size(now, b->size);
	}
	if (a->section == b->section && a->value != b->value &&
	    (a->section == VN_IN_ABS || a->section == VN_IN_COMMON)) {
		vn_strbuf_printf(was, "value %" PRIu64, a->value);
		vn_strbuf_printf(now, "value %" PRIu64, b->value);
	}
}

static void
compare_symbol(struct vn_findings *f, int one, int other)
{
	const struct vn_object *o = f->match.one.object;
	const struct vn_object *p = f->match.other.object;
	struct vn_strbuf was = { 0 }, now = { 0 };

	list_words(&f->match, &o->symbols[one], &p->symbols[other], &was, &now);
	if (was.len > 0)
		vn_found(f, VN_DIFF_SYMBOL, spot_of(o, one), spot_of(p, other),
		    vn_strbuf_take(&was), vn_strbuf_take(&now));
}

/* A label of assembler is of no interest but where it is used. */
static bool
is_label(const struct vn_symbol *s)
{

	return (s->binding == STB_LOCAL && s->type == STT_NOTYPE);
}

/* Those of .dynsym are in .symtab as well. */
static size_t
symbols_of(const struct vn_object *o)
{

	return (o->dynamic > 1 ? o->dynamic : o->nsymbols);
}

void
vn_find_symbols(struct vn_findings *f)
{
	const struct vn_object *o = f->match.one.object;
	const struct vn_object *p = f->match.other.object;
	struct vn_spot none = { 0 };

	for (size_t i = 1; i < symbols_of(o); i++) {
		const struct vn_symbol *s = &o->symbols[i];

		if (f->match.symbols[i] != -1)
			compare_symbol(f, (int)i, f->match.symbols[i]);
		else if (vn_symbol_counts(s) && !is_label(s))
			vn_found(f, VN_DIFF_SYMBOL, spot_of(o, (int)i), none,
			    symbol_text(o, s), NULL);
	}
	for (size_t i = 1; i < symbols_of(p); i++)
		if (f->match.symbols_back[i] == -1 &&
		    vn_symbol_counts(&p->symbols[i]) &&
		    !is_label(&p->symbols[i]))
			vn_found(f, VN_DIFF_SYMBOL, none, spot_of(p, (int)i),
			    NULL, symbol_text(p, &p->symbols[i]));
}
