/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The ladder.
 */

#include <elf.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/canon.h"
#include "Object/compare.h"
#include "Object/items.h"
#include "Object/object.h"

static bool
same_buf(struct vn_strbuf *one, struct vn_strbuf *other)
{
	bool same = one->len == other->len &&
	    (one->len == 0 || memcmp(one->data, other->data, one->len) == 0);

	one->len = other->len = 0;
	return (same);
}

/* The streams, piece by piece, up to the first that differs. */
static bool
same_streams(struct vn_canon *one, struct vn_canon *other)
{
	struct vn_strbuf a = { 0 }, b = { 0 };
	bool same;

	vn_canon_header(one, &a);
	vn_canon_header(other, &b);
	same = same_buf(&a, &b);
	for (size_t i = 0; i < one->nsections && same; i++) {
		vn_canon_section(one, i, &a);
		vn_canon_section(other, i, &b);
		same = same_buf(&a, &b);
	}
	if (same) {
		vn_canon_symbols(one, &a);
		vn_canon_symbols(other, &b);
		same = same_buf(&a, &b);
	}
	vn_strbuf_free(&a);
	vn_strbuf_free(&b);
	return (same && !one->failed && !other->failed);
}

static bool
same_on(enum vn_rung rung, const struct vn_object *plain,
    const struct vn_object *converted, const struct vn_compare *how)
{
	struct vn_canon one, other;
	bool same;

	vn_canon_start(&one, plain, rung, NULL);
	vn_canon_start(&other, converted, rung, how);
	same = same_streams(&one, &other) && (rung != VN_RUNG_ORDER ||
	    vn_items_aligned(&one, &other));
	vn_canon_end(&one);
	vn_canon_end(&other);
	return (same);
}

enum vn_rung
vn_object_compare(const struct vn_object *plain,
    const struct vn_object *converted, const struct vn_compare *how)
{
	if (plain->len == converted->len &&
	    memcmp(plain->data, converted->data, plain->len) == 0)
		return (VN_RUNG_BYTES);
	for (int rung = VN_RUNG_DEBUG; rung < VN_RUNG_DIFFERS; rung++) {
		if (rung == VN_RUNG_RENAMES &&
		    (how == NULL || how->nrenames == 0))
			continue;
		if (same_on((enum vn_rung)rung, plain, converted, how))
			return ((enum vn_rung)rung);
	}
	return (VN_RUNG_DIFFERS);
}

void
vn_object_feed(const struct vn_object *object,
    void (*fn)(const void *bytes, size_t len, void *arg), void *arg)
{
	struct vn_strbuf sb = { 0 };
	struct vn_canon canon;

	vn_canon_start(&canon, object, VN_RUNG_DEBUG, NULL);
	vn_canon_header(&canon, &sb);
	for (size_t i = 0; i < canon.nsections; i++) {
		vn_canon_section(&canon, i, &sb);
		fn(sb.data, sb.len, arg);
		sb.len = 0;
	}
	vn_canon_symbols(&canon, &sb);
	if (sb.len != 0)
		fn(sb.data, sb.len, arg);
	vn_strbuf_free(&sb);
	vn_canon_end(&canon);
}

/* strip(1) keeps what is loaded, and the order of it. */
static int
next_loaded(const struct vn_object *o, int i)
{
	while (++i < (int)o->nsections)
		if ((o->sections[i].flags & SHF_ALLOC) != 0 &&
		    !o->sections[i].debug)
			return (i);
	return (-1);
}

static bool
same_contents(const struct vn_section *a, const struct vn_section *b)
{
	return (strcmp(a->name, b->name) == 0 && a->type == b->type &&
	    a->flags == b->flags && a->size == b->size &&
	    a->align == b->align && (a->data == NULL) == (b->data == NULL) &&
	    (a->data == NULL || memcmp(a->data, b->data, a->size) == 0));
}

bool
vn_object_historical(const struct vn_object *plain,
    const struct vn_object *converted)
{
	int i = 0, j = 0;

	if (plain->machine != converted->machine ||
	    plain->type != converted->type ||
	    plain->wide != converted->wide ||
	    plain->little != converted->little)
		return (false);
	for (;;) {
		i = next_loaded(plain, i);
		j = next_loaded(converted, j);
		if (i == -1 || j == -1)
			return (i == j);
		if (!same_contents(&plain->sections[i],
		    &converted->sections[j]))
			return (false);
	}
}

const char *
vn_rung_name(enum vn_rung rung)
{
	static const char *const names[] = {
		[VN_RUNG_BYTES] = "bytes",
		[VN_RUNG_DEBUG] = "debug",
		[VN_RUNG_SYMBOLS] = "symbols",
		[VN_RUNG_RENAMES] = "renames",
		[VN_RUNG_ORDER] = "order",
		[VN_RUNG_DIFFERS] = "differs",
	};

	return (names[rung]);
}
