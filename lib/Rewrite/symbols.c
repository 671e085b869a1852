/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The words of assembler files and linker scripts, told apart as far as many
 * machines' syntaxes agree: comments, the first word of a statement, which
 * is an instruction or a label, registers, and all other words.
 */

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"

#include "Facts/source.h"

#include "Rewrite/plan.h"
#include "Rewrite/symbols.h"

/* One file being read. */
struct reading {
	struct vn_plan		*plan;
	const char		*file;
	enum vn_symbol_kind	 kind;
	const char		*data;
	size_t			 len, off;
	bool			 first;	/* at the start of a statement */
	bool			 pattern; /* in "*(...)" of a linker script */
	unsigned		 names;	/* words to come that the file
					   defines */
	VN_VEC(int)		 own;	/* names that the file defines */
	VN_VEC(struct vn_mention) found;
};

enum vn_symbol_kind
vn_symbols_kind(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash == NULL ? file : slash + 1;

	if (vn_file_ends(base, ".S") || vn_file_ends(base, ".s") ||
	    vn_file_ends(base, ".asm"))
		return (VN_SYMBOL_ASSEMBLER);
	if (vn_file_ends(base, ".ld") || vn_file_ends(base, ".lds") ||
	    strncmp(base, "ldscript", 8) == 0)
		return (VN_SYMBOL_LINKER);
	return (VN_SYMBOL_NONE);
}

static char
at(const struct reading *r, size_t off)
{

	return (off < r->len ? r->data[off] : '\0');
}

static bool
is_blank(char c)
{

	return (c == ' ' || c == '\t' || c == '\r');
}

/* The last byte of the line before off that is no blank; '\n' if none. */
static char
before(const struct reading *r, size_t off)
{

	while (off > 0 && is_blank(r->data[off - 1]))
		off--;
	return (off == 0 ? '\n' : r->data[off - 1]);
}

static void
skip_line(struct reading *r)
{

	while (r->off < r->len && r->data[r->off] != '\n')
		r->off++;
}

/* Does a line of the preprocessor that may use a symbol begin at the '#'? */
static bool
is_define(const struct reading *r, size_t off)
{

	for (off++; is_blank(at(r, off)); off++)
		;
	return (off + 6 < r->len && memcmp(r->data + off, "define", 6) == 0);
}

/*
 * A comment to the end of the line: "//" anywhere, "#", "@" and "!" after a
 * blank, but not after a comma: that is an ARM immediate, or "@function".
 */
static bool
is_line_comment(const struct reading *r)
{
	char c = at(r, r->off), p = before(r, r->off);

	if (c == '/' && at(r, r->off + 1) == '/')
		return (true);
	if (r->kind == VN_SYMBOL_LINKER)
		return (c == '#' && p == '\n');
	if (vn_file_ends(r->file, ".asm") && c == ';')
		return (true);
	if (c == '#' && p == '\n')
		return (!is_define(r, r->off));
	return ((c == '#' || c == '@' || c == '!') && p != ',' &&
	    (r->off == 0 || isspace((unsigned char)r->data[r->off - 1])));
}

static void
skip_comment(struct reading *r)
{

	for (r->off += 2; r->off < r->len; r->off++)
		if (at(r, r->off) == '*' && at(r, r->off + 1) == '/') {
			r->off += 2;
			return;
		}
}

static void
skip_string(struct reading *r)
{

	for (r->off++; r->off < r->len && at(r, r->off) != '\n'; r->off++) {
		if (at(r, r->off) == '\\')
			r->off++;
		else if (at(r, r->off) == '"') {
			r->off++;
			return;
		}
	}
}

static bool
is_word(char c)
{

	return (isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$');
}

/* The listed name that a word is the symbol of, or -1. */
static int
symbol(const struct reading *r, const char *word, size_t len)
{
	int name;

	while (len > 0 && *word == '$') {
		word++;
		len--;
	}
	name = vn_names_find(&r->plan->names, word, len);
	if (name == -1 && len > 1 && *word == '_')
		name = vn_names_find(&r->plan->names, word + 1, len - 1);
	return (name == -1 || name % 2 == 1 ? -1 : name);
}

static bool
holds(const char *word, size_t len, const char *part)
{
	size_t n = strlen(part);

	for (size_t i = 0; i + n <= len; i++)
		if (memcmp(word + i, part, n) == 0)
			return (true);
	return (false);
}

/*
 * How many words after the first of a statement it defines: ENTRY(x), .set x,
 * .comm x; of a .macro its parameters, too.
 */
static unsigned
defines(const char *word, size_t len)
{
	static const char *const words[] = { "ENTRY", "LABEL", "END", ".set",
	    ".equ", ".comm", ".lcomm", ".local", "define" };

	if (holds(word, len, ".macro"))
		return (UINT_MAX);
	for (size_t i = 0; i < VN_NITEMS(words); i++)
		if (holds(word, len, words[i]))
			return (1);
	return (0);
}

static void
found(struct reading *r, int name, size_t off)
{
	struct vn_mention m = { .name = name, .kind = r->kind, .line = 1,
	    .col = 1 };

	for (size_t i = 0; i < off; i++) {
		m.col++;
		if (r->data[i] == '\n') {
			m.line++;
			m.col = 1;
		}
	}
	for (size_t i = 0; i < r->found.count; i++)
		if (r->found.items[i].name == name &&
		    r->found.items[i].line == m.line)
			return;
	VN_PUSH(&r->found, m);
}

/* What follows the word, blanks passed over. */
static char
after(const struct reading *r, size_t off)
{

	while (is_blank(at(r, off)))
		off++;
	return (at(r, off));
}

/* Is the word of an assembler file an operand?  Notes what it defines. */
static bool
see_operand(struct reading *r, const char *word, size_t len, int name)
{
	bool first = r->first;

	r->first = false;
	if (!first && r->names == 0)
		return (true);
	if (!first) {
		r->names--;
		if (name != -1)
			VN_PUSH(&r->own, name);
		return (false);
	}
	if (after(r, r->off) == ':' || after(r, r->off) == '=') {
		if (name != -1)
			VN_PUSH(&r->own, name);
		r->first = after(r, r->off) == ':';
		return (false);
	}
	r->names = defines(word, len);
	return (false);
}

/* Is the word of a linker script a symbol? */
static bool
see_script_word(const struct reading *r, size_t start)
{
	char p = before(r, start);

	return (!r->pattern && p != '>' && p != '*' && p != '/' &&
	    at(r, r->off) != '*' && after(r, r->off) != ':');
}

static void
see_word(struct reading *r)
{
	size_t start = r->off;
	const char *word = r->data + start;
	char p = start > 0 ? r->data[start - 1] : '\0';
	bool use;
	int name;

	while (is_word(at(r, r->off)))
		r->off++;
	name = symbol(r, word, r->off - start);
	use = r->kind == VN_SYMBOL_LINKER ? see_script_word(r, start) :
	    see_operand(r, word, r->off - start, name);
	if (use && name != -1 && p != '%' && p != '\\' && p != '-')
		found(r, name, start);
}

static void
see_byte(struct reading *r)
{
	char c = at(r, r->off);

	if (c == '\n' && !(r->off > 0 && r->data[r->off - 1] == '\\')) {
		r->first = true;
		r->names = 0;
	} else if (c == ';') {
		r->first = true;
		r->names = 0;
	} else if (c == '(')
		r->pattern = r->pattern || before(r, r->off) == '*';
	else if (c == ')')
		r->pattern = false;
	r->off++;
}

static void
keep(struct reading *r)
{

	for (size_t i = 0; i < r->found.count; i++) {
		struct vn_mention *m = &r->found.items[i];
		bool own = false;

		for (size_t k = 0; k < r->own.count; k++)
			own = own || r->own.items[k] == m->name;
		if (own)
			continue;
		m->file = vn_strdup(r->file);
		VN_PUSH(&r->plan->mentions, *m);
	}
}

void
vn_symbols_read(struct vn_plan *plan, const char *file,
    enum vn_symbol_kind kind, const char *data, size_t len)
{
	struct reading r = { .plan = plan, .file = file, .kind = kind,
	    .data = data, .len = len, .first = true };

	while (r.off < len) {
		if (data[r.off] == '/' && at(&r, r.off + 1) == '*')
			skip_comment(&r);
		else if (is_line_comment(&r))
			skip_line(&r);
		else if (data[r.off] == '"')
			skip_string(&r);
		else if (is_word(data[r.off]))
			see_word(&r);
		else
			see_byte(&r);
	}
	keep(&r);
	VN_FREE(&r.own);
	VN_FREE(&r.found);
}

/* ------ nlist(3) ------ */

/* Does string t stand in an initializer of a struct nlist, or become one? */
static bool
in_table(const struct vn_source *s, int t)
{
	int open = -1, p = vn_tok_prev(s, t);

	if (vn_tok_punct(s, p, "=") &&
	    vn_tok_word(s, vn_tok_prev(s, p), "n_name") &&
	    vn_outline_function(&s->outline, t) != NULL)
		return (true);

	for (int up = s->outline.up[t]; up >= 0; up = s->outline.up[up]) {
		if (!vn_tok_punct(s, up, "{"))
			return (false);
		if (s->outline.brace[up] != VN_BRACE_INIT)
			break;
		open = up;
	}
	for (p = vn_tok_prev(s, open); p >= 0 && !vn_tok_punct(s, p, ";") &&
	    !vn_tok_punct(s, p, "}") && !vn_tok_punct(s, p, "{");
	    p = vn_tok_prev(s, p))
		if (vn_tok_word(s, p, "nlist") &&
		    vn_tok_word(s, vn_tok_prev(s, p), "struct"))
			return (true);
	return (false);
}

void
vn_symbols_nlist(struct vn_plan *plan, const struct vn_source *source)
{
	struct reading r = { .plan = plan };

	for (int t = 0; t < (int)source->lex.ntoks; t++) {
		const struct vn_tok *tok = &source->lex.toks[t];
		struct vn_mention m = { .kind = VN_SYMBOL_NLIST };

		if (tok->kind != VN_TOK_STRING || tok->len < 3 ||
		    (m.name = symbol(&r, source->data + tok->off + 1,
		    tok->len - 2)) == -1 || !in_table(source, t))
			continue;
		vn_lines_at(&source->lines, tok->off, &m.line, &m.col);
		m.file = vn_strdup(source->path);
		VN_PUSH(&plan->mentions, m);
	}
}
