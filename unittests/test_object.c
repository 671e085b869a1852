/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Objects made by hand, with one wrong number each.
 */

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Support/mem.h"

#include "Object/compare.h"
#include "Object/compare.h"
#include "Object/object.h"
#include "capture.h"

enum { TEXT = 1, RELA, SYMTAB, STRTAB, GROUP, NSECTIONS };

/* An object of this machine's byte order and 64 bits, laid out as memory. */
struct image {
	Elf64_Ehdr	header;
	unsigned char	text[16];
	Elf64_Rela	rela[2];
	Elf64_Sym	symbols[3];
	char		strings[16];
	uint32_t	group[2];
	Elf64_Shdr	sections[NSECTIONS];
};

static void
section(struct image *i, int n, uint32_t type, void *at, size_t size,
    size_t entsize)
{
	i->sections[n].sh_type = type;
	i->sections[n].sh_offset = (uint64_t)((char *)at - (char *)i);
	i->sections[n].sh_size = size;
	i->sections[n].sh_entsize = entsize;
}

static void
build(struct image *i)
{
	static const char strings[] = "\0use\0one\0.text";
	uint16_t one = 1;

	memset(i, 0, sizeof(*i));
	memcpy(i->header.e_ident, ELFMAG, SELFMAG);
	i->header.e_ident[EI_CLASS] = ELFCLASS64;
	i->header.e_ident[EI_DATA] = *(unsigned char *)&one == 1 ?
	    ELFDATA2LSB : ELFDATA2MSB;
	i->header.e_ident[EI_VERSION] = EV_CURRENT;
	i->header.e_type = ET_REL;
	i->header.e_machine = EM_X86_64;
	i->header.e_shoff = offsetof(struct image, sections);
	i->header.e_shentsize = sizeof(Elf64_Shdr);
	i->header.e_shnum = NSECTIONS;
	i->header.e_shstrndx = STRTAB;
	memcpy(i->strings, strings, sizeof(strings));
	section(i, TEXT, SHT_PROGBITS, i->text, sizeof(i->text), 0);
	i->sections[TEXT].sh_name = 9;
	i->sections[TEXT].sh_flags = SHF_ALLOC | SHF_EXECINSTR;
	section(i, RELA, SHT_RELA, i->rela, sizeof(i->rela),
	    sizeof(Elf64_Rela));
	i->sections[RELA].sh_link = SYMTAB;
	i->sections[RELA].sh_info = TEXT;
	section(i, SYMTAB, SHT_SYMTAB, i->symbols, sizeof(i->symbols),
	    sizeof(Elf64_Sym));
	i->sections[SYMTAB].sh_link = STRTAB;
	section(i, STRTAB, SHT_STRTAB, i->strings, sizeof(i->strings), 0);
	section(i, GROUP, SHT_GROUP, i->group, sizeof(i->group), 4);
	i->sections[GROUP].sh_info = 1;
	i->group[0] = GRP_COMDAT;
	i->group[1] = TEXT;
	i->symbols[1] = (Elf64_Sym){
		.st_name = 1,
		.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
		.st_shndx = TEXT,
		.st_value = 4,
		.st_size = 8,
	};
	i->symbols[2] = (Elf64_Sym){
		.st_name = 5,
		.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE),
	};
	i->rela[0] = (Elf64_Rela){ 8, ELF64_R_INFO(2, R_X86_64_32), 7 };
	i->rela[1] = (Elf64_Rela){ 2, ELF64_R_INFO(0, R_X86_64_64), -1 };
}

static int
read_image(struct vn_object *o, const struct image *i, size_t len)
{
	unsigned char *data = vn_malloc(len);

	memcpy(data, i, len);
	return (vn_object_read(o, "x.o", data, len));
}

/* That image is refused, with that one line. */
static void
check_refused(const struct image *i, const char *message)
{
	struct capture c;
	struct vn_object o;
	char *text;
	int ret;

	capture_start(&c);
	ret = read_image(&o, i, sizeof(*i));
	text = capture_end(&c);
	assert_string_equal(text, message);
	assert_int_equal(ret, -1);
	free(text);
}

#define	REFUSE(message, change) do {					\
	struct image i;							\
									\
	build(&i);							\
	i.change;							\
	check_refused(&i, "x.o: " message "\n");			\
} while (0)

static void
test_read(void **state)
{
	struct vn_object o;
	struct image i;

	(void)state;
	build(&i);
	assert_int_equal(read_image(&o, &i, sizeof(i)), 0);
	assert_true(o.wide);
	assert_int_equal(o.nsections, NSECTIONS);
	assert_string_equal(o.sections[TEXT].name, ".text");
	assert_int_equal(o.sections[TEXT].group, GROUP);
	assert_true(o.sections[SYMTAB].table);
	assert_true(o.sections[RELA].table);
	assert_true(o.sections[STRTAB].table);
	assert_false(o.sections[TEXT].table);
	assert_int_equal(o.nsymbols, 3);
	assert_int_equal(o.dynamic, 3);
	assert_string_equal(o.symbols[2].name, "one");
	assert_int_equal(o.symbols[2].section, VN_IN_UNDEF);
	assert_int_equal(o.sections[TEXT].nrelocs, 2);
	assert_int_equal(o.sections[TEXT].relocs[0].offset, 2);
	assert_int_equal(o.sections[TEXT].relocs[0].addend, -1);
	assert_int_equal(o.sections[TEXT].relocs[1].symbol, 2);
	assert_int_equal(o.sections[TEXT].relocs[1].type, R_X86_64_32);
	vn_object_free(&o);
}

static void
test_symbol_at(void **state)
{
	struct vn_object o;
	struct image i;

	(void)state;
	build(&i);
	assert_int_equal(read_image(&o, &i, sizeof(i)), 0);
	assert_int_equal(vn_object_symbol_at(&o, TEXT, 3), -1);
	assert_int_equal(vn_object_symbol_at(&o, TEXT, 4), 1);
	assert_int_equal(vn_object_symbol_at(&o, TEXT, 11), 1);
	assert_int_equal(vn_object_symbol_at(&o, TEXT, 12), -1);
	assert_int_equal(vn_object_symbol_at(&o, GROUP, 4), -1);
	vn_object_free(&o);
}

/* A label of an assembler's has no size: it holds what is up to the next. */
static void
test_symbol_at_label(void **state)
{
	struct vn_object o;
	struct image i;

	(void)state;
	build(&i);
	i.symbols[1].st_size = 0;
	assert_int_equal(read_image(&o, &i, sizeof(i)), 0);
	assert_int_equal(vn_object_symbol_at(&o, TEXT, 3), -1);
	assert_int_equal(vn_object_symbol_at(&o, TEXT, 15), 1);
	vn_object_free(&o);
}

static void
test_header(void **state)
{
	(void)state;
	REFUSE("ELF of an unknown class, byte order or version",
	    header.e_ident[EI_CLASS] = 3);
	REFUSE("a core dump, not an object", header.e_type = ET_CORE);
	REFUSE("ELF without sections, not an object", header.e_shoff = 0);
	REFUSE("section headers of 63 bytes, not 64",
	    header.e_shentsize = 63);
	REFUSE("truncated: its section headers lie beyond its end; build it "
	    "again", header.e_shoff = UINT64_MAX);
	REFUSE("truncated: it has 7 section headers and room for 6; build it "
	    "again", header.e_shnum = 7);
	REFUSE("no section 6 for the names of sections",
	    header.e_shstrndx = 6);
}

static void
test_sections(void **state)
{
	(void)state;
	REFUSE("truncated: section 1 has its contents beyond the file's end; "
	    "build it again", sections[TEXT].sh_size = UINT64_MAX);
	REFUSE("section 1 has a link to section 6, which is not there",
	    sections[TEXT].sh_link = 6);
	REFUSE("section 1 has a name that lies outside of the names",
	    sections[TEXT].sh_name = 16);
	REFUSE("its sections overlap",
	    sections[TEXT].sh_size = sizeof(struct image) -
	    sizeof(Elf64_Ehdr));
	REFUSE("section 2 has information on section 4294967295, which is not "
	    "there", sections[RELA].sh_info = UINT32_MAX);
	REFUSE("section 1 has no names for the sections, by its type",
	    header.e_shstrndx = TEXT);
	REFUSE("section 1 has no names for symbols, by its type",
	    sections[SYMTAB].sh_link = TEXT);
	REFUSE("relocations '' are for section 6, which is not there",
	    sections[RELA].sh_info = 6);
}

static void
test_symbols(void **state)
{
	(void)state;
	REFUSE("symbol 1 has a name that lies outside of the names",
	    symbols[1].st_name = 99);
	REFUSE("symbol 1 is in a section that is not there",
	    symbols[1].st_shndx = NSECTIONS);
	REFUSE("symbol 1 is in a section that is not there",
	    symbols[1].st_shndx = SHN_XINDEX);
	REFUSE("'' has symbols of 0 bytes, not 24",
	    sections[SYMTAB].sh_entsize = 0);
	REFUSE("more than one table of symbols of a kind",
	    sections[TEXT].sh_type = SHT_SYMTAB);
}

static void
test_indexes(void **state)
{
	(void)state;
	REFUSE("a relocation of '' names symbol 3, which is not there",
	    rela[0].r_info = ELF64_R_INFO(3, R_X86_64_32));
	REFUSE("a relocation of '' lies outside of its section",
	    rela[0].r_offset = 16);
	REFUSE("relocations '' are linked to no table of symbols",
	    sections[RELA].sh_link = TEXT);
	REFUSE("'' has relocations of 1 bytes, not 24",
	    sections[RELA].sh_entsize = 1);
	REFUSE("section group 5 has section 6, which is not there",
	    group[1] = 6);
	REFUSE("section group 5 is no group", sections[GROUP].sh_info = 3);
}

/* What is not read is not passed over. */
static void
test_crel(void **state)
{
	(void)state;
	REFUSE("compact relocations (CREL), which are not read; assemble "
	    "without --crel", sections[RELA].sh_type = 0x40000014);
}

static enum vn_rung
compare(const struct image *one, const struct image *other)
{
	enum vn_rung rung;
	struct vn_object a, b;

	assert_int_equal(read_image(&a, one, sizeof(*one)), 0);
	assert_int_equal(read_image(&b, other, sizeof(*other)), 0);
	rung = vn_object_compare(&a, &b, NULL);
	vn_object_free(&a);
	vn_object_free(&b);
	return (rung);
}

static void
test_compare(void **state)
{
	struct image one, other;

	(void)state;
	build(&one);
	other = one;
	assert_string_equal(vn_rung_name(compare(&one, &other)), "bytes");
	/* Nothing says what the last byte of the names is. */
	other.strings[15] = 'x';
	assert_string_equal(vn_rung_name(compare(&one, &other)), "debug");
	other.header.e_flags = 1;
	assert_string_equal(vn_rung_name(compare(&one, &other)), "differs");
	other = one;
	other.header.e_machine = EM_AARCH64;
	assert_string_equal(vn_rung_name(compare(&one, &other)), "differs");
	other = one;
	other.symbols[1].st_other = 0x80;
	assert_string_equal(vn_rung_name(compare(&one, &other)), "differs");
}

/* Relocations may come in any order, but not those of one place. */
static void
test_compare_relocs(void **state)
{
	struct image one, other;

	(void)state;
	build(&one);
	other = one;
	other.rela[0] = one.rela[1];
	other.rela[1] = one.rela[0];
	assert_int_equal(compare(&one, &other), VN_RUNG_DEBUG);
	one.rela[0].r_offset = one.rela[1].r_offset;
	other.rela[1].r_offset = one.rela[1].r_offset;
	assert_int_equal(compare(&one, &other), VN_RUNG_DIFFERS);
}

static void
test_truncated(void **state)
{
	struct capture c;
	struct vn_object o;
	struct image i;

	(void)state;
	build(&i);
	capture_start(&c);
	for (size_t len = 1; len < sizeof(i); len++)
		assert_int_equal(read_image(&o, &i, len), -1);
	free(capture_end(&c));
}

static void
test_uleb(void **state)
{
	static const unsigned char list[] = { 0x05, 0xe5, 0x8e, 0x26, 0x80 };
	static const unsigned char most[] = {
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x03,
	};
	const unsigned char *at = list;
	uint64_t n;

	(void)state;
	assert_true(vn_object_uleb(&at, list + 5, &n));
	assert_int_equal(n, 5);
	assert_true(vn_object_uleb(&at, list + 5, &n));
	assert_int_equal(n, 624485);
	assert_false(vn_object_uleb(&at, list + 5, &n));
	assert_ptr_equal(at, list + 4);
	at = most;
	assert_true(vn_object_uleb(&at, most + 20, &n));
	assert_true(n == UINT64_MAX);
	assert_false(vn_object_uleb(&at, most + 20, &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_symbol_at),
		cmocka_unit_test(test_symbol_at_label),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_indexes),
		cmocka_unit_test(test_crel),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_uleb),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_compare_relocs),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
