/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Instructions, by Capstone.
 */

#include <capstone/capstone.h>
#include <elf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/insn.h"
#include "Object/machine.h"

/* The longest instruction of any machine here. */
enum { MAX_INSN = 16 };

/* A function being read. */
struct reading {
	const struct vn_view	*view;
	const struct vn_section	*section;
	int			 index;		/* of section */
	uint64_t		 start, size;
	size_t			 reloc;		/* the next one */
	int			 piece;		/* the function; -1: none */
	unsigned char		*bytes;		/* owned; relocated ones 0 */
};

/* Processor and mode, or false where Capstone 4 has none. */
static bool
capstone_of(const struct vn_object *o, bool thumb, cs_arch *arch, cs_mode *mode)
{

	*mode = o->little ? CS_MODE_LITTLE_ENDIAN : CS_MODE_BIG_ENDIAN;
	switch (o->machine) {
	case EM_386:
	case EM_X86_64:
		*arch = CS_ARCH_X86;
		*mode = o->machine == EM_386 ? CS_MODE_32 : CS_MODE_64;
		return (true);
	case EM_ARM:
		*arch = CS_ARCH_ARM;
		*mode |= thumb ? CS_MODE_THUMB : CS_MODE_ARM;
		return (true);
	case EM_AARCH64:
		*arch = CS_ARCH_ARM64;
		return (true);
	case EM_PPC:
	case EM_PPC64:
		*arch = CS_ARCH_PPC;
		*mode |= o->wide ? CS_MODE_64 : CS_MODE_32;
		return (true);
	case EM_MIPS:
		*arch = CS_ARCH_MIPS;
		*mode |= o->wide ? CS_MODE_MIPS64 : CS_MODE_MIPS32;
		return (true);
	case EM_SPARCV9:
		*arch = CS_ARCH_SPARC;
		*mode |= CS_MODE_V9;
		return (true);
#if CS_API_MAJOR >= 5
	case EM_RISCV:
		*arch = CS_ARCH_RISCV;
		*mode = (o->wide ? CS_MODE_RISCV64 : CS_MODE_RISCV32) |
		    CS_MODE_RISCVC;
		return (true);
#endif
	default:
		return (false);
	}
}

static bool
is_thumb(const struct vn_view *v, int section, uint64_t start)
{
	int piece = vn_view_piece_at(v, section, start);
	const struct vn_symbol *s;

	if (piece == -1)
		return (false);
	s = &v->object->symbols[v->items[piece].symbol];
	return (s->type == STT_FUNC && (s->value & 1) != 0);
}

static bool
open_capstone(csh *handle, const struct vn_view *v, int section, uint64_t start)
{
	cs_arch arch;
	cs_mode mode;

	if (!capstone_of(v->object, is_thumb(v, section, start), &arch,
	    &mode) || cs_open(arch, mode, handle) != CS_ERR_OK)
		return (false);
	cs_option(*handle, CS_OPT_DETAIL, CS_OPT_ON);
	if (arch == CS_ARCH_X86)
		cs_option(*handle, CS_OPT_SYNTAX, CS_OPT_SYNTAX_ATT);
	return (true);
}

/* Where a number that ends the operands begins, or NULL. */
static char *
last_number(char *operands)
{
	char *comma = strrchr(operands, ','), *p, *end;

	p = comma == NULL ? operands : comma + 1;
	p += strspn(p, " #");
	if (*p == '\0')
		return (NULL);
	(void)strtoll(p, &end, 0);
	return (*end == '\0' ? p : NULL);
}

static bool
in_group(csh handle, const cs_insn *ci)
{

	return (cs_insn_group(handle, ci, CS_GRP_JUMP) ||
	    cs_insn_group(handle, ci, CS_GRP_CALL) ||
	    cs_insn_group(handle, ci, CS_GRP_BRANCH_RELATIVE));
}

/* Not all of Capstone's processors tell the group of each branch. */
static bool
named_as_branch(const char *mnemonic, uint16_t machine)
{

	if (machine == EM_PPC || machine == EM_PPC64)
		return (mnemonic[0] == 'b');
	if (machine == EM_SPARCV9)
		return (mnemonic[0] == 'b' || strcmp(mnemonic, "call") == 0);
	return ((machine == EM_AARCH64 || machine == EM_ARM) &&
	    (strcmp(mnemonic, "b") == 0 || strcmp(mnemonic, "bl") == 0 ||
	    strncmp(mnemonic, "b.", 2) == 0));
}

/* Is the last operand a distance, which Capstone shows as an address? */
static bool
shows_address(csh handle, const cs_insn *ci, uint16_t machine)
{

	if (machine == EM_AARCH64 && (ci->id == ARM64_INS_ADR ||
	    ci->id == ARM64_INS_ADRP))
		return (true);
	return (in_group(handle, ci) || named_as_branch(ci->mnemonic, machine));
}

static void
cut_number(char *operands, char *number)
{

	while (number > operands && strchr(" #,", number[-1]) != NULL)
		number--;
	*number = '\0';
}

/*
 * A branch: without relocation to a place in the section; with one that means
 * the function itself, it is the same.
 */
static void
add_branch(struct reading *r, struct vn_insn *insn, uint64_t to)
{
	const struct vn_target *t = &insn->targets[0];

	if (insn->ntargets > 0) {
		if (t->kind == VN_AT_SYMBOL && r->piece != -1 &&
		    r->view->piece_of[t->symbol] == r->piece &&
		    t->offset >= 0 && (uint64_t)t->offset < r->size) {
			insn->inner = t->offset;
			insn->ntargets = 0;
		}
		return;
	}
	if (!r->view->object->wide)
		to = (uint64_t)(int64_t)(int32_t)to;
	if (to < r->size) {
		insn->inner = (int64_t)to;
	} else {
		vn_view_place(r->view, &insn->targets[0], r->index,
		    (int64_t)(r->start + to));
		insn->ntargets = 1;
	}
}

static void
add_relocs(struct reading *r, struct vn_insn *insn)
{
	uint64_t end = r->start + insn->offset + insn->size;
	const struct vn_reloc *reloc;

	for (; r->reloc < r->section->nrelocs; r->reloc++) {
		reloc = &r->section->relocs[r->reloc];
		if (reloc->offset >= end)
			break;
		if (insn->ntargets < VN_INSN_TARGETS &&
		    reloc->offset >= r->start + insn->offset)
			vn_view_reloc(r->view, &insn->targets[
			    insn->ntargets++], r->index, reloc, end);
	}
}

/* x86: the distance from the end to a variable that is in the section. */
static void
add_distance(struct reading *r, struct vn_insn *insn, const cs_insn *ci,
    char *operands)
{
	char *rip = strstr(operands, "(%rip)"), *p = rip;

	if (rip == NULL || insn->ntargets > 0)
		return;
	for (unsigned i = 0; i < ci->detail->x86.op_count; i++) {
		const cs_x86_op *op = &ci->detail->x86.operands[i];

		if (op->type == X86_OP_MEM && op->mem.base == X86_REG_RIP)
			vn_view_place(r->view, &insn->targets[insn->ntargets++],
			    r->index, (int64_t)(r->start + insn->offset +
			    insn->size) + op->mem.disp);
		if (insn->ntargets == VN_INSN_TARGETS)
			break;
	}
	while (p > operands && strchr("-0123456789abcdefx", p[-1]) != NULL)
		p--;
	memmove(p, rip, strlen(rip) + 1);
}

static void
add_insn(struct vn_insns *out, struct reading *r, csh handle,
    const cs_insn *ci)
{
	struct vn_insn insn = { .offset = ci->address, .size = ci->size,
	    .inner = -1 };
	uint16_t machine = r->view->object->machine;
	char operands[sizeof(ci->op_str)], *number;

	memcpy(operands, ci->op_str, sizeof(operands));
	add_relocs(r, &insn);
	number = last_number(operands);
	if (number != NULL && shows_address(handle, ci, machine)) {
		add_branch(r, &insn, strtoull(number, NULL, 0));
		cut_number(operands, number);
	}
	if (machine == EM_X86_64)
		add_distance(r, &insn, ci, operands);
	insn.text = vn_asprintf("%s%s%s", ci->mnemonic,
	    operands[0] == '\0' ? "" : " ", operands);
	VN_PUSH(out, insn);
}

/* Bytes that are no instruction, up to the next relocation. */
static void
add_bytes(struct vn_insns *out, struct reading *r, uint64_t offset,
    uint64_t len)
{
	struct vn_insn insn = { .offset = offset, .size = (unsigned)len,
	    .inner = -1 };
	struct vn_strbuf sb = { 0 };

	add_relocs(r, &insn);
	vn_strbuf_puts(&sb, ".byte ");
	vn_bytes_print(&sb, r->bytes + offset, len);
	insn.text = vn_strbuf_take(&sb);
	VN_PUSH(out, insn);
}

/* What is shown of bytes that Capstone does not know. */
static unsigned
step_of(const struct reading *r, uint64_t offset)
{

	switch (r->view->object->machine) {
	case EM_386:
	case EM_X86_64:
		return (1);
	case EM_RISCV:
		/* Compressed, unless both low bits are set (RISC-V, 1.5). */
		return ((r->bytes[offset] & 3) == 3 ? 4 : 2);
	default:
		return (4);
	}
}

static void
read_all(struct vn_insns *out, struct reading *r, csh handle, cs_insn *ci)
{
	uint64_t offset = 0, len;
	const uint8_t *code;
	size_t left;

	while (offset < r->size) {
		/* Relative to the function, so that all may be moved. */
		uint64_t address = offset;

		code = r->bytes + offset;
		left = r->size - offset;
		if (handle != 0 && cs_disasm_iter(handle, &code, &left,
		    &address, ci)) {
			add_insn(out, r, handle, ci);
			offset = address;
			continue;
		}
		len = step_of(r, offset);
		if (len > r->size - offset)
			len = r->size - offset;
		add_bytes(out, r, offset, len);
		offset += len;
	}
}

void
vn_insns_read(struct vn_insns *out, const struct vn_view *v, int section,
    uint64_t start, uint64_t size)
{
	const struct vn_section *s = &v->object->sections[section];
	struct reading r = { v, s, section, start, size,
	    vn_reloc_from(s, start),
	    vn_view_piece_at(v, section, start), NULL };
	csh handle = 0;
	cs_insn *ci = NULL;

	if (s->data == NULL)
		return;
	r.bytes = vn_malloc(size + MAX_INSN);
	memcpy(r.bytes, s->data + start, size);
	for (size_t i = r.reloc; i < s->nrelocs &&
	    s->relocs[i].offset < start + size; i++)
		vn_machine_blank(v->object, &s->relocs[i], r.bytes, start,
		    size);
	if (open_capstone(&handle, v, section, start))
		ci = cs_malloc(handle);
	read_all(out, &r, handle, ci);
	if (handle != 0) {
		cs_free(ci, 1);
		cs_close(&handle);
	}
	free(r.bytes);
}

void
vn_insns_free(struct vn_insns *insns)
{

	for (size_t i = 0; i < insns->count; i++)
		free(insns->items[i].text);
	VN_FREE(insns);
}

void
vn_insn_print(struct vn_strbuf *sb, const struct vn_view *v,
    const struct vn_insn *insn)
{

	vn_strbuf_puts(sb, insn->text);
	if (insn->inner != -1)
		vn_strbuf_printf(sb, " <+%" PRId64 ">", insn->inner);
	for (int i = 0; i < insn->ntargets; i++) {
		if (insn->targets[i].kind == VN_AT_NOTHING)
			continue;
		vn_strbuf_puts(sb, " <");
		vn_target_print(sb, v, &insn->targets[i]);
		vn_strbuf_puts(sb, ">");
	}
}
