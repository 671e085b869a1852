/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What the words of a compile command are, to both compilers.
 */

#ifndef VN_UNITS_FLAGS_H
#define	VN_UNITS_FLAGS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How many words at the start of a command launch and name the compiler: the
 * last of them is the compiler.  0: the command starts with an option.
 */
size_t	vn_flags_compiler(char *const *argv, size_t argc);

/*
 * How many words, from this one on, name the output or dependencies, choose
 * what is made, or turn warnings into errors: 0, 1, or 2 with the argument.
 */
size_t	vn_flags_outputs(const char *word);

/* Is the next word this one's argument, and so no operand? */
bool	vn_flags_takes_arg(const char *word);

#endif /* !VN_UNITS_FLAGS_H */
