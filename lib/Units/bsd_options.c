/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Kernel options: which there are (conf/options), which are on (NOTES or a
 * configuration file), and the headers that tell of them; after config(8).
 */

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Units/bsd_impl.h"

/* What there is to set, below the root; "%s" is the machine. */
static const char *const tables[] = {
	"conf/options", "conf/options.%s"
};

/* Read before any configuration. */
static const char *const defaults[] = { "%s/conf/DEFAULTS" };

/* Read where no configuration is given. */
static const char *const notes[] = { "conf/NOTES", "%s/conf/NOTES" };

/* Where the files that a configuration includes are looked for, after its own
 * directory. */
static const char *const include_dirs[] = { "%s/conf", "conf", "." };

/* Options that stay off: the plain configuration is the one that is read. */
static const char *const left_out[] = { "VIMAGE" };

/* An option that config(8) sets itself, and its value. */
static const char maxusers_option[] = "MAXUSERS";
static const char maxusers_default[] = "0";

/* The header that exists whatever the tables say. */
static const char global_header[] = "opt_global.h";

static const char default_header[] = "opt_%s.h";
static const char device_prefix[] = "DEV_";
static const char value_on[] = "1";

enum { MAX_DEPTH = 16 };

/* A configuration being read. */
struct conf {
	struct vn_bsd_config	*config;
	struct vn_text		 text;
	const char		*root, *arch;
	bool			 strict;	/* the unknown is an error */
	unsigned		 depth;
};

/* A word of a statement and where it starts. */
struct word {
	char		*text;		/* owned */
	char		*value;		/* after '=', or NULL; owned */
	unsigned	 line, col;
};

static int read_conf(struct conf *outer, const char *name, bool optional);

/* Put the machine's name for the "%s" of a table's row. */
static char *
fill(const char *row, const char *arch)
{
	const char *at = strstr(row, "%s");

	if (at == NULL)
		return (vn_strdup(row));
	return (vn_asprintf("%.*s%s%s", (int)(at - row), row, arch, at + 2));
}

/* What there is to set. */

static int
is_space(int c)
{

	return (c == ' ' || c == '\t' || c == '\r' || c == '\f');
}

static char *
plain_word(struct vn_text *t)
{
	struct vn_strbuf sb = { 0 };
	int c;

	while (is_space(vn_text_peek(t, 0)))
		vn_text_get(t);
	for (;;) {
		c = vn_text_peek(t, 0);
		if (c == -1 || c == '\n' || c == '#' || is_space(c))
			break;
		vn_strbuf_putc(&sb, (char)vn_text_get(t));
	}
	return (vn_strbuf_take(&sb));
}

static char *
lower_case(const char *word)
{
	char *lower = vn_strdup(word);
	size_t i;

	for (i = 0; lower[i] != '\0'; i++)
		lower[i] = (char)tolower((unsigned char)lower[i]);
	return (lower);
}

static char *
header_of(const char *option)
{
	char *lower, *name;

	lower = lower_case(option);
	name = vn_asprintf("%.*s%s%s", (int)strcspn(default_header, "%"),
	    default_header, lower, strchr(default_header, '%') + 2);
	free(lower);
	return (name);
}

static int
add_option(struct vn_bsd_config *config, const struct vn_text *t, char *name,
    char *header)
{
	struct vn_bsd_option option = { .name = name, .header = header };

	if (header[0] == '\0') {
		free(header);
		option.header = header_of(name);
	}
	VN_PUSH(&config->options, option);
	if (strchr(option.header, '/') != NULL || option.header[0] == '.') {
		vn_diag(VN_ERROR, t->path, t->line, 0,
		    "'%s' is not a plain name of a header", option.header);
		return (-1);
	}
	return (0);
}

static int
read_table(struct vn_bsd_config *config, const char *root, const char *name,
    bool optional)
{
	struct vn_text t;
	char *option;
	int c, error;

	error = vn_text_open(&t, root, name, optional);
	if (error != 0)
		return (error < 0 ? -1 : 0);
	while (error == 0 && vn_text_peek(&t, 0) != -1) {
		option = plain_word(&t);
		if (option[0] != '\0')
			error = add_option(config, &t, option, plain_word(&t));
		else
			free(option);
		while ((c = vn_text_get(&t)) != -1 && c != '\n')
			continue;
	}
	vn_text_close(&t);
	return (error);
}

static int
index_cmp(const void *va, const void *vb, void *arg)
{
	const struct vn_bsd_config *config = arg;
	size_t a = *(const size_t *)va, b = *(const size_t *)vb;
	int order;

	order = strcmp(config->options.items[a].name,
	    config->options.items[b].name);
	if (order != 0)
		return (order);
	return (a < b ? -1 : a > b);
}

static int
string_cmp(const void *a, const void *b)
{

	return (strcmp(*(char *const *)a, *(char *const *)b));
}

/* Each header once, sorted. */
static void
gather_headers(struct vn_bsd_config *config)
{
	struct vn_words all = { 0 };
	size_t i;

	vn_words_add(&all, global_header);
	for (i = 0; i < config->options.count; i++)
		vn_words_add(&all, config->options.items[i].header);
	qsort(all.items, all.count, sizeof(*all.items), string_cmp);
	for (i = 0; i < all.count; i++)
		if (i == 0 || strcmp(all.items[i], all.items[i - 1]) != 0)
			vn_words_add(&config->headers, all.items[i]);
	vn_words_free(&all);
}

static void
index_options(struct vn_bsd_config *config)
{
	size_t i, n = config->options.count;

	config->by_name = vn_calloc(n + 1, sizeof(*config->by_name));
	for (i = 0; i < n; i++)
		config->by_name[i] = i;
	qsort_r(config->by_name, n, sizeof(*config->by_name), index_cmp,
	    config);
	gather_headers(config);
}

/* The option of that name that the tables list first, or NULL. */
static struct vn_bsd_option *
find_option(const struct vn_bsd_config *config, const char *name)
{
	size_t low = 0, high = config->options.count, mid;
	struct vn_bsd_option *option;

	while (low < high) {
		mid = low + (high - low) / 2;
		option = &config->options.items[config->by_name[mid]];
		if (strcmp(option->name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == config->options.count)
		return (NULL);
	option = &config->options.items[config->by_name[low]];
	return (strcmp(option->name, name) == 0 ? option : NULL);
}

/* Which are on. */

/*
 * Pass over blanks, comments, and newlines that a blank follows: those do not
 * end a statement.
 */
static void
skip_to_word(struct vn_text *t)
{
	int c;

	for (;;) {
		c = vn_text_peek(t, 0);
		if (c == '#')
			while (c != -1 && c != '\n') {
				vn_text_get(t);
				c = vn_text_peek(t, 0);
			}
		if (!is_space(c) && !(c == '\n' &&
		    is_space(vn_text_peek(t, 1))))
			return;
		vn_text_get(t);
	}
}

static void
skip_statement(struct vn_text *t)
{

	for (;;) {
		skip_to_word(t);
		if (vn_text_peek(t, 0) == -1 || vn_text_peek(t, 0) == '\n')
			return;
		vn_text_get(t);
	}
}

/* A string in quotes; escaped ones (\"x\") keep one pair of them. */
static void
quoted(struct vn_text *t, struct vn_strbuf *sb)
{
	bool escaped = vn_text_peek(t, 0) == '\\';
	int c;

	if (escaped)
		vn_text_get(t);
	vn_text_get(t);
	if (escaped)
		vn_strbuf_putc(sb, '"');
	while ((c = vn_text_peek(t, 0)) != -1 && c != '\n' && c != '"' &&
	    !(c == '\\' && vn_text_peek(t, 1) == '"'))
		vn_strbuf_putc(sb, (char)vn_text_get(t));
	if (vn_text_peek(t, 0) == '\\')
		vn_text_get(t);
	if (vn_text_peek(t, 0) == '"')
		vn_text_get(t);
	if (escaped)
		vn_strbuf_putc(sb, '"');
}

/* The next word, up to one of the bytes of ends as well as blanks. */
static char *
conf_word(struct vn_text *t, const char *ends)
{
	struct vn_strbuf sb = { 0 };
	int c;

	c = vn_text_peek(t, 0);
	if (c == '"' || (c == '\\' && vn_text_peek(t, 1) == '"'))
		quoted(t, &sb);
	else
		while ((c = vn_text_peek(t, 0)) != -1 && c != '\n' &&
		    c != '#' && !is_space(c) && strchr(ends, c) == NULL)
			vn_strbuf_putc(&sb, (char)vn_text_get(t));
	return (vn_strbuf_take(&sb));
}

/* Take "=" or "+=" and the value after it. */
static void
conf_value(struct vn_text *t, struct word *word)
{

	skip_to_word(t);
	if (vn_text_peek(t, 0) == '+' && vn_text_peek(t, 1) == '=')
		vn_text_get(t);
	if (vn_text_peek(t, 0) != '=')
		return;
	vn_text_get(t);
	skip_to_word(t);
	word->value = conf_word(t, "");
}

/* The next word of the statement, with its value; false at its end. */
static bool
next_word(struct vn_text *t, struct word *word)
{

	*word = (struct word){ 0 };
	skip_to_word(t);
	while (vn_text_peek(t, 0) == ',') {
		vn_text_get(t);
		skip_to_word(t);
	}
	word->line = t->line;
	word->col = vn_text_col(t);
	word->text = conf_word(t, "=+,");
	if (word->text[0] == '\0' && vn_text_peek(t, 0) != '=') {
		free(word->text);
		return (false);
	}
	conf_value(t, word);
	return (true);
}

static void
word_free(struct word *word)
{

	free(word->text);
	free(word->value);
}

static int
unknown_option(struct conf *c, const struct word *w)
{
	VN_VEC(const char *) names = { 0 };
	const char *near;
	size_t i;

	for (i = 0; i < c->config->options.count; i++)
		VN_PUSH(&names, c->config->options.items[i].name);
	near = c->strict && names.count != 0 ?
	    vn_diag_nearest(w->text, names.items, names.count) : NULL;
	vn_diag(c->strict ? VN_ERROR : VN_NOTE, c->text.path, w->line, w->col,
	    "unknown option '%s'%s%s%s", w->text,
	    near == NULL ? "" : ", did you mean '", near == NULL ? "" : near,
	    near == NULL ? "" : "'?");
	VN_FREE(&names);
	return (c->strict ? -1 : 0);
}

/* Note that conf/files may take the name for on, or may not any more. */
static void
note_on(struct conf *c, const char *name, bool on)
{
	struct vn_words *set = &c->config->on;
	char *lower;
	size_t i, n = 0;

	lower = lower_case(name);
	for (i = 0; i < set->count; i++) {
		if (strcmp(set->items[i], lower) != 0)
			set->items[n++] = set->items[i];
		else
			free(set->items[i]);
	}
	set->count = n;
	if (on)
		vn_words_own(set, lower);
	else
		free(lower);
}

static bool
stays_off(const char *name)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(left_out); i++)
		if (strcmp(name, left_out[i]) == 0)
			return (true);
	return (false);
}

static void
turn_on(struct vn_bsd_option *option, const char *value)
{

	if (stays_off(option->name))
		return;
	/* A second time counts only after "nooptions". */
	if (option->value == NULL)
		option->value = vn_strdup(value);
}

static void
turn_off(struct vn_bsd_option *option)
{

	free(option->value);
	option->value = NULL;
}

static int
set_option(struct conf *c, const struct word *w)
{
	struct vn_bsd_option *option;

	option = find_option(c->config, w->text);
	if (option == NULL)
		return (unknown_option(c, w));
	if (w->value == NULL && !stays_off(w->text))
		note_on(c, w->text, true);
	turn_on(option, w->value == NULL ? value_on : w->value);
	return (0);
}

static int
unset_option(struct conf *c, const struct word *w)
{
	struct vn_bsd_option *option;

	option = find_option(c->config, w->text);
	if (option != NULL)
		turn_off(option);
	note_on(c, w->text, false);
	return (0);
}

/* The option that a device is, for the few devices that are one. */
static struct vn_bsd_option *
device_option(struct conf *c, const char *device)
{
	struct vn_bsd_option *option;
	char *name;
	size_t i;

	name = vn_asprintf("%s%s", device_prefix, device);
	for (i = 0; name[i] != '\0'; i++)
		name[i] = (char)toupper((unsigned char)name[i]);
	option = find_option(c->config, name);
	free(name);
	return (option);
}

static int
set_device(struct conf *c, const struct word *w)
{
	struct vn_bsd_option *option = device_option(c, w->text);

	if (option != NULL)
		turn_on(option, value_on);
	note_on(c, w->text, true);
	return (0);
}

static int
unset_device(struct conf *c, const struct word *w)
{
	struct vn_bsd_option *option = device_option(c, w->text);

	if (option != NULL)
		turn_off(option);
	note_on(c, w->text, false);
	return (0);
}

/* A processor is an option where the tables list one of its name. */
static int
set_cpu(struct conf *c, const struct word *w)
{
	struct vn_bsd_option *option = find_option(c->config, w->text);

	if (option != NULL)
		turn_on(option, value_on);
	note_on(c, w->text, true);
	return (0);
}

static int
set_maxusers(struct conf *c, const struct word *w)
{
	struct vn_bsd_option *option;

	option = find_option(c->config, maxusers_option);
	if (option != NULL) {
		turn_off(option);
		turn_on(option, w->text);
	}
	return (0);
}

static int
check_machine(struct conf *c, const struct word *w)
{

	if (!c->strict || strcmp(w->text, c->arch) == 0)
		return (0);
	vn_diag(VN_ERROR, c->text.path, w->line, w->col,
	    "the configuration is for '%s', not for '%s'; try --arch=%s",
	    w->text, c->arch, w->text);
	return (-1);
}

/* The file that a configuration means by name, owned; NULL if there is none. */
static char *
find_included(const struct conf *c, const char *name)
{
	char *dir, *base, *path;
	size_t i;

	dir = vn_strdup(c->text.path);
	*strrchr(dir, '/') = '\0';
	path = vn_file_join(dir, name);
	free(dir);
	for (i = 0; i < VN_NITEMS(include_dirs) && !vn_is_file(path); i++) {
		free(path);
		dir = fill(include_dirs[i], c->arch);
		base = vn_file_join(c->root, dir);
		path = vn_file_join(base, name);
		free(base);
		free(dir);
	}
	if (vn_is_file(path))
		return (path);
	free(path);
	return (NULL);
}

static int
include(struct conf *c, const struct word *w)
{
	char *path;
	int error;

	path = find_included(c, w->text);
	if (path == NULL || c->depth == MAX_DEPTH) {
		vn_diag(VN_ERROR, c->text.path, w->line, w->col,
		    path == NULL ? "included file '%s' not found" :
		    "'%s' is included over and over", w->text);
		free(path);
		return (-1);
	}
	error = read_conf(c, path, false);
	free(path);
	return (error);
}

static int
more_files(struct conf *c, const struct word *w)
{
	char *path;

	path = find_included(c, w->text);
	if (path == NULL) {
		vn_diag(VN_ERROR, c->text.path, w->line, w->col,
		    "list of files '%s' not found", w->text);
		return (-1);
	}
	vn_words_own(&c->config->files, path);
	return (0);
}

/* Statements; those without a function have no bearing on headers. */
static const struct statement {
	const char	*word;
	int		(*fn)(struct conf *c, const struct word *w);
	bool		 list;		/* for each word, not only the first */
} statements[] = {
	{ "config",		NULL,		false },
	{ "cpu",		set_cpu,	true },
	{ "device",		set_device,	true },
	{ "devices",		set_device,	true },
	{ "env",		NULL,		false },
	{ "envvar",		NULL,		false },
	{ "files",		more_files,	true },
	{ "hints",		NULL,		false },
	{ "ident",		NULL,		false },
	{ "include",		include,	false },
	{ "machine",		check_machine,	false },
	{ "makeoption",		NULL,		false },
	{ "makeoptions",	NULL,		false },
	{ "maxusers",		set_maxusers,	false },
	{ "nocpu",		unset_option,	true },
	{ "nodevice",		unset_device,	true },
	{ "nodevices",		unset_device,	true },
	{ "nomakeoption",	NULL,		false },
	{ "nomakeoptions",	NULL,		false },
	{ "nooption",		unset_option,	true },
	{ "nooptions",		unset_option,	true },
	{ "option",		set_option,	true },
	{ "options",		set_option,	true },
	{ "profile",		NULL,		false },
	{ "pseudo-device",	set_device,	false },
};

/* NOTES hold hints as well, which are no statements. */
static const char hint_prefix[] = "hint.";

static const struct statement *
find_statement(const char *word)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(statements); i++)
		if (strcmp(statements[i].word, word) == 0)
			return (&statements[i]);
	return (NULL);
}

static int
unknown_statement(const struct conf *c, const struct word *w)
{
	const char *words[VN_NITEMS(statements)], *near;
	size_t i;

	if (!c->strict || strncmp(w->text, hint_prefix,
	    sizeof(hint_prefix) - 1) == 0)
		return (0);
	for (i = 0; i < VN_NITEMS(statements); i++)
		words[i] = statements[i].word;
	near = vn_diag_nearest(w->text, words, VN_NITEMS(words));
	vn_diag(VN_ERROR, c->text.path, w->line, w->col,
	    "unknown statement '%s'%s%s%s", w->text,
	    near == NULL ? "" : ", did you mean '", near == NULL ? "" : near,
	    near == NULL ? "" : "'?");
	return (-1);
}

static int
operands(struct conf *c, const struct statement *s)
{
	struct word w;
	int error = 0;

	while (error == 0 && next_word(&c->text, &w)) {
		error = s->fn(c, &w);
		word_free(&w);
		if (!s->list)
			break;
	}
	return (error);
}

static int
statement(struct conf *c)
{
	const struct statement *s;
	struct word w = { .line = c->text.line, .col = vn_text_col(&c->text) };
	int error = 0;

	w.text = conf_word(&c->text, "=");
	if (w.text[0] != '\0') {
		s = find_statement(w.text);
		if (s == NULL)
			error = unknown_statement(c, &w);
		else if (s->fn != NULL)
			error = operands(c, s);
	}
	word_free(&w);
	return (error);
}

/* Read a configuration, as strict as the one that includes it. */
static int
read_conf(struct conf *outer, const char *name, bool optional)
{
	struct conf c = *outer;
	int error;

	c.depth++;
	error = vn_text_open(&c.text, c.root, name, optional);
	if (error != 0)
		return (error < 0 ? -1 : 0);
	while (error == 0 && vn_text_peek(&c.text, 0) != -1) {
		skip_to_word(&c.text);
		error = statement(&c);
		skip_statement(&c.text);
		vn_text_get(&c.text);
	}
	vn_text_close(&c.text);
	return (error);
}

static int
read_confs(struct conf *c, const char *const *rows, size_t count)
{
	char *name;
	size_t i;
	int error = 0;

	for (i = 0; error == 0 && i < count; i++) {
		name = fill(rows[i], c->arch);
		error = read_conf(c, name, true);
		free(name);
	}
	return (error);
}

static int
turn_options(struct vn_bsd_config *config, const char *root, const char *arch,
    const char *kernconf)
{
	struct conf c = { .config = config, .root = root, .arch = arch };
	struct word users = { 0 };
	char *path;
	int error;

	users.text = vn_strdup(maxusers_default);
	set_maxusers(&c, &users);
	word_free(&users);
	if (read_confs(&c, defaults, VN_NITEMS(defaults)) != 0)
		return (-1);
	if (kernconf == NULL)
		return (read_confs(&c, notes, VN_NITEMS(notes)));
	path = vn_file_realpath(kernconf);
	if (path == NULL) {
		vn_diag(VN_ERROR, kernconf, 0, 0, "cannot read: %s",
		    strerror(errno));
		return (-1);
	}
	c.strict = true;
	error = read_conf(&c, path, false);
	free(path);
	return (error);
}

int
vn_bsd_config_read(struct vn_bsd_config *out, const char *root,
    const char *arch, const char *kernconf)
{
	char *name;
	size_t i;
	int error = 0;

	*out = (struct vn_bsd_config){ 0 };
	for (i = 0; error == 0 && i < VN_NITEMS(tables); i++) {
		name = fill(tables[i], arch);
		error = read_table(out, root, name, i > 0);
		free(name);
	}
	if (error != 0)
		return (-1);
	index_options(out);
	error = turn_options(out, root, arch, kernconf);
	if (out->on.count != 0)
		qsort(out->on.items, out->on.count, sizeof(*out->on.items),
		    string_cmp);
	return (error);
}

void
vn_bsd_config_free(struct vn_bsd_config *config)
{
	size_t i;

	for (i = 0; i < config->options.count; i++) {
		free(config->options.items[i].name);
		free(config->options.items[i].header);
		free(config->options.items[i].value);
	}
	VN_FREE(&config->options);
	free(config->by_name);
	vn_words_free(&config->headers);
	vn_words_free(&config->files);
	vn_words_free(&config->on);
}

bool
vn_bsd_config_on(const struct vn_bsd_config *config, const char *name)
{

	return (config->on.count != 0 && bsearch(&name, config->on.items,
	    config->on.count, sizeof(*config->on.items), string_cmp) != NULL);
}

void
vn_bsd_config_header(const struct vn_bsd_config *config, const char *header,
    struct vn_strbuf *out)
{
	const struct vn_bsd_option *option;
	size_t i;

	for (i = 0; i < config->options.count; i++) {
		option = &config->options.items[i];
		if (option->value != NULL &&
		    strcmp(option->header, header) == 0)
			vn_strbuf_printf(out, "#define %s %s\n", option->name,
			    option->value);
	}
}
