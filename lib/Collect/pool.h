/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Pieces of work done by forked processes.  Private to this folder.
 */

#ifndef VN_COLLECT_POOL_H
#define	VN_COLLECT_POOL_H

#include <stddef.h>
#include <stdio.h>

struct vn_pool {
	size_t	  first;	/* the first piece's number */
	size_t	  count;	/* one past the last one's */
	unsigned  jobs;		/* workers, at least 1 */
	void	 *ctx;		/* for the functions; borrowed */
	/*
	 * In a worker: make its state; do a piece; write what all its pieces
	 * came to, and free the state.
	 */
	void	*(*begin)(void *ctx);
	void	 (*piece)(void *state, size_t piece);
	void	 (*end)(void *state, FILE *out);
	/*
	 * In the parent: read what end wrote, and return 0, or -1 if the
	 * stream is cut short (its pieces are done again then); learn that a
	 * piece killed its worker.
	 */
	int	 (*take)(void *ctx, FILE *in);
	void	 (*lose)(void *ctx, size_t piece);
};

/*
 * Do each piece once.  A worker that dies costs the piece it was on; the others
 * that it had are done again.  Returns 0, or -1 after reporting one error (no
 * process, no pipe).
 */
int	vn_pool_run(const struct vn_pool *pool);

#endif /* !VN_COLLECT_POOL_H */
