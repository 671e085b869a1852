/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where a directive may stand: at the start of a line outside of comments,
 * continuations, directives and parentheses, which may be those of a macro's
 * call (C11 6.10.3 p11).
 *
 * Parentheses are counted for each branch of an #if from those that are open
 * before it; behind the #endif the branch with most open ones counts.  So a
 * line may be thought to be in parentheses that is not, never the reverse; a
 * brace in column 0 ends that.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/lex.h"
#include "Support/mem.h"
#include "linemap_impl.h"
#include "text_lines.h"

/* An open conditional: parentheses open before it, and at most behind it. */
struct group {
	unsigned	entry, most;
	bool		has_else;
	bool		dead;	/* "#if 0", which opens nothing */
};

struct scan {
	const struct vn_text	*text;		/* borrowed */
	const struct vn_lex	*lex;		/* borrowed */
	uint8_t			*lines;		/* the result */
	size_t			 line;		/* that of pos */
	size_t			 pos;		/* up to here it is done */
	unsigned		 open;		/* parentheses */
	bool			 unclosed;	/* the last token is a literal
						   that its line ends */
	VN_VEC(struct group)	 groups;
};

/* The line of a place behind pos. */
static size_t
line_of(struct scan *s, size_t off)
{
	while (s->line + 1 < s->text->count &&
	    vn_text_start(s->text, s->line + 1) <= off)
		s->line++;
	return (s->line);
}

/* A line starts at off, and nothing joins it with what is before. */
static void
line_starts(struct scan *s, size_t off, uint8_t kind)
{
	if (off >= s->text->len)
		return;
	if (s->open == 0)
		kind |= VN_LINE_SAFE;
	s->lines[line_of(s, off)] |= kind;
}

static bool
is_line_comment(const struct scan *s, size_t off)
{
	off = vn_skip_splices(s->text->data, s->text->len, off + 1);
	return (off < s->text->len && s->text->data[off] == '/');
}

/* The byte behind the comment whose slash is at off, or off + 1. */
static size_t
skip_comment(const struct scan *s, size_t off)
{
	const char *data = s->text->data;
	size_t i, len = s->text->len;

	i = vn_skip_splices(data, len, off + 1);
	if (i < len && data[i] == '/') {
		while (i < len && data[i] != '\n')
			i = vn_skip_splices(data, len, i + 1);
		return (i);
	}
	if (i >= len || data[i] != '*')
		return (off + 1);
	for (i++; i < len; i++)
		if (data[i] == '*') {
			off = vn_skip_splices(data, len, i + 1);
			if (off < len && data[off] == '/')
				return (off + 1);
		}
	return (len);
}

/* White space and comments up to the byte end. */
static void
skip_gap(struct scan *s, size_t end)
{
	const char *data = s->text->data;
	uint8_t kind;
	size_t next;

	kind = VN_LINE_PADS | (s->unclosed ? 0 : VN_LINE_JOINS);
	s->unclosed = false;
	while (s->pos < end) {
		next = s->pos + 1;
		if (data[s->pos] == '\n') {
			line_starts(s, next, kind);
			kind = VN_LINE_PADS | VN_LINE_JOINS;
		} else if (data[s->pos] == '/') {
			next = skip_comment(s, s->pos);
			/* What is joined to a "//" would be part of it. */
			if (is_line_comment(s, s->pos))
				kind = VN_LINE_PADS;
		} else if (data[s->pos] == '\\') {
			next = vn_skip_splices(data, s->text->len, s->pos);
			if (next == s->pos)
				next++;
		}
		s->pos = next;
	}
}

static void
end_branch(struct scan *s, struct group *g)
{
	if (!g->dead && g->most < s->open)
		g->most = s->open;
	g->dead = false;
	s->open = g->entry;
}

static void
open_group(struct scan *s, const struct vn_dir *dir)
{
	struct group g = { .entry = s->open };

	g.dead = dir->kind == VN_DIR_IF && dir->ntok == 3 &&
	    vn_tok_is(s->text->data, &s->lex->toks[dir->tok + 2], "0");
	VN_PUSH(&s->groups, g);
}

static void
close_group(struct scan *s)
{
	struct group *g;

	g = &s->groups.items[--s->groups.count];
	end_branch(s, g);
	if (!g->has_else && g->most < g->entry)
		g->most = g->entry;
	s->open = g->most;
}

static void
take_directive(struct scan *s, const struct vn_dir *dir)
{
	bool inside;

	inside = s->groups.count > 0;
	skip_gap(s, dir->off);
	if (dir->kind >= VN_DIR_IF && dir->kind <= VN_DIR_IFNDEF)
		open_group(s, dir);
	else if (inside && dir->kind == VN_DIR_ENDIF)
		close_group(s);
	else if (inside && dir->kind >= VN_DIR_ELIF &&
	    dir->kind <= VN_DIR_ELSE) {
		end_branch(s, &s->groups.items[s->groups.count - 1]);
		if (dir->kind == VN_DIR_ELSE)
			s->groups.items[s->groups.count - 1].has_else = true;
	}
	s->pos = dir->end;
	if (dir->end > 0 && s->text->data[dir->end - 1] == '\n')
		line_starts(s, dir->end, VN_LINE_PADS);
}

/* The parentheses of a call may stand on the line after the macro's name. */
static void
join_call(struct scan *s, const struct vn_tok *before, size_t line)
{
	if (before == NULL || before->kind != VN_TOK_IDENT)
		return;
	for (; vn_text_start(s->text, line) > before->off; line--)
		s->lines[line] &= (uint8_t)~VN_LINE_SAFE;
}

/* A literal without its closing quote? */
static bool
is_unclosed(const char *data, const struct vn_tok *tok)
{
	const char *end, *p, *quote;

	if (tok->kind != VN_TOK_STRING && tok->kind != VN_TOK_CHAR)
		return (false);
	end = data + tok->off + tok->len;
	for (quote = data + tok->off; quote < end; quote++)
		if (*quote == '"' || *quote == '\'')
			break;
	if (end - quote < 2 || end[-1] != *quote)
		return (true);
	for (p = end - 1; p - 1 > quote && p[-1] == '\\'; p--)
		;
	return ((end - 1 - p) % 2 == 1);
}

static void
take_token(struct scan *s, const struct vn_tok *tok,
    const struct vn_tok *before)
{
	size_t line;
	char c;

	skip_gap(s, tok->off);
	line = line_of(s, tok->off);
	s->lines[line] |= VN_LINE_TOKENS;
	s->pos = tok->off + tok->len;
	s->unclosed = is_unclosed(s->text->data, tok);
	if (tok->len != 1)
		return;
	c = s->text->data[tok->off];
	if (c == '(') {
		join_call(s, before, line);
		s->open++;
	} else if (c == ')' && s->open > 0)
		s->open--;
	else if ((c == '{' || c == '}') &&
	    tok->off == vn_text_start(s->text, line))
		s->open = 0;
}

/* Nothing stands before a byte order mark. */
static bool
starts_with_mark(const struct vn_text *text)
{
	return (text->len >= 3 && memcmp(text->data, "\xef\xbb\xbf", 3) == 0);
}

uint8_t *
vn_line_kinds(const struct vn_text *text, const struct vn_lex *lex)
{
	struct scan s = { .text = text, .lex = lex };
	const struct vn_tok *before, *tok;
	size_t i;

	s.lines = vn_calloc(text->count + 1, sizeof(*s.lines));
	if (!starts_with_mark(text))
		line_starts(&s, 0, 0);
	before = NULL;
	for (i = 0; i < lex->ntoks; i++) {
		tok = &lex->toks[i];
		if (tok->dir >= 0) {
			take_directive(&s, &lex->dirs[tok->dir]);
			i += lex->dirs[tok->dir].ntok - 1;
			continue;
		}
		take_token(&s, tok, before);
		before = tok;
	}
	skip_gap(&s, text->len);
	VN_FREE(&s.groups);
	return (s.lines);
}
