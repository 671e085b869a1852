/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Digests of files by their stat(2), so that each state of a file is read
 * once, whatever names it has.
 */

#include <sys/stat.h>

#include <md5.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "Build/build_impl.h"
#include "Support/file.h"
#include "Support/mem.h"

static const uint64_t magic = 0x0174736567696476;

/* A state of a file, and the bytes that it has. */
struct known {
	struct vn_stamp	 stamp;		/* the key */
	char		 digest[VN_DIGEST_SIZE];
	bool		 opens;		/* its assembler text reads files */
	bool		 used;
	UT_hash_handle	 hh;
};

/* A name, looked up once in a while. */
struct name {
	const struct known *now;	/* NULL: cannot be read */
	UT_hash_handle	 hh;
	char		 path[];
};

struct vn_digests {
	struct known	*known;
	struct name	*names;
	bool		 changed;
};

static struct known *
find(struct vn_digests *digests, const struct vn_stamp *stamp)
{
	struct known *known;

	HASH_FIND(hh, digests->known, stamp, sizeof(*stamp), known);
	if (known != NULL)
		known->used = true;
	return (known);
}

static struct known *
insert(struct vn_digests *digests, const struct vn_stamp *stamp,
    const char *digest, bool opens)
{
	struct known *known;

	known = vn_calloc(1, sizeof(*known));
	known->stamp = *stamp;
	memcpy(known->digest, digest, VN_DIGEST_SIZE);
	known->opens = opens;
	HASH_ADD(hh, digests->known, stamp, sizeof(*stamp), known);
	return (known);
}

/*
 * Is there a directive of the assembler that reads a file, which no dependency
 * file would name?  The name stands in quotes, of a string perhaps.
 */
static bool
opens_with(const struct vn_strbuf *text, const char *directive)
{
	const char *p = text->data, *end = p + text->len;
	size_t len = strlen(directive);

	while (p != NULL && p < end &&
	    (p = memmem(p, (size_t)(end - p), directive, len)) != NULL) {
		p += len;
		if (p[strspn(p, " \t\\")] == '"')
			return (true);
	}
	return (false);
}

/* Read the file, which has that stamp now; NULL if it has not any more. */
static struct known *
read_now(struct vn_digests *digests, const char *path,
    const struct vn_stamp *stamp)
{
	struct vn_strbuf text = { 0 };
	struct known *known = NULL;
	char digest[VN_DIGEST_SIZE];
	struct vn_stamp after;

	if (vn_file_read(&text, path) == 0 && vn_stamp_path(&after, path) &&
	    vn_stamp_same(stamp, &after)) {
		MD5Data((const uint8_t *)(text.len == 0 ? "" : text.data),
		    text.len, digest);
		known = insert(digests, stamp, digest, text.len != 0 &&
		    (opens_with(&text, ".incbin") ||
		    opens_with(&text, ".include")));
		known->used = digests->changed = true;
	}
	vn_strbuf_free(&text);
	return (known);
}

static const struct known *
now(struct vn_digests *digests, const char *path)
{
	struct vn_stamp stamp;
	struct known *known = NULL;
	struct name *name;
	size_t len = strlen(path);

	HASH_FIND(hh, digests->names, path, len, name);
	if (name != NULL)
		return (name->now);
	if (vn_stamp_path(&stamp, path)) {
		known = find(digests, &stamp);
		if (known == NULL)
			known = read_now(digests, path, &stamp);
	}
	name = vn_calloc(1, sizeof(*name) + len + 1);
	memcpy(name->path, path, len);
	name->now = known;
	HASH_ADD(hh, digests->names, path, len, name);
	return (known);
}

void
vn_digests_note(struct vn_digests *digests, const char *path,
    const struct vn_stamp *stamp)
{
	struct vn_stamp current;

	if (find(digests, stamp) == NULL && vn_stamp_path(&current, path) &&
	    vn_stamp_same(stamp, &current))
		read_now(digests, path, stamp);
}

bool
vn_digests_same(struct vn_digests *digests, const char *path,
    const struct vn_stamp *stamp)
{
	const struct known *is, *was;

	is = now(digests, path);
	was = find(digests, stamp);
	return (is != NULL && was != NULL && !is->opens &&
	    (is == was || strcmp(is->digest, was->digest) == 0));
}

const char *
vn_digests_now(struct vn_digests *digests, const char *path)
{
	const struct known *known = now(digests, path);

	return (known == NULL ? NULL : known->digest);
}

static void
get_all(struct vn_digests *digests, struct vn_fields *in)
{
	struct vn_stamp stamp;
	const char *digest;
	uint64_t count, opens;

	if (vn_field_get_number(in) != magic)
		return;
	for (count = vn_field_get_number(in); count > 0; count--) {
		vn_field_get_stamp(in, &stamp);
		digest = vn_field_get_text(in);
		opens = vn_field_get_number(in);
		if (in->bad || strlen(digest) != VN_DIGEST_SIZE - 1)
			return;
		insert(digests, &stamp, digest, opens != 0);
	}
}

struct vn_digests *
vn_digests_read(const char *path)
{
	struct vn_strbuf bytes = { 0 };
	struct vn_digests *digests;
	struct vn_fields in = { 0 };

	digests = vn_calloc(1, sizeof(*digests));
	if (vn_file_read(&bytes, path) == 0 && bytes.len > 0) {
		in.data = bytes.data;
		in.len = bytes.len;
		get_all(digests, &in);
	}
	vn_strbuf_free(&bytes);
	return (digests);
}

int
vn_digests_write(struct vn_digests *digests, const char *path)
{
	struct vn_strbuf bytes = { 0 };
	struct known *known;
	uint64_t all, used = 0, written;
	int error;

	if (!digests->changed)
		return (0);
	all = HASH_COUNT(digests->known);
	for (known = digests->known; known != NULL; known = known->hh.next)
		used += known->used;
	/* Other builds in this directory may want what this one did not. */
	written = all > 4 * used + 10000 ? used : all;
	vn_field_number(&bytes, magic);
	vn_field_number(&bytes, written);
	for (known = digests->known; known != NULL; known = known->hh.next)
		if (written == all || known->used) {
			vn_field_stamp(&bytes, &known->stamp);
			vn_field_text(&bytes, known->digest);
			vn_field_number(&bytes, known->opens);
		}
	error = vn_build_write(path, &bytes);
	vn_strbuf_free(&bytes);
	return (error);
}

void
vn_digests_free(struct vn_digests *digests)
{
	struct known *known, *next_known;
	struct name *name, *next_name;

	HASH_ITER(hh, digests->known, known, next_known) {
		HASH_DEL(digests->known, known);
		free(known);
	}
	HASH_ITER(hh, digests->names, name, next_name) {
		HASH_DEL(digests->names, name);
		free(name);
	}
	free(digests);
}
