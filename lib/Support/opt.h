/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Command line options from one table, which also makes --help.
 */

#ifndef VN_SUPPORT_OPT_H
#define	VN_SUPPORT_OPT_H

#include <stddef.h>
#include <stdio.h>

struct vn_opt {
	const char	*name;		/* long name without dashes, or NULL */
	char		 letter;	/* short name, or 0 */
	const char	*arg;		/* word for its value, or NULL: none */
	const char	*help;		/* '\n' between lines, which wrap */
	int		(*set)(void *ctx, const char *value);
	    /* value is NULL without arg; returns 0, or -1 after an error */
};

/*
 * set_MEMBER, for a member of type const char * or bool of what ctx is a
 * pointer to: keeps the value (which is argv's), or notes that it was given.
 */
#define	VN_OPT_TEXT(type, member)					\
static int								\
set_##member(void *ctx, const char *value)				\
{									\
	type *o = ctx;							\
									\
	o->member = value;						\
	return (0);							\
}

#define	VN_OPT_FLAG(type, member)					\
static int								\
set_##member(void *ctx, const char *value)				\
{									\
	type *o = ctx;							\
									\
	(void)value;							\
	o->member = true;						\
	return (0);							\
}

/* A row with nothing but help is a heading in --help, printed as it is. */

/*
 * Parse argv[1 ..] with getopt_long(3)'s rules (options and operands mixed,
 * --name=value or --name value, -xVALUE or -x value, bundled letters, "--"
 * ends); a long name must be spelled in full.  Operands before "--" go to
 * operands[0 .. *noperands - 1], what stands after "--" to
 * rest[0 .. *nrest - 1], each with room for argc.  Both borrow from argv.  An
 * unknown option (with "did you mean"), a missing or an unwanted value is
 * reported and ends with -1.
 */
int	vn_opt_parse(const struct vn_opt *table, size_t count, void *ctx,
	    int argc, char **argv, char **operands, int *noperands,
	    char **rest, int *nrest);

/* Print the table as --help does: two columns, at most 80 wide. */
void	vn_opt_help(FILE *out, const struct vn_opt *table, size_t count);

#endif /* !VN_SUPPORT_OPT_H */
