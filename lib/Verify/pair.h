/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Pairs of objects, and what was found about each.
 */

#ifndef VN_VERIFY_PAIR_H
#define	VN_VERIFY_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "Mirror/linemap.h"
#include "Object/compare.h"
#include "Object/explain.h"

enum { VN_PLAIN, VN_CONVERTED };

enum vn_presence {
	VN_ABSENT,		/* there is none on this side */
	VN_FAILED,		/* it does not compile */
	VN_PRESENT
};

/* Why two objects differ: tokens that were put back in a private copy. */
struct vn_cause {
	bool	 proven;	/* the object is equal then; else a guess */
	char	*where;		/* owned: "file:line" in the converted tree */
	char	*what;		/* owned: "string", "line number", "name" ... */
	char	*was, *now;	/* owned: the tokens */
};

struct vn_causes {
	struct vn_cause	*items;		/* owned */
	size_t		 count, room;
};

struct vn_pair {
	char		*name;	/* as seen from both roots; owned */
	enum vn_presence presence[2];
	char		*paths[2];	/* objects; "lib.a(member.o)"; owned */
	char		 md5[2][33];	/* of what counts on rung 2; or "" */
	char		*messages[2];	/* what the compiler said; owned */
	enum vn_rung	 rung;	/* both present */
	bool		 quick;		/* told from tokens, not compiled */
	bool		 historical;	/* rung is the comparison of 2008 */
	bool		 expected;	/* may differ */
	bool		 unmapped;	/* a line number in it cannot be
					   mapped: never equal */
	struct vn_differences differences;
	struct vn_causes causes;
};

/* Orders that are allowed to differ. */
struct vn_judge {
	bool		 data_order;		/* --allow=data-order */
	char *const	*expected;		/* globs; borrowed */
	size_t		 nexpected;
};

struct vn_pairs {
	struct vn_pair	*items;		/* owned; sorted by name */
	size_t		 count, room;
};

/* The sums of interface.md: they add up to all, which is checked. */
struct vn_sums {
	size_t	all, compared, equal, differ, expected;
	size_t	only[2], failed[2];
	size_t	rungs[VN_RUNG_DIFFERS + 1];
	size_t	quick;
};

/* The pair of that name, appended if there is none. */
struct vn_pair *vn_pairs_get(struct vn_pairs *pairs, const char *name);
void	vn_pairs_sort(struct vn_pairs *pairs);
void	vn_pairs_free(struct vn_pairs *pairs);

/* Is the pair equal, as far as judge allows? */
bool	vn_pair_equal(const struct vn_pair *pair, const struct vn_judge *judge);

/* Count.  Returns 0, or -1 after an error if the sums do not add up. */
int	vn_pairs_sum(struct vn_sums *out, const struct vn_pairs *pairs,
	    const struct vn_judge *judge);

/*
 * 0: all equal but expected ones; 1: some differ or are on one side only; 2:
 * something failed to compile, or nothing was compared.
 */
int	vn_sums_status(const struct vn_sums *sums);

/* The table for a person: what differs, and why; the sums at the end. */
void	vn_pairs_print(FILE *out, const struct vn_pairs *pairs,
	    const struct vn_judge *judge, const struct vn_sums *sums);

/* --report=FILE.json: all of it.  0, or -1 after one error. */
int	vn_pairs_json(const char *file, const struct vn_pairs *pairs,
	    const struct vn_judge *judge, const struct vn_sums *sums);

/*
 * --md5-lists=DIR: DIR/plain.md5, DIR/converted.md5 in the form of md5(1), and
 * DIR/md5.diff, their unified diff.  0, or -1 after one error.
 */
int	vn_pairs_md5_lists(const char *dir, const struct vn_pairs *pairs);

#endif /* !VN_VERIFY_PAIR_H */
