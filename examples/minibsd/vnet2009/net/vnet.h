/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Virtual network stacks, with the vocabulary of 2009: the storage class stands
 * before VNET_DEFINE, sysctls have macros of their own, and VNET_FOREACH is no
 * loop when there is one stack.  The mechanism is that of net/vnet.c.
 */

#ifndef _NET_VNET_H_
#define	_NET_VNET_H_

#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/queue.h>

struct vnet {
	TAILQ_ENTRY(vnet) vnet_le;
	int	vnet_id;
	int	vnet_ifcnt;		/* interfaces, for the curious */
	void	*vnet_data_mem;		/* the copy, as allocated */
	uintptr_t vnet_data_base;	/* displacement from the master copy */
};

TAILQ_HEAD(vnet_list_head, vnet);
extern struct vnet_list_head vnet_head;
extern struct vnet *vnet0;

struct vnet *vnet_alloc(void);
void	vnet_destroy(struct vnet *);
void	*vnet_data_ptr(struct vnet *, void *);

/* Construction and destruction of each stack. */
struct vnet_sysinit {
	struct sysinit vs_si;
	struct vnet_sysinit *vs_next;
};

void	vnet_register_sysinit(const void *);
void	vnet_deregister_sysuninit(const void *);

#ifdef VIMAGE

#define	VNET_SETNAME		"set_vnet"

#define	VNET_NAME(n)		vnet_entry_##n
#define	VNET_DECLARE(t, n)	extern t vnet_entry_##n
#define	VNET_DEFINE(t, n)						\
	t vnet_entry_##n __section(VNET_SETNAME) __used

#define	VNET_VNET_PTR(vnet, n)						\
	((__typeof(VNET_NAME(n)) *)((vnet)->vnet_data_base +		\
	    (uintptr_t)&VNET_NAME(n)))
#define	VNET_VNET(vnet, n)	(*VNET_VNET_PTR((vnet), n))
#define	VNET_PTR(n)		VNET_VNET_PTR(curvnet, n)
#define	VNET(n)			VNET_VNET(curvnet, n)

#define	curvnet			(curthread->td_vnet)
#define	IS_DEFAULT_VNET(arg)	((arg) == vnet0)

#define	CURVNET_SET_QUIET(arg)						\
	struct vnet *saved_vnet = curvnet;				\
	curvnet = (arg)
#define	CURVNET_SET(arg)						\
	VNET_ASSERT((arg) != NULL, ("no vnet at %s:%d", __FILE__, __LINE__)); \
	CURVNET_SET_QUIET(arg)
#define	CURVNET_RESTORE()						\
	curvnet = saved_vnet

#define	VNET_ASSERT(exp, msg)	do {					\
	if (__predict_false(!(exp)))					\
		panic msg;						\
} while (0)

#define	VNET_LIST_RLOCK()
#define	VNET_LIST_RUNLOCK()
#define	VNET_LIST_RLOCK_NOSLEEP()
#define	VNET_LIST_RUNLOCK_NOSLEEP()
#define	VNET_ITERATOR_DECL(arg)	struct vnet *arg
#define	VNET_FOREACH(arg)	TAILQ_FOREACH((arg), &vnet_head, vnet_le)

#define	VNET_SYSCTL_ARG(req, arg1)	/* done by the tree */

#define	VNET_SYSINIT(ident, sub, order, func, arg)			\
	static struct vnet_sysinit ident##_vnet_init = {		\
		{ (sub), (order), (func), (arg), #ident }, NULL		\
	};								\
	SYSINIT(ident, sub, order, vnet_register_sysinit,		\
	    &ident##_vnet_init)
#define	VNET_SYSUNINIT(ident, sub, order, func, arg)			\
	static struct vnet_sysinit ident##_vnet_uninit = {		\
		{ (sub), (order), (func), (arg), #ident }, NULL		\
	};								\
	SYSINIT(ident##_uninit, SI_SUB_VNET, SI_ORDER_ANY,		\
	    vnet_register_sysuninit, &ident##_vnet_uninit);		\
	SYSUNINIT(ident, sub, order, vnet_deregister_sysuninit,		\
	    &ident##_vnet_uninit)

void	vnet_register_sysuninit(const void *);

/* The tree finds the variable of the current stack by the flag. */
#ifdef SYSCTL_OID
#define	SYSCTL_VNET_INT(parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_INT(parent, nbr, name, CTLFLAG_VNET | (access),		\
	    ptr, val, descr)
#define	SYSCTL_VNET_UINT(parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_UINT(parent, nbr, name, CTLFLAG_VNET | (access),		\
	    ptr, val, descr)
#define	SYSCTL_VNET_STRING(parent, nbr, name, access, arg, len, descr)	\
	SYSCTL_STRING(parent, nbr, name, CTLFLAG_VNET | (access),	\
	    arg, len, descr)
#define	SYSCTL_VNET_OPAQUE(parent, nbr, name, access, ptr, len, fmt, descr) \
	SYSCTL_OPAQUE(parent, nbr, name, CTLFLAG_VNET | (access),	\
	    ptr, len, fmt, descr)
#define	SYSCTL_VNET_STRUCT(parent, nbr, name, access, ptr, type, descr)	\
	SYSCTL_STRUCT(parent, nbr, name, CTLFLAG_VNET | (access),	\
	    ptr, type, descr)
#define	SYSCTL_VNET_PROC(parent, nbr, name, access, ptr, arg, handler,	\
	    fmt, descr)							\
	SYSCTL_PROC(parent, nbr, name, CTLFLAG_VNET | (access),		\
	    ptr, arg, handler, fmt, descr)
#endif /* SYSCTL_OID */

#else /* !VIMAGE */

#define	VNET_NAME(n)		n
#define	VNET_DECLARE(t, n)	extern t n
#define	VNET_DEFINE(t, n)	t n

#define	VNET_VNET_PTR(vnet, n)	(&(n))
#define	VNET_VNET(vnet, n)	(n)
#define	VNET_PTR(n)		(&(n))
#define	VNET(n)			(n)

#define	curvnet			NULL
#define	IS_DEFAULT_VNET(arg)	1

#define	CURVNET_SET_QUIET(arg)
#define	CURVNET_SET(arg)
#define	CURVNET_RESTORE()

#define	VNET_ASSERT(exp, msg)

#define	VNET_LIST_RLOCK()
#define	VNET_LIST_RUNLOCK()
#define	VNET_LIST_RLOCK_NOSLEEP()
#define	VNET_LIST_RUNLOCK_NOSLEEP()
#define	VNET_ITERATOR_DECL(arg)
#define	VNET_FOREACH(arg)

#define	VNET_SYSCTL_ARG(req, arg1)

#define	VNET_SYSINIT(ident, sub, order, func, arg)			\
	SYSINIT(ident, sub, order, func, arg)
#define	VNET_SYSUNINIT(ident, sub, order, func, arg)			\
	SYSUNINIT(ident, sub, order, func, arg)

#ifdef SYSCTL_OID
#define	SYSCTL_VNET_INT(parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_INT(parent, nbr, name, access, ptr, val, descr)
#define	SYSCTL_VNET_UINT(parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_UINT(parent, nbr, name, access, ptr, val, descr)
#define	SYSCTL_VNET_STRING(parent, nbr, name, access, arg, len, descr)	\
	SYSCTL_STRING(parent, nbr, name, access, arg, len, descr)
#define	SYSCTL_VNET_OPAQUE(parent, nbr, name, access, ptr, len, fmt, descr) \
	SYSCTL_OPAQUE(parent, nbr, name, access, ptr, len, fmt, descr)
#define	SYSCTL_VNET_STRUCT(parent, nbr, name, access, ptr, type, descr)	\
	SYSCTL_STRUCT(parent, nbr, name, access, ptr, type, descr)
#define	SYSCTL_VNET_PROC(parent, nbr, name, access, ptr, arg, handler,	\
	    fmt, descr)							\
	SYSCTL_PROC(parent, nbr, name, access, ptr, arg, handler, fmt, descr)
#endif /* SYSCTL_OID */

#endif /* VIMAGE */

#endif /* !_NET_VNET_H_ */
