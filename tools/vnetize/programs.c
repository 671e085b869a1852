/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Programs among the sources: code that sees headers without _KERNEL.
 */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/source.h"

#include "Units/units.h"

#include "programs.h"

static const char kernel[] = "_KERNEL";

/* Do the flags define _KERNEL: -D_KERNEL, -D_KERNEL=1, -D _KERNEL? */
static bool
defines_kernel(const char *const *flags, size_t n)
{
	size_t len = strlen(kernel);

	for (size_t i = 0; i < n; i++) {
		const char *name = flags[i] + 2;

		if (strncmp(flags[i], "-D", 2) != 0)
			continue;
		if (*name == '\0' && i + 1 < n)
			name = flags[i + 1];
		if (strncmp(name, kernel, len) == 0 &&
		    (name[len] == '\0' || name[len] == '='))
			return (true);
	}
	return (false);
}

static bool
defines_it_itself(const struct vn_source *s)
{

	for (size_t d = 0; s->opened && d < s->lex.ndirs; d++)
		if (s->lex.dirs[d].kind == VN_DIR_DEFINE &&
		    s->lex.dirs[d].ntok > 2 &&
		    vn_tok_word(s, (int)s->lex.dirs[d].tok + 2, kernel))
			return (true);
	return (false);
}

void
mark_programs(struct vn_sources *sources, const struct vn_units *units,
    const char *const *extra, size_t nextra)
{
	bool *of_kernel, any = false;

	if (defines_kernel(extra, nextra))
		return;
	of_kernel = vn_calloc(sources->count + 1, sizeof(*of_kernel));
	for (size_t i = 0; i < units->count; i++) {
		const struct vn_unit *u = &units->items[i];
		int index = vn_sources_find(sources, u->file);

		if (index == -1)
			continue;
		sources->items[index]->program = true;
		if (defines_kernel((const char *const *)u->argv, u->argc))
			any = of_kernel[index] = true;
	}
	for (size_t i = 0; i < sources->count; i++)
		sources->items[i]->program = any && !of_kernel[i] &&
		    sources->items[i]->program &&
		    !defines_it_itself(sources->items[i]);
	free(of_kernel);
}
