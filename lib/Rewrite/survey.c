/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the search notes on its way through the files: tables of nlist(3), and
 * V_x that nothing defines.
 */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/strbuf.h"

#include "Facts/facts.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/scan.h"
#include "Rewrite/style.h"
#include "Rewrite/survey.h"

bool
vn_scan_words_add(struct vn_scan_words *w, const char *text, size_t len)
{

	if (vn_names_find(&w->set, text, len) != -1)
		return (false);
	VN_PUSH(&w->owned, vn_strndup(text, len));
	vn_names_add(&w->set, w->owned.items[w->owned.count - 1]);
	return (true);
}

void
vn_scan_words_free(struct vn_scan_words *w)
{

	for (size_t i = 0; i < w->owned.count; i++)
		free(w->owned.items[i]);
	VN_FREE(&w->owned);
	vn_names_free(&w->set);
}

void
vn_scan_words_drop(struct vn_scan_words *w)
{

	if (w != NULL)
		vn_scan_words_free(w);
	free(w);
}

/* The first word of a set in a file. */
struct any_search {
	const struct vn_names	*set;
	bool			 found;
};

static bool
see_any(const char *ident, size_t len, size_t off, void *arg)
{
	struct any_search *search = arg;

	(void)off;
	search->found = vn_names_find_spelled(search->set, ident, len) != -1;
	return (!search->found);
}

bool
vn_scan_words_spelled(const struct vn_names *set, const char *data, size_t len)
{
	struct any_search search = { set, false };

	vn_lex_idents(data, len, see_any, &search);
	return (search.found);
}

/* All words of a file: one of the set, nlist, and those with the prefix. */
struct survey {
	const struct vn_scan	*scan;	/* its sets of words are added to */
	const struct vn_names	*set;
	const char		*prefix;
	size_t			 nprefix;
	bool			 inside;
	bool			 after_define;
	bool			 found;
	bool			 nlist;
	bool			 look;	/* do not note, tell of it */
	bool			 tells;
};

/* "V_x", x in lower case, is not listed: used, or what a #define defines. */
static void
see_prefixed(struct survey *survey, const char *ident, size_t len)
{
	const struct vn_scan *scan = survey->scan;
	bool lower = false;

	for (size_t i = survey->nprefix; i < len; i++)
		lower = lower || islower((unsigned char)ident[i]);
	if (!lower || vn_names_find(&scan->plan->names, ident, len) != -1 ||
	    !(survey->after_define || survey->inside))
		return;
	survey->tells = true;
	if (!survey->look)
		vn_scan_words_add(survey->after_define ? scan->defined :
		    scan->prefixed, ident, len);
}

static bool
see_word(const char *ident, size_t len, size_t off, void *arg)
{
	struct survey *survey = arg;

	(void)off;
	survey->found = survey->found ||
	    vn_names_find_spelled(survey->set, ident, len) != -1;
	survey->nlist = survey->nlist ||
	    (len == 5 && memcmp(ident, "nlist", 5) == 0);
	if (*ident == *survey->prefix && len > survey->nprefix &&
	    memcmp(ident, survey->prefix, survey->nprefix) == 0)
		see_prefixed(survey, ident, len);
	survey->after_define = len == 6 && memcmp(ident, "define", 6) == 0;
	return (true);
}

static struct survey
begin(const struct vn_scan *scan, const struct vn_names *set, bool inside)
{
	const char *prefix = scan->plan->style->prefix;

	return ((struct survey){ .scan = scan, .set = set, .inside = inside,
	    .prefix = prefix, .nprefix = strlen(prefix) });
}

bool
vn_survey_file(struct vn_scan *scan, const struct vn_names *set,
    const char *file, const struct vn_strbuf *bytes, bool inside)
{
	struct survey survey = begin(scan, set, inside);
	struct vn_source s;

	vn_lex_idents(bytes->data, bytes->len, see_word, &survey);
	if (survey.nlist) {
		vn_source_lend(&s, file, bytes->data, bytes->len);
		vn_symbols_nlist(scan->plan, &s);
		vn_source_close(&s);
	}
	return (survey.found);
}

bool
vn_survey_look(const struct vn_scan *scan, const struct vn_names *set,
    const struct vn_strbuf *bytes, bool *tells)
{
	struct survey survey = begin(scan, set, false);

	survey.look = true;
	vn_lex_idents(bytes->data, bytes->len, see_word, &survey);
	*tells = survey.tells || survey.nlist;
	return (survey.found);
}

/* ------ V_x that nothing defines ------ */

/* The #defines of those headers that the search did not see. */
static void
see_other_headers(struct vn_scan *scan, const struct vn_facts *facts)
{
	struct vn_names none = { 0 };
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < facts->nheaders; i++) {
		struct survey survey = begin(scan, &none, false);

		sb.len = 0;
		if (vn_file_read(&sb, facts->headers[i]) == 0 && sb.len > 0)
			vn_lex_idents(sb.data, sb.len, see_word, &survey);
	}
	vn_strbuf_free(&sb);
}

/* Is the word declared as a variable at file scope in the file? */
static bool
declares_in(const struct vn_macros *macros, const struct vn_plan *plan,
    const struct vn_source *s, const char *word)
{

	for (int t = 0; t < (int)s->lex.ntoks; t++)
		if (vn_tok_word(s, t, word) && s->outline.up[t] == -1) {
			struct vn_context c = vn_context_of(macros,
			    plan->sources, s, t);

			if (c.meaning == VN_MEANS_DEF ||
			    c.meaning == VN_MEANS_DECL)
				return (true);
		}
	return (false);
}

struct lookup {
	const char		*word;	/* V_x */
	const char		*plain;	/* x */
	struct vn_names		 set;	/* both */
	bool			 declared;	/* x is a variable */
	bool			 taken;	/* V_x is something else */
	struct vn_mention	 first;	/* use of V_x under the PATHs */
};

/* A token that spells V_x. */
static void
see_use(struct vn_scan *scan, const struct vn_macros *macros,
    struct lookup *l, const struct vn_source *s, int t)
{
	const struct vn_tok *tok = &s->lex.toks[t];
	struct vn_context c = vn_context_of(macros, scan->plan->sources, s, t);

	if (c.meaning != VN_MEANS_REF) {
		l->taken = true;
		return;
	}
	if (l->first.file != NULL)
		return;
	vn_lines_at(&s->lines, tok->off, &l->first.line, &l->first.col);
	l->first.file = vn_strdup(s->path);
}

static void
look_in(struct vn_scan *scan, const struct vn_macros *macros,
    struct lookup *l, const char *file, const struct vn_strbuf *bytes,
    bool inside)
{
	struct vn_source s;

	vn_source_lend(&s, file, bytes->data, bytes->len);
	l->declared = l->declared || declares_in(macros, scan->plan, &s,
	    l->plain);
	for (int t = 0; inside && t < (int)s.lex.ntoks; t++)
		if (vn_tok_word(&s, t, l->word))
			see_use(scan, macros, l, &s, t);
	vn_source_close(&s);
}

static void
look_up(struct vn_scan *scan, const struct vn_macros *macros, const char *word)
{
	struct lookup l = { .word = word,
	    .plain = word + strlen(scan->plan->style->prefix) };
	struct vn_strbuf sb = { 0 };
	size_t n = scan->inside.count;

	vn_names_add(&l.set, l.word);
	vn_names_add(&l.set, l.plain);
	for (size_t i = 0; i < n + scan->outside.count; i++) {
		const char *file = i < n ? scan->inside.items[i] :
		    scan->outside.items[i - n];

		sb.len = 0;
		if (vn_file_read(&sb, file) == 0 && sb.len > 0 &&
		    vn_scan_words_spelled(&l.set, sb.data, sb.len))
			look_in(scan, macros, &l, file, &sb, i < n);
	}
	if (l.declared && !l.taken && l.first.file != NULL) {
		l.first.kind = VN_SYMBOL_UNDEFINED;
		l.first.name = -1;
		l.first.word = vn_strdup(word);
		VN_PUSH(&scan->plan->mentions, l.first);
	} else
		free(l.first.file);
	vn_strbuf_free(&sb);
	vn_names_free(&l.set);
}

void
vn_survey_undefined(struct vn_scan *scan, const struct vn_facts *facts)
{
	struct vn_macros *macros = NULL;

	for (size_t i = 0; i < scan->prefixed->owned.count; i++) {
		const char *word = scan->prefixed->owned.items[i];

		if (vn_names_find(&scan->defined->set, word, strlen(word)) !=
		    -1)
			continue;
		if (macros == NULL) {
			macros = vn_macros_read(scan->plan->sources);
			see_other_headers(scan, facts);
		}
		if (vn_names_find(&scan->defined->set, word, strlen(word)) ==
		    -1)
			look_up(scan, macros, word);
	}
	vn_macros_free(macros);
}
