/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The JSON compilation database.
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

struct compdb {
	struct vn_units		*out;
	const char		*path;		/* borrowed */
	char			*base;		/* owned: directory of path */
	struct vn_strbuf	 text;
	VN_VEC(struct place)	 places;	/* of each entry */
	struct place		 at;		/* of the entry, or of all */
};

static int
entry_error(const struct compdb *db, const char *what)
{

	vn_diag(VN_ERROR, db->path, db->at.line, db->at.col, "%s", what);
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
scan_char(struct compdb *db, struct scan *s, char c)
{

	if (strchr(" \t\r\n", c) != NULL)
		return;
	if (db->at.line == 0)
		db->at = (struct place){ s->line, s->col };
	if (s->value && s->depth == 1 && c != ']')
		VN_PUSH(&db->places, (struct place){ s->line, s->col });
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
find_places(struct compdb *db)
{
	struct scan s = { .line = 1, .col = 1 };
	size_t i;

	for (i = 0; i < db->text.len; i++) {
		if (s.string)
			scan_string(&s, db->text.data[i]);
		else
			scan_char(db, &s, db->text.data[i]);
		s.col++;
		if (db->text.data[i] == '\n') {
			s.line++;
			s.col = 1;
		}
	}
}

static int
arguments(struct compdb *db, const json_t *list, struct vn_words *out)
{
	const char *word;
	size_t i;

	if (!json_is_array(list))
		return (entry_error(db, "'arguments' is not an array"));
	for (i = 0; i < json_array_size(list); i++) {
		word = json_string_value(json_array_get(list, i));
		if (word == NULL)
			return (entry_error(db,
			    "'arguments' holds something that is no string"));
		vn_words_add(out, word);
	}
	return (0);
}

static int
command(struct compdb *db, const json_t *entry, struct vn_words *out)
{
	const json_t *value;

	value = json_object_get(entry, "arguments");
	if (value != NULL)
		return (arguments(db, value, out));
	value = json_object_get(entry, "command");
	if (value == NULL)
		return (entry_error(db,
		    "entry has neither 'arguments' nor 'command'"));
	if (!json_is_string(value))
		return (entry_error(db, "'command' is not a string"));
	vn_split_command(out, json_string_value(value));
	return (0);
}

/* The directory of an entry, absolute; NULL after reporting an error. */
static char *
directory(struct compdb *db, const json_t *entry)
{
	const json_t *value;

	value = json_object_get(entry, "directory");
	if (value == NULL)
		return (vn_strdup(db->base));
	if (!json_is_string(value)) {
		entry_error(db, "'directory' is not a string");
		return (NULL);
	}
	return (vn_file_join(db->base, json_string_value(value)));
}

static void
pass_over(const struct compdb *db, const char *path, int error)
{

	vn_diag(VN_WARNING, db->path, db->at.line, db->at.col,
	    "entry passed over: '%s': %s", path, strerror(error));
}

/* Add the entry's command of file; both names canonical. */
static int
add_unit(struct compdb *db, const json_t *entry, const char *dir,
    const char *file)
{
	struct vn_words words = { 0 }, flags = { 0 };
	char *origin;

	if (command(db, entry, &words) != 0) {
		vn_words_free(&words);
		return (-1);
	}
	vn_flags_clean(&flags, &words, true, dir, file);
	origin = vn_asprintf("%s:%u", db->path, db->at.line);
	vn_units_add(db->out, file, dir, &flags, origin, false);
	free(origin);
	vn_words_free(&words);
	return (0);
}

static int
one_file(struct compdb *db, const json_t *entry, const char *dir,
    const char *name)
{
	char *joined, *file, *real;
	int error = 0;

	real = vn_file_realpath(dir);
	if (real == NULL) {
		pass_over(db, dir, errno);
		return (0);
	}
	joined = vn_file_join(real, name);
	file = vn_file_realpath(joined);
	if (file == NULL)
		pass_over(db, joined, errno);
	else
		error = add_unit(db, entry, real, file);
	free(file);
	free(joined);
	free(real);
	return (error);
}

static int
one_entry(struct compdb *db, const json_t *entry)
{
	const char *name;
	char *dir;
	size_t len;
	int error;

	if (!json_is_object(entry))
		return (entry_error(db, "entry is not an object"));
	name = json_string_value(json_object_get(entry, "file"));
	if (name == NULL || name[0] == '\0')
		return (entry_error(db, "entry has no 'file'"));
	len = strlen(name);
	if (len < 2 || strcmp(name + len - 2, ".c") != 0)
		return (0);
	dir = directory(db, entry);
	if (dir == NULL)
		return (-1);
	error = one_file(db, entry, dir, name);
	free(dir);
	return (error);
}

static int
all_entries(struct compdb *db, const json_t *root)
{
	size_t i;

	for (i = 0; i < json_array_size(root); i++) {
		if (i < db->places.count)
			db->at = db->places.items[i];
		if (one_entry(db, json_array_get(root, i)) != 0)
			return (-1);
	}
	db->at = (struct place){ 0, 0 };
	if (db->out->count == 0)
		return (entry_error(db, "no compile command of a .c file"));
	return (0);
}

static int
parse(struct compdb *db)
{
	json_error_t where;
	json_t *root;
	int error;

	root = json_loadb(db->text.data == NULL ? "" : db->text.data,
	    db->text.len, 0, &where);
	if (root == NULL) {
		vn_diag(VN_ERROR, db->path, (unsigned)where.line,
		    where.column > 0 ? (unsigned)where.column : 1,
		    "not JSON: %s", where.text);
		return (-1);
	}
	find_places(db);
	error = json_is_array(root) ? all_entries(db, root) :
	    entry_error(db, "not an array of compile commands");
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
read_database(struct vn_units *out, const char *path)
{
	struct compdb db = { .out = out, .path = path };
	int error;

	error = vn_file_read(&db.text, path);
	if (error != 0) {
		vn_diag(VN_ERROR, path, 0, 0, "cannot read: %s",
		    strerror(errno));
	} else {
		db.base = base_of(path);
		error = parse(&db);
	}
	VN_FREE(&db.places);
	vn_strbuf_free(&db.text);
	free(db.base);
	return (error);
}

int
vn_units_compdb(struct vn_units *out, const char *path)
{
	char *file;
	int error;

	*out = (struct vn_units){ 0 };
	file = vn_is_dir(path) ? vn_file_join(path, database) :
	    vn_strdup(path);
	error = read_database(out, file);
	free(file);
	if (error != 0)
		vn_units_free(out);
	else
		vn_units_sort(out);
	return (error);
}
