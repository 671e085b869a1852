/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The members of ar(5) archives: GNU's and BSD's long names, thin archives.
 */

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/object_impl.h"

/* ar(5): each header has 60 bytes of text. */
enum {
	HEADER_LEN = 60, NAME_LEN = 16, SIZE_AT = 48, SIZE_LEN = 10,
	MAGIC_LEN = 8
};

struct archive {
	const char	*path;		/* borrowed */
	const char	*data;		/* borrowed */
	size_t		 len;
	bool		 thin;		/* members are files of their own */
	const char	*names;		/* GNU's long names; borrowed */
	size_t		 nameslen;
	int		 (*fn)(const char *name, unsigned char *data,
			    size_t len, void *arg);
	void		*arg;
};

static int
trouble(const struct archive *a, const char *what)
{
	vn_diag(VN_ERROR, a->path, 0, 0, "%s", what);
	return (-1);
}

/* A decimal number, padded with blanks; false: it is none. */
static bool
number(const char *at, size_t len, uint64_t *out)
{
	size_t i;

	*out = 0;
	for (i = 0; i < len && at[i] >= '0' && at[i] <= '9'; i++)
		*out = *out * 10 + (uint64_t)(at[i] - '0');
	if (i == 0)
		return (false);
	while (i < len && at[i] == ' ')
		i++;
	return (i == len);
}

/* "name/" in the table of long names (GNU); NULL: not there. */
static char *
long_name(const struct archive *a, uint64_t offset)
{
	const char *start, *end;

	if (offset >= a->nameslen)
		return (NULL);
	start = a->names + offset;
	end = memchr(start, '\n', a->nameslen - (size_t)offset);
	if (end == NULL)
		return (NULL);
	if (end > start && end[-1] == '/')
		end--;
	return (vn_strndup(start, (size_t)(end - start)));
}

/*
 * The name of a member, owned by the caller, or NULL.  BSD's long one stands
 * before the contents, which then begin after it.
 */
static char *
member_name(const struct archive *a, const char *header, const char **data,
    uint64_t *size)
{
	const char *end;
	uint64_t n;

	if (header[0] == '/' && number(header + 1, NAME_LEN - 1, &n))
		return (long_name(a, n));
	if (strncmp(header, "#1/", 3) == 0) {
		if (!number(header + 3, NAME_LEN - 3, &n) || n > *size ||
		    a->thin)
			return (NULL);
		*data += n;
		*size -= n;
		return (vn_strndup(*data - n, strnlen(*data - n, (size_t)n)));
	}
	end = memchr(header + 1, '/', NAME_LEN - 1);
	if (end == NULL)
		for (end = header + NAME_LEN; end > header && end[-1] == ' ';)
			end--;
	return (vn_strndup(header, (size_t)(end - header)));
}

/* "/", "/SYM64/", "//" of GNU's; "__.SYMDEF", "__.SYMDEF SORTED" of BSD's. */
static bool
is_table(const char *header, const char *name)
{
	return ((header[0] == '/' && (header[1] == ' ' || header[1] == '/' ||
	    header[1] == 'S')) ||
	    strncmp(name, "__.SYMDEF", strlen("__.SYMDEF")) == 0);
}

/* The file that a thin archive names, beside itself. */
static int
read_thin(const struct archive *a, const char *name, struct vn_strbuf *sb)
{
	const char *slash = strrchr(a->path, '/');
	char *path;
	int ret;

	path = slash == NULL || name[0] == '/' ? vn_strdup(name) :
	    vn_asprintf("%.*s/%s", (int)(slash - a->path), a->path, name);
	ret = vn_file_read(sb, path);
	if (ret == -1)
		vn_diag(VN_ERROR, a->path, 0, 0, "cannot read '%s', a member: "
		    "%s", path, strerror(errno));
	free(path);
	return (ret);
}

static int
pass_member(const struct archive *a, const char *name, const char *data,
    size_t size)
{
	struct vn_strbuf sb = { 0 };
	char *full;
	size_t len;
	int ret;

	if (a->thin && read_thin(a, name, &sb) == -1)
		return (-1);
	if (!a->thin)
		vn_strbuf_add(&sb, data, size);
	len = sb.len;
	full = vn_asprintf("%s(%s)", a->path, name);
	ret = a->fn(full, (unsigned char *)vn_strbuf_take(&sb), len, a->arg);
	free(full);
	return (ret);
}

/* One member at an offset, which moves on. */
static int
walk_member(struct archive *a, size_t *at)
{
	const char *header = a->data + *at, *data = header + HEADER_LEN;
	uint64_t size, kept;
	char *name;
	int ret = 0;

	if (a->len - *at < HEADER_LEN ||
	    memcmp(header + HEADER_LEN - 2, "`\n", 2) != 0 ||
	    !number(header + SIZE_AT, SIZE_LEN, &size))
		return (trouble(a, "a broken archive; build it again"));
	*at += HEADER_LEN;
	kept = a->thin && !is_table(header, "") ? 0 : size;
	if (kept > a->len - *at)
		return (trouble(a, "a truncated archive; build it again"));
	*at += (size_t)kept;
	*at += *at % 2 != 0 && *at < a->len;
	if (strncmp(header, "// ", 3) == 0) {
		a->names = data;
		a->nameslen = (size_t)size;
	}
	name = member_name(a, header, &data, &size);
	if (name == NULL)
		return (trouble(a, "an archive with a broken name"));
	if (!is_table(header, name))
		ret = pass_member(a, name, data, (size_t)size);
	free(name);
	return (ret);
}

static int
walk_archive(struct archive *a)
{
	size_t at = MAGIC_LEN;
	int ret = 0;

	while (at < a->len && ret == 0)
		ret = walk_member(a, &at);
	return (ret);
}

int
vn_object_walk(const char *path, int (*fn)(const char *name,
    unsigned char *data, size_t len, void *arg), void *arg)
{
	struct vn_strbuf sb = { 0 };
	struct archive a = { .path = path, .fn = fn, .arg = arg };
	int ret;

	if (vn_file_read(&sb, path) == -1) {
		vn_diag(VN_ERROR, path, 0, 0, "%s", strerror(errno));
		return (-1);
	}
	a.data = sb.data;
	a.len = sb.len;
	a.thin = a.len >= MAGIC_LEN && memcmp(a.data, "!<thin>\n",
	    MAGIC_LEN) == 0;
	if (!a.thin && (a.len < MAGIC_LEN ||
	    memcmp(a.data, "!<arch>\n", MAGIC_LEN) != 0))
		return (fn(path, (unsigned char *)vn_strbuf_take(&sb), a.len,
		    arg));
	ret = walk_archive(&a);
	vn_strbuf_free(&sb);
	return (ret);
}
