/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The sysctl tree, the standard handlers, and the way in by name.
 */

#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include <net/vnet.h>

SET_DECLARE(sysctl_set, struct sysctl_oid);

struct sysctl_oid_list sysctl__children;	/* the root */

static MALLOC_DEFINE(M_SYSCTLOID, "sysctloid", "dynamic sysctl nodes");

/* Nodes of one parent are kept sorted by name. */
static void
sysctl_register_oid(struct sysctl_oid *oidp)
{
	struct sysctl_oid *p, *prev;

	prev = NULL;
	SLIST_FOREACH(p, oidp->oid_parent, oid_link) {
		if (strcmp(p->oid_name, oidp->oid_name) > 0)
			break;
		prev = p;
	}
	if (prev == NULL)
		SLIST_INSERT_HEAD(oidp->oid_parent, oidp, oid_link);
	else
		SLIST_INSERT_AFTER(prev, oidp, oid_link);
}

static void
sysctl_unregister_oid(struct sysctl_oid *oidp)
{
	struct sysctl_oid **pp;

	for (pp = &oidp->oid_parent->slh_first; *pp != NULL;
	    pp = &(*pp)->oid_link.sle_next)
		if (*pp == oidp) {
			*pp = SLIST_NEXT(oidp, oid_link);
			return;
		}
}

static void
sysctl_register_all(const void *unused __unused)
{
	struct sysctl_oid **oidp;

	SET_FOREACH(oidp, sysctl_set)
		sysctl_register_oid(*oidp);
}
SYSINIT(sysctl, SI_SUB_SYSCTL, SI_ORDER_FIRST, sysctl_register_all, NULL);

int
sysctl_ctx_init(struct sysctl_ctx_list *ctx)
{

	SLIST_INIT(ctx);
	return (0);
}

int
sysctl_ctx_free(struct sysctl_ctx_list *ctx)
{
	struct sysctl_ctx_entry *e;

	while ((e = SLIST_FIRST(ctx)) != NULL) {
		SLIST_REMOVE_HEAD(ctx, link);
		sysctl_unregister_oid(e->entry);
		free(e->entry, M_SYSCTLOID);
		free(e, M_SYSCTLOID);
	}
	return (0);
}

struct sysctl_oid *
sysctl_add_oid(struct sysctl_ctx_list *ctx, struct sysctl_oid_list *parent,
    int number, const char *name, u_int kind, void *arg1, intptr_t arg2,
    int (*handler)(SYSCTL_HANDLER_ARGS), const char *fmt, const char *descr)
{
	struct sysctl_ctx_entry *e;
	struct sysctl_oid *oidp;

	oidp = malloc(sizeof(*oidp), M_SYSCTLOID, M_WAITOK | M_ZERO);
	oidp->oid_parent = parent;
	oidp->oid_number = number;
	oidp->oid_name = name;
	oidp->oid_kind = kind | CTLFLAG_DYN;
	oidp->oid_arg1 = arg1;
	oidp->oid_arg2 = arg2;
	oidp->oid_handler = handler;
	oidp->oid_fmt = fmt;
	oidp->oid_descr = descr;
	sysctl_register_oid(oidp);
	if (ctx != NULL) {
		e = malloc(sizeof(*e), M_SYSCTLOID, M_WAITOK);
		e->entry = oidp;
		SLIST_INSERT_HEAD(ctx, e, link);
	}
	return (oidp);
}

int
sysctl_old(struct sysctl_req *req, const void *p, size_t len)
{
	size_t n;

	n = MIN(len, req->oldlen - MIN(req->oldidx, req->oldlen));
	if (req->oldptr != NULL)
		memcpy((char *)req->oldptr + req->oldidx, p, n);
	req->oldidx += len;
	return (req->oldptr != NULL && n < len ? ENOMEM : 0);
}

int
sysctl_new(struct sysctl_req *req, void *p, size_t len)
{

	if (req->newptr == NULL)
		return (0);
	if (req->newlen - req->newidx < len)
		return (EINVAL);
	memcpy(p, (const char *)req->newptr + req->newidx, len);
	req->newidx += len;
	return (0);
}

int
sysctl_handle_int(SYSCTL_HANDLER_ARGS)
{
	int error, value;

	(void)oidp;
	value = arg1 != NULL ? *(int *)arg1 : (int)arg2;
	error = SYSCTL_OUT(req, &value, sizeof(value));
	if (error != 0 || req->newptr == NULL)
		return (error);
	return (arg1 == NULL ? EINVAL : SYSCTL_IN(req, arg1, sizeof(int)));
}

int
sysctl_handle_long(SYSCTL_HANDLER_ARGS)
{
	int error;

	(void)oidp, (void)arg2;
	error = SYSCTL_OUT(req, arg1, sizeof(long));
	if (error != 0 || req->newptr == NULL)
		return (error);
	return (SYSCTL_IN(req, arg1, sizeof(long)));
}

int
sysctl_handle_string(SYSCTL_HANDLER_ARGS)
{
	int error;

	(void)oidp;
	error = SYSCTL_OUT(req, arg1, strlen(arg1) + 1);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (req->newlen >= (size_t)arg2)
		return (EINVAL);
	error = SYSCTL_IN(req, arg1, req->newlen);
	((char *)arg1)[req->newlen] = '\0';
	return (error);
}

int
sysctl_handle_opaque(SYSCTL_HANDLER_ARGS)
{
	int error;

	(void)oidp;
	error = SYSCTL_OUT(req, arg1, arg2);
	if (error != 0 || req->newptr == NULL)
		return (error);
	return (SYSCTL_IN(req, arg1, arg2));
}

/* Kept in ticks, shown in milliseconds. */
int
sysctl_msec_to_ticks(SYSCTL_HANDLER_ARGS)
{
	int error, s;

	s = *(int *)arg1 * 1000 / hz;
	error = sysctl_handle_int(oidp, &s, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (s * hz / 1000 < 1)
		return (EINVAL);
	*(int *)arg1 = s * hz / 1000;
	return ((void)arg2, 0);
}

static struct sysctl_oid *
sysctl_find(const char *name)
{
	struct sysctl_oid_list *list;
	struct sysctl_oid *oidp;
	size_t len;

	list = &sysctl__children;
	for (;;) {
		for (len = 0; name[len] != '\0' && name[len] != '.'; len++)
			continue;
		SLIST_FOREACH(oidp, list, oid_link)
			if (strlen(oidp->oid_name) == len &&
			    strncmp(oidp->oid_name, name, len) == 0)
				break;
		if (oidp == NULL || name[len] == '\0')
			return (oidp);
		if ((oidp->oid_kind & CTLTYPE) != CTLTYPE_NODE)
			return (NULL);
		list = oidp->oid_arg1;
		name += len + 1;
	}
}

static int
sysctl_call(struct sysctl_oid *oidp, struct sysctl_req *req)
{
	void *arg1;

	if (oidp->oid_handler == NULL)
		return (EINVAL);
	if (req->newptr != NULL && (oidp->oid_kind & CTLFLAG_WR) == 0)
		return (EINVAL);
	arg1 = oidp->oid_arg1;
#ifdef VIMAGE
	if ((oidp->oid_kind & CTLFLAG_VNET) != 0 && arg1 != NULL)
		arg1 = vnet_data_ptr(curvnet, arg1);
#endif
	return (oidp->oid_handler(oidp, arg1, oidp->oid_arg2, req));
}

/* Ask the current stack. */
int
kernel_sysctlbyname(const char *name, void *old, size_t *oldlenp,
    const void *new, size_t newlen)
{
	struct sysctl_oid *oidp;
	struct sysctl_req req;
	int error;

	oidp = sysctl_find(name);
	if (oidp == NULL)
		return (ENOENT);
	bzero(&req, sizeof(req));
	req.oldptr = old;
	req.oldlen = oldlenp != NULL ? *oldlenp : 0;
	req.newptr = new;
	req.newlen = newlen;
	error = sysctl_call(oidp, &req);
	if (oldlenp != NULL)
		*oldlenp = req.oldidx;
	return (error);
}

/* Structures are shown as a sum, but for arrays: those hold pointers. */
static void
sysctl_show_opaque(const struct sysctl_oid *oidp, const u_char *p, size_t len)
{
	const char *f;
	u_int sum;
	size_t i;

	printf("Format:%s Length:%d", oidp->oid_fmt, (int)len);
	for (f = oidp->oid_fmt; *f != '\0' && *f != '['; f++)
		continue;
	if (*f == '\0') {
		for (sum = 0, i = 0; i < len; i++)
			sum = sum * 31 + p[i];
		printf(" Sum:%08x", sum);
	}
	printf("\n");
}

static void
sysctl_show_value(struct sysctl_oid *oidp, const char *name)
{
	static union {
		int	i;
		u_int	u;
		long	l;
		u_long	ul;
		char	c[4096];
	} buf;
	struct sysctl_req req;

	bzero(&req, sizeof(req));
	req.oldptr = &buf;
	req.oldlen = sizeof(buf);
	if (sysctl_call(oidp, &req) != 0)
		return;
	printf("%s: ", name);
	switch (oidp->oid_kind & CTLTYPE) {
	case CTLTYPE_INT:
		printf("%d\n", buf.i);
		break;
	case CTLTYPE_UINT:
		printf("%u\n", buf.u);
		break;
	case CTLTYPE_LONG:
		printf("%ld\n", buf.l);
		break;
	case CTLTYPE_ULONG:
		printf("%lu\n", buf.ul);
		break;
	case CTLTYPE_STRING:
		printf("%s\n", buf.c);
		break;
	default:
		sysctl_show_opaque(oidp, (u_char *)buf.c, req.oldidx);
		break;
	}
}

static void
sysctl_show_list(struct sysctl_oid_list *list, const char *prefix)
{
	struct sysctl_oid *oidp;
	char name[128];

	SLIST_FOREACH(oidp, list, oid_link) {
		snprintf(name, sizeof(name), "%s.%s", prefix, oidp->oid_name);
		if ((oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE)
			sysctl_show_list(oidp->oid_arg1, name);
		else
			sysctl_show_value(oidp, name);
	}
}

void
sysctl_show(const char *name)
{
	struct sysctl_oid *oidp;

	oidp = sysctl_find(name);
	if (oidp == NULL)
		printf("%s: unknown\n", name);
	else if ((oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE)
		sysctl_show_list(oidp->oid_arg1, name);
	else
		sysctl_show_value(oidp, name);
}
