/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What VIMAGE shows, for a person.
 */

#include <inttypes.h>
#include <stdlib.h>

#include "Verify/pair.h"
#include "Verify/vimage.h"

bool
vn_vimage_fits(const struct vn_vimage *vimage, uint64_t size)
{

	return (vimage->modspace == 0 || size <= vimage->modspace);
}

static void
print_object(FILE *out, const struct vn_vimage *vimage,
    const struct vn_vimage_object *o, bool verbose)
{

	if (!vn_vimage_fits(vimage, o->size) && vimage->modules.count == 0)
		fprintf(out, "%s: %" PRIu64 " bytes of set_vnet, more than "
		    "the %" PRIu64 " for modules: it has to be in the "
		    "kernel\n", o->name, o->size, vimage->modspace);
	else if (verbose)
		fprintf(out, "%s: %" PRIu64 " bytes of set_vnet\n", o->name,
		    o->size);
	for (size_t i = 0; verbose && i < o->variables.count; i++)
		fprintf(out, "\t%8" PRIu64 " %s\n",
		    o->variables.items[i].size, o->variables.items[i].name);
}

static void
print_module(FILE *out, const struct vn_vimage *vimage,
    const struct vn_vimage_module *m)
{

	fprintf(out, "%s: %" PRIu64 " bytes of set_vnet", m->name, m->size);
	if (vimage->modspace != 0)
		fprintf(out, ", the kernel has %" PRIu64 " for modules: it %s",
		    vimage->modspace, vn_vimage_fits(vimage, m->size) ?
		    "fits" : "cannot be loaded");
	putc('\n', out);
}

static void
print_pair(FILE *out, const struct vn_vimage_pair *p, bool verbose)
{

	fprintf(out, "%s: with VIMAGE: differs\n", p->name);
	vn_differences_print(out, &p->differences, verbose);
}

static void
print_sums(FILE *out, const struct vn_vimage *vimage)
{
	uint64_t total = 0;

	for (size_t i = 0; i < vimage->objects.count; i++)
		total += vimage->objects.items[i].size;
	fprintf(out, "with VIMAGE: %zu compiled, %zu failed; %" PRIu64
	    " bytes of set_vnet in %zu object%s; %zu problem%s\n",
	    vimage->compiled, vimage->failed, total, vimage->objects.count,
	    vimage->objects.count == 1 ? "" : "s", vimage->problems.count,
	    vimage->problems.count == 1 ? "" : "s");
	if (vimage->compared)
		fprintf(out, "with VIMAGE, by symbol: %zu equal, %zu differ, "
		    "%zu with variables of one tree\n", vimage->equal,
		    vimage->different.count, vimage->other);
}

void
vn_vimage_print(FILE *out, const struct vn_vimage *vimage, bool verbose)
{

	for (size_t i = 0; i < vimage->problems.count; i++) {
		const struct vn_vimage_problem *p = &vimage->problems.items[i];

		fprintf(out, "%s: with VIMAGE: %s [%s]\n", p->where, p->text,
		    p->kind);
	}
	for (size_t i = 0; i < vimage->different.count; i++)
		print_pair(out, &vimage->different.items[i], verbose);
	for (size_t i = 0; i < vimage->objects.count; i++)
		print_object(out, vimage, &vimage->objects.items[i], verbose);
	for (size_t i = 0; i < vimage->modules.count; i++)
		print_module(out, vimage, &vimage->modules.items[i]);
	print_sums(out, vimage);
}

int
vn_vimage_status(const struct vn_vimage *vimage)
{

	for (size_t i = 0; i < vimage->modules.count; i++)
		if (!vn_vimage_fits(vimage, vimage->modules.items[i].size))
			return (1);
	return (vimage->problems.count > 0 || vimage->different.count > 0);
}

void
vn_vimage_free(struct vn_vimage *vimage)
{

	for (size_t i = 0; i < vimage->problems.count; i++) {
		free(vimage->problems.items[i].where);
		free(vimage->problems.items[i].text);
	}
	for (size_t i = 0; i < vimage->objects.count; i++) {
		struct vn_vimage_object *o = &vimage->objects.items[i];

		for (size_t k = 0; k < o->variables.count; k++)
			free(o->variables.items[k].name);
		VN_FREE(&o->variables);
		free(o->name);
	}
	for (size_t i = 0; i < vimage->different.count; i++) {
		free(vimage->different.items[i].name);
		vn_differences_free(&vimage->different.items[i].differences);
	}
	VN_FREE(&vimage->problems);
	VN_FREE(&vimage->objects);
	VN_FREE(&vimage->different);
	VN_FREE(&vimage->modules);
}
