/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Boot order, initialization through linker sets, and loader tunables.
 */

#ifndef _SYS_KERNEL_H_
#define	_SYS_KERNEL_H_

#include <sys/linker_set.h>
#include <sys/systm.h>

enum sysinit_sub_id {
	SI_SUB_TUNABLES		= 0x0100,
	SI_SUB_LOCK		= 0x0200,
	SI_SUB_SYSCTL		= 0x0300,
	SI_SUB_VNET		= 0x0400,	/* vnet 0 from here ... */
	SI_SUB_PROTO_PFIL	= 0x0500,
	SI_SUB_INIT_IF		= 0x0600,
	SI_SUB_PROTO_DOMAIN	= 0x0700,
	SI_SUB_PROTO_MC		= 0x0800,
	SI_SUB_PSEUDO		= 0x0900,
	SI_SUB_DRIVERS		= 0x0a00,
	SI_SUB_VNET_DONE	= 0x0b00,	/* ... to here */
	SI_SUB_LAST		= 0xffff
};

enum sysinit_elem_order {
	SI_ORDER_FIRST		= 0x0000,
	SI_ORDER_SECOND		= 0x0001,
	SI_ORDER_THIRD		= 0x0002,
	SI_ORDER_MIDDLE		= 0x0100,
	SI_ORDER_ANY		= 0xffff
};

struct sysinit {
	u_int	si_sub;			/* subsystem */
	u_int	si_order;		/* order within the subsystem */
	void	(*si_func)(const void *);
	const void *si_arg;
	const char *si_name;		/* breaks ties, so boots repeat */
};

#define	SYSINIT(ident, sub, order, func, arg)				\
	static struct sysinit ident##_sys_init = {			\
		(sub), (order), (func), (arg), #ident			\
	};								\
	DATA_SET(sysinit_set, ident##_sys_init)

#define	SYSUNINIT(ident, sub, order, func, arg)				\
	static struct sysinit ident##_sys_uninit = {			\
		(sub), (order), (func), (arg), #ident			\
	};								\
	DATA_SET(sysuninit_set, ident##_sys_uninit)

/* A variable that is read from the kernel environment, early. */
struct tunable_int {
	const char *path;
	int	*var;
};

void	tunable_int_init(const void *);
int	getenv_int(const char *, int *);

#define	TUNABLE_INT(path, var)						\
	TUNABLE_INT_LINE(path, var, __LINE__)
#define	TUNABLE_INT_LINE(path, var, line)				\
	TUNABLE_INT_STRUCT(path, var, line)
#define	TUNABLE_INT_STRUCT(path, var, line)				\
	static struct tunable_int __tunable_int_##line = {		\
		(path), (var)						\
	};								\
	SYSINIT(__tunable_init_##line, SI_SUB_TUNABLES, SI_ORDER_MIDDLE,\
	    tunable_int_init, &__tunable_int_##line)

#define	TUNABLE_INT_FETCH(path, var)	getenv_int((path), (var))

void	mi_startup(void);
void	mi_shutdown(void);

#endif /* !_SYS_KERNEL_H_ */
