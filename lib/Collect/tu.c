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
 * that is linked, what the job adds, and one flag more unless it is NULL.  The
 * array is the caller's, its strings are borrowed.
 */
static const char **
make_argv(const struct vn_collect *job, const struct vn_unit *unit,
    const char *flag, int *argc)
{
	const char **argv = vn_calloc(unit->argc + job->nextra + 6,
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
	if (flag != NULL)
		argv[n++] = flag;
	*argc = n;
	return (argv);
}

/* The canonical name of a file; owned by the caller, NULL where it has none. */
static char *
name_of(struct vn_paths *paths, CXFile file)
{
	const char *name = vn_paths_name(paths, file);

	return (name == NULL ? NULL : vn_strdup(name));
}

static void
add_diagnostic(struct vn_tu *tu, CXDiagnostic diag,
    enum CXDiagnosticSeverity severity, struct vn_diagnostics *out)
{
	struct vn_paths *paths = &tu->worker->paths;
	CXSourceLocation loc = clang_getDiagnosticLocation(diag);
	struct vn_place at = vn_place_expansion(paths, loc);
	struct vn_place token = vn_place_spelling(paths, loc);
	CXString text = clang_getDiagnosticSpelling(diag);

	vn_diagnostics_add(out, (struct vn_diagnostic){
	    .severity = severity >= CXDiagnostic_Error ? VN_SEVERITY_ERROR :
	    VN_SEVERITY_WARNING, .path = name_of(paths, at.file),
	    .off = at.off, .line = at.line, .col = at.col,
	    .token_path = name_of(paths, token.file),
	    .text = vn_strdup(clang_getCString(text)) });
	clang_disposeString(text);
}

void
vn_tu_diagnostics(struct vn_tu *tu, struct vn_diagnostics *out)
{
	unsigned n = clang_getNumDiagnostics(tu->tu);

	for (unsigned i = 0; i < n; i++) {
		CXDiagnostic diag = clang_getDiagnostic(tu->tu, i);
		enum CXDiagnosticSeverity severity =
		    clang_getDiagnosticSeverity(diag);

		if (severity >= CXDiagnostic_Warning)
			add_diagnostic(tu, diag, severity, out);
		clang_disposeDiagnostic(diag);
	}
}

static char *
format_diagnostic(const struct vn_diagnostic *d)
{

	return (d->path == NULL ? vn_strdup(d->text) :
	    vn_asprintf("%s:%u:%u: %s", d->path, d->line, d->col, d->text));
}

static void
count_errors(struct vn_parse *parse)
{

	for (size_t i = 0; i < parse->diagnostics.count; i++) {
		const struct vn_diagnostic *d = &parse->diagnostics.items[i];

		if (d->severity >= VN_SEVERITY_ERROR && parse->errors++ == 0)
			parse->first = format_diagnostic(d);
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

/* Sources that the unit includes, one as often as it does; ascending. */
static void
find_inclusions(struct inclusions *inc)
{

	clang_getInclusions(inc->tu->tu, see_inclusion, inc);
	if (inc->sources.count > 0)
		qsort(inc->sources.items, inc->sources.count, sizeof(int32_t),
		    order_sources);
}

/* Hand them over to the parse, each once. */
static void
keep_inclusions(struct inclusions *inc, struct vn_parse *parse)
{
	size_t n = 0;

	for (size_t i = 0; i < inc->sources.count; i++)
		if (n == 0 || inc->sources.items[n - 1] !=
		    inc->sources.items[i])
			inc->sources.items[n++] = inc->sources.items[i];
	parse->includes = inc->sources.items;
	parse->nincludes = n;
}

/* ------ skipped ranges ------ */

static int
order_skips(const void *va, const void *vb)
{
	const struct vn_skip *a = va, *b = vb;

	if (a->source != b->source)
		return (a->source < b->source ? -1 : 1);
	return ((a->begin > b->begin) - (a->begin < b->begin));
}

static int
order_offsets(const void *va, const void *vb)
{
	const uint32_t *a = va, *b = vb;

	return ((*a > *b) - (*a < *b));
}

/*
 * What no inclusion of a source compiled: the bytes that as many of the ranges
 * cover as there are inclusions, since those of one do not overlap.
 */
static void
add_skips(struct vn_facts *facts, const struct vn_skip *ranges, size_t n,
    size_t inclusions)
{
	uint32_t *ends = vn_calloc(n, sizeof(*ends));
	size_t depth = 0, closed = 0;

	for (size_t i = 0; i < n; i++)
		ends[i] = ranges[i].end;
	qsort(ends, n, sizeof(*ends), order_offsets);
	for (size_t i = 0; i < n; ) {
		if (ranges[i].begin >= ends[closed]) {
			closed++;
			depth--;
			continue;
		}
		if (++depth == inclusions)
			*vn_facts_new_skip(facts) = (struct vn_skip){
			    ranges[i].source, ranges[i].begin, ends[closed],
			    ranges[i].unit };
		i++;
	}
	free(ends);
}

static size_t
count_inclusions(const struct inclusions *inc, int32_t source)
{
	size_t n = 0;

	for (size_t i = 0; i < inc->sources.count; i++)
		n += inc->sources.items[i] == source;
	return (n);
}

static void
read_skips(const struct inclusions *inc)
{
	struct vn_tu *tu = inc->tu;
	struct vn_paths *paths = &tu->worker->paths;
	CXSourceRangeList *list = clang_getAllSkippedRanges(tu->tu);
	VN_VEC(struct vn_skip) all = { 0 };

	for (unsigned i = 0; list != NULL && i < list->count; i++) {
		struct vn_place begin = vn_place_expansion(paths,
		    clang_getRangeStart(list->ranges[i]));
		struct vn_place end = vn_place_expansion(paths,
		    clang_getRangeEnd(list->ranges[i]));
		struct vn_skip skip = { begin.source, begin.off, end.off,
		    tu->number };

		if (begin.source != -1 && begin.off < end.off)
			VN_PUSH(&all, skip);
	}
	if (all.count > 0)
		qsort(all.items, all.count, sizeof(*all.items), order_skips);
	for (size_t i = 0, n; i < all.count; i += n) {
		for (n = 1; i + n < all.count && all.items[i + n].source ==
		    all.items[i].source; )
			n++;
		add_skips(tu->worker->facts, all.items + i, n,
		    count_inclusions(inc, all.items[i].source));
	}
	VN_FREE(&all);
	clang_disposeSourceRangeList(list);
}

struct unsaved {
	VN_VEC(struct CXUnsavedFile) files;
};

static void
add_unsaved(struct unsaved *out, const struct vn_overlay *overlays, size_t n)
{

	for (size_t i = 0; i < n; i++)
		VN_PUSH(&out->files, (struct CXUnsavedFile){
		    .Filename = overlays[i].path,
		    .Contents = overlays[i].data, .Length = overlays[i].len });
}

static void
read_parsed(struct vn_tu *tu, struct vn_parse *parse)
{
	struct inclusions inc = { .tu = tu };

	vn_tu_diagnostics(tu, &parse->diagnostics);
	count_errors(parse);
	find_inclusions(&inc);
	/* What a parse with errors saw counts for nothing. */
	if (parse->errors == 0) {
		read_skips(&inc);
		vn_tu_visit(tu);
	}
	keep_inclusions(&inc, parse);
	clang_disposeTranslationUnit(tu->tu);
}

void
vn_tu_begin(struct vn_tu_worker *worker, const struct vn_collect *job)
{

	*worker = (struct vn_tu_worker){ .job = job };
	worker->paths.sources = job->sources;
	worker->index = clang_createIndex(0, 0);
}

void
vn_tu_end(struct vn_tu_worker *worker)
{

	vn_paths_free(&worker->paths);
	clang_disposeIndex(worker->index);
}

char *
vn_tu_open(struct vn_tu *tu, const struct vn_check *check, unsigned options)
{
	const struct vn_collect *job = tu->worker->job;
	const struct vn_unit *unit = &job->units[tu->number];
	struct unsaved unsaved = { 0 };
	const char **argv;
	int argc, error;

	vn_paths_new_unit(&tu->worker->paths);
	if (chdir(unit->dir) != 0)
		return (vn_asprintf("cannot enter '%s'", unit->dir));
	argv = make_argv(job, unit, check == NULL ? NULL : check->flag, &argc);
	/* The unit's own come before those of all. */
	add_unsaved(&unsaved, unit->overlays, unit->noverlays);
	if (check != NULL)
		add_unsaved(&unsaved, check->overlays, check->noverlays);
	add_unsaved(&unsaved, job->overlays, job->noverlays);
	error = clang_parseTranslationUnit2FullArgv(tu->worker->index,
	    unit->file, argv, argc, unsaved.files.items,
	    (unsigned)unsaved.files.count, options |
	    CXTranslationUnit_KeepGoing, &tu->tu);
	VN_FREE(&unsaved.files);
	free(argv);
	return (error == CXError_Success ? NULL :
	    vn_strdup("libclang does not take its flags"));
}

void
vn_tu_read(struct vn_tu_worker *worker, unsigned number)
{
	struct vn_parse *parse = vn_facts_new_parse(worker->facts);
	struct vn_tu tu = { .worker = worker, .number = number };

	parse->file = vn_strdup(worker->job->units[number].file);
	parse->unit = number;
	parse->first = vn_tu_open(&tu, NULL,
	    CXTranslationUnit_DetailedPreprocessingRecord);
	if (parse->first != NULL)
		parse->crashed = true;
	else
		read_parsed(&tu, parse);
}
