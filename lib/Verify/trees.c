/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * From two trees and a database to pairs:
 *
 *	select_units()	the commands, and what each is called
 *	prepare()	private copies; settings made flags
 *	compile()	both sides, through ninja; with --quick those that
 *			tokens do not tell
 *	judge()		the objects
 *	explain()	those that differ, once more with -g; causes
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"

#include "Build/build.h"
#include "Build/recompile.h"
#include "Mirror/mirror.h"
#include "Object/compare.h"
#include "Units/commands.h"
#include "Verify/cause.h"
#include "Verify/judge.h"
#include "Verify/pair.h"
#include "Verify/record.h"
#include "Verify/trees.h"
#include "Verify/trees_impl.h"

/* ------ units ------ */

/* The tree that a source lies in, and its name there; NULL: in none. */
static const char *
home_of(const struct vn_trees *how, const char *file, const char **rel)
{
	const char *trees[] = { how->trees[0], how->trees[1], how->base };

	for (size_t i = 0; i < VN_NITEMS(trees); i++)
		if (trees[i] != NULL &&
		    (*rel = vn_file_below(file, trees[i])) != NULL)
			return (trees[i]);
	return (NULL);
}

/*
 * The source by another name, owned by the caller: that of its directory
 * without links, as a database may name a tree by one.  NULL: there is none.
 */
static char *
real_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *dir = slash == NULL ? NULL :
	    vn_strndup(file, (size_t)(slash - file) + 1);
	char *real = dir == NULL ? NULL : vn_file_realpath(dir), *name = NULL;

	if (real != NULL)
		name = vn_file_join(real, slash + 1);
	free(dir);
	free(real);
	return (name);
}

/* The same of a command, whatever it names the source. */
static const char *
find_home(struct verifying *v, const struct vn_command *c, const char **rel)
{
	const char *home = home_of(v->how, c->file, rel);
	char *name = home == NULL ? real_name(c->file) : NULL;

	if (name != NULL && (home = home_of(v->how, name, rel)) != NULL)
		VN_PUSH(&v->places, name);
	else
		free(name);
	return (home);
}

/*
 * Is the source one of those that were asked for?  The PATHs that ask for it
 * are marked.
 */
static bool
is_asked(const struct vn_trees *how, const char *rel, bool *used)
{
	const char *below, *unused;
	bool asked = how->npaths == 0;

	for (size_t i = 0; i < how->npaths; i++) {
		below = how->paths[i];
		if (below[0] == '/' && home_of(how, below, &unused) != NULL)
			below = unused;
		if (*below == '\0' || vn_file_below(rel, below) != NULL)
			asked = used[i] = true;
	}
	return (asked);
}

/* "netinet/ip_input.o"; "netinet/ip_input-2.o" of a second command. */
static char *
name_unit(const struct verifying *v, const char *rel)
{
	size_t len = strlen(rel), n = 1;
	const char *dot = strrchr(rel, '.');
	char *name;

	if (dot != NULL && strchr(dot, '/') == NULL)
		len = (size_t)(dot - rel);
	name = vn_asprintf("%.*s.o", (int)len, rel);
	for (size_t i = 0; i < v->units.count; i++) {
		if (strcmp(v->units.items[i].name, name) != 0)
			continue;
		free(name);
		name = vn_asprintf("%.*s-%zu.o", (int)len, rel, ++n);
		i = (size_t)-1;
	}
	return (name);
}

/* Is there a unit, and one for each PATH?  -1 after an error if not. */
static int
check_units(const struct verifying *v, const bool *used)
{
	const struct vn_trees *how = v->how;

	if (v->units.count == 0) {
		vn_error("no command of '%s' is for a source %s; is it of "
		    "another tree?  Then name that by --root", how->database,
		    how->npaths > 0 ? "below the PATHs" : "of the trees");
		return (-1);
	}
	for (size_t i = 0; i < how->npaths; i++)
		if (!used[i]) {
			vn_error("no command of '%s' is for a source below "
			    "'%s'", how->database, how->paths[i]);
			return (-1);
		}
	return (0);
}

static int
select_units(struct verifying *v)
{
	bool *used;
	const char *rel;
	int status;

	if (vn_commands_read(&v->commands, v->how->database) != 0)
		return (-1);
	used = vn_calloc(v->how->npaths + 1, sizeof(*used));
	for (size_t i = 0; i < v->commands.count; i++) {
		const struct vn_command *c = &v->commands.items[i];
		struct unit u = { .command = c };

		if (find_home(v, c, &rel) == NULL ||
		    !is_asked(v->how, rel, used))
			continue;
		u.rel = rel;
		u.name = name_unit(v, rel);
		VN_PUSH(&v->units, u);
	}
	status = check_units(v, used);
	free(used);
	return (status);
}

/* ------ both sides ------ */

static void
moved_add(struct verifying *v, int side, const char *from, const char *to)
{

	if (from != NULL)
		VN_PUSH(&v->moved[side], (struct vn_moved){ from, to });
}

/* A header of options that is named as a file, by -include. */
static void
move_extra(struct verifying *v, int side)
{

	for (size_t i = 0; v->mirror.over[side] != NULL &&
	    i < v->extra.count; i++) {
		const char *from = v->extra.items[i];
		char *to = vn_file_join(v->mirror.over[side],
		    strrchr(from, '/') + 1);

		VN_PUSH(&v->places, to);
		if (vn_file_exists(v->mirror.over[side],
		    strrchr(from, '/') + 1))
			moved_add(v, side, from, to);
	}
}

/* A longer name first, for trees within trees. */
static int
by_length(const void *a, const void *b)
{
	size_t x = strlen(((const struct vn_moved *)a)->from);
	size_t y = strlen(((const struct vn_moved *)b)->from);

	return ((x < y) - (x > y));
}

static void
set_side(struct verifying *v, int side)
{
	const struct vn_trees *how = v->how;

	moved_add(v, side, how->trees[0], v->mirror.roots[side]);
	moved_add(v, side, how->trees[1], v->mirror.roots[side]);
	moved_add(v, side, how->base, v->mirror.roots[side]);
	move_extra(v, side);
	qsort(v->moved[side].items, v->moved[side].count,
	    sizeof(v->moved[side].items[0]), by_length);
	v->recompile[side] = (struct vn_recompile){
	    .moved = v->moved[side].items, .nmoved = v->moved[side].count,
	    .root = v->mirror.roots[side], .cc = how->cc,
	    .launcher = how->launcher, .flags = v->flags.items,
	    .nflags = v->flags.count, .first = v->mirror.over[side],
	    .output = VN_OUT_OBJECT };
}

/* The edits of a file, by the record's name for it: its root may be deeper. */
static const struct vn_line_edit *
find_edits(const char *path, size_t *count, void *arg)
{
	const struct vn_record *record = arg;
	const struct vn_record_file *f = vn_record_find(record, path);

	while (f == NULL && (path = strchr(path, '/')) != NULL)
		f = vn_record_find(record, ++path);
	if (f == NULL)
		return (NULL);
	*count = f->count;
	return (f->edits);
}

static int
prepare(struct verifying *v)
{
	const struct vn_trees *how = v->how;

	v->mirror = (struct vn_mirror){ .trees = { how->trees[0],
	    how->trees[1] }, .base = how->base, .work = how->work,
	    .aside = how->aside, .lines = !how->no_lines,
	    .settings = how->settings,
	    .nsettings = how->nsettings,
	    .arg = (void *)(uintptr_t)how->record,
	    .edits = how->record == NULL ? NULL : find_edits };
	vn_settings_headers(v);
	v->mirror.extra = v->extra.items;
	v->mirror.nextra = v->extra.count;
	if (vn_mirror_make(&v->mirror) != 0)
		return (-1);
	vn_settings_flags(v);
	for (int side = 0; side < 2; side++) {
		set_side(v, side);
		for (size_t i = 0; i < v->units.count; i++)
			v->units.items[i].there[side] =
			    vn_file_exists(v->mirror.roots[side],
			    v->units.items[i].rel);
	}
	return (0);
}

static void
begin_build(struct verifying *v)
{
	const struct vn_trees *how = v->how;

	v->build = (struct vn_build){ .work = how->work, .self = how->self,
	    .jobs = how->jobs, .verbose = how->verbose };
}

int
vn_verifying_begin(struct verifying *v, const struct vn_trees *how)
{

	v->how = how;
	begin_build(v);
	return (select_units(v) != 0 || prepare(v) != 0 ? -1 : 0);
}

/* ------ compiling ------ */

static void
add_step(struct verifying *v, struct unit *u, int side, enum vn_output kind)
{
	static const char *const folders[] = { "object", "debug", "text" };
	struct vn_recompile how = v->recompile[side];
	char *dir, **argv, *output;

	how.output = kind;
	argv = vn_recompile(&how, u->command, &dir);
	output = vn_asprintf("%s/%s/%d/%s", v->how->work, folders[kind], side,
	    u->name);
	u->steps[kind][side] = vn_build_add(&v->build, argv, dir, output,
	    u->name);
	v->build.steps[u->steps[kind][side]].around = v->mirror.names[side];
	free(output);
	free(dir);
}

static int
compile(struct verifying *v)
{

	if (v->how->quick && vn_tokens_first(v) != 0)
		return (-1);
	for (size_t i = 0; i < v->units.count; i++) {
		struct unit *u = &v->units.items[i];

		for (int side = 0; side < 2; side++)
			if (u->there[side] && v->sides[side] && !u->same)
				add_step(v, u, side, VN_OUT_OBJECT);
	}
	return (v->build.count == 0 ? 0 : vn_build_run(&v->build));
}

/* Once more, if a setting turned out to be for the command line. */
int
vn_verifying_compile(struct verifying *v)
{

	while (compile(v) == 0) {
		if (!vn_settings_missed(v))
			return (0);
		vn_build_free(&v->build);
		begin_build(v);
	}
	return (-1);
}

const struct vn_step *
vn_verifying_step(const struct verifying *v, const struct unit *u, int side)
{

	return (u->there[side] && v->sides[side] && !u->same ?
	    &v->build.steps[u->steps[VN_OUT_OBJECT][side]] : NULL);
}

static void
fill_side(struct verifying *v, const struct unit *u, struct vn_pair *pair,
    int side)
{
	const struct vn_step *step = vn_verifying_step(v, u, side);

	pair->presence[side] = VN_ABSENT;
	if (!u->there[0] && !u->there[1]) {
		pair->presence[side] = VN_FAILED;
		pair->messages[side] = vn_asprintf("error: '%s' is in neither "
		    "tree; make it, or write the database again", u->rel);
	}
	if (step == NULL)
		return;
	pair->paths[side] = vn_strdup(step->output);
	pair->presence[side] = vn_step_is_good(step) ? VN_PRESENT : VN_FAILED;
	if (step->messages != NULL)
		pair->messages[side] = vn_shown_messages(v, step, side);
	else if (!vn_step_is_good(step))
		pair->messages[side] = vn_asprintf("the compiler %s %d\n",
		    step->status > 128 ? "was ended by signal" :
		    "said nothing; its exit status is", step->status > 128 ?
		    step->status - 128 : step->status);
}

/* A compiler that does not start is nobody's fault but the command's. */
static int
check_started(const struct verifying *v)
{

	for (size_t i = 0; i < v->build.count; i++) {
		const struct vn_step *s = &v->build.steps[i];
		const char *why = s->messages == NULL ? "" : s->messages;

		if (s->state != VN_STEP_UNSTARTED)
			continue;
		if (*why == '\0')
			vn_error("%s: cannot run '%s'; use --cc, or mend "
			    "the database", s->label, s->argv[0]);
		else
			vn_error("%s: %.*s; use --cc, or mend the "
			    "database", s->label, (int)strcspn(why, "\n"),
			    why);
		return (-1);
	}
	return (0);
}

static int
judge(struct verifying *v, struct vn_pairs *out)
{
	int status = check_started(v);

	for (size_t i = 0; status == 0 && i < v->units.count; i++) {
		const struct unit *u = &v->units.items[i];
		struct vn_pair *pair = vn_pairs_get(out, u->name);

		if (u->same) {
			pair->presence[0] = pair->presence[1] = VN_PRESENT;
			pair->quick = true;
			pair->rung = VN_RUNG_BYTES;
			continue;
		}
		fill_side(v, u, pair, VN_PLAIN);
		fill_side(v, u, pair, VN_CONVERTED);
		if (pair->presence[0] == VN_PRESENT &&
		    pair->presence[1] == VN_PRESENT)
			status = vn_judge_pair(pair, v->how->judging);
	}
	return (status);
}

/* ------ what differs ------ */

static bool
is_open(const struct vn_pair *pair)
{

	return (pair->presence[0] == VN_PRESENT &&
	    pair->presence[1] == VN_PRESENT && pair->rung >= VN_RUNG_ORDER);
}

/* Compile those that differ with -g, for their line tables. */
static int
debug_build(struct verifying *v, struct vn_pairs *pairs)
{
	size_t before = v->build.count;

	for (size_t i = 0; i < v->units.count; i++) {
		struct unit *u = &v->units.items[i];

		if (!is_open(vn_pairs_get(pairs, u->name)))
			continue;
		add_step(v, u, VN_PLAIN, VN_OUT_DEBUG);
		add_step(v, u, VN_CONVERTED, VN_OUT_DEBUG);
		u->debug = true;
	}
	return (v->build.count == before ? 0 : vn_build_run(&v->build));
}

/*
 * One header that is wrong makes hundreds of units differ, for one cause; and
 * each may take dozens of compilations.
 */
enum { CAUSES_MAX = 20 };

static bool
looks_for_cause(const struct verifying *v, size_t *looked)
{

	if (++*looked == CAUSES_MAX + 1 && !v->how->verbose)
		vn_warning("causes are looked for in the first %d objects that "
		    "differ; -v looks in all", CAUSES_MAX);
	return (*looked <= CAUSES_MAX || v->how->verbose);
}

static int
explain(struct verifying *v, struct vn_pairs *pairs)
{
	int status = debug_build(v, pairs);
	size_t looked = 0;

	for (size_t i = 0; status == 0 && i < v->units.count; i++) {
		const struct unit *u = &v->units.items[i];
		struct vn_pair *pair = vn_pairs_get(pairs, u->name);
		const struct vn_step *plain, *converted;

		if (!u->debug)
			continue;
		plain = &v->build.steps[u->steps[VN_OUT_DEBUG][VN_PLAIN]];
		converted =
		    &v->build.steps[u->steps[VN_OUT_DEBUG][VN_CONVERTED]];
		if (vn_step_is_good(plain) && vn_step_is_good(converted))
			vn_judge_lines(pair, plain->output, converted->output);
		if (looks_for_cause(v, &looked))
			status = vn_cause_find(pair, u->command, v->recompile,
			    v->how->judging->compare, v->how->work);
		vn_shown_places(v, pair);
	}
	return (status);
}

/* The places where no blank line can stand are named, and no more. */
static int
counterpatch(struct verifying *v)
{
	struct vn_stretches stretches = { 0 };
	int status = vn_mirror_counterpatch(&v->mirror, v->how->counterpatch,
	    &stretches);

	for (size_t i = 0; i < stretches.count; i++)
		vn_warning("%s:%u: no blank line can stand here; lines "
		    "to %u say other numbers", stretches.items[i].path,
		    stretches.items[i].first, stretches.items[i].last);
	vn_stretches_free(&stretches);
	return (status);
}

void
vn_verifying_free(struct verifying *v)
{

	for (size_t i = 0; i < v->units.count; i++)
		free(v->units.items[i].name);
	for (size_t i = 0; i < v->flags.count; i++)
		free(v->flags.items[i]);
	for (size_t i = 0; i < v->extra.count; i++)
		free(v->extra.items[i]);
	VN_FREE(&v->units);
	VN_FREE(&v->flags);
	for (size_t i = 0; i < v->places.count; i++)
		free(v->places.items[i]);
	VN_FREE(&v->places);
	VN_FREE(&v->extra);
	free(v->seen);
	VN_FREE(&v->moved[0]);
	VN_FREE(&v->moved[1]);
	vn_build_free(&v->build);
	vn_mirror_free(&v->mirror);
	vn_commands_free(&v->commands);
}

int
vn_trees_verify(struct vn_pairs *out, const struct vn_trees *how)
{
	struct verifying v = { .sides = { true, true } };
	int status = vn_verifying_begin(&v, how);

	if (status == 0)
		status = vn_verifying_compile(&v);
	if (status == 0)
		status = judge(&v, out);
	if (status == 0)
		status = vn_foreign_check(&v);
	if (status == 0)
		status = vn_settings_check(&v);
	if (status == 0)
		status = vn_tokens_unmapped(&v, out);
	if (status == 0 && how->judging->explain)
		status = explain(&v, out);
	if (status == 0 && how->counterpatch != NULL)
		status = counterpatch(&v);
	vn_verifying_free(&v);
	return (status);
}
