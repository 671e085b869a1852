/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What vnetize --record=FILE left of a conversion: its edits, and statics of
 * functions that got another name.
 */

#ifndef VN_VERIFY_RECORD_H
#define	VN_VERIFY_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "Mirror/linemap.h"
#include "Object/compare.h"

struct vn_record_file {
	char		*path;		/* as seen from the root; owned */
	struct vn_line_edit *edits;	/* owned; by offset, not overlapping */
	size_t		 count, room;
};

struct vn_record {
	struct {
		struct vn_record_file *items;	/* owned */
		size_t		 count, room;
	} files;
	struct {
		struct vn_rename *items;	/* owned, so are the names */
		size_t		 count, room;
	} renames;
};

/*
 * Read a record.  Returns 0, or -1 after one error, "file:line:column: ...":
 * no JSON, of another version, members that are missing or of another kind,
 * edits that overlap.  Members that are not known are passed over.
 */
int	vn_record_read(struct vn_record *out, const char *file);
void	vn_record_free(struct vn_record *record);

/* The edits of the file of that path, or NULL; borrowed. */
const struct vn_record_file *vn_record_find(const struct vn_record *record,
	    const char *path);

#endif /* !VN_VERIFY_RECORD_H */
