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

struct vn_vimage;

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

/* What may differ, and how much of it is printed. */
struct vn_judge {
	bool		 data_order;		/* --allow=data-order */
	char *const	*expected;		/* globs; borrowed */
	size_t		 nexpected;
	bool		 verbose;		/* print equal pairs, too, and
						   all differences */
};

struct vn_pairs {
	struct vn_pair	*items;		/* owned; sorted by name */
	size_t		 count, room;
	size_t		 left_out;	/* .ko files whose objects decide */
};

/*
 * Each pair is counted once in each line:
 *	all = compared + only[] + failed[]
 *	compared = equal + expected + differ
 *	compared = rungs[] + quick + unmapped
 * A pair that fails on both sides counts in failed[VN_PLAIN].
 */
struct vn_sums {
	size_t	all, compared, equal, differ, expected;
	size_t	only[2], failed[2];
	size_t	rungs[VN_RUNG_DIFFERS + 1];
	size_t	quick;
	size_t	unmapped;	/* equal but for that */
	bool	historical;	/* of pairs compared as in 2008 */
};

/* What a pair is, for a person and a program. */
enum vn_verdict {
	VN_EQUAL,
	VN_EXPECTED,		/* not equal, and need not be */
	VN_DIFFERENT,
	VN_ONLY_PLAIN, VN_ONLY_CONVERTED,
	VN_FAILED_PLAIN, VN_FAILED_CONVERTED
};

/* The pair of that name, put in its place by name if there is none. */
struct vn_pair *vn_pairs_get(struct vn_pairs *pairs, const char *name);
void	vn_pairs_sort(struct vn_pairs *pairs);
void	vn_pairs_free(struct vn_pairs *pairs);

/* Is the pair equal, as far as judge allows? */
bool	vn_pair_equal(const struct vn_pair *pair, const struct vn_judge *judge);

/*
 * May it differ?  A glob (fnmatch(3)) is matched against the whole name, the
 * last component, and the member's name of "lib.a(member.o)".
 */
bool	vn_pair_expected(const struct vn_pair *pair,
	    const struct vn_judge *judge);

enum vn_verdict vn_pair_verdict(const struct vn_pair *pair,
	    const struct vn_judge *judge);

/* "equal", "expected", "different", "only in plain" ...; static. */
const char *vn_verdict_name(enum vn_verdict verdict);

/*
 * Count.  Returns 0, or -1 after an error if the sums do not add up: a pair
 * was left without a verdict.
 */
int	vn_pairs_sum(struct vn_sums *out, const struct vn_pairs *pairs,
	    const struct vn_judge *judge);

/*
 * 0: all equal but expected ones; 1: some differ or are on one side only; 2:
 * something failed to compile, or nothing was compared.
 */
int	vn_sums_status(const struct vn_sums *sums);

/*
 * The table for a person: what differs (at most ten lines a pair, unless
 * verbose), and why; the sums at the end.
 */
void	vn_pairs_print(FILE *out, const struct vn_pairs *pairs,
	    const struct vn_judge *judge, const struct vn_sums *sums);

/* Its lines for what differs: at most ten, unless all. */
void	vn_differences_print(FILE *out, const struct vn_differences *list,
	    bool all);

/*
 * --report=FILE.json: all of it, in the form of vnetize-verify-md5(1), with
 * what --vimage found, or NULL.  0, or -1 after one error.
 */
int	vn_pairs_json(const char *file, const struct vn_pairs *pairs,
	    const struct vn_judge *judge, const struct vn_sums *sums,
	    const struct vn_vimage *vimage);

/*
 * --md5-lists=DIR: DIR/plain.md5, DIR/converted.md5 in the form of md5(1), and
 * DIR/md5.diff, their unified diff.  Pairs without a sum are not in them.  0,
 * or -1 after one error.
 */
int	vn_pairs_md5_lists(const char *dir, const struct vn_pairs *pairs);

#endif /* !VN_VERIFY_PAIR_H */
