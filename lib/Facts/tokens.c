/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Steps over the tokens of a source, and calls among them.
 */

#include <string.h>

#include "Facts/source.h"

int
vn_tok_prev(const struct vn_source *source, int t)
{
	const struct vn_tok *toks = source->lex.toks;
	int dir;

	if (t < 0)
		return (-1);
	dir = toks[t].dir;
	for (t--; t >= 0 && toks[t].dir != dir; t--)
		if (dir != -1)
			return (-1);
	return (t);
}

int
vn_tok_next(const struct vn_source *source, int t)
{
	const struct vn_tok *toks = source->lex.toks;
	int n = (int)source->lex.ntoks, dir;

	if (t < 0)
		return (-1);
	dir = toks[t].dir;
	for (t++; t < n && toks[t].dir != dir; t++)
		if (dir != -1)
			return (-1);
	return (t < n ? t : -1);
}

bool
vn_tok_word(const struct vn_source *source, int t, const char *word)
{

	return (vn_tok_ident(source, t) &&
	    vn_tok_is(source->data, &source->lex.toks[t], word));
}

bool
vn_tok_punct(const struct vn_source *source, int t, const char *punct)
{
	const struct vn_tok *tok;

	if (t < 0)
		return (false);
	tok = &source->lex.toks[t];
	return (tok->kind == VN_TOK_PUNCT && tok->len == strlen(punct) &&
	    memcmp(source->data + tok->off, punct, tok->len) == 0);
}

bool
vn_tok_ident(const struct vn_source *source, int t)
{

	return (t >= 0 && source->lex.toks[t].kind == VN_TOK_IDENT);
}

bool
vn_tok_loose(const struct vn_source *source, int first, int last)
{

	for (int t = first; t != -1 && t <= last; t = vn_tok_next(source, t))
		if (source->outline.up[t] == source->outline.up[first] &&
		    (vn_tok_punct(source, t, "?") ||
		    vn_tok_punct(source, t, "&&") ||
		    vn_tok_punct(source, t, "||")))
			return (true);
	return (false);
}

bool
vn_tok_same(const struct vn_source *source, int a, int b)
{
	unsigned la, lb;
	const char *ta = vn_tok_text(source, a, &la);
	const char *tb = vn_tok_text(source, b, &lb);

	return (la == lb && memcmp(ta, tb, la) == 0);
}

const char *
vn_tok_text(const struct vn_source *source, int t, unsigned *len)
{

	*len = source->lex.toks[t].len;
	return (source->data + source->lex.toks[t].off);
}

uint32_t
vn_tok_end(const struct vn_source *source, int t)
{

	return (source->lex.toks[t].off + source->lex.toks[t].len);
}

/* Is t the name of a macro without parameters, whose body begins at `open`? */
static bool
defines_object(const struct vn_source *source, int t, int open)
{
	int dir = source->lex.toks[t].dir;

	return (dir != -1 && source->lex.dirs[dir].kind == VN_DIR_DEFINE &&
	    t == (int)source->lex.dirs[dir].tok + 2 &&
	    source->lex.toks[open].off > vn_tok_end(source, t));
}

int
vn_tok_call(const struct vn_source *source, int t, int *arg)
{
	int open = source->outline.up[t], callee, n = 0;

	if (open < 0 || !vn_tok_punct(source, open, "("))
		return (-1);
	callee = vn_tok_prev(source, open);
	if (!vn_tok_ident(source, callee) ||
	    defines_object(source, callee, open))
		return (-1);
	for (int p = vn_tok_next(source, open); p >= 0 && p < t;
	    p = vn_tok_next(source, p))
		n += source->outline.up[p] == open &&
		    vn_tok_punct(source, p, ",");
	*arg = n;
	return (callee);
}

int
vn_call_arg(const struct vn_source *source, int callee, int n, int *last)
{
	int open = vn_tok_next(source, callee), first = -1, p;

	*last = -1;
	if (!vn_tok_punct(source, open, "("))
		return (-1);
	for (p = vn_tok_next(source, open);
	    p >= 0 && p != source->outline.match[open];
	    p = vn_tok_next(source, p)) {
		if (source->outline.up[p] == open &&
		    vn_tok_punct(source, p, ",")) {
			if (n-- == 0)
				break;
			continue;
		}
		if (n == 0) {
			first = first == -1 ? p : first;
			*last = p;
		}
	}
	return (first);
}

/* Is the newline at byte off spliced away? */
static bool
is_spliced(const struct vn_source *s, uint32_t off)
{

	while (off > 0 && strchr(" \t\r", s->data[off - 1]) != NULL)
		off--;
	return (off > 0 && s->data[off - 1] == '\\');
}

/*
 * The byte after the newline that ends the logical line, and the comment that
 * it opens.
 */
static uint32_t
one_line_end(const struct vn_source *s, uint32_t off)
{
	bool comment = false, line = false;

	for (; off < s->len; off++) {
		const char *p = s->data + off;

		if (comment && strncmp(p, "*/", 2) == 0)
			comment = false;
		else if (!comment && !line && strncmp(p, "/*", 2) == 0)
			comment = true;
		else if (!comment && strncmp(p, "//", 2) == 0)
			line = true;
		if (!comment && *p == '\n' && !is_spliced(s, off))
			return (off + 1);
	}
	return (off);
}

uint32_t
vn_source_line_end(const struct vn_source *source, uint32_t off)
{
	uint32_t end = one_line_end(source, off);

	for (;;) {
		uint32_t p = end;

		while (p < source->len && strchr(" \t", source->data[p]) !=
		    NULL && source->data[p] != '\0')
			p++;
		if (p == end || p + 1 >= source->len ||
		    strncmp(source->data + p, "/*", 2) != 0)
			return (end);
		end = one_line_end(source, p);
	}
}

uint32_t
vn_source_line_start(const struct vn_source *source, uint32_t off)
{

	while (off > 0 && source->data[off - 1] != '\n')
		off--;
	return (off);
}

int
vn_source_branch(const struct vn_source *source, uint32_t off)
{
	size_t lo = 0, hi = source->lex.ndirs;
	const struct vn_dir *last;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (source->lex.dirs[mid].off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return (-1);
	last = &source->lex.dirs[lo - 1];
	return (last->kind >= VN_DIR_IF && last->kind <= VN_DIR_ELSE ?
	    (int)lo - 1 : last->parent);
}

bool
vn_branch_within(const struct vn_source *source, int inner, int outer)
{

	for (; inner != -1; inner = source->lex.dirs[inner].parent)
		if (inner == outer)
			return (true);
	return (outer == -1);
}
