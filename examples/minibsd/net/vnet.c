/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Create and destroy virtual network stacks.  This file is the mechanism, and
 * is the same before and after variables are virtualized.
 */

#include <sys/param.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/systm.h>

#include <net/vnet.h>

#ifdef VIMAGE
struct vnet_list_head vnet_head = TAILQ_HEAD_INITIALIZER(vnet_head);
struct vnet *vnet0;

static MALLOC_DEFINE(M_VNET, "vnet", "virtual network stacks");

static struct vnet_sysinit *vnet_constructors;
static struct vnet_sysinit *vnet_destructors;
static int vnet_lastid;

/* An empty set is possible: nothing is virtualized yet. */
extern char __start_set_vnet[] __attribute__((__weak__));
extern char __stop_set_vnet[] __attribute__((__weak__));

#define	VNET_ALIGN	((uintptr_t)4096)

void *
vnet_data_ptr(struct vnet *vnet, void *master)
{

	return ((void *)(vnet->vnet_data_base + (uintptr_t)master));
}

/* The copy has the alignment of the original, up to a page. */
static void
vnet_data_init(struct vnet *vnet)
{
	uintptr_t start, where;
	size_t size;

	start = (uintptr_t)__start_set_vnet;
	size = (uintptr_t)__stop_set_vnet - start;
	vnet->vnet_data_mem = malloc(size + 2 * VNET_ALIGN, M_VNET, M_WAITOK);
	where = (uintptr_t)vnet->vnet_data_mem;
	where = (where + VNET_ALIGN - 1) / VNET_ALIGN * VNET_ALIGN;
	where += start % VNET_ALIGN;
	if (size != 0)
		memcpy((void *)where, __start_set_vnet, size);
	vnet->vnet_data_base = where - start;
}

static int
vnet_sysinit_before(const struct vnet_sysinit *a, const struct vnet_sysinit *b)
{

	if (a->vs_si.si_sub != b->vs_si.si_sub)
		return (a->vs_si.si_sub < b->vs_si.si_sub);
	if (a->vs_si.si_order != b->vs_si.si_order)
		return (a->vs_si.si_order < b->vs_si.si_order);
	return (strcmp(a->vs_si.si_name, b->vs_si.si_name) < 0);
}

static void
vnet_sysinit_insert(struct vnet_sysinit **head, struct vnet_sysinit *vs)
{

	while (*head != NULL && vnet_sysinit_before(*head, vs))
		head = &(*head)->vs_next;
	vs->vs_next = *head;
	*head = vs;
}

static void
vnet_call(struct vnet *vnet, const struct vnet_sysinit *vs)
{

	CURVNET_SET_QUIET(vnet);
	vs->vs_si.si_func(vs->vs_si.si_arg);
	CURVNET_RESTORE();
}

/* A constructor, for all stacks that are and will be. */
void
vnet_register_sysinit(const void *arg)
{
	struct vnet_sysinit *vs;
	struct vnet *vnet;

	vs = (struct vnet_sysinit *)(uintptr_t)arg;
	vnet_sysinit_insert(&vnet_constructors, vs);
	TAILQ_FOREACH(vnet, &vnet_head, vnet_le)
		vnet_call(vnet, vs);
}

void
vnet_register_sysuninit(const void *arg)
{

	vnet_sysinit_insert(&vnet_destructors,
	    (struct vnet_sysinit *)(uintptr_t)arg);
}

void
vnet_deregister_sysuninit(const void *arg)
{
	struct vnet *vnet;

	TAILQ_FOREACH(vnet, &vnet_head, vnet_le)
		vnet_call(vnet, arg);
}

struct vnet *
vnet_alloc(void)
{
	struct vnet_sysinit *vs;
	struct vnet *vnet;

	vnet = malloc(sizeof(*vnet), M_VNET, M_WAITOK | M_ZERO);
	vnet->vnet_id = vnet_lastid++;
	vnet_data_init(vnet);
	for (vs = vnet_constructors; vs != NULL; vs = vs->vs_next)
		vnet_call(vnet, vs);
	TAILQ_INSERT_TAIL(&vnet_head, vnet, vnet_le);
	return (vnet);
}

static void
vnet_destruct(struct vnet *vnet, const struct vnet_sysinit *vs)
{

	if (vs == NULL)
		return;
	vnet_destruct(vnet, vs->vs_next);
	vnet_call(vnet, vs);
}

void
vnet_destroy(struct vnet *vnet)
{

	TAILQ_REMOVE(&vnet_head, vnet, vnet_le);
	vnet_destruct(vnet, vnet_destructors);
	free(vnet->vnet_data_mem, M_VNET);
	free(vnet, M_VNET);
}

static void
vnet0_init(const void *unused __unused)
{

	vnet0 = vnet_alloc();
	curvnet = vnet0;
}
SYSINIT(vnet0, SI_SUB_VNET, SI_ORDER_FIRST, vnet0_init, NULL);

/* What runs in each stack at shutdown has run in this one. */
static void
vnet0_uninit(const void *unused __unused)
{

	curvnet = NULL;
	TAILQ_REMOVE(&vnet_head, vnet0, vnet_le);
	free(vnet0->vnet_data_mem, M_VNET);
	free(vnet0, M_VNET);
	vnet0 = NULL;
}
SYSUNINIT(vnet0, SI_SUB_VNET, SI_ORDER_FIRST, vnet0_uninit, NULL);

static void
vnet_init_done(const void *unused __unused)
{

	curvnet = NULL;
}
SYSINIT(vnet_done, SI_SUB_VNET_DONE, SI_ORDER_ANY, vnet_init_done, NULL);

#else

CTASSERT(sizeof(struct vnet) != 0);

#endif /* VIMAGE */
