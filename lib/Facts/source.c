/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of sources, keyed by canonical name and by inode.
 */

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/source.h"

/* A name of a source; links give one source several. */
struct vn_source_key {
	char		*path;		/* owned */
	int		 index;
	UT_hash_handle	 hh;
};

void
vn_sources_init(struct vn_sources *out, const char *cwd, const char *root)
{

	*out = (struct vn_sources){ 0 };
	out->cwd = vn_strdup(cwd);
	out->root = vn_strdup(root);
}

static void
free_source(struct vn_source *s)
{

	free(s->path);
	free(s->shown);
	free(s->data);
	vn_source_close(s);
	free(s);
}

void
vn_sources_free(struct vn_sources *sources)
{
	struct vn_source_key *key, *next;

	HASH_ITER(hh, sources->by_path, key, next) {
		HASH_DEL(sources->by_path, key);
		free(key->path);
		free(key);
	}
	for (size_t i = 0; i < sources->count; i++)
		free_source(sources->items[i]);
	free(sources->items);
	free(sources->cwd);
	free(sources->root);
	*sources = (struct vn_sources){ 0 };
}

static void
remember(struct vn_sources *sources, const char *path, int index)
{
	struct vn_source_key *key = vn_calloc(1, sizeof(*key));

	key->path = vn_strdup(path);
	key->index = index;
	HASH_ADD_KEYPTR(hh, sources->by_path, key->path, strlen(key->path),
	    key);
}

static int
find_inode(const struct vn_sources *sources, const struct stat *st)
{

	for (size_t i = 0; i < sources->count; i++) {
		const struct vn_source *s = sources->items[i];

		if (s->dev == st->st_dev && s->ino == st->st_ino)
			return ((int)i);
	}
	return (-1);
}

char *
vn_sources_shown(const struct vn_sources *sources, const char *path)
{
	const char *below = vn_file_below(path, sources->cwd);

	if (below == NULL || *below == '\0')
		below = vn_file_below(path, sources->root);
	return (vn_strdup(below == NULL || *below == '\0' ? path : below));
}

static int
append(struct vn_sources *sources, struct vn_source *s)
{

	if (sources->count == sources->room) {
		sources->room = sources->room == 0 ? 64 : 2 * sources->room;
		sources->items = vn_realloc(sources->items,
		    sources->room * sizeof(*sources->items));
	}
	sources->items[sources->count] = s;
	return ((int)sources->count++);
}

int
vn_sources_add(struct vn_sources *sources, const char *path)
{
	struct vn_strbuf sb = { 0 };
	struct vn_source *s;
	struct stat st;
	int index;

	if ((index = vn_sources_find(sources, path)) != -1)
		return (index);
	if (stat(path, &st) != 0)
		return (-1);
	if (st.st_nlink > 1 && (index = find_inode(sources, &st)) != -1) {
		remember(sources, path, index);
		return (index);
	}
	if (vn_file_read(&sb, path) != 0) {
		vn_strbuf_free(&sb);
		return (-1);
	}
	s = vn_calloc(1, sizeof(*s));
	s->path = vn_strdup(path);
	s->shown = vn_sources_shown(sources, path);
	s->dev = st.st_dev;
	s->ino = st.st_ino;
	s->len = sb.len;
	s->data = vn_strbuf_take(&sb);
	index = append(sources, s);
	remember(sources, path, index);
	return (index);
}

int
vn_sources_find(const struct vn_sources *sources, const char *path)
{
	struct vn_source_key *key;

	HASH_FIND_STR(sources->by_path, path, key);
	return (key == NULL ? -1 : key->index);
}

void
vn_source_open(struct vn_source *source)
{

	if (source->opened)
		return;
	vn_lex(&source->lex, source->data, source->len);
	vn_lines_init(&source->lines, source->data, source->len);
	vn_outline(&source->outline, &source->lex, source->data);
	source->opened = true;
}

void
vn_source_lend(struct vn_source *out, const char *path, const char *data,
    size_t len)
{

	*out = (struct vn_source){ .path = (char *)(uintptr_t)path,
	    .data = (char *)(uintptr_t)data, .len = len };
	vn_source_open(out);
}

void
vn_source_close(struct vn_source *source)
{

	if (!source->opened)
		return;
	vn_lex_free(&source->lex);
	vn_lines_free(&source->lines);
	vn_outline_free(&source->outline);
	source->opened = false;
}

char *
vn_source_place(const struct vn_source *source, uint32_t off)
{
	unsigned line, col;

	vn_lines_at(&source->lines, off, &line, &col);
	return (vn_asprintf("%s:%u:%u", source->shown, line, col));
}

int
vn_source_tok_at(const struct vn_source *source, uint32_t off)
{
	size_t lo = vn_lex_from(&source->lex, off);

	if (lo < source->lex.ntoks && source->lex.toks[lo].off == off)
		return ((int)lo);
	return (-1);
}

bool
vn_source_is_header(const struct vn_source *source)
{
	size_t n = strlen(source->path);

	return (n > 2 && strcmp(source->path + n - 2, ".h") == 0);
}
