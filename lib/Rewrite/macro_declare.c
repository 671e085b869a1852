/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Macros that declare a name, in their bodies or in those that they call.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/macros_impl.h"
#include "Rewrite/scope.h"

/* Indexes of macros' names. */
struct indexes {
	VN_VEC(int) list;
};

/* A word that some body declares. */
struct declared {
	char		*word;		/* owned */
	struct indexes	 by;		/* macros whose bodies do */
	bool		*reach;		/* owned; by macro: does it, or one
					   that it calls? NULL: nobody asked */
};

struct vn_macro_decls {
	bool			 read;
	struct vn_names		 set;
	VN_VEC(struct declared)	 words;		/* by index in set */
	struct indexes		*callers;	/* owned; by macro */
	size_t			 ncallers;
};

struct vn_macro_decls *
vn_macro_decls_new(void)
{

	return (vn_calloc(1, sizeof(struct vn_macro_decls)));
}

void
vn_macro_decls_free(struct vn_macro_decls *decls)
{

	for (size_t i = 0; i < decls->words.count; i++) {
		free(decls->words.items[i].word);
		free(decls->words.items[i].reach);
		VN_FREE(&decls->words.items[i].by.list);
	}
	for (size_t i = 0; i < decls->ncallers; i++)
		VN_FREE(&decls->callers[i].list);
	VN_FREE(&decls->words);
	vn_names_free(&decls->set);
	free(decls->callers);
	free(decls);
}

/* Add an index, but for one that was added last. */
static void
add(struct indexes *to, int index)
{

	if (to->list.count == 0 ||
	    to->list.items[to->list.count - 1] != index)
		VN_PUSH(&to->list, index);
}

static void
add_declared(struct vn_macro_decls *decls, const char *text, size_t len,
    int macro)
{
	int i = vn_names_find(&decls->set, text, len);

	if (i == -1) {
		struct declared d = { .word = vn_strndup(text, len) };

		VN_PUSH(&decls->words, d);
		i = vn_names_add(&decls->set, d.word);
	}
	add(&decls->words.items[i].by, macro);
}

/* What a body declares and what it calls, outside of braces. */
static void
read_body(const struct vn_macros *macros, const struct vn_source *s,
    const struct vn_macro *m, int index)
{
	struct vn_macro_decls *decls = macros->decls;

	for (int t = m->body; t < m->end; t++) {
		int up = s->outline.up[t], callee;
		unsigned len;
		const char *text;

		if (!vn_tok_ident(s, t) || vn_tok_punct(s, up, "{"))
			continue;
		text = vn_tok_text(s, t, &len);
		if (vn_scope_in_body(s, t))
			add_declared(decls, text, len, index);
		if (t != m->body && up != -1)
			continue;
		callee = vn_names_find(&macros->set, text, len);
		if (callee != -1)
			add(&decls->callers[callee], index);
	}
}

static void
read_bodies(const struct vn_macros *macros, const struct vn_sources *sources)
{
	struct vn_macro_decls *decls = macros->decls;

	if (decls->read)
		return;
	decls->read = true;
	decls->ncallers = macros->heads.count;
	decls->callers = vn_calloc(decls->ncallers + 1,
	    sizeof(*decls->callers));
	for (size_t name = 0; name < macros->heads.count; name++)
		for (int i = macros->heads.items[name]; i != -1;
		    i = macros->items.items[i].next) {
			const struct vn_macro *m = &macros->items.items[i];

			read_body(macros, sources->items[m->source], m,
			    (int)name);
		}
}

/* Mark those macros, and note the new ones. */
static void
mark(bool *reach, const struct indexes *macros, struct indexes *todo)
{

	for (size_t i = 0; i < macros->list.count; i++) {
		int macro = macros->list.items[i];

		if (reach[macro])
			continue;
		reach[macro] = true;
		VN_PUSH(&todo->list, macro);
	}
}

/* From the macros that declare the word to those that call them. */
static void
find_reach(const struct vn_macros *macros, struct declared *d)
{
	const struct vn_macro_decls *decls = macros->decls;
	int self = vn_names_find(&macros->set, d->word, strlen(d->word));
	struct indexes todo = { 0 };

	d->reach = vn_calloc(decls->ncallers + 1, sizeof(*d->reach));
	mark(d->reach, &d->by, &todo);
	/* In a body the word is the name, whatever macro it is. */
	while (todo.list.count > 0) {
		int macro = todo.list.items[--todo.list.count];

		if (macro != self)
			mark(d->reach, &decls->callers[macro], &todo);
	}
	VN_FREE(&todo.list);
}

bool
vn_macros_declare(const struct vn_macros *macros,
    const struct vn_sources *sources, const char *macro, size_t len,
    const char *name, size_t namelen)
{
	int word, index = vn_names_find(&macros->set, macro, len);
	struct declared *d;

	if (index == -1)
		return (false);
	read_bodies(macros, sources);
	word = vn_names_find(&macros->decls->set, name, namelen);
	if (word == -1)
		return (false);
	d = &macros->decls->words.items[word];
	if (d->reach == NULL)
		find_reach(macros, d);
	return (d->reach[index]);
}
