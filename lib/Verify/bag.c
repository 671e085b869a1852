/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A set of names that owns them.
 */

#include "Verify/bag.h"

#include <stdlib.h>
#include <string.h>

bool
vn_bag_add(struct vn_bag *bag, const char *word, size_t len)
{

	if (vn_names_find(&bag->set, word, len) != -1)
		return (false);
	VN_PUSH(&bag->words, vn_strndup(word, len));
	vn_names_add(&bag->set, bag->words.items[bag->words.count - 1]);
	return (true);
}

bool
vn_bag_has(const struct vn_bag *bag, const char *word)
{

	return (vn_names_find(&bag->set, word, strlen(word)) != -1);
}

void
vn_bag_free(struct vn_bag *bag)
{

	for (size_t i = 0; i < bag->words.count; i++)
		free(bag->words.items[i]);
	VN_FREE(&bag->words);
	vn_names_free(&bag->set);
}
