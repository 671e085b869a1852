/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Compiling with VIMAGE, and counting bytes.
 */

#include <fnmatch.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/object.h"
#include "Object/vnet.h"
#include "Verify/pair.h"
#include "Verify/trees.h"
#include "Verify/trees_impl.h"
#include "Verify/vimage.h"
#include "Verify/vimage_impl.h"

/* ------ what the compiler says ------ */

/* Beginnings of what clang and gcc call it. */
static const struct {
	const char	*text, *kind;
} kinds[] = {
	{ "initializer element is not",		"initializer" },
	{ "redefinition of 'saved_vnet'",	"saved-vnet" },
	{ "redeclaration of 'saved_vnet'",	"saved-vnet" },
	{ "use of undeclared identifier",	"undeclared" },
	{ "undeclared",				"undeclared" },
};

static const char *
kind_of(const char *text)
{

	for (size_t i = 0; i < VN_NITEMS(kinds); i++)
		if (strstr(text, kinds[i].text) != NULL)
			return (kinds[i].kind);
	return ("error");
}

void
vn_vimage_add(struct vn_vimage *out, const char *kind, char *where, char *text)
{

	for (size_t i = 0; i < out->problems.count; i++) {
		const struct vn_vimage_problem *p = &out->problems.items[i];

		if (strcmp(p->where, where) == 0 &&
		    strcmp(p->text, text) == 0) {
			free(where);
			free(text);
			return;
		}
	}
	VN_PUSH(&out->problems, (struct vn_vimage_problem){ kind, where,
	    text });
}

/* "net/if.c:12:3: error: TEXT": a problem at net/if.c:12. */
static bool
take_line(struct vn_vimage *out, const char *line, size_t len)
{
	static const char *const marks[] = { ": error: ", ": fatal error: " };
	char *copy = vn_strndup(line, len), *mark = NULL, *colon, *text;
	size_t i;

	for (i = 0; i < VN_NITEMS(marks) && mark == NULL; i++)
		mark = strstr(copy, marks[i]);
	if (mark == NULL) {
		free(copy);
		return (false);
	}
	text = vn_strdup(mark + strlen(marks[i - 1]));
	*mark = '\0';
	/* The column is of the compiler's reckoning; the line is enough. */
	colon = strrchr(copy, ':');
	if (colon != NULL && strchr(copy, ':') != colon)
		*colon = '\0';
	vn_vimage_add(out, kind_of(text), copy, text);
	return (true);
}

static void
take_messages(struct vn_vimage *out, const char *name, const char *messages)
{
	const char *line = messages, *end;
	bool any = false;

	for (; *line != '\0'; line = end + (*end == '\n')) {
		end = line + strcspn(line, "\n");
		any = take_line(out, line, (size_t)(end - line)) || any;
	}
	if (!any)
		vn_vimage_add(out, "error", vn_strdup(name),
		    vn_strdup("it does not compile"));
}

/* ------ objects ------ */

static int
open_object(struct vn_object *out, const char *path)
{
	struct vn_strbuf sb = { 0 };
	size_t len;

	if (vn_file_read(&sb, path) != 0) {
		vn_error("cannot read '%s'", path);
		vn_strbuf_free(&sb);
		return (-1);
	}
	len = sb.len;
	return (vn_object_read(out, path,
	    (unsigned char *)vn_strbuf_take(&sb), len));
}

static void
take_sizes(struct vn_vimage *out, const char *name,
    const struct vn_object *object)
{
	struct vn_vimage_object o = { 0 };
	struct vn_vnet_set set;

	vn_vnet_read(&set, object);
	for (size_t i = 0; i < set.count; i++)
		VN_PUSH(&o.variables, (struct vn_vimage_variable){
		    vn_strdup(set.items[i].name), set.items[i].size });
	if (set.size > 0) {
		o.name = vn_strdup(name);
		o.size = set.size;
		VN_PUSH(&out->objects, o);
	}
	vn_vnet_free(&set);
}

/* A pattern that matches nothing would always fit. */
static int
check_modules(const struct vn_vimage *vimage, const struct verifying *v)
{

	for (size_t m = 0; m < vimage->modules.count; m++) {
		const struct vn_vimage_module *module =
		    &vimage->modules.items[m];
		size_t i = 0;

		while (i < v->units.count &&
		    fnmatch(module->glob, v->units.items[i].name, 0) != 0)
			i++;
		if (i < v->units.count)
			continue;
		vn_error("--module=%s:%s matches no object", module->name,
		    module->glob);
		return (-1);
	}
	return (0);
}

/* Sizes of modules, once all objects are known. */
static void
add_modules(struct vn_vimage *out)
{

	for (size_t m = 0; m < out->modules.count; m++) {
		struct vn_vimage_module *module = &out->modules.items[m];

		for (size_t i = 0; i < out->objects.count; i++) {
			if (fnmatch(module->glob, out->objects.items[i].name,
			    0) != 0)
				continue;
			module->size += out->objects.items[i].size;
			module->objects++;
		}
	}
}

/* ------ both trees ------ */

static int
compare(struct vn_vimage *out, struct vn_pairs *pairs, const struct unit *u,
    const struct vn_step *plain, const struct vn_object *converted)
{
	struct vn_object one;
	struct vn_pair *pair = vn_pairs_get(pairs, u->name);

	if (open_object(&one, plain->output) != 0)
		return (-1);
	if (vn_vnet_compare(&pair->differences, &one, converted) == 0)
		out->equal++;
	else
		out->differ++;
	vn_object_free(&one);
	return (0);
}

static int
look_at(struct vn_vimage *out, struct vn_pairs *pairs,
    const struct verifying *v, const struct unit *u, struct vn_wanted *wanted)
{
	const struct vn_step *step = vn_verifying_step(v, u, VN_CONVERTED);
	const struct vn_step *plain = vn_verifying_step(v, u, VN_PLAIN);
	const struct vn_pair *pair = vn_pairs_get(pairs, u->name);
	struct vn_object object;
	int status = 0;

	if (step == NULL)
		return (0);
	if (!vn_step_is_good(step)) {
		out->failed++;
		if (pair->presence[VN_CONVERTED] == VN_PRESENT) {
			char *said = vn_shown_messages(v, step, VN_CONVERTED);

			take_messages(out, u->name, said);
			free(said);
		}
		return (0);
	}
	if (open_object(&object, step->output) != 0)
		return (-1);
	out->compiled++;
	take_sizes(out, u->name, &object);
	vn_wanted_add(wanted, u->name, &object);
	if (plain != NULL && vn_step_is_good(plain))
		status = compare(out, pairs, u, plain, &object);
	vn_object_free(&object);
	return (status);
}

static int
look_at_all(struct vn_vimage *out, struct vn_pairs *pairs,
    struct verifying *v)
{
	struct vn_wanted *wanted = vn_wanted_new();
	int status = vn_verifying_compile(v);

	for (size_t i = 0; status == 0 && i < v->units.count; i++)
		status = look_at(out, pairs, v, &v->units.items[i], wanted);
	if (status == 0)
		vn_wanted_report(wanted, out, v->how->trees[VN_CONVERTED]);
	vn_wanted_free(wanted);
	add_modules(out);
	return (status);
}

int
vn_vimage_verify(struct vn_vimage *out, struct vn_pairs *pairs,
    const struct vn_trees *how)
{
	struct vn_trees with = *how;
	struct verifying v = { .sides = { false, true } };
	char *work = vn_file_join(how->work, "vimage");
	int status;

	with.settings = vn_calloc(how->nsettings + 1, sizeof(*with.settings));
	if (how->nsettings > 0)
		memcpy(with.settings, how->settings,
		    how->nsettings * sizeof(*with.settings));
	with.settings[how->nsettings] = (struct vn_setting){
	    .name = (char[]){ "VIMAGE" }, .value = (char[]){ "1" } };
	with.nsettings = how->nsettings + 1;
	with.no_lines = true;
	with.work = work;
	if (out->modspace == 0)
		out->modspace = vn_vimage_modmin(how->trees[VN_CONVERTED]);
	out->compared = v.sides[VN_PLAIN] = vn_vimage_same_variables(how,
	    &out->other);
	status = vn_verifying_begin(&v, &with);
	if (status == 0)
		status = check_modules(out, &v);
	if (status == 0)
		status = look_at_all(out, pairs, &v);
	vn_verifying_free(&v);
	free(with.settings);
	free(work);
	return (status);
}

/* ------ for a person ------ */

static void
print_module(FILE *out, const struct vn_vimage *vimage,
    const struct vn_vimage_module *m)
{

	fprintf(out, "%s: %" PRIu64 " bytes of set_vnet", m->name, m->size);
	if (vimage->modspace != 0)
		fprintf(out, ", the kernel has %" PRIu64 " for modules: it %s",
		    vimage->modspace, m->size > vimage->modspace ?
		    "cannot be loaded" : "fits");
	putc('\n', out);
}

void
vn_vimage_print(FILE *out, const struct vn_vimage *vimage, bool verbose)
{
	uint64_t total = 0;

	for (size_t i = 0; i < vimage->problems.count; i++) {
		const struct vn_vimage_problem *p = &vimage->problems.items[i];

		fprintf(out, "%s: with VIMAGE: %s [%s]\n", p->where, p->text,
		    p->kind);
	}
	for (size_t i = 0; i < vimage->objects.count; i++) {
		const struct vn_vimage_object *o = &vimage->objects.items[i];

		total += o->size;
		if (verbose)
			fprintf(out, "%s: %" PRIu64 " bytes of set_vnet\n",
			    o->name, o->size);
		for (size_t k = 0; verbose && k < o->variables.count; k++)
			fprintf(out, "\t%8" PRIu64 " %s\n",
			    o->variables.items[k].size,
			    o->variables.items[k].name);
		if (vimage->modspace != 0 && o->size > vimage->modspace &&
		    vimage->modules.count == 0)
			fprintf(out, "%s: %" PRIu64 " bytes of set_vnet, more "
			    "than the %" PRIu64 " for modules: it has to be "
			    "in the kernel\n", o->name, o->size,
			    vimage->modspace);
	}
	for (size_t i = 0; i < vimage->modules.count; i++)
		print_module(out, vimage, &vimage->modules.items[i]);
	fprintf(out, "with VIMAGE: %zu compiled, %zu failed; %" PRIu64
	    " bytes of set_vnet in %zu object%s; %zu problem%s\n",
	    vimage->compiled, vimage->failed, total, vimage->objects.count,
	    vimage->objects.count == 1 ? "" : "s", vimage->problems.count,
	    vimage->problems.count == 1 ? "" : "s");
	if (vimage->other)
		fputs("with VIMAGE: not compared by symbol, since the plain "
		    "tree has a VNET_DEFINE\nthat the converted one has "
		    "not\n", out);
	if (vimage->compared)
		fprintf(out, "with VIMAGE, by symbol: %zu equal, %zu differ\n",
		    vimage->equal, vimage->differ);
}

int
vn_vimage_status(const struct vn_vimage *vimage)
{

	for (size_t i = 0; i < vimage->modules.count; i++)
		if (vimage->modspace != 0 &&
		    vimage->modules.items[i].size > vimage->modspace)
			return (1);
	return (vimage->problems.count > 0 || vimage->differ > 0);
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
	VN_FREE(&vimage->problems);
	VN_FREE(&vimage->objects);
	VN_FREE(&vimage->modules);
}
