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

#include "Object/object.h"
#include "Object/vnet.h"
#include "Verify/bag.h"
#include "Verify/judge.h"
#include "Verify/pair.h"
#include "Verify/trees.h"
#include "Verify/trees_impl.h"
#include "Verify/vimage.h"
#include "Verify/vimage_impl.h"

/* ------ what the compiler says ------ */

/* What clang and gcc call it; both parts are in it. */
static const struct {
	const char	*text, *name, *kind;
} kinds[] = {
	{ "initializer element is not",	"",		"initializer" },
	{ "redefinition of",		"saved_vnet",	"saved-vnet" },
	{ "redeclaration of",		"saved_vnet",	"saved-vnet" },
	{ "undeclared",			"",		"undeclared" },
};

static const char *
kind_of(const char *text)
{

	for (size_t i = 0; i < VN_NITEMS(kinds); i++)
		if (strstr(text, kinds[i].text) != NULL &&
		    strstr(text, kinds[i].name) != NULL)
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

/* "net/if.c:12:3" is "net/if.c:12"; owned by the caller. */
static char *
place_of(const char *place, size_t len)
{
	char *copy = vn_strndup(place, len), *colon = strrchr(copy, ':');

	/* The column is of the compiler's reckoning; the line is enough. */
	if (colon != NULL && strchr(copy, ':') != colon)
		*colon = '\0';
	return (copy);
}

/* Where the mark stands in the line; NULL: it does not. */
static const char *
find_mark(const char *line, const char *mark)
{
	size_t len = strcspn(line, "\n");

	return (memmem(line, len, mark, strlen(mark)));
}

/*
 * An error at the start of line: where it is, or where the macro is used that
 * it is in, as gcc's notes tell that follow.
 */
static bool
take_error(struct vn_vimage *out, const char *line)
{
	static const char *const marks[] = { ": error: ", ": fatal error: " };
	const char *mark = NULL, *text, *used;
	char *where, *said;
	size_t i;

	for (i = 0; i < VN_NITEMS(marks) && mark == NULL; i++)
		mark = find_mark(line, marks[i]);
	if (mark == NULL)
		return (false);
	text = mark + strlen(marks[i - 1]);
	said = vn_strndup(text, strcspn(text, "\n"));
	where = place_of(line, (size_t)(mark - line));
	while (*(line += strcspn(line, "\n")) == '\n') {
		used = find_mark(++line, ": note: in expansion of macro ");
		if (used == NULL && (find_mark(line, ": note: ") != NULL ||
		    find_mark(line, ": error: ") != NULL))
			break;
		if (used == NULL)
			continue;
		free(where);
		where = place_of(line, (size_t)(used - line));
	}
	vn_vimage_add(out, kind_of(said), where, said);
	return (true);
}

static void
take_messages(struct vn_vimage *out, const char *name, const char *messages)
{
	const char *line = messages;
	bool any = false;

	for (; *line != '\0'; line += *line == '\n') {
		any = take_error(out, line) || any;
		line += strcspn(line, "\n");
	}
	if (!any)
		vn_vimage_add(out, "error", vn_strdup(name),
		    vn_strdup("it does not compile"));
}

/* ------ objects ------ */

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

/* The sizes of a module's objects, once all are known. */
static void
add_objects(struct vn_vimage *out, struct vn_vimage_module *module,
    const char *name)
{

	module->objects++;
	for (size_t i = 0; i < out->objects.count; i++)
		if (strcmp(out->objects.items[i].name, name) == 0)
			module->size += out->objects.items[i].size;
}

static int
add_modules(struct vn_vimage *out, const struct verifying *v)
{

	for (size_t m = 0; m < out->modules.count; m++) {
		struct vn_vimage_module *module = &out->modules.items[m];

		for (size_t i = 0; i < v->units.count; i++) {
			const struct unit *u = &v->units.items[i];

			if (fnmatch(module->glob, u->rel, 0) == 0 ||
			    fnmatch(module->glob, u->name, 0) == 0)
				add_objects(out, module, u->name);
		}
		if (module->objects > 0)
			continue;
		vn_error("--module=%s:%s matches no object", module->name,
		    module->glob);
		return (-1);
	}
	return (0);
}

/* ------ both trees ------ */

struct both {
	struct vn_vimage	*out;
	struct vn_pairs		*pairs;
	struct verifying	*v;
	struct vn_wanted	*wanted;
	struct vn_bag		 variables[2];	/* of the trees */
};

static bool
has_symbol(const struct vn_object *object, const char *name)
{

	for (size_t i = 1; i < object->nsymbols; i++)
		if (strcmp(object->symbols[i].name, name) == 0)
			return (true);
	return (false);
}

/*
 * Does the object name a variable that the other tree has not virtualized, as
 * far as its sources and the other object tell?
 */
static bool
is_alone(const struct vn_object *object, const struct vn_object *other,
    const struct vn_bag *variables)
{
	const size_t len = sizeof(VN_ENTRY_PREFIX) - 1;

	for (size_t i = 1; i < object->nsymbols; i++) {
		const char *name = object->symbols[i].name;

		if (strncmp(name, VN_ENTRY_PREFIX, len) == 0 &&
		    !vn_bag_has(variables, name + len) &&
		    !has_symbol(other, name))
			return (true);
	}
	return (false);
}

static int
compare(struct both *b, const struct unit *u, const struct vn_step *plain,
    const struct vn_object *converted)
{
	struct vn_vimage *out = b->out;
	struct vn_differences differences = { 0 };
	struct vn_object one;

	if (vn_judge_open(&one, plain->output) != 0)
		return (-1);
	if (is_alone(&one, converted, &b->variables[VN_CONVERTED]) ||
	    is_alone(converted, &one, &b->variables[VN_PLAIN]))
		out->other++;
	else if (vn_vnet_compare(&differences, &one, converted) == 0)
		out->equal++;
	else
		VN_PUSH(&out->different, (struct vn_vimage_pair){
		    vn_strdup(u->name), differences });
	vn_object_free(&one);
	return (0);
}

static int
look_at(struct both *b, const struct unit *u)
{
	struct vn_vimage *out = b->out;
	const struct vn_step *step = vn_verifying_step(b->v, u, VN_CONVERTED);
	const struct vn_step *plain = vn_verifying_step(b->v, u, VN_PLAIN);
	const struct vn_pair *pair = vn_pairs_get(b->pairs, u->name);
	struct vn_object object;
	int status = 0;

	if (step == NULL)
		return (0);
	if (!vn_step_is_good(step)) {
		out->failed++;
		if (pair->presence[VN_CONVERTED] == VN_PRESENT) {
			char *said = vn_shown_messages(b->v, step,
			    VN_CONVERTED);

			take_messages(out, u->name, said);
			free(said);
		}
		return (0);
	}
	if (vn_judge_open(&object, step->output) != 0)
		return (-1);
	out->compiled++;
	take_sizes(out, u->name, &object);
	vn_wanted_add(b->wanted, u, &object);
	if (plain != NULL && vn_step_is_good(plain))
		status = compare(b, u, plain, &object);
	vn_object_free(&object);
	return (status);
}

static int
look_at_all(struct both *b)
{
	int status = vn_verifying_compile(b->v);

	b->wanted = vn_wanted_new();
	for (size_t i = 0; status == 0 && i < b->v->units.count; i++)
		status = look_at(b, &b->v->units.items[i]);
	if (status == 0)
		vn_wanted_report(b->wanted, b->out, b->v);
	vn_wanted_free(b->wanted);
	return (status != 0 ? status : add_modules(b->out, b->v));
}

/* Has the bag all words of the other? */
static bool
has_all(const struct vn_bag *bag, const struct vn_bag *of)
{
	size_t i = 0;

	while (i < of->words.count && vn_bag_has(bag, of->words.items[i]))
		i++;
	return (i == of->words.count);
}

/*
 * Are both trees conversions?  One that has only some of the variables of the
 * other is what that was made of.
 */
static bool
are_conversions(const struct vn_bag variables[2])
{
	const struct vn_bag *plain = &variables[VN_PLAIN];
	const struct vn_bag *converted = &variables[VN_CONVERTED];

	return (plain->words.count > 0 && (!has_all(converted, plain) ||
	    has_all(plain, converted)));
}

/* How the trees are compiled with VIMAGE; settings become the caller's. */
static struct vn_trees
with_vimage(const struct vn_trees *how, const char *work)
{
	struct vn_trees with = *how;

	with.settings = vn_calloc(how->nsettings + 1, sizeof(*with.settings));
	if (how->nsettings > 0)
		memcpy(with.settings, how->settings,
		    how->nsettings * sizeof(*with.settings));
	with.settings[how->nsettings] = (struct vn_setting){
	    .name = (char *)(uintptr_t)"VIMAGE",
	    .value = (char *)(uintptr_t)"1" };
	with.nsettings = how->nsettings + 1;
	with.quick = false;
	with.aside = how->work;
	with.work = work;
	return (with);
}

int
vn_vimage_verify(struct vn_vimage *out, struct vn_pairs *pairs,
    const struct vn_trees *how)
{
	char *work = vn_file_join(how->work, "vimage");
	struct vn_trees with = with_vimage(how, work);
	struct verifying v = { .sides = { false, true } };
	struct both b = { .out = out, .pairs = pairs, .v = &v };
	int status;

	if (out->modspace == 0)
		out->modspace = vn_vimage_modmin(how->trees[VN_CONVERTED]);
	for (int side = 0; side < 2; side++)
		vn_vimage_variables(&b.variables[side], how->trees[side]);
	out->compared = v.sides[VN_PLAIN] = are_conversions(b.variables);
	/* Sizes need no equal lines, and places are those of the tree. */
	with.no_lines = !out->compared;
	status = vn_verifying_begin(&v, &with);
	if (status == 0)
		status = look_at_all(&b);
	vn_verifying_free(&v);
	vn_bag_free(&b.variables[VN_PLAIN]);
	vn_bag_free(&b.variables[VN_CONVERTED]);
	free(with.settings);
	free(work);
	return (status);
}
