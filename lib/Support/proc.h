/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Programs that vnetize runs: awk(1) scripts of the kernel's tools directory.
 * No shell is ever asked.
 */

#ifndef VN_SUPPORT_PROC_H
#define	VN_SUPPORT_PROC_H

struct vn_strbuf;

/*
 * Run argv (NULL-terminated; argv[0] looked up in PATH) in the directory dir
 * (NULL: this one) with no standard input, and append what it prints on
 * standard output to out (NULL: dropped), and on standard error to err (NULL:
 * passed through).  Returns the exit status, 128 + the signal's number, or -1
 * with errno set if it cannot be started.
 */
int	vn_proc_run(char *const argv[], const char *dir, struct vn_strbuf *out,
	    struct vn_strbuf *err);

/*
 * The same with another environment: each word of env (NULL-terminated) is a
 * "NAME=value" to be set, or a "NAME" that is to be gone.
 */
int	vn_proc_run_env(char *const argv[], const char *dir,
	    char *const env[], struct vn_strbuf *out, struct vn_strbuf *err);

#endif /* !VN_SUPPORT_PROC_H */
