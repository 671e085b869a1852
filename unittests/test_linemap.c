/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Line maps, "#line", padding: what holds for any pair of sources.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "Mirror/linemap.h"
#include "Support/lex.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

/* The map as "1 0 2". */
static void
check_map(const char *plain, const char *converted, const char *want)
{
	struct vn_linemap map;
	struct vn_strbuf sb = { 0 };
	size_t i;

	vn_linemap_make(&map, plain, strlen(plain), converted,
	    strlen(converted));
	for (i = 0; i < map.count; i++)
		vn_strbuf_printf(&sb, "%s%u", i > 0 ? " " : "", map.lines[i]);
	assert_string_equal(sb.data == NULL ? "" : sb.data, want);
	vn_strbuf_free(&sb);
	vn_linemap_free(&map);
}

static void
test_map_equal(void **state)
{
	(void)state;
	check_map("", "", "");
	check_map("a\n", "", "");
	check_map("", "a\n", "0");
	check_map("a\nb", "a\nb", "1 2");
	check_map("a\n\n\nb\n", "a\n\n\n\nb\n", "1 2 3 0 4");
	check_map("a;\nb;\n", "a;\nx;\nb;\n", "1 0 2");
	check_map("a;\nx;\nb;\n", "a;\nb;\n", "1 3");
	check_map("\ta = b;\n", "        a=b;\n", "1");
	check_map("a\r\n", "a\n", "1");
}

static void
test_map_alike(void **state)
{
	(void)state;
	check_map("int foo;\n",
	    "VNET_DEFINE(int, foo);\n#define V_foo VNET(foo)\n", "1 0");
	check_map("a = foo;\n", "b = 1;\na = V_foo;\n", "0 1");
	check_map("a = &foo;\n", "a = &VNET_NAME(foo);\n", "1");
	check_map("x(1);\nfoo();\n", "y(2);\nbar();\n", "0 0");
}

static void
test_map_split(void **state)
{
	(void)state;
	check_map("x();\nf(a, b, c);\n", "x();\nf(V_a, V_b,\n    V_c);\n",
	    "1 2 2");
	check_map("f(a, b, c, d);\n", "f(V_a,\n    V_b, V_c, V_d);\n", "1 1");
}

/* Many lines that are all the same, and none that stands once. */
static void
test_map_much(void **state)
{
	struct vn_strbuf p = { 0 }, c = { 0 };
	struct vn_linemap map;
	int i;

	(void)state;
	vn_strbuf_puts(&c, "new;\n");
	for (i = 0; i < 60000; i++) {
		vn_strbuf_puts(&p, "1,\n");
		vn_strbuf_puts(&c, i == 30000 ? "new;\n1,\n" : "1,\n");
	}
	vn_linemap_make(&map, p.data, p.len, c.data, c.len);
	assert_int_equal(map.count, 60002);
	assert_int_equal(map.lines[60001], 60000);
	vn_linemap_free(&map);
	vn_strbuf_free(&p);
	vn_strbuf_free(&c);
}

/*
 * Random sources.
 */

static uint32_t seed;

static unsigned
any(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return ((seed >> 10) % n);
}

static const char *const pieces[] = { "a", "b(", ")", "c;\n", "\n", "\n\n",
    "#if A\n", "#else\n", "#endif\n", "#if 0\n", "#define M a\\\n b\n",
    "/* x\n y */", "// z\n", "\\\n", "\"s\"", "'", "{\n", "}\n", "(\n", ",\n",
    " ", "\r\n", "d e f g;\n", "V_d V_e f g;\n", "#", "/", "\"", "#elif B\n" };

static void
random_source(struct vn_strbuf *out)
{
	unsigned i, n;

	vn_strbuf_reserve(out, 1);
	for (i = 0, n = any(60); i < n; i++)
		vn_strbuf_puts(out, pieces[any(VN_NITEMS(pieces))]);
	out->data[out->len] = '\0';
}

/* A source with some pieces put in or taken away. */
static void
change_source(struct vn_strbuf *out, const struct vn_strbuf *from)
{
	size_t i;

	vn_strbuf_reserve(out, 1);
	for (i = 0; i < from->len; i++) {
		if (any(20) == 0)
			vn_strbuf_puts(out, pieces[any(VN_NITEMS(pieces))]);
		if (any(40) != 0)
			vn_strbuf_putc(out, from->data[i]);
	}
	out->data[out->len] = '\0';
}

static bool
is_line(const struct vn_strbuf *text, const struct vn_lex *lex, size_t tok)
{
	const struct vn_dir *dir;

	if (lex->toks[tok].dir < 0)
		return (false);
	dir = &lex->dirs[lex->toks[tok].dir];
	return (dir->kind == VN_DIR_OTHER && dir->ntok > 1 &&
	    vn_tok_is(text->data, &lex->toks[dir->tok + 1], "line"));
}

/* The tokens are the same, but for #line. */
static void
same_tokens(const struct vn_strbuf *a, const struct vn_strbuf *b)
{
	struct vn_lex la, lb;
	size_t i, j;

	vn_lex(&la, a->data, a->len);
	vn_lex(&lb, b->data, b->len);
	for (i = j = 0; j < lb.ntoks; j++) {
		if (is_line(b, &lb, j))
			continue;
		assert_true(i < la.ntoks);
		assert_int_equal(la.toks[i].kind, lb.toks[j].kind);
		assert_int_equal(la.toks[i].len, lb.toks[j].len);
		assert_int_equal(la.toks[i].dir < 0, lb.toks[j].dir < 0);
		assert_memory_equal(a->data + la.toks[i].off,
		    b->data + lb.toks[j].off, la.toks[i].len);
		i++;
	}
	assert_int_equal(i, la.ntoks);
	vn_lex_free(&la);
	vn_lex_free(&lb);
}

static void
check_pair(const struct vn_strbuf *p, const struct vn_strbuf *c)
{
	struct vn_stretches v = { 0 };
	struct vn_strbuf line = { 0 }, pp = { 0 }, pc = { 0 };
	struct vn_linemap map;
	size_t i;

	vn_linemap_make(&map, p->data, p->len, c->data, c->len);
	for (i = 1; i < map.count; i++)
		assert_true(map.lines[i] == 0 || map.lines[i] <= map.plain);
	vn_strbuf_reserve(&line, 1);
	vn_strbuf_reserve(&pp, 1);
	vn_strbuf_reserve(&pc, 1);
	vn_linemap_neutralize(&line, &v, "x.c", &map, c->data, c->len);
	same_tokens(c, &line);
	vn_linemap_pad(&pp, &pc, &v, "x.c", &map, p->data, p->len, c->data,
	    c->len);
	same_tokens(p, &pp);
	same_tokens(c, &pc);
	vn_stretches_free(&v);
	vn_strbuf_free(&line);
	vn_strbuf_free(&pp);
	vn_strbuf_free(&pc);
	vn_linemap_free(&map);
}

static void
test_tokens(void **state)
{
	struct vn_strbuf c, p;

	(void)state;
	for (seed = 1; seed < 1u << 31; seed += 214748u) {
		uint32_t saved = seed;

		c = p = (struct vn_strbuf){ 0 };
		random_source(&p);
		change_source(&c, &p);
		check_pair(&p, &c);
		vn_strbuf_free(&p);
		vn_strbuf_free(&c);
		seed = saved;
	}
}

/* Nothing moved: nothing is written, and nothing told of. */
static void
test_same(void **state)
{
	struct vn_stretches v = { 0 };
	struct vn_strbuf out, p;
	struct vn_linemap map;
	unsigned i;

	(void)state;
	for (i = 0; i < 300; i++) {
		out = p = (struct vn_strbuf){ 0 };
		seed = i;
		random_source(&p);
		vn_linemap_make(&map, p.data, p.len, p.data, p.len);
		vn_strbuf_reserve(&out, 1);
		vn_linemap_neutralize(&out, &v, "x.c", &map, p.data, p.len);
		assert_int_equal(v.count, 0);
		assert_int_equal(out.len, p.len);
		assert_memory_equal(out.data, p.data, p.len);
		vn_linemap_free(&map);
		vn_strbuf_free(&out);
		vn_strbuf_free(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_map_equal),
		cmocka_unit_test(test_map_alike),
		cmocka_unit_test(test_map_split),
		cmocka_unit_test(test_map_much),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_same),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
