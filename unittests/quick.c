/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * usage: quick PLAIN.i CONVERTED.i [SHOWN=SOURCE ...]
 *        quick -b JOBS COMMANDS [SHOWN=SOURCE ...]
 *
 * For tests and measurements: compares preprocessed texts, or preprocesses and
 * compares units in batches.  A unit has two lines in COMMANDS, each the
 * directory and the words of a command, with tabs between.  With JOBS 0 each is
 * preprocessed both in its batch and alone, which must give the same tokens.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Quick/batch.h"
#include "Quick/ptokens.h"
#include "Quick/quick.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

struct told {
	bool		 same;
	char		 why[64], file[200];
	unsigned	 line;
	uint64_t	 sums[2];	/* of the tokens */
	size_t		 bytes;
};

struct units {
	struct vn_batch_unit *items;
	size_t	count, room;
};

static void
compare(struct told *told, struct vn_ptokens t[2],
    const struct vn_spelled *spelled)
{
	const char *why, *file;

	told->same = vn_quick_compare(&t[0], &t[1], spelled, &why, &file,
	    &told->line) == VN_QUICK_SAME;
	snprintf(told->why, sizeof(told->why), "%s", why == NULL ? "" : why);
	snprintf(told->file, sizeof(told->file), "%s", file == NULL ? "" :
	    file);
}

static uint64_t
sum(const struct vn_ptokens *t)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < t->count; i++) {
		const char *s = t->text + t->items[i].off;

		for (size_t n = 0; n < t->items[i].len; n++)
			h = (h ^ (unsigned char)s[n]) * 1099511628211u;
		h = (h ^ t->items[i].line) * 1099511628211u;
	}
	return (h);
}

static void
judge(size_t i, struct vn_batch_text texts[2], void *result, void *arg)
{
	struct told *told = result;
	struct vn_ptokens t[2];

	(void)i;
	if (texts[0].data == NULL || texts[1].data == NULL) {
		snprintf(told->why, sizeof(told->why), "%s",
		    "does not preprocess");
		return;
	}
	for (int side = 0; side < 2; side++) {
		told->bytes += texts[side].len;
		vn_ptokens_read(&t[side], texts[side].data, texts[side].len);
		texts[side].data = NULL;
		told->sums[side] = getenv("QUICK_SUMS") != NULL ?
		    sum(&t[side]) : 0;
	}
	compare(told, t, arg);
	vn_ptokens_free(&t[0]);
	vn_ptokens_free(&t[1]);
}

static int
print(const struct told *told, const char *name)
{
	if (told->same)
		printf("%s: same\n", name);
	else
		printf("%s: open: %s at %s:%u\n", name, told->why, told->file,
		    told->line);
	return (told->same ? 0 : 1);
}

/* The directory and the words of a line, which is cut up. */
static void
read_side(struct vn_batch_unit *unit, int side, char *line)
{
	VN_VEC(char *) words = { 0 };

	unit->dir[side] = strsep(&line, "\t");
	while (line != NULL)
		VN_PUSH(&words, strsep(&line, "\t"));
	VN_PUSH(&words, NULL);
	unit->argv[side] = words.items;
}

static void
read_units(struct units *units, char *text)
{
	char *line;
	int side = 0;

	while ((line = strsep(&text, "\n")) != NULL && *line != '\0') {
		if (side == 0)
			VN_PUSH(units, (struct vn_batch_unit){ 0 });
		read_side(&units->items[units->count - 1], side, line);
		side ^= 1;
	}
}

/* Each unit in a batch, and alone. */
static int
check(const struct units *units, const struct told *together,
    struct vn_spelled *spelled)
{
	struct told alone;
	int bad = 0;

	for (size_t i = 0; i < units->count; i++) {
		vn_batch_run(&alone, sizeof(alone), &units->items[i], 1, 1,
		    judge, spelled);
		if (memcmp(&alone, &together[i], sizeof(alone)) != 0) {
			printf("%zu: not the same tokens as alone\n", i);
			bad = 1;
		}
	}
	printf("%zu units checked\n", units->count);
	return (bad);
}

static int
batch(unsigned jobs, char *commands, struct vn_spelled *spelled)
{
	struct units units = { 0 };
	struct told *told;
	size_t same = 0, bytes = 0;
	int status = 0;

	read_units(&units, commands);
	told = vn_calloc(units.count + 1, sizeof(*told));
	vn_batch_run(told, sizeof(*told), units.items, units.count,
	    jobs == 0 ? 1 : jobs, judge, spelled);
	for (size_t i = 0; jobs != 0 && i < units.count; i++) {
		char name[24];

		snprintf(name, sizeof(name), "%zu", i);
		status |= print(&told[i], name);
		same += told[i].same;
		bytes += told[i].bytes;
	}
	if (jobs == 0)
		status = check(&units, told, spelled);
	fprintf(stderr, "%zu of %zu the same; %zu bytes\n", same, units.count,
	    bytes);
	for (size_t i = 0; i < units.count; i++)
		for (int side = 0; side < 2; side++)
			free(*(void **)&units.items[i].argv[side]);
	VN_FREE(&units);
	free(told);
	return (status);
}

static char *
read_file(const char *path, size_t *len)
{
	struct vn_strbuf sb = { 0 };

	if (vn_file_read(&sb, path) != 0) {
		perror(path);
		exit(2);
	}
	*len = sb.len;
	return (vn_strbuf_take(&sb));
}

static int
texts(char *const *paths, struct vn_spelled *spelled)
{
	struct vn_ptokens t[2];
	struct told told;
	size_t len;

	for (int side = 0; side < 2; side++) {
		char *text = read_file(paths[side], &len);

		vn_ptokens_read(&t[side], text, len);
	}
	compare(&told, t, spelled);
	vn_ptokens_free(&t[0]);
	vn_ptokens_free(&t[1]);
	return (print(&told, paths[1]));
}

int
main(int argc, char **argv)
{
	struct vn_spelled *spelled = vn_spelled_new();
	bool is_batch = argc > 3 && strcmp(argv[1], "-b") == 0;
	int first = is_batch ? 4 : 3, status;
	size_t len;
	char *text;

	for (int i = first; i < argc; i++) {
		char *path = strchr(argv[i], '=');

		*path++ = '\0';
		text = read_file(path, &len);
		vn_spelled_add(spelled, argv[i], text, len);
		free(text);
	}
	if (is_batch) {
		text = read_file(argv[3], &len);
		status = batch((unsigned)atoi(argv[2]), text, spelled);
		free(text);
	} else
		status = texts(argv + 1, spelled);
	vn_spelled_free(spelled);
	return (status);
}
