/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Relocations of the processors' ABIs.
 */

#include <elf.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/machine.h"
#include "Object/object.h"

/* The numbers of a relocation that the headers of older systems lack. */
enum { X86_64_GOTPCRELX = 41, X86_64_REX_GOTPCRELX = 42 };

/* Where an addend is in a word. */
enum form {
	FORM_NONE,
	FORM_WORD,		/* all of it */
	FORM_31,		/* ARM: 31 bits of it */
	FORM_BRANCH24,		/* ARM: words, from 8 bytes on */
	FORM_MOV16,		/* ARM: 4 bits, and 12 */
	FORM_26,		/* MIPS: words */
	FORM_HIGH16,		/* MIPS: the half of a LO16 that follows */
	FORM_LOW16		/* MIPS */
};

bool
vn_machine_pcrel(const struct vn_object *o, const struct vn_reloc *r)
{

	if (o->machine == EM_386)
		return (r->type == R_386_PC32 || r->type == R_386_PLT32 ||
		    r->type == R_386_PC16 || r->type == R_386_PC8);
	if (o->machine != EM_X86_64)
		return (false);
	switch (r->type) {
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
	case R_X86_64_GOTPCREL:
	case R_X86_64_GOTTPOFF:
	case R_X86_64_TLSGD:
	case R_X86_64_TLSLD:
	case R_X86_64_PC8:
	case R_X86_64_PC16:
	case X86_64_GOTPCRELX:
	case X86_64_REX_GOTPCRELX:
		return (true);
	default:
		return (false);
	}
}

static enum form
form_of_arm(uint32_t type)
{

	switch (type) {
	case R_ARM_PC24:
	case R_ARM_PLT32:
	case R_ARM_CALL:
	case R_ARM_JUMP24:
		return (FORM_BRANCH24);
	case R_ARM_MOVW_ABS_NC:
	case R_ARM_MOVT_ABS:
	case R_ARM_MOVW_PREL_NC:
	case R_ARM_MOVT_PREL:
		return (FORM_MOV16);
	case R_ARM_PREL31:
		return (FORM_31);
	case R_ARM_ABS32:
	case R_ARM_REL32:
	case R_ARM_TARGET1:
	case R_ARM_TARGET2:
	case R_ARM_GOT_PREL:
		return (FORM_WORD);
	default:
		return (FORM_NONE);
	}
}

static enum form
form_of_mips(uint32_t type)
{

	switch (type) {
	case R_MIPS_32:
		return (FORM_WORD);
	case R_MIPS_26:
		return (FORM_26);
	case R_MIPS_HI16:
	case R_MIPS_GOT16:
		return (FORM_HIGH16);
	case R_MIPS_LO16:
		return (FORM_LOW16);
	default:
		return (FORM_NONE);
	}
}

/* None where the addend is in the relocation (RELA). */
static enum form
form_of(const struct vn_object *o, const struct vn_reloc *r)
{

	if (!r->implicit)
		return (FORM_NONE);
	switch (o->machine) {
	case EM_386:
		return (FORM_WORD);
	case EM_ARM:
		return (form_of_arm(r->type));
	case EM_MIPS:
		return (form_of_mips(r->type));
	default:
		return (FORM_NONE);
	}
}

/* The bytes that it fills: of those that have words of another size. */
static unsigned
width_of(const struct vn_object *o, const struct vn_reloc *r)
{

	if (o->machine == EM_386)
		return (r->type == R_386_8 || r->type == R_386_PC8 ? 1 :
		    r->type == R_386_16 || r->type == R_386_PC16 ? 2 : 4);
	if (o->machine == EM_X86_64)
		return (r->type == R_X86_64_64 || r->type == R_X86_64_PC64 ? 8 :
		    r->type == R_X86_64_8 || r->type == R_X86_64_PC8 ? 1 :
		    r->type == R_X86_64_16 || r->type == R_X86_64_PC16 ? 2 : 4);
	return (4);
}

static uint32_t
mask_of(enum form form)
{

	switch (form) {
	case FORM_31:
		return (0x7fffffff);
	case FORM_BRANCH24:
		return (0x00ffffff);
	case FORM_MOV16:
		return (0x000f0fff);
	case FORM_26:
		return (0x03ffffff);
	case FORM_HIGH16:
	case FORM_LOW16:
		return (0x0000ffff);
	default:
		return (0xffffffff);
	}
}

static uint32_t
load(const struct vn_object *o, const unsigned char *p, unsigned width)
{
	uint32_t v = 0;

	for (unsigned i = 0; i < width; i++)
		v |= (uint32_t)p[i] << 8 * (o->little ? i : width - 1 - i);
	return (v);
}

static void
store(const struct vn_object *o, unsigned char *p, unsigned width, uint32_t v)
{

	for (unsigned i = 0; i < width; i++)
		p[i] = (unsigned char)(v >>
		    8 * (o->little ? i : width - 1 - i));
}

/* The low bits of v, with the sign that the highest of them is. */
static int64_t
extend(uint32_t v, unsigned bits)
{
	uint32_t sign = (uint32_t)1 << (bits - 1);

	v &= sign | (sign - 1);
	return ((int64_t)(v ^ sign) - (int64_t)sign);
}

static bool
word_at(const struct vn_object *o, const struct vn_section *s,
    const struct vn_reloc *r, uint32_t *out)
{
	unsigned width = width_of(o, r);

	if (s->data == NULL || r->offset > s->size ||
	    s->size - r->offset < width)
		return (false);
	*out = load(o, s->data + r->offset, width);
	if (width < 4)
		*out = (uint32_t)extend(*out, 8 * width);
	return (true);
}

/* The low half is in the next LO16 for the same symbol (psABI, MIPS). */
static int64_t
high_half(const struct vn_object *o, const struct vn_section *s,
    const struct vn_reloc *r, uint32_t word)
{
	uint32_t low;

	for (const struct vn_reloc *n = r; n < s->relocs + s->nrelocs; n++)
		if (n->type == R_MIPS_LO16 && n->symbol == r->symbol &&
		    word_at(o, s, n, &low))
			return ((int32_t)(word << 16) + extend(low, 16));
	return ((int32_t)(word << 16));
}

int64_t
vn_machine_addend(const struct vn_object *o, const struct vn_section *s,
    const struct vn_reloc *r)
{
	enum form form = form_of(o, r);
	uint32_t word;

	if (form == FORM_NONE || !word_at(o, s, r, &word))
		return (r->addend);
	switch (form) {
	case FORM_31:
		return (r->addend + extend(word, 31));
	case FORM_BRANCH24:
		return (r->addend + 4 * extend(word, 24) + 8);
	case FORM_MOV16:
		return (r->addend + extend((word >> 4 & 0xf000) |
		    (word & 0xfff), 16));
	case FORM_26:
		return (r->addend + 4 * (int64_t)(word & 0x03ffffff));
	case FORM_HIGH16:
		return (r->addend + high_half(o, s, r, word));
	case FORM_LOW16:
		return (r->addend + extend(word, 16));
	default:
		return (r->addend + extend(word, 32));
	}
}

void
vn_machine_blank(const struct vn_object *o, const struct vn_reloc *r,
    unsigned char *bytes, uint64_t start, size_t len)
{
	enum form form = form_of(o, r);
	unsigned width = width_of(o, r);
	unsigned char *p;

	if (form == FORM_NONE || r->offset < start || r->offset - start > len ||
	    len - (r->offset - start) < width)
		return;
	p = bytes + (r->offset - start);
	store(o, p, width, load(o, p, width) & ~mask_of(form));
}

const char *
vn_machine_name(uint16_t machine)
{
	static const struct {
		uint16_t	 machine;
		const char	*name;
	} names[] = {
		{ EM_386, "i386" }, { EM_X86_64, "x86-64" }, { EM_ARM, "arm" },
		{ EM_AARCH64, "aarch64" }, { EM_MIPS, "mips" },
		{ EM_PPC, "powerpc" }, { EM_PPC64, "powerpc64" },
		{ EM_RISCV, "riscv" }, { EM_SPARCV9, "sparc64" },
		{ EM_IA_64, "ia64" }
	};

	for (size_t i = 0; i < VN_NITEMS(names); i++)
		if (names[i].machine == machine)
			return (names[i].name);
	return (NULL);
}
