/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Files that are no ELF objects, named as what they are.
 */

#include <ctype.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/object_impl.h"

#define	LTO	"LTO bitcode, not machine code; compile with -fno-lto"

static const struct {
	const char	*magic;
	size_t		 len;
	const char	*name;
} formats[] = {
	{ "BC\xc0\xde", 4, LTO },
	{ "\xde\xc0\x17\x0b", 4, LTO },		/* wrapped: 0x0b17c0de */
	{ "\xfe\xed\xfa\xce", 4, "a Mach-O file, not ELF" },
	{ "\xfe\xed\xfa\xcf", 4, "a Mach-O file, not ELF" },
	{ "\xce\xfa\xed\xfe", 4, "a Mach-O file, not ELF" },
	{ "\xcf\xfa\xed\xfe", 4, "a Mach-O file, not ELF" },
	{ "\xca\xfe\xba\xbe", 4, "a Mach-O file, not ELF" },
	{ "\0asm", 4, "a WebAssembly module, not ELF" },
	{ "MZ", 2, "a PE file, not ELF" },
	{ "\x64\x86", 2, "a COFF object, not ELF" },	/* amd64 */
	{ "\x4c\x01", 2, "a COFF object, not ELF" },	/* i386 */
	{ "\x64\xaa", 2, "a COFF object, not ELF" },	/* arm64 */
	{ "\xc4\x01", 2, "a COFF object, not ELF" },	/* armnt */
	{ "\0\0\xff\xff", 4, "a COFF object, not ELF" }, /* -bigobj */
	{ "\x01\xdf", 2, "an XCOFF object, not ELF" },
	{ "\x01\xf7", 2, "an XCOFF object, not ELF" },
	{ "CPCH", 4, "a precompiled header, no object" },
	{ "gpch", 4, "a precompiled header, no object" },
	{ "!<arch>\n", 8, "an archive, not an object" },
	{ "!<thin>\n", 8, "an archive, not an object" },
	{ "\x7f" "ELF", 4, "a truncated ELF file; build it again" },
};

static bool
is_text(const unsigned char *data, size_t len)
{
	for (size_t i = 0; i < len && i < 512; i++)
		if (data[i] < 0x80 && !isprint(data[i]) && !isspace(data[i]))
			return (false);
	return (true);
}

const char *
vn_foreign_name(const unsigned char *data, size_t len)
{
	if (len == 0)
		return ("an empty file, no object; build it again");
	for (size_t i = 0; i < VN_NITEMS(formats); i++)
		if (len >= formats[i].len &&
		    memcmp(data, formats[i].magic, formats[i].len) == 0)
			return (formats[i].name);
	return (is_text(data, len) ? "text, not an ELF object" :
	    "not an ELF object");
}

/*
 * gcc's lto_section header: two 16-bit versions, then a byte that is not 0 in
 * a slim object (gcc 10 and newer; before that a symbol said so).
 */
bool
vn_slim_lto(const struct vn_object *o)
{
	static const char prefix[] = ".gnu.lto_.lto.";

	for (size_t i = 1; i < o->nsections; i++) {
		const struct vn_section *s = &o->sections[i];

		if (strncmp(s->name, prefix, sizeof(prefix) - 1) == 0 &&
		    s->data != NULL && s->size > 4 && s->data[4] != 0)
			return (true);
	}
	for (size_t i = 1; i < o->nsymbols; i++)
		if (strcmp(o->symbols[i].name, "__gnu_lto_slim") == 0)
			return (true);
	return (false);
}

static bool
begins(const char *s, const char *with)
{
	return (strncmp(s, with, strlen(with)) == 0);
}

/*
 * Allocated sections count whatever they are named, but for two kinds; and so
 * does any that is used, see count_used() in object.c.
 */
bool
vn_debug_name(const char *name, bool allocated)
{
	static const char *const prefixes[] = {
		".debug_", ".zdebug_", ".stab", ".mdebug", ".gnu.debuglto_",
	};
	static const char *const names[] = {
		".debug", ".line", ".comment", ".gnu_debuglink",
		".gnu_debugaltlink", ".gdb_index", ".BTF", ".BTF.ext",
	};

	if (strcmp(name, ".note.gnu.build-id") == 0 ||
	    strcmp(name, ".SUNW_ctf") == 0 || strcmp(name, ".ctf") == 0)
		return (true);
	if (allocated)
		return (false);
	for (size_t i = 0; i < VN_NITEMS(prefixes); i++)
		if (begins(name, prefixes[i]))
			return (true);
	for (size_t i = 0; i < VN_NITEMS(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (true);
	return (false);
}
