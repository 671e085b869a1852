/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Kernel macros by name.  FreeBSD: sys/sysctl.h, sys/kernel.h, sys/queue.h,
 * sys/cdefs.h, net/vnet.h, sys/lock.h and its kin.
 */

#include <stddef.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/source.h"

#include "Rewrite/words.h"

#define	SYSCTL(name)	{ "SYSCTL_" name, VN_WORD_SYSCTL, 4, 3, 2 }
#define	VSYSCTL(name)	{ "SYSCTL_VNET_" name, VN_WORD_SYSCTL, 4, 3, 2 }
#define	ADD(name)	{ "SYSCTL_ADD_" name, VN_WORD_SYSCTL_ADD, 5, 4, 3 }
#define	TUNABLE(name)	{ "TUNABLE_" name, VN_WORD_TUNABLE, 1, -1, -1 }
#define	STORED(name)	{ name, VN_WORD_STORED, -1, -1, -1 }
#define	WRAPPED(name)	{ name, VN_WORD_VNET, -1, -1, -1 }
#define	UNUSED(name)	{ name, VN_WORD_UNUSED, 0, -1, -1 }
#define	MEMBER(name, n)	{ name, VN_WORD_OFFSETOF, n, -1, -1 }

static const struct vn_word words[] = {
	SYSCTL("INT"), SYSCTL("UINT"), SYSCTL("LONG"), SYSCTL("ULONG"),
	SYSCTL("QUAD"), SYSCTL("UQUAD"), SYSCTL("XINT"), SYSCTL("XLONG"),
	SYSCTL("BOOL"), SYSCTL("S8"), SYSCTL("U8"), SYSCTL("S16"),
	SYSCTL("U16"), SYSCTL("S32"), SYSCTL("U32"), SYSCTL("S64"),
	SYSCTL("U64"), SYSCTL("INTPTR"), SYSCTL("STRING"), SYSCTL("STRUCT"),
	SYSCTL("OPAQUE"), SYSCTL("PROC"), SYSCTL("OID"),
	SYSCTL("COUNTER_U64"), SYSCTL("UMA_MAX"), SYSCTL("UMA_CUR"),
	{ "SYSCTL_NODE", VN_WORD_SYSCTL, -2, 3, 2 },
	VSYSCTL("INT"), VSYSCTL("UINT"), VSYSCTL("STRING"), VSYSCTL("STRUCT"),
	VSYSCTL("OPAQUE"), VSYSCTL("PROC"), VSYSCTL("ULONG"),
	ADD("INT"), ADD("UINT"), ADD("LONG"), ADD("ULONG"), ADD("QUAD"),
	ADD("UQUAD"), ADD("XINT"), ADD("BOOL"), ADD("STRING"), ADD("STRUCT"),
	ADD("OPAQUE"), ADD("PROC"), ADD("OID"), ADD("U8"), ADD("U16"),
	ADD("U32"), ADD("U64"),
	TUNABLE("INT"), TUNABLE("LONG"), TUNABLE("ULONG"), TUNABLE("QUAD"),
	TUNABLE("STR"), TUNABLE("BOOL"), TUNABLE("UINT64"), TUNABLE("INT64"),
	STORED("SYSINIT"), STORED("SYSUNINIT"), STORED("MTX_SYSINIT"),
	STORED("RW_SYSINIT"), STORED("RM_SYSINIT"), STORED("SX_SYSINIT"),
	STORED("DATA_SET"), STORED("SET_ENTRY"), STORED("DECLARE_MODULE"),
	STORED("EVENTHANDLER_DEFINE"), STORED("TASKQUEUE_DEFINE"),
	WRAPPED("VNET"), WRAPPED("VNET_NAME"), WRAPPED("VNET_PTR"),
	WRAPPED("VNET_VNET"), WRAPPED("VNET_VNET_PTR"),
	{ "VNET_DEFINE", VN_WORD_VNET_DEFINE, 1, -1, -1 },
	{ "VNET_DEFINE_STATIC", VN_WORD_VNET_STATIC, 1, -1, -1 },
	{ "VNET_DECLARE", VN_WORD_VNET_DECLARE, 1, -1, -1 },
	UNUSED("LIST_HEAD_INITIALIZER"), UNUSED("SLIST_HEAD_INITIALIZER"),
	{ "sizeof", VN_WORD_UNEVALUATED, -1, -1, -1 },
	{ "typeof", VN_WORD_UNEVALUATED, -1, -1, -1 },
	{ "__typeof", VN_WORD_UNEVALUATED, -1, -1, -1 },
	{ "__typeof__", VN_WORD_UNEVALUATED, -1, -1, -1 },
	{ "_Static_assert", VN_WORD_UNEVALUATED, -1, -1, -1 },
	{ "CTASSERT", VN_WORD_UNEVALUATED, -1, -1, -1 },
	MEMBER("offsetof", 1), MEMBER("__offsetof", 1),
	MEMBER("__builtin_offsetof", 1), MEMBER("__containerof", 2),
	MEMBER("member2struct", 1), MEMBER("STAILQ_LAST", 2),
	MEMBER("LIST_FOREACH", 2), MEMBER("LIST_FOREACH_SAFE", 2),
	MEMBER("SLIST_FOREACH", 2), MEMBER("SLIST_FOREACH_SAFE", 2),
	MEMBER("STAILQ_FOREACH", 2), MEMBER("STAILQ_FOREACH_SAFE", 2),
	MEMBER("TAILQ_FOREACH", 2), MEMBER("TAILQ_FOREACH_SAFE", 2),
	MEMBER("LIST_INSERT_HEAD", 2), MEMBER("LIST_REMOVE", 1),
	MEMBER("TAILQ_INSERT_HEAD", 2), MEMBER("TAILQ_INSERT_TAIL", 2),
	MEMBER("TAILQ_REMOVE", 2), MEMBER("TAILQ_NEXT", 1),
	MEMBER("LIST_NEXT", 1), MEMBER("SLIST_NEXT", 1),
	MEMBER("STAILQ_NEXT", 1),
};

const char vn_word_vnet_flag[] = "CTLFLAG_VNET";

static const char *const queue_heads[] = { "LIST_HEAD", "SLIST_HEAD",
    "STAILQ_HEAD", "TAILQ_HEAD", "CIRCLEQ_HEAD", "RB_HEAD", "SPLAY_HEAD" };

static const struct {
	const char	*name;
	enum vn_attr	 attr;
} attrs[] = {
	{ "__attribute__", VN_ATTR_PLAIN }, { "__attribute", VN_ATTR_PLAIN },
	{ "__aligned", VN_ATTR_PLAIN }, { "__packed", VN_ATTR_PLAIN },
	{ "__unused", VN_ATTR_PLAIN }, { "__used", VN_ATTR_PLAIN },
	{ "__exported", VN_ATTR_PLAIN }, { "__hidden", VN_ATTR_PLAIN },
	{ "__deprecated", VN_ATTR_PLAIN }, { "_Alignas", VN_ATTR_PLAIN },
	{ "__extension__", VN_ATTR_PLAIN }, { "__inline", VN_ATTR_PLAIN },
	{ "__read_mostly", VN_ATTR_HINT },
	{ "__read_frequently", VN_ATTR_HINT },
	{ "__exclusive_cache_line", VN_ATTR_HINT },
	{ "__section", VN_ATTR_SECTION },
};

static bool
equal(const char *word, const char *name, unsigned len)
{

	return (strncmp(word, name, len) == 0 && word[len] == '\0');
}

const struct vn_word *
vn_word_find(const char *name, unsigned len)
{

	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (equal(words[i].name, name, len))
			return (&words[i]);
	return (NULL);
}

const struct vn_word *
vn_word_at(const struct vn_source *source, int t)
{
	const char *text;
	unsigned len;

	if (t < 0)
		return (NULL);
	text = vn_tok_text(source, t, &len);
	return (vn_word_find(text, len));
}

const struct vn_word *
vn_word_around(const struct vn_source *source, int t, int *callee, int *arg)
{

	for (int at = t; at >= 0; at = source->outline.up[at]) {
		const struct vn_word *word;

		*callee = vn_tok_call(source, at, arg);
		if ((word = vn_word_at(source, *callee)) != NULL)
			return (word);
	}
	return (NULL);
}

/* What sys/mutex.h, sys/rwlock.h and their kin expand to, and sys/kernel.h. */
static const struct {
	const char	*name;
	const char	*statement;
} statements[] = {
	{ "MTX_SYSINIT", "mtx_init(%1, %2, NULL, %3);" },
	{ "RW_SYSINIT", "rw_init(%1, %2);" },
	{ "RM_SYSINIT", "rm_init(%1, %2);" },
	{ "SX_SYSINIT", "sx_init(%1, %2);" },
	{ "SYSINIT", "%3(%4);" }, { "SYSUNINIT", "%3(%4);" },
	{ "TUNABLE_INT", "TUNABLE_INT_FETCH(%0, %1);" },
	{ "TUNABLE_LONG", "TUNABLE_LONG_FETCH(%0, %1);" },
	{ "TUNABLE_ULONG", "TUNABLE_ULONG_FETCH(%0, %1);" },
	{ "TUNABLE_QUAD", "TUNABLE_QUAD_FETCH(%0, %1);" },
	{ "TUNABLE_BOOL", "TUNABLE_BOOL_FETCH(%0, %1);" },
	{ "TUNABLE_INT64", "TUNABLE_INT64_FETCH(%0, %1);" },
	{ "TUNABLE_UINT64", "TUNABLE_UINT64_FETCH(%0, %1);" },
	{ "TUNABLE_STR", "TUNABLE_STR_FETCH(%0, %1, %2);" },
};

const char *
vn_word_statement(const char *name, unsigned len)
{

	for (size_t i = 0; i < VN_NITEMS(statements); i++)
		if (equal(statements[i].name, name, len))
			return (statements[i].statement);
	return (NULL);
}

char *
vn_word_initializer(const char *name, unsigned len)
{
	static const char from[] = "_HEAD_INITIALIZER";
	unsigned n = sizeof(from) - 1;

	if (len <= n || strncmp(name + len - n, from, n) != 0)
		return (NULL);
	return (vn_asprintf("%.*s_INIT", (int)(len - n), name));
}

bool
vn_word_is_vnet(const struct vn_word *word)
{

	return (word != NULL && word->kind >= VN_WORD_VNET &&
	    word->kind <= VN_WORD_VNET_DECLARE);
}

bool
vn_word_is_queue_head(const char *name, unsigned len)
{

	for (size_t i = 0; i < VN_NITEMS(queue_heads); i++)
		if (equal(queue_heads[i], name, len))
			return (true);
	return (false);
}

enum vn_attr
vn_word_attr(const char *name, unsigned len)
{

	for (size_t i = 0; i < VN_NITEMS(attrs); i++)
		if (equal(attrs[i].name, name, len))
			return (attrs[i].attr);
	return (VN_ATTR_NONE);
}
