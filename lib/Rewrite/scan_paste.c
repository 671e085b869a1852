/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 0, too: uses of a name that no file spells.  Macros with a ## whose
 * literal part begins or ends a listed name are looked for, then the calls of
 * them that make one.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

#include "Rewrite/expand.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/scan.h"
#include "Rewrite/survey.h"

/* Macros that paste, all of which the sources hold. */
struct pasters {
	struct vn_scan		*scan;
	struct vn_scan_words	 words;
	struct vn_macros	*macros;
};

/* Is token t a word that begins, or ends, a longer listed name? */
static bool
is_piece(const struct vn_plan *plan, const struct vn_source *s,
    const struct vn_macro *m, int t, bool begins)
{
	unsigned len;
	const char *text;

	if (t < m->body || t >= m->end || !vn_tok_ident(s, t) ||
	    vn_macro_is_param(s, m, t))
		return (false);
	text = vn_tok_text(s, t, &len);
	for (size_t i = 0; i < plan->words.count; i += 2) {
		const char *name = plan->words.items[i];
		size_t n = strlen(name);

		if (n > len && memcmp(begins ? name : name + n - len, text,
		    len) == 0)
			return (true);
	}
	return (false);
}

/* May the ## at token t make a listed name? */
static bool
may_paste(const struct vn_plan *plan, const struct vn_source *s,
    const struct vn_macro *m, int t)
{

	return (vn_tok_punct(s, t, "##") &&
	    (is_piece(plan, s, m, t - 1, true) ||
	    is_piece(plan, s, m, t + 1, false)));
}

/* Is the body's word the name of such a macro? */
static bool
calls_paster(const struct pasters *p, const struct vn_source *s, int t)
{
	unsigned len;
	const char *text = vn_tok_text(s, t, &len);

	return (vn_tok_ident(s, t) && vn_names_find(&p->words.set, text,
	    len) != -1);
}

/* Add the macros of a file that paste; returns whether there are new ones. */
static bool
add_pasters(struct pasters *p, const struct vn_source *s)
{
	bool grown = false;
	struct vn_macro m;

	for (size_t d = 0; d < s->lex.ndirs; d++) {
		bool pastes = false;
		unsigned len;
		const char *text;

		if (!vn_macro_read(&m, s, (int)d))
			continue;
		for (int t = m.body; t < m.end && !pastes; t++)
			pastes = may_paste(p->scan->plan, s, &m, t) ||
			    calls_paster(p, s, t);
		if (!pastes)
			continue;
		text = vn_tok_text(s, m.name, &len);
		grown = vn_scan_words_add(&p->words, text, len) || grown;
	}
	return (grown);
}

/* Does the ## make a listed name? */
static bool
makes_listed(const struct vn_paste *paste, void *arg)
{
	const struct pasters *p = arg;

	return (paste->npieces > 1 && vn_names_find(&p->scan->plan->names,
	    paste->result, strlen(paste->result)) != -1);
}

static bool
pastes_listed(struct pasters *p, const struct vn_source *s)
{

	for (int t = 0; t < (int)s->lex.ntoks; t++)
		if (s->lex.toks[t].dir == -1 && calls_paster(p, s, t) &&
		    vn_expand_pastes(p->macros, p->scan->plan->sources, s, t,
		    makes_listed, p))
			return (true);
	return (false);
}

/* Add the file to the sources if fn says so, unless it is one. */
static void
consider(struct pasters *p, const char *file, struct vn_strbuf *sb,
    bool (*fn)(struct pasters *, const struct vn_source *))
{
	struct vn_source s;
	bool add;

	if (vn_sources_find(p->scan->plan->sources, file) != -1)
		return;
	sb->len = 0;
	if (vn_file_read(sb, file) != 0 || sb->len == 0 ||
	    (p->macros != NULL && !vn_scan_words_spelled(&p->words.set,
	    sb->data, sb->len)))
		return;
	vn_source_lend(&s, file, sb->data, sb->len);
	add = fn(p, &s);
	vn_source_close(&s);
	if (add)
		vn_scan_add(p->scan, file, true);
}

/* The macros of all sources, until there are no new ones. */
static void
collect_pasters(struct pasters *p, struct vn_strbuf *sb)
{
	struct vn_sources *sources = p->scan->plan->sources;
	bool grown = true;

	for (size_t i = 0; i < p->scan->hashes.count; i++)
		consider(p, p->scan->hashes.items[i], sb, add_pasters);
	while (grown) {
		grown = false;
		for (size_t i = 0; i < sources->count; i++)
			if (sources->items[i]->opened)
				grown = add_pasters(p, sources->items[i]) ||
				    grown;
	}
}

void
vn_scan_pasted(struct vn_scan *scan)
{
	struct pasters p = { .scan = scan };
	struct vn_strbuf sb = { 0 };

	collect_pasters(&p, &sb);
	if (p.words.owned.count > 0) {
		p.macros = vn_macros_read(scan->plan->sources);
		for (size_t i = 0; i < scan->inside.count; i++)
			consider(&p, scan->inside.items[i], &sb,
			    pastes_listed);
		vn_macros_free(p.macros);
	}
	vn_scan_words_free(&p.words);
	vn_strbuf_free(&sb);
}
