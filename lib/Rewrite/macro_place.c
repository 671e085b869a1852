/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where sources spell the names of macros.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/macros_impl.h"

/* The places of one name. */
struct places {
	VN_VEC(struct vn_macro_place) list;
};

struct vn_macro_places {
	struct places	*by_name;	/* owned; NULL: not read */
	size_t		 count;
	struct vn_names	 others; /* asked for, and no name of the table */
	VN_VEC(char *)	 words;		/* those; owned */
	VN_VEC(struct places) by_other;
};

struct vn_macro_places *
vn_macro_places_new(void)
{

	return (vn_calloc(1, sizeof(struct vn_macro_places)));
}

void
vn_macro_places_free(struct vn_macro_places *places)
{

	for (size_t i = 0; i < places->count; i++)
		VN_FREE(&places->by_name[i].list);
	for (size_t i = 0; i < places->words.count; i++) {
		free(places->words.items[i]);
		VN_FREE(&places->by_other.items[i].list);
	}
	VN_FREE(&places->words);
	VN_FREE(&places->by_other);
	vn_names_free(&places->others);
	free(places->by_name);
	free(places);
}

/* All places in a source that spell a name of the table. */
static void
read_source(const struct vn_macros *macros, const struct vn_source *s,
    int source)
{

	for (int t = 0; t < (int)s->lex.ntoks; t++) {
		struct vn_macro_place place = { source, t };
		unsigned len;
		const char *text;
		int name;

		if (!vn_tok_ident(s, t))
			continue;
		text = vn_tok_text(s, t, &len);
		name = vn_names_find(&macros->set, text, len);
		if (name != -1)
			VN_PUSH(&macros->places->by_name[name].list, place);
	}
}

static void
read_sources(const struct vn_macros *macros, const struct vn_sources *sources)
{
	struct vn_macro_places *places = macros->places;

	if (places->by_name != NULL)
		return;
	places->count = macros->heads.count;
	places->by_name = vn_calloc(places->count, sizeof(*places->by_name));
	for (size_t i = 0; i < sources->count; i++)
		if (sources->items[i]->opened)
			read_source(macros, sources->items[i], (int)i);
}

/* The places of one name, in all sources. */
static struct places
search(const struct vn_sources *sources, const char *name, size_t len)
{
	struct places found = { 0 };

	for (size_t i = 0; i < sources->count; i++) {
		const struct vn_source *s = sources->items[i];

		for (int t = 0; s->opened && t < (int)s->lex.ntoks; t++)
			if (s->lex.toks[t].len == len && vn_tok_ident(s, t) &&
			    memcmp(s->data + s->lex.toks[t].off, name,
			    len) == 0)
				VN_PUSH(&found.list, (struct vn_macro_place){
				    (int)i, t });
	}
	return (found);
}

/* The same of a macro that no source of the table defines. */
static const struct places *
other_places(struct vn_macro_places *places, const struct vn_sources *sources,
    const char *name, size_t len)
{
	int index = vn_names_find(&places->others, name, len);

	if (index == -1) {
		VN_PUSH(&places->words, vn_strndup(name, len));
		VN_PUSH(&places->by_other, search(sources, name, len));
		index = vn_names_add(&places->others,
		    places->words.items[places->words.count - 1]);
	}
	return (&places->by_other.items[index]);
}

const struct vn_macro_place *
vn_macros_places(const struct vn_macros *macros,
    const struct vn_sources *sources, const char *name, size_t len,
    size_t *count)
{
	int index = vn_names_find(&macros->set, name, len);
	const struct places *found;

	if (index == -1)
		found = other_places(macros->places, sources, name, len);
	else {
		read_sources(macros, sources);
		found = &macros->places->by_name[index];
	}
	*count = found->list.count;
	return (found->list.items);
}
