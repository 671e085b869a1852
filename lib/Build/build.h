/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Running many commands through ninja(1): parallel, restartable, incremental.
 *
 * Ninja sees no word of them: its command line is only
 * "vnetize-verify-md5 --run-step=N FILE", which reads the words from FILE,
 * length before bytes, and execs them.
 */

#ifndef VN_BUILD_BUILD_H
#define	VN_BUILD_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum vn_step_state {
	VN_STEP_NONE,		/* not run yet */
	VN_STEP_KEPT,		/* its output is there and still right */
	VN_STEP_BUILT,
	VN_STEP_FAILED,		/* it ran, and said no; or a signal ended it */
	VN_STEP_UNSTARTED	/* there is no such program, or the like */
};

/* One command. */
struct vn_step {
	/*
	 * Owned, ends with NULL; argv[0] by PATH.  The word "\001" is for
	 * the output that is being made, "\002" for its dependency file.
	 */
	char	**argv;
	char	 *dir;		/* it runs there; owned */
	char	 *output;	/* absolute; owned.  Appears whole or not at
				   all */
	uint64_t  around;	/* 0, or of what else than words and files
				   that it reads decides: another number is
				   another step */
	char	 *label;	/* for messages and progress; owned */
	enum vn_step_state state;
	int	  status;	/* exit status, or 128 + signal */
	char	 *messages;	/* what it printed, or NULL; owned */
};

struct vn_build {
	const char	*work;		/* absolute, private; borrowed */
	const char	*self;		/* path of this program; borrowed */
	unsigned	 jobs;		/* 0: ninja's choice */
	bool		 verbose;	/* ninja's own output goes to stderr */
	struct vn_step	*steps;		/* owned */
	size_t		 count, room;
};

/* Append a step; argv is moved from, dir, output and label are copied. */
size_t	vn_build_add(struct vn_build *build, char **argv, const char *dir,
	    const char *output, const char *label);

/*
 * Run what has to be run, and fill in the state of each step.  An output is
 * kept if its compiler (identity: path, size and digest of the program, and of
 * what launches it), its words and the contents of all files that it read last
 * time are the same; times alone decide nothing.  Goes on after failures.
 * Returns 0, whatever the steps say, or -1 after one error: ninja is missing
 * or died, no space, interrupted.
 */
int	vn_build_run(struct vn_build *build);

/*
 * The files that a step read last time, by its dependency file: owned by the
 * caller, NULL-terminated; NULL if not known.
 */
char	**vn_build_inputs(const struct vn_build *build, size_t step);

/* Is its output there? */
static inline bool
vn_step_is_good(const struct vn_step *step)
{

	return (step->state == VN_STEP_KEPT || step->state == VN_STEP_BUILT);
}

void	vn_build_free(struct vn_build *build);

/*
 * What --run-step=N FILE does: run step N of the file.  Returns an exit
 * status.  Its output is renamed into place when the command ended with 0;
 * nothing stays when it is killed.
 */
int	vn_build_run_step(const char *number, const char *file);

#endif /* !VN_BUILD_BUILD_H */
