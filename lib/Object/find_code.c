/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Functions, instruction by instruction.
 */

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/findings.h"
#include "Object/insn.h"

/* A function in both objects. */
struct function {
	struct vn_findings	*f;
	struct vn_spot		 one, other;	/* its start */
	struct vn_insns		 was, now;
	bool			 code, target;	/* one was found */
};

static struct vn_spot
spot_at(struct vn_spot start, const struct vn_insn *insn)
{

	start.offset += insn->offset;
	return (start);
}

static char *
text_of(const struct vn_view *v, const struct vn_insn *insn)
{
	struct vn_strbuf sb = { 0 };

	vn_insn_print(&sb, v, insn);
	return (vn_strbuf_take(&sb));
}

/* Where the i-th instruction begins, or where the last one ends. */
static struct vn_spot
spot_of(struct vn_spot start, const struct vn_insns *insns, size_t i)
{
	const struct vn_insn *last;

	if (i < insns->count)
		return (spot_at(start, &insns->items[i]));
	if (insns->count > 0) {
		last = &insns->items[insns->count - 1];
		start.offset += last->offset + last->size;
	}
	return (start);
}

/* The i-th instructions differ; one of them may not be there. */
static void
found_code(struct function *fn, size_t i)
{
	struct vn_match *m = &fn->f->match;
	char *was = NULL, *now = NULL;

	if (i < fn->was.count)
		was = text_of(&m->one, &fn->was.items[i]);
	if (i < fn->now.count)
		now = text_of(&m->other, &fn->now.items[i]);
	vn_found(fn->f, VN_DIFF_CODE, spot_of(fn->one, &fn->was, i),
	    spot_of(fn->other, &fn->now, i), was, now);
	fn->code = true;
	if (fn->one.symbol > 0)
		m->inexact[fn->one.symbol] = true;
}

static void
compare_targets(struct function *fn, const struct vn_insn *a,
    const struct vn_insn *b)
{
	struct vn_match *m = &fn->f->match;
	struct vn_spot one = spot_at(fn->one, a), other = spot_at(fn->other, b);

	for (int i = 0; i < a->ntargets; i++) {
		const struct vn_target *t = &a->targets[i], *u = &b->targets[i];
		bool same = vn_match_target(m, t, u);

		if (fn->target && (same || t->kind != VN_AT_TEXT ||
		    u->kind != VN_AT_TEXT))
			continue;
		if (!same) {
			fn->target |= vn_found_target(fn->f, one, other, t,
			    u) == VN_DIFF_TARGET;
		} else if (t->type != u->type && t->type != 0 && u->type != 0) {
			vn_found(fn->f, VN_DIFF_TARGET, one, other,
			    vn_typed_text(&m->one, t),
			    vn_typed_text(&m->other, u));
			fn->target = true;
		}
	}
}

/* The number of the instruction at that offset; count if there is none. */
static size_t
insn_at(const struct vn_insns *insns, int64_t offset)
{
	size_t lo = 0, hi = insns->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (insns->items[mid].offset < (uint64_t)offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

/* Where all else is the same: do the branches lead to the same places? */
static void
compare_branches(struct function *fn)
{

	for (size_t i = 0; i < fn->was.count; i++) {
		const struct vn_insn *a = &fn->was.items[i];
		const struct vn_insn *b = &fn->now.items[i];

		if (a->inner != -1 && insn_at(&fn->was, a->inner) !=
		    insn_at(&fn->now, b->inner)) {
			found_code(fn, i);
			return;
		}
	}
}

/*
 * A branch inside the function may lead over what differs, and then its
 * distance differs before that: it is no difference unless it is the only one.
 */
static void
compare_insns(struct function *fn)
{
	size_t i, n = fn->was.count < fn->now.count ? fn->was.count :
	    fn->now.count;

	for (i = 0; i < n && !fn->code; i++) {
		const struct vn_insn *a = &fn->was.items[i];
		const struct vn_insn *b = &fn->now.items[i];

		if (strcmp(a->text, b->text) != 0 ||
		    (a->inner == -1) != (b->inner == -1) ||
		    a->ntargets != b->ntargets)
			found_code(fn, i);
		else
			compare_targets(fn, a, b);
	}
	if (!fn->code && fn->was.count != fn->now.count)
		found_code(fn, n);
	if (!fn->code)
		compare_branches(fn);
}

static void
compare_code(struct vn_findings *f, const struct vn_piece *a,
    const struct vn_piece *b)
{
	struct function fn = { .f = f, .one = { a->section, a->symbol, 0 },
	    .other = { b->section, b->symbol, 0 } };

	vn_insns_read(&fn.was, &f->match.one, a->section, a->start, a->size);
	vn_insns_read(&fn.now, &f->match.other, b->section, b->start, b->size);
	compare_insns(&fn);
	vn_insns_free(&fn.was);
	vn_insns_free(&fn.now);
}

static bool
is_code(const struct vn_section *s)
{

	return ((s->flags & (SHF_ALLOC | SHF_EXECINSTR)) ==
	    (SHF_ALLOC | SHF_EXECINSTR) && s->data != NULL);
}

/* Code without any symbol, as assembler may have. */
static void
compare_nameless(struct vn_findings *f)
{
	const struct vn_object *one = f->match.one.object;
	const struct vn_object *other = f->match.other.object;
	bool *named = vn_calloc(one->nsections + 1, sizeof(*named));

	for (size_t i = 0; i < f->match.one.count; i++)
		named[f->match.one.items[i].section] = true;
	for (size_t i = 1; i < one->nsections; i++) {
		const struct vn_section *s = &one->sections[i], *t;
		int peer = f->match.sections[i];

		if (named[i] || peer == -1 || !is_code(s))
			continue;
		t = &other->sections[peer];
		if (is_code(t))
			compare_code(f, &(struct vn_piece){ (int)i, 0, s->size,
			    0 }, &(struct vn_piece){ peer, 0, t->size, 0 });
	}
	free(named);
}

void
vn_find_code(struct vn_findings *f)
{
	struct vn_match *m = &f->match;

	for (size_t i = 0; i < m->one.count; i++) {
		const struct vn_piece *a = &m->one.items[i], *b;
		int peer = m->symbols[a->symbol];

		if (peer == -1 || m->other.piece_of[peer] == -1)
			continue;
		b = &m->other.items[m->other.piece_of[peer]];
		if (is_code(&m->one.object->sections[a->section]) &&
		    is_code(&m->other.object->sections[b->section]))
			compare_code(f, a, b);
	}
	compare_nameless(f);
}
