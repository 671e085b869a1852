/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What a test prints on standard error.
 */

#ifndef VN_UNITTESTS_CAPTURE_H
#define	VN_UNITTESTS_CAPTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "Support/mem.h"

struct capture {
	FILE	*file;		/* owned */
	int	 saved;		/* the real standard error */
};

static inline void
capture_start(struct capture *c)
{
	fflush(stderr);
	c->file = tmpfile();
	c->saved = dup(STDERR_FILENO);
	if (c->file == NULL || c->saved == -1 ||
	    dup2(fileno(c->file), STDERR_FILENO) == -1)
		abort();
}

/* What was printed since, owned by the caller. */
static inline char *
capture_end(struct capture *c)
{
	char *text;
	long len;

	fflush(stderr);
	if (dup2(c->saved, STDERR_FILENO) == -1)
		abort();
	close(c->saved);
	fseek(c->file, 0, SEEK_END);
	len = ftell(c->file);
	rewind(c->file);
	text = vn_calloc((size_t)len + 1, 1);
	if (fread(text, 1, (size_t)len, c->file) != (size_t)len)
		abort();
	fclose(c->file);
	return (text);
}

#endif /* !VN_UNITTESTS_CAPTURE_H */
