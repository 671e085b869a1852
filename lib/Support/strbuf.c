/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Growable bytes.
 */

#include "strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

void
vn_strbuf_reserve(struct vn_strbuf *sb, size_t more)
{
	size_t need, room;

	/* A size that cannot be is for vn_realloc to refuse. */
	need = more < SIZE_MAX - sb->len ? sb->len + more + 1 : SIZE_MAX;
	if (need <= sb->room)
		return;
	room = sb->room < 32 ? 64 : 2 * sb->room;
	if (room < need)
		room = need;
	sb->data = vn_realloc(sb->data, room);
	sb->room = room;
	sb->data[sb->len] = '\0';
}

void
vn_strbuf_add(struct vn_strbuf *sb, const void *bytes, size_t len)
{
	vn_strbuf_reserve(sb, len);
	if (len > 0)
		memcpy(sb->data + sb->len, bytes, len);
	sb->len += len;
	sb->data[sb->len] = '\0';
}

void
vn_strbuf_puts(struct vn_strbuf *sb, const char *s)
{
	vn_strbuf_add(sb, s, strlen(s));
}

void
vn_strbuf_putc(struct vn_strbuf *sb, char c)
{
	vn_strbuf_add(sb, &c, 1);
}

void
vn_strbuf_printf(struct vn_strbuf *sb, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = vn_vasprintf(fmt, ap);
	va_end(ap);
	vn_strbuf_puts(sb, s);
	free(s);
}

char *
vn_strbuf_take(struct vn_strbuf *sb)
{
	char *data;

	vn_strbuf_reserve(sb, 0);
	data = sb->data;
	*sb = (struct vn_strbuf){ 0 };
	return (data);
}

void
vn_strbuf_free(struct vn_strbuf *sb)
{
	free(sb->data);
	*sb = (struct vn_strbuf){ 0 };
}
