/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The converted files themselves.
 */

#include <stdlib.h>

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

int
vn_emit_inplace(const struct vn_plan *plan)
{
	VN_VEC(struct vn_replacement) files = { 0 };
	VN_VEC(char *) owned = { 0 };
	int status;

	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];
		struct vn_strbuf sb = { 0 };
		size_t len;

		if (!new_bytes(plan, i, &sb))
			continue;
		len = sb.len;
		VN_PUSH(&owned, vn_strbuf_take(&sb));
		VN_PUSH(&files, (struct vn_replacement){
		    name_of(plan->sources, s),
		    owned.items[owned.count - 1], len, s->data, s->len });
	}
	status = files.count == 0 ? 0 :
	    vn_file_replace_all(files.items, files.count);
	for (size_t i = 0; i < owned.count; i++)
		free(owned.items[i]);
	VN_FREE(&owned);
	VN_FREE(&files);
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
