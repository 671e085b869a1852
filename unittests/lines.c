/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * For tests: the line numbers of a pair of sources.
 *
 *   lines [NAME] PLAIN CONVERTED          the converted source with "#line",
 *                                         as if it were called NAME
 *   lines --map PLAIN CONVERTED           the plain line of each line, or 0
 *   lines --pad PLAIN CONVERTED P C       the padded ones, to files P and C
 *
 * Stretches go to standard error.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Mirror/linemap.h"
#include "Support/diag.h"
#include "Support/file.h"
#include "Support/strbuf.h"

static struct vn_strbuf plain, converted;
static struct vn_linemap map;

static void
print_map(void)
{
	size_t i;

	for (i = 0; i < map.count; i++)
		printf("%u\n", map.lines[i]);
}

static void
print_stretches(const struct vn_stretches *v)
{
	const struct vn_stretch *s;

	for (size_t i = 0; i < v->count; i++) {
		s = &v->items[i];
		fprintf(stderr, "%s:%u-%u: says %u, wanted %u\n", s->path,
		    s->first, s->last, s->said, s->wanted);
	}
}

static void
print_neutral(const char *name)
{
	struct vn_stretches v = { 0 };
	struct vn_strbuf out = { 0 };

	vn_linemap_neutralize(&out, &v, name, &map, converted.data,
	    converted.len);
	fwrite(out.data, 1, out.len, stdout);
	print_stretches(&v);
	vn_stretches_free(&v);
	vn_strbuf_free(&out);
}

static int
write_padded(const char *name, char **files)
{
	struct vn_stretches v = { 0 };
	struct vn_strbuf p = { 0 }, c = { 0 };
	int error;

	vn_linemap_pad(&p, &c, &v, name, &map, plain.data, plain.len,
	    converted.data, converted.len);
	error = vn_file_write(files[0], p.data, p.len, NULL) |
	    vn_file_write(files[1], c.data, c.len, NULL);
	print_stretches(&v);
	vn_stretches_free(&v);
	vn_strbuf_free(&p);
	vn_strbuf_free(&c);
	return (error != 0);
}

int
main(int argc, char **argv)
{
	const char *first = argv[1];
	int error = 0, named;

	vn_diag_setup("lines", VN_WARNING);
	named = argc == 4 || argc == 6;
	if (argc < 3 || vn_file_read(&plain, argv[1 + named]) != 0 ||
	    vn_file_read(&converted, argv[2 + named]) != 0) {
		vn_error("usage: lines [NAME|--map|--pad] PLAIN CONVERTED");
		return (2);
	}
	vn_linemap_make(&map, plain.data, plain.len, converted.data,
	    converted.len);
	if (strcmp(first, "--map") == 0)
		print_map();
	else if (strcmp(first, "--pad") == 0)
		error = write_padded(argv[3], argv + 4);
	else
		print_neutral(named ? first : argv[2]);
	vn_linemap_free(&map);
	vn_strbuf_free(&plain);
	vn_strbuf_free(&converted);
	return (error);
}
