/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * "#line" lines, so that each line of a converted source says the number of
 * its plain one whatever branches of #if are compiled.
 *
 * First each line is looked at: may a directive stand before it, does it hold
 * tokens that are compiled?  Then the numbers that a preprocessor would say are
 * followed from line to line.  A #line in a group that is skipped is not seen,
 * but counts as a line; so the number is kept as what it is more than that of
 * the source, less the lines written so far that the source has not, which
 * stays as it is while a group is skipped.  Behind a conditional it is a range.
 *
 * Within parentheses, where no directive may stand, white space does it: blank
 * lines, or a line joined to the one before it.
 */

#include "linemap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"
#include "linemap_impl.h"
#include "text_lines.h"

/* What is said less what the source says, less the lines written. */
struct range {
	long	low, high;	/* low > high: none */
};

/* An open conditional. */
struct group {
	struct range	entry;	/* at its #if */
	struct range	out;	/* at its #endif, by the branches so far */
	bool		has_else;
	bool		dead;	/* this branch is that of "#if 0" */
};

struct walk {
	struct vn_text		 text;
	struct vn_lex		 lex;
	uint8_t			*lines;		/* owned: VN_LINE_* */
	const struct vn_linemap	*map;		/* borrowed */
	bool			 write;		/* #line may be written */
	long			 written;	/* lines more than the source */
	struct range		 state;
	VN_VEC(struct group)	 groups;
	unsigned		 dead;		/* open "#if 0" branches */
	const char		*path;		/* borrowed */
	struct vn_strbuf	*out;		/* borrowed */
	struct vn_stretches	*stretches;	/* borrowed */
};

static struct range
join(struct range a, struct range b)
{
	if (a.low > a.high)
		return (b);
	if (b.low > b.high)
		return (a);
	return ((struct range){ a.low < b.low ? a.low : b.low,
	    a.high > b.high ? a.high : b.high });
}

/* What the number of the line has to be more than the source says. */
static long
wanted(const struct walk *w, size_t line)
{
	return ((long)w->map->lines[line] - (long)(line + 1));
}

static bool
counts(const struct walk *w, size_t line)
{
	return ((w->lines[line] & VN_LINE_TOKENS) != 0 &&
	    w->map->lines[line] != 0);
}

static bool
is_right(const struct walk *w, long want)
{
	return (w->state.low + w->written == want &&
	    w->state.high + w->written == want);
}

/*
 * Before a line where a #line may stand: one that makes the first line right
 * that counts up to the next such place.
 */
static void
set_line(struct walk *w, size_t line)
{
	size_t i;
	long number, want;

	for (i = line; i < w->text.count && !counts(w, i); i++)
		if (i > line && (w->lines[i] & VN_LINE_SAFE) != 0)
			return;
	if (i == w->text.count || is_right(w, wanted(w, i)) ||
	    (i > line && (w->lines[i] & VN_LINE_SAFE) != 0))
		return;
	want = wanted(w, i);
	number = (long)(line + 1) + want;
	if (number < 1)
		return;
	vn_strbuf_printf(w->out, "#line %ld%s", number,
	    vn_text_eol(&w->text, line));
	w->written++;
	w->state.low = w->state.high = want - w->written;
}

/* Take the newline at the end of the text away. */
static void
join_line(struct walk *w)
{
	struct vn_strbuf *out = w->out;

	out->len--;
	if (out->len > 0 && out->data[out->len - 1] == '\r')
		out->len--;
	w->written--;
}

/* Can that many newlines before the line go, those of blank lines and one? */
static bool
can_join(const struct walk *w, size_t line, long count)
{
	size_t len;

	for (; count > 0 && (w->lines[line] & VN_LINE_JOINS) != 0; count--) {
		vn_text_line(&w->text, --line, &len);
		if (len != strlen(vn_text_eol(&w->text, line)))
			return (count == 1);
	}
	return (count == 0);
}

/* Where none may stand: blank lines, or the line joined to those before. */
static void
shift_line(struct walk *w, size_t line)
{
	long less;

	if (!counts(w, line) || w->state.low != w->state.high)
		return;
	less = wanted(w, line) - (w->state.low + w->written);
	for (; less > 0 && (w->lines[line] & VN_LINE_PADS) != 0; less--) {
		vn_strbuf_puts(w->out, vn_text_eol(&w->text, line));
		w->written++;
	}
	if (less >= 0 || !can_join(w, line, -less))
		return;
	for (; less < 0; less++)
		join_line(w);
	vn_strbuf_putc(w->out, ' ');
}

/*
 * Directives.
 */

static bool
is_zero(const struct walk *w, const struct vn_dir *dir)
{
	return (dir->ntok == 3 &&
	    vn_tok_is(w->text.data, &w->lex.toks[dir->tok + 2], "0"));
}

static void
open_group(struct walk *w, const struct vn_dir *dir)
{
	struct group g = { .entry = w->state, .out = { 1, 0 } };

	g.dead = dir->kind == VN_DIR_IF && is_zero(w, dir);
	w->dead += g.dead;
	VN_PUSH(&w->groups, g);
}

static void
end_branch(struct walk *w, struct group *g)
{
	if (!g->dead)
		g->out = join(g->out, w->state);
	w->dead -= g->dead;
	g->dead = false;
}

static void
next_branch(struct walk *w, const struct vn_dir *dir)
{
	struct group *g;

	if (w->groups.count == 0)
		return;
	g = &w->groups.items[w->groups.count - 1];
	end_branch(w, g);
	if (dir->kind == VN_DIR_ELSE)
		g->has_else = true;
	w->state = g->entry;
}

static void
close_group(struct walk *w)
{
	struct group *g;

	if (w->groups.count == 0)
		return;
	g = &w->groups.items[w->groups.count - 1];
	end_branch(w, g);
	if (!g->has_else)
		g->out = join(g->out, g->entry);
	w->state = g->out;
	w->groups.count--;
}

/* "#line N" or "# N" of the source itself: right behind it if it is right. */
static bool
is_line(const struct walk *w, const struct vn_dir *dir)
{
	const struct vn_tok *tok;

	if (dir->kind != VN_DIR_OTHER || dir->ntok < 2)
		return (false);
	tok = &w->lex.toks[dir->tok + 1];
	return (tok->kind == VN_TOK_NUMBER ||
	    vn_tok_is(w->text.data, tok, "line"));
}

static void
take_line(struct walk *w, size_t line)
{
	if (w->map->lines[line] == 0)
		w->state = (struct range){ -(long)line - 1, (long)line + 1 };
	else
		w->state.low = w->state.high = wanted(w, line);
}

static void
take_directive(struct walk *w, const struct vn_dir *dir, size_t line)
{
	switch (dir->kind) {
	case VN_DIR_IF:
	case VN_DIR_IFDEF:
	case VN_DIR_IFNDEF:
		open_group(w, dir);
		break;
	case VN_DIR_ELIF:
	case VN_DIR_ELSE:
		next_branch(w, dir);
		break;
	case VN_DIR_ENDIF:
		close_group(w);
		break;
	default:
		if (is_line(w, dir))
			take_line(w, line);
	}
}

/*
 * The walk.
 */

void
vn_stretch_add(struct vn_stretches *stretches, const char *path, size_t line,
    size_t said, size_t want)
{
	struct vn_stretch *last, s;

	last = stretches->count == 0 ? NULL :
	    &stretches->items[stretches->count - 1];
	if (last != NULL && last->last == line - 1 &&
	    strcmp(last->path, path) == 0) {
		last->last = (unsigned)line;
		return;
	}
	s.path = vn_strdup(path);
	s.first = s.last = (unsigned)line;
	s.said = (unsigned)said;
	s.wanted = (unsigned)want;
	VN_PUSH(stretches, s);
}

/* A line that is compiled has its number, or is told of. */
static void
check_line(struct walk *w, size_t line)
{
	long said, want;

	if (!counts(w, line) || w->dead > 0)
		return;
	want = wanted(w, line);
	if (is_right(w, want))
		return;
	said = w->state.low + w->written;
	if (said == want)
		said = w->state.high + w->written;
	said += (long)line + 1;
	vn_stretch_add(w->stretches, w->path, line + 1,
	    said < 0 ? 0 : (size_t)said, w->map->lines[line]);
}

static void
walk_lines(struct walk *w)
{
	const char *line;
	size_t d = 0, i, len;

	for (i = 0; i < w->text.count; i++) {
		if (w->write && w->dead == 0) {
			if ((w->lines[i] & VN_LINE_SAFE) != 0)
				set_line(w, i);
			else
				shift_line(w, i);
		}
		for (; d < w->lex.ndirs && w->lex.dirs[d].off <
		    vn_text_start(&w->text, i + 1); d++)
			take_directive(w, &w->lex.dirs[d], i);
		check_line(w, i);
		line = vn_text_line(&w->text, i, &len);
		vn_strbuf_add(w->out, line, len);
	}
}

bool
vn_mirror_is_c(const char *path)
{
	static const char *const ends[] = { ".c", ".h", ".cc", ".cpp", ".cxx",
	    ".C", ".hh", ".hpp", ".hxx", ".H" };
	size_t i;

	for (i = 0; i < VN_NITEMS(ends); i++)
		if (vn_file_ends(path, ends[i]))
			return (true);
	return (false);
}

/* What is no C for sure, or numbers its lines itself, is left as it is. */
static bool
may_write(const struct walk *w)
{
	size_t i;

	for (i = 0; i < w->lex.ndirs; i++)
		if (is_line(w, &w->lex.dirs[i]))
			return (false);
	return (vn_mirror_is_c(w->path));
}

void
vn_linemap_neutralize(struct vn_strbuf *out, struct vn_stretches *stretches,
    const char *path, const struct vn_linemap *map, const char *converted,
    size_t len)
{
	struct walk w = { .map = map, .path = path, .out = out,
	    .stretches = stretches };

	vn_text_init(&w.text, converted, len);
	vn_lex(&w.lex, converted, len);
	w.lines = vn_line_kinds(&w.text, &w.lex);
	w.write = may_write(&w);
	walk_lines(&w);
	VN_FREE(&w.groups);
	free(w.lines);
	vn_lex_free(&w.lex);
	vn_text_free(&w.text);
}
