/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * clang's own command line, and the output of several sources in one.
 */

#include <stdlib.h>
#include <string.h>

#include "Quick/batch.h"
#include "Quick/batch_impl.h"
#include "Quick/ptokens.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/proc.h"
#include "Support/strbuf.h"

void
vn_words_list_add(struct vn_words_list *words, const char *word)
{
	VN_PUSH(words, word == NULL ? NULL : vn_strdup(word));
}

void
vn_words_list_free(struct vn_words_list *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->items[i]);
	VN_FREE(words);
}

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return (true);
	return (false);
}

static bool
is_source(const char *word)
{
	return (*word != '-' && (vn_file_ends(word, ".c") ||
	    vn_file_ends(word, ".S") || vn_file_ends(word, ".s")));
}

/* How many words from here on a preprocessor of its own output wants not. */
static size_t
unwanted(const char *word)
{
	static const char *const alone[] = { "-c", "-S", "-E", "-MD", "-MMD",
	    "-MP", NULL };
	static const char *const with_next[] = { "-o", "-MF", "-MT", "-MQ",
	    NULL };

	return (is_one_of(word, alone) ? 1 : is_one_of(word, with_next) ? 2 :
	    0);
}

size_t
vn_batch_words(struct vn_words_list *out, char *const *argv)
{
	static const char *const takes_file[] = { "-include", "-imacros",
	    "-I", "-D", "-U", "-isystem", "-iquote", "-idirafter", NULL };
	size_t source = 0, n;
	bool done = false;

	for (size_t i = 0; argv[i] != NULL; i++) {
		n = i == 0 ? 0 : unwanted(argv[i]);
		if (!done && (n == 1 || strcmp(argv[i], "--") == 0 ||
		    argv[i + 1] == NULL)) {
			vn_words_list_add(out, "-E");
			done = true;
		}
		if (n == 2 && argv[i + 1] != NULL)
			i++;
		if (n != 0)
			continue;
		if (i > 0 && is_source(argv[i]) &&
		    !is_one_of(argv[i - 1], takes_file))
			source = out->count;
		vn_words_list_add(out, argv[i]);
	}
	return (source);
}

/* The words of a line of -###: in quotes, backslashes before '"', '\', '$'. */
static void
split_line(struct vn_words_list *out, const char *p, const char *end)
{
	struct vn_strbuf sb = { 0 };

	while ((p = memchr(p, '"', (size_t)(end - p))) != NULL) {
		for (p++; p < end && *p != '"'; p++) {
			if (*p == '\\' && p + 1 < end)
				p++;
			vn_strbuf_putc(&sb, *p);
		}
		VN_PUSH(out, vn_strbuf_take(&sb));
		if (p == end)
			break;
		p++;
	}
}

/* The one line of -### that is a command, if its program is clang -cc1. */
static bool
find_command(struct vn_words_list *out, const struct vn_strbuf *said)
{
	const char *p = said->data, *end = p + said->len, *q;
	size_t commands = 0;

	for (; p < end; p = q + 1) {
		q = memchr(p, '\n', (size_t)(end - p));
		if (q == NULL)
			q = end;
		if (q - p < 2 || p[0] != ' ' || p[1] != '"')
			continue;
		if (commands++ == 0)
			split_line(out, p, q);
	}
	return (commands == 1 && out->count > 3 &&
	    strcmp(out->items[1], "-cc1") == 0);
}

/* The words of cc1 less the source at the end, and what writes other files. */
static bool
clean(struct vn_words_list *out, const struct vn_words_list *cc1,
    const char *source)
{
	static const char *const alone[] = { "-sys-header-deps", "-MP",
	    "-disable-free", NULL };
	static const char *const with_next[] = { "-dependency-file", "-MT",
	    "-o", NULL };
	size_t last = cc1->count - 1;

	if (strcmp(cc1->items[last], source) != 0)
		return (false);
	for (size_t i = 0; i < last; i++) {
		if (is_one_of(cc1->items[i], with_next))
			i++;
		else if (!is_one_of(cc1->items[i], alone))
			vn_words_list_add(out, cc1->items[i]);
	}
	vn_words_list_add(out, "-o");
	vn_words_list_add(out, "-");
	return (true);
}

bool
vn_batch_cc1(struct vn_words_list *out, const struct vn_words_list *words,
    size_t source, const char *dir)
{
	struct vn_words_list ask = { 0 }, cc1 = { 0 };
	struct vn_strbuf said = { 0 };
	bool good;

	for (size_t i = 0; words->items[i] != NULL; i++) {
		if (strcmp(words->items[i], "-E") == 0)
			vn_words_list_add(&ask, "-###");
		vn_words_list_add(&ask, words->items[i]);
	}
	VN_PUSH(&ask, NULL);
	good = vn_proc_run(ask.items, dir, NULL, &said) == 0 && said.len > 0 &&
	    find_command(&cc1, &said) &&
	    clean(out, &cc1, words->items[source]);
	vn_strbuf_free(&said);
	vn_words_list_free(&cc1);
	vn_words_list_free(&ask);
	return (good);
}

/* Does the marker '# 1 "name"' from p to end name the source? */
static bool
names(const char *p, const char *end, const char *source)
{
	struct vn_ptokens t;
	bool same;
	char *line;

	if (end - p < 6 || memcmp(p, "# 1 \"", 5) != 0 || end[-1] != '"')
		return (false);
	line = vn_strndup(p, (size_t)(end - p));
	vn_ptokens_read(&t, line, (size_t)(end - p));
	same = t.nfiles == 1 && strcmp(t.files[0], source) == 0;
	vn_ptokens_free(&t);
	return (same);
}

/*
 * Where the next source begins at or behind p: a marker of it, and then one
 * that enters "<built-in>", which is done once for each source.
 */
static const char *
next_source(const char *start, const char *p, const char *end,
    const char **second)
{
	static const char enters[] = "\n# 1 \"<built-in>\" 1\n";
	const char *line;

	*second = memmem(p, (size_t)(end - p), enters, sizeof(enters) - 1);
	if (*second == NULL)
		return (NULL);
	for (line = *second; line > start && line[-1] != '\n'; line--)
		;
	return (line);
}

static void
take(struct vn_batch_text *text, const char *from, const char *to)
{
	text->len = (size_t)(to - from);
	text->data = vn_malloc(text->len + 1);
	memcpy(text->data, from, text->len);
	text->data[text->len] = '\0';
}

bool
vn_batch_split(struct vn_batch_text *texts, const char *const *sources,
    size_t count, const struct vn_strbuf *output)
{
	const char *end = output->data + output->len, *from = NULL, *second;
	const char *line;
	size_t n = 0;

	line = output->len == 0 ? NULL :
	    next_source(output->data, output->data, end, &second);
	for (; line != NULL; n++) {
		if (n == count || (n == 0 && line != output->data) ||
		    !names(line, second, sources[n]))
			break;
		from = line;
		line = next_source(output->data, second + 1, end, &second);
		take(&texts[n], from, line == NULL ? end : line);
	}
	if (n == count && line == NULL)
		return (true);
	for (size_t i = 0; i < n; i++) {
		free(texts[i].data);
		texts[i] = (struct vn_batch_text){ 0 };
	}
	return (false);
}
