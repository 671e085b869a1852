/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Macros defined otherwise in private copies.
 */

#include <string.h>

#include "Support/file.h"
#include "Support/lex.h"
#include "Support/strbuf.h"
#include "mirror.h"
#include "linemap_impl.h"
#include "mirror_impl.h"

struct applying {
	struct vn_setting	*settings;	/* borrowed */
	size_t			 count;
	const char		*data;		/* borrowed */
	size_t			 len;
	struct vn_strbuf	*out;		/* borrowed */
	size_t			 done;		/* copied up to here */
	bool			 header;
};

/* Does a backslash end the line whose newline is at p? */
static bool
joins_next(const char *data, const char *p)
{
	if (p > data && p[-1] == '\r')
		p--;
	return (p > data && p[-1] == '\\');
}

/* A quick look: is there a line with "define" and the name? */
static bool
may_define(const char *data, size_t len, const char *name)
{
	const char *end, *line, *p;
	size_t namelen;

	namelen = strlen(name);
	end = data + len;
	for (p = data; len > 0 && (p = memmem(p, (size_t)(end - p), name,
	    namelen)) != NULL; p += namelen) {
		line = memrchr(data, '\n', (size_t)(p - data));
		if (line != NULL && joins_next(data, line))
			return (true);
		line = line == NULL ? data : line;
		if (memmem(line, (size_t)(p - line), "define", 6) != NULL)
			return (true);
	}
	return (false);
}

/* The setting of what the directive defines as a macro without parameters. */
static struct vn_setting *
setting_of(const struct applying *a, const struct vn_lex *lex,
    const struct vn_dir *dir)
{
	const struct vn_tok *name;
	size_t i;

	if (dir->kind != VN_DIR_DEFINE || dir->ntok < 3)
		return (NULL);
	name = &lex->toks[dir->tok + 2];
	if (dir->ntok > 3 && a->data[name[1].off] == '(' &&
	    vn_skip_splices(a->data, a->len, name->off + name->len) ==
	    name[1].off)
		return (NULL);
	for (i = 0; i < a->count; i++)
		if (vn_tok_is(a->data, name, a->settings[i].name))
			return (&a->settings[i]);
	return (NULL);
}

/* A line that says it, and blank ones for the rest of the directive. */
static void
put_setting(struct applying *a, const struct vn_dir *dir,
    const struct vn_setting *s)
{
	const char *eol, *p;
	size_t lines;

	vn_strbuf_add(a->out, a->data + a->done, dir->off - a->done);
	if (s->value != NULL)
		vn_strbuf_printf(a->out, "#define %s %s", s->name, s->value);
	else
		vn_strbuf_printf(a->out, "#undef %s", s->name);
	for (lines = 0, p = a->data + dir->off; p < a->data + dir->end; p++)
		lines += *p == '\n';
	eol = dir->end > 1 && a->data[dir->end - 1] == '\n' &&
	    a->data[dir->end - 2] == '\r' ? "\r\n" : "\n";
	while (lines-- > 0)
		vn_strbuf_puts(a->out, eol);
	a->done = dir->end;
}

static void
apply_all(struct applying *a)
{
	struct vn_setting *s;
	struct vn_lex lex;
	size_t i;

	vn_lex(&lex, a->data, a->len);
	for (i = 0; i < lex.ndirs; i++) {
		s = setting_of(a, &lex, &lex.dirs[i]);
		if (s == NULL)
			continue;
		s->in_file |= a->header;
		put_setting(a, &lex.dirs[i], s);
	}
	vn_lex_free(&lex);
}

bool
vn_settings_reach(const char *path)
{
	return (vn_mirror_is_c(path) || vn_file_ends(path, ".S") ||
	    vn_file_ends(path, ".s"));
}

bool
vn_settings_apply(struct vn_setting *settings, size_t count,
    struct vn_strbuf *out, const char *data, size_t len, bool header)
{
	struct applying a = { settings, count, data, len, out, 0, header };
	size_t i, start;

	for (i = 0; i < count; i++)
		if (may_define(data, len, settings[i].name))
			break;
	if (i == count)
		return (false);
	start = out->len;
	apply_all(&a);
	if (a.done == 0)
		return (false);
	vn_strbuf_add(out, data + a.done, len - a.done);
	if (out->len - start != len ||
	    memcmp(out->data + start, data, len) != 0)
		return (true);
	out->len = start;
	out->data[start] = '\0';
	return (false);
}
