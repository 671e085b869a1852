/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The styles: FreeBSD's sys/net/vnet.h of 2018 and later ("vnet"), and of
 * 2009 to 2014 ("vnet2009"); and plain globals ("none").
 */

#include <string.h>

#include "Support/lex.h"

#include "Rewrite/style.h"

/* sysctl macros of 2009's net/vnet.h, without SYSCTL_VNET_. */
static const char *const twins2009[] = { "INT", "UINT", "PROC", "STRING",
    "STRUCT", "OPAQUE", NULL };

static const struct vn_style vnet = {
	.name = "vnet",
	.mark = "VNET_DEFINE_STATIC",
	.define = "VNET_DEFINE",
	.define_static = "VNET_DEFINE_STATIC",
	.declare = "VNET_DECLARE",
	.access = "VNET",
	.address = "VNET_NAME",
	.prefix = "V_",
	.symbol = "vnet_entry_",
	.header = "net/vnet.h",
	.needs = "sys/param.h",
	.option = "VIMAGE",
	.sysctl_from = "SYSCTL_",
	.sysctl_flag = "CTLFLAG_VNET",
};

static const struct vn_style vnet2009 = {
	.name = "vnet2009",
	.mark = "SYSCTL_VNET_INT",
	.define = "VNET_DEFINE",
	.declare = "VNET_DECLARE",
	.access = "VNET",
	.address = "VNET_NAME",
	.prefix = "V_",
	.symbol = "vnet_entry_",
	.header = "net/vnet.h",
	.needs = "sys/param.h",
	.after = "sys/sysctl.h",
	.option = "VIMAGE",
	.sysctl_from = "SYSCTL_",
	.sysctl_to = "SYSCTL_VNET_",
	.sysctl_twins = twins2009,
};

/* No tree is written in it: what plain globals have no words for. */
static const struct vn_style none = { .name = "none" };

const struct vn_style *const vn_styles[] = { &vnet, &vnet2009, &none, NULL };

const struct vn_style *
vn_style_named(const char *name)
{

	for (size_t i = 0; vn_styles[i] != NULL; i++)
		if (strcmp(vn_styles[i]->name, name) == 0)
			return (vn_styles[i]);
	return (NULL);
}

static bool
defines(const struct vn_lex *lex, const char *data, const char *macro)
{

	for (size_t i = 0; i < lex->ndirs; i++)
		if (lex->dirs[i].kind == VN_DIR_DEFINE &&
		    lex->dirs[i].ntok > 2 &&
		    vn_tok_is(data, &lex->toks[lex->dirs[i].tok + 2], macro))
			return (true);
	return (false);
}

bool
vn_style_fits(const struct vn_style *style, const char *data, size_t len)
{
	struct vn_lex lex;
	bool fits;

	if (style->mark == NULL)
		return (false);
	vn_lex(&lex, data, len);
	fits = defines(&lex, data, style->mark);
	vn_lex_free(&lex);
	return (fits);
}

const struct vn_style *
vn_style_of_header(const char *data, size_t len)
{

	for (size_t i = 0; vn_styles[i] != NULL; i++)
		if (vn_style_fits(vn_styles[i], data, len))
			return (vn_styles[i]);
	return (NULL);
}
