/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Targets, text and bytes for a person.
 */

#include <inttypes.h>

#include "Support/strbuf.h"

#include "Object/view.h"

/* Longer strings are cut. */
enum { MAX_TEXT = 240 };

void
vn_text_print(struct vn_strbuf *sb, const unsigned char *text, size_t len)
{
	size_t n = len > MAX_TEXT ? MAX_TEXT : len;

	vn_strbuf_putc(sb, '"');
	for (size_t i = 0; i < n; i++) {
		unsigned char c = text[i];

		if (c == '\n')
			vn_strbuf_puts(sb, "\\n");
		else if (c == '\t')
			vn_strbuf_puts(sb, "\\t");
		else if (c == '"' || c == '\\')
			vn_strbuf_printf(sb, "\\%c", c);
		else if (c < ' ' || c > '~')
			vn_strbuf_printf(sb, "\\%03o", c);
		else
			vn_strbuf_putc(sb, (char)c);
	}
	vn_strbuf_puts(sb, n < len ? "\"..." : "\"");
}

void
vn_bytes_print(struct vn_strbuf *sb, const unsigned char *bytes, size_t len)
{

	for (size_t i = 0; i < len; i++)
		vn_strbuf_printf(sb, "%s%02x", i == 0 ? "" : " ", bytes[i]);
}

static void
print_offset(struct vn_strbuf *sb, int64_t offset)
{

	if (offset > 0)
		vn_strbuf_printf(sb, "+%" PRIu64, (uint64_t)offset);
	else if (offset < 0)
		vn_strbuf_printf(sb, "-%" PRIu64, -(uint64_t)offset);
}

void
vn_target_print(struct vn_strbuf *sb, const struct vn_view *v,
    const struct vn_target *t)
{

	switch (t->kind) {
	case VN_AT_NOTHING:
		vn_strbuf_printf(sb, "%" PRId64, t->offset);
		break;
	case VN_AT_SYMBOL:
		vn_strbuf_puts(sb, v->object->symbols[t->symbol].name);
		print_offset(sb, t->offset);
		break;
	case VN_AT_TEXT:
		vn_text_print(sb, t->bytes, t->len);
		break;
	case VN_AT_CONSTANT:
		vn_strbuf_putc(sb, '{');
		vn_bytes_print(sb, t->bytes, t->len);
		vn_strbuf_putc(sb, '}');
		break;
	case VN_AT_PLACE:
		vn_strbuf_puts(sb, v->object->sections[t->section].name);
		print_offset(sb, t->offset);
		break;
	}
}
