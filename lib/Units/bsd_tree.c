/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The lists of a kernel's files, as config(8) reads them, and the units of a
 * bare tree.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Units/bsd_impl.h"

/* The lists, below the root; "%s" is the machine.  The first must be there. */
static const char *const lists[] = { "conf/files", "conf/files.%s" };

/* A list that is a part of another. */
static const char include_word[] = "include";

/* Words that a string follows; what comes of it. */
enum takes { TAKES_COMMAND, TAKES_DEPENDS, TAKES_NOTHING };

static const struct {
	const char	*word;
	enum takes	 takes;
} string_words[] = {
	{ "compile-with",	TAKES_COMMAND },
	{ "dependency",		TAKES_DEPENDS },
	{ "clean",		TAKES_NOTHING },
	{ "obj-prefix",		TAKES_NOTHING },
	{ "warning",		TAKES_NOTHING },
};

/* Words that are no names of options and devices. */
static const char *const plain_words[] = {
	"standard", "mandatory", "optional", "before-depend", "local",
	"no-ctfconvert", "no-implicit-rule", "no-obj", "nowerror",
	"profiling-routine"
};
static const char or_word[] = "|";

/* Lists that include each other end here. */
enum { MAX_DEPTH = 16 };

static int read_list(struct vn_bsd_files *out, const char *root,
    const char *name, bool optional, unsigned depth);

/* Pass over blanks and backslash newlines within a line. */
static void
skip_blanks(struct vn_text *t)
{
	int c;

	for (;;) {
		c = vn_text_peek(t, 0);
		if (c == '\\' && vn_text_peek(t, 1) == '\r')
			vn_text_get(t);
		else if (c == '\\' && vn_text_peek(t, 1) == '\n')
			vn_text_get(t);
		else if (c != ' ' && c != '\t' && c != '\r')
			return;
		vn_text_get(t);
	}
}

static void
skip_line(struct vn_text *t)
{
	int c, last = 0;

	for (; (c = vn_text_get(t)) != -1; last = c)
		if (c == '\n' && last != '\\')
			return;
}

static bool
ends_word(int c)
{

	return (c == -1 || c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

/* Append a quoted string's contents to sb; the quote is next. */
static int
read_quoted(struct vn_text *t, struct vn_strbuf *sb)
{
	unsigned line = t->line, col = vn_text_col(t);
	int c, quote = vn_text_get(t);

	while ((c = vn_text_get(t)) != quote) {
		if (c == -1 || c == '\n') {
			vn_diag(VN_ERROR, t->path, line, col,
			    "missing closing quote");
			return (-1);
		}
		if (c == '\\' && vn_text_peek(t, 0) == quote)
			c = vn_text_get(t);
		vn_strbuf_putc(sb, (char)c);
	}
	return (0);
}

/*
 * The next word of the line, or string where one is there: 1 and its contents
 * in *word (owned by the caller), 0 at the end of the line, -1 after an error.
 */
static int
next_word(struct vn_text *t, char **word)
{
	struct vn_strbuf sb = { 0 };
	int c;

	skip_blanks(t);
	c = vn_text_peek(t, 0);
	if (c == -1 || c == '\n' || c == '#')
		return (0);
	if (c == '"' || c == '\'') {
		if (read_quoted(t, &sb) != 0) {
			vn_strbuf_free(&sb);
			return (-1);
		}
	} else
		while (!ends_word(vn_text_peek(t, 0)))
			vn_strbuf_putc(&sb, (char)vn_text_get(t));
	*word = vn_strbuf_take(&sb);
	return (1);
}

/* The string that must follow word. */
static int
string_after(struct vn_text *t, const char *word, char **string)
{
	int c;

	skip_blanks(t);
	c = vn_text_peek(t, 0);
	if (c == '"' || c == '\'')
		return (next_word(t, string) == 1 ? 0 : -1);
	vn_diag(VN_ERROR, t->path, t->line, vn_text_col(t),
	    "'%s' needs a quoted string", word);
	return (-1);
}

static void
add_need(struct vn_bsd_file *file, const char *word)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(plain_words); i++)
		if (strcmp(word, plain_words[i]) == 0)
			return;
	vn_words_add(&file->needs, word);
}

/* Keep what a word of an entry says, as far as it matters. */
static int
entry_word(struct vn_text *t, struct vn_bsd_file *file, const char *word)
{
	char *string, **keep;
	size_t i;

	for (i = 0; i < VN_NITEMS(string_words); i++)
		if (strcmp(word, string_words[i].word) == 0)
			break;
	if (i == VN_NITEMS(string_words)) {
		add_need(file, word);
		return (0);
	}
	if (string_after(t, word, &string) != 0)
		return (-1);
	keep = string_words[i].takes == TAKES_COMMAND ? &file->command :
	    string_words[i].takes == TAKES_DEPENDS ? &file->depends : NULL;
	if (keep == NULL) {
		free(string);
		return (0);
	}
	free(*keep);
	*keep = string;
	return (0);
}

static int
rest_of_entry(struct vn_text *t, struct vn_bsd_file *file)
{
	char *word;
	int more, error = 0;

	while (error == 0 && (more = next_word(t, &word)) != 0) {
		if (more < 0)
			return (-1);
		error = entry_word(t, file, word);
		free(word);
	}
	return (error);
}

static int
read_include(struct vn_bsd_files *out, struct vn_text *t, const char *root,
    unsigned depth)
{
	char *name;
	int more, error;

	more = next_word(t, &name);
	if (more == 1 && depth < MAX_DEPTH) {
		error = read_list(out, root, name, false, depth + 1);
		free(name);
		return (error);
	}
	if (more == 1)
		free(name);
	if (more != -1)
		vn_diag(VN_ERROR, t->path, t->line, vn_text_col(t), more == 1 ?
		    "lists include each other" :
		    "'include' needs the name of a file");
	return (-1);
}

static int
read_entry(struct vn_bsd_files *out, struct vn_text *t, const char *root,
    char *name, unsigned depth)
{
	struct vn_bsd_file file = { .name = name, .place = out->count };
	int error;

	if (strcmp(name, include_word) == 0) {
		free(name);
		return (read_include(out, t, root, depth));
	}
	file.origin = vn_asprintf("%s:%u", t->path, t->line);
	error = rest_of_entry(t, &file);
	VN_PUSH(out, file);
	return (error);
}

static int
read_list(struct vn_bsd_files *out, const char *root, const char *name,
    bool optional, unsigned depth)
{
	struct vn_text t;
	char *word;
	int error, more;

	error = vn_text_open(&t, root, name, optional);
	if (error != 0)
		return (error < 0 ? -1 : 0);
	while (error == 0 && vn_text_peek(&t, 0) != -1) {
		more = next_word(&t, &word);
		if (more == 1)
			error = read_entry(out, &t, root, word, depth);
		else
			error = more;
		skip_line(&t);
	}
	vn_text_close(&t);
	return (error);
}

static int
file_cmp(const void *va, const void *vb)
{
	const struct vn_bsd_file *a = va, *b = vb;
	int order;

	order = strcmp(a->name, b->name);
	if (order != 0)
		return (order);
	return (a->place < b->place ? -1 : a->place > b->place);
}

/*
 * An object made by hand depends on its source: "$S/x.c" there stands for an
 * entry of x.c with the object's command.
 */
static void
add_from_object(struct vn_bsd_files *out, size_t object, const char *root)
{
	struct vn_bsd_file from = out->items[object], file;
	struct vn_words words = { 0 };
	const char *below;
	char *path;
	size_t i, len;

	if (from.depends != NULL)
		vn_split_command(&words, from.depends);
	for (i = 0; i < words.count; i++) {
		path = vn_bsd_expand(words.items[i], root);
		below = path == NULL ? NULL : vn_file_below(path, root);
		len = below == NULL ? 0 : strlen(below);
		if (len > 2 && strcmp(below + len - 2, ".c") == 0) {
			file = (struct vn_bsd_file){ 0 };
			file.name = vn_strdup(below);
			vn_words_addall(&file.needs, &from.needs);
			file.command = from.command == NULL ? NULL :
			    vn_strdup(from.command);
			file.origin = vn_strdup(from.origin);
			file.place = out->count;
			VN_PUSH(out, file);
		}
		free(path);
	}
	vn_words_free(&words);
}

int
vn_bsd_files_read(struct vn_bsd_files *out, const char *root, const char *arch,
    const struct vn_words *more)
{
	char *name;
	size_t i, n;
	int error = 0;

	*out = (struct vn_bsd_files){ 0 };
	for (i = 0; error == 0 && i < VN_NITEMS(lists); i++) {
		name = strstr(lists[i], "%s") == NULL ? vn_strdup(lists[i]) :
		    vn_asprintf("%.*s%s", (int)strcspn(lists[i], "%"),
		    lists[i], arch);
		error = read_list(out, root, name, i > 0, 0);
		free(name);
	}
	for (i = 0; error == 0 && i < more->count; i++)
		error = read_list(out, root, more->items[i], false, 0);
	for (i = 0, n = out->count; error == 0 && i < n; i++)
		add_from_object(out, i, root);
	if (out->count != 0)
		qsort(out->items, out->count, sizeof(*out->items), file_cmp);
	return (error);
}

void
vn_bsd_files_free(struct vn_bsd_files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		free(files->items[i].name);
		free(files->items[i].command);
		free(files->items[i].depends);
		free(files->items[i].origin);
		vn_words_free(&files->items[i].needs);
	}
	VN_FREE(files);
}

/* The first entry of a name, NULL if there is none. */
static const struct vn_bsd_file *
first_entry(const struct vn_bsd_files *files, const char *name)
{
	size_t low = 0, high = files->count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(files->items[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == files->count || strcmp(files->items[low].name, name) != 0)
		return (NULL);
	return (&files->items[low]);
}

const struct vn_bsd_file *
vn_bsd_files_find(const struct vn_bsd_files *files, const char *name)
{
	const struct vn_bsd_file *file, *end = files->items + files->count;
	const struct vn_bsd_file *first = first_entry(files, name);

	for (file = first; file != NULL && file < end &&
	    strcmp(file->name, name) == 0; file++)
		if (file->command != NULL)
			return (file);
	return (first);
}

/* Do the names up to the next "|" all hold?  *i is left there. */
static bool
one_holds(const struct vn_words *needs, const struct vn_bsd_config *config,
    size_t *i)
{
	const char *name;
	bool holds = true;

	for (; *i < needs->count; (*i)++) {
		name = needs->items[*i];
		if (strcmp(name, or_word) == 0)
			break;
		if (name[0] == '!')
			holds = holds && !vn_bsd_config_on(config, name + 1);
		else
			holds = holds && vn_bsd_config_on(config, name);
	}
	return (holds);
}

bool
vn_bsd_files_left_out(const struct vn_bsd_files *files, const char *name,
    const struct vn_bsd_config *config)
{
	const struct vn_bsd_file *file, *end = files->items + files->count;
	size_t i;

	for (file = first_entry(files, name); file != NULL && file < end &&
	    strcmp(file->name, name) == 0; file++) {
		i = 0;
		do
			if (one_holds(&file->needs, config, &i))
				return (false);
		while (i++ < file->needs.count);
	}
	return (true);
}

/* Where a bare tree's units come from. */
struct bare {
	const struct vn_bsd_options	*opts;
	struct vn_bsd_config		 config;
	struct vn_bsd_files		 files;
	struct vn_bsd_flags		 flags;
	char				*gendir;	/* owned */
};

static void
add_unit(struct vn_units *out, const struct bare *bare, const char *file)
{
	const struct vn_bsd_file *entry = NULL;
	struct vn_words flags = { 0 };
	const char *name;
	char *origin;

	name = vn_file_below(file, bare->opts->sys);
	if (name != NULL)
		entry = vn_bsd_files_find(&bare->files, name);
	vn_words_addall(&flags, &bare->flags.before);
	if (entry != NULL && entry->command != NULL)
		vn_bsd_flags_own(&flags, entry->command, bare->opts->sys);
	vn_words_addall(&flags, &bare->flags.after);
	origin = entry != NULL ? vn_strdup(entry->origin) :
	    vn_file_join(bare->opts->sys, lists[0]);
	vn_units_add(out, file, bare->gendir, &flags, origin, entry == NULL);
	out->items[out->count - 1].left_out = entry != NULL &&
	    vn_bsd_files_left_out(&bare->files, name, &bare->config);
	free(origin);
}

/* Read and make all that units are put together from. */
static int
prepare(struct bare *bare)
{
	const struct vn_bsd_options *o = bare->opts;
	char *include;
	bool known;

	include = vn_asprintf("%s/%s/include", o->sys, o->arch);
	known = vn_is_dir(include);
	free(include);
	if (!known)
		return (vn_bsd_arch_missing(o->sys, o->arch));
	if (vn_bsd_config_read(&bare->config, o->sys, o->arch,
	    o->kernconf) != 0 || vn_bsd_files_read(&bare->files, o->sys,
	    o->arch, &bare->config.files) != 0)
		return (-1);
	bare->gendir = vn_bsd_generate(o, &bare->config, &bare->files);
	if (bare->gendir == NULL)
		return (-1);
	return (vn_bsd_flags_read(&bare->flags, o->sys, o->arch,
	    bare->gendir));
}

int
vn_units_bsd(struct vn_units *out, const struct vn_bsd_options *opts,
    char *const *files, size_t nfiles)
{
	struct bare bare = { .opts = opts };
	size_t i, len;
	int error;

	*out = (struct vn_units){ 0 };
	error = prepare(&bare);
	for (i = 0; error == 0 && i < nfiles; i++) {
		len = strlen(files[i]);
		if (len > 2 && strcmp(files[i] + len - 2, ".c") == 0)
			add_unit(out, &bare, files[i]);
	}
	vn_units_sort(out);
	vn_bsd_config_free(&bare.config);
	vn_bsd_files_free(&bare.files);
	vn_bsd_flags_free(&bare.flags);
	free(bare.gendir);
	return (error);
}
