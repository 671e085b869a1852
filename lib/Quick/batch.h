/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Preprocessing many units at small cost.
 *
 * Most of what "clang -E" costs is its start.  So the units whose words differ
 * only in the source are given to one "clang -cc1 -E a.c b.c ..." with the
 * words that "clang -###" says, and its output is split.  gcc starts fast, and
 * preprocesses each unit for itself.
 */

#ifndef VN_QUICK_BATCH_H
#define	VN_QUICK_BATCH_H

#include <stdbool.h>
#include <stddef.h>

/* A unit: how each side is preprocessed; plain, converted. */
struct vn_batch_unit {
	/*
	 * Words of a compile command, NULL-terminated; borrowed.  Its output,
	 * dependencies, -c and -S are replaced by -E to standard output.  NULL:
	 * there is none on this side.
	 */
	char *const	*argv[2];
	const char	*dir[2];	/* it runs there; borrowed */
};

/* What came of one side. */
struct vn_batch_text {
	char	*data;		/* owned; NULL: it does not preprocess, or there
				   is none.  fn may take it away */
	size_t	 len;
	char	*messages;	/* owned: what the compiler said if so; or
				   NULL */
};

/*
 * Preprocess the units in jobs processes (this one and its children), and call
 * fn for each with both texts, in any order, in whichever process has them: but
 * for *result, of size bytes and zero before, what it changes may be lost.  The
 * results are copied to out[i * size].  A batch that fails is done unit by
 * unit, so a failure is that of its unit only.  Memory: one batch of about
 * thirty units a process.
 */
void	vn_batch_run(void *out, size_t size, const struct vn_batch_unit *units,
	    size_t count, unsigned jobs, void (*fn)(size_t i,
	    struct vn_batch_text texts[2], void *result, void *arg), void *arg);

#endif /* !VN_QUICK_BATCH_H */
