/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Units in another configuration: the same command with more flags, and
 * headers that do not define what they do on the disk.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Units/units_impl.h"

size_t
vn_units_vary(struct vn_units *units, size_t index, const char *config,
    char *const *flags, size_t nflags)
{
	const struct vn_unit *of;
	struct vn_unit *unit;

	units->items = vn_realloc(units->items, (units->count + 1) *
	    sizeof(*units->items));
	of = &units->items[index];
	unit = &units->items[units->count];
	*unit = (struct vn_unit){ .extra = true, .tried = of->tried,
	    .left_out = of->left_out,
	    .nvaried = of->nvaried + nflags };
	unit->file = vn_strdup(of->file);
	unit->dir = vn_strdup(of->dir);
	unit->origin = vn_strdup(of->origin);
	unit->config = vn_strdup(config);
	unit->argv = vn_calloc(of->argc + nflags + 1, sizeof(*unit->argv));
	for (size_t i = 0; i < of->argc + nflags; i++)
		unit->argv[unit->argc++] = vn_strdup(i < of->argc ?
		    of->argv[i] : flags[i - of->argc]);
	return (units->count++);
}

void
vn_units_config(struct vn_units *units, const char *name, const char *flags)
{
	size_t count = units->count;
	struct vn_words words = { 0 };

	vn_split_command(&words, flags);
	for (size_t i = 0; i < count; i++)
		if (!units->items[i].extra)
			vn_units_vary(units, i, name, words.items,
			    words.count);
	vn_words_free(&words);
}

/* Blank out the #defines of the macro; false if there is none. */
static bool
blank_defines(char *data, size_t len, const char *macro)
{
	struct vn_lex lex;
	bool found = false;

	vn_lex(&lex, data, len);
	for (size_t i = 0; i < lex.ndirs; i++) {
		const struct vn_dir *d = &lex.dirs[i];

		if (d->kind != VN_DIR_DEFINE || d->ntok < 3 ||
		    !vn_tok_is(data, &lex.toks[d->tok + 2], macro))
			continue;
		found = true;
		for (uint32_t at = d->off; at < d->end; at++)
			if (strchr("\r\n\\", data[at]) == NULL)
				data[at] = ' ';
	}
	vn_lex_free(&lex);
	return (found);
}

static struct vn_overlay *
overlay_of(struct vn_unit *unit, const char *path)
{

	for (size_t i = 0; i < unit->noverlays; i++)
		if (strcmp(unit->overlays[i].path, path) == 0)
			return (&unit->overlays[i]);
	return (NULL);
}

void
vn_unit_hide(struct vn_unit *unit, const char *path, const char *macro)
{
	struct vn_overlay *o = overlay_of(unit, path);
	struct vn_strbuf sb = { 0 };

	if (o != NULL) {
		blank_defines(o->data, o->len, macro);
		return;
	}
	if (vn_file_read(&sb, path) != 0 || sb.len == 0 ||
	    !blank_defines(sb.data, sb.len, macro)) {
		vn_strbuf_free(&sb);
		return;
	}
	unit->overlays = vn_realloc(unit->overlays, (unit->noverlays + 1) *
	    sizeof(*unit->overlays));
	o = &unit->overlays[unit->noverlays++];
	o->path = vn_strdup(path);
	o->len = sb.len;
	o->data = vn_strbuf_take(&sb);
}
