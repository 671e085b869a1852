/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 10: the header of the style, in each file that uses its words itself:
 * a source with a V_x or VNET_ word, a header with a virtualized declaration
 * or with a V_x outside of macro bodies.  Never twice, never relying on
 * another header.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/source.h"

#include "Rewrite/header_words.h"
#include "Rewrite/kernel.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"

#define	RULE	"include"

/* The name in an #include directive: "net/if.h" of <net/if.h>; "" if none. */
static const char *
included(const struct vn_source *s, size_t d, unsigned *len)
{
	const struct vn_dir *dir = &s->lex.dirs[d];
	int t = (int)dir->tok + 2;

	*len = 0;
	if (dir->kind != VN_DIR_INCLUDE || dir->ntok < 3 ||
	    s->lex.toks[t].kind != VN_TOK_HEADER || s->lex.toks[t].len < 3)
		return ("");
	*len = s->lex.toks[t].len - 2;
	return (s->data + s->lex.toks[t].off + 1);
}

static bool
includes(const struct vn_source *s, size_t d, const char *name)
{
	unsigned len;
	const char *text = included(s, d, &len);

	return (len == strlen(name) && memcmp(text, name, len) == 0);
}

/* Is the header in the directory of name (its part up to the slash)? */
static bool
in_directory_of(const struct vn_source *s, size_t d, const char *name)
{
	unsigned len;
	const char *text = included(s, d, &len);
	size_t n = (size_t)(strchr(name, '/') - name) + 1;

	return (len > n && memcmp(text, name, n) == 0);
}

static bool
has_include(const struct vn_source *s, const char *name)
{

	for (size_t d = 0; d < s->lex.ndirs; d++)
		if (includes(s, d, name))
			return (true);
	return (false);
}

static bool
is_named(const struct vn_source *s, const char *name)
{
	size_t n = strlen(s->path), m = strlen(name);

	return (n > m && strcmp(s->path + n - m, name) == 0 &&
	    s->path[n - m - 1] == '/');
}

/* Does the edited file use the style's words itself? */
static bool
needs_header(const struct vn_plan *plan, int source)
{
	const struct vn_source *s = plan->sources->items[source];
	bool header = vn_source_is_header(s);
	size_t i, end;

	for (i = vn_plan_range(plan, source, &end); i < end; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls == VN_EDITED && !o->outside &&
		    (!header || s->lex.toks[o->tok].dir == -1))
			return (true);
	}
	for (i = 0; i < plan->assignments.count; i++)
		if (plan->assignments.items[i].source == source)
			return (true);
	return (false);
}

/*
 * Does the file use words of the header where the first use of ours is
 * compiled?  Then another header brings it, and will go on doing so.
 */
static bool
relies_on_another(const struct vn_header_words *words,
    const struct vn_source *s, uint32_t first)
{
	int branch = vn_source_branch(s, first);

	for (int t = 0; t < (int)s->lex.ntoks; t++)
		if (vn_tok_ident(s, t) && s->lex.toks[t].dir == -1 &&
		    vn_header_words_have(words, s, t) &&
		    vn_branch_within(s, branch, vn_source_branch(s,
		    s->lex.toks[t].off)))
			return (true);
	return (false);
}

static bool
has_edits(const struct vn_plan *plan, int source)
{

	for (size_t i = 0; i < plan->edits.count; i++)
		if (plan->edits.items[i].source == source)
			return (true);
	return (false);
}

/* Where the include goes, and what parts it from its neighbours. */
struct spot {
	uint32_t	 off;
	const char	*before, *after;
};

static void
insert(struct vn_plan *plan, int source, struct spot spot)
{
	char *text = vn_asprintf("%s#include <%s>\n%s", spot.before,
	    plan->style->header, spot.after);

	vn_edits_add(&plan->edits, source, spot.off, 0, text, VN_RANK_INCLUDE,
	    RULE);
	free(text);
}

/* Where in a source an include serves all uses. */
struct window {
	const struct vn_source	*s;
	uint32_t		 first;		/* byte of the first use */
	int			 branch;	/* that all uses lie in */
	int			 without;	/* directive that does not
						   count, or -1 */
};

/* An occurrence that makes the header necessary, now or before an undo? */
static bool
is_use(const struct vn_plan *plan, const struct vn_occurrence *o)
{

	return (o->cls == VN_EDITED && !(plan->undo && o->done) &&
	    plan->sources->items[o->source]->lex.toks[o->tok].dir == -1);
}

/* The innermost branch around both, -1 being around all. */
static int
common_branch(const struct vn_source *s, int a, int b)
{

	while (!vn_branch_within(s, b, a))
		a = s->lex.dirs[a].parent;
	return (a);
}

/* A use at a byte of the source has to be served too. */
static void
widen(struct window *w, uint32_t off)
{
	int branch = vn_source_branch(w->s, off);

	w->branch = w->first == UINT32_MAX ? branch :
	    common_branch(w->s, w->branch, branch);
	if (off < w->first)
		w->first = off;
}

static struct window
window_of(const struct vn_plan *plan, int source)
{
	struct window w = { plan->sources->items[source], UINT32_MAX, -1, -1 };
	size_t i, end;

	for (i = vn_plan_range(plan, source, &end); i < end; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (is_use(plan, o))
			widen(&w, o->off);
	}
	for (i = 0; i < plan->assignments.count; i++)
		if (plan->assignments.items[i].source == source)
			widen(&w, plan->assignments.items[i].off);
	return (w);
}

/* Would an include after directive d serve? */
static bool
serves(const struct window *w, size_t d)
{
	const struct vn_dir *dir = &w->s->lex.dirs[d];

	return (dir->off < w->first && (int)d != w->without &&
	    vn_branch_within(w->s, w->branch, dir->parent));
}

/*
 * The last include that serves of the first run of includes from the directory
 * of name that starts at or after directive `from`; -1 if there is none.
 */
static int
run_end(const struct window *w, const char *name, size_t from)
{
	int last = -1;

	for (size_t d = from; d < w->s->lex.ndirs; d++) {
		if (w->s->lex.dirs[d].kind != VN_DIR_INCLUDE ||
		    (int)d == w->without)
			continue;
		if (!in_directory_of(w->s, d, name)) {
			if (last != -1)
				break;
			continue;
		}
		if (serves(w, d))
			last = (int)d;
	}
	return (last);
}

static int
last_serving(const struct window *w)
{
	int last = -1;

	for (size_t d = 0; d < w->s->lex.ndirs; d++)
		if (w->s->lex.dirs[d].kind == VN_DIR_INCLUDE && serves(w, d))
			last = (int)d;
	return (last);
}

static int
last_include(const struct vn_source *s, int branch, uint32_t before,
    int without)
{
	int last = -1;

	for (size_t d = 0; d < s->lex.ndirs && s->lex.dirs[d].off < before; d++)
		if (s->lex.dirs[d].kind == VN_DIR_INCLUDE &&
		    (int)d != without &&
		    s->lex.dirs[d].parent == branch)
			last = (int)d;
	return (last);
}

/* Directive of the header that must come first where sysctls are used. */
static int
forerunner(const struct vn_plan *plan, const struct window *w)
{

	for (size_t d = 0; plan->style->after != NULL &&
	    d < w->s->lex.ndirs; d++)
		if (includes(w->s, d, plan->style->after) && serves(w, d))
			return ((int)d);
	return (-1);
}

static bool
blank_at(const struct vn_source *s, uint32_t off)
{

	return (off >= s->len || s->data[off] == '\n' ||
	    strncmp(s->data + off, "\r\n", 2) == 0);
}

/* Does the file begin with a "#pragma once", as far as the compiler sees? */
static bool
is_pragma_once(const struct vn_source *s)
{

	return (s->lex.ndirs > 0 && s->lex.dirs[0].tok == 0 &&
	    s->lex.dirs[0].ntok == 3 && vn_tok_word(s, 1, "pragma") &&
	    vn_tok_word(s, 2, "once"));
}

/* Where nothing is included: after the first comment, or #pragma once. */
static uint32_t
top_of(const struct vn_source *s)
{
	const char *end;

	if (is_pragma_once(s))
		return (s->lex.dirs[0].end);
	if (s->len >= 3 && memcmp(s->data, "\357\273\277", 3) == 0)
		return (3);		/* a byte order mark */
	if (s->len < 2 || strncmp(s->data, "/*", 2) != 0 ||
	    (end = strstr(s->data, "*/")) == NULL ||
	    (end = strchr(end, '\n')) == NULL)
		return (0);
	return ((uint32_t)(end - s->data) + 1);
}

/* A paragraph of its own there. */
static struct spot
spot_at_top(const struct vn_source *s)
{
	uint32_t off = top_of(s);

	return ((struct spot){ off, off == 0 ? "" : "\n", blank_at(s, off) ?
	    "" : "\n" });
}

static struct spot
spot_in_source(const struct vn_plan *plan, const struct window *w)
{
	const struct vn_source *s = w->s;
	int first = forerunner(plan, w), at;

	at = run_end(w, plan->style->header, 0);
	if (at != -1 && at < first)
		at = run_end(w, plan->style->header, (size_t)first);
	if (at != -1)
		return ((struct spot){ s->lex.dirs[at].end, "", "" });
	at = run_end(w, plan->style->needs, first == -1 ? 0 : (size_t)first);
	if (at == -1 || !has_include(s, plan->style->needs))
		at = last_serving(w);
	if (at == -1)
		return (spot_at_top(s));
	return ((struct spot){ s->lex.dirs[at].end, "\n",
	    blank_at(s, s->lex.dirs[at].end) ? "" : "\n" });
}

static struct spot
spot_in_header(const struct vn_plan *plan, const struct vn_source *s,
    uint32_t first_use, int without)
{
	int branch = vn_kernel_branch(s, first_use), guard = -1, at;
	uint32_t end;

	/* Between the #ifdef _KERNEL and the declaration. */
	if (vn_kernel_unguarded(s, first_use))
		return ((struct spot){ vn_source_line_start(s, first_use), "",
		    "\n" });
	if (branch == -1 && s->lex.ndirs > 1 &&
	    s->lex.dirs[0].kind == VN_DIR_IFNDEF &&
	    s->lex.dirs[1].kind == VN_DIR_DEFINE)
		branch = 0, guard = 1;
	at = last_include(s, branch, first_use, without);
	if (at != -1) {
		bool kin = in_directory_of(s, (size_t)at, plan->style->header);

		end = s->lex.dirs[at].end;
		return ((struct spot){ end, kin ? "" : "\n",
		    kin || blank_at(s, end) ? "" : "\n" });
	}
	if (branch == -1)
		return (spot_at_top(s));
	end = s->lex.dirs[guard == 1 ? 1 : branch].end;
	return ((struct spot){ end, guard == 1 ? "\n" : "", blank_at(s, end) ?
	    "" : "\n" });
}

/* The byte of the first occurrence that makes the header necessary. */
static uint32_t
first_use(const struct vn_plan *plan, int source)
{
	size_t i, end;

	for (i = vn_plan_range(plan, source, &end); i < end; i++)
		if (is_use(plan, &plan->occurrences.items[i]))
			return (plan->occurrences.items[i].off);
	return (0);
}

bool
vn_include_is_added(const struct vn_plan *plan, int source, int dir)
{
	const struct vn_source *s = plan->sources->items[source];
	struct window w = window_of(plan, source);
	struct spot spot;

	w.without = dir;
	spot = vn_source_is_header(s) ? spot_in_header(plan, s,
	    first_use(plan, source), dir) : spot_in_source(plan, &w);
	for (uint32_t at = spot.off; at < s->lex.dirs[dir].off; at++)
		if (strchr(" \t\r\n", s->data[at]) == NULL)
			return (false);
	return (spot.off <= s->lex.dirs[dir].off);
}

/* Are there sysctls that take another macro from the header? */
static bool
has_sysctls(const struct vn_plan *plan, int source)
{
	size_t i, end;

	for (i = vn_plan_range(plan, source, &end); i < end; i++) {
		const struct vn_occurrence *o = &plan->occurrences.items[i];

		if (o->cls == VN_EDITED && !o->done &&
		    strcmp(o->what, "sysctl-pointer") == 0)
			return (true);
	}
	return (false);
}

/*
 * The include is there, but before the header that must come first where
 * sysctls are used: it is moved behind that one.
 */
static void
move_include(struct vn_plan *plan, int source)
{
	struct window w = window_of(plan, source);
	int first = forerunner(plan, &w);

	for (size_t d = 0; (int)d < first && has_sysctls(plan, source); d++)
		if (includes(w.s, d, plan->style->header) && serves(&w, d)) {
			vn_edits_add(&plan->edits, source, w.s->lex.dirs[d].off,
			    w.s->lex.dirs[d].end - w.s->lex.dirs[d].off, "",
			    0, RULE);
			insert(plan, source, spot_in_source(plan, &w));
			return;
		}
}

static void
include(struct vn_plan *plan, const struct vn_header_words *words, int source)
{
	const struct vn_source *s = plan->sources->items[source];
	uint32_t first = first_use(plan, source);
	struct window w;

	if (has_include(s, plan->style->header))
		move_include(plan, source);
	else if (relies_on_another(words, s, first))
		return;
	else if (vn_source_is_header(s))
		insert(plan, source, spot_in_header(plan, s, first, -1));
	else {
		w = window_of(plan, source);
		insert(plan, source, spot_in_source(plan, &w));
	}
}

void
vn_plan_includes(struct vn_plan *plan)
{
	struct vn_header_words *words = vn_header_words_read(plan->header);

	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];

		if (s->opened && s->in_path &&
		    !is_named(s, plan->style->header) &&
		    has_edits(plan, (int)i) && needs_header(plan, (int)i))
			include(plan, words, (int)i);
	}
	vn_header_words_free(words);
}
