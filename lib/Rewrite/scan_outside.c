/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The search through files under no PATH, by several processes: uses of listed
 * variables, and definitions of the macros around occurrences.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/share.h"
#include "Support/strbuf.h"

#include "Facts/globals.h"
#include "Facts/source.h"

#include "Rewrite/context.h"
#include "Rewrite/macros.h"
#include "Rewrite/plan.h"
#include "Rewrite/scan.h"
#include "Rewrite/survey.h"

/* ------ uses ------ */

/* May the token be a use of a listed variable, judged without parsing? */
static bool
may_use(const struct vn_plan *plan, const struct vn_macros *macros,
    const struct vn_source *s, const struct vn_names *shared)
{

	for (size_t t = 0; t < s->lex.ntoks; t++) {
		unsigned len;
		const char *text;
		struct vn_context c;

		if (!vn_tok_ident(s, (int)t))
			continue;
		text = vn_tok_text(s, (int)t, &len);
		if (vn_names_find(shared, text, len) == -1)
			continue;
		c = vn_context_of(macros, plan->sources, s, (int)t);
		if (c.meaning == VN_MEANS_REF || c.meaning == VN_MEANS_DECL ||
		    (c.meaning == VN_MEANS_DEF && !c.hidden))
			return (true);
	}
	return (false);
}

/* Is the name's listed variable a static of its file, by its tokens? */
static bool
is_private(const struct vn_plan *plan, const struct vn_target *t)
{
	const struct vn_global *g = &plan->globals->items[t->global];
	char *end;
	bool is = false;

	if (g->file == NULL)
		return (false);
	end = vn_asprintf("/%s", g->file);
	for (size_t i = 0; i < plan->sources->count && !is; i++) {
		const struct vn_source *s = plan->sources->items[i];

		for (size_t k = 0; s->opened && vn_file_ends(s->path, end) &&
		    k < s->lex.ntoks && !is; k++)
			is = vn_tok_word(s, (int)k, g->name) &&
			    vn_token_is_static(s, (int)k);
	}
	free(end);
	return (is);
}

/* The names that another file can mean. */
static void
shared_names(const struct vn_plan *plan, struct vn_names *shared)
{

	for (size_t i = 0; i < plan->targets.count; i++)
		if (!is_private(plan, &plan->targets.items[i])) {
			int name = plan->targets.items[i].name;

			vn_names_add(shared, vn_plan_plain(plan, name));
			/* What uses V_x does not compile once it is undone. */
			if (plan->undo)
				vn_names_add(shared, vn_plan_prefixed(plan,
				    name));
		}
}

/* What a look at a file outside found. */
enum { USES = 1, TELLS = 2 };

struct outside {
	const struct vn_scan	*scan;
	struct vn_macros	*macros;
	struct vn_names		 shared;
};

static bool
uses(const struct outside *out, const char *file,
    const struct vn_strbuf *bytes)
{
	struct vn_source s;
	bool may;

	vn_source_lend(&s, file, bytes->data, bytes->len);
	may = may_use(out->scan->plan, out->macros, &s, &out->shared);
	vn_source_close(&s);
	return (may);
}

/* Changes nothing: it may run in another process. */
static uint8_t
look(size_t i, void *arg)
{
	const struct outside *out = arg;
	const char *file = out->scan->outside.items[i];
	struct vn_strbuf sb = { 0 };
	bool tells = false;
	uint8_t found = 0;

	if (vn_file_read(&sb, file) == 0 && sb.len > 0) {
		if (vn_survey_look(out->scan, &out->shared, &sb, &tells) &&
		    uses(out, file, &sb))
			found |= USES;
		found |= tells ? TELLS : 0;
	}
	vn_strbuf_free(&sb);
	return (found);
}

static void
note(struct vn_scan *scan, const struct outside *out, const char *file)
{
	struct vn_strbuf sb = { 0 };

	if (vn_file_read(&sb, file) == 0 && sb.len > 0)
		vn_survey_file(scan, &out->shared, file, &sb, false);
	vn_strbuf_free(&sb);
}

void
vn_scan_outside(struct vn_scan *scan)
{
	struct outside out = { .scan = scan,
	    .macros = vn_macros_read(scan->plan->sources) };
	uint8_t *found = vn_calloc(scan->outside.count + 1, 1);

	shared_names(scan->plan, &out.shared);
	vn_share(found, scan->outside.count, scan->jobs, look, &out);
	for (size_t i = 0; i < scan->outside.count; i++) {
		if (found[i] & TELLS)
			note(scan, &out, scan->outside.items[i]);
		if (found[i] & USES)
			vn_scan_add(scan, scan->outside.items[i], true);
	}
	free(found);
	vn_names_free(&out.shared);
	vn_macros_free(out.macros);
}

/* ------ definitions of the macros around occurrences ------ */

void
vn_scan_want(struct vn_scan *scan)
{
	const struct vn_plan *plan = scan->plan;

	scan->wanted = vn_calloc(1, sizeof(*scan->wanted));
	for (size_t i = 0; i < plan->sources->count; i++) {
		const struct vn_source *s = plan->sources->items[i];

		for (size_t t = 0; s->opened && t < s->lex.ntoks; t++) {
			unsigned len;
			const char *text = vn_tok_text(s, (int)t, &len);
			int callee, arg;

			if (!vn_tok_ident(s, (int)t) ||
			    vn_names_find(&plan->names, text, len) == -1)
				continue;
			for (int at = (int)t; at >= 0;
			    at = s->outline.up[at]) {
				callee = vn_tok_call(s, at, &arg);
				if (callee == -1)
					continue;
				text = vn_tok_text(s, callee, &len);
				vn_scan_words_add(scan->wanted, text, len);
			}
		}
	}
}

struct define_search {
	const struct vn_names	*wanted;
	bool			 after_define;
	bool			 found;
};

static bool
see_define(const char *ident, size_t len, size_t off, void *arg)
{
	struct define_search *search = arg;

	(void)off;
	search->found = search->after_define &&
	    vn_names_find(search->wanted, ident, len) != -1;
	search->after_define = len == 6 && memcmp(ident, "define", 6) == 0;
	return (!search->found);
}

struct headers {
	const struct vn_names	*wanted;
	const char *const	*files;
};

static uint8_t
defines(size_t i, void *arg)
{
	const struct headers *headers = arg;
	struct define_search search = { headers->wanted, false, false };
	struct vn_strbuf sb = { 0 };

	if (vn_file_ends(headers->files[i], ".h") &&
	    vn_file_read(&sb, headers->files[i]) == 0 && sb.len > 0)
		vn_lex_idents(sb.data, sb.len, see_define, &search);
	vn_strbuf_free(&sb);
	return (search.found);
}

void
vn_scan_defines(struct vn_scan *scan, const char *const *files, size_t count)
{
	struct headers headers = { &scan->wanted->set, files };
	uint8_t *found = vn_calloc(count + 1, 1);

	vn_share(found, count, scan->jobs, defines, &headers);
	for (size_t i = 0; i < count; i++)
		if (found[i])
			vn_scan_add(scan, files[i], true);
	free(found);
}
