/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 0: which files matter.  A search through bytes, before anything is
 * parsed.
 */

#ifndef VN_REWRITE_SCAN_H
#define	VN_REWRITE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"

struct vn_facts;
struct vn_plan;
struct vn_scan_words;

struct vn_scan {
	struct vn_plan	*plan;		/* borrowed: its sources are filled */
	const char	*root;	/* canonical; searched for outside uses;
				   borrowed */
	char *const	*paths;	/* canonical names of the PATHs; borrowed */
	size_t		 npaths;
	unsigned	 jobs;		/* processes */
	VN_VEC(char *)	 inside; /* owned: .c and .h files under a PATH */
	VN_VEC(const char *) hashes;	/* those of inside that spell no name
					   and hold a "##" */
	VN_VEC(char *)	 outside; /* owned: those under root and no PATH */
	VN_VEC(char *)	 symbols; /* owned: assembler files and linker scripts
				   under root */
	struct vn_scan_words *wanted;	/* owned: macros around occurrences */
	struct vn_scan_words *prefixed;	/* owned: V_x, not listed, that files
					   under a PATH spell */
	struct vn_scan_words *defined;	/* owned: those that are macros */
	VN_VEC(int)	 parse;	/* sources (.c) whose units have to be parsed */
};

/*
 * Find the files under the PATHs and the root.  Add to the plan's sources
 * those under a PATH that spell a listed name, or a macro whose body reaches
 * one; those outside that may use a listed variable; and the headers that
 * define the macros around occurrences.  Returns 0, or -1 after reporting one
 * error (a PATH that cannot be read, has no sources, or a source with a NUL
 * byte).
 */
int	vn_scan_run(struct vn_scan *scan);

/*
 * Once units were parsed: add to the sources those headers outside of the
 * root that they include and that define macros around occurrences.
 */
void	vn_scan_headers(struct vn_scan *scan, const struct vn_facts *facts);
void	vn_scan_free(struct vn_scan *scan);

#endif /* !VN_REWRITE_SCAN_H */
