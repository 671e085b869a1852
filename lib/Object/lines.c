/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * DWARF, by libdw, which also applies the relocations of debug sections.
 * What it cannot make sense of is not known: nothing here is an error.
 */

#include <ctype.h>
#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Object/lines.h"
#include "Object/view.h"

/* Bounds for damaged data: entries looked at, and how deep they may stand. */
enum { MAX_ENTRIES = 1 << 20, MAX_DEPTH = 64 };

struct vn_dwarf {
	const struct vn_object	*object;
	char			*copy;	/* owned; relocations are applied to
					   it */
	Dwfl			*dwfl;	/* owned */
	Dwfl_Module		*module;
	Elf			*elf;	/* the module's */
	GElf_Addr		 bias;
};

/* No other file than the object is looked for. */
static int
find_nothing(Dwfl_Module *module, void **user, const char *name,
    Dwarf_Addr base, const char *file, const char *link, GElf_Word crc,
    char **out)
{

	(void)module;
	(void)user;
	(void)name;
	(void)base;
	(void)file;
	(void)link;
	(void)crc;
	(void)out;
	return (-1);
}

static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = find_nothing,
	.section_address = dwfl_offline_section_address
};

struct vn_dwarf *
vn_dwarf_open(const struct vn_object *o)
{
	struct vn_dwarf *l = vn_calloc(1, sizeof(*l));
	Dwarf_Addr bias;

	l->object = o;
	l->copy = vn_malloc(o->len + 1);
	memcpy(l->copy, o->data, o->len);
	l->dwfl = dwfl_begin(&callbacks);
	if (l->dwfl != NULL)
		l->module = dwfl_report_offline_memory(l->dwfl, "object",
		    "object", l->copy, o->len);
	if (l->module != NULL && dwfl_report_end(l->dwfl, NULL, NULL) == 0 &&
	    dwfl_module_getdwarf(l->module, &bias) != NULL)
		l->elf = dwfl_module_getelf(l->module, &l->bias);
	if (l->elf == NULL) {
		vn_dwarf_close(l);
		return (NULL);
	}
	return (l);
}

void
vn_dwarf_close(struct vn_dwarf *l)
{

	if (l == NULL)
		return;
	if (l->dwfl != NULL)
		dwfl_end(l->dwfl);
	free(l->copy);
	free(l);
}

/* Where libdw put that place. */
static bool
address_of(struct vn_dwarf *l, int section, uint64_t offset, Dwarf_Addr *out)
{
	Elf_Scn *scn = elf_getscn(l->elf, (size_t)section);
	GElf_Shdr header;

	if (scn == NULL || gelf_getshdr(scn, &header) == NULL)
		return (false);
	*out = header.sh_addr + l->bias + offset;
	return (true);
}

/* The name as it was given to the compiler, where its directory is before. */
static char *
place_text(const char *file, const char *dir, int line)
{
	size_t len = dir == NULL ? 0 : strlen(dir);

	if (len > 0 && strncmp(file, dir, len) == 0 && file[len] == '/')
		file += len + 1;
	while (strncmp(file, "./", 2) == 0)
		file += 2;
	return (vn_asprintf("%s:%d", file, line));
}

/* The last line of a unit's table that begins at or before the address. */
static Dwarf_Line *
line_in(Dwarf_Lines *lines, size_t count, Dwarf_Addr address)
{
	Dwarf_Line *best = NULL, *line, *next;
	Dwarf_Addr from, to;
	bool end;
	int number;

	for (size_t i = 0; i + 1 < count; i++) {
		line = dwarf_onesrcline(lines, i);
		next = dwarf_onesrcline(lines, i + 1);
		if (line == NULL || next == NULL ||
		    dwarf_lineaddr(line, &from) != 0 ||
		    dwarf_lineaddr(next, &to) != 0 ||
		    dwarf_lineendsequence(line, &end) != 0)
			return (NULL);
		if (end)
			best = NULL;
		if (end || from > address)
			continue;
		/* Line 0 is code that no line made: what is before it has. */
		if (address < to)
			return (dwarf_lineno(line, &number) == 0 &&
			    number > 0 ? line : best);
		if (dwarf_lineno(line, &number) == 0 && number > 0)
			best = line;
	}
	return (NULL);
}

static const char *
directory_of(Dwarf_Die *unit)
{
	Dwarf_Attribute attribute;

	return (dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir,
	    &attribute)));
}

/* Not by .debug_aranges, which clang does not write. */
char *
vn_dwarf_at(struct vn_dwarf *l, int section, uint64_t offset)
{
	Dwarf_Die *unit = NULL;
	Dwarf_Addr address, bias;
	Dwarf_Lines *lines;
	size_t count;

	if (!address_of(l, section, offset, &address))
		return (NULL);
	while ((unit = dwfl_module_nextcu(l->module, unit, &bias)) != NULL) {
		Dwarf_Line *line;
		const char *file;
		int number;

		if (dwarf_getsrclines(unit, &lines, &count) != 0)
			continue;
		line = line_in(lines, count, address - bias);
		if (line == NULL || dwarf_lineno(line, &number) != 0)
			continue;
		file = dwarf_linesrc(line, NULL, NULL);
		if (file != NULL)
			return (place_text(file, directory_of(unit), number));
	}
	return (NULL);
}

/* A search for the declaration of a symbol. */
struct search {
	struct vn_dwarf	*lines;
	const char	*name;		/* as the source has it; borrowed */
	size_t		 len;
	bool		 defined;
	Dwarf_Addr	 address;
	Dwarf_Addr	 bias;		/* of addresses in the unit */
	Dwarf_Die	*unit;
	unsigned	 entries;	/* looked at */
	int		 rank;		/* of the best so far */
	char		*found;		/* owned */
};

/* The address of a variable or function, if its entry says one. */
static bool
entry_address(Dwarf_Die *die, Dwarf_Addr *out)
{
	Dwarf_Attribute attribute;
	Dwarf_Op *ops;
	size_t count;

	if (dwarf_lowpc(die, out) == 0)
		return (true);
	if (dwarf_attr_integrate(die, DW_AT_location, &attribute) == NULL ||
	    dwarf_getlocation(&attribute, &ops, &count) != 0 || count != 1)
		return (false);
	if (ops[0].atom == DW_OP_addr) {
		*out = ops[0].number;
		return (true);
	}
	return (ops[0].atom == DW_OP_addrx && dwarf_getlocation_attr(
	    &attribute, ops, &attribute) == 0 &&
	    dwarf_formaddr(&attribute, out) == 0);
}

/* How well an entry with the name suits: 3 has the address, 0 does not. */
static int
rank_of(const struct search *s, Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Addr address;

	if (s->defined && entry_address(die, &address))
		return (address + s->bias == s->address ? 3 : 0);
	return (dwarf_attr(die, DW_AT_declaration, &attribute) != NULL ? 1 : 2);
}

/*
 * As dwarf_decl_file(3), but for file 0, which DWARF 5 has (6.2.4) and that
 * takes for none.
 */
static const char *
declaring_file(const struct search *s, Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Files *files;
	Dwarf_Word index;
	size_t count;

	if (dwarf_formudata(dwarf_attr_integrate(die, DW_AT_decl_file,
	    &attribute), &index) != 0 ||
	    dwarf_getsrcfiles(s->unit, &files, &count) != 0 || index >= count)
		return (NULL);
	return (dwarf_filesrc(files, index, NULL, NULL));
}

static void
look_at(struct search *s, Dwarf_Die *die)
{
	int tag = dwarf_tag(die), rank, line;
	const char *name, *file;

	if (tag != DW_TAG_variable && tag != DW_TAG_subprogram)
		return;
	name = dwarf_diename(die);
	if (name == NULL || strlen(name) != s->len ||
	    strncmp(name, s->name, s->len) != 0)
		return;
	rank = rank_of(s, die);
	if (rank <= s->rank || dwarf_decl_line(die, &line) != 0)
		return;
	file = declaring_file(s, die);
	if (file == NULL)
		return;
	free(s->found);
	s->found = place_text(file, directory_of(s->unit), line);
	s->rank = rank;
}

/* The entries below one, of functions too: statics are in them. */
static void
look_below(struct search *s, Dwarf_Die *parent, int depth)
{
	Dwarf_Die die;

	if (depth == MAX_DEPTH || dwarf_child(parent, &die) != 0)
		return;
	do {
		if (s->rank == 3 || ++s->entries > MAX_ENTRIES)
			return;
		look_at(s, &die);
		if (dwarf_haschildren(&die) == 1)
			look_below(s, &die, depth + 1);
	} while (dwarf_siblingof(&die, &die) == 0);
}

/* gcc calls a static of a function "last.0", clang "f.last". */
static void
set_name(struct search *s, const char *symbol)
{
	size_t end = strlen(symbol), at = end;
	const char *dot;

	while (at > 0 && isdigit((unsigned char)symbol[at - 1]))
		at--;
	if (at > 1 && at < end && symbol[at - 1] == '.')
		end = at - 1;
	dot = memrchr(symbol, '.', end);
	s->name = dot == NULL || dot == symbol ? symbol : dot + 1;
	s->len = end - (size_t)(s->name - symbol);
}

char *
vn_dwarf_declared(struct vn_dwarf *l, int symbol)
{
	const struct vn_symbol *sym = &l->object->symbols[symbol];
	struct search s = { .lines = l, .defined = sym->section > 0 };
	Dwarf_Die *unit = NULL;

	set_name(&s, sym->name);
	if (s.defined && !address_of(l,
	    vn_symbol_section(l->object, symbol),
	    vn_symbol_start(l->object, symbol), &s.address))
		return (NULL);
	while (s.entries <= MAX_ENTRIES && (unit = dwfl_module_nextcu(l->module,
	    unit, &s.bias)) != NULL) {
		s.unit = unit;
		look_below(&s, unit, 0);
	}
	return (s.found);
}
