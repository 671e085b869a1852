/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The converted files themselves.
 */

#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/plan.h"

#include "Emit/emit.h"

/* The new bytes of source i, or false if it does not change. */
static bool
new_bytes(const struct vn_plan *plan, size_t i, struct vn_strbuf *out)
{
	size_t end, first = vn_edits_range(&plan->edits, (int)i, &end);

	if (first == end)
		return (false);
	vn_edits_apply(out, plan->sources->items[i], &plan->edits, first, end);
	return (true);
}

/* The name to open a source by; where it can be, the one people know. */
static const char *
name_of(const struct vn_sources *sources, const struct vn_source *s)
{

	return (vn_file_below(s->path, sources->cwd) != NULL ? s->shown :
	    s->path);
}

/* What is written in place, and what that owns. */
struct writing {
	VN_VEC(struct vn_replacement) files;
	VN_VEC(char *)	 texts;		/* owned; by file */
	VN_VEC(const char **) links;	/* owned arrays; by file */
	size_t		 apart;		/* files with unknown names */
	const char	*first_apart;	/* one of them; borrowed */
};

/* The other names of source i under the PATHs; *n is how many. */
static const char **
links_of(const struct vn_plan *plan, size_t i, size_t *n)
{
	const char **links = NULL;

	*n = 0;
	for (size_t k = 0; k < plan->nfiles; k++) {
		const char *file = plan->files[k];

		if (vn_sources_find(plan->sources, file) != (int)i ||
		    strcmp(file, plan->sources->items[i]->path) == 0)
			continue;
		links = vn_realloc(links, (*n + 1) * sizeof(*links));
		links[(*n)++] = file;
	}
	return (links);
}

static void
add_file(const struct vn_plan *plan, struct writing *w, size_t i,
    struct vn_strbuf *sb)
{
	const struct vn_source *s = plan->sources->items[i];
	struct vn_replacement r = { .path = name_of(plan->sources, s),
	    .len = sb->len, .old = s->data, .oldlen = s->len };
	struct stat st;

	r.data = vn_strbuf_take(sb);
	VN_PUSH(&w->texts, (char *)(uintptr_t)r.data);
	if (stat(s->path, &st) == 0 && st.st_nlink > 1) {
		r.links = links_of(plan, i, &r.nlinks);
		VN_PUSH(&w->links, (const char **)(uintptr_t)r.links);
		if (st.st_nlink > r.nlinks + 1 && w->apart++ == 0)
			w->first_apart = s->shown;
	}
	VN_PUSH(&w->files, r);
}

static void
warn_apart(const struct writing *w)
{

	if (w->apart > 0)
		vn_diag(VN_WARNING, NULL, 0, 0, "hard links broken: "
		    "other names of '%s'%s lie under no PATH and keep the old "
		    "text", w->first_apart, w->apart == 1 ? "" :
		    " and of more files");
}

int
vn_emit_inplace(const struct vn_plan *plan)
{
	struct writing w = { 0 };
	int status = 0;

	for (size_t i = 0; i < plan->sources->count; i++) {
		struct vn_strbuf sb = { 0 };

		if (new_bytes(plan, i, &sb))
			add_file(plan, &w, i, &sb);
	}
	if (w.files.count > 0)
		status = vn_file_replace_all(w.files.items, w.files.count);
	if (status == 0)
		warn_apart(&w);
	for (size_t i = 0; i < w.texts.count; i++)
		free(w.texts.items[i]);
	for (size_t i = 0; i < w.links.count; i++)
		free(w.links.items[i]);
	VN_FREE(&w.texts);
	VN_FREE(&w.links);
	VN_FREE(&w.files);
	return (status);
}

int
vn_emit_directory(const struct vn_plan *plan, const char *dir)
{
	int status = 0;

	for (size_t i = 0; status == 0 && i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];
		struct vn_strbuf sb = { 0 };
		char *path;

		if (!new_bytes(plan, i, &sb))
			continue;
		path = vn_asprintf("%s/%s", dir, s->shown);
		status = vn_file_write(path, sb.data, sb.len, s->path);
		free(path);
		vn_strbuf_free(&sb);
	}
	return (status);
}
