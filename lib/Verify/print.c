/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table for a person.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Verify/pair.h"

enum {
	DIFFERENCES_SHOWN = 10,	/* of one pair, unless all are asked for */
	WIDTH = 80		/* columns of a line that shows a change */
};

static const char *const rung_words[VN_RUNG_DIFFERS + 1] = {
	[VN_RUNG_BYTES] = "identical",
	[VN_RUNG_DEBUG] = "but for debug data",
	[VN_RUNG_SYMBOLS] = "but for names of local symbols",
	[VN_RUNG_RENAMES] = "but for planned renames",
	[VN_RUNG_ORDER] = "but for the order of data",
	[VN_RUNG_DIFFERS] = "different"
};

static const char *
or_none(const char *text)
{

	return (text == NULL ? "(none)" : text);
}

/*
 * What something was and what it is, behind what stands in line: on that line
 * if there is room, else each on its own.
 */
static void
print_change(FILE *out, struct vn_strbuf *line, const char *was,
    const char *now, const char *tail)
{
	bool wide;

	was = or_none(was);
	now = or_none(now);
	wide = line->len + strlen(was) + strlen(now) + strlen(": -> ") +
	    strlen(tail) > WIDTH;
	vn_strbuf_putc(line, '\0');
	if (wide)
		fprintf(out, "%s%s\n        - %s\n        + %s\n", line->data,
		    tail, was, now);
	else
		fprintf(out, "%s: %s -> %s%s\n", line->data, was, now, tail);
}

static void
print_difference(FILE *out, const struct vn_difference *d)
{
	const char *at = d->symbol != NULL ? d->symbol : d->section;
	char *tail = d->where == NULL ? vn_strdup("") :
	    vn_asprintf("   [%s]", d->where);
	struct vn_strbuf line = { 0 };

	vn_strbuf_printf(&line, "    %s", vn_difference_name(d->kind));
	if (at != NULL)
		vn_strbuf_printf(&line, " %s", at);
	if (at != NULL && d->offset > 0)
		vn_strbuf_printf(&line, "+%#llx",
		    (unsigned long long)d->offset);
	if (d->was != NULL || d->now != NULL)
		print_change(out, &line, d->was, d->now, tail);
	else
		fprintf(out, "%.*s%s\n", (int)line.len, line.data, tail);
	vn_strbuf_free(&line);
	free(tail);
}

/* How many of a list are printed; of the rest, that there are some. */
static size_t
count_shown(size_t count, bool all)
{

	return (all || count <= DIFFERENCES_SHOWN ? count : DIFFERENCES_SHOWN);
}

static void
print_left(FILE *out, size_t shown, size_t count)
{

	if (shown < count)
		fprintf(out, "    and %zu more; -v prints them\n",
		    count - shown);
}

void
vn_differences_print(FILE *out, const struct vn_differences *list, bool all)
{
	size_t shown = count_shown(list->count, all);

	for (size_t i = 0; i < shown; i++)
		print_difference(out, &list->items[i]);
	print_left(out, shown, list->count);
}

static void
print_cause(FILE *out, const struct vn_cause *c)
{
	struct vn_strbuf line = { 0 };

	vn_strbuf_printf(&line, "    %s:", c->proven ? "cause" : "guess");
	if (c->where != NULL && *c->where != '\0')
		vn_strbuf_printf(&line, " %s:", c->where);
	if (c->what != NULL)
		vn_strbuf_printf(&line, " %s", c->what);
	if (c->was != NULL || c->now != NULL)
		print_change(out, &line, c->was, c->now, "");
	else
		fprintf(out, "%.*s\n", (int)line.len, line.data);
	vn_strbuf_free(&line);
}

static void
print_causes(FILE *out, const struct vn_causes *list, bool all)
{
	size_t shown = count_shown(list->count, all);

	for (size_t i = 0; i < shown; i++)
		print_cause(out, &list->items[i]);
	print_left(out, shown, list->count);
}

static bool
is_error(const char *line, size_t len)
{

	return (memmem(line, len, "error: ", 7) != NULL ||
	    memmem(line, len, "Error: ", 7) != NULL);
}

/*
 * What the compiler said, each line with a margin: all of it, or the lines of
 * errors.
 */
static void
print_messages(FILE *out, const char *text, bool all)
{
	size_t shown = 0;

	if (!all && text != NULL && !is_error(text, strlen(text)))
		all = true;
	while (text != NULL && *text != '\0') {
		size_t len = strcspn(text, "\n");

		if ((all || is_error(text, len)) &&
		    (all || shown++ < DIFFERENCES_SHOWN))
			fprintf(out, "    %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/* Two words or so for the line of a pair that was compared. */
static const char *
word_of(const struct vn_pair *p)
{

	if (p->quick)
		return ("the same code if it compiles");
	if (p->historical)
		return (p->rung == VN_RUNG_DIFFERS ? "differs" :
		    "equal as of 2008");
	if (p->rung == VN_RUNG_ORDER)
		return ("differs in the order of data");
	if (p->rung == VN_RUNG_DIFFERS)
		return ("differs");
	return (rung_words[p->rung]);
}

static void
print_compared(FILE *out, const struct vn_pair *p, enum vn_verdict verdict,
    const struct vn_judge *judge)
{
	const char *but = p->rung == VN_RUNG_DEBUG ||
	    p->rung == VN_RUNG_SYMBOLS || p->rung == VN_RUNG_RENAMES ?
	    "equal " : "";

	fprintf(out, "%s: %s%s", p->name, p->quick || p->historical ? "" : but,
	    word_of(p));
	if (p->unmapped)
		fputs("; a line number in it cannot be mapped", out);
	fputs(verdict == VN_EXPECTED ? ", as expected\n" : "\n", out);
	if (verdict == VN_EXPECTED && !judge->verbose)
		return;
	vn_differences_print(out, &p->differences, judge->verbose);
	print_causes(out, &p->causes, judge->verbose);
}

static void
print_pair(FILE *out, const struct vn_pair *p, const struct vn_judge *judge)
{
	enum vn_verdict verdict = vn_pair_verdict(p, judge);
	bool both;

	if (verdict <= VN_DIFFERENT) {
		if (verdict != VN_EQUAL || judge->verbose)
			print_compared(out, p, verdict, judge);
		return;
	}
	both = p->presence[VN_PLAIN] == VN_FAILED &&
	    p->presence[VN_CONVERTED] == VN_FAILED;
	fprintf(out, "%s: %s\n", p->name, both ? "failed on both sides" :
	    vn_verdict_name(verdict));
	for (int side = 0; side < 2; side++)
		if (p->presence[side] == VN_FAILED &&
		    (side == VN_PLAIN || !both || judge->verbose))
			print_messages(out, p->messages[side], judge->verbose);
}

/* ------ sums ------ */

static void
print_rungs(FILE *out, const struct vn_sums *s)
{
	const char *plus = "=";

	fprintf(out, "%zu compared", s->compared);
	if (s->historical) {
		fprintf(out, " = %zu equal as of 2008 + %zu different\n",
		    s->compared - s->rungs[VN_RUNG_DIFFERS],
		    s->rungs[VN_RUNG_DIFFERS]);
		return;
	}
	for (int i = VN_RUNG_BYTES; i <= VN_RUNG_DIFFERS; i++) {
		if (s->rungs[i] == 0 && i != VN_RUNG_BYTES &&
		    i != VN_RUNG_DIFFERS)
			continue;
		fprintf(out, " %s %zu %s", plus, s->rungs[i], rung_words[i]);
		plus = "+";
	}
	if (s->quick > 0)
		fprintf(out, " + %zu told from tokens", s->quick);
	if (s->unmapped > 0)
		fprintf(out, " + %zu with line numbers that cannot be mapped",
		    s->unmapped);
	putc('\n', out);
}

static void
print_sums(FILE *out, const struct vn_sums *s)
{

	fprintf(out, "%zu object%s = %zu compared + %zu only in plain + "
	    "%zu only in converted + %zu failed in plain + %zu failed in "
	    "converted\n", s->all, s->all == 1 ? "" : "s", s->compared,
	    s->only[VN_PLAIN], s->only[VN_CONVERTED], s->failed[VN_PLAIN],
	    s->failed[VN_CONVERTED]);
	print_rungs(out, s);
	fprintf(out, "%zu compared = %zu equal + %zu expected to differ + %zu "
	    "that must not differ\n", s->compared, s->equal, s->expected,
	    s->differ);
	if (s->historical)
		fputs("not compared: relocations, symbols and their sizes; a "
		    "reference to another variable is not seen\n", out);
	if (s->quick > 0)
		fputs("not compiled: what was told from tokens\n", out);
}

void
vn_pairs_print(FILE *out, const struct vn_pairs *pairs,
    const struct vn_judge *judge, const struct vn_sums *sums)
{

	for (size_t i = 0; i < pairs->count; i++)
		print_pair(out, &pairs->items[i], judge);
	print_sums(out, sums);
	if (pairs->left_out > 0)
		fprintf(out, "not counted: %zu module%s (.ko, .kld), whose "
		    "objects decide\n", pairs->left_out,
		    pairs->left_out == 1 ? "" : "s");
}
