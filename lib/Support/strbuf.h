/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Growable bytes.
 */

#ifndef VN_SUPPORT_STRBUF_H
#define	VN_SUPPORT_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Invariant: data[len] is '\0' once anything was added; before that data is
 * NULL.  The bytes may hold NULs of their own.  Start with { 0 }.
 */
struct vn_strbuf {
	char	*data;		/* owned */
	size_t	 len;		/* bytes in use, without the closing NUL */
	size_t	 room;		/* bytes allocated */
};

/* Make room for that many bytes more (and the closing NUL). */
void	vn_strbuf_reserve(struct vn_strbuf *sb, size_t more);

void	vn_strbuf_add(struct vn_strbuf *sb, const void *bytes, size_t len);
void	vn_strbuf_puts(struct vn_strbuf *sb, const char *s);
void	vn_strbuf_putc(struct vn_strbuf *sb, char c);
void	vn_strbuf_printf(struct vn_strbuf *sb, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* Give the bytes away: the caller owns the result (never NULL), sb is empty. */
char	*vn_strbuf_take(struct vn_strbuf *sb);

/* Drop the bytes; sb can be used again. */
void	vn_strbuf_free(struct vn_strbuf *sb);

#endif /* !VN_SUPPORT_STRBUF_H */
