/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Locations and files of libclang as plain data.
 */

#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "Support/file.h"
#include "Support/mem.h"

#include "Facts/source.h"

#include "Collect/loc.h"

/* A name as libclang spells it, absolute. */
struct vn_path_entry {
	char		*name;		/* owned */
	char		*real;		/* owned; canonical, or NULL */
	int		 source;
	bool		 searched;	/* its name ends with .c or .h */
	bool		 asked;		/* see vn_paths_first */
	UT_hash_handle	 hh;
};

struct vn_handle_entry {
	CXFile			 file;
	struct vn_path_entry	*entry;	/* borrowed */
	UT_hash_handle		 hh;
};

static void
drop_handles(struct vn_paths *paths)
{
	struct vn_handle_entry *h, *next;

	HASH_ITER(hh, paths->by_handle, h, next) {
		HASH_DEL(paths->by_handle, h);
		free(h);
	}
}

void
vn_paths_new_unit(struct vn_paths *paths)
{

	drop_handles(paths);
}

void
vn_paths_free(struct vn_paths *paths)
{
	struct vn_path_entry *e, *next;

	drop_handles(paths);
	HASH_ITER(hh, paths->by_name, e, next) {
		HASH_DEL(paths->by_name, e);
		free(e->name);
		free(e->real);
		free(e);
	}
}

/* A hard link to a source has a name of its own. */
static int
find_link(const struct vn_sources *sources, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || st.st_nlink < 2)
		return (-1);
	for (size_t i = 0; i < sources->count; i++)
		if (sources->items[i]->dev == st.st_dev &&
		    sources->items[i]->ino == st.st_ino)
			return ((int)i);
	return (-1);
}

static struct vn_path_entry *
entry_of_name(struct vn_paths *paths, char *name)
{
	struct vn_path_entry *e;

	HASH_FIND_STR(paths->by_name, name, e);
	if (e != NULL) {
		free(name);
		return (e);
	}
	e = vn_calloc(1, sizeof(*e));
	e->name = name;
	e->real = vn_file_realpath(name);
	e->source = -1;
	e->searched = strlen(name) > 2 &&
	    (strcmp(name + strlen(name) - 2, ".c") == 0 ||
	    strcmp(name + strlen(name) - 2, ".h") == 0);
	if (e->real != NULL) {
		e->source = vn_sources_find(paths->sources, e->real);
		if (e->source == -1)
			e->source = find_link(paths->sources, e->real);
	}
	HASH_ADD_KEYPTR(hh, paths->by_name, e->name, strlen(e->name), e);
	return (e);
}

/*
 * The worker's directory is the unit's, so a relative name is one from there.
 */
static char *
absolute(const char *name)
{
	char *cwd, *joined;

	if (name[0] == '/')
		return (vn_strdup(name));
	cwd = vn_file_realpath(".");
	joined = cwd == NULL ? vn_strdup(name) : vn_file_join(cwd, name);
	free(cwd);
	return (joined);
}

static struct vn_path_entry *
entry_of(struct vn_paths *paths, CXFile file)
{
	struct vn_handle_entry *h;
	CXString name;

	HASH_FIND_PTR(paths->by_handle, &file, h);
	if (h != NULL)
		return (h->entry);
	h = vn_calloc(1, sizeof(*h));
	h->file = file;
	name = clang_getFileName(file);
	h->entry = entry_of_name(paths, absolute(clang_getCString(name)));
	clang_disposeString(name);
	HASH_ADD_PTR(paths->by_handle, file, h);
	return (h->entry);
}

int
vn_paths_source(struct vn_paths *paths, CXFile file)
{

	return (file == NULL ? -1 : entry_of(paths, file)->source);
}

const char *
vn_paths_name(struct vn_paths *paths, CXFile file)
{

	return (file == NULL ? NULL : entry_of(paths, file)->real);
}

bool
vn_paths_searched(struct vn_paths *paths, CXFile file)
{

	return (file == NULL || entry_of(paths, file)->searched);
}

bool
vn_paths_first(struct vn_paths *paths, CXFile file)
{
	struct vn_path_entry *e = entry_of(paths, file);
	bool first = !e->asked;

	e->asked = true;
	return (first);
}

struct vn_place
vn_place_spelling(struct vn_paths *paths, CXSourceLocation loc)
{
	struct vn_place place = { .source = -1 };
	unsigned off;

	clang_getSpellingLocation(loc, &place.file, &place.line, &place.col,
	    &off);
	place.off = off;
	place.source = vn_paths_source(paths, place.file);
	return (place);
}

struct vn_place
vn_place_expansion(struct vn_paths *paths, CXSourceLocation loc)
{
	struct vn_place place = { .source = -1 };
	unsigned off;

	clang_getExpansionLocation(loc, &place.file, &place.line, &place.col,
	    &off);
	place.off = off;
	place.source = vn_paths_source(paths, place.file);
	return (place);
}
