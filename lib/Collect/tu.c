/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Parsing one unit: arguments, diagnostics, inclusions, skipped ranges.
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/mem.h"

#include "Facts/facts.h"
#include "Facts/source.h"
#include "Units/units.h"

#include "Collect/tu.h"

/*
 * The flags of the unit between our own: the builtin headers of the libclang
 * that is linked, and what the job adds.  The array is the caller's, its
 * strings are borrowed.
 */
static const char **
make_argv(const struct vn_collect *job, const struct vn_unit *unit,
    int *argc)
{
	const char **argv = vn_calloc(unit->argc + job->nextra + 5,
	    sizeof(*argv));
	size_t own = unit->argc - unit->nvaried;
	int n = 0;

	argv[n++] = "clang";
	argv[n++] = "-resource-dir";
	argv[n++] = VN_CLANG_RESOURCE_DIR;
	for (size_t i = 0; i < own; i++)
		argv[n++] = unit->argv[i];
	argv[n++] = "-ferror-limit=0";
	for (size_t i = 0; i < job->nextra; i++)
		argv[n++] = job->extra[i];
	for (size_t i = own; i < unit->argc; i++)
		argv[n++] = unit->argv[i];
	*argc = n;
	return (argv);
}

static char *
format_diagnostic(struct vn_tu *tu, CXDiagnostic diag)
{
	struct vn_paths *paths = &tu->worker->paths;
	struct vn_place at = vn_place_expansion(paths,
	    clang_getDiagnosticLocation(diag));
	const char *path = vn_paths_name(paths, at.file);
	CXString text = clang_getDiagnosticSpelling(diag);
	char *line;

	line = path == NULL ? vn_strdup(clang_getCString(text)) :
	    vn_asprintf("%s:%u:%u: %s", path, at.line, at.col,
	    clang_getCString(text));
	clang_disposeString(text);
	return (line);
}

static void
count_errors(struct vn_tu *tu, struct vn_parse *parse)
{
	unsigned n = clang_getNumDiagnostics(tu->tu);

	for (unsigned i = 0; i < n; i++) {
		CXDiagnostic diag = clang_getDiagnostic(tu->tu, i);

		if (clang_getDiagnosticSeverity(diag) >= CXDiagnostic_Error &&
		    parse->errors++ == 0)
			parse->first = format_diagnostic(tu, diag);
		clang_disposeDiagnostic(diag);
	}
}

struct inclusions {
	struct vn_tu	*tu;
	VN_VEC(int32_t)	 sources;
};

static void
see_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth,
    CXClientData data)
{
	struct inclusions *inc = data;
	int source = vn_paths_source(&inc->tu->worker->paths, file);
	const char *path = vn_paths_name(&inc->tu->worker->paths, file);

	(void)stack;
	(void)depth;
	if (source != -1)
		VN_PUSH(&inc->sources, source);
	else if (path != NULL && vn_paths_first(&inc->tu->worker->paths, file))
		vn_facts_add_header(inc->tu->worker->facts, path);
}

static int
order_sources(const void *va, const void *vb)
{
	const int32_t *a = va, *b = vb;

	return ((*a > *b) - (*a < *b));
}

static void
read_inclusions(struct vn_tu *tu, struct vn_parse *parse)
{
	struct inclusions inc = { .tu = tu };
	size_t n = 0;

	clang_getInclusions(tu->tu, see_inclusion, &inc);
	if (inc.sources.count > 0)
		qsort(inc.sources.items, inc.sources.count, sizeof(int32_t),
		    order_sources);
	for (size_t i = 0; i < inc.sources.count; i++)
		if (n == 0 || inc.sources.items[n - 1] != inc.sources.items[i])
			inc.sources.items[n++] = inc.sources.items[i];
	parse->includes = inc.sources.items;
	parse->nincludes = n;
}

static void
read_skips(struct vn_tu *tu)
{
	struct vn_paths *paths = &tu->worker->paths;
	CXSourceRangeList *list = clang_getAllSkippedRanges(tu->tu);

	for (unsigned i = 0; list != NULL && i < list->count; i++) {
		struct vn_place begin = vn_place_expansion(paths,
		    clang_getRangeStart(list->ranges[i]));
		struct vn_place end = vn_place_expansion(paths,
		    clang_getRangeEnd(list->ranges[i]));

		if (begin.source != -1)
			*vn_facts_new_skip(tu->worker->facts) =
			    (struct vn_skip){ begin.source, begin.off, end.off,
			    tu->number };
	}
	clang_disposeSourceRangeList(list);
}

/*
 * The files that are not to be read from the disk: the unit's own before those
 * of the job.  The array is the caller's, what it points to is borrowed.
 */
static struct CXUnsavedFile *
make_unsaved(const struct vn_collect *job, const struct vn_unit *unit,
    unsigned *count)
{
	struct CXUnsavedFile *files = vn_calloc(unit->noverlays +
	    job->noverlays + 1, sizeof(*files));
	unsigned n = 0;

	for (size_t i = 0; i < unit->noverlays + job->noverlays; i++) {
		const struct vn_overlay *o = i < unit->noverlays ?
		    &unit->overlays[i] : &job->overlays[i - unit->noverlays];

		files[n++] = (struct CXUnsavedFile){ .Filename = o->path,
		    .Contents = o->data, .Length = o->len };
	}
	*count = n;
	return (files);
}

static void
read_parsed(struct vn_tu *tu, struct vn_parse *parse)
{

	count_errors(tu, parse);
	read_inclusions(tu, parse);
	/* What a parse with errors saw counts for nothing. */
	if (parse->errors == 0) {
		read_skips(tu);
		vn_tu_visit(tu);
	}
	clang_disposeTranslationUnit(tu->tu);
}

void
vn_tu_read(struct vn_tu_worker *worker, unsigned number)
{
	const struct vn_unit *unit = &worker->job->units[number];
	struct vn_parse *parse = vn_facts_new_parse(worker->facts);
	struct vn_tu tu = { .worker = worker, .number = number };
	struct CXUnsavedFile *unsaved;
	const char **argv;
	unsigned nunsaved;
	int argc;

	parse->file = vn_strdup(unit->file);
	parse->unit = number;
	vn_paths_new_unit(&worker->paths);
	argv = make_argv(worker->job, unit, &argc);
	unsaved = make_unsaved(worker->job, unit, &nunsaved);
	if (chdir(unit->dir) != 0) {
		parse->errors = 1;
		parse->first = vn_asprintf("cannot enter '%s'", unit->dir);
	} else if (clang_parseTranslationUnit2FullArgv(worker->index,
	    unit->file, argv, argc, unsaved, nunsaved,
	    CXTranslationUnit_DetailedPreprocessingRecord |
	    CXTranslationUnit_KeepGoing, &tu.tu) != CXError_Success) {
		parse->crashed = true;
		parse->first = vn_strdup("libclang does not take its flags");
	} else
		read_parsed(&tu, parse);
	free(unsaved);
	free(argv);
}
