/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Step 4: names that must be left as a whole, because one of their uses
 * cannot be converted mechanically and a half-converted name does not compile.
 * Then every occurrence of them becomes a remark.
 */

#include <stdlib.h>
#include <string.h>

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/decl.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/style.h"
#include "Rewrite/words.h"

/* One occurrence under judgement. */
struct judged {
	struct vn_plan			*plan;
	const struct vn_occurrence	*o;
	const struct vn_source		*s;
	struct vn_target		*t;
	const char			*name;		/* x */
	const char			*vname;		/* V_x */
	char				*at;		/* owned: "file:line" */
};

static bool
has_twin(const struct vn_style *style, const char *macro)
{
	size_t from = strlen(style->sysctl_from);

	if (style->sysctl_twins == NULL)
		return (true);
	for (size_t i = 0; style->sysctl_twins[i] != NULL; i++)
		if (strcmp(macro + from, style->sysctl_twins[i]) == 0)
			return (true);
	return (false);
}

/* A use in a sysctl's pointer argument. */
static void
judge_sysctl(struct judged *j, const struct vn_word *word)
{

	if (!has_twin(j->plan->style, word->name))
		vn_target_block(j->t, "sysctl-kind", "%s at %s has no "
		    "virtualized twin in style %s; write %sPROC with a "
		    "handler that uses %s, or change the type", word->name,
		    j->at, j->plan->style->name, j->plan->style->sysctl_to,
		    j->vname);
}

/* The keyword before the parenthesis around a string: asm, alias. */
static const char *
string_use(const struct vn_source *s, int t)
{
	static const char *const asms[] = { "asm", "__asm", "__asm__" };
	static const char *const aliases[] = { "alias", "__alias__", "weakref",
	    "ifunc" };

	for (int up = s->outline.up[t]; up >= 0; up = s->outline.up[up]) {
		int p = vn_tok_prev(s, up);

		while (vn_tok_word(s, p, "volatile") ||
		    vn_tok_word(s, p, "__volatile") ||
		    vn_tok_word(s, p, "__volatile__") ||
		    vn_tok_word(s, p, "goto"))
			p = vn_tok_prev(s, p);
		for (size_t i = 0; i < VN_NITEMS(asms); i++)
			if (vn_tok_word(s, p, asms[i]))
				return ("an asm string");
		for (size_t i = 0; i < VN_NITEMS(aliases); i++)
			if (vn_tok_word(s, p, aliases[i]))
				return ("an alias attribute");
	}
	return (NULL);
}

/* An asm operand whose constraint takes constants only: "i" (&x). */
static bool
is_immediate(const struct vn_source *s, int t)
{

	for (int up = s->outline.up[t]; up >= 0; up = s->outline.up[up]) {
		int p = vn_tok_prev(s, up);
		const char *text;
		unsigned len;

		if (p < 0 || s->lex.toks[p].kind != VN_TOK_STRING ||
		    string_use(s, p) == NULL)
			continue;
		text = vn_tok_text(s, p, &len);
		return (memchr(text, 'r', len) == NULL &&
		    memchr(text, 'm', len) == NULL &&
		    memchr(text, 'g', len) == NULL &&
		    (memchr(text, 'i', len) != NULL ||
		    memchr(text, 'n', len) != NULL ||
		    memchr(text, 's', len) != NULL));
	}
	return (false);
}

static void
judge_ref(struct judged *j)
{
	int arg, callee;
	const struct vn_word *word = vn_word_around(j->s, j->o->tok, &callee,
	    &arg);

	if (is_immediate(j->s, j->o->tok)) {
		vn_target_block(j->t, "asm", "an asm operand at %s needs its "
		    "address as a constant, which it is not under %s", j->at,
		    j->plan->style->option);
		return;
	}
	if (word != NULL && word->kind == VN_WORD_SYSCTL &&
	    arg == word->pointer) {
		judge_sysctl(j, word);
		return;
	}
	if (word != NULL && word->kind == VN_WORD_SYSCTL_ADD &&
	    arg == word->pointer) {
		vn_target_block(j->t, "dynamic-sysctl", "%s at %s takes its "
		    "address; write %s(..., %s | ..., &%s(%s), ...)",
		    word->name, j->at, word->name, vn_word_vnet_flag,
		    j->plan->style->address, j->name);
	}
}

static bool
has_section(const struct vn_source *s, const struct vn_declarator *c)
{

	for (int t = c->attr; t >= 0 && t <= c->attr_last;
	    t = vn_tok_next(s, t)) {
		unsigned len;
		const char *text = vn_tok_text(s, t, &len);

		if (vn_tok_ident(s, t) && (vn_word_attr(text, len) ==
		    VN_ATTR_SECTION || vn_tok_word(s, t, "section") ||
		    vn_tok_word(s, t, "__section__")))
			return (true);
	}
	return (false);
}

static bool
has_asm_label(const struct vn_source *s, const struct vn_declarator *c)
{
	int n = vn_tok_next(s, c->suffix);

	return (vn_tok_word(s, n, "asm") || vn_tok_word(s, n, "__asm") ||
	    vn_tok_word(s, n, "__asm__"));
}

/* Does a conditional stand between the tokens from first to last? */
static bool
is_split(const struct vn_source *s, int first, int last)
{

	for (int t = first; t < last; t++)
		if (s->lex.toks[t].dir != s->lex.toks[first].dir)
			return (true);
	return (false);
}

/*
 * The macro that makes a declaration of the name, its argument; -1 if none
 * does.
 */
static int
defining_macro(const struct judged *j)
{
	size_t i, end = vn_facts_at(j->plan->facts, j->o->source, j->o->off,
	    &i);
	bool is = j->o->tokens;
	unsigned len;
	const char *text;
	int arg, callee = vn_tok_call(j->s, j->o->tok, &arg);

	for (; i < end; i++)
		is = is || (j->plan->facts->items[i].flags & VN_FF_MACRO);
	if (!is || callee == -1)
		return (-1);
	text = vn_tok_text(j->s, callee, &len);
	return (vn_macros_find(j->plan->macros, text, len) != NULL ? callee :
	    -1);
}

static void
judge_macro_call(struct judged *j, int callee)
{
	unsigned len;
	const char *text = vn_tok_text(j->s, callee, &len);
	bool extern_ = j->o->role == VN_ROLE_DECL;

	vn_target_block(j->t, "macro-definition", "the macro %.*s %s it at "
	    "%s; write %s(type, %s) in its place", (int)len, text,
	    extern_ ? "declares" : "defines", j->at, extern_ ?
	    j->plan->style->declare : j->plan->style->define, j->name);
}

static void
judge_decl(struct judged *j)
{
	struct vn_decl d;
	const struct vn_declarator *c = NULL;
	int callee;

	if (j->s->lex.toks[j->o->tok].dir != -1) {
		vn_target_block(j->t, "macro-definition", "a macro at %s "
		    "defines or declares it; write %s in the macro", j->at,
		    j->plan->style->define);
		return;
	}
	if ((callee = defining_macro(j)) != -1) {
		judge_macro_call(j, callee);
		return;
	}
	if (vn_decl_read(&d, j->s, j->o->tok))
		c = vn_decl_named(&d, j->o->tok);
	if (c != NULL && is_split(j->s, d.first,
	    d.items.items[d.items.count - 1].suffix))
		vn_target_block(j->t, "declaration", "its declaration at %s "
		    "has a conditional inside; write %s(type, %s) by hand",
		    j->at, j->plan->style->define, j->name);
	else if (c == NULL || c->function || d.storage == VN_STORAGE_OTHER ||
	    (j->o->role == VN_ROLE_DECL && d.storage != VN_STORAGE_EXTERN))
		vn_target_block(j->t, "declaration", "its declaration at %s "
		    "does not read as one; write %s(type, %s) by hand", j->at,
		    j->plan->style->define, j->name);
	else if (has_section(j->s, c))
		vn_target_block(j->t, "section", "it has a section of its own "
		    "at %s; drop the attribute or leave the variable alone",
		    j->at);
	else if (has_asm_label(j->s, c))
		vn_target_block(j->t, "asm-label", "it has an assembler name "
		    "at %s; drop the label or leave the variable alone",
		    j->at);
	vn_decl_free(&d);
}

static void
judge(struct vn_plan *plan, const struct vn_occurrence *o)
{
	struct judged j = { .plan = plan, .o = o };

	if (o->target == -1 || o->done || o->cls != VN_UNDECIDED)
		return;
	j.s = plan->sources->items[o->source];
	j.t = &plan->targets.items[o->target];
	j.name = vn_plan_plain(plan, o->name);
	j.vname = vn_plan_prefixed(plan, o->name);
	j.at = vn_plan_place(plan, o->source, o->off);
	if (o->role == VN_ROLE_REF)
		judge_ref(&j);
	else
		judge_decl(&j);
	free(j.at);
}

struct string_search {
	struct vn_plan		*plan;
	const struct vn_source	*s;
	int			 source;
	int			 tok;
	const char		*use;
};

static bool
see_string_word(const char *ident, size_t len, size_t off, void *arg)
{
	struct string_search *search = arg;
	struct vn_plan *plan = search->plan;
	int name = vn_names_find(&plan->names, ident, len);
	char *at;

	(void)off;
	for (size_t i = 0; name != -1 && i < plan->targets.count; i++) {
		struct vn_target *t = &plan->targets.items[i];

		if (t->name != name || t->entity == NULL ||
		    (t->what != VN_EXTERN &&
		    plan->sources->items[t->home] != search->s))
			continue;
		at = vn_plan_place(plan, search->source,
		    search->s->lex.toks[search->tok].off);
		vn_target_block(t, "asm", "%s at %s names it; the symbol is "
		    "another one under %s", search->use, at,
		    plan->style->option);
		free(at);
	}
	return (true);
}

static void
judge_strings(struct vn_plan *plan, int source)
{
	const struct vn_source *s = plan->sources->items[source];
	struct string_search search = { .plan = plan, .s = s,
	    .source = source };

	for (size_t t = 0; t < s->lex.ntoks; t++) {
		const struct vn_tok *tok = &s->lex.toks[t];

		if (tok->kind != VN_TOK_STRING || tok->len < 3 ||
		    (search.use = string_use(s, (int)t)) == NULL)
			continue;
		search.tok = (int)t;
		vn_lex_idents(s->data + tok->off + 1, tok->len - 2,
		    see_string_word, &search);
	}
}

/* Macros named x or V_x would change what the new text means. */
static void
judge_macros(struct vn_plan *plan, struct vn_target *t)
{
	const char *plain = vn_plan_plain(plan, t->as);
	const char *prefixed = vn_plan_prefixed(plan, t->as);
	const struct vn_macro *m;
	char *at;

	m = vn_macros_find(plan->macros, prefixed, strlen(prefixed));
	if (m != NULL && !t->has_define) {
		const struct vn_source *s = plan->sources->items[m->source];

		at = vn_plan_place(plan, m->source,
		    s->lex.toks[m->name].off);
		vn_target_block(t, "taken", "%s is taken: a macro of that name "
		    "at %s is not %s(%s)", prefixed, at, plan->style->access,
		    plain);
		free(at);
	}
	if ((m = vn_plan_home_macro(plan, t, plain)) != NULL) {
		const struct vn_source *s = plan->sources->items[m->source];

		at = vn_plan_place(plan, m->source,
		    s->lex.toks[m->name].off);
		vn_target_block(t, "macro", "a macro of the same name at %s "
		    "would be expanded in %s(..., %s); rename one of them",
		    at, plan->style->define, plain);
		free(at);
	}
}

/* Facts about the prefixed spelling: some other thing is called V_x. */
static void
judge_taken(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		int name = vn_names_find(&plan->names, f->name,
		    strlen(f->name));

		if (name == -1 || name % 2 == 0 || f->source < 0)
			continue;
		for (size_t k = 0; k < plan->targets.count; k++) {
			struct vn_target *t = &plan->targets.items[k];
			char *at;

			if (t->as != name - 1 || t->entity == NULL)
				continue;
			at = vn_plan_place(plan, f->source, f->off);
			vn_target_block(t, "taken", "%s is taken by something "
			    "else at %s; rename it", f->name, at);
			free(at);
		}
	}
}

/* The home: the definition and the header that declares it. */
static void
judge_home(struct vn_target *t, const char *where, const struct vn_source *s)
{

	if (s->in_path || t->has_define)
		return;
	t->outside = true;
	vn_target_block(t, "home-outside", "%s in %s; add %s to the PATHs",
	    where, s->shown, s->shown);
}

/* Does the style's header, opened as h, include the source itself? */
static bool
is_below_header(const struct vn_source *h, const struct vn_source *s)
{
	size_t n = strlen(s->path);

	for (size_t t = 0; t < h->lex.ntoks; t++) {
		const struct vn_tok *tok = &h->lex.toks[t];
		size_t m = tok->len - 2;

		if (tok->kind == VN_TOK_HEADER && tok->len > 2 && m < n &&
		    memcmp(s->path + n - m, h->data + tok->off + 1, m) == 0 &&
		    s->path[n - m - 1] == '/')
			return (true);
	}
	return (false);
}

/* A declaration in a header: its home too, and not below net/vnet.h. */
static void
judge_header(struct vn_plan *plan, const struct vn_occurrence *o,
    const struct vn_source *h)
{
	const struct vn_source *s = plan->sources->items[o->source];
	struct vn_target *t;

	if (o->target == -1 || o->role != VN_ROLE_DECL || o->done ||
	    !vn_source_is_header(s))
		return;
	t = &plan->targets.items[o->target];
	judge_home(t, "it is declared", s);
	if (is_below_header(h, s))
		vn_target_block(t, "vnet-header", "it is declared in %s, "
		    "which %s includes; declare it in another header",
		    s->shown, plan->style->header);
}

static void
judge_homes(struct vn_plan *plan)
{
	const char *header = plan->header == NULL ? "" : plan->header;
	struct vn_source h;

	for (size_t i = 0; i < plan->targets.count; i++) {
		struct vn_target *t = &plan->targets.items[i];

		if (t->entity == NULL)
			continue;
		judge_home(t, "it is defined",
		    plan->sources->items[t->home]);
	}
	vn_source_lend(&h, NULL, header, strlen(header));
	for (size_t i = 0; i < plan->occurrences.count; i++)
		judge_header(plan, &plan->occurrences.items[i], &h);
	vn_source_close(&h);
}

static bool
in_define(const struct vn_plan *plan, const struct vn_occurrence *o)
{

	return (plan->sources->items[o->source]->lex.toks[o->tok].dir != -1);
}

/* A program has no VNET words, nor what of a header lies under _KERNEL. */
static void
remark_program(struct vn_plan *plan, struct vn_occurrence *o)
{

	vn_occ_remark(o, "userland", "'%s' is used by a program: its command "
	    "does not define _KERNEL, so that it has no %s and no "
	    "declaration; give it a variable of its own",
	    vn_plan_plain(plan, o->name), vn_plan_prefixed(plan, o->name));
}

/* Turn what is left into remarks. */
static void
remark_left(struct vn_plan *plan, struct vn_occurrence *o)
{
	const struct vn_target *t;

	if (o->target == -1 || o->done)
		return;
	t = &plan->targets.items[o->target];
	if (o->cls != VN_UNDECIDED && (!o->inactive || t->kind == NULL))
		return;
	if (t->kind != NULL && o->outside)
		vn_occ_other(o, "left as a whole");
	else if (o->outside && o->tokens && in_define(plan, o))
		vn_occ_other(o, "macro that nothing expands");
	else if (t->kind != NULL)
		vn_occ_remark(o, t->kind, "'%s' is not converted: %s",
		    vn_plan_plain(plan, o->name), t->reason);
	else if (plan->sources->items[o->source]->program &&
	    t->home != o->source)
		remark_program(plan, o);
	else if (o->outside && o->role != VN_ROLE_REF)
		vn_occ_remark(o, "outside", "declaration of '%s' outside the "
		    "PATHs; with %s write '%s(type, %s)'",
		    vn_plan_plain(plan, o->name), plan->style->option,
		    plan->style->declare, vn_plan_plain(plan, o->name));
	else if (o->outside)
		vn_occ_remark(o, "outside", "use of '%s' outside the PATHs; "
		    "with %s write '%s'", vn_plan_plain(plan, o->name),
		    plan->style->option, vn_plan_prefixed(plan, o->name));
}

/* Uses in files whose names do not end like a C source's. */
static void
note_strays(struct vn_plan *plan)
{

	for (size_t i = 0; i < plan->facts->count; i++) {
		const struct vn_fact *f = &plan->facts->items[i];
		char *shown;

		if (!(f->flags & VN_FF_STRAY) || f->exp_path == NULL ||
		    strncmp(f->exp_path, plan->sources->root,
		    strlen(plan->sources->root)) != 0)
			continue;
		for (size_t k = 0; k < plan->targets.count; k++) {
			const struct vn_target *t = &plan->targets.items[k];

			if (!vn_target_converts(t) ||
			    strcmp(t->entity, f->entity) != 0)
				continue;
			shown = vn_sources_shown(plan->sources, f->exp_path);
			vn_plan_note_at(plan, shown, f->exp_line, f->exp_col,
			    "stray", "'%s' is used in a file that is no .c or "
			    ".h; edit it by hand: write '%s'", f->name,
			    vn_plan_prefixed(plan, t->name));
			free(shown);
		}
	}
}

void
vn_plan_block(struct vn_plan *plan)
{

	judge_homes(plan);
	vn_plan_moves(plan);
	vn_plan_pasted(plan);
	judge_taken(plan);
	for (size_t i = 0; i < plan->sources->count; i++)
		if (plan->sources->items[i]->opened &&
		    plan->sources->items[i]->in_path)
			judge_strings(plan, (int)i);
	for (size_t i = 0; i < plan->targets.count; i++)
		if (plan->targets.items[i].entity != NULL)
			judge_macros(plan, &plan->targets.items[i]);
	for (size_t i = 0; i < plan->occurrences.count; i++)
		judge(plan, &plan->occurrences.items[i]);
	vn_plan_constants(plan);
	for (size_t i = 0; i < plan->occurrences.count; i++)
		remark_left(plan, &plan->occurrences.items[i]);
	note_strays(plan);
}
