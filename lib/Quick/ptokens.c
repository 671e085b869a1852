/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Splitting preprocessed text.  There are no comments (but with -C), splices or
 * trigraphs in it any more, which makes this scanner much smaller and faster
 * than lib/Support/lex.h; it reads some hundred megabytes a run.
 *
 * Two texts whose tokens are equal must be the same to a compiler, so whatever
 * white space matters in is one token: strings, raw strings (which go over
 * lines), directives, comments that end at the newline.
 */

#include "Quick/ptokens.h"

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

enum {
	C_SPACE = 1,		/* white space, the newline too */
	C_NAME = 2,
	C_DIGIT = 4
};

#define	O	0
#define	S	C_SPACE
#define	N	C_NAME
#define	D	(C_NAME | C_DIGIT)

static const uint8_t types[256] = {
	O, O, O, O, O, O, O, O, O, S, S, S, S, S, O, O,	/* 0x00; tab, newline */
	O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,	/* 0x10 */
	S, O, O, O, N, O, O, O, O, O, O, O, O, O, O, O,	/*  !"#$%&'()*+,-./ */
	D, D, D, D, D, D, D, D, D, D, O, O, O, O, O, O,	/* 0123456789:;<=>? */
	O, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,	/* @A */
	N, N, N, N, N, N, N, N, N, N, N, O, O, O, O, N,	/* P to Z, [\]^_ */
	O, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,	/* `a */
	N, N, N, N, N, N, N, N, N, N, N, O, O, O, O, O,	/* p to z, {|}~ */
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
#undef	N
#undef	D

/* A text being split. */
struct split {
	struct vn_ptokens *out;
	const char	*p, *end;
	uint32_t	 line;		/* presumed, of p */
	int32_t		 file;
	bool		 first;		/* no token yet on this line */
	int32_t		*slots;		/* files by hash: index, or -1; owned */
	size_t		 nslots;	/* a power of two */
};

static bool
is(char c, unsigned mask)
{
	return ((types[(unsigned char)c] & mask) != 0);
}

bool
vn_ptoken_namebyte(char c)
{
	return (is(c, C_NAME));
}

static const char *
line_end(const char *p, const char *end)
{
	const char *q = memchr(p, '\n', (size_t)(end - p));

	return (q == NULL ? end : q);
}

/* p is the opening quote; one that is not closed goes to the newline. */
static const char *
quoted_end(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote && *p != '\n')
		p += *p == '\\' && p + 1 < end && p[1] != '\n' ? 2 : 1;
	return (p < end && *p == quote ? p + 1 : p);
}

/* Is the name from p to q a prefix of raw strings? */
static bool
is_raw(const char *p, const char *q)
{
	size_t len = (size_t)(q - p);

	if (p[len - 1] != 'R')
		return (false);
	return (len == 1 || (len == 2 && strchr("LuU", *p) != NULL) ||
	    (len == 3 && p[0] == 'u' && p[1] == '8'));
}

/* p is the quote of R"delimiter( ... )delimiter"; NULL if it is none. */
static const char *
raw_end(const char *p, const char *end)
{
	const char *open, *q;
	size_t len;

	for (open = p + 1; open < end && *open != '('; open++)
		if (strchr(" )\\\t\v\f\n\"", *open) != NULL || open - p > 16)
			return (NULL);
	len = (size_t)(open - p) - 1;
	for (q = open; q < end; q++) {
		q = memchr(q, ')', (size_t)(end - q));
		if (q == NULL || (size_t)(end - q) < len + 2)
			return (NULL);
		if (memcmp(q + 1, p + 1, len) == 0 && q[len + 1] == '"')
			return (q + len + 2);
	}
	return (NULL);
}

/* A name, or a string or character with a prefix. */
static const char *
name_end(const char *p, const char *end)
{
	const char *q = p + 1, *raw = NULL;

	while (q < end && is(*q, C_NAME))
		q++;
	if (q == end || q - p > 3 || (*q != '"' && *q != '\''))
		return (q);
	if (*q == '"' && is_raw(p, q))
		raw = raw_end(q, end);
	if (raw != NULL)
		return (raw);
	if ((q - p == 1 && strchr("LuU", *p) != NULL) ||
	    (q - p == 2 && p[0] == 'u' && p[1] == '8'))
		return (quoted_end(q, end));
	return (q);
}

/* A preprocessing number, C11 6.4.8. */
static const char *
number_end(const char *p, const char *end)
{
	for (p++; p < end; p++)
		if (!is(*p, C_NAME) && *p != '.' &&
		    ((*p != '+' && *p != '-') || strchr("eEpP", p[-1]) == NULL))
			break;
	return (p);
}

static const char *
comment_end(const char *p, const char *end)
{
	if (p[1] == '/')
		return (line_end(p, end));
	for (p += 2; end - p >= 2; p++)
		if (p[0] == '*' && p[1] == '/')
			return (p + 2);
	return (end);
}

/* Do the bytes c and d begin one operator? */
static bool
is_pair(char c, char d)
{
	switch (c) {
	case '-':
		return (d == '-' || d == '=' || d == '>');
	case '+': case '&': case '|': case '<': case '>':
		return (d == c || d == '=' || (c == '<' &&
		    (d == ':' || d == '%')));
	case '%':
		return (d == '=' || d == '>' || d == ':');
	case '=': case '!': case '*': case '/': case '^':
		return (d == '=');
	case ':':
		return (d == '>' || d == ':');
	case '#':
		return (d == '#');
	default:
		return (false);
	}
}

static const char *
punct_end(const char *p, const char *end)
{
	if (end - p >= 3 && p[0] == '.' && p[1] == '.' && p[2] == '.')
		return (p + 3);
	if (end - p < 2 || !is_pair(p[0], p[1]))
		return (p + 1);
	if (end - p >= 3 && p[2] == '=' && p[0] == p[1] &&
	    (p[0] == '<' || p[0] == '>'))
		return (p + 3);
	return (p + 2);
}

static const char *
token_end(const char *p, const char *end)
{
	char next = end - p > 1 ? p[1] : '\0';

	if (is(*p, C_DIGIT) || (*p == '.' && is(next, C_DIGIT)))
		return (number_end(p, end));
	if (is(*p, C_NAME))
		return (name_end(p, end));
	if (*p == '"' || *p == '\'')
		return (quoted_end(p, end));
	if (*p == '/' && (next == '/' || next == '*'))
		return (comment_end(p, end));
	return (punct_end(p, end));
}

static void
add(struct split *s, const char *from, const char *to)
{
	VN_PUSH(s->out, (struct vn_ptoken){
	    .off = (uint32_t)(from - s->out->text),
	    .len = (uint32_t)(to - from), .line = s->line & 0x7fffffff,
	    .first = s->first, .file = s->file });
	s->first = false;
}

/* The name in quotes that starts behind p, unescaped; owned by the caller. */
static char *
unquote(const char *p, const char *end)
{
	char *name = vn_malloc((size_t)(end - p) + 1), *q = name;
	unsigned value;
	int n;

	while (p < end && *p != '"') {
		if (*p != '\\' || p + 1 == end) {
			*q++ = *p++;
			continue;
		}
		p++;
		for (n = value = 0; n < 3 && p < end && *p >= '0' &&
		    *p <= '7'; n++)
			value = 8 * value + (unsigned)(*p++ - '0');
		*q++ = n > 0 ? (char)value : *p == 'n' ? '\n' : *p;
		p += n == 0;
	}
	*q = '\0';
	return (name);
}

static void
more_slots(struct split *s)
{
	s->nslots = s->nslots == 0 ? 256 : 2 * s->nslots;
	free(s->slots);
	s->slots = vn_malloc(s->nslots * sizeof(*s->slots));
	memset(s->slots, 0xff, s->nslots * sizeof(*s->slots));
}

static int32_t *
slot_of(struct split *s, const char *name)
{
	uint32_t h = 2166136261u;
	int32_t *slot;

	for (const char *p = name; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	for (;; h++) {
		slot = &s->slots[h & (s->nslots - 1)];
		if (*slot == -1 || strcmp(s->out->files[*slot], name) == 0)
			return (slot);
	}
}

/* The index of a file; name becomes the table's. */
static int32_t
file_index(struct split *s, char *name)
{
	struct vn_ptokens *out = s->out;
	int32_t *slot;

	if (2 * (out->nfiles + 1) > s->nslots) {
		more_slots(s);
		for (size_t i = 0; i < out->nfiles; i++)
			*slot_of(s, out->files[i]) = (int32_t)i;
	}
	slot = slot_of(s, name);
	if (*slot != -1) {
		free(name);
		return (*slot);
	}
	out->files = vn_realloc(out->files,
	    (out->nfiles + 1) * sizeof(*out->files));
	out->files[out->nfiles] = name;
	*slot = (int32_t)out->nfiles++;
	return (*slot);
}

/* Past "# 12", "#line 12": the number in *line; NULL if it is no marker. */
static const char *
marker_number(const char *p, const char *end, uint32_t *line)
{
	const char *digits;

	for (p++; p < end && (*p == ' ' || *p == '\t'); p++)
		;
	if (end - p > 5 && memcmp(p, "line", 4) == 0 && is(p[4], C_SPACE))
		for (p += 4; p < end && (*p == ' ' || *p == '\t'); p++)
			;
	*line = 0;
	for (digits = p; p < end && *p >= '0' && *p <= '9'; p++)
		*line = 10 * *line + (uint32_t)(*p - '0');
	return (p == digits || (p < end && !is(*p, C_SPACE)) ? NULL : p);
}

/* A line that starts with '#': a marker, or a token. */
static void
hash_line(struct split *s)
{
	const char *end = line_end(s->p, s->end), *p;
	uint32_t line;

	p = marker_number(s->p, end, &line);
	if (p == NULL) {
		while (end[-1] == '\r' || end[-1] == ' ' || end[-1] == '\t')
			end--;
		add(s, s->p, end);
		s->p = end;
		return;
	}
	p = memchr(p, '"', (size_t)(end - p));
	if (p != NULL)
		s->file = file_index(s, unquote(p + 1, end));
	s->line = line - 1;
	s->p = end;
}

static void
token(struct split *s)
{
	const char *from = s->p;

	s->p = token_end(from, s->end);
	add(s, from, s->p);
	/* Raw strings and comments hold newlines. */
	if (*from == '/' || *from == 'R' || s->p[-1] == '"')
		for (; from < s->p; from++)
			s->line += *from == '\n';
}

void
vn_ptokens_read(struct vn_ptokens *out, char *text, size_t len)
{
	struct split s = { .out = out, .p = text, .end = text + len,
	    .line = 1, .file = -1, .first = true };

	*out = (struct vn_ptokens){ .text = text, .len = len,
	    .room = len / 6 + 16 };
	out->items = vn_malloc(out->room * sizeof(*out->items));
	while (s.p < s.end) {
		if (*s.p == '\n') {
			s.line++;
			s.first = true;
			s.p++;
		} else if (is(*s.p, C_SPACE))
			s.p++;
		else if (*s.p == '#' && s.first)
			hash_line(&s);
		else
			token(&s);
	}
	free(s.slots);
}

void
vn_ptokens_free(struct vn_ptokens *tokens)
{
	for (size_t i = 0; i < tokens->nfiles; i++)
		free(tokens->files[i]);
	free(tokens->files);
	free(tokens->items);
	free(tokens->text);
	*tokens = (struct vn_ptokens){ 0 };
}

bool
vn_ptoken_is(const struct vn_ptokens *tokens, size_t i, const char *word)
{
	const struct vn_ptoken *tok = &tokens->items[i];
	size_t len = strlen(word);

	return (tok->len == len &&
	    memcmp(tokens->text + tok->off, word, len) == 0);
}

bool
vn_ptoken_same(const struct vn_ptokens *a, size_t i,
    const struct vn_ptokens *b, size_t j)
{
	const struct vn_ptoken *x = &a->items[i], *y = &b->items[j];

	return (x->len == y->len &&
	    memcmp(a->text + x->off, b->text + y->off, x->len) == 0);
}

bool
vn_ptoken_isname(const struct vn_ptokens *tokens, size_t i)
{
	const struct vn_ptoken *tok = &tokens->items[i];
	const char *s = tokens->text + tok->off;

	if (!is(*s, C_NAME) || is(*s, C_DIGIT))
		return (false);
	return (s[tok->len - 1] != '"' && s[tok->len - 1] != '\'');
}
