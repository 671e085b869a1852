/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What relocations of the processors' ABIs do to bytes: as much as it takes to
 * know which place is meant.
 */

#ifndef VN_OBJECT_MACHINE_H
#define	VN_OBJECT_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vn_object;
struct vn_reloc;
struct vn_section;

/* Does it name a distance from the place, where x86 counts from the end of
   the instruction? */
bool	vn_machine_pcrel(const struct vn_object *object,
	    const struct vn_reloc *reloc);

/*
 * The addend, also where it is in the section's bytes: i386, ARM and MIPS
 * (o32), by their ABIs' forms of words and instructions.  A field that leaves
 * the section counts as 0.  Bytes.
 */
int64_t	vn_machine_addend(const struct vn_object *object,
	    const struct vn_section *section, const struct vn_reloc *reloc);

/*
 * Clear in bytes (len of them, those at offset start of the section) what the
 * relocation will fill in.
 */
void	vn_machine_blank(const struct vn_object *object,
	    const struct vn_reloc *reloc, unsigned char *bytes,
	    uint64_t start, size_t len);

/* "x86-64", "aarch64" ..., or NULL; static. */
const char *vn_machine_name(uint16_t machine);

#endif /* !VN_OBJECT_MACHINE_H */
