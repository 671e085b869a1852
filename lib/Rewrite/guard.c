/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Conditions turned round.  A condition is read once into the alternatives
 * that make it true and those that make it false; what is neither a test of a
 * macro nor a constant has none of both.
 */

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/source.h"

#include "Rewrite/guard.h"

/* What makes a condition true, and what makes it false. */
struct cond {
	struct vn_guard	yes, no;
};

/* Tokens of a condition being read. */
struct reader {
	const struct vn_source	*s;
	int			 t, end, depth;
};

enum { DEEPEST = 32 };	/* operands in operands */

void
vn_guard_init(struct vn_guard *guard)
{

	guard->count = 1;
	guard->items[0].count = 0;
}

static bool
same_macro(const struct vn_setting *a, const struct vn_setting *b)
{

	return (a->len == b->len && memcmp(a->macro, b->macro, a->len) == 0);
}

static struct vn_setting *
find(const struct vn_settings *settings, const struct vn_setting *of)
{

	for (size_t i = 0; i < settings->count; i++)
		if (same_macro(&settings->items[i], of))
			return ((struct vn_setting *)(uintptr_t)
			    &settings->items[i]);
	return (NULL);
}

/* Add one setting, or let it sharpen the one of the same macro. */
static bool
join_one(struct vn_settings *settings, const struct vn_setting *add)
{
	struct vn_setting *old = find(settings, add);

	if (old == NULL) {
		if (settings->count == VN_SETTINGS_MAX)
			return (false);
		settings->items[settings->count++] = *add;
		return (true);
	}
	if (old->defined != add->defined)
		return (false);
	if (!add->defined || add->any)
		return (true);
	if (!old->any && old->value != add->value)
		return (false);
	*old = *add;
	return (true);
}

bool
vn_settings_join(struct vn_settings *settings, const struct vn_settings *more)
{
	struct vn_settings sum = *settings;

	for (size_t i = 0; i < more->count; i++)
		if (!join_one(&sum, &more->items[i]))
			return (false);
	*settings = sum;
	return (true);
}

bool
vn_settings_hold(const struct vn_settings *settings,
    const struct vn_settings *part)
{

	for (size_t i = 0; i < part->count; i++) {
		const struct vn_setting *want = &part->items[i];
		const struct vn_setting *has = find(settings, want);

		if (has == NULL || has->defined != want->defined ||
		    (want->defined && !want->any &&
		    (has->any || has->value != want->value)))
			return (false);
	}
	return (true);
}

/* ------ alternatives ------ */

/* Add one, unless there is one that asks for no more. */
static void
add_alternative(struct vn_guard *guard, const struct vn_settings *add)
{

	for (size_t i = 0; i < guard->count; i++)
		if (vn_settings_hold(add, &guard->items[i]))
			return;
	if (guard->count < VN_GUARD_MAX)
		guard->items[guard->count++] = *add;
}

static struct vn_guard
both(const struct vn_guard *a, const struct vn_guard *b)
{
	struct vn_guard out = { .count = 0 };

	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++) {
			struct vn_settings sum = a->items[i];

			if (vn_settings_join(&sum, &b->items[k]))
				add_alternative(&out, &sum);
		}
	return (out);
}

static struct vn_guard
either(const struct vn_guard *a, const struct vn_guard *b)
{
	struct vn_guard out = *a;

	for (size_t i = 0; i < b->count; i++)
		add_alternative(&out, &b->items[i]);
	return (out);
}

static struct cond
negated(const struct cond *c)
{

	return ((struct cond){ .yes = c->no, .no = c->yes });
}

static struct cond
constant(bool truth)
{
	struct cond c = { .yes.count = 0 };

	vn_guard_init(truth ? &c.yes : &c.no);
	return (c);
}

static struct cond
unknown(void)
{

	return ((struct cond){ .yes.count = 0 });
}

/* ------ tests of one macro ------ */

/* C11 6.4.1 and 7.1.3; and "defined", 6.10.8. */
static bool
is_reserved(const char *name, unsigned len)
{
	static const char *const words[] = { "auto", "break", "case", "char",
	    "const", "continue", "default", "defined", "do", "double", "else",
	    "enum", "extern", "float", "for", "goto", "if", "inline", "int",
	    "long", "register", "restrict", "return", "short", "signed",
	    "sizeof", "static", "struct", "switch", "typedef", "union",
	    "unsigned", "void", "volatile", "while" };

	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (strlen(words[i]) == len &&
		    memcmp(words[i], name, len) == 0)
			return (true);
	return (len > 1 && name[0] == '_' && (name[1] == '_' ||
	    (name[1] >= 'A' && name[1] <= 'Z')));
}

static void
add_setting(struct vn_guard *guard, struct vn_setting setting)
{
	struct vn_settings one = { .items = { setting }, .count = 1 };

	add_alternative(guard, &one);
}

/* The macro at token t, as a setting that is not defined; false: not ours. */
static bool
macro_at(const struct reader *r, int t, struct vn_setting *out)
{

	if (t >= r->end || !vn_tok_ident(r->s, t) ||
	    (r->s->lex.toks[t].flags & VN_TF_SPLICED))
		return (false);
	*out = (struct vn_setting){ .defined = false };
	out->macro = vn_tok_text(r->s, t, &out->len);
	return (!is_reserved(out->macro, out->len));
}

static struct cond
is_defined(const struct reader *r, int t)
{
	struct vn_setting m;
	struct cond c = unknown();

	if (!macro_at(r, t, &m))
		return (c);
	add_setting(&c.no, m);
	m.defined = m.any = true;
	add_setting(&c.yes, m);
	return (c);
}

static bool
compare(long a, const char *op, long b)
{

	switch (op[0]) {
	case '=':
		return (a == b);
	case '!':
		return (a != b);
	case '<':
		return (op[1] == '=' ? a <= b : a < b);
	default:
		return (op[1] == '=' ? a >= b : a > b);
	}
}

/* A value for which "macro op n" is what is wanted; not defined is 0. */
static void
add_value(struct vn_guard *guard, struct vn_setting m, const char *op, long n,
    bool want)
{
	const long tries[] = { 0, 1, n, n + 1, n - 1 };

	for (size_t i = 0; i < VN_NITEMS(tries); i++) {
		if (compare(tries[i], op, n) != want)
			continue;
		if (tries[i] == 0)
			add_setting(guard, m);
		m.defined = true;
		m.value = tries[i];
		add_setting(guard, m);
		return;
	}
}

static struct cond
compared(const struct reader *r, int t, const char *op, long n)
{
	struct vn_setting m;
	struct cond c = unknown();

	if (!macro_at(r, t, &m))
		return (c);
	add_value(&c.yes, m, op, n, true);
	add_value(&c.no, m, op, n, false);
	return (c);
}

/* ------ the condition's grammar ------ */

static bool
punct(const struct reader *r, int t, const char *text)
{

	return (t < r->end && vn_tok_punct(r->s, t, text));
}

static bool
number_at(const struct reader *r, int t, long *out)
{
	unsigned len;
	const char *text;
	char *end;

	if (t >= r->end || r->s->lex.toks[t].kind != VN_TOK_NUMBER)
		return (false);
	text = vn_tok_text(r->s, t, &len);
	errno = 0;
	*out = strtol(text, &end, 0);
	if (errno != 0 || *out == LONG_MAX)
		return (false);
	for (; end < text + len; end++)
		if (strchr("uUlL", *end) == NULL)
			return (false);
	return (true);
}

/* "op" at token t, or NULL; mirrored where the number stands before it. */
static const char *
comparison_at(const struct reader *r, int t, bool mirrored)
{
	static const char *const ops[] = { "==", "!=", "<", "<=", ">", ">=" };
	static const char *const mirror[] = { "==", "!=", ">", ">=", "<",
	    "<=" };

	for (size_t i = 0; i < VN_NITEMS(ops); i++)
		if (punct(r, t, ops[i]))
			return (mirrored ? mirror[i] : ops[i]);
	return (NULL);
}

/* Does an operand end here: nothing but && and || go on? */
static bool
at_joint(const struct reader *r)
{

	return (r->t >= r->end || punct(r, r->t, "&&") ||
	    punct(r, r->t, "||") || punct(r, r->t, ")"));
}

/* Arithmetic, a macro with arguments: up to where the operand ends. */
static struct cond
skip_operand(struct reader *r)
{

	while (!at_joint(r)) {
		int close = r->s->outline.match[r->t];

		r->t = close > r->t && close < r->end ? close + 1 : r->t + 1;
	}
	return (unknown());
}

static struct cond read_or(struct reader *r);

static struct cond
read_defined(struct reader *r)
{
	bool bracket = punct(r, ++r->t, "(");
	struct cond c = is_defined(r, r->t + bracket);

	r->t += 1 + 2 * bracket;
	return (c);
}

static struct cond
read_word(struct reader *r)
{
	const char *op = comparison_at(r, r->t + 1, false);
	int t = r->t++;
	long n;

	if (op != NULL && number_at(r, t + 2, &n)) {
		r->t += 2;
		return (compared(r, t, op, n));
	}
	return (compared(r, t, "!=", 0));
}

static struct cond
read_number(struct reader *r)
{
	const char *op = comparison_at(r, r->t + 1, true);
	int t = r->t++;
	long n;

	if (!number_at(r, t, &n))
		return (unknown());
	if (op != NULL && t + 2 < r->end && vn_tok_ident(r->s, t + 2)) {
		r->t += 2;
		return (compared(r, t + 2, op, n));
	}
	return (constant(n != 0));
}

static struct cond read_unary(struct reader *r);

static struct cond
read_operand(struct reader *r)
{
	struct cond c;

	if (punct(r, r->t, "!")) {
		r->t++;
		c = read_unary(r);
		return (negated(&c));
	}
	if (punct(r, r->t, "(")) {
		r->t++;
		c = read_or(r);
		r->t++;
	} else if (r->t < r->end && vn_tok_word(r->s, r->t, "defined"))
		c = read_defined(r);
	else if (r->t < r->end && vn_tok_ident(r->s, r->t))
		c = read_word(r);
	else if (r->t < r->end &&
	    r->s->lex.toks[r->t].kind == VN_TOK_NUMBER)
		c = read_number(r);
	else
		return (skip_operand(r));
	return (at_joint(r) ? c : skip_operand(r));
}

static struct cond
read_unary(struct reader *r)
{
	struct cond c;

	if (r->depth == DEEPEST) {
		r->t = r->end;
		return (unknown());
	}
	r->depth++;
	c = read_operand(r);
	r->depth--;
	return (c);
}

static struct cond
read_and(struct reader *r)
{
	struct cond c = read_unary(r), d;

	while (punct(r, r->t, "&&")) {
		r->t++;
		d = read_unary(r);
		c = (struct cond){ both(&c.yes, &d.yes),
		    either(&c.no, &d.no) };
	}
	return (c);
}

static struct cond
read_or(struct reader *r)
{
	struct cond c = read_and(r), d;

	while (punct(r, r->t, "||")) {
		r->t++;
		d = read_and(r);
		c = (struct cond){ either(&c.yes, &d.yes),
		    both(&c.no, &d.no) };
	}
	return (c);
}

/* ------ branches ------ */

static struct cond
condition_of(const struct vn_source *s, int dir)
{
	const struct vn_dir *d = &s->lex.dirs[dir];
	struct reader r = { s, (int)d->tok + 2, (int)(d->tok + d->ntok), 0 };
	const int word = (int)d->tok + 1;
	struct cond c;

	if (d->kind == VN_DIR_ELSE)
		return (constant(true));
	if (vn_tok_word(s, word, "ifdef") || vn_tok_word(s, word, "elifdef"))
		return (is_defined(&r, r.t));
	if (vn_tok_word(s, word, "ifndef") ||
	    vn_tok_word(s, word, "elifndef")) {
		c = is_defined(&r, r.t);
		return (negated(&c));
	}
	return (read_or(&r));
}

int
vn_guard_opening(const struct vn_source *source, int branch)
{

	for (int i = branch; i >= 0; i--) {
		int n = i;

		if (source->lex.dirs[i].kind < VN_DIR_IF ||
		    source->lex.dirs[i].kind > VN_DIR_IFNDEF ||
		    source->lex.dirs[i].parent !=
		    source->lex.dirs[branch].parent)
			continue;
		while (n != -1 && n < branch)
			n = source->lex.dirs[n].next;
		if (n == branch)
			return (i);
	}
	return (branch);
}

bool
vn_guard_narrow(struct vn_guard *guard, const struct vn_source *source,
    int branch)
{
	struct vn_guard sum = *guard;

	for (int d = vn_guard_opening(source, branch); d != -1 && d <= branch;
	    d = source->lex.dirs[d].next) {
		struct cond c = condition_of(source, d);

		sum = both(&sum, d == branch ? &c.yes : &c.no);
	}
	if (sum.count == 0)
		return (false);
	*guard = sum;
	return (true);
}

bool
vn_guard_allows(const struct vn_guard *guard,
    const struct vn_settings *settings)
{

	for (size_t i = 0; i < guard->count; i++) {
		struct vn_settings sum = guard->items[i];

		if (vn_settings_join(&sum, settings))
			return (true);
	}
	return (false);
}

/* The macro that an #ifndef or "#if !defined" tests, or -1. */
static int
guard_name(const struct vn_source *s, const struct vn_dir *d)
{
	struct reader r = { s, (int)d->tok + 2, (int)(d->tok + d->ntok), 0 };

	if (d->kind == VN_DIR_IF) {
		if (!punct(&r, r.t, "!") || r.t + 2 >= r.end ||
		    !vn_tok_word(s, r.t + 1, "defined"))
			return (-1);
		r.t += 2 + punct(&r, r.t + 2, "(");
	} else if (d->kind != VN_DIR_IFNDEF)
		return (-1);
	return (r.t < r.end && vn_tok_ident(s, r.t) ? r.t : -1);
}

bool
vn_guard_is_include(const struct vn_source *source, int branch)
{
	const struct vn_dir *next = source->lex.dirs + 1;
	size_t n = source->lex.ndirs;
	int name;

	if (branch != 0 || n < 3 || next->kind != VN_DIR_DEFINE ||
	    next->ntok < 3 || source->lex.dirs->next != (int)n - 1 ||
	    source->lex.dirs[n - 1].kind != VN_DIR_ENDIF)
		return (false);
	name = guard_name(source, source->lex.dirs);
	return (name != -1 && vn_tok_same(source, name, (int)next->tok + 2));
}
