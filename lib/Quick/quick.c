/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Comparing preprocessed text.  Both sides are walked in step: where they are
 * not equal, the converted side has to have "(x)" and the plain one "x".
 */

#include "Quick/quick.h"

#include <stdlib.h>
#include <string.h>

#include "Quick/ptokens.h"
#include "Quick/spelled.h"
#include "Support/mem.h"

struct comparing {
	const struct vn_ptokens *plain, *converted;
	const struct vn_spelled *spelled;
	int		*files;		/* by the converted side's: index in
					   spelled, or UNKNOWN; owned */
	bool		 assembler;
	VN_VEC(size_t)	 allowed;	/* x of "(x)", converted side; owned */
};

enum { UNKNOWN = -2 };

static bool
follows(const struct vn_ptokens *t, size_t i, const char *word)
{
	return (i > 0 && vn_ptoken_is(t, i - 1, word));
}

/* The parenthesis or bracket that the one at i closes; 0 if there is none. */
static size_t
opener(const struct vn_ptokens *t, size_t i)
{
	size_t depth = 0;

	for (; i > 0; i--) {
		if (vn_ptoken_is(t, i, ")") || vn_ptoken_is(t, i, "]"))
			depth++;
		else if ((vn_ptoken_is(t, i, "(") || vn_ptoken_is(t, i, "[")) &&
		    --depth == 0)
			break;
	}
	return (i);
}

/*
 * Are the names after the brace at i enumerators?  Before it stands "enum", a
 * tag, attributes and a type perhaps.
 */
static bool
opens_enum(const struct vn_ptokens *t, size_t i)
{
	while (i-- > 0) {
		if (vn_ptoken_is(t, i, "enum"))
			return (true);
		if (vn_ptoken_is(t, i, "]"))
			i = opener(t, i);
		else if (vn_ptoken_is(t, i, ")")) {
			i = opener(t, i);
			if (i == 0 || t->items[i - 1].len < 11 ||
			    memcmp(t->text + t->items[i - 1].off,
			    "__attribute", 11) != 0)
				return (false);
		} else if (!vn_ptoken_isname(t, i) && !vn_ptoken_is(t, i, ":"))
			return (false);
	}
	return (false);
}

/* Does an enumerator begin at i?  A ';' is in no enumerator list. */
static bool
is_enumerator(const struct vn_ptokens *t, size_t i)
{
	size_t depth = 0;

	if (!follows(t, i, "{") && !follows(t, i, ","))
		return (false);
	while (i-- > 0) {
		char c = t->text[t->items[i].off];

		if (t->items[i].len != 1)
			continue;
		if (c == ';')
			return (false);
		if (c == ')' || c == ']' || c == '}')
			depth++;
		else if (c == '{' && depth == 0)
			return (opens_enum(t, i));
		else if ((c == '(' || c == '[' || c == '{') && depth-- == 0)
			return (false);
	}
	return (false);
}

/* What speaks against "(x)" at j, or NULL. */
static const char *
objection(struct comparing *c, size_t j)
{
	const struct vn_ptokens *t = c->converted;
	const struct vn_ptoken *x = &t->items[j + 1];
	const char *name = t->text + x->off;
	int file = -1;

	if (c->assembler || !vn_ptoken_isname(t, j + 1))
		return ("the tokens differ");
	if (follows(t, j, ".") || follows(t, j, "->") || follows(t, j, "goto"))
		return ("parentheses after '.', '->' or 'goto'");
	if (is_enumerator(t, j))
		return ("parentheses in an enumerator list");
	if (!vn_spelled_listed(c->spelled, name, x->len))
		return ("parentheses round a name without a V_ macro");
	if (x->file >= 0 && c->files[x->file] == UNKNOWN)
		c->files[x->file] = vn_spelled_file(c->spelled,
		    t->files[x->file]);
	if (x->file >= 0)
		file = c->files[x->file];
	if (!vn_spelled_at(c->spelled, name, x->len, file, x->line))
		return ("parentheses round a name not spelled with V_ there");
	return (NULL);
}

/* Is there "(x)" at j of the converted side, and "x" at i of the plain one? */
static bool
is_parens(const struct comparing *c, size_t i, size_t j)
{
	return (i < c->plain->count && j + 2 < c->converted->count &&
	    vn_ptoken_is(c->converted, j, "(") &&
	    vn_ptoken_is(c->converted, j + 2, ")") &&
	    vn_ptoken_same(c->plain, i, c->converted, j + 1));
}

/* '0' is a digit, 'a' a letter, '_' a blank or a digit; else itself. */
static bool
matches(const char *s, const char *pattern)
{
	for (; *pattern != '\0'; s++, pattern++)
		switch (*pattern) {
		case '0':
			if (*s < '0' || *s > '9')
				return (false);
			break;
		case 'a':
			if ((*s | 0x20) < 'a' || (*s | 0x20) > 'z')
				return (false);
			break;
		case '_':
			if (*s != ' ' && (*s < '0' || *s > '9'))
				return (false);
			break;
		default:
			if (*s != *pattern)
				return (false);
		}
	return (true);
}

/*
 * Is the string, or one in quotes within it (made by '#'), what __TIME__,
 * __DATE__ or __TIMESTAMP__ expand to?
 */
static bool
has_date(const char *s, size_t len)
{
	static const char *const patterns[] = { "00:00:00", "aaa _0 0000",
	    "aaa aaa _0 00:00:00 0000", "??:??:??", "??? ?? ????",
	    "??? ??? ?? ??:??:?? ????" };

	for (size_t i = 1; i < len; i++) {
		if (s[i - 1] != '"')
			continue;
		for (size_t n = 0; n < VN_NITEMS(patterns); n++) {
			size_t end = i + strlen(patterns[n]);

			if (end < len && (s[end] == '"' || s[end] == '\\') &&
			    matches(s + i, patterns[n]))
				return (true);
		}
	}
	return (false);
}

/* Names whose value only the compiler knows. */
static const char *
name_objection(const struct vn_ptokens *t, size_t i)
{
	static const char *const builtins[] = { "__builtin_LINE",
	    "__builtin_FILE", "__builtin_FILE_NAME", "__builtin_COLUMN",
	    "__builtin_source_location", "__TIMESTAMP__", "__DATE__",
	    "__TIME__" };

	for (size_t n = 0; n < VN_NITEMS(builtins); n++)
		if (vn_ptoken_is(t, i, builtins[n]))
			return (builtins[n]);
	return (NULL);
}

/* A directive that preprocessing left. */
static const char *
directive_objection(const char *s, size_t len)
{
	size_t i = 1;

	while (i < len && (s[i] == ' ' || s[i] == '\t'))
		i++;
	if ((len - i >= 6 && memcmp(s + i, "pragma", 6) == 0) ||
	    (len - i >= 5 && memcmp(s + i, "ident", 5) == 0))
		return (NULL);
	return ("a directive that is not preprocessed");
}

/* Why token i, equal on both sides, is for the compiler to judge, or NULL. */
static const char *
token_objection(const struct comparing *c, size_t i)
{
	const struct vn_ptokens *t = c->converted;
	const struct vn_ptoken *tok = &t->items[i];
	const char *s = t->text + tok->off;

	if (*s == '_' && tok->len > 7 && s[1] == '_')
		return (name_objection(t, i));
	if (*s == '#' && tok->first && !c->assembler)
		return (directive_objection(s, tok->len));
	if (s[tok->len - 1] == '"' && has_date(s, tok->len))
		return ("a date or time");
	if ((s[tok->len - 1] == '"' || c->assembler) && vn_ptokens_opens(t, i))
		return ("an .incbin or .include");
	return (NULL);
}

/* Blank, or newline, or nothing before the token? */
static int
gap(const struct vn_ptokens *t, size_t i)
{
	if (i == 0 || t->items[i].first)
		return (2);
	return (t->items[i - 1].off + t->items[i - 1].len != t->items[i].off);
}

static bool
is_equal(const struct comparing *c, size_t i, size_t j)
{
	if (i >= c->plain->count || j >= c->converted->count ||
	    !vn_ptoken_same(c->plain, i, c->converted, j))
		return (false);
	return (!c->assembler || gap(c->plain, i) == gap(c->converted, j));
}

/* Walk; returns what makes it open, and where in *at, or NULL. */
static const char *
walk(struct comparing *c, size_t *at)
{
	const char *why;
	size_t i = 0, j;

	for (j = 0; i < c->plain->count || j < c->converted->count; i++, j++) {
		*at = j;
		if (is_equal(c, i, j)) {
			why = token_objection(c, j);
		} else if (is_parens(c, i, j)) {
			why = objection(c, j);
			VN_PUSH(&c->allowed, j + 1);
			j += 2;
		} else
			why = "the tokens differ";
		if (why != NULL)
			return (why);
	}
	return (NULL);
}

/* Does a declarator of a typedef end with the name at i? */
static bool
is_declared(const struct vn_ptokens *t, size_t i, size_t depth)
{
	static const char *const after[] = { ";", ",", "[", "(",
	    "__attribute__", "__attribute" };

	if (i + 1 >= t->count || !vn_ptoken_isname(t, i) ||
	    follows(t, i, "struct") || follows(t, i, "union") ||
	    follows(t, i, "enum"))
		return (false);
	if (depth > 0)
		return (vn_ptoken_is(t, i + 1, ")") ||
		    vn_ptoken_is(t, i + 1, "["));
	for (size_t n = 0; n < VN_NITEMS(after); n++)
		if (vn_ptoken_is(t, i + 1, after[n]))
			return (true);
	return (false);
}

/* Is the name at i one of those in parentheses?  at becomes where. */
static bool
is_allowed(const struct comparing *c, size_t i, size_t *at)
{
	for (size_t n = 0; n < c->allowed.count; n++)
		if (vn_ptoken_same(c->plain, i, c->converted,
		    c->allowed.items[n])) {
			*at = c->allowed.items[n];
			return (true);
		}
	return (false);
}

/* One typedef of the plain side, from i: does it make a type of such a name? */
static bool
typedef_takes(const struct comparing *c, size_t i, size_t *at)
{
	const struct vn_ptokens *t = c->plain;
	size_t braces = 0, parens = 0;

	for (; i < t->count; i++) {
		if (braces == 0 && parens == 0 && vn_ptoken_is(t, i, ";"))
			return (false);
		if (vn_ptoken_is(t, i, "{") || vn_ptoken_is(t, i, "["))
			braces++;
		else if (vn_ptoken_is(t, i, "}") || vn_ptoken_is(t, i, "]"))
			braces -= braces > 0;
		else if (vn_ptoken_is(t, i, "("))
			parens++;
		else if (vn_ptoken_is(t, i, ")"))
			parens -= parens > 0;
		else if (braces == 0 && is_declared(t, i, parens) &&
		    vn_spelled_listed(c->spelled, t->text + t->items[i].off,
		    t->items[i].len) && is_allowed(c, i, at))
			return (true);
	}
	return (false);
}

/* "(T) *p" is not "T *p". */
static const char *
find_types(const struct comparing *c, size_t *at)
{
	if (c->allowed.count == 0)
		return (NULL);
	for (size_t i = 0; i < c->plain->count; i++)
		if (vn_ptoken_is(c->plain, i, "typedef") &&
		    typedef_takes(c, i, at))
			return ("parentheses round a type");
	return (NULL);
}

static void
set_place(const struct vn_ptokens *t, size_t at, const char **file,
    unsigned *line)
{
	*file = NULL;
	*line = 0;
	if (t->count == 0)
		return;
	if (at >= t->count)
		at = t->count - 1;
	if (t->items[at].file >= 0)
		*file = t->files[t->items[at].file];
	*line = t->items[at].line;
}

static bool
is_assembler(const struct vn_ptokens *t)
{
	const char *dot = t->nfiles > 0 ? strrchr(t->files[0], '.') : NULL;

	return (dot != NULL && (strcmp(dot, ".S") == 0 ||
	    strcmp(dot, ".s") == 0 || strcmp(dot, ".asm") == 0));
}

enum vn_quick
vn_quick_compare(const struct vn_ptokens *plain,
    const struct vn_ptokens *converted, const struct vn_spelled *spelled,
    const char **why, const char **file, unsigned *line)
{
	struct comparing c = { .plain = plain, .converted = converted,
	    .spelled = spelled,
	    .assembler = is_assembler(plain) || is_assembler(converted) };
	size_t at = 0;

	c.files = vn_malloc((converted->nfiles + 1) * sizeof(*c.files));
	for (size_t i = 0; i < converted->nfiles; i++)
		c.files[i] = UNKNOWN;
	*why = converted->count == 0 ? "nothing was preprocessed" :
	    walk(&c, &at);
	if (*why == NULL)
		*why = find_types(&c, &at);
	set_place(converted, at, file, line);
	VN_FREE(&c.allowed);
	free(c.files);
	return (*why == NULL ? VN_QUICK_SAME : VN_QUICK_OPEN);
}
