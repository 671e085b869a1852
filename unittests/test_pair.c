/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Pairs of objects: the list, verdicts, sums, the exit status.
 */

#include "Verify/pair.h"

#include "capture.h"
#include "directory.h"

static char vers[] = "vers.o";
static char *const vers_only[] = { vers };
static const struct vn_judge usual = { .expected = vers_only, .nexpected = 1 };

/* A pair of that name whose objects are there and on a rung. */
static struct vn_pair *
add(struct vn_pairs *pairs, const char *name, enum vn_rung rung)
{
	struct vn_pair *p = vn_pairs_get(pairs, name);

	p->presence[VN_PLAIN] = p->presence[VN_CONVERTED] = VN_PRESENT;
	p->rung = rung;
	return (p);
}

static struct vn_pair *
add_sides(struct vn_pairs *pairs, const char *name, enum vn_presence plain,
    enum vn_presence converted)
{
	struct vn_pair *p = vn_pairs_get(pairs, name);

	p->presence[VN_PLAIN] = plain;
	p->presence[VN_CONVERTED] = converted;
	return (p);
}

static void
test_list(void **state)
{
	static const char *const names[] = { "m", "z", "a", "m/x", "b", "a",
	    "k", "l", "c", "d", "z" };
	static const char *const want[] = { "a", "b", "c", "d", "k", "l", "m",
	    "m/x", "z" };
	struct vn_pairs pairs = { 0 };

	(void)state;
	for (size_t i = 0; i < VN_NITEMS(names); i++)
		assert_string_equal(vn_pairs_get(&pairs, names[i])->name,
		    names[i]);
	vn_pairs_get(&pairs, "k")->quick = true;
	assert_int_equal(pairs.count, VN_NITEMS(want));
	for (size_t i = 0; i < VN_NITEMS(want); i++)
		assert_string_equal(pairs.items[i].name, want[i]);
	assert_true(pairs.items[4].quick);
	vn_pairs_free(&pairs);
	assert_null(pairs.items);
}

static void
test_rungs(void **state)
{
	const struct vn_judge order = { .data_order = true };
	struct vn_pairs pairs = { 0 };
	struct vn_pair *p = add(&pairs, "x.o", VN_RUNG_BYTES);

	(void)state;
	for (int i = VN_RUNG_BYTES; i <= VN_RUNG_RENAMES; i++) {
		p->rung = (enum vn_rung)i;
		assert_true(vn_pair_equal(p, &usual));
	}
	p->rung = VN_RUNG_ORDER;
	assert_false(vn_pair_equal(p, &usual));
	assert_true(vn_pair_equal(p, &order));
	p->rung = VN_RUNG_DIFFERS;
	assert_false(vn_pair_equal(p, &order));
	p->quick = true;
	assert_true(vn_pair_equal(p, &usual));
	p->unmapped = true;
	assert_false(vn_pair_equal(p, &order));
	vn_pairs_free(&pairs);
}

static void
check_glob(const char *name, const char *glob, bool want)
{
	char *copy = vn_strdup(glob);
	const struct vn_judge judge = { .expected = &copy, .nexpected = 1 };
	struct vn_pairs pairs = { 0 };

	assert_int_equal(vn_pair_expected(vn_pairs_get(&pairs, name), &judge),
	    want);
	vn_pairs_free(&pairs);
	free(copy);
}

static void
test_globs(void **state)
{

	(void)state;
	check_glob("vers.o", "vers.o", true);
	check_glob("a/b/vers.o", "vers.o", true);
	check_glob("a/b/vers.o", "b/vers.o", false);
	check_glob("a/b/vers.o", "*/vers.o", true);
	check_glob("a/b/vers.o", "a/*", true);
	check_glob("a/b/vers.o", "b*.o", false);
	check_glob("a/converse.o", "vers.o", false);
	check_glob("a/vers.o.o", "vers.o", false);
	check_glob("a/lib.a(vers.o)", "vers.o", true);
	check_glob("a/lib.a(vers.o)#2", "vers.o", true);
	check_glob("a/lib.a(vers.o)", "lib.a(*)", true);
	check_glob("a/lib.a(b.o)", "lib.a", false);
	check_glob("a/lib.a(b.o", "b.o", false);
}

/* The verdict of two sides, on a pair that may differ. */
static void
check_verdict(enum vn_presence plain, enum vn_presence converted,
    enum vn_verdict want)
{
	struct vn_pairs pairs = { 0 };

	assert_int_equal(vn_pair_verdict(add_sides(&pairs, "vers.o", plain,
	    converted), &usual), want);
	vn_pairs_free(&pairs);
}

static void
test_verdicts(void **state)
{

	(void)state;
	check_verdict(VN_PRESENT, VN_PRESENT, VN_EXPECTED);
	check_verdict(VN_PRESENT, VN_ABSENT, VN_ONLY_PLAIN);
	check_verdict(VN_ABSENT, VN_PRESENT, VN_ONLY_CONVERTED);
	check_verdict(VN_FAILED, VN_PRESENT, VN_FAILED_PLAIN);
	check_verdict(VN_FAILED, VN_FAILED, VN_FAILED_PLAIN);
	check_verdict(VN_PRESENT, VN_FAILED, VN_FAILED_CONVERTED);
	check_verdict(VN_ABSENT, VN_FAILED, VN_FAILED_CONVERTED);
}

static struct vn_sums
sum(const struct vn_pairs *pairs, const struct vn_judge *judge)
{
	struct vn_sums sums;

	assert_int_equal(vn_pairs_sum(&sums, pairs, judge), 0);
	return (sums);
}

static void
test_sums(void **state)
{
	struct vn_pairs pairs = { 0 };
	struct vn_sums s;

	(void)state;
	add(&pairs, "a.o", VN_RUNG_BYTES);
	add(&pairs, "b.o", VN_RUNG_BYTES);
	add(&pairs, "c.o", VN_RUNG_SYMBOLS);
	add(&pairs, "d.o", VN_RUNG_ORDER);
	add(&pairs, "e.o", VN_RUNG_DIFFERS)->quick = true;
	add(&pairs, "f.o", VN_RUNG_BYTES)->unmapped = true;
	add(&pairs, "g.o", VN_RUNG_DIFFERS)->unmapped = true;
	add(&pairs, "vers.o", VN_RUNG_DIFFERS);
	add_sides(&pairs, "h.o", VN_PRESENT, VN_ABSENT);
	add_sides(&pairs, "i.o", VN_FAILED, VN_PRESENT);
	add_sides(&pairs, "j.o", VN_FAILED, VN_FAILED);
	add_sides(&pairs, "k.o", VN_PRESENT, VN_FAILED);
	s = sum(&pairs, &usual);
	assert_int_equal(s.all, 12);
	assert_int_equal(s.compared, 8);
	assert_int_equal(s.equal, 4);
	assert_int_equal(s.expected, 1);
	assert_int_equal(s.differ, 3);
	assert_int_equal(s.only[VN_PLAIN], 1);
	assert_int_equal(s.only[VN_CONVERTED], 0);
	assert_int_equal(s.failed[VN_PLAIN], 2);
	assert_int_equal(s.failed[VN_CONVERTED], 1);
	assert_int_equal(s.rungs[VN_RUNG_BYTES], 2);
	assert_int_equal(s.rungs[VN_RUNG_SYMBOLS], 1);
	assert_int_equal(s.rungs[VN_RUNG_ORDER], 1);
	assert_int_equal(s.rungs[VN_RUNG_DIFFERS], 2);
	assert_int_equal(s.quick, 1);
	assert_int_equal(s.unmapped, 1);
	assert_int_equal(vn_sums_status(&s), 2);
	vn_pairs_free(&pairs);
}

/* A pair that nobody filled in is a mistake, not an equal one. */
static void
test_no_verdict(void **state)
{
	struct vn_pairs pairs = { 0 };
	struct vn_sums s;
	struct capture c;

	(void)state;
	add(&pairs, "a.o", VN_RUNG_BYTES);
	vn_pairs_get(&pairs, "b.o");
	capture_start(&c);
	assert_int_equal(vn_pairs_sum(&s, &pairs, &usual), -1);
	assert_said(&c, "t: internal error: the sums of 2 objects do not add "
	    "up\n");
	vn_pairs_free(&pairs);
}

static int
status_of(const struct vn_pairs *pairs)
{
	struct vn_sums s = sum(pairs, &usual);

	return (vn_sums_status(&s));
}

static void
test_status(void **state)
{
	struct vn_pairs pairs = { 0 };

	(void)state;
	assert_int_equal(status_of(&pairs), 2);
	add_sides(&pairs, "a.o", VN_PRESENT, VN_ABSENT);
	assert_int_equal(status_of(&pairs), 2);
	vn_pairs_free(&pairs);
	add(&pairs, "a.o", VN_RUNG_DEBUG);
	assert_int_equal(status_of(&pairs), 0);
	add(&pairs, "vers.o", VN_RUNG_DIFFERS);
	assert_int_equal(status_of(&pairs), 0);
	add_sides(&pairs, "b.o", VN_ABSENT, VN_PRESENT);
	assert_int_equal(status_of(&pairs), 1);
	vn_pairs_free(&pairs);
	add(&pairs, "a.o", VN_RUNG_DIFFERS);
	assert_int_equal(status_of(&pairs), 1);
	add_sides(&pairs, "vers.o", VN_FAILED, VN_PRESENT);
	assert_int_equal(status_of(&pairs), 2);
	vn_pairs_free(&pairs);
}

/* ------ what is printed ------ */

/* The table without its last lines, the sums. */
static void
check_table(const struct vn_pairs *pairs, const struct vn_judge *judge,
    const char *want)
{
	struct vn_sums s = sum(pairs, judge);
	char *text, *end;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	vn_pairs_print(out, pairs, judge, &s);
	fclose(out);
	end = strstr(text, " object");
	assert_non_null(end);
	while (end > text && end[-1] != '\n')
		end--;
	*end = '\0';
	assert_string_equal(text, want);
	free(text);
}

static void
add_difference(struct vn_pair *p, const char *symbol, uint64_t offset)
{

	VN_PUSH(&p->differences, (struct vn_difference){
	    .kind = VN_DIFF_CODE, .section = vn_strdup(".text"),
	    .symbol = symbol == NULL ? NULL : vn_strdup(symbol),
	    .offset = offset, .was = vn_strdup("nop"), .now = NULL,
	    .where = symbol == NULL ? NULL : vn_strdup("x.c:3") });
}

static void
test_print(void **state)
{
	struct vn_pairs pairs = { 0 };
	struct vn_pair *p;

	(void)state;
	p = add(&pairs, "x.o", VN_RUNG_DIFFERS);
	add_difference(p, "get", 31);
	add_difference(p, NULL, 0);
	VN_PUSH(&p->causes, (struct vn_cause){ .proven = true,
	    .where = vn_strdup("x.c:3"), .what = vn_strdup("name"),
	    .was = vn_strdup("one"), .now = vn_strdup("other") });
	VN_PUSH(&p->causes, (struct vn_cause){
	    .where = vn_strdup("x.c:4"), .what = vn_strdup("string"),
	    .now = vn_strdup("\"a\"") });
	add(&pairs, "y.o", VN_RUNG_BYTES)->unmapped = true;
	p = add_sides(&pairs, "z.o", VN_PRESENT, VN_FAILED);
	p->messages[VN_CONVERTED] = vn_strdup("z.c:1: bad\nz.c:2: bad\n");
	check_table(&pairs, &usual,
	    "x.o: differs\n"
	    "    code get+0x1f: nop -> (none)   [x.c:3]\n"
	    "    code .text: nop -> (none)\n"
	    "    cause: x.c:3: name: one -> other\n"
	    "    guess: x.c:4: string: (none) -> \"a\"\n"
	    "y.o: identical; a line number in it cannot be mapped\n"
	    "z.o: failed in converted\n"
	    "    z.c:1: bad\n"
	    "    z.c:2: bad\n");
	vn_pairs_free(&pairs);
}

static void
test_print_many(void **state)
{
	struct vn_judge all = { .verbose = true };
	struct vn_pairs pairs = { 0 };
	struct vn_pair *p = add(&pairs, "x.o", VN_RUNG_DIFFERS);
	struct vn_strbuf want = { 0 };

	(void)state;
	vn_strbuf_puts(&want, "x.o: differs\n");
	for (unsigned i = 1; i <= 12; i++) {
		add_difference(p, NULL, i);
		vn_strbuf_printf(&want, "    code .text+%#x: nop -> (none)\n",
		    i);
	}
	check_table(&pairs, &all, want.data);
	*strstr(want.data, "    code .text+0xb:") = '\0';
	want.len = strlen(want.data);
	vn_strbuf_puts(&want, "    and 2 more; -v prints them\n");
	check_table(&pairs, &usual, want.data);
	vn_strbuf_free(&want);
	vn_pairs_free(&pairs);
}

/* ------ lists of sums ------ */

/* A pair of lists: '-' one side only, '+' the other, 'x' changed, ' ' same. */
static void
fill(struct vn_pairs *pairs, const char *shape)
{

	for (size_t i = 0; shape[i] != '\0'; i++) {
		char name[3] = { (char)('a' + i / 10), (char)('0' + i % 10) };
		struct vn_pair *p = vn_pairs_get(pairs, name);

		if (shape[i] != '+')
			strcpy(p->md5[VN_PLAIN], "1");
		if (shape[i] != '-')
			strcpy(p->md5[VN_CONVERTED],
			    shape[i] == 'x' ? "2" : "1");
	}
}

/* The heads of the hunks of the diff. */
static void
check_hunks(const char *shape, const char *want)
{
	struct vn_pairs pairs = { 0 };
	struct vn_strbuf got = { 0 };
	char *text, *line;

	fill(&pairs, shape);
	assert_int_equal(vn_pairs_md5_lists("lists", &pairs), 0);
	text = slurp("lists/md5.diff");
	vn_strbuf_puts(&got, "");
	for (line = strtok(text, "\n"); line != NULL;
	    line = strtok(NULL, "\n"))
		if (line[0] == '@')
			vn_strbuf_printf(&got, "%s\n", line);
	assert_string_equal(got.data == NULL ? "" : got.data, want);
	free(text);
	vn_strbuf_free(&got);
	vn_pairs_free(&pairs);
}

static void
test_hunks(void **state)
{

	(void)state;
	check_hunks("", "");
	check_hunks("    ", "");
	check_hunks("x", "@@ -1 +1 @@\n");
	check_hunks("+", "@@ -0,0 +1 @@\n");
	check_hunks("--", "@@ -1,2 +0,0 @@\n");
	check_hunks("     x     ", "@@ -3,7 +3,7 @@\n");
	/* Six lines between two changes are the context of both. */
	check_hunks("x      x", "@@ -1,8 +1,8 @@\n");
	check_hunks("x       x", "@@ -1,4 +1,4 @@\n@@ -6,4 +6,4 @@\n");
	check_hunks("-       +x", "@@ -1,4 +1,3 @@\n@@ -6,4 +5,5 @@\n");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_rungs),
		cmocka_unit_test(test_globs),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_sums),
		DIRECTORY_TEST(test_no_verdict),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_print_many),
		DIRECTORY_TEST(test_hunks),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
