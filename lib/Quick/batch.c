/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Units grouped by their words, and the groups done by forked children.
 */

#include "Quick/batch.h"

#include <sys/mman.h>
#include <sys/wait.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Quick/batch_impl.h"
#include "Support/mem.h"
#include "Support/proc.h"
#include "Support/strbuf.h"

enum { TOGETHER = 30, JOBS_MAX = 64 };

/* A unit's words, and what two units must have in common to go together. */
struct item {
	size_t		 index;		/* of the unit */
	struct vn_words_list words[2];
	size_t		 source[2];	/* index in words; 0: alone */
	char		*key;		/* owned */
};

/* Units that go together: items[first .. end - 1]. */
struct group {
	size_t	first, end;
};

/* What the processes share. */
struct shared {
	atomic_size_t	next;		/* group */
	size_t		size;		/* bytes of a result, rounded up */
	unsigned char	bytes[];	/* a byte "done" for each unit, then
					   the results */
};

struct batch {
	const struct vn_batch_unit *units;
	size_t		 count, size;
	struct item	*items;		/* owned; by key */
	VN_VEC(struct group) groups;
	void		(*fn)(size_t, struct vn_batch_text *, void *, void *);
	void		*arg;
	struct shared	*shared;
	unsigned char	*results;	/* of shared */
};

/* The words that decide what comes of a source. */
static void
add_key(struct vn_strbuf *out, const struct item *item, int side,
    const char *dir)
{
	const struct vn_words_list *words = &item->words[side];
	const char *dot;

	vn_strbuf_puts(out, dir);
	for (size_t i = 0; i + 1 < words->count; i++) {
		vn_strbuf_putc(out, '\1');
		if (i != item->source[side]) {
			if (strncmp(words->items[i], "-frandom-seed=", 14) != 0)
				vn_strbuf_puts(out, words->items[i]);
		} else {
			dot = strrchr(words->items[i], '.');
			vn_strbuf_puts(out, dot);
		}
	}
	vn_strbuf_putc(out, '\2');
}

static void
make_item(struct item *item, const struct vn_batch_unit *unit, size_t index)
{
	struct vn_strbuf key = { 0 };

	*item = (struct item){ .index = index };
	for (int side = 0; side < 2; side++) {
		if (unit->argv[side] == NULL)
			continue;
		item->source[side] = vn_batch_words(&item->words[side],
		    unit->argv[side]);
		vn_words_list_add(&item->words[side], NULL);
		if (item->source[side] == 0)
			vn_strbuf_printf(&key, "%zu", index);
		else
			add_key(&key, item, side, unit->dir[side]);
	}
	item->key = vn_strbuf_take(&key);
}

static int
by_key(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return (c != 0 ? c : x->index < y->index ? -1 : x->index > y->index);
}

static void
make_groups(struct batch *b, unsigned jobs)
{
	size_t most = b->count / (2 * jobs) + 1;

	if (most > TOGETHER)
		most = TOGETHER;
	b->items = vn_calloc(b->count + 1, sizeof(*b->items));
	for (size_t i = 0; i < b->count; i++)
		make_item(&b->items[i], &b->units[i], i);
	qsort(b->items, b->count, sizeof(*b->items), by_key);
	for (size_t i = 0, from = 0; i < b->count; i++)
		if (i + 1 == b->count || i + 1 - from == most ||
		    strcmp(b->items[i].key, b->items[i + 1].key) != 0) {
			VN_PUSH(&b->groups, (struct group){ from, i + 1 });
			from = i + 1;
		}
}

/* One side of a group at once; false: nothing was done. */
static bool
together(struct vn_batch_text *texts, const struct batch *b,
    const struct group *g, int side)
{
	const struct item *first = &b->items[g->first];
	const char *dir = b->units[first->index].dir[side];
	const char *sources[TOGETHER];
	struct vn_words_list words = { 0 };
	struct vn_strbuf out = { 0 }, err = { 0 };
	size_t n = g->end - g->first;
	bool good;

	if (n < 2 || first->source[side] == 0 ||
	    !vn_batch_cc1(&words, &first->words[side], first->source[side],
	    dir)) {
		vn_words_list_free(&words);
		return (false);
	}
	for (size_t i = 0; i < n; i++) {
		const struct item *it = &b->items[g->first + i];

		sources[i] = it->words[side].items[it->source[side]];
		vn_words_list_add(&words, sources[i]);
	}
	vn_words_list_add(&words, NULL);
	good = vn_proc_run(words.items, dir, &out, &err) == 0 &&
	    vn_batch_split(texts, sources, n, &out);
	vn_strbuf_free(&out);
	vn_strbuf_free(&err);
	vn_words_list_free(&words);
	return (good);
}

static void
alone(struct vn_batch_text *text, const struct batch *b,
    const struct item *item, int side)
{
	struct vn_strbuf out = { 0 }, err = { 0 };

	if (b->units[item->index].argv[side] == NULL)
		return;
	errno = 0;
	if (vn_proc_run(item->words[side].items,
	    b->units[item->index].dir[side], &out, &err) == 0) {
		text->len = out.len;
		text->data = vn_strbuf_take(&out);
	} else {
		if (err.len == 0 && errno != 0)
			vn_strbuf_puts(&err, strerror(errno));
		text->messages = vn_strbuf_take(&err);
	}
	vn_strbuf_free(&out);
	vn_strbuf_free(&err);
}

static void
finish(struct batch *b, const struct item *item, struct vn_batch_text *texts)
{
	unsigned char *result = b->results + item->index * b->shared->size;

	memset(result, 0, b->size);
	b->fn(item->index, texts, result, b->arg);
	b->shared->bytes[item->index] = 1;
	for (int side = 0; side < 2; side++) {
		free(texts[side].data);
		free(texts[side].messages);
	}
}

static void
do_group(struct batch *b, const struct group *g)
{
	struct vn_batch_text texts[2][TOGETHER] = { 0 };
	bool whole[2];
	size_t n = g->end - g->first;

	for (int side = 0; side < 2; side++)
		whole[side] = together(texts[side], b, g, side);
	for (size_t i = 0; i < n; i++) {
		const struct item *item = &b->items[g->first + i];
		struct vn_batch_text pair[2] = { texts[0][i], texts[1][i] };

		for (int side = 0; side < 2; side++)
			if (!whole[side])
				alone(&pair[side], b, item, side);
		finish(b, item, pair);
	}
}

static void
work(struct batch *b)
{
	size_t i;

	while ((i = atomic_fetch_add(&b->shared->next, 1)) < b->groups.count)
		do_group(b, &b->groups.items[i]);
}

/* The children, and what those that died left. */
static void
run(struct batch *b, unsigned jobs)
{
	pid_t pids[JOBS_MAX];
	unsigned n = 0;

	fflush(NULL);
	while (n + 1 < jobs && n < JOBS_MAX && n + 1 < b->groups.count) {
		pids[n] = fork();
		if (pids[n] == -1)
			break;
		if (pids[n] == 0) {
			work(b);
			_exit(0);
		}
		n++;
	}
	work(b);
	while (n > 0)
		if (waitpid(pids[n - 1], NULL, 0) != -1 || errno != EINTR)
			n--;
	for (size_t i = 0; i < b->count; i++) {
		struct vn_batch_text pair[2] = { 0 };

		if (b->shared->bytes[b->items[i].index] != 0)
			continue;
		alone(&pair[0], b, &b->items[i], 0);
		alone(&pair[1], b, &b->items[i], 1);
		finish(b, &b->items[i], pair);
	}
}

static void
free_batch(struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		vn_words_list_free(&b->items[i].words[0]);
		vn_words_list_free(&b->items[i].words[1]);
		free(b->items[i].key);
	}
	free(b->items);
	VN_FREE(&b->groups);
}

/* Memory for what the processes share, or of this one alone. */
static struct shared *
share(size_t len, bool *mapped)
{
	void *p = mmap(NULL, len, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	*mapped = p != MAP_FAILED;
	return (*mapped ? p : vn_calloc(1, len));
}

void
vn_batch_run(void *out, size_t size, const struct vn_batch_unit *units,
    size_t count, unsigned jobs, void (*fn)(size_t, struct vn_batch_text *,
    void *, void *), void *arg)
{
	struct batch b = { .units = units, .count = count, .size = size,
	    .fn = fn, .arg = arg };
	size_t stride = (size + 15) / 16 * 16, done = (count + 15) / 16 * 16;
	size_t len = sizeof(struct shared) + done + count * stride + 16;
	bool mapped;

	b.shared = share(len, &mapped);
	b.shared->size = stride;
	b.results = b.shared->bytes + done;
	make_groups(&b, jobs == 0 ? 1 : jobs);
	run(&b, mapped ? jobs : 1);
	for (size_t i = 0; i < count; i++)
		memcpy((char *)out + i * size, b.results + i * stride, size);
	free_batch(&b);
	if (mapped)
		munmap(b.shared, len);
	else
		free(b.shared);
}
