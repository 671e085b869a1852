/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The thread, and the virtual stack that it works in.
 */

#ifndef _SYS_PROC_H_
#define	_SYS_PROC_H_

struct vnet;

struct thread {
	struct vnet *td_vnet;
};

extern struct thread *curthread;

#endif /* !_SYS_PROC_H_ */
