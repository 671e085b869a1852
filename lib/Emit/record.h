/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The record of a conversion, for vnetize-verify-md5(1).
 */

#ifndef VN_EMIT_RECORD_H
#define	VN_EMIT_RECORD_H

struct vn_plan;

/* A record that is not in its place yet. */
struct vn_recording {
	const char	*file;		/* borrowed */
	char		*temporary;	/* owned */
};

/*
 * Write the record of the plan beside file, where it can still be dropped: its
 * edits in bytes of the old files, and statics of functions that got another
 * name.  Returns 0, or -1 after one error.
 */
int	vn_emit_record_begin(struct vn_recording *out,
	    const struct vn_plan *plan, const char *file);

/*
 * Put it in its place if keep is not 0, else drop it.  Returns 0, or -1 after
 * one error.
 */
int	vn_emit_record_end(struct vn_recording *recording, int keep);

#endif /* !VN_EMIT_RECORD_H */
