/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * How plain data passes between processes of one run: native integers and
 * counted strings.
 */

#ifndef VN_FACTS_STREAM_H
#define	VN_FACTS_STREAM_H

#include <stddef.h>
#include <stdio.h>

/* The bytes as they are. */
void	vn_put(FILE *out, const void *p, size_t len);

/* A string, or NULL. */
void	vn_put_text(FILE *out, const char *s);

/* Read len bytes: 0, or -1 if the stream ends before. */
int	vn_get(FILE *in, void *p, size_t len);

/*
 * Read what vn_put_text wrote; *out is owned by the caller, NULL where NULL
 * was written, and always set.  0, or -1 if the stream is cut short.
 */
int	vn_get_text(FILE *in, char **out);

#endif /* !VN_FACTS_STREAM_H */
