/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Conditions of #if and its kin turned round: which macros have to be what,
 * so that a branch is compiled (C11 6.10.1).
 */

#ifndef VN_REWRITE_GUARD_H
#define	VN_REWRITE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

struct vn_source;

/* A macro as a configuration has it. */
struct vn_setting {
	const char	*macro;	/* its name; bytes of a source, borrowed */
	unsigned	 len;
	bool		 defined;
	bool		 any;	/* defined: whatever its value */
	long		 value;	/* defined, and not any */
};

enum { VN_SETTINGS_MAX = 12, VN_GUARD_MAX = 8 };

/* Settings that hold together. */
struct vn_settings {
	struct vn_setting	items[VN_SETTINGS_MAX];
	size_t			count;
};

/* Alternatives, each of which is enough; none: it cannot be turned. */
struct vn_guard {
	struct vn_settings	items[VN_GUARD_MAX];
	size_t			count;
};

/* The guard of what is always compiled: one alternative that asks nothing. */
void	vn_guard_init(struct vn_guard *guard);

/*
 * Narrow the guard by what compiles branch (an #if, #elif or #else of the
 * source) where the branch around it is compiled: its condition, and none of
 * those before it in the group.  Reserved identifiers (C11 7.1.3) are the
 * compiler's and the system's, and are never turned.  False, and nothing
 * changed, if no setting does it.
 */
bool	vn_guard_narrow(struct vn_guard *guard, const struct vn_source *source,
	    int branch);

/*
 * Add what more asks for to settings.  False, and nothing changed, if the two
 * exclude each other or are too many.
 */
bool	vn_settings_join(struct vn_settings *settings,
	    const struct vn_settings *more);

/* Does settings hold all that part asks for? */
bool	vn_settings_hold(const struct vn_settings *settings,
	    const struct vn_settings *part);

/* Does an alternative of the guard go together with the settings? */
bool	vn_guard_allows(const struct vn_guard *guard,
	    const struct vn_settings *settings);

/*
 * Is the branch the include guard of its file: an #ifndef, first of all
 * directives, of the macro that is then defined, up to the last?
 */
bool	vn_guard_is_include(const struct vn_source *source, int branch);

/* The #if, #ifdef or #ifndef that opens the group of a branch. */
int	vn_guard_opening(const struct vn_source *source, int branch);

#endif /* !VN_REWRITE_GUARD_H */
