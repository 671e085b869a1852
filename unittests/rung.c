/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * For the tests of lib/Object, which want to compare two files and no more:
 *
 *	rung PLAIN CONVERTED [NOW=WAS ...]	the rung, by its name
 *	rung -h PLAIN CONVERTED			"same" or "differs" in 2008
 *	rung -f PLAIN CONVERTED			do both feed the same to a sum?
 *	rung -z FILE [STEP]			mutants of a file, for crashes
 *	rung -l FILE				the objects of a file or archive
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/compare.h"
#include "Object/object.h"

static void
read_object(struct vn_object *o, const char *path)
{
	struct vn_strbuf sb = { 0 };
	size_t len;

	if (vn_file_read(&sb, path) == -1) {
		perror(path);
		exit(2);
	}
	len = sb.len;
	if (vn_object_read(o, path, (unsigned char *)vn_strbuf_take(&sb),
	    len) == -1)
		exit(2);
}

static void
add_bytes(const void *bytes, size_t len, void *arg)
{
	vn_strbuf_add(arg, bytes, len);
}

static bool
same_feed(const struct vn_object *a, const struct vn_object *b)
{
	struct vn_strbuf x = { 0 }, y = { 0 };
	bool same;

	vn_object_feed(a, add_bytes, &x);
	vn_object_feed(b, add_bytes, &y);
	same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	vn_strbuf_free(&x);
	vn_strbuf_free(&y);
	return (same);
}

/* "now=was" ... as renames. */
static void
print_rung(const struct vn_object *a, const struct vn_object *b, char **words,
    size_t count)
{
	struct vn_rename *renames = vn_calloc(count + 1, sizeof(*renames));
	struct vn_compare how = { renames, count };

	for (size_t i = 0; i < count; i++) {
		renames[i].now = words[i];
		renames[i].was = strchr(words[i], '=');
		if (renames[i].was == NULL)
			exit(2);
		*renames[i].was++ = '\0';
	}
	puts(vn_rung_name(vn_object_compare(a, b, &how)));
	free(renames);
}

/* One mutant: read, and if that works compared with the original. */
static bool
try_mutant(const struct vn_object *original, const unsigned char *data,
    size_t len)
{
	unsigned char *copy = vn_malloc(len + 1);
	unsigned before = vn_diag_errors();
	struct vn_object o;

	memcpy(copy, data, len);
	/* No byte more than the file has, so that a sanitizer sees each. */
	copy = vn_realloc(copy, len == 0 ? 1 : len);
	if (vn_object_read(&o, "mutant", copy, len) == -1) {
		if (vn_diag_errors() != before + 1)
			abort();
		return (false);
	}
	if (vn_object_compare(&o, &o, NULL) != VN_RUNG_BYTES ||
	    !same_feed(&o, &o))
		abort();
	vn_object_compare(original, &o, NULL);
	vn_object_compare(&o, original, NULL);
	vn_object_historical(original, &o);
	for (size_t i = 0; i < o.nsections; i++)
		vn_object_symbol_at(&o, (int)i, i);
	vn_object_free(&o);
	return (true);
}

/* Numbers that are the same everywhere (Numerical Recipes' constants). */
static unsigned
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return ((unsigned)(*state >> 33));
}

static void
damage(unsigned char *data, size_t len, uint64_t *state)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	unsigned count = next_random(state) % 4 + 1;

	while (count-- > 0) {
		unsigned kind = next_random(state) % 4;
		/* Headers stand at both ends of a file. */
		size_t part = kind == 0 ? 64 : kind == 1 ? len / 2 : len;
		size_t at = next_random(state) % (part < len ? part : len);

		if (kind == 1)
			at += len - part;
		data[at] = next_random(state) % 2 == 0 ?
		    values[next_random(state) % sizeof(values)] :
		    data[at] ^ (unsigned char)(1u << next_random(state) % 8);
	}
}

static void
fuzz(const char *path, size_t step)
{
	struct vn_object o;
	unsigned char *data;
	unsigned good = 0, bad = 0;
	uint64_t state = 4;

	read_object(&o, path);
	for (size_t len = 0; len < o.len; len += step)
		(*(try_mutant(&o, o.data, len) ? &good : &bad))++;
	data = vn_malloc(o.len);
	for (size_t i = 0; i < 4000; i++) {
		memcpy(data, o.data, o.len);
		damage(data, o.len, &state);
		(*(try_mutant(&o, data, o.len) ? &good : &bad))++;
	}
	free(data);
	printf("%u read, %u refused\n", good, bad);
	vn_object_free(&o);
}

static int
list_one(const char *name, unsigned char *data, size_t len, void *arg)
{
	struct vn_object o;

	(void)arg;
	printf("%s\n", name);
	if (vn_object_read(&o, name, data, len) == -1)
		return (1);
	vn_object_free(&o);
	return (0);
}

static int
compare(int argc, char **argv, char mode)
{
	struct vn_object a, b;

	if (argc < 2)
		return (2);
	read_object(&a, argv[0]);
	read_object(&b, argv[1]);
	if (mode == 'h')
		puts(vn_object_historical(&a, &b) ? "same" : "differs");
	else if (mode == 'f')
		puts(same_feed(&a, &b) ? "same" : "differs");
	else
		print_rung(&a, &b, argv + 2, (size_t)argc - 2);
	vn_object_free(&a);
	vn_object_free(&b);
	return (0);
}

int
main(int argc, char **argv)
{
	char mode = argc > 1 && argv[1][0] == '-' ? argv[1][1] : '\0';

	vn_diag_setup("rung", VN_WARNING);
	if (mode == 'z' && argc > 2)
		fuzz(argv[2], argc > 3 ? (size_t)atoi(argv[3]) : 1);
	else if (mode == 'l' && argc > 2)
		return (vn_object_walk(argv[2], list_one, NULL) == 0 ? 0 : 2);
	else
		return (compare(argc - 1 - (mode != '\0'),
		    argv + 1 + (mode != '\0'), mode));
	return (0);
}
