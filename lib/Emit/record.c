/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * --record: what a conversion did, as JSON, a line for each file.
 */

#include <sys/stat.h>

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/plan.h"
#include "Rewrite/style.h"

#include "Emit/record.h"

/* To be raised when a reader of the old form would misread the new one. */
enum { RECORD_VERSION = 1 };

/* The file's name as seen from the root. */
static const char *
path_of(const struct vn_plan *plan, int source)
{
	const char *path = plan->sources->items[source]->path;
	const char *below = vn_file_below(path, plan->sources->root);

	return (below != NULL ? below : path);
}

/* Append a value, which is used up; -1 if a string in it is no UTF-8. */
static int
put_value(struct vn_strbuf *sb, json_t *value)
{
	char *text = value == NULL ? NULL : json_dumps(value,
	    JSON_COMPACT | JSON_ENCODE_ANY);

	json_decref(value);
	if (text == NULL)
		return (-1);
	vn_strbuf_puts(sb, text);
	free(text);
	return (0);
}

static int
put_file(struct vn_strbuf *sb, const struct vn_plan *plan, int source,
    size_t first, size_t end)
{
	json_t *edits = json_array();

	for (size_t i = first; i < end; i++) {
		const struct vn_edit *e = &plan->edits.items[i];

		json_array_append_new(edits, json_pack("[I,I,I]",
		    (json_int_t)e->off, (json_int_t)e->len,
		    (json_int_t)strlen(e->text)));
	}
	return (put_value(sb, json_pack("{s:s,s:o}", "path",
	    path_of(plan, source), "edits", edits)));
}

/* Did the static of a function get another name? */
static bool
is_renamed(const struct vn_plan *plan, const struct vn_target *t)
{

	return (!plan->undo && t->as != t->name && vn_target_converts(t));
}

static int
put_rename(struct vn_strbuf *sb, const struct vn_plan *plan,
    const struct vn_target *t)
{
	const struct vn_global *g = &plan->globals->items[t->global];

	return (put_value(sb, json_pack("{s:{s:s,s:s?,s:s},s:s}", "was",
	    "file", path_of(plan, t->home), "function", g->function, "name",
	    vn_plan_plain(plan, t->name), "now",
	    vn_plan_plain(plan, t->as))));
}

/* The separator before a line of an array. */
static void
put_separator(struct vn_strbuf *sb, size_t *count)
{

	vn_strbuf_puts(sb, (*count)++ == 0 ? "\n" : ",\n");
}

/* The whole text; -1 as put_value. */
static int
put_record(struct vn_strbuf *sb, const struct vn_plan *plan)
{
	size_t count = 0;
	int status = 0;

	vn_strbuf_printf(sb, "{\"version\":%d,\n\"program\":\"vnetize %s\",\n"
	    "\"style\":\"%s\",\n\"files\":[", RECORD_VERSION, VN_VERSION,
	    plan->undo ? "none" : plan->style->name);
	for (size_t i = 0; status == 0 && i < plan->sources->count; i++) {
		size_t end, first = vn_edits_range(&plan->edits, (int)i, &end);

		if (first == end)
			continue;
		put_separator(sb, &count);
		status = put_file(sb, plan, (int)i, first, end);
	}
	vn_strbuf_puts(sb, "],\n\"renames\":[");
	count = 0;
	for (size_t i = 0; status == 0 && i < plan->targets.count; i++) {
		if (!is_renamed(plan, &plan->targets.items[i]))
			continue;
		put_separator(sb, &count);
		status = put_rename(sb, plan, &plan->targets.items[i]);
	}
	vn_strbuf_puts(sb, "]}\n");
	return (status);
}

int
vn_emit_record_begin(struct vn_recording *out, const struct vn_plan *plan,
    const char *file)
{
	struct vn_strbuf sb = { 0 };
	struct stat st;
	int status;

	if (stat(file, &st) == 0 && S_ISDIR(st.st_mode)) {
		vn_error("cannot write '%s': it is a directory", file);
		return (-1);
	}
	status = put_record(&sb, plan);
	*out = (struct vn_recording){ .file = file,
	    .temporary = vn_asprintf("%s.%ld", file, (long)getpid()) };
	if (status != 0)
		vn_error("cannot write '%s': the name of a file is no UTF-8",
		    file);
	else
		status = vn_file_write(out->temporary, sb.data, sb.len, NULL);
	vn_strbuf_free(&sb);
	if (status != 0) {
		free(out->temporary);
		out->temporary = NULL;
	}
	return (status);
}

int
vn_emit_record_end(struct vn_recording *recording, int keep)
{
	int status = 0;

	if (!keep)
		unlink(recording->temporary);
	else if (rename(recording->temporary, recording->file) != 0) {
		vn_error("cannot write '%s': %s", recording->file,
		    strerror(errno));
		unlink(recording->temporary);
		status = -1;
	}
	free(recording->temporary);
	recording->temporary = NULL;
	return (status);
}
