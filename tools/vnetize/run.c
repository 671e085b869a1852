/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The pipeline: lists, places, search, parse, plan, print.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"

#include "Facts/facts.h"
#include "Facts/globals.h"
#include "Facts/source.h"

#include "Collect/collect.h"

#include "Rewrite/plan.h"
#include "Rewrite/reach.h"
#include "Rewrite/scan.h"
#include "Rewrite/style.h"

#include "Emit/emit.h"
#include "Emit/record.h"

#include "configs.h"
#include "options.h"
#include "programs.h"
#include "run.h"
#include "verify.h"
#include "where.h"

/* All that a run owns. */
struct job {
	const struct options	*options;	/* borrowed */
	struct where		 where;
	struct vn_globals	 globals;
	struct vn_sources	 sources;
	struct vn_plan		 plan;
	struct vn_scan		 scan;
	struct vn_units		 units;		/* those to parse */
	struct vn_facts		 facts;
};

static int
read_lists(struct job *job)
{
	static const char *const dirs[] = { VN_LISTS_DIR, VN_LISTS_SRCDIR };
	const struct options *o = job->options;

	for (size_t i = 0; i < o->lists.count; i++)
		if (vn_globals_read(&job->globals, o->lists.items[i], dirs,
		    VN_NITEMS(dirs)) != 0)
			return (-1);
	return (0);
}

/* Is the file one whose units have to be parsed? */
static bool
to_parse(const struct job *job, const char *file)
{
	int index = vn_sources_find(&job->sources, file);

	for (size_t i = 0; index != -1 && i < job->scan.parse.count; i++)
		if (job->scan.parse.items[i] == index)
			return (true);
	return (false);
}

static void
move_unit(struct vn_units *to, struct vn_unit *unit)
{

	to->items = vn_realloc(to->items, (to->count + 1) *
	    sizeof(*to->items));
	to->items[to->count++] = *unit;
	*unit = (struct vn_unit){ 0 };
}

/* Of a compilation database, the units of files that matter. */
static void
choose_units(struct job *job)
{
	struct vn_units *all = &job->where.units;

	for (size_t i = 0; i < all->count; i++)
		if (to_parse(job, all->items[i].file))
			move_unit(&job->units, &all->items[i]);
}

static int
make_units(struct job *job)
{
	const struct options *o = job->options;
	struct vn_bsd_options bsd = { .sys = job->where.bsd_sys,
	    .arch = o->arch, .kernconf = o->kernconf,
	    .cachedir = job->where.cache_dir };
	char **files = vn_calloc(job->scan.parse.count + 1, sizeof(*files));
	size_t n = job->scan.parse.count;
	int status = 0;

	for (size_t i = 0; i < n; i++)
		files[i] =
		    job->sources.items[job->scan.parse.items[i]]->path;
	if (job->where.commands == COMMANDS_COMPDB)
		choose_units(job);
	else if (job->where.commands == COMMANDS_BSD)
		status = vn_units_bsd(&job->units, &bsd, files, n);
	else
		status = vn_units_fixed(&job->units, files, n, o->flags,
		    (size_t)o->nflags);
	free(files);
	return (status);
}

/*
 * The plain configuration is what is read: virtualization is off, whatever
 * the command says.
 */
static int
collect(struct job *job)
{
	const struct options *o = job->options;
	const char **extra = vn_calloc(o->extra_args.count + 1,
	    sizeof(*extra));
	char *undef = vn_asprintf("-U%s", job->where.style->option);
	struct vn_collect c = { .sources = &job->sources,
	    .names = &job->plan.names, .extra = extra, .jobs = o->jobs };
	int status;

	configs_add(&job->units, o);
	c.units = job->units.items;
	c.nunits = job->units.count;
	for (size_t i = 0; i < o->extra_args.count; i++)
		extra[c.nextra++] = o->extra_args.items[i];
	extra[c.nextra++] = undef;
	status = vn_collect_run(&job->facts, &c);
	vn_scan_headers(&job->scan, &job->facts);
	vn_plan_begin(&job->plan, &job->facts);
	if (status == 0)
		status = configs_turn(&job->units, &job->facts, &job->plan,
		    &c);
	free(undef);
	free(extra);
	return (status);
}

static char *
shown_message(const struct job *job, const char *text)
{
	const char *colon = strchr(text, ':');
	char *path, *shown, *all;

	if (text[0] != '/' || colon == NULL)
		return (vn_strdup(text));
	path = vn_strndup(text, (size_t)(colon - text));
	shown = vn_sources_shown(&job->sources, path);
	all = vn_asprintf("%s%s", shown, colon);
	free(shown);
	free(path);
	return (all);
}

/*
 * A unit that does not parse is trouble if it lies under a PATH, unless its
 * command is a guess or the configuration leaves it out.
 */
static int
check_parse(struct job *job, const struct vn_parse *p)
{
	const struct vn_unit *unit = &job->units.items[p->unit];
	int index = vn_sources_find(&job->sources, p->file);
	char *shown, *text;
	bool trouble;

	if (vn_parse_clean(p)) {
		vn_note("parsed %s", p->file);
		return (0);
	}
	trouble = index != -1 && job->sources.items[index]->in_path &&
	    !unit->extra && !unit->tried && !unit->left_out &&
	    !job->options->keep_going;
	shown = vn_sources_shown(&job->sources, p->file);
	text = shown_message(job, p->first);
	vn_diag(trouble ? VN_ERROR : VN_NOTE, NULL, 0, 0, "%s: does not "
	    "parse (%u error%s): %s%s", shown, p->errors + p->crashed,
	    p->errors + p->crashed == 1 ? "" : "s", text, trouble ?
	    "; fix the compile command, or use --keep-going" : "");
	free(text);
	free(shown);
	return (trouble ? -1 : 0);
}

/* A --config in which no unit parses tells nothing. */
static void
check_config(const struct job *job, const char *spec)
{
	size_t len = (size_t)(strchr(spec, ':') - spec), parses = 0, good = 0;

	for (size_t i = 0; i < job->facts.nparses; i++) {
		const struct vn_parse *p = &job->facts.parses[i];
		const struct vn_unit *u = &job->units.items[p->unit];

		if (!u->extra || strncmp(u->config, spec, len) != 0 ||
		    u->config[len] != '\0')
			continue;
		parses++;
		good += vn_parse_clean(p);
	}
	if (parses > 0 && good == 0)
		vn_warning("no unit parses in configuration '%.*s'; -v says "
		    "why", (int)len, spec);
}

static int
check_parses(struct job *job)
{
	const struct options *o = job->options;
	int status = 0;

	for (size_t i = 0; i < o->configs.count; i++)
		check_config(job, o->configs.items[i]);
	for (size_t i = 0; i < job->facts.nparses; i++)
		if (check_parse(job, &job->facts.parses[i]) != 0)
			status = -1;
	return (status);
}

/* V_x is what a listed name becomes, not a name to list. */
static int
check_names(const struct job *job)
{
	const char *prefix = job->where.style->prefix;
	size_t n = strlen(prefix);

	for (size_t i = 0; i < job->globals.count; i++) {
		const struct vn_global *g = &job->globals.items[i];

		if (strncmp(g->name, prefix, n) != 0)
			continue;
		vn_diag(VN_ERROR, g->list, g->line, g->col, "'%s' is a "
		    "virtualized form; list '%s'", g->name, g->name + n);
		return (-1);
	}
	return (0);
}

static int
prepare(struct job *job)
{
	const struct options *o = job->options;

	if (read_lists(job) != 0 || where_find(&job->where, o) != 0 ||
	    check_names(job) != 0)
		return (-1);
	vn_sources_init(&job->sources, job->where.cwd, job->where.root);
	vn_plan_init(&job->plan, &job->globals, &job->sources,
	    job->where.style);
	job->plan.undo = job->where.undo;
	job->plan.missing_remark = o->missing_remark;
	job->plan.inactive = o->inactive;
	job->plan.header = job->where.header;
	job->scan = (struct vn_scan){ .plan = &job->plan,
	    .root = job->where.root, .paths = job->where.paths,
	    .npaths = job->where.npaths, .jobs = o->jobs };
	if (vn_scan_run(&job->scan) != 0 || make_units(job) != 0)
		return (-1);
	mark_programs(&job->sources, &job->units,
	    (const char *const *)o->extra_args.items, o->extra_args.count);
	if (collect(job) != 0)
		return (-1);
	return (check_parses(job));
}

static int
explain(const struct job *job)
{
	char *spec = vn_strdup(job->options->explain);
	char *colon = strchr(spec, ':'), *end = NULL;
	unsigned long line = 0, col = 0;
	size_t n = 0;

	if (colon != NULL) {
		*colon = '\0';
		line = strtoul(colon + 1, &end, 10);
		if (*end == ':')
			col = strtoul(end + 1, &end, 10);
	}
	if (colon == NULL || *end != '\0' || line == 0)
		vn_error("--explain needs FILE:LINE or FILE:LINE:COL, not '%s'",
		    job->options->explain);
	else if ((n = vn_emit_explain(&job->plan, spec, (unsigned)line,
	    (unsigned)col, stdout)) == 0)
		vn_error("no occurrence of a listed name at '%s'",
		    job->options->explain);
	free(spec);
	return (n == 0 ? -1 : 0);
}

/* What the options ask for on standard output or in files. */
static int
emit(const struct job *job)
{
	const struct options *o = job->options;
	int status = 0;

	if (o->explain != NULL)
		return (explain(job));
	if (o->dump_facts)
		vn_facts_dump(&job->facts, &job->sources, stdout);
	if (o->dump_edits)
		vn_emit_edits(&job->plan, stdout);
	if (o->dump_facts || o->dump_edits || o->check)
		return (0);
	if (o->in_place)
		status = vn_emit_inplace(&job->plan);
	else if (o->out_dir != NULL)
		status = vn_emit_directory(&job->plan, o->out_dir);
	else
		vn_emit_diff(&job->plan, stdout);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		vn_error("cannot write to standard output");
		return (-1);
	}
	return (status);
}

/* The same with the record of it: both are there in the end, or none. */
static int
emit_recorded(const struct job *job)
{
	struct vn_recording recording;
	int status;

	if (job->options->record == NULL)
		return (emit(job));
	if (vn_emit_record_begin(&recording, &job->plan,
	    job->options->record) != 0)
		return (-1);
	status = emit(job);
	if (vn_emit_record_end(&recording, status == 0) != 0)
		status = -1;
	return (status);
}

/* Is there a result to verify?  What is asked about it needs none. */
static bool
verifies(const struct options *o)
{

	return (o->verify && o->explain == NULL && !o->dump_facts &&
	    !o->dump_edits);
}

static int
finish(const struct job *job)
{
	const struct options *o = job->options;

	if (verifies(o) && verify(&job->plan, &job->units, &job->where,
	    o) != 0)
		return (2);
	if (emit_recorded(job) != 0)
		return (2);
	if (!o->quiet && o->explain == NULL) {
		vn_emit_remarks(&job->plan, stderr);
		vn_emit_summary(&job->plan, stderr);
	}
	if (o->check)
		return (job->plan.edits.count > 0 ? 1 : 0);
	return (vn_emit_count_remarks(&job->plan) > 0 ? 1 : 0);
}

static void
free_job(struct job *job)
{

	vn_facts_free(&job->facts);
	vn_units_free(&job->units);
	vn_scan_free(&job->scan);
	vn_plan_free(&job->plan);
	vn_sources_free(&job->sources);
	vn_globals_free(&job->globals);
	where_free(&job->where);
}

int
run(const struct options *options)
{
	struct job job = { .options = options };
	int status = 2;

	if (prepare(&job) == 0 && vn_plan_run(&job.plan) == 0)
		status = finish(&job);
	free_job(&job);
	return (status);
}
