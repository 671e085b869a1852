/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of #defines.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/source.h"

#include "Rewrite/macros_impl.h"

bool
vn_macro_read(struct vn_macro *out, const struct vn_source *source, int dir)
{
	const struct vn_dir *d = &source->lex.dirs[dir];
	int t = (int)d->tok + 2;

	if (d->kind != VN_DIR_DEFINE || d->ntok < 3 ||
	    !vn_tok_ident(source, t))
		return (false);
	*out = (struct vn_macro){ .source = -1, .dir = dir, .name = t,
	    .params = -1, .end = (int)(d->tok + d->ntok), .next = -1 };
	out->body = t + 1;
	if (t + 1 < out->end && vn_tok_punct(source, t + 1, "(") &&
	    source->lex.toks[t + 1].off == vn_tok_end(source, t)) {
		out->params = t + 1;
		out->body = source->outline.match[t + 1] < 0 ? out->end :
		    source->outline.match[t + 1] + 1;
	}
	return (true);
}

static void
add_macro(struct vn_macros *macros, const struct vn_source *source,
    const struct vn_macro *macro)
{
	unsigned len;
	const char *text = vn_tok_text(source, macro->name, &len);
	int index = vn_names_find(&macros->set, text, len);
	struct vn_macro copy = *macro;

	if (index == -1) {
		VN_PUSH(&macros->names, vn_strndup(text, len));
		index = vn_names_add(&macros->set,
		    macros->names.items[macros->names.count - 1]);
		VN_PUSH(&macros->heads, -1);
	}
	copy.next = macros->heads.items[index];
	macros->heads.items[index] = (int)macros->items.count;
	VN_PUSH(&macros->items, copy);
}

struct vn_macros *
vn_macros_read(const struct vn_sources *sources)
{
	struct vn_macros *macros = vn_calloc(1, sizeof(*macros));
	struct vn_macro macro;

	macros->uses = vn_macro_uses_new();
	macros->decls = vn_macro_decls_new();
	macros->places = vn_macro_places_new();
	macros->bodies = vn_body_uses_new();
	for (size_t i = 0; i < sources->count; i++) {
		const struct vn_source *s = sources->items[i];

		for (size_t d = 0; s->opened && d < s->lex.ndirs; d++)
			if (vn_macro_read(&macro, s, (int)d)) {
				macro.source = (int)i;
				add_macro(macros, s, &macro);
			}
	}
	return (macros);
}

void
vn_macros_free(struct vn_macros *macros)
{

	if (macros == NULL)
		return;
	vn_macro_uses_free(macros->uses);
	vn_macro_decls_free(macros->decls);
	vn_macro_places_free(macros->places);
	vn_body_uses_free(macros->bodies);
	for (size_t i = 0; i < macros->names.count; i++)
		free(macros->names.items[i]);
	VN_FREE(&macros->names);
	VN_FREE(&macros->heads);
	VN_FREE(&macros->items);
	vn_names_free(&macros->set);
	free(macros);
}

const struct vn_macro *
vn_macros_find(const struct vn_macros *macros, const char *name, size_t len)
{
	int index = vn_names_find(&macros->set, name, len);

	return (index == -1 ? NULL :
	    &macros->items.items[macros->heads.items[index]]);
}

const struct vn_macro *
vn_macros_next(const struct vn_macros *macros, const struct vn_macro *macro)
{

	return (macro->next == -1 ? NULL : &macros->items.items[macro->next]);
}

int
vn_macro_param(const struct vn_source *s, const struct vn_macro *m, int arg)
{
	int close, t = m->params + 1;

	if (m->params == -1 || (close = s->outline.match[m->params]) < 0)
		return (-1);
	for (; t < close; t++) {
		if (vn_tok_punct(s, t, "..."))
			return (vn_tok_ident(s, t - 1) ? t - 1 : t);
		if (vn_tok_ident(s, t) && arg-- == 0)
			return (t);
	}
	return (-1);
}

bool
vn_macro_spells(const struct vn_source *s, int t, int param)
{

	if (vn_tok_punct(s, param, "..."))
		return (vn_tok_word(s, t, "__VA_ARGS__"));
	return (vn_tok_ident(s, t) && vn_tok_same(s, t, param));
}

bool
vn_macro_is_param(const struct vn_source *source, const struct vn_macro *macro,
    int t)
{
	int close;

	if (macro->params == -1 ||
	    (close = source->outline.match[macro->params]) < 0)
		return (false);
	for (int p = macro->params + 1; p < close; p++)
		if (vn_tok_ident(source, p) && vn_tok_same(source, p, t))
			return (true);
	return (false);
}

int
vn_macro_param_index(const struct vn_source *source,
    const struct vn_macro *macro, int t)
{
	int close, n = 0;

	if (macro->params == -1 ||
	    (close = source->outline.match[macro->params]) < 0)
		return (-1);
	for (int p = macro->params + 1; p < close; p++) {
		if (!vn_tok_ident(source, p) && !(vn_tok_punct(source, p,
		    "...") && !vn_tok_ident(source, p - 1)))
			continue;
		if (vn_macro_spells(source, t, p))
			return (n);
		n++;
	}
	return (-1);
}
