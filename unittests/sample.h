/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Sources made of strings; an '@' in one stands before the token in question.
 */

#ifndef VN_UNITTESTS_SAMPLE_H
#define	VN_UNITTESTS_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Facts/source.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

struct sample {
	struct vn_sources	 sources;
	struct vn_source	*source;	/* the last one added */
	uint32_t		 mark;		/* byte after its '@' */
};

/* The text without its '@', whose place goes to *mark; owned by the caller. */
static inline char *
sample_unmark(const char *text, uint32_t *mark)
{
	const char *at = strchr(text, '@');

	*mark = at == NULL ? 0 : (uint32_t)(at - text);
	return (at == NULL ? vn_strdup(text) : vn_asprintf("%.*s%s",
	    (int)*mark, text, at + 1));
}

/* Add an opened source of that name below the working directory "/w". */
static inline void
sample_add(struct sample *sample, const char *name, const char *text)
{
	struct vn_sources *all = &sample->sources;
	struct vn_source *s = vn_calloc(1, sizeof(*s));

	if (all->cwd == NULL)
		vn_sources_init(all, "/w", "/w");
	s->path = vn_asprintf("/w/%s", name);
	s->shown = vn_strdup(name);
	s->data = sample_unmark(text, &sample->mark);
	s->len = strlen(s->data);
	all->room = all->count + 1;
	all->items = vn_realloc(all->items, all->room * sizeof(*all->items));
	all->items[all->count++] = s;
	vn_source_open(s);
	sample->source = s;
}

static inline void
sample_init(struct sample *sample, const char *name, const char *text)
{

	*sample = (struct sample){ 0 };
	sample_add(sample, name, text);
}

static inline void
sample_free(struct sample *sample)
{

	vn_sources_free(&sample->sources);
}

/* The marked token. */
static inline int
sample_tok(const struct sample *sample)
{
	int t = vn_source_tok_at(sample->source, sample->mark);

	assert_int_not_equal(t, -1);
	return (t);
}

/* The bytes of tokens first to last, or "-"; a blank before. */
static inline void
sample_put(struct vn_strbuf *sb, const struct sample *sample, int first,
    int last)
{
	const struct vn_source *s = sample->source;
	uint32_t from;

	vn_strbuf_puts(sb, sb->len > 0 ? " " : "");
	if (first < 0 || last < 0) {
		vn_strbuf_puts(sb, "-");
		return;
	}
	from = s->lex.toks[first].off;
	vn_strbuf_add(sb, s->data + from, vn_tok_end(s, last) - from);
}

/* Does the buffer hold want?  Frees it. */
static inline void
assert_buffer(struct vn_strbuf *sb, const char *want)
{
	char *got = vn_strbuf_take(sb);

	assert_string_equal(got, want);
	free(got);
}

#endif /* !VN_UNITTESTS_SAMPLE_H */
