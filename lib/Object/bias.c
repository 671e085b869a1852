/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Where a relocation by a section's own symbol really points.
 */

#include <capstone/capstone.h>

#include "Object/canon.h"
#include "Object/items.h"
#include "Object/object_impl.h"

/* Take instructions apart until one ends beyond the offset. */
static bool
sweep_to(const struct vn_section *s, struct vn_sweep *sweep, uint64_t offset)
{
	const uint8_t *code = s->data + sweep->at;
	size_t left = s->size - sweep->at;
	cs_insn *insn;
	csh handle;

	if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle) != CS_ERR_OK)
		return (false);
	insn = cs_malloc(handle);
	while (sweep->at <= offset) {
		sweep->last = sweep->at;
		if (!cs_disasm_iter(handle, &code, &left, &sweep->at, insn))
			break;
	}
	cs_free(insn, 1);
	cs_close(&handle);
	return (sweep->at > offset);
}

/*
 * Bytes from an offset to the end of the instruction that it is in; 0: not
 * known.  A function begins with an instruction, and so does what comes after
 * one.
 */
static uint64_t
rest_of_instruction(struct vn_canon *c, int section, uint64_t offset)
{
	const struct vn_object *o = c->object;
	const struct vn_section *s = &o->sections[section];
	int symbol = vn_object_symbol_at(o, section, offset);
	uint64_t from = symbol == -1 ? 0 : o->symbols[symbol].value;

	if (s->data == NULL || from > offset || offset >= s->size)
		return (0);
	if (c->sweep.section != section || c->sweep.from != from ||
	    c->sweep.last > offset)
		c->sweep = (struct vn_sweep){ section, from, from, from };
	return (sweep_to(s, &c->sweep, offset) ? c->sweep.at - offset : 0);
}

static bool
bias_amd64(struct vn_canon *c, int section, const struct vn_reloc *reloc,
    int64_t *bias)
{
	bool code = (c->object->sections[section].flags & SHF_EXECINSTR) != 0;

	*bias = 0;
	switch (reloc->type) {
	case R_X86_64_64:
	case R_X86_64_32:
	case R_X86_64_32S:
		return (true);
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		if (code)
			*bias = (int64_t)rest_of_instruction(c, section,
			    reloc->offset);
		return (!code || *bias != 0);
	case R_X86_64_PC64:
		return (!code);
	default:
		return (false);
	}
}

bool
vn_items_bias(struct vn_canon *c, int section,
    const struct vn_reloc *reloc, int64_t *bias)
{
	*bias = 0;
	if (reloc->implicit)
		return (false);
	switch (c->object->machine) {
	case EM_X86_64:
		return (bias_amd64(c, section, reloc, bias));
	case EM_AARCH64:
	case EM_PPC:
	case EM_PPC64:
	case EM_RISCV:
	case EM_SPARCV9:
		return (true);
	default:
		return (false);
	}
}
