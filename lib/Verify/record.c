/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading the record of a conversion.
 */

#include <jansson.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Verify/record.h"

/* The form that vnetize writes. */
enum { RECORD_VERSION = 1 };

/* Line and column, from 1: jansson keeps none for values. */
struct place {
	unsigned	line, col;
};

struct reader {
	struct vn_record	*out;
	const char		*file;		/* borrowed */
	struct vn_strbuf	 text;
	VN_VEC(struct place)	 places;	/* of each entry of the arrays
						   of the record, in order */
	struct place		 at;		/* of what is being read */
};

static int
bad(const struct reader *r, const char *what)
{

	vn_diag(VN_ERROR, r->file, r->at.line, r->at.col, "%s; let vnetize "
	    "--record write the file anew", what);
	return (-1);
}

/* ------ places ------ */

/* The walk over the text, which is known to be JSON. */
struct scan {
	unsigned	line, col, depth;
	bool		string, escape;
	bool		array;		/* depth 2 is an array */
	bool		entry;		/* its next entry begins here */
};

static void
scan_char(struct reader *r, struct scan *s, char c)
{

	if (s->entry && c != ']' && strchr(" \t\r\n", c) == NULL) {
		VN_PUSH(&r->places, (struct place){ s->line, s->col });
		s->entry = false;
	}
	if (s->string) {
		s->string = s->escape || c != '"';
		s->escape = !s->escape && c == '\\';
	} else if (c == '"')
		s->string = true;
	else if (c == '[' || c == '{') {
		if (++s->depth == 2)
			s->array = s->entry = c == '[';
	} else if (c == ']' || c == '}') {
		s->depth--;
		s->entry = false;
	} else if (c == ',' && s->depth == 2)
		s->entry = s->array;
}

static void
find_places(struct reader *r)
{
	struct scan s = { .line = 1, .col = 1 };

	for (size_t i = 0; i < r->text.len; i++) {
		scan_char(r, &s, r->text.data[i]);
		s.col++;
		if (r->text.data[i] == '\n') {
			s.line++;
			s.col = 1;
		}
	}
}

/* ------ values ------ */

/* A number of bytes that a source can have. */
static bool
is_size(const json_t *value)
{

	return (json_is_integer(value) && json_integer_value(value) >= 0 &&
	    json_integer_value(value) <= UINT32_MAX);
}

static int
read_edit(struct reader *r, struct vn_record_file *f, const json_t *value)
{
	struct vn_line_edit e;
	uint64_t least = 0;

	if (json_array_size(value) != 3 ||
	    !is_size(json_array_get(value, 0)) ||
	    !is_size(json_array_get(value, 1)) ||
	    !is_size(json_array_get(value, 2)))
		return (bad(r, "an edit is not [offset, old length, new "
		    "length]"));
	e.off = (uint32_t)json_integer_value(json_array_get(value, 0));
	e.oldlen = (uint32_t)json_integer_value(json_array_get(value, 1));
	e.newlen = (uint32_t)json_integer_value(json_array_get(value, 2));
	if (f->count > 0)
		least = (uint64_t)f->edits[f->count - 1].off +
		    f->edits[f->count - 1].oldlen;
	if (e.off < least)
		return (bad(r, "edits overlap or are not in order"));
	f->edits = vn_realloc(f->edits, (f->count + 1) * sizeof(*f->edits));
	f->edits[f->count++] = e;
	return (0);
}

static int
read_file(struct reader *r, const json_t *value)
{
	const char *path = json_string_value(json_object_get(value, "path"));
	const json_t *edits = json_object_get(value, "edits");
	struct vn_record_file *f;

	if (path == NULL || *path == '\0' || *path == '/')
		return (bad(r, "'path' is not the name of a file below the "
		    "root"));
	if (!json_is_array(edits))
		return (bad(r, "'edits' is not an array"));
	VN_PUSH(&r->out->files, (struct vn_record_file){
	    .path = vn_strdup(path) });
	f = &r->out->files.items[r->out->files.count - 1];
	for (size_t i = 0; i < json_array_size(edits); i++)
		if (read_edit(r, f, json_array_get(edits, i)) != 0)
			return (-1);
	return (0);
}

static int
read_rename(struct reader *r, const json_t *value)
{
	const json_t *was = json_object_get(value, "was");
	const char *name = json_string_value(json_object_get(was, "name"));
	const char *now = json_string_value(json_object_get(value, "now"));

	if (name == NULL || now == NULL)
		return (bad(r, "a rename lacks 'was' with a 'name', or "
		    "'now'"));
	VN_PUSH(&r->out->renames, (struct vn_rename){ .now = vn_strdup(now),
	    .was = vn_strdup(name) });
	return (0);
}

/* All members of the record, in order, so that places go with entries. */
static int
read_members(struct reader *r, json_t *root)
{
	const char *name;
	json_t *value, *entry;
	size_t i, place = 0;
	int status;

	json_object_foreach(root, name, value) {
		json_array_foreach(value, i, entry) {
			r->at = r->places.items[place++];
			status = 0;
			if (strcmp(name, "files") == 0)
				status = read_file(r, entry);
			else if (strcmp(name, "renames") == 0)
				status = read_rename(r, entry);
			if (status != 0)
				return (-1);
		}
	}
	return (0);
}

static int
read_root(struct reader *r, json_t *root)
{
	static const char *const arrays[] = { "files", "renames" };
	const json_t *version = json_object_get(root, "version");

	r->at = (struct place){ 1, 1 };
	if (!json_is_object(root) || !json_is_integer(version))
		return (bad(r, "no record of vnetize: there is no 'version'"));
	if (json_integer_value(version) != RECORD_VERSION)
		return (bad(r, "a record of another version of vnetize"));
	for (size_t i = 0; i < VN_NITEMS(arrays); i++)
		if (!json_is_array(json_object_get(root, arrays[i])))
			return (bad(r, i == 0 ? "'files' is not an array" :
			    "'renames' is not an array"));
	find_places(r);
	return (read_members(r, root));
}

int
vn_record_read(struct vn_record *out, const char *file)
{
	struct reader r = { .out = out, .file = file };
	json_error_t error;
	json_t *root;
	int status = -1;

	if (vn_file_read(&r.text, file) != 0)
		vn_error("cannot read '%s': %s", file, strerror(errno));
	else if ((root = json_loadb(r.text.data, r.text.len,
	    JSON_REJECT_DUPLICATES, &error)) == NULL)
		vn_diag(VN_ERROR, file, error.line > 0 ?
		    (unsigned)error.line : 1, error.column > 0 ?
		    (unsigned)error.column : 1, "no JSON: %s", error.text);
	else {
		status = read_root(&r, root);
		json_decref(root);
	}
	VN_FREE(&r.places);
	vn_strbuf_free(&r.text);
	return (status);
}

const struct vn_record_file *
vn_record_find(const struct vn_record *record, const char *path)
{

	for (size_t i = 0; i < record->files.count; i++)
		if (strcmp(record->files.items[i].path, path) == 0)
			return (&record->files.items[i]);
	return (NULL);
}

void
vn_record_free(struct vn_record *record)
{

	for (size_t i = 0; i < record->files.count; i++) {
		free(record->files.items[i].path);
		free(record->files.items[i].edits);
	}
	for (size_t i = 0; i < record->renames.count; i++) {
		free(record->renames.items[i].now);
		free(record->renames.items[i].was);
	}
	VN_FREE(&record->files);
	VN_FREE(&record->renames);
}
