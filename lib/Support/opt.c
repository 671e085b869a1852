/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Command line options from one table.
 */

#include "opt.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "mem.h"
#include "strbuf.h"

struct parser {
	const struct vn_opt	*table;
	size_t			 count;
	void			*ctx;
	char			**argv;
	int			 argc;
	int			 next;		/* argument to look at next */
};

static const struct vn_opt *
find_long(const struct parser *p, const char *name, size_t len)
{
	const struct vn_opt *o;

	for (o = p->table; o < p->table + p->count; o++)
		if (o->name != NULL && strncmp(o->name, name, len) == 0 &&
		    o->name[len] == '\0')
			return (o);
	return (NULL);
}

static const struct vn_opt *
find_short(const struct parser *p, char letter)
{
	const struct vn_opt *o;

	for (o = p->table; o < p->table + p->count; o++)
		if (o->letter != '\0' && o->letter == letter)
			return (o);
	return (NULL);
}

/* The only long name that starts so, or NULL. */
static const char *
completion(const struct parser *p, const char *start)
{
	const char *found;
	size_t i;

	found = NULL;
	for (i = 0; i < p->count; i++) {
		if (p->table[i].name == NULL ||
		    strncmp(p->table[i].name, start, strlen(start)) != 0)
			continue;
		if (found != NULL)
			return (NULL);
		found = p->table[i].name;
	}
	return (found);
}

/* The long name most likely meant, or NULL. */
static const char *
meant(const struct parser *p, const char *word)
{
	VN_VEC(const char *) names = { 0 };
	const char *name;
	size_t i;

	if (*word == '\0')
		return (NULL);
	for (i = 0; i < p->count; i++)
		if (p->table[i].name != NULL)
			VN_PUSH(&names, p->table[i].name);
	name = vn_diag_nearest(word, names.items, names.count);
	VN_FREE(&names);
	return (name != NULL ? name : completion(p, word));
}

/* Report an option as it was written, with what was likely meant by word. */
static int
unknown(const struct parser *p, const char *dashes, const char *word,
    size_t len)
{
	const char *name;
	char *copy;

	copy = vn_strndup(word, len);
	name = meant(p, copy);
	if (name != NULL)
		vn_error("unknown option '%s%s', did you mean '--%s'?", dashes,
		    copy, name);
	else if (find_long(p, "help", 4) != NULL)
		vn_error("unknown option '%s%s', see '--help'", dashes, copy);
	else
		vn_error("unknown option '%s%s'", dashes, copy);
	free(copy);
	return (-1);
}

static int
call(const struct parser *p, const struct vn_opt *o, const char *value)
{
	return (o->set(p->ctx, value) == 0 ? 0 : -1);
}

/* The next argument, whatever it looks like, as getopt(3) has it. */
static const char *
next_argument(struct parser *p)
{
	return (p->next < p->argc ? p->argv[p->next++] : NULL);
}

/* arg is "--name" or "--name=value". */
static int
parse_long(struct parser *p, const char *arg)
{
	const struct vn_opt *o;
	const char *name, *value;
	size_t len;

	name = arg + 2;
	len = strcspn(name, "=");
	o = find_long(p, name, len);
	if (o == NULL)
		return (unknown(p, "--", name, len));
	value = name[len] == '=' ? name + len + 1 : NULL;
	if (value != NULL && o->arg == NULL) {
		vn_error("option '--%s' takes no value", o->name);
		return (-1);
	}
	if (value == NULL && o->arg != NULL) {
		value = next_argument(p);
		if (value == NULL) {
			vn_error("option '--%s' needs a value, "
			    "as in '--%s=%s'", o->name, o->name, o->arg);
			return (-1);
		}
	}
	return (call(p, o, value));
}

/* An unknown letter; "-name" may be "--name" with a dash too few. */
static int
unknown_letter(const struct parser *p, const char *arg, const char *letter)
{
	size_t len;

	len = strcspn(arg + 1, "=");
	if (letter == arg + 1 && len > 2 && find_long(p, arg + 1, len) != NULL)
		return (unknown(p, "-", arg + 1, len));
	vn_error("unknown option '-%c'%s", *letter,
	    find_long(p, "help", 4) != NULL ? ", see '--help'" : "");
	return (-1);
}

/* arg is "-" and letters; the last one may have its value right after it. */
static int
parse_short(struct parser *p, const char *arg)
{
	const struct vn_opt *o;
	const char *letter, *value;

	for (letter = arg + 1; *letter != '\0'; letter++) {
		o = find_short(p, *letter);
		if (o == NULL)
			return (unknown_letter(p, arg, letter));
		if (o->arg == NULL) {
			if (call(p, o, NULL) != 0)
				return (-1);
			continue;
		}
		value = letter[1] != '\0' ? letter + 1 : next_argument(p);
		if (value != NULL)
			return (call(p, o, value));
		vn_error("option '-%c' needs a value, as in '-%c %s'", *letter,
		    *letter, o->arg);
		return (-1);
	}
	return (0);
}

int
vn_opt_parse(const struct vn_opt *table, size_t count, void *ctx, int argc,
    char **argv, char **operands, int *noperands, char **rest, int *nrest)
{
	struct parser p = { table, count, ctx, argv, argc, 1 };
	char *arg;
	int error;

	*noperands = *nrest = 0;
	for (error = 0; error == 0 && p.next < argc; ) {
		arg = argv[p.next++];
		if (arg[0] != '-' || arg[1] == '\0')
			operands[(*noperands)++] = arg;
		else if (arg[1] != '-')
			error = parse_short(&p, arg);
		else if (arg[2] != '\0')
			error = parse_long(&p, arg);
		else
			while (p.next < argc)
				rest[(*nrest)++] = argv[p.next++];
	}
	return (error);
}

/*
 * Help.
 */

enum {
	HELP_COLUMN = 27,	/* where the right column begins */
	HELP_WIDTH = 80
};

/* "  -i, --in-place" or "      --name=ARG" or "  -x ARG". */
static void
put_names(struct vn_strbuf *sb, const struct vn_opt *o)
{
	if (o->letter != '\0')
		vn_strbuf_printf(sb, "  -%c%s", o->letter,
		    o->name != NULL ? ", " : "");
	else
		vn_strbuf_puts(sb, "      ");
	if (o->name != NULL)
		vn_strbuf_printf(sb, "--%s", o->name);
	if (o->arg != NULL)
		vn_strbuf_printf(sb, "%c%s", o->name != NULL ? '=' : ' ',
		    o->arg);
}

/*
 * How many bytes of text go on one line: up to a newline, or as many words as
 * fit, but one at least.
 */
static size_t
line_len(const char *text)
{
	size_t len, word;

	len = strcspn(text, "\n");
	if (len <= HELP_WIDTH - HELP_COLUMN)
		return (len);
	for (len = strcspn(text, " \n"); text[len] == ' '; len += word) {
		word = 1 + strcspn(text + len + 1, " \n");
		if (len + word > HELP_WIDTH - HELP_COLUMN)
			break;
	}
	return (len);
}

static void
put_option(FILE *out, const struct vn_opt *o)
{
	struct vn_strbuf left = { 0 };
	const char *text;
	size_t len;

	put_names(&left, o);
	text = o->help != NULL ? o->help : "";
	if (left.len + 2 > HELP_COLUMN && *text != '\0') {
		fprintf(out, "%s\n", left.data);
		left.len = 0;
		left.data[0] = '\0';
	}
	do {
		len = line_len(text);
		fprintf(out, "%-*s%.*s\n", len > 0 ? HELP_COLUMN : 0,
		    left.data, (int)len, text);
		text += len + (text[len] != '\0');
		left.data[0] = '\0';
	} while (*text != '\0');
	vn_strbuf_free(&left);
}

void
vn_opt_help(FILE *out, const struct vn_opt *table, size_t count)
{
	const struct vn_opt *o;

	for (o = table; o < table + count; o++) {
		if (o->name != NULL || o->letter != '\0')
			put_option(out, o);
		else
			fprintf(out, "%s%s\n", o == table ? "" : "\n",
			    o->help);
	}
}
