/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The entries of a JSON compilation database, whoever wants them.
 */

#include <jansson.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "Units/units_impl.h"

static const char database[] = "compile_commands.json";

/* Line and column, from 1, of an entry: jansson keeps none for values. */
struct place {
	unsigned	line, col;
};

struct reader {
	const struct vn_wanted	*wanted;
	void			*arg;		/* of wanted->take */
	struct vn_entry		 entry;		/* the one being read */
	struct vn_strbuf	 text;
	VN_VEC(struct place)	 places;	/* of each entry */
	struct place		 top;		/* of all */
	bool			 took;
};

static int
entry_error(const struct vn_entry *entry, const char *what)
{

	vn_diag(VN_ERROR, entry->path, entry->line, entry->col, "%s", what);
	return (-1);
}

/* What the walk over the text knows: depth, strings, and what comes next. */
struct scan {
	unsigned	line, col, depth;
	bool		string, escape, value;
};

static void
scan_string(struct scan *s, char c)
{

	if (s->escape)
		s->escape = false;
	else if (c == '\\')
		s->escape = true;
	else if (c == '"')
		s->string = false;
}

static void
scan_char(struct reader *r, struct scan *s, char c)
{

	if (strchr(" \t\r\n", c) != NULL)
		return;
	if (r->top.line == 0)
		r->top = (struct place){ s->line, s->col };
	if (s->value && s->depth == 1 && c != ']')
		VN_PUSH(&r->places, (struct place){ s->line, s->col });
	s->value = false;
	if (c == '"')
		s->string = true;
	else if (c == '[' || c == '{')
		s->value = s->depth++ == 0;
	else if ((c == ']' || c == '}') && s->depth > 0)
		s->depth--;
	else if (c == ',')
		s->value = s->depth == 1;
}

/* Find where each entry of the array stands; the text is known to be JSON. */
static void
find_places(struct reader *r)
{
	struct scan s = { .line = 1, .col = 1 };
	size_t i;

	for (i = 0; i < r->text.len; i++) {
		if (s.string)
			scan_string(&s, r->text.data[i]);
		else
			scan_char(r, &s, r->text.data[i]);
		s.col++;
		if (r->text.data[i] == '\n') {
			s.line++;
			s.col = 1;
		}
	}
}

static int
arguments(const struct vn_entry *entry, const json_t *list,
    struct vn_words *out)
{
	const char *word;
	size_t i;

	if (!json_is_array(list))
		return (entry_error(entry, "'arguments' is not an array"));
	for (i = 0; i < json_array_size(list); i++) {
		word = json_string_value(json_array_get(list, i));
		if (word == NULL)
			return (entry_error(entry,
			    "'arguments' holds something that is no string"));
		vn_words_add(out, word);
	}
	return (0);
}

int
vn_entry_words(const struct vn_entry *entry, struct vn_words *out)
{
	const json_t *value;

	value = json_object_get(entry->json, "arguments");
	if (value != NULL)
		return (arguments(entry, value, out));
	value = json_object_get(entry->json, "command");
	if (value == NULL)
		return (entry_error(entry,
		    "entry has neither 'arguments' nor 'command'"));
	if (!json_is_string(value))
		return (entry_error(entry, "'command' is not a string"));
	vn_split_command(out, json_string_value(value));
	return (0);
}

/* The directory of an entry, absolute; NULL after reporting an error. */
static char *
directory(const struct vn_entry *entry)
{
	const json_t *value;

	value = json_object_get(entry->json, "directory");
	if (value == NULL)
		return (vn_strdup(entry->base));
	if (!json_is_string(value)) {
		entry_error(entry, "'directory' is not a string");
		return (NULL);
	}
	return (vn_file_join(entry->base, json_string_value(value)));
}

static bool
is_wanted(const struct vn_wanted *wanted, const char *name)
{
	const char *const *end;

	for (end = wanted->ends; *end != NULL; end++)
		if (vn_file_ends(name, *end))
			return (true);
	return (false);
}

static int
one_entry(struct reader *r)
{
	struct vn_entry *entry = &r->entry;
	const json_t *json = entry->json;
	char *dir;
	int took;

	if (!json_is_object(json))
		return (entry_error(entry, "entry is not an object"));
	entry->file = json_string_value(json_object_get(json, "file"));
	if (entry->file == NULL || entry->file[0] == '\0')
		return (entry_error(entry, "entry has no 'file'"));
	if (!is_wanted(r->wanted, entry->file))
		return (0);
	entry->dir = dir = directory(entry);
	if (dir == NULL)
		return (-1);
	took = r->wanted->take(entry, r->arg);
	r->took |= took > 0;
	free(dir);
	return (took < 0 ? -1 : 0);
}

static int
all_entries(struct reader *r, const json_t *root)
{
	size_t i;

	for (i = 0; i < json_array_size(root); i++) {
		if (i < r->places.count) {
			r->entry.line = r->places.items[i].line;
			r->entry.col = r->places.items[i].col;
		}
		r->entry.json = json_array_get(root, i);
		if (one_entry(r) != 0)
			return (-1);
	}
	if (r->took)
		return (0);
	vn_diag(VN_ERROR, r->entry.path, 0, 0,
	    "no compile command of a %s file", r->wanted->what);
	return (-1);
}

static int
parse(struct reader *r)
{
	json_error_t where;
	json_t *root;
	int error;

	root = json_loadb(r->text.data == NULL ? "" : r->text.data,
	    r->text.len, 0, &where);
	if (root == NULL) {
		vn_diag(VN_ERROR, r->entry.path, (unsigned)where.line,
		    where.column > 0 ? (unsigned)where.column : 1,
		    "not JSON: %s", where.text);
		return (-1);
	}
	find_places(r);
	r->entry.line = r->top.line;
	r->entry.col = r->top.col;
	error = json_is_array(root) ? all_entries(r, root) :
	    entry_error(&r->entry, "not an array of compile commands");
	json_decref(root);
	return (error);
}

/* The directory that holds path, absolute: entries may be relative to it. */
static char *
base_of(const char *path)
{
	char *real, *slash;

	real = vn_file_realpath(path);
	if (real == NULL)
		return (vn_strdup("."));
	slash = strrchr(real, '/');
	slash[slash == real ? 1 : 0] = '\0';
	return (real);
}

static int
read_file(const char *path, const struct vn_wanted *wanted, void *arg)
{
	struct reader r = { .wanted = wanted, .arg = arg };
	char *base;
	int error;

	r.entry.path = path;
	error = vn_file_read(&r.text, path);
	if (error != 0) {
		vn_diag(VN_ERROR, path, 0, 0, "cannot read: %s",
		    strerror(errno));
	} else {
		r.entry.base = base = base_of(path);
		error = parse(&r);
		free(base);
	}
	VN_FREE(&r.places);
	vn_strbuf_free(&r.text);
	return (error);
}

int
vn_database_read(const char *path, const struct vn_wanted *wanted, void *arg)
{
	char *file;
	int error;

	file = vn_is_dir(path) ? vn_file_join(path, database) :
	    vn_strdup(path);
	error = read_file(file, wanted, arg);
	free(file);
	return (error);
}
