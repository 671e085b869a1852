/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The tokens of a C source as it stands.
 *
 * There are two loops over the same scanners of single tokens: vn_lex keeps
 * everything, vn_lex_idents only looks for what can hide or start a name.
 *
 * As gcc and clang do, white space between a backslash and its newline is
 * part of the splice, bytes from 0x80 up and '$' belong to identifiers, and a
 * byte order mark at the start is no token.
 */

#include "lex.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

enum {
	T_SPACE = 1,		/* white space other than the newline */
	T_NAME = 2,		/* may stand in an identifier */
	T_DIGIT = 4,
	T_PUNCT = 8,
	T_QUOTED = 16,		/* matters within a string or character */
	T_DULL = 32		/* starts nothing that vn_lex_idents looks at */
};

#define	O	T_DULL
#define	S	(T_SPACE | T_DULL)
#define	L	(T_QUOTED | T_DULL)
#define	Q	T_QUOTED
#define	P	(T_PUNCT | T_DULL)
#define	X	T_PUNCT
#define	N	T_NAME
#define	D	(T_NAME | T_DIGIT)

static const uint8_t types[256] = {
	O, O, O, O, O, O, O, O, O, S, L, S, S, S, O, O,	/* 0x00; tab, newline */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,	/* 0x10 */
	S, P, Q, X, N, P, P, Q, P, P, P, P, P, P, P, X,	/*  !"#$%&'()*+,-./ */
	D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,	/* 0123456789:;<=>? */
	O, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,	/* @A */
	N, N, N, N, N, N, N, N, N, N, N, P, L, P, P, N,	/* P to Z, [\]^_ */
	O, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,	/* `a */
	N, N, N, N, N, N, N, N, N, N, N, P, P, P, P, O,	/* p to z, {|}~ */
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,	/* 0x80 */
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
	N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N
};

#undef	O
#undef	S
#undef	L
#undef	Q
#undef	P
#undef	X
#undef	N
#undef	D

static bool
is(unsigned char c, unsigned mask)
{
	return ((types[c] & mask) != 0);
}

/*
 * The scanners.  Each takes the end of the data and returns where what it
 * looks for ends.
 */

/* Bytes of the splice at p, 0 where there is none. */
static size_t
splice_at(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q;

	if (p == end || *p != '\\')
		return (0);
	for (q = p + 1; q < end && is(*q, T_SPACE); q++)
		;
	return (q < end && *q == '\n' ? (size_t)(q + 1 - p) : 0);
}

static const unsigned char *
unsplice(const unsigned char *p, const unsigned char *end)
{
	size_t len;

	while ((len = splice_at(p, end)) != 0)
		p += len;
	return (p);
}

/* The other way: where the splices begin that end right before p. */
static const unsigned char *
unsplice_back(const unsigned char *start, const unsigned char *p)
{
	const unsigned char *q;

	while (p > start && p[-1] == '\n') {
		for (q = p - 1; q > start && is(q[-1], T_SPACE); q--)
			;
		if (q == start || q[-1] != '\\')
			break;
		p = q - 1;
	}
	return (p);
}

/* p is in or before the identifier. */
static const unsigned char *
name_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q;

	for (;;) {
		while (p < end && is(*p, T_NAME))
			p++;
		if (p == end || *p != '\\')
			return (p);
		q = unsplice(p, end);
		if (q == p || q == end || !is(*q, T_NAME))
			return (p);
		p = q;
	}
}

/* May c go on with a number whose last byte is prev? */
static bool
in_number(unsigned char prev, unsigned char c)
{
	if (is(c, T_NAME) || c == '.')
		return (true);
	return ((c == '+' || c == '-') &&
	    (prev == 'e' || prev == 'E' || prev == 'p' || prev == 'P'));
}

/* p is the first byte of the number. */
static const unsigned char *
number_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q;

	for (;;) {
		q = unsplice(p + 1, end);
		if (q == end || !in_number(*p, *q))
			return (p + 1);
		p = q;
	}
}

/* The byte after the backslash at p and what it escapes. */
static const unsigned char *
escape_end(const unsigned char *p, const unsigned char *end)
{
	size_t len;

	len = splice_at(p, end);
	if (len != 0)
		return (p + len);
	p = unsplice(p + 1, end);
	return (p == end || *p == '\n' ? p : p + 1);
}

/* p is the opening quote; without a closing one the line is the literal. */
static const unsigned char *
quoted_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *open;

	open = p++;
	for (;;) {
		while (p < end && !is(*p, T_QUOTED))
			p++;
		if (p == end)
			return (p);
		if (*p == '\n')
			return (p[-1] == '\r' ? p - 1 : p);
		if (*p == *open)
			return (p + 1);
		p = *p == '\\' ? escape_end(p, end) : p + 1;
	}
}

/* p is the '<' or the '"'; NULL where the name is not closed on its line. */
static const unsigned char *
header_end(const unsigned char *p, const unsigned char *end)
{
	unsigned char close;

	close = *p == '<' ? '>' : '"';
	for (;;) {
		p = unsplice(p + 1, end);
		if (p == end || *p == '\n')
			return (NULL);
		if (*p == close)
			return (p + 1);
	}
}

/* p follows the opening slash and star. */
static const unsigned char *
block_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q, *slash;

	q = p;
	while ((slash = memchr(q, '/', (size_t)(end - q))) != NULL) {
		q = unsplice_back(p, slash);
		if (q > p && q[-1] == '*')
			return (slash + 1);
		q = slash + 1;
	}
	return (end);
}

/* p follows the two slashes; the newline is not part of the comment. */
static const unsigned char *
line_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q;

	while ((q = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		if (unsplice_back(p, q + 1) == q + 1)
			return (q);
		p = q + 1;
	}
	return (end);
}

/* p is a slash; NULL where it starts no comment. */
static const unsigned char *
comment_end(const unsigned char *p, const unsigned char *end)
{
	p = unsplice(p + 1, end);
	if (p == end)
		return (NULL);
	if (*p == '*')
		return (block_end(p + 1, end));
	return (*p == '/' ? line_end(p + 1, end) : NULL);
}

/* Past white space, splices and comments, but not past a newline. */
static const unsigned char *
gap_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q;

	for (;;) {
		while (p < end && is(*p, T_SPACE))
			p++;
		if (p == end)
			return (p);
		if (*p == '\\')
			q = unsplice(p, end);
		else
			q = *p == '/' ? comment_end(p, end) : NULL;
		if (q == NULL || q == p)
			return (p);
		p = q;
	}
}

/* Is cd the start of an operator, or one of two bytes? */
static bool
is_pair(unsigned char c, unsigned char d)
{
	switch (c) {
	case '-':
		return (d == '-' || d == '=' || d == '>');
	case '+': case '&': case '|':
		return (d == c || d == '=');
	case '<':
		return (d == '<' || d == '=' || d == ':' || d == '%');
	case '>':
		return (d == '>' || d == '=');
	case '%':
		return (d == '=' || d == '>' || d == ':');
	case '=': case '!': case '*': case '/': case '^':
		return (d == '=');
	case ':':
		return (d == '>');
	case '#': case '.':
		return (d == c);
	default:
		return (false);
	}
}

/* The pair cd stands before p; more of the same operator? */
static const unsigned char *
long_punct_end(unsigned char c, unsigned char d, const unsigned char *p,
    const unsigned char *end)
{
	const unsigned char *q;

	q = unsplice(p, end);
	if (q == end)
		return (p);
	if ((c == '<' && d == '<') || (c == '>' && d == '>'))
		return (*q == '=' ? q + 1 : p);
	if (c == '.')
		return (*q == '.' ? q + 1 : p);
	if (c == '%' && d == ':' && *q == '%') {
		q = unsplice(q + 1, end);
		return (q < end && *q == ':' ? q + 1 : p);
	}
	return (p);
}

static const unsigned char *
punct_end(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *q, *r;

	q = unsplice(p + 1, end);
	if (q == end || !is_pair(*p, *q))
		return (p + 1);
	r = long_punct_end(*p, *q, q + 1, end);
	/* Two dots are no operator. */
	return (*p == '.' && r == q + 1 ? p + 1 : r);
}

/* Do the bytes from p to end spell the word, splices removed? */
static bool
spells(const unsigned char *p, const unsigned char *end, const char *word)
{
	for (;; word++, p++) {
		p = unsplice(p, end);
		if (p == end || *word == '\0')
			return (p == end && *word == '\0');
		if (*p != (unsigned char)*word)
			return (false);
	}
}

/*
 * The quote of the literal that the identifier from p to q is the prefix of,
 * NULL where it is none.
 */
static const unsigned char *
prefixed_quote(const unsigned char *p, const unsigned char *q,
    const unsigned char *end)
{
	const unsigned char *quote;

	if (*p != 'L' && *p != 'u' && *p != 'U')
		return (NULL);
	quote = unsplice(q, end);
	if (quote == end || (*quote != '"' && *quote != '\''))
		return (NULL);
	if (spells(p, q, "L") || spells(p, q, "u") || spells(p, q, "U"))
		return (quote);
	return (*quote == '"' && spells(p, q, "u8") ? quote : NULL);
}

static bool
is_include(const unsigned char *p, const unsigned char *end)
{
	return (*p == 'i' && (spells(p, end, "include") ||
	    spells(p, end, "include_next") || spells(p, end, "import")));
}

/* Where the text starts and ends: no byte order mark, 32-bit offsets. */
static const unsigned char *
text_start(const unsigned char *data, size_t len)
{
	return (len >= 3 && memcmp(data, "\357\273\277", 3) == 0 ?
	    data + 3 : data);
}

static const unsigned char *
text_end(const unsigned char *data, size_t len)
{
	return (len == 0 ? data : data + (len < UINT32_MAX ? len : UINT32_MAX));
}

/*
 * All tokens.
 */

struct lexer {
	const unsigned char	*data;
	const unsigned char	*end;
	const unsigned char	*splice;	/* the next one to come */
	VN_VEC(struct vn_tok)	 toks;
	VN_VEC(struct vn_dir)	 dirs;
	VN_VEC(int32_t)		 open;		/* last branch of each group */
	int32_t			 dir;		/* directive we are in, or -1 */
	bool			 first;		/* nothing on this line yet */
	bool			 header;	/* a header name may be next */
};

/* The first splice from p on. */
static const unsigned char *
next_splice(const unsigned char *p, const unsigned char *end)
{
	while (p < end && (p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		if (splice_at(p, end) != 0)
			return (p);
		p++;
	}
	return (end);
}

static bool
is_spliced(struct lexer *l, const unsigned char *p, const unsigned char *q)
{
	if (l->splice < p)
		l->splice = next_splice(p, l->end);
	return (l->splice < q);
}

static void
end_directive(struct lexer *l, const unsigned char *p)
{
	if (l->dir != -1)
		l->dirs.items[l->dir].end = (uint32_t)(p - l->data);
	l->dir = -1;
	l->header = false;
}

static void
start_directive(struct lexer *l, const unsigned char *p)
{
	struct vn_dir dir = { .kind = VN_DIR_OTHER, .next = -1, .parent = -1 };

	dir.off = (uint32_t)(p - l->data);
	dir.end = (uint32_t)(l->end - l->data);
	dir.tok = (uint32_t)l->toks.count;
	if (l->open.count > 0)
		dir.parent = l->open.items[l->open.count - 1];
	l->dir = (int32_t)l->dirs.count;
	VN_PUSH(&l->dirs, dir);
}

/* The current directive goes on with, or ends, the innermost open group. */
static void
continue_group(struct lexer *l)
{
	struct vn_dir *dir, *prev;
	int32_t *top;

	if (l->open.count == 0)
		return;
	top = &l->open.items[l->open.count - 1];
	dir = &l->dirs.items[l->dir];
	prev = &l->dirs.items[*top];
	prev->next = l->dir;
	dir->parent = prev->parent;
	if (dir->kind == VN_DIR_ENDIF)
		l->open.count--;
	else
		*top = l->dir;
}

static enum vn_dir_kind
directive_kind(const unsigned char *p, const unsigned char *end)
{
	static const struct {
		const char		*word;
		enum vn_dir_kind	 kind;
	} words[] = {
		{ "define", VN_DIR_DEFINE }, { "undef", VN_DIR_UNDEF },
		{ "if", VN_DIR_IF }, { "ifdef", VN_DIR_IFDEF },
		{ "ifndef", VN_DIR_IFNDEF }, { "elif", VN_DIR_ELIF },
		{ "elifdef", VN_DIR_ELIF }, { "elifndef", VN_DIR_ELIF },
		{ "else", VN_DIR_ELSE }, { "endif", VN_DIR_ENDIF },
	};
	size_t i;

	if (is_include(p, end))
		return (VN_DIR_INCLUDE);
	for (i = 0; i < VN_NITEMS(words); i++)
		if (spells(p, end, words[i].word))
			return (words[i].kind);
	return (VN_DIR_OTHER);
}

/* The identifier from p to q follows the '#'. */
static void
name_directive(struct lexer *l, const unsigned char *p, const unsigned char *q)
{
	enum vn_dir_kind kind;

	kind = directive_kind(p, q);
	l->dirs.items[l->dir].kind = (uint8_t)kind;
	l->header = kind == VN_DIR_INCLUDE;
	if (kind == VN_DIR_IF || kind == VN_DIR_IFDEF || kind == VN_DIR_IFNDEF)
		VN_PUSH(&l->open, l->dir);
	else if (kind == VN_DIR_ELIF || kind == VN_DIR_ELSE ||
	    kind == VN_DIR_ENDIF)
		continue_group(l);
}

/* What the token from p to q means for the directives. */
static void
note_directive(struct lexer *l, enum vn_tok_kind kind, const unsigned char *p,
    const unsigned char *q)
{
	l->header = false;
	if (l->first && *p == '#' && spells(p, q, "#"))
		start_directive(l, p);
	if (l->dir == -1)
		return;
	if (++l->dirs.items[l->dir].ntok == 2 && kind == VN_TOK_IDENT)
		name_directive(l, p, q);
}

static void
add_token(struct lexer *l, enum vn_tok_kind kind, const unsigned char *p,
    const unsigned char *q)
{
	struct vn_tok tok;

	if (l->first || l->dir != -1)
		note_directive(l, kind, p, q);
	tok.off = (uint32_t)(p - l->data);
	tok.len = (uint32_t)(q - p);
	tok.kind = (uint8_t)kind;
	tok.flags = l->first ? VN_TF_LINE : 0;
	if (is_spliced(l, p, q))
		tok.flags |= VN_TF_SPLICED;
	tok.dir = l->dir;
	VN_PUSH(&l->toks, tok);
	l->first = false;
}

/* A name, or the literal it is the prefix of. */
static const unsigned char *
lex_name(struct lexer *l, const unsigned char *p)
{
	enum vn_tok_kind kind;
	const unsigned char *q, *quote;

	kind = VN_TOK_IDENT;
	q = name_end(p, l->end);
	quote = prefixed_quote(p, q, l->end);
	if (quote != NULL) {
		kind = *quote == '"' ? VN_TOK_STRING : VN_TOK_CHAR;
		q = quoted_end(quote, l->end);
	}
	add_token(l, kind, p, q);
	return (q);
}

/* p is punctuation, a quote, or nothing that C knows. */
static const unsigned char *
lex_other(struct lexer *l, const unsigned char *p)
{
	enum vn_tok_kind kind;
	const unsigned char *q;

	q = NULL;
	if (l->header && (*p == '<' || *p == '"'))
		q = header_end(p, l->end);
	if (q != NULL)
		kind = VN_TOK_HEADER;
	else if (is(*p, T_PUNCT)) {
		kind = VN_TOK_PUNCT;
		q = punct_end(p, l->end);
	} else if (*p == '"' || *p == '\'') {
		kind = *p == '"' ? VN_TOK_STRING : VN_TOK_CHAR;
		q = quoted_end(p, l->end);
	} else {
		kind = VN_TOK_OTHER;
		q = p + 1;
	}
	add_token(l, kind, p, q);
	return (q);
}

static bool
is_number(const unsigned char *p, const unsigned char *end)
{
	if (*p != '.')
		return (is(*p, T_DIGIT));
	p = unsplice(p + 1, end);
	return (p < end && is(*p, T_DIGIT));
}

/* The token or newline at p. */
static const unsigned char *
lex_one(struct lexer *l, const unsigned char *p)
{
	const unsigned char *q;

	if (*p == '\n') {
		end_directive(l, p + 1);
		l->first = true;
		return (p + 1);
	}
	if (is_number(p, l->end)) {
		q = number_end(p, l->end);
		add_token(l, VN_TOK_NUMBER, p, q);
		return (q);
	}
	return (is(*p, T_NAME) ? lex_name(l, p) : lex_other(l, p));
}

void
vn_lex(struct vn_lex *out, const char *data, size_t len)
{
	struct lexer l = { .dir = -1, .first = true };
	const unsigned char *p;

	l.data = (const unsigned char *)data;
	l.end = text_end(l.data, len);
	l.splice = next_splice(l.data, l.end);
	p = text_start(l.data, len);
	while ((p = gap_end(p, l.end)) < l.end)
		p = lex_one(&l, p);
	end_directive(&l, l.end);
	VN_FREE(&l.open);
	out->toks = l.toks.items;
	out->ntoks = l.toks.count;
	out->dirs = l.dirs.items;
	out->ndirs = l.dirs.count;
}

void
vn_lex_free(struct vn_lex *lex)
{
	free(lex->toks);
	free(lex->dirs);
	*lex = (struct vn_lex){ 0 };
}

char *
vn_unsplice(const char *data, size_t len)
{
	const unsigned char *p = (const unsigned char *)data;
	const unsigned char *end = p + len;
	char *out = vn_malloc(len + 1);
	size_t n = 0;

	while ((p = unsplice(p, end)) < end)
		out[n++] = (char)*p++;
	out[n] = '\0';
	return (out);
}

size_t
vn_skip_splices(const char *data, size_t len, size_t off)
{
	const unsigned char *p = (const unsigned char *)data;

	return (off >= len ? off : (size_t)(unsplice(p + off, p + len) - p));
}

bool
vn_tok_is(const char *data, const struct vn_tok *tok, const char *word)
{
	const unsigned char *p;

	p = (const unsigned char *)data + tok->off;
	return (spells(p, p + tok->len, word));
}

/*
 * Identifiers only.  Lines are not followed: whether a '#' is the first token
 * of its line is found by going back, which takes knowing the comments that
 * may stand between.
 */

struct finder {
	const unsigned char	*data;
	const unsigned char	*start;		/* of the text */
	const unsigned char	*end;
	const unsigned char	*comments;	/* start of a row of comments */
	const unsigned char	*comments_end;	/* its end; the last one seen */
	bool			(*fn)(const char *, size_t, size_t, void *);
	void			*arg;
};

/* Back over white space and splices, as far as the last comment. */
static const unsigned char *
gap_start(const struct finder *f, const unsigned char *p)
{
	const unsigned char *q;

	for (;;) {
		q = p;
		while (q > f->start && q != f->comments_end &&
		    is(q[-1], T_SPACE))
			q--;
		if (q != f->comments_end)
			q = unsplice_back(f->start, q);
		if (q == p)
			return (p);
		p = q;
	}
}

static const unsigned char *
find_comment(struct finder *f, const unsigned char *p)
{
	const unsigned char *q;

	q = comment_end(p, f->end);
	if (q == NULL)
		return (p + 1);
	if (f->comments_end == NULL || gap_start(f, p) != f->comments_end)
		f->comments = p;
	f->comments_end = q;
	return (q);
}

/* Is the byte at p the first of its line, but for white space and comments? */
static bool
is_first(const struct finder *f, const unsigned char *p)
{
	p = gap_start(f, p);
	if (f->comments_end != NULL && p == f->comments_end)
		p = gap_start(f, f->comments);
	return (p == f->start || p[-1] == '\n');
}

/* The name or prefixed literal at p; NULL where fn has had enough. */
static const unsigned char *
find_name(struct finder *f, const unsigned char *p)
{
	const unsigned char *q, *quote;

	q = name_end(p, f->end);
	quote = prefixed_quote(p, q, f->end);
	if (quote != NULL)
		return (quoted_end(quote, f->end));
	return (f->fn((const char *)p, (size_t)(q - p), (size_t)(p - f->data),
	    f->arg) ? q : NULL);
}

/* The '#' at p, with the name of an #include. */
static const unsigned char *
find_directive(struct finder *f, const unsigned char *p)
{
	const unsigned char *name, *q;

	q = punct_end(p, f->end);
	if (q != p + 1 || !is_first(f, p))
		return (q);
	name = gap_end(q, f->end);
	if (name == f->end || !is(*name, T_NAME) || is(*name, T_DIGIT))
		return (name);
	p = find_name(f, name);
	if (p == NULL || !is_include(name, p))
		return (p);
	p = gap_end(p, f->end);
	if (p == f->end || (*p != '<' && *p != '"'))
		return (p);
	q = header_end(p, f->end);
	return (q != NULL ? q : p);
}

/* p is neither dull nor in a name. */
static const unsigned char *
find_other(struct finder *f, const unsigned char *p)
{
	if (*p == '/')
		return (find_comment(f, p));
	if (*p == '#')
		return (find_directive(f, p));
	return (quoted_end(p, f->end));
}

void
vn_lex_idents(const char *data, size_t len,
    bool (*fn)(const char *ident, size_t identlen, size_t off, void *arg),
    void *arg)
{
	struct finder f = { .fn = fn, .arg = arg };
	const unsigned char *p;

	f.data = (const unsigned char *)data;
	f.start = p = text_start(f.data, len);
	f.end = text_end(f.data, len);
	while (p != NULL) {
		while (p < f.end && is(*p, T_DULL))
			p++;
		if (p == f.end)
			return;
		if (is(*p, T_DIGIT))
			p = number_end(p, f.end);
		else
			p = is(*p, T_NAME) ? find_name(&f, p) :
			    find_other(&f, p);
	}
}

/*
 * Lines.
 */

void
vn_lines_init(struct vn_lines *out, const char *data, size_t len)
{
	VN_VEC(uint32_t) starts = { 0 };
	const char *end, *p;

	VN_PUSH(&starts, 0);
	end = (const char *)text_end((const unsigned char *)data, len);
	for (p = data; p < end; p++) {
		p = memchr(p, '\n', (size_t)(end - p));
		if (p == NULL || p + 1 == end)
			break;
		VN_PUSH(&starts, (uint32_t)(p + 1 - data));
	}
	out->starts = starts.items;
	out->count = starts.count;
}

void
vn_lines_free(struct vn_lines *lines)
{
	free(lines->starts);
	*lines = (struct vn_lines){ 0 };
}

void
vn_lines_at(const struct vn_lines *lines, size_t off, unsigned *line,
    unsigned *col)
{
	size_t high, low, mid;

	low = 0;
	high = lines->count;
	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (lines->starts[mid] <= off)
			low = mid;
		else
			high = mid;
	}
	*line = (unsigned)low + 1;
	*col = (unsigned)(off - lines->starts[low]) + 1;
}

size_t
vn_lex_from(const struct vn_lex *lex, size_t off)
{
	size_t lo = 0, hi = lex->ntoks;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (lex->toks[mid].off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}
