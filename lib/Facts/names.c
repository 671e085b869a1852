/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A set of identifiers: open addressing over FNV-1a.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/lex.h"
#include "Support/mem.h"

#include "Facts/names.h"

static uint32_t
hash_of(const char *s, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return (h);
}

static struct vn_name_slot *
slot_of(const struct vn_names *set, const char *name, size_t len, uint32_t h)
{
	struct vn_name_slot *s;

	for (size_t i = h;; i++) {
		s = &set->slots[i & (set->nslots - 1)];
		if (s->name == NULL || (s->hash == h && s->len == len &&
		    memcmp(s->name, name, len) == 0))
			return (s);
	}
}

static void
grow(struct vn_names *set)
{
	struct vn_names old = *set;

	set->nslots = old.nslots == 0 ? 64 : 2 * old.nslots;
	set->slots = vn_calloc(set->nslots, sizeof(*set->slots));
	for (size_t i = 0; i < old.nslots; i++) {
		struct vn_name_slot *s = &old.slots[i];

		if (s->name != NULL)
			*slot_of(set, s->name, s->len, s->hash) = *s;
	}
	free(old.slots);
}

int
vn_names_add(struct vn_names *set, const char *name)
{
	size_t len = strlen(name);
	uint32_t h = hash_of(name, len);
	struct vn_name_slot *s;

	if (2 * (set->count + 1) > set->nslots)
		grow(set);
	s = slot_of(set, name, len, h);
	if (s->name == NULL) {
		*s = (struct vn_name_slot){ name, (uint32_t)len, h,
		    (int32_t)set->count };
		set->count++;
	}
	return (s->index);
}

int
vn_names_find(const struct vn_names *set, const char *name, size_t len)
{
	const struct vn_name_slot *s;

	if (set->count == 0)
		return (-1);
	s = slot_of(set, name, len, hash_of(name, len));
	return (s->name == NULL ? -1 : s->index);
}

int
vn_names_find_spelled(const struct vn_names *set, const char *name, size_t len)
{
	char *plain;
	int index;

	if (memchr(name, '\\', len) == NULL)
		return (vn_names_find(set, name, len));
	plain = vn_unsplice(name, len);
	index = vn_names_find(set, plain, strlen(plain));
	free(plain);
	return (index);
}

void
vn_names_free(struct vn_names *set)
{

	free(set->slots);
	*set = (struct vn_names){ 0 };
}
