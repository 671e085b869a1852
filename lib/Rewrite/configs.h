/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Further configurations: which units have to be parsed again, with which
 * macros turned, so that every occurrence is seen by the compiler.
 */

#ifndef VN_REWRITE_CONFIGS_H
#define	VN_REWRITE_CONFIGS_H

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"

#include "Rewrite/guard.h"

struct vn_facts;
struct vn_plan;

enum { VN_CONFIGS_MAX = 8 };	/* extra parses of a unit's file */

/* A unit that is to be parsed again. */
struct vn_config {
	unsigned		unit;	/* parse whose command it takes */
	unsigned		made;	/* unit that was made of it; the
					   caller's to fill */
	size_t			wants;	/* different wishes that it serves; 0
					   once it was split */
	struct vn_settings	settings;
};

/* What one occurrence asks for. */
struct vn_want {
	size_t			config;	/* that serves it */
	struct vn_settings	settings;
};

struct vn_configs {
	VN_VEC(struct vn_config)	items;
	VN_VEC(struct vn_want)		wants;
};

/*
 * For each occurrence under a PATH that no parse saw: where it lies in text
 * that all parses skipped, what guards it; where a macro drops it, what guards
 * a definition of the macro that uses it.  Settings of a file that do not
 * exclude each other go together, at most VN_CONFIGS_MAX configurations a
 * file.  The plan must have been begun.  The new ones are added at the end;
 * returns their number.
 *
 * Those that are there already must have been made and parsed: called again,
 * it asks for what they did not show, in another way or of another unit.
 */
size_t	vn_configs_choose(struct vn_configs *configs,
	    const struct vn_plan *plan);

/*
 * Where a configuration that serves several wishes had errors: others for a
 * part of them each, down to one wish, as far as there is room; but none for
 * a wish that asks for more than another does.  They are added at the end.
 * Returns their number.
 */
size_t	vn_configs_split(struct vn_configs *configs,
	    const struct vn_plan *plan);

/* Is it a header that config(8) makes of kernel options: opt_*.h? */
bool	vn_configs_is_options(const char *path);

void	vn_configs_free(struct vn_configs *configs);

#endif /* !VN_REWRITE_CONFIGS_H */
