/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Units from a JSON compilation database.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Units/units_impl.h"

static int
pass_over(const struct vn_entry *entry, const char *path)
{

	vn_diag(VN_WARNING, entry->path, entry->line, entry->col,
	    "entry passed over: '%s': %s", path, strerror(errno));
	return (0);
}

/* Add the entry's command of file; both names canonical. */
static int
add_unit(struct vn_units *out, const struct vn_entry *entry, const char *dir,
    const char *file)
{
	struct vn_words words = { 0 }, flags = { 0 };
	char *origin;

	if (vn_entry_words(entry, &words) != 0) {
		vn_words_free(&words);
		return (-1);
	}
	vn_flags_clean(&flags, &words, true, dir, file);
	origin = vn_asprintf("%s:%u", entry->path, entry->line);
	vn_units_add(out, file, dir, &flags, origin, false);
	free(origin);
	vn_words_free(&words);
	return (1);
}

static int
take_unit(const struct vn_entry *entry, void *arg)
{
	char *joined, *file, *real;
	int took;

	real = vn_file_realpath(entry->dir);
	if (real == NULL)
		return (pass_over(entry, entry->dir));
	joined = vn_file_join(real, entry->file);
	file = vn_file_realpath(joined);
	took = file == NULL ? pass_over(entry, joined) :
	    add_unit(arg, entry, real, file);
	free(file);
	free(joined);
	free(real);
	return (took);
}

int
vn_units_compdb(struct vn_units *out, const char *path)
{
	static const char *const ends[] = { ".c", NULL };
	static const struct vn_wanted wanted = { ends, ".c", take_unit };

	*out = (struct vn_units){ 0 };
	if (vn_database_read(path, &wanted, out) != 0) {
		vn_units_free(out);
		return (-1);
	}
	vn_units_sort(out);
	return (0);
}
