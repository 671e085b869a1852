/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Variables that objects want and none has, as the linker would find.
 */

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/object.h"
#include "Verify/bag.h"
#include "Verify/pair.h"
#include "Verify/trees.h"
#include "Verify/trees_impl.h"
#include "Verify/vimage.h"
#include "Verify/vimage_impl.h"

/* Symbols of all objects, entries of variables and others. */
struct vn_wanted {
	struct vn_bag	 defined, undefined;
	VN_VEC(const struct unit *) users;	/* borrowed, by index in
						   undefined */
};

struct vn_wanted *
vn_wanted_new(void)
{

	return (vn_calloc(1, sizeof(struct vn_wanted)));
}

void
vn_wanted_add(struct vn_wanted *wanted, const struct unit *unit,
    const struct vn_object *object)
{

	for (size_t i = 1; i < object->nsymbols; i++) {
		const struct vn_symbol *s = &object->symbols[i];

		if (s->binding == STB_LOCAL || *s->name == '\0')
			continue;
		if (s->section != VN_IN_UNDEF)
			vn_bag_add(&wanted->defined, s->name, strlen(s->name));
		else if (vn_bag_add(&wanted->undefined, s->name,
		    strlen(s->name)))
			VN_PUSH(&wanted->users, unit);
	}
}

/* ------ where it is used ------ */

/* The line where the text first has the name outside of directives; or 0. */
static size_t
find_line(const char *data, size_t len, const char *name)
{
	struct vn_lex lex;
	size_t line = 0;

	if (memmem(data, len, name, strlen(name)) == NULL)
		return (0);
	vn_lex(&lex, data, len);
	for (size_t t = 0; t < lex.ntoks && line == 0; t++)
		if (lex.toks[t].dir == -1 &&
		    vn_tok_is(data, &lex.toks[t], name)) {
			line = 1;
			for (size_t i = 0; i < lex.toks[t].off; i++)
				line += data[i] == '\n';
		}
	vn_lex_free(&lex);
	return (line);
}

/* "net/if.c:12", owned by the caller; NULL: not in that file. */
static char *
place_in(const struct verifying *v, const char *path, const char *name)
{
	const char *below = vn_file_below(path, v->mirror.roots[VN_CONVERTED]);
	char *file = below == NULL ? NULL :
	    vn_file_join(v->how->trees[VN_CONVERTED], below);
	struct vn_strbuf sb = { 0 };
	size_t line = 0;

	/* The tree's own file: a private copy may have lines more. */
	if (file != NULL && vn_file_read(&sb, file) == 0 && sb.len > 0)
		line = find_line(sb.data, sb.len, name);
	free(file);
	vn_strbuf_free(&sb);
	return (line == 0 ? NULL : vn_asprintf("%s:%zu", below, line));
}

/* In the unit's source, a file that it includes, or just its object. */
static char *
place_of(const struct verifying *v, const struct unit *u, const char *name)
{
	char *path = vn_file_join(v->mirror.roots[VN_CONVERTED], u->rel);
	char *place = place_in(v, path, name);
	char **inputs = place != NULL ? NULL : vn_build_inputs(&v->build,
	    u->steps[VN_OUT_OBJECT][VN_CONVERTED]);

	for (size_t i = 0; inputs != NULL && inputs[i] != NULL; i++) {
		if (place == NULL)
			place = place_in(v, inputs[i], name);
		free(inputs[i]);
	}
	free(inputs);
	free(path);
	return (place == NULL ? vn_strdup(u->name) : place);
}

/* ------ the report ------ */

/* V_x, where nothing defines x. */
static void
report_entry(struct vn_vimage *out, const struct verifying *v,
    const struct unit *u, const char *variable)
{
	char *spelled = vn_asprintf("V_%s", variable);

	vn_vimage_add(out, "undefined", place_of(v, u, spelled),
	    vn_asprintf("'%s' is used, and defined nowhere", spelled));
	free(spelled);
}

/* x, where only V_x is defined. */
static void
report_plain(struct vn_vimage *out, const struct verifying *v,
    const struct unit *u, const char *name)
{

	vn_vimage_add(out, "reference", place_of(v, u, name),
	    vn_asprintf("'%s' is virtualized; use 'V_%s'", name, name));
}

static bool
is_entry_of(const struct vn_wanted *wanted, const char *name)
{
	char *entry = vn_asprintf(VN_ENTRY_PREFIX "%s", name);
	bool is = vn_bag_has(&wanted->defined, entry);

	free(entry);
	return (is);
}

void
vn_wanted_report(const struct vn_wanted *wanted, struct vn_vimage *out,
    const struct verifying *v)
{
	const size_t len = sizeof(VN_ENTRY_PREFIX) - 1;
	struct vn_bag sources = { .words = { 0 } };
	bool read = false;

	for (size_t i = 0; i < wanted->undefined.words.count; i++) {
		const char *name = wanted->undefined.words.items[i];
		const struct unit *u = wanted->users.items[i];

		if (vn_bag_has(&wanted->defined, name))
			continue;
		if (strncmp(name, VN_ENTRY_PREFIX, len) != 0) {
			if (is_entry_of(wanted, name))
				report_plain(out, v, u, name);
			continue;
		}
		/* What was not compiled may define it. */
		if (!read)
			vn_vimage_variables(&sources,
			    v->how->trees[VN_CONVERTED]);
		read = true;
		if (!vn_bag_has(&sources, name + len))
			report_entry(out, v, u, name + len);
	}
	vn_bag_free(&sources);
}

void
vn_wanted_free(struct vn_wanted *wanted)
{

	VN_FREE(&wanted->users);
	vn_bag_free(&wanted->undefined);
	vn_bag_free(&wanted->defined);
	free(wanted);
}
