/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * VNET_DEFINE and VNET_MODMIN in the sources of a tree.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Verify/bag.h"
#include "Verify/vimage_impl.h"

/* ------ VNET_DEFINE ------ */

static bool
is_punct(const char *data, const struct vn_tok *t, char c)
{

	return (t->kind == VN_TOK_PUNCT && t->len == 1 && data[t->off] == c);
}

/* "VNET_DEFINE(type, name[SIZE])" at token t: add the name. */
static void
take_define(struct vn_bag *out, const char *data, const struct vn_lex *lex,
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
		vn_bag_add(out, data + name->off, name->len);
}

static int
take_file(const char *file, void *arg)
{
	struct vn_strbuf sb = { 0 };
	struct vn_lex lex;

	if ((!vn_file_ends(file, ".c") && !vn_file_ends(file, ".h")) ||
	    vn_file_read(&sb, file) != 0 || sb.len == 0 ||
	    memmem(sb.data, sb.len, "VNET_DEFINE", 11) == NULL) {
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

void
vn_vimage_variables(struct vn_bag *out, const char *tree)
{

	(void)vn_file_walk(tree, take_file, out);
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

	if (strstr(file, "/net/") == NULL || vn_file_read(&sb, file) != 0 ||
	    sb.len == 0 || memmem(sb.data, sb.len, "VNET_MODMIN", 11) == NULL) {
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
	static const char *const folders[] = { "net/", "sys/net/", "" };
	uint64_t value = 0;

	for (size_t i = 0; i < VN_NITEMS(folders) && value == 0; i++) {
		char *dir = vn_file_join(tree, folders[i]);

		(void)vn_file_walk(dir, find_modmin, &value);
		free(dir);
	}
	return (value);
}
