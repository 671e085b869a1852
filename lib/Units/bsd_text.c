/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files of a kernel's conf/ directory, byte by byte with line and column.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Units/bsd_impl.h"

int
vn_text_open(struct vn_text *text, const char *root, const char *name,
    bool optional)
{
	int error;

	*text = (struct vn_text){ .line = 1 };
	text->path = vn_file_join(root, name);
	if (vn_file_read(&text->buf, text->path) == 0)
		return (0);
	error = errno;
	if (!optional || error != ENOENT)
		vn_diag(VN_ERROR, text->path, 0, 0, "cannot read: %s",
		    strerror(error));
	vn_text_close(text);
	return (optional && error == ENOENT ? 1 : -1);
}

void
vn_text_close(struct vn_text *text)
{

	vn_strbuf_free(&text->buf);
	free(text->path);
	text->path = NULL;
}

int
vn_text_peek(const struct vn_text *text, size_t ahead)
{

	if (text->pos + ahead >= text->buf.len)
		return (-1);
	return ((unsigned char)text->buf.data[text->pos + ahead]);
}

int
vn_text_get(struct vn_text *text)
{
	int c = vn_text_peek(text, 0);

	if (c != -1)
		text->pos++;
	if (c == '\n') {
		text->line++;
		text->bol = text->pos;
	}
	return (c);
}

unsigned
vn_text_col(const struct vn_text *text)
{

	return ((unsigned)(text->pos - text->bol + 1));
}
