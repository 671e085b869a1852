/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The sysctl tree.  Static nodes come through a linker set, others are added
 * by sysctl_add_oid().
 */

#ifndef _SYS_SYSCTL_H_
#define	_SYS_SYSCTL_H_

#include <sys/linker_set.h>
#include <sys/queue.h>
#include <sys/types.h>

#define	CTLTYPE		0x0000000f
#define	CTLTYPE_NODE	1
#define	CTLTYPE_INT	2
#define	CTLTYPE_STRING	3
#define	CTLTYPE_OPAQUE	5
#define	CTLTYPE_STRUCT	CTLTYPE_OPAQUE
#define	CTLTYPE_UINT	6
#define	CTLTYPE_LONG	7
#define	CTLTYPE_ULONG	8

#define	CTLFLAG_RD	0x80000000
#define	CTLFLAG_WR	0x40000000
#define	CTLFLAG_RW	(CTLFLAG_RD | CTLFLAG_WR)
#define	CTLFLAG_DYN	0x02000000
#define	CTLFLAG_TUN	0x00080000
/*
 * arg1 is the address in the master copy; the tree adds the displacement of
 * the virtual stack that asks.  Nothing to do with only one stack.
 */
#ifdef VIMAGE
#define	CTLFLAG_VNET	0x00040000
#else
#define	CTLFLAG_VNET	0
#endif

#define	OID_AUTO	(-1)
#define	CTL_NET		4

struct sysctl_oid;

SLIST_HEAD(sysctl_oid_list, sysctl_oid);

struct sysctl_req {
	void	*oldptr;
	size_t	oldlen;
	size_t	oldidx;
	const void *newptr;
	size_t	newlen;
	size_t	newidx;
};

#define	SYSCTL_HANDLER_ARGS						\
	struct sysctl_oid *oidp, void *arg1, intptr_t arg2,		\
	struct sysctl_req *req

struct sysctl_oid {
	struct sysctl_oid_list *oid_parent;
	SLIST_ENTRY(sysctl_oid) oid_link;
	int	oid_number;
	u_int	oid_kind;
	void	*oid_arg1;
	intptr_t oid_arg2;
	const char *oid_name;
	int	(*oid_handler)(SYSCTL_HANDLER_ARGS);
	const char *oid_fmt;
	const char *oid_descr;
};

int	sysctl_handle_int(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_long(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_string(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_opaque(SYSCTL_HANDLER_ARGS);
int	sysctl_msec_to_ticks(SYSCTL_HANDLER_ARGS);

int	sysctl_old(struct sysctl_req *, const void *, size_t);
int	sysctl_new(struct sysctl_req *, void *, size_t);

#define	SYSCTL_OUT(r, p, l)	sysctl_old((r), (p), (l))
#define	SYSCTL_IN(r, p, l)	sysctl_new((r), (p), (l))

#define	SYSCTL_DECL(name)						\
	extern struct sysctl_oid_list sysctl_##name##_children
#define	SYSCTL_STATIC_CHILDREN(name)	(&sysctl_##name##_children)

#define	SYSCTL_OID(parent, nbr, name, kind, a1, a2, handler, fmt, descr) \
	static struct sysctl_oid sysctl__##parent##_##name = {		\
		&sysctl_##parent##_children, { NULL }, (nbr), (kind),	\
		(a1), (a2), #name, (handler), (fmt), (descr)		\
	};								\
	DATA_SET(sysctl_set, sysctl__##parent##_##name)

#define	SYSCTL_NODE(parent, nbr, name, access, handler, descr)		\
	struct sysctl_oid_list sysctl_##parent##_##name##_children;	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_NODE | (access),		\
	    &sysctl_##parent##_##name##_children, 0, handler, "N", descr)

#define	SYSCTL_INT(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_INT | (access),		\
	    ptr, val, sysctl_handle_int, "I", descr)

#define	SYSCTL_UINT(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_UINT | (access),		\
	    ptr, val, sysctl_handle_int, "IU", descr)

#define	SYSCTL_LONG(parent, nbr, name, access, ptr, val, descr)		\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_LONG | (access),		\
	    ptr, val, sysctl_handle_long, "L", descr)

#define	SYSCTL_ULONG(parent, nbr, name, access, ptr, val, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_ULONG | (access),		\
	    ptr, val, sysctl_handle_long, "LU", descr)

#define	SYSCTL_STRING(parent, nbr, name, access, arg, len, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_STRING | (access),	\
	    arg, len, sysctl_handle_string, "A", descr)

#define	SYSCTL_OPAQUE(parent, nbr, name, access, ptr, len, fmt, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_OPAQUE | (access),	\
	    ptr, len, sysctl_handle_opaque, fmt, descr)

#define	SYSCTL_STRUCT(parent, nbr, name, access, ptr, type, descr)	\
	SYSCTL_OID(parent, nbr, name, CTLTYPE_OPAQUE | (access),	\
	    ptr, sizeof(struct type), sysctl_handle_opaque,		\
	    "S," #type, descr)

#define	SYSCTL_PROC(parent, nbr, name, access, ptr, arg, handler, fmt, descr) \
	SYSCTL_OID(parent, nbr, name, (access),				\
	    ptr, arg, handler, fmt, descr)

/* The tree can also grow while the system runs. */
struct sysctl_ctx_entry {
	struct sysctl_oid *entry;
	SLIST_ENTRY(sysctl_ctx_entry) link;
};

SLIST_HEAD(sysctl_ctx_list, sysctl_ctx_entry);

int	sysctl_ctx_init(struct sysctl_ctx_list *);
int	sysctl_ctx_free(struct sysctl_ctx_list *);
struct sysctl_oid *sysctl_add_oid(struct sysctl_ctx_list *,
	    struct sysctl_oid_list *, int, const char *, u_int, void *,
	    intptr_t, int (*)(SYSCTL_HANDLER_ARGS), const char *,
	    const char *);

#define	SYSCTL_ADD_INT(ctx, parent, nbr, name, access, ptr, val, descr)	\
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_INT | (access),	\
	    ptr, val, sysctl_handle_int, "I", descr)

int	kernel_sysctlbyname(const char *, void *, size_t *, const void *,
	    size_t);
void	sysctl_show(const char *);

SYSCTL_DECL();
SYSCTL_DECL(_kern);
SYSCTL_DECL(_net);

#endif /* !_SYS_SYSCTL_H_ */
