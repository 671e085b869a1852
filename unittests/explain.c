/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What differs between two objects, one difference a line, for the tests.
 *
 * usage: explain [-v] ONE OTHER [ONE_G OTHER_G]
 *        explain -s OBJECT
 *
 * -v compares two objects with VIMAGE, -s lists the variables of one.
 * Exit status: 0 nothing differs, 1 something does, 2 trouble.
 */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Object/explain.h"
#include "Object/object.h"
#include "Object/vnet.h"
#include "Support/file.h"
#include "Support/strbuf.h"

static void
read_object(struct vn_object *out, const char *path)
{
	struct vn_strbuf sb = { 0 };
	size_t len;

	if (vn_file_read(&sb, path) != 0) {
		perror(path);
		exit(2);
	}
	len = sb.len;
	if (vn_object_read(out, path, (unsigned char *)vn_strbuf_take(&sb),
	    len) != 0)
		exit(2);
}

static const char *
word(const char *s)
{

	return (s == NULL ? "-" : s);
}

static void
print(const struct vn_differences *d)
{

	for (size_t i = 0; i < d->count; i++)
		printf("%s %s %s+%" PRIu64 ": %s -> %s%s%s\n",
		    vn_difference_name(d->items[i].kind),
		    word(d->items[i].section), word(d->items[i].symbol),
		    d->items[i].offset, word(d->items[i].was),
		    word(d->items[i].now),
		    d->items[i].where == NULL ? "" : " at ",
		    d->items[i].where == NULL ? "" : d->items[i].where);
}

static int
list_set(const char *path)
{
	struct vn_vnet_set set;
	struct vn_object o;

	read_object(&o, path);
	vn_vnet_read(&set, &o);
	printf("set_vnet: %" PRIu64 " bytes, aligned to %" PRIu64 "\n",
	    set.size, set.align);
	for (size_t i = 0; i < set.count; i++)
		printf("%s: %" PRIu64 " bytes at %" PRIu64 "\n",
		    set.items[i].name, set.items[i].size, set.items[i].offset);
	vn_vnet_free(&set);
	vn_object_free(&o);
	return (0);
}

static void
add_lines(struct vn_differences *d, const char *one, const char *other)
{
	struct vn_object o, p;

	read_object(&o, one);
	read_object(&p, other);
	vn_object_explain_lines(d, &o, &p);
	vn_object_free(&o);
	vn_object_free(&p);
}

int
main(int argc, char **argv)
{
	struct vn_differences d = { 0 };
	int vimage = argc > 1 && strcmp(argv[1], "-v") == 0, differs = 0;
	struct vn_object o, p;

	if (argc == 3 && strcmp(argv[1], "-s") == 0)
		return (list_set(argv[2]));
	argc -= vimage;
	argv += vimage;
	if (argc != 3 && argc != 5) {
		fprintf(stderr, "usage: explain [-v] ONE OTHER "
		    "[ONE_G OTHER_G]\n       explain -s OBJECT\n");
		return (2);
	}
	read_object(&o, argv[1]);
	read_object(&p, argv[2]);
	if (vimage)
		differs = vn_vnet_compare(&d, &o, &p);
	else
		vn_object_explain(&d, &o, &p);
	if (argc == 5)
		add_lines(&d, argv[3], argv[4]);
	print(&d);
	if (!vimage)
		differs = d.count > 0;
	vn_differences_free(&d);
	vn_object_free(&o);
	vn_object_free(&p);
	return (differs);
}
