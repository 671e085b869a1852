/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What is kept in files of the work directory: numbers, texts, stamps.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"
#include "Support/file.h"
#include "Support/mem.h"

static uint64_t
nanoseconds(const struct timespec *ts)
{

	return ((uint64_t)ts->tv_sec * 1000000000 + (uint64_t)ts->tv_nsec);
}

void
vn_stamp_of(struct vn_stamp *stamp, const struct stat *st)
{

	stamp->dev = (uint64_t)st->st_dev;
	stamp->ino = (uint64_t)st->st_ino;
	stamp->size = (uint64_t)st->st_size;
	stamp->mtime = nanoseconds(&st->st_mtim);
	stamp->ctime = nanoseconds(&st->st_ctim);
}

bool
vn_stamp_path(struct vn_stamp *stamp, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return (false);
	vn_stamp_of(stamp, &st);
	return (true);
}

bool
vn_stamp_same(const struct vn_stamp *a, const struct vn_stamp *b)
{

	return (a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	    a->mtime == b->mtime && a->ctime == b->ctime);
}

void
vn_field_number(struct vn_strbuf *out, uint64_t number)
{

	vn_strbuf_add(out, &number, sizeof(number));
}

void
vn_field_text(struct vn_strbuf *out, const char *text)
{
	size_t len = strlen(text);

	vn_field_number(out, len);
	vn_strbuf_add(out, text, len + 1);
}

void
vn_field_stamp(struct vn_strbuf *out, const struct vn_stamp *stamp)
{

	vn_strbuf_add(out, stamp, sizeof(*stamp));
}

/* The next len bytes, NULL if there are not so many. */
static const char *
take(struct vn_fields *in, size_t len)
{
	const char *p = in->data + in->at;

	if (in->bad || in->len - in->at < len) {
		in->bad = true;
		return (NULL);
	}
	in->at += len;
	return (p);
}

uint64_t
vn_field_get_number(struct vn_fields *in)
{
	const char *p = take(in, sizeof(uint64_t));
	uint64_t number = 0;

	if (p != NULL)
		memcpy(&number, p, sizeof(number));
	return (number);
}

const char *
vn_field_get_text(struct vn_fields *in)
{
	uint64_t len = vn_field_get_number(in);
	const char *p;

	p = len < in->len ? take(in, (size_t)len + 1) : NULL;
	if (p == NULL || memchr(p, '\0', (size_t)len + 1) != p + len) {
		in->bad = true;
		return ("");
	}
	return (p);
}

void
vn_field_get_stamp(struct vn_fields *in, struct vn_stamp *stamp)
{
	const char *p = take(in, sizeof(*stamp));

	if (p != NULL)
		memcpy(stamp, p, sizeof(*stamp));
}

int
vn_build_write(const char *path, const struct vn_strbuf *bytes)
{
	char *temporary;
	int error = -1, fd, saved;

	temporary = vn_asprintf("%s.new", path);
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd != -1) {
		error = vn_file_write_all(fd, bytes->data, bytes->len);
		if (close(fd) != 0 || error != 0)
			error = -1;
		else
			error = rename(temporary, path);
	}
	saved = errno;
	if (fd != -1 && error != 0)
		unlink(temporary);
	free(temporary);
	errno = saved;
	return (error);
}
