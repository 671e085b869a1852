/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * VNET_DEFINE and VNET_MODMIN in the sources of a tree; entries that objects
 * want.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Facts/names.h"
#include "Object/object.h"
#include "Verify/pair.h"
#include "Verify/trees.h"
#include "Verify/vimage.h"
#include "Verify/vimage_impl.h"

/* Names, kept in order of appearance. */
struct bag {
	struct vn_names		 set;
	VN_VEC(char *)		 words;		/* owned, by index in set */
};

static int
bag_find(const struct bag *bag, const char *word)
{

	return (vn_names_find(&bag->set, word, strlen(word)));
}

static void
bag_add(struct bag *bag, const char *word, size_t len)
{

	if (vn_names_find(&bag->set, word, len) != -1)
		return;
	VN_PUSH(&bag->words, vn_strndup(word, len));
	vn_names_add(&bag->set, bag->words.items[bag->words.count - 1]);
}

static void
bag_free(struct bag *bag)
{

	for (size_t i = 0; i < bag->words.count; i++)
		free(bag->words.items[i]);
	VN_FREE(&bag->words);
	vn_names_free(&bag->set);
}

/* ------ VNET_DEFINE ------ */

static bool
is_punct(const char *data, const struct vn_tok *t, char c)
{

	return (t->kind == VN_TOK_PUNCT && t->len == 1 && data[t->off] == c);
}

/* "VNET_DEFINE(type, name[SIZE])" at token t: add the name. */
static void
take_define(struct bag *out, const char *data, const struct vn_lex *lex,
    size_t t)
{
	const struct vn_tok *name = NULL;
	int depth = 0;

	for (t++; t < lex->ntoks; t++) {
		const struct vn_tok *k = &lex->toks[t];

		if (is_punct(data, k, '('))
			depth++;
		else if (is_punct(data, k, ')') && --depth <= 0)
			break;
		else if (depth == 0)
			return;
		else if (depth == 1 && is_punct(data, k, ',') &&
		    t + 1 < lex->ntoks &&
		    lex->toks[t + 1].kind == VN_TOK_IDENT)
			name = &lex->toks[t + 1];
	}
	if (name != NULL)
		bag_add(out, data + name->off, name->len);
}

static int
take_file(const char *file, void *arg)
{
	struct vn_strbuf sb = { 0 };
	struct vn_lex lex;

	if (!vn_file_ends(file, ".c") || vn_file_read(&sb, file) != 0 ||
	    sb.len == 0 || memmem(sb.data, sb.len, "VNET_DEFINE", 11) == NULL) {
		vn_strbuf_free(&sb);
		return (0);
	}
	vn_lex(&lex, sb.data, sb.len);
	for (size_t t = 0; t < lex.ntoks; t++)
		if (lex.toks[t].kind == VN_TOK_IDENT && lex.toks[t].dir == -1 &&
		    memmem(sb.data + lex.toks[t].off, lex.toks[t].len,
		    "VNET_DEFINE", 11) != NULL)
			take_define(arg, sb.data, &lex, t);
	vn_lex_free(&lex);
	vn_strbuf_free(&sb);
	return (0);
}

/* Has the bag all words of the other? */
static bool
has_all(const struct bag *bag, const struct bag *of)
{
	size_t i = 0;

	while (i < of->words.count && bag_find(bag, of->words.items[i]) != -1)
		i++;
	return (i == of->words.count);
}

bool
vn_vimage_same_variables(const struct vn_trees *how, bool *other)
{
	struct bag bags[2] = { { .words = { 0 } }, { .words = { 0 } } };
	bool same;

	for (int side = 0; side < 2; side++)
		(void)vn_file_walk(how->trees[side], take_file, &bags[side]);
	*other = !has_all(&bags[VN_CONVERTED], &bags[VN_PLAIN]);
	same = bags[0].words.count > 0 && !*other &&
	    has_all(&bags[VN_PLAIN], &bags[VN_CONVERTED]);
	bag_free(&bags[0]);
	bag_free(&bags[1]);
	return (same);
}

/* ------ VNET_MODMIN ------ */

/* "#define VNET_MODMIN 8 * 1024": a product of numbers. */
static uint64_t
value_of(const char *data, const struct vn_lex *lex, const struct vn_dir *d)
{
	uint64_t value = 1;
	bool any = false;

	for (size_t t = d->tok + 3; t < d->tok + d->ntok; t++) {
		const struct vn_tok *k = &lex->toks[t];

		if (k->kind == VN_TOK_NUMBER) {
			value *= strtoull(data + k->off, NULL, 0);
			any = true;
		} else if (!is_punct(data, k, '*') && !is_punct(data, k, '(') &&
		    !is_punct(data, k, ')'))
			return (0);
	}
	return (any ? value : 0);
}

static int
find_modmin(const char *file, void *arg)
{
	struct vn_strbuf sb = { 0 };
	struct vn_lex lex;
	uint64_t *value = arg;

	if (vn_file_read(&sb, file) != 0 || sb.len == 0 ||
	    memmem(sb.data, sb.len, "VNET_MODMIN", 11) == NULL) {
		vn_strbuf_free(&sb);
		return (0);
	}
	vn_lex(&lex, sb.data, sb.len);
	for (size_t d = 0; d < lex.ndirs && *value == 0; d++)
		if (lex.dirs[d].kind == VN_DIR_DEFINE && lex.dirs[d].ntok > 3 &&
		    vn_tok_is(sb.data, &lex.toks[lex.dirs[d].tok + 2],
		    "VNET_MODMIN"))
			*value = value_of(sb.data, &lex, &lex.dirs[d]);
	vn_lex_free(&lex);
	vn_strbuf_free(&sb);
	return (*value != 0);
}

uint64_t
vn_vimage_modmin(const char *tree)
{
	static const char *const folders[] = { "net", "sys/net" };
	uint64_t value = 0;

	for (size_t i = 0; i < VN_NITEMS(folders) && value == 0; i++) {
		char *dir = vn_file_join(tree, folders[i]);

		(void)vn_file_walk(dir, find_modmin, &value);
		free(dir);
	}
	return (value);
}

/* ------ entries that objects want ------ */

struct vn_wanted {
	struct bag	 undefined, defined;
	VN_VEC(char *)	 users;	/* owned, by index in undefined */
};

struct vn_wanted *
vn_wanted_new(void)
{

	return (vn_calloc(1, sizeof(struct vn_wanted)));
}

void
vn_wanted_add(struct vn_wanted *wanted, const char *name,
    const struct vn_object *object)
{
	static const char prefix[] = "vnet_entry_";
	const size_t len = sizeof(prefix) - 1;

	for (size_t i = 1; i < object->nsymbols; i++) {
		const struct vn_symbol *s = &object->symbols[i];
		const char *word = s->name + len;

		if (strncmp(s->name, prefix, len) != 0)
			continue;
		if (s->section != VN_IN_UNDEF)
			bag_add(&wanted->defined, word, strlen(word));
		else if (bag_find(&wanted->undefined, word) == -1) {
			bag_add(&wanted->undefined, word, strlen(word));
			VN_PUSH(&wanted->users, vn_strdup(name));
		}
	}
}

void
vn_wanted_report(const struct vn_wanted *wanted, struct vn_vimage *out,
    const char *tree)
{
	struct bag defined = { .words = { 0 } };
	bool read = false;

	for (size_t i = 0; i < wanted->undefined.words.count; i++) {
		const char *word = wanted->undefined.words.items[i];

		if (bag_find(&wanted->defined, word) != -1)
			continue;
		/* What was not compiled may define it. */
		if (!read)
			(void)vn_file_walk(tree, take_file, &defined);
		read = true;
		if (bag_find(&defined, word) == -1)
			vn_vimage_add(out, "undefined",
			    vn_strdup(wanted->users.items[i]),
			    vn_asprintf("'V_%s' is used, and defined nowhere",
			    word));
	}
	bag_free(&defined);
}

void
vn_wanted_free(struct vn_wanted *wanted)
{

	for (size_t i = 0; i < wanted->users.count; i++)
		free(wanted->users.items[i]);
	VN_FREE(&wanted->users);
	bag_free(&wanted->undefined);
	bag_free(&wanted->defined);
	free(wanted);
}
