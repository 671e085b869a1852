/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The search for files that matter.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/strbuf.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/scan.h"
#include "Rewrite/survey.h"

static bool
is_c(const char *path)
{

	return (vn_file_ends(path, ".c") || vn_file_ends(path, ".h"));
}

static bool
under_paths(const struct vn_scan *scan, const char *path)
{

	for (size_t i = 0; i < scan->npaths; i++)
		if (vn_file_below(path, scan->paths[i]) != NULL)
			return (true);
	return (false);
}

/* ------ the list of files ------ */

static int
see_inside(const char *file, void *arg)
{
	struct vn_scan *scan = arg;

	if (is_c(file))
		VN_PUSH(&scan->inside, vn_strdup(file));
	return (0);
}

static int
see_outside(const char *file, void *arg)
{
	struct vn_scan *scan = arg;

	if (is_c(file) && !under_paths(scan, file))
		VN_PUSH(&scan->outside, vn_strdup(file));
	else if (vn_symbols_kind(file) != VN_SYMBOL_NONE)
		VN_PUSH(&scan->symbols, vn_strdup(file));
	return (0);
}

static int
order_names(const void *va, const void *vb)
{

	return (strcmp(*(char *const *)va, *(char *const *)vb));
}

/* PATHs may hold one another: each file once. */
static void
sort_inside(struct vn_scan *scan)
{
	size_t n = 0;

	if (scan->inside.count == 0)
		return;
	qsort(scan->inside.items, scan->inside.count, sizeof(char *),
	    order_names);
	for (size_t i = 0; i < scan->inside.count; i++) {
		char *file = scan->inside.items[i];

		if (n > 0 && strcmp(scan->inside.items[n - 1], file) == 0)
			free(file);
		else
			scan->inside.items[n++] = file;
	}
	scan->inside.count = n;
}

/* A file or directory cannot be read: said by the name it is shown by. */
static int
complain(const struct vn_scan *scan, const char *path)
{
	int why = errno;
	char *shown = vn_sources_shown(scan->plan->sources, path);

	vn_error("cannot read '%s': %s", shown, strerror(why));
	free(shown);
	return (-1);
}

static int
list_files(struct vn_scan *scan)
{
	struct stat st;
	size_t before;

	for (size_t i = 0; i < scan->npaths; i++) {
		const char *path = scan->paths[i];

		before = scan->inside.count;
		if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
			VN_PUSH(&scan->inside, vn_strdup(path));
		else if (vn_file_walk(path, see_inside, scan) != 0)
			return (complain(scan, path));
		if (scan->inside.count == before) {
			char *shown = vn_sources_shown(scan->plan->sources,
			    path);

			vn_error("'%s' has no C sources; name a .c or .h file "
			    "or a directory that holds some", shown);
			free(shown);
			return (-1);
		}
	}
	sort_inside(scan);
	scan->plan->files = scan->inside.items;
	scan->plan->nfiles = scan->inside.count;
	vn_file_walk(scan->root, see_outside, scan);
	return (0);
}

/* ------ the search ------ */

int
vn_scan_add(struct vn_scan *scan, const char *file, bool open)
{
	struct vn_sources *sources = scan->plan->sources;
	int index = vn_sources_add(sources, file);

	if (index == -1)
		return (complain(scan, file));
	sources->items[index]->in_path = under_paths(scan, file) ||
	    sources->items[index]->in_path;
	if (open)
		vn_source_open(sources->items[index]);
	return (index);
}

/* Sources with a NUL are no text: nothing about them can be trusted. */
static int
check_text(const struct vn_source *s)
{
	const char *nul = memchr(s->data, '\0', s->len);

	if (nul == NULL)
		return (0);
	vn_diag_at(VN_ERROR, s, (uint32_t)(nul - s->data), "binary bytes in a "
	    "source that spells a listed name; leave the file out");
	return (-1);
}

/* ------ macros that reach a name ------ */

static bool
body_reaches(const struct vn_plan *plan, const struct vn_source *s,
    const struct vn_macro *m, const struct vn_names *hot)
{

	for (int t = m->body; t < m->end; t++) {
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);

		if (vn_tok_ident(s, t) && (vn_names_find(&plan->names, text,
		    len) != -1 || vn_names_find(hot, text, len) != -1))
			return (true);
	}
	return (false);
}

/* Files under the PATHs that spell one of the names. */
static int
search_inside(struct vn_scan *scan)
{
	struct vn_strbuf sb = { 0 };
	int status = 0;

	for (size_t i = 0; status == 0 && i < scan->inside.count; i++) {
		const char *file = scan->inside.items[i];
		int index;

		sb.len = 0;
		if (vn_file_read(&sb, file) != 0)
			status = complain(scan, file);
		else if (sb.len > 0 && vn_survey_file(scan, &scan->plan->names,
		    file, &sb, true)) {
			index = vn_scan_add(scan, file, true);
			status = index == -1 ? -1 : check_text(
			    scan->plan->sources->items[index]);
		} else if (sb.len > 0 &&
		    memmem(sb.data, sb.len, "##", 2) != NULL)
			VN_PUSH(&scan->hashes, file);
	}
	vn_strbuf_free(&sb);
	return (status);
}

static bool
add_hot_macros(const struct vn_plan *plan, struct vn_scan_words *hot)
{
	bool grown = false;
	struct vn_macro m;

	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];

		for (size_t d = 0; s->opened && d < s->lex.ndirs; d++) {
			unsigned len;
			const char *text;

			if (!vn_macro_read(&m, s, (int)d) ||
			    !body_reaches(plan, s, &m, &hot->set))
				continue;
			text = vn_tok_text(s, m.name, &len);
			grown = vn_scan_words_add(hot, text, len) || grown;
		}
	}
	return (grown);
}

/*
 * Add the files under the PATHs that spell a word of the set, and of which
 * also() holds.
 */
static int
add_spelling(struct vn_scan *scan, const struct vn_names *set,
    bool (*also)(const struct vn_names *set, const char *file,
    const struct vn_strbuf *sb))
{
	struct vn_strbuf sb = { 0 };
	int status = 0;

	for (size_t i = 0; status == 0 && set->count > 0 &&
	    i < scan->inside.count; i++) {
		const char *file = scan->inside.items[i];

		if (vn_sources_find(scan->plan->sources, file) != -1)
			continue;
		sb.len = 0;
		if (vn_file_read(&sb, file) == 0 && sb.len > 0 &&
		    vn_scan_words_spelled(set, sb.data, sb.len) &&
		    (also == NULL || also(set, file, &sb)) &&
		    vn_scan_add(scan, file, true) == -1)
			status = -1;
	}
	vn_strbuf_free(&sb);
	return (status);
}

static int
search_macros(struct vn_scan *scan)
{
	struct vn_scan_words hot = { 0 };
	int status = 0;

	while (status == 0 && add_hot_macros(scan->plan, &hot))
		status = add_spelling(scan, &hot.set, NULL);
	vn_scan_words_free(&hot);
	return (status);
}

/* ------ functions of init= ------ */

static bool
defines_any(const struct vn_names *set, const char *file,
    const struct vn_strbuf *bytes)
{
	struct vn_source s;
	bool found = false;

	vn_source_lend(&s, file, bytes->data, bytes->len);
	for (size_t i = 0; i < s.outline.nfunctions && !found; i++) {
		unsigned len;
		const char *text = vn_tok_text(&s,
		    s.outline.functions[i].name, &len);

		found = vn_names_find(set, text, len) != -1;
	}
	vn_source_close(&s);
	return (found);
}

/* Add files under the PATHs that define a function that init= names. */
static int
search_functions(struct vn_scan *scan)
{
	const struct vn_globals *globals = scan->plan->globals;
	struct vn_names set = { 0 };
	int status;

	for (size_t i = 0; i < globals->count; i++)
		if (globals->items[i].init != NULL)
			vn_names_add(&set, globals->items[i].init);
	status = add_spelling(scan, &set, defines_any);
	vn_names_free(&set);
	return (status);
}

/* ------ other files ------ */

/* Assembler files and linker scripts. */
static void
search_symbols(struct vn_scan *scan)
{
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < scan->symbols.count; i++) {
		const char *file = scan->symbols.items[i];

		sb.len = 0;
		if (vn_file_read(&sb, file) == 0 && sb.len > 0)
			vn_symbols_read(scan->plan, file,
			    vn_symbols_kind(file), sb.data, sb.len);
	}
	vn_strbuf_free(&sb);
}

/* ------ what to parse ------ */

static void
choose_parses(struct vn_scan *scan)
{
	struct vn_sources *sources = scan->plan->sources;

	for (size_t i = 0; i < sources->count; i++)
		if (vn_file_ends(sources->items[i]->path, ".c"))
			VN_PUSH(&scan->parse, (int)i);
}

/* The base names of the headers that a source includes itself. */
static void
add_includes(const struct vn_source *s, struct vn_scan_words *out)
{

	for (size_t d = 0; s->opened && d < s->lex.ndirs; d++) {
		const struct vn_dir *dir = &s->lex.dirs[d];
		const struct vn_tok *tok = &s->lex.toks[dir->tok + 2];
		const char *name, *slash;
		size_t len;

		if (dir->kind != VN_DIR_INCLUDE || dir->ntok < 3 ||
		    tok->kind != VN_TOK_HEADER || tok->len < 3)
			continue;
		name = s->data + tok->off + 1;
		len = tok->len - 2;
		slash = memrchr(name, '/', len);
		if (slash != NULL) {
			len -= (size_t)(slash + 1 - name);
			name = slash + 1;
		}
		vn_scan_words_add(out, name, len);
	}
}

/*
 * A header with an occurrence that no source to be parsed includes: parse one
 * under the PATHs that does, lest it be judged by its tokens alone.
 */
static void
cover_header(struct vn_scan *scan, const char *name,
    struct vn_scan_words *covered)
{
	struct vn_strbuf sb = { 0 };
	bool found = false;
	int index;

	for (size_t i = 0; !found && i < scan->inside.count; i++) {
		const char *file = scan->inside.items[i];

		sb.len = 0;
		if (!vn_file_ends(file, ".c") || vn_file_read(&sb, file) != 0 ||
		    sb.len == 0 || strstr(sb.data, name) == NULL ||
		    (index = vn_scan_add(scan, file, true)) == -1)
			continue;
		found = true;
		VN_PUSH(&scan->parse, index);
		add_includes(scan->plan->sources->items[index], covered);
	}
	vn_strbuf_free(&sb);
}

static void
cover_headers(struct vn_scan *scan)
{
	const struct vn_sources *sources = scan->plan->sources;
	struct vn_scan_words covered = { 0 };
	size_t n = sources->count;

	for (size_t i = 0; i < n; i++)
		add_includes(sources->items[i], &covered);
	for (size_t i = 0; i < n; i++) {
		const char *path = sources->items[i]->path;
		const char *name = strrchr(path, '/') + 1;

		if (sources->items[i]->in_path && vn_file_ends(path, ".h") &&
		    vn_names_find(&covered.set, name, strlen(name)) == -1)
			cover_header(scan, name, &covered);
	}
	vn_scan_words_free(&covered);
}

int
vn_scan_run(struct vn_scan *scan)
{

	scan->prefixed = vn_calloc(1, sizeof(*scan->prefixed));
	scan->defined = vn_calloc(1, sizeof(*scan->defined));
	if (list_files(scan) != 0 || search_inside(scan) != 0 ||
	    search_macros(scan) != 0 || search_functions(scan) != 0)
		return (-1);
	vn_scan_pasted(scan);
	vn_scan_outside(scan);
	search_symbols(scan);
	choose_parses(scan);
	cover_headers(scan);
	vn_scan_want(scan);
	vn_scan_defines(scan, (const char *const *)scan->inside.items,
	    scan->inside.count);
	vn_scan_defines(scan, (const char *const *)scan->outside.items,
	    scan->outside.count);
	return (0);
}

void
vn_scan_headers(struct vn_scan *scan, const struct vn_facts *facts)
{

	vn_scan_defines(scan, facts->headers, facts->nheaders);
	vn_survey_undefined(scan, facts);
}

void
vn_scan_free(struct vn_scan *scan)
{

	for (size_t i = 0; i < scan->inside.count; i++)
		free(scan->inside.items[i]);
	for (size_t i = 0; i < scan->outside.count; i++)
		free(scan->outside.items[i]);
	VN_FREE(&scan->inside);
	VN_FREE(&scan->outside);
	for (size_t i = 0; i < scan->symbols.count; i++)
		free(scan->symbols.items[i]);
	VN_FREE(&scan->symbols);
	VN_FREE(&scan->hashes);
	VN_FREE(&scan->parse);
	vn_scan_words_drop(scan->wanted);
	vn_scan_words_drop(scan->prefixed);
	vn_scan_words_drop(scan->defined);
}
