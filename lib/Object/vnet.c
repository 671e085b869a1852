/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Section set_vnet, and two virtualized objects side by side.
 */

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/explain.h"
#include "Object/findings.h"
#include "Object/vnet.h"

/* VNET_SETNAME and VNET_NAME of sys/net/vnet.h. */
#define	SET_NAME	"set_vnet"
#define	ENTRY_PREFIX	"vnet_entry_"

static const char *
variable_name(const char *symbol)
{
	size_t len = sizeof(ENTRY_PREFIX) - 1;

	return (strncmp(symbol, ENTRY_PREFIX, len) == 0 ? symbol + len :
	    symbol);
}

static int
by_offset(const void *a, const void *b)
{
	const struct vn_vnet_variable *x = a, *y = b;

	if (x->offset != y->offset)
		return (x->offset < y->offset ? -1 : 1);
	return (strcmp(x->name, y->name));
}

static bool
is_set(const struct vn_object *o, int section)
{

	return (section > 0 &&
	    strcmp(o->sections[section].name, SET_NAME) == 0);
}

void
vn_vnet_read(struct vn_vnet_set *out, const struct vn_object *o)
{

	*out = (struct vn_vnet_set){ 0 };
	for (size_t i = 1; i < o->nsections; i++) {
		if (!is_set(o, (int)i))
			continue;
		out->size += o->sections[i].size;
		if (o->sections[i].align > out->align)
			out->align = o->sections[i].align;
	}
	for (size_t i = 1; i < o->nsymbols; i++) {
		const struct vn_symbol *s = &o->symbols[i];

		if (is_set(o, s->section) && s->type == STT_OBJECT &&
		    vn_symbol_named(s))
			VN_PUSH(out, (struct vn_vnet_variable){
			    variable_name(s->name),
			    vn_symbol_start(o, (int)i), s->size });
	}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(*out->items), by_offset);
}

void
vn_vnet_free(struct vn_vnet_set *set)
{

	VN_FREE(set);
}

/*
 * The order of variables is free, but not that of a linker set.  Where only
 * places differ there is nothing to be found by symbols.
 */
static bool
matters(const struct vn_findings *f, const struct vn_finding *i)
{

	return (i->kind != VN_DIFF_ORDER || (i->one.section > 0 &&
	    vn_section_is_set(f->match.one.object, i->one.section)));
}

int
vn_vnet_compare(struct vn_differences *out, const struct vn_object *one,
    const struct vn_object *other)
{
	struct vn_findings f;
	int differs = 0;

	vn_findings_read(&f, one, other);
	for (size_t i = 0; i < f.count; i++) {
		if (!matters(&f, &f.items[i]))
			continue;
		vn_differences_add(out, &f, &f.items[i]);
		differs = 1;
	}
	vn_findings_free(&f);
	return (differs);
}
