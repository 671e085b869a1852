/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Conditions turned round.
 */

#include "Rewrite/guard.h"
#include "Rewrite/reach.h"
#include "sample.h"

static void
put_settings(struct vn_strbuf *sb, const struct vn_settings *settings)
{

	for (size_t i = 0; i < settings->count; i++) {
		const struct vn_setting *s = &settings->items[i];

		vn_strbuf_printf(sb, "%s%s%.*s", i == 0 ? "" : " ",
		    s->defined ? "" : "-", (int)s->len, s->macro);
		if (s->defined && !s->any)
			vn_strbuf_printf(sb, "=%ld", s->value);
	}
}

/*
 * What compiles the marked byte: "A -B | C=1" is A defined and B not, or C
 * defined as 1.  "none": it cannot be turned.
 */
static void
check(const char *text, const char *want)
{
	struct vn_strbuf sb = { 0 };
	struct vn_guard guard;
	struct sample m;
	int chain[64], n;
	bool turned = true;

	sample_init(&m, "a.c", text);
	vn_guard_init(&guard);
	n = vn_reach_chain(m.source, m.mark, chain, 64);
	for (int i = 0; i < n; i++)
		turned = vn_guard_narrow(&guard, m.source, chain[i]) && turned;
	for (size_t i = 0; i < guard.count; i++) {
		vn_strbuf_puts(&sb, i == 0 ? "" : " | ");
		put_settings(&sb, &guard.items[i]);
	}
	if (!turned)
		assert_string_equal(want, "none");
	else
		assert_string_equal(sb.data == NULL ? "" : sb.data, want);
	vn_strbuf_free(&sb);
	sample_free(&m);
}

static void
check_if(const char *condition, const char *yes, const char *no)
{
	char *text = vn_asprintf("#if %s\n@a\n#endif\n", condition);

	check(text, yes);
	free(text);
	text = vn_asprintf("#if %s\n#else\n@a\n#endif\n", condition);
	check(text, no);
	free(text);
}

static void
test_words(void **state)
{
	(void)state;
	check("@a\n", "");
	check("#ifdef A\n@a\n#endif\n", "A");
	check("#ifndef A\n@a\n#endif\n", "-A");
	check("#ifdef A\n#else\n@a\n#endif\n", "-A");
	check("#ifndef A\n#else\n@a\n#endif\n", "A");
	check("#ifdef A\n#endif\n@a\n", "");
	check("# \tifdef A /* b */\n@a\n#endif\n", "A");
	check("#if\\\ndef A\n@a\n#endif\n", "A");
	check("#ifdef \\\n A\n@a\n#endif\n", "A");
	check("#ifdef A\r\n@a\r\n#endif\r\n", "A");
	check("#ifdef\n@a\n#endif\n", "none");
	check("#ifdef 1\n@a\n#endif\n", "none");
	check("#if\n@a\n#endif\n", "none");
	check("#ifdef A\n@a\n", "A");
}

static void
test_chain(void **state)
{
	(void)state;
	check("#ifdef A\n#elif defined(B)\n@a\n#endif\n", "-A B");
	check("#ifdef A\n#elifdef B\n@a\n#endif\n", "-A B");
	check("#ifdef A\n#elifndef B\n@a\n#endif\n", "-A -B");
	check("#ifdef A\n#elif B > 1\n#else\n@a\n#endif\n",
	    "-A -B | -A B=0");
	check("#ifdef A\n#elifdef B\n#elifdef C\n#elifdef D\n#elifdef E\n"
	    "#elifdef F\n#elifdef G\n#elifdef H\n#elifdef I\n#elifdef J\n"
	    "@a\n#endif\n", "-A -B -C -D -E -F -G -H -I J");
	check("#ifdef A\n#ifdef B\n#endif\n#else\n@a\n#endif\n", "-A");
	check("#ifdef A\n#elif defined(A)\n@a\n#endif\n", "none");
}

static void
test_nested(void **state)
{
	(void)state;
	check("#ifdef A\n#ifdef B\n@a\n#endif\n#endif\n", "A B");
	check("#ifdef A\n#else\n#ifndef B\n#else\n@a\n#endif\n#endif\n",
	    "-A B");
	check("#ifdef A\n#ifdef B\n#endif\n@a\n#endif\n", "A");
	check("#ifdef A\n#ifdef A\n@a\n#endif\n#endif\n", "A");
	check("#ifdef A\n#if A > 3\n@a\n#endif\n#endif\n", "A=4");
	check("#ifdef A\n#ifndef A\n@a\n#endif\n#endif\n", "none");
	check("#if A > 3\n#if A == 2\n@a\n#endif\n#endif\n", "none");
	check("#ifdef A\n#if 0\n@a\n#endif\n#endif\n", "none");
}

static void
test_operators(void **state)
{
	(void)state;
	check_if("defined(A)", "A", "-A");
	check_if("defined A", "A", "-A");
	check_if("!defined(A)", "-A", "A");
	check_if("!!defined A", "A", "-A");
	check_if("defined(A) && defined(B)", "A B", "-A | -B");
	check_if("defined(A) || defined(B)", "A | B", "-A -B");
	check_if("defined(A) && !defined(B)", "A -B", "-A | B");
	check_if("!(defined(A) && defined(B))", "-A | -B", "A B");
	check_if("(defined(A) || defined(B)) && defined(C)", "A C | B C",
	    "-A -B | -C");
	check_if("defined(A) || defined(B) && defined(C)", "A | B C",
	    "-A -B | -A -C");
	check_if("defined(A) && !defined(A)", "none", "-A | A");
	check_if("defined A&&defined B", "A B", "-A | -B");
}

static void
test_values(void **state)
{
	(void)state;
	check_if("A", "A=1", "-A | A=0");
	check_if("!A", "-A | A=0", "A=1");
	check_if("A && B", "A=1 B=1", "-A | A=0 | -B | B=0");
	check_if("A == 0", "-A | A=0", "A=1");
	check_if("A != 0", "A=1", "-A | A=0");
	check_if("A == 3", "A=3", "-A | A=0");
	check_if("A > 0", "A=1", "-A | A=0");
	check_if("A > 7", "A=8", "-A | A=0");
	check_if("A >= 7", "A=7", "-A | A=0");
	check_if("A < 7", "-A | A=0", "A=7");
	check_if("A <= 7", "-A | A=0", "A=8");
	check_if("A < 0", "A=-1", "-A | A=0");
	check_if("7 < A", "A=8", "-A | A=0");
	check_if("7 >= A", "-A | A=0", "A=8");
	check_if("3 == A", "A=3", "-A | A=0");
	check_if("A == 0x10", "A=16", "-A | A=0");
	check_if("A >= 200112L", "A=200112", "-A | A=0");
	check_if("A == 3u && defined(B)", "A=3 B", "-A | A=0 | -B");
	check_if("defined(A) && A > 2", "A=3", "-A | A=0");
	check_if("(A == 1)", "A=1", "-A | A=0");
}

static void
test_constants(void **state)
{
	(void)state;
	check_if("0", "none", "");
	check_if("1", "", "none");
	check_if("!0", "", "none");
	check_if("0 && defined(A)", "none", "");
	check_if("0 || defined(A)", "A", "-A");
	check_if("1 || defined(A)", "", "none");
	check_if("1 && defined(A)", "A", "-A");
}

/* What is not understood has no setting, and does no harm to what is. */
static void
test_unknown(void **state)
{
	(void)state;
	check_if("A + 1", "none", "none");
	check_if("A + 1 > 2", "none", "none");
	check_if("A & 4", "none", "none");
	check_if("A B", "none", "none");
	check_if("A == B", "none", "none");
	check_if("A == -1", "none", "none");
	check_if("A == 1 == 1", "none", "none");
	check_if("A == 'a'", "none", "none");
	check_if("A == 1.5", "none", "none");
	check_if("defined(A) == 1", "none", "none");
	check_if("F(1, 2)", "none", "none");
	check_if("F(A && B)", "none", "none");
	check_if("-A", "none", "none");
	check_if("A ? B : C", "none", "none");
	check_if("__has_include(<a.h>)", "none", "none");
	check_if("defined", "none", "none");
	check_if("defined(", "none", "none");
	check_if("defined(1)", "none", "none");
	check_if("(A", "A=1", "-A | A=0");
	check_if("&& A", "none", "-A | A=0");
	check_if("A ||", "A=1", "none");
	check_if("A & 4 || defined(B)", "B", "none");
	check_if("A & 4 && defined(B)", "none", "-B");
	check_if("A > 99999999999999999999", "none", "none");
	check_if("A > 9223372036854775807", "none", "none");
	check_if("A > 9223372036854775806", "A=9223372036854775807",
	    "-A | A=0");
}

/* Reserved identifiers are not turned (C11 7.1.3). */
static void
test_reserved(void **state)
{
	(void)state;
	check_if("defined(_KERNEL)", "none", "none");
	check_if("defined(__NetBSD__)", "none", "none");
	check_if("__FreeBSD_version > 700000", "none", "none");
	check_if("__STDC__", "none", "none");
	check_if("defined(__NetBSD__) || defined(A)", "A", "none");
	check_if("defined(_KERNEL) && defined(A)", "none", "-A");
	check_if("defined(_a)", "_a", "-_a");
	check_if("defined(_)", "_", "-_");
	check_if("defined(int)", "none", "none");
	check_if("while", "none", "none");
	check_if("defined(whil)", "whil", "-whil");
}

static void
test_limits(void **state)
{
	char deep[2 * 2000 + 32];

	(void)state;
	check_if("A || B || C || D || E || F || G || H || I || J",
	    "A=1 | B=1 | C=1 | D=1 | E=1 | F=1 | G=1 | H=1",
	    "-A -B -C -D -E -F -G -H -I -J | -A -B -C -D -E -F -G -H -I J=0 | "
	    "-A -B -C -D -E -F -G -H I=0 -J | "
	    "-A -B -C -D -E -F -G -H I=0 J=0 | "
	    "-A -B -C -D -E -F -G H=0 -I -J | "
	    "-A -B -C -D -E -F -G H=0 -I J=0 | "
	    "-A -B -C -D -E -F -G H=0 I=0 -J | "
	    "-A -B -C -D -E -F -G H=0 I=0 J=0");
	check_if("defined A && defined B && defined C && defined D && "
	    "defined E && defined F && defined G && defined H && defined I "
	    "&& defined J && defined K && defined L", "A B C D E F G H I J K L",
	    "-A | -B | -C | -D | -E | -F | -G | -H");
	check_if("defined A && defined B && defined C && defined D && "
	    "defined E && defined F && defined G && defined H && defined I "
	    "&& defined J && defined K && defined L && defined M", "none",
	    "-A | -B | -C | -D | -E | -F | -G | -H");
	memset(deep, '(', 2000);
	deep[2000] = 'A';
	memset(deep + 2001, ')', 2000);
	deep[4001] = '\0';
	check_if(deep, "none", "none");
	memset(deep, '!', 2000);
	strcpy(deep + 2000, "A");
	check_if(deep, "none", "none");
	check_if("((((((((A))))))))", "A=1", "-A | A=0");
}

/* ------ settings ------ */

static struct vn_settings
settings_of(const char *text, struct sample *m, struct vn_guard *guard)
{
	char *all = vn_asprintf("#if %s\n@a\n#endif\n", text);
	int chain[4];

	sample_init(m, "a.c", all);
	vn_guard_init(guard);
	assert_int_equal(vn_reach_chain(m->source, m->mark, chain, 4), 1);
	assert_true(vn_guard_narrow(guard, m->source, chain[0]));
	free(all);
	return (guard->items[0]);
}

/* The sum of two conditions, or "none"; and whether the first holds the
   second. */
static void
check_join(const char *a, const char *b, const char *want, bool holds)
{
	struct vn_strbuf sb = { 0 };
	struct sample ma, mb;
	struct vn_guard ga, gb;
	struct vn_settings sa = settings_of(a, &ma, &ga);
	struct vn_settings sc = settings_of(b, &mb, &gb), before = sa;
	bool joined;

	assert_int_equal(vn_settings_hold(&sa, &sc), holds);
	joined = vn_settings_join(&sa, &sc);
	if (!joined)
		assert_memory_equal(&sa, &before, sizeof(sa));
	put_settings(&sb, &sa);
	assert_string_equal(joined ? sb.data : "none", want);
	ga.count = gb.count = 1;
	assert_int_equal(vn_guard_allows(&ga, &gb.items[0]), joined);
	vn_strbuf_free(&sb);
	sample_free(&ma);
	sample_free(&mb);
}

static void
test_join(void **state)
{
	(void)state;
	check_join("defined A", "defined B", "A B", false);
	check_join("defined A", "defined A", "A", true);
	check_join("defined A", "!defined A", "none", false);
	check_join("!defined A", "!defined A", "-A", true);
	check_join("defined A", "A == 3", "A=3", false);
	check_join("A == 3", "defined A", "A=3", true);
	check_join("A == 3", "A == 3", "A=3", true);
	check_join("A == 3", "A == 4", "none", false);
	check_join("A == 3", "A > 2", "A=3", true);
	check_join("!defined A", "A == 4", "none", false);
	check_join("defined A && defined B", "defined B", "A B", true);
	check_join("defined A && defined B", "defined C && !defined A",
	    "none", false);
	check_join("defined A", "defined AB", "A AB", false);
}

/* ------ include guards ------ */

static void
check_include(const char *text, bool want)
{
	struct sample m;

	sample_init(&m, "a.h", text);
	assert_int_equal(vn_guard_is_include(m.source, 0), want);
	sample_free(&m);
}

static void
test_include(void **state)
{
	(void)state;
	check_include("#ifndef A\n#define A\n#endif\n", true);
	check_include("/* a */\n#ifndef A\n#define A 1\n#endif\n", true);
	check_include("#if !defined(A)\n#define A\n#endif\n", true);
	check_include("#if !defined A\n#define A\n#endif\n", true);
	check_include("#ifndef A\n#define B\n#endif\n", false);
	check_include("#ifdef A\n#define A\n#endif\n", false);
	check_include("#if defined(A)\n#define A\n#endif\n", false);
	check_include("#ifndef A\n#include \"b\"\n#define A\n#endif\n",
	    false);
	check_include("#ifndef A\n#define A\n#ifdef B\n#endif\n#endif\n",
	    true);
	check_include("#ifndef A\n#define A\n#endif\n#define B\n", false);
	check_include("#ifndef A\n#define A\n#else\n#endif\n", false);
	check_include("#ifndef A\n#define A\n", false);
	check_include("#ifndef A\n", false);
	check_include("#ifndef\n#define A\n#endif\n", false);
	check_include("#ifndef A\n#define\n#endif\n", false);
	check_include("#define B\n#ifndef A\n#define A\n#endif\n", false);
}

static void
test_opening(void **state)
{
	struct sample m;

	(void)state;
	sample_init(&m, "a.c", "#if A\n#if B\n#else\n#endif\n#elif C\n#else\n"
	    "#endif\n#if D\n#else\n#endif\n#else\n");
	assert_int_equal(vn_guard_opening(m.source, 0), 0);
	assert_int_equal(vn_guard_opening(m.source, 2), 1);
	assert_int_equal(vn_guard_opening(m.source, 4), 0);
	assert_int_equal(vn_guard_opening(m.source, 5), 0);
	assert_int_equal(vn_guard_opening(m.source, 8), 7);
	assert_int_equal(vn_guard_opening(m.source, 10), 10);
	sample_free(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_operators),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_reserved),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_include),
		cmocka_unit_test(test_opening),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
