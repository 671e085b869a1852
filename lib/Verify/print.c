/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table for a person.
 */

#include <string.h>

#include "Verify/pair.h"

/* Differences of one pair that are printed, unless all are asked for. */
enum { DIFFERENCES_SHOWN = 10 };

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

static void
print_difference(FILE *out, const struct vn_difference *d)
{
	const char *at = d->symbol != NULL ? d->symbol : d->section;

	fprintf(out, "    %s", vn_difference_name(d->kind));
	if (at != NULL)
		fprintf(out, " %s", at);
	if (at != NULL && d->offset > 0)
		fprintf(out, "+%#llx", (unsigned long long)d->offset);
	if (d->was != NULL || d->now != NULL)
		fprintf(out, ": %s -> %s", or_none(d->was), or_none(d->now));
	if (d->where != NULL)
		fprintf(out, "   [%s]", d->where);
	putc('\n', out);
}

static void
print_differences(FILE *out, const struct vn_differences *list, bool all)
{
	size_t shown = list->count;

	if (!all && shown > DIFFERENCES_SHOWN)
		shown = DIFFERENCES_SHOWN;
	for (size_t i = 0; i < shown; i++)
		print_difference(out, &list->items[i]);
	if (shown < list->count)
		fprintf(out, "    and %zu more; -v prints them\n",
		    list->count - shown);
}

static void
print_cause(FILE *out, const struct vn_cause *c)
{

	fprintf(out, "    %s:", c->proven ? "cause" : "guess");
	if (c->where != NULL)
		fprintf(out, " %s:", c->where);
	if (c->what != NULL)
		fprintf(out, " %s", c->what);
	if (c->was != NULL || c->now != NULL)
		fprintf(out, ": %s -> %s", or_none(c->was), or_none(c->now));
	putc('\n', out);
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
	print_differences(out, &p->differences, judge->verbose);
	for (size_t i = 0; i < p->causes.count; i++)
		print_cause(out, &p->causes.items[i]);
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
