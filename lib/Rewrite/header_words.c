/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Reading the style's header for its words.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/names.h"
#include "Facts/source.h"

#include "Rewrite/macros.h"
#include "Rewrite/header_words.h"
#include "Rewrite/words.h"

/* A word in the body of a macro. */
struct holds {
	int	macro, word;	/* in vn_header_words.spelled */
};

struct vn_header_words {
	struct vn_names	 plain, tags, members;
	struct vn_names	 spelled;	/* macros, and words of their bodies */
	VN_VEC(char *)	 names;		/* owned: those, by index */
	VN_VEC(struct holds) bodies;
	VN_VEC(char *)	 owned;
};

static void
add(struct vn_header_words *words, struct vn_names *set,
    const struct vn_source *s, int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);

	if (!vn_tok_ident(s, t))
		return;
	VN_PUSH(&words->owned, vn_strndup(text, len));
	vn_names_add(set, words->owned.items[words->owned.count - 1]);
}

/* ------ macros ------ */

static int
spelled(struct vn_header_words *words, const struct vn_source *s, int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);
	int index = vn_names_find(&words->spelled, text, len);

	if (index != -1)
		return (index);
	VN_PUSH(&words->names, vn_strndup(text, len));
	return (vn_names_add(&words->spelled,
	    words->names.items[words->names.count - 1]));
}

void
vn_header_words_macros(struct vn_header_words *words,
    const struct vn_source *source, const bool *gone)
{
	struct vn_macro m;

	for (size_t d = 0; d < source->lex.ndirs; d++) {
		if (!vn_macro_read(&m, source, (int)d) ||
		    (gone != NULL && gone[m.name]))
			continue;
		for (int t = m.body; t < m.end; t++)
			if (vn_tok_ident(source, t) &&
			    (gone == NULL || !gone[t]))
				VN_PUSH(&words->bodies, ((struct holds){
				    spelled(words, source, m.name),
				    spelled(words, source, t) }));
	}
}

static bool
is_plain(const struct vn_header_words *words, int index)
{
	const char *name = words->names.items[index];

	return (vn_names_find(&words->plain, name, strlen(name)) != -1);
}

void
vn_header_words_close(struct vn_header_words *words)
{
	bool grown = true;

	while (grown) {
		grown = false;
		for (size_t i = 0; i < words->bodies.count; i++) {
			const struct holds *h = &words->bodies.items[i];

			if (!is_plain(words, h->word) ||
			    is_plain(words, h->macro))
				continue;
			vn_names_add(&words->plain,
			    words->names.items[h->macro]);
			grown = true;
		}
	}
}

/* ------ the header ------ */

static bool
is_keyword(const struct vn_source *s, int t)
{

	return (vn_tok_word(s, t, "struct") || vn_tok_word(s, t, "union") ||
	    vn_tok_word(s, t, "enum"));
}

/* Does the token begin a declaration, or a macro's call in place of one? */
static bool
is_first(const struct vn_source *s, int t)
{
	int p = vn_tok_prev(s, t);

	return (p == -1 || vn_tok_punct(s, p, ";") || vn_tok_punct(s, p, "}"));
}

/* LIST_HEAD(tag, type): a struct with that tag. */
static bool
is_queue_head(const struct vn_source *s, int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);

	return (vn_word_is_queue_head(text, len) &&
	    vn_tok_punct(s, vn_tok_next(s, t), "("));
}

/* A token at file scope: what does it declare? */
static void
see(struct vn_header_words *words, const struct vn_source *s, int t)
{
	static const char *const ends[] = { ";", "(", ",", "[", "=" };
	int p = vn_tok_prev(s, t), n = vn_tok_next(s, t);

	if (is_queue_head(s, t))
		add(words, &words->tags, s, vn_tok_next(s, n));
	if (is_keyword(s, p)) {
		if (vn_tok_punct(s, n, "{"))
			add(words, &words->tags, s, t);
		return;
	}
	for (size_t i = 0; i < VN_NITEMS(ends) && !is_first(s, t); i++)
		if (vn_tok_punct(s, n, ends[i]))
			add(words, &words->plain, s, t);
}

/* A member of a struct at file scope. */
static bool
is_member(const struct vn_source *s, int t)
{
	int up = s->outline.up[t], n = vn_tok_next(s, t);

	return (up >= 0 && s->outline.brace[up] == VN_BRACE_STRUCT &&
	    (vn_tok_punct(s, n, ";") || vn_tok_punct(s, n, ",") ||
	    vn_tok_punct(s, n, "[")));
}

static bool
is_enumerator(const struct vn_source *s, int t)
{
	int up = s->outline.up[t], p = vn_tok_prev(s, t);

	return (up >= 0 && s->outline.up[up] == -1 &&
	    s->outline.brace[up] == VN_BRACE_ENUM &&
	    (p == up || vn_tok_punct(s, p, ",")));
}

struct vn_header_words *
vn_header_words_read(const char *header)
{
	struct vn_header_words *words = vn_calloc(1, sizeof(*words));
	struct vn_source s;

	if (header == NULL)
		return (words);
	vn_source_lend(&s, NULL, header, strlen(header));
	for (size_t d = 0; d < s.lex.ndirs; d++)
		if (s.lex.dirs[d].kind == VN_DIR_DEFINE &&
		    s.lex.dirs[d].ntok > 2)
			add(words, &words->plain, &s,
			    (int)s.lex.dirs[d].tok + 2);
	for (int t = 0; t < (int)s.lex.ntoks; t++) {
		if (s.lex.toks[t].dir != -1 || !vn_tok_ident(&s, t))
			continue;
		if (s.outline.up[t] == -1)
			see(words, &s, t);
		else if (is_enumerator(&s, t))
			add(words, &words->plain, &s, t);
		else if (is_member(&s, t))
			add(words, &words->members, &s, t);
	}
	vn_source_close(&s);
	return (words);
}

void
vn_header_words_free(struct vn_header_words *words)
{

	for (size_t i = 0; i < words->owned.count; i++)
		free(words->owned.items[i]);
	for (size_t i = 0; i < words->names.count; i++)
		free(words->names.items[i]);
	VN_FREE(&words->names);
	VN_FREE(&words->bodies);
	vn_names_free(&words->spelled);
	VN_FREE(&words->owned);
	vn_names_free(&words->plain);
	vn_names_free(&words->tags);
	vn_names_free(&words->members);
	free(words);
}

bool
vn_header_words_have(const struct vn_header_words *words,
    const struct vn_source *source, int t)
{
	int p = vn_tok_prev(source, t), n = vn_tok_next(source, t);
	unsigned len;
	const char *text = vn_tok_text(source, t, &len);

	if (vn_tok_punct(source, p, ".") || vn_tok_punct(source, p, "->"))
		return (vn_names_find(&words->members, text, len) != -1);
	if (is_keyword(source, p))
		return (!vn_tok_punct(source, n, "*") &&
		    !vn_tok_punct(source, n, ";") &&
		    vn_names_find(&words->tags, text, len) != -1);
	return (vn_names_find(&words->plain, text, len) != -1);
}
