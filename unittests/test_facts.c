/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The table of facts: order, folding, its stream, merging.
 */

#include "Facts/facts.h"
#include "sample.h"

static void
add(struct vn_facts *facts, int source, uint32_t off, enum vn_fact_kind kind,
    enum vn_what what, const char *entity, unsigned flags)
{

	vn_facts_add(facts, &(struct vn_fact){ .source = source, .off = off,
	    .kind = kind, .what = what, .flags = (uint16_t)flags,
	    .name = vn_facts_intern(facts, "x"),
	    .entity = vn_facts_intern(facts, entity) });
}

/* One reached through a macro that is expanded there. */
static void
add_expanded(struct vn_facts *facts, const char *path, unsigned line)
{

	vn_facts_add(facts, &(struct vn_fact){ .source = 1, .off = 5,
	    .kind = VN_FACT_REF, .flags = VN_FF_MACRO,
	    .name = vn_facts_intern(facts, "x"),
	    .entity = vn_facts_intern(facts, "x"),
	    .exp_path = vn_facts_intern(facts, path),
	    .exp_line = line, .exp_col = 2, .exp_off = 10 * line });
}

/* The facts as text, in their order. */
static void
check(const struct vn_facts *facts, const char *want)
{
	static const char *const kinds[] = { "def", "decl", "ref", "other" };
	struct vn_strbuf sb = { 0 };

	for (size_t i = 0; i < facts->count; i++) {
		const struct vn_fact *f = &facts->items[i];

		vn_strbuf_printf(&sb, "%s%d:%u %s %s %s %u", i == 0 ? "" :
		    "\n", f->source, f->off, kinds[f->kind],
		    vn_what_word(f->what), f->entity == NULL ? "-" :
		    f->entity, f->flags);
		if (f->exp_path != NULL)
			vn_strbuf_printf(&sb, " %s:%u:%u", f->exp_path,
			    f->exp_line, f->exp_col);
	}
	assert_buffer(&sb, want);
}

static void
test_intern(void **state)
{
	struct vn_facts facts = { 0 };
	char text[] = "abc";
	const char *a, *b;

	(void)state;
	a = vn_facts_intern(&facts, text);
	text[0] = 'x';
	b = vn_facts_intern(&facts, text);
	assert_string_equal(a, "abc");
	assert_string_equal(b, "xbc");
	assert_ptr_equal(vn_facts_intern(&facts, "abc"), a);
	assert_null(vn_facts_intern(&facts, NULL));
	vn_facts_free(&facts);
	assert_null(facts.strings);
}

static void
test_seal(void **state)
{
	struct vn_facts facts = { 0 };

	(void)state;
	add(&facts, 2, 1, VN_FACT_REF, VN_EXTERN, "x", 0);
	add(&facts, 1, 9, VN_FACT_REF, VN_EXTERN, "x", 0);
	add(&facts, 1, 5, VN_FACT_OTHER, VN_MEMBER, NULL, 0);
	add(&facts, 1, 5, VN_FACT_REF, VN_STATIC, "/a.c:x", 0);
	add(&facts, 1, 5, VN_FACT_REF, VN_EXTERN, "x", VN_FF_CONST);
	add(&facts, 1, 5, VN_FACT_REF, VN_EXTERN, "x", 0);
	add(&facts, 1, 5, VN_FACT_DEF, VN_EXTERN, "x", 0);
	add(&facts, 1, 5, VN_FACT_OTHER, VN_LOCAL, NULL, 0);
	add(&facts, 1, 5, VN_FACT_REF, VN_EXTERN, NULL, 0);
	add(&facts, 1, 5, VN_FACT_REF, VN_EXTERN, "x", 0);
	vn_facts_seal(&facts);
	check(&facts, "1:5 def external x 0\n1:5 ref external - 0\n"
	    "1:5 ref external x 0\n1:5 ref external x 4\n"
	    "1:5 ref static /a.c:x 0\n1:5 other local - 0\n"
	    "1:5 other member - 0\n1:9 ref external x 0\n"
	    "2:1 ref external x 0");
	vn_facts_free(&facts);
}

/* Of the expansions in one file the first stays, whatever came first. */
static void
test_seal_expansions(void **state)
{
	static const unsigned orders[][3] = { { 7, 3, 5 }, { 3, 5, 7 },
	    { 5, 7, 3 } };

	(void)state;
	for (size_t i = 0; i < VN_NITEMS(orders); i++) {
		struct vn_facts facts = { 0 };

		add_expanded(&facts, "/b.c", 9);
		for (size_t k = 0; k < 3; k++)
			add_expanded(&facts, "/a.c", orders[i][k]);
		add(&facts, 1, 5, VN_FACT_REF, VN_EXTERN, "x", VN_FF_MACRO);
		vn_facts_seal(&facts);
		check(&facts, "1:5 ref external x 8\n"
		    "1:5 ref external x 8 /a.c:3:2\n"
		    "1:5 ref external x 8 /b.c:9:2");
		vn_facts_free(&facts);
	}
}

static void
test_seal_others(void **state)
{
	struct vn_facts facts = { 0 };

	(void)state;
	vn_facts_seal(&facts);
	assert_int_equal(facts.count + facts.nheaders, 0);
	vn_facts_add_header(&facts, "/h/b.h");
	vn_facts_add_header(&facts, "/h/a.h");
	vn_facts_add_header(&facts, "/h/b.h");
	for (unsigned unit = 3; unit > 0; unit--)
		vn_facts_new_parse(&facts)->unit = unit;
	*vn_facts_new_skip(&facts) = (struct vn_skip){ 1, 7, 9, 0 };
	*vn_facts_new_skip(&facts) = (struct vn_skip){ 0, 5, 6, 1 };
	*vn_facts_new_skip(&facts) = (struct vn_skip){ 0, 7, 8, 0 };
	vn_facts_seal(&facts);
	assert_int_equal(facts.nheaders, 2);
	assert_string_equal(facts.headers[0], "/h/a.h");
	assert_string_equal(facts.headers[1], "/h/b.h");
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(facts.parses[i].unit, i + 1);
	assert_int_equal(facts.skips[0].begin, 7);
	assert_int_equal(facts.skips[0].unit, 0);
	assert_int_equal(facts.skips[1].begin, 5);
	assert_int_equal(facts.skips[2].source, 1);
	vn_facts_free(&facts);
}

static void
check_at(const struct vn_facts *facts, int source, uint32_t off, size_t from,
    size_t to)
{
	size_t first, end = vn_facts_at(facts, source, off, &first);

	assert_int_equal(first, from);
	assert_int_equal(end, to);
}

static void
test_at(void **state)
{
	struct vn_facts facts = { 0 };

	(void)state;
	check_at(&facts, 0, 0, 0, 0);
	add(&facts, 1, 5, VN_FACT_DEF, VN_EXTERN, "x", 0);
	add(&facts, 1, 5, VN_FACT_REF, VN_EXTERN, "x", 0);
	add(&facts, 1, 8, VN_FACT_REF, VN_EXTERN, "x", 0);
	add(&facts, 3, 5, VN_FACT_REF, VN_EXTERN, "x", 0);
	vn_facts_seal(&facts);
	check_at(&facts, 1, 5, 0, 2);
	check_at(&facts, 1, 8, 2, 3);
	check_at(&facts, 3, 5, 3, 4);
	check_at(&facts, 0, 5, 0, 0);
	check_at(&facts, 1, 6, 2, 2);
	check_at(&facts, 2, 5, 3, 3);
	check_at(&facts, 3, 6, 4, 4);
	vn_facts_free(&facts);
}

static void
add_element(struct vn_facts *facts, uint32_t off, const char *part,
    const char *why)
{

	vn_facts_add_element(facts, &(struct vn_element){ .source = 1,
	    .var = 10, .off = off, .part = vn_facts_intern(facts, part),
	    .why = vn_facts_intern(facts, why) });
}

/* A table with something of each kind. */
static void
fill(struct vn_facts *facts)
{
	struct vn_parse *p;

	add(facts, 0, 3, VN_FACT_DEF, VN_STATIC_LOCAL, "/a.c:f():x",
	    VN_FF_NOINIT | VN_FF_VOLATILE);
	add(facts, 0, 7, VN_FACT_OTHER, VN_LABEL, NULL, 0);
	add_expanded(facts, "/a.c", 4);
	p = vn_facts_new_parse(facts);
	p->file = vn_strdup("/a.c");
	p->first = vn_strdup("/a.c:1:1: error");
	p->errors = 2;
	p->nincludes = 2;
	p->includes = vn_calloc(2, sizeof(*p->includes));
	p->includes[1] = 1;
	p = vn_facts_new_parse(facts);
	p->file = vn_strdup("/b.c");
	p->unit = 1;
	p->crashed = true;
	*vn_facts_new_skip(facts) = (struct vn_skip){ 1, 20, 30, 1 };
	vn_facts_add_header(facts, "/h.h");
	add_element(facts, 14, "[1]", NULL);
	add_element(facts, 12, "", "it is odd");
	add_element(facts, 14, "[1]", NULL);
	vn_facts_add_element(facts, &(struct vn_element){ .source = 1,
	    .var = 10, .off = 16, .in_macro = true,
	    .part = vn_facts_intern(facts, ".a") });
}

/* What the elements of the variable at 1:10 come to after sealing. */
static void
check_elements(const struct vn_facts *facts)
{
	size_t first, end = vn_facts_elements(facts, 1, 10, &first);

	assert_int_equal(end - first, 3);
	assert_int_equal(facts->elements[first].off, 12);
	assert_string_equal(facts->elements[first].why, "it is odd");
	assert_int_equal(facts->elements[first + 1].off, 14);
	assert_string_equal(facts->elements[first + 1].part, "[1]");
	assert_null(facts->elements[first + 1].why);
	assert_true(facts->elements[first + 2].in_macro);
	assert_int_equal(vn_facts_elements(facts, 1, 9, &first), first);
	assert_int_equal(vn_facts_elements(facts, 0, 10, &first), first);
}

static void
check_filled(const struct vn_facts *facts)
{

	check(facts, "0:3 def static-local /a.c:f():x 48\n"
	    "0:7 other label - 0\n1:5 ref external x 8 /a.c:4:2");
	assert_int_equal(facts->items[2].exp_off, 40);
	assert_string_equal(facts->items[0].name, "x");
	assert_int_equal(facts->nparses, 2);
	assert_string_equal(facts->parses[0].file, "/a.c");
	assert_string_equal(facts->parses[0].first, "/a.c:1:1: error");
	assert_int_equal(facts->parses[0].errors, 2);
	assert_int_equal(facts->parses[0].nincludes, 2);
	assert_int_equal(facts->parses[0].includes[0], 0);
	assert_int_equal(facts->parses[0].includes[1], 1);
	assert_string_equal(facts->parses[1].file, "/b.c");
	assert_null(facts->parses[1].first);
	assert_int_equal(facts->parses[1].unit, 1);
	assert_true(facts->parses[1].crashed);
	assert_int_equal(facts->nskips, 1);
	assert_int_equal(facts->skips[0].source, 1);
	assert_int_equal(facts->skips[0].begin, 20);
	assert_int_equal(facts->skips[0].end, 30);
	assert_int_equal(facts->nheaders, 1);
	assert_string_equal(facts->headers[0], "/h.h");
}

/* The stream of the table; owned by the caller. */
static char *
written(const struct vn_facts *facts, size_t *len)
{
	char *bytes;
	FILE *out = open_memstream(&bytes, len);

	assert_non_null(out);
	vn_facts_write(facts, out);
	assert_int_equal(fclose(out), 0);
	return (bytes);
}

static int
read_bytes(struct vn_facts *facts, char *bytes, size_t len)
{
	FILE *in = fmemopen(bytes, len, "r");
	int status;

	assert_non_null(in);
	status = vn_facts_read(facts, in);
	fclose(in);
	return (status);
}

static void
test_stream(void **state)
{
	struct vn_facts facts = { 0 }, copy = { 0 };
	char *bytes;
	size_t len;

	(void)state;
	fill(&facts);
	vn_facts_seal(&facts);
	bytes = written(&facts, &len);
	vn_facts_free(&facts);
	assert_int_equal(read_bytes(&copy, bytes, len), 0);
	check_filled(&copy);
	/* Read again, it adds the same. */
	assert_int_equal(read_bytes(&copy, bytes, len), 0);
	assert_int_equal(copy.count, 6);
	assert_int_equal(copy.nparses, 4);
	vn_facts_seal(&copy);
	assert_int_equal(copy.count, 3);
	assert_int_equal(copy.nheaders, 1);
	check_elements(&copy);
	free(bytes);
	vn_facts_free(&copy);
}

static void
test_stream_empty(void **state)
{
	struct vn_facts facts = { 0 }, copy = { 0 };
	char *bytes;
	size_t len;

	(void)state;
	bytes = written(&facts, &len);
	assert_int_equal(read_bytes(&copy, bytes, len), 0);
	assert_int_equal(copy.count + copy.nparses + copy.nskips, 0);
	free(bytes);
	vn_facts_free(&copy);
}

/* Wherever the stream ends early, that is an error, and nothing leaks. */
static void
test_stream_cut(void **state)
{
	struct vn_facts facts = { 0 };
	char *bytes;
	size_t len;

	(void)state;
	fill(&facts);
	bytes = written(&facts, &len);
	vn_facts_free(&facts);
	for (size_t n = 1; n < len; n++) {
		struct vn_facts copy = { 0 };

		assert_int_equal(read_bytes(&copy, bytes, n), -1);
		vn_facts_free(&copy);
	}
	bytes[0] = 'x';
	assert_int_equal(read_bytes(&facts, bytes, len), -1);
	vn_facts_free(&facts);
	free(bytes);
}

static void
test_merge(void **state)
{
	struct vn_facts facts = { 0 }, other = { 0 };

	(void)state;
	fill(&other);
	vn_facts_merge(&facts, &other);
	assert_int_equal(other.count, 3);
	vn_facts_free(&other);
	vn_facts_seal(&facts);
	check_filled(&facts);
	check_elements(&facts);
	fill(&other);
	vn_facts_merge(&facts, &other);
	vn_facts_free(&other);
	vn_facts_seal(&facts);
	assert_int_equal(facts.count, 3);
	assert_int_equal(facts.nparses, 4);
	assert_int_equal(facts.nskips, 2);
	assert_int_equal(facts.nheaders, 1);
	vn_facts_free(&facts);
}

static void
test_dump(void **state)
{
	struct vn_facts facts = { 0 };
	struct sample m;
	char *text;
	size_t len;
	FILE *out;

	(void)state;
	sample_init(&m, "a.c", "int\nx;\n");
	sample_add(&m, "b.c", "\n    x\n");
	fill(&facts);
	facts.items[1].off = 0;
	vn_facts_add(&facts, &(struct vn_fact){ .source = -1,
	    .kind = VN_FACT_DECL, .flags = VN_FF_STRAY, .name = "x",
	    .exp_path = "/usr/h.h", .exp_line = 3, .exp_col = 4 });
	out = open_memstream(&text, &len);
	vn_facts_dump(&facts, &m.sources, out);
	fclose(out);
	assert_string_equal(text,
	    "a.c:1:4: def x static-local volatile tentative\n"
	    "a.c:1:1: other x label\n"
	    "b.c:2:5: ref x external macro expanded=/a.c:4:2\n"
	    "/usr/h.h:3:4: decl x external stray expanded=/usr/h.h:3:4\n");
	free(text);
	vn_facts_free(&facts);
	sample_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_intern),
		cmocka_unit_test(test_seal),
		cmocka_unit_test(test_seal_expansions),
		cmocka_unit_test(test_seal_others),
		cmocka_unit_test(test_at),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_stream_empty),
		cmocka_unit_test(test_stream_cut),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_dump),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
