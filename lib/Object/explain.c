/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What differs between two objects, in the order of the plain one.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/explain.h"
#include "Object/findings.h"

static char *
copy_of(const char *s)
{

	return (s == NULL ? NULL : vn_strdup(s));
}

void
vn_differences_add(struct vn_differences *out,
    const struct vn_findings *f, const struct vn_finding *i)
{
	bool one = i->one.section != 0 || i->one.symbol != 0;

	VN_PUSH(out, (struct vn_difference){ .kind = i->kind,
	    .section = copy_of(vn_finding_section(f, i)),
	    .symbol = copy_of(vn_finding_symbol(f, i)),
	    .offset = one ? i->one.offset : i->other.offset,
	    .was = copy_of(i->was), .now = copy_of(i->now) });
}

void
vn_object_explain(struct vn_differences *out, const struct vn_object *plain,
    const struct vn_object *converted)
{
	struct vn_findings f;

	vn_findings_read(&f, plain, converted);
	vn_find_rest(&f);
	for (size_t i = 0; i < f.count; i++)
		vn_differences_add(out, &f, &f.items[i]);
	vn_findings_free(&f);
}

void
vn_differences_free(struct vn_differences *d)
{

	for (size_t i = 0; i < d->count; i++) {
		free(d->items[i].section);
		free(d->items[i].symbol);
		free(d->items[i].was);
		free(d->items[i].now);
		free(d->items[i].where);
	}
	VN_FREE(d);
}

const char *
vn_difference_name(enum vn_difference_kind kind)
{
	static const char *const names[] = {
		[VN_DIFF_SECTION] = "section", [VN_DIFF_CODE] = "code",
		[VN_DIFF_DATA] = "data", [VN_DIFF_STRING] = "string",
		[VN_DIFF_TARGET] = "target", [VN_DIFF_SYMBOL] = "symbol",
		[VN_DIFF_ORDER] = "order"
	};

	return (names[kind]);
}
