/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * _KERNEL in conditionals.
 */

#include "Facts/source.h"

#include "Rewrite/guard.h"
#include "Rewrite/kernel.h"

static const char kernel[] = "_KERNEL";

/* Does the condition of directive d mention _KERNEL; is it negated? */
static bool
mentions(const struct vn_source *s, int d, bool *negated)
{
	const struct vn_dir *dir = &s->lex.dirs[d];

	*negated = dir->kind == VN_DIR_IFNDEF;
	for (uint32_t t = dir->tok + 2; t < dir->tok + dir->ntok; t++) {
		int p;

		if (!vn_tok_word(s, (int)t, kernel))
			continue;
		/* !defined(_KERNEL), !defined _KERNEL */
		p = (int)t - 1;
		if (vn_tok_punct(s, p, "("))
			p--;
		if (vn_tok_word(s, p, "defined") && vn_tok_punct(s, p - 1, "!"))
			*negated = !*negated;
		return (true);
	}
	return (false);
}

static bool
for_kernel(const struct vn_source *s, int d)
{
	bool negated;

	if (s->lex.dirs[d].kind == VN_DIR_ELSE) {
		int first = vn_guard_opening(s, d);

		return (s->lex.dirs[first].next == d &&
		    mentions(s, first, &negated) && negated);
	}
	return (mentions(s, d, &negated) && !negated);
}

int
vn_kernel_branch(const struct vn_source *source, uint32_t off)
{
	int at = vn_source_branch(source, off), found = -1;

	for (; at != -1; at = source->lex.dirs[at].parent)
		if (for_kernel(source, at))
			found = at;
	return (found);
}

bool
vn_kernel_shared(const struct vn_source *source)
{
	bool negated;

	for (size_t d = 0; d < source->lex.ndirs; d++)
		if (source->lex.dirs[d].kind >= VN_DIR_IF &&
		    source->lex.dirs[d].kind <= VN_DIR_ELIF &&
		    mentions(source, (int)d, &negated))
			return (true);
	return (false);
}

bool
vn_kernel_unguarded(const struct vn_source *source, uint32_t off)
{

	return (vn_source_is_header(source) && vn_kernel_shared(source) &&
	    vn_kernel_branch(source, off) == -1);
}
