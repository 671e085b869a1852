/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Settings made flags: from what Rewrite wants to units that Collect parses.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/strbuf.h"

#include "Facts/facts.h"
#include "Facts/source.h"
#include "Units/units.h"

#include "Collect/collect.h"

#include "Rewrite/configs.h"
#include "Rewrite/plan.h"

#include "configs.h"
#include "options.h"

/* What the first round shows may want another, as do errors in it. */
enum { ROUNDS = 3 };

/* Several commands of one file are configurations of it. */
static void
name_commands(struct vn_units *units)
{

	for (size_t i = 1; i < units->count; i++)
		if (units->items[i].config == NULL &&
		    strcmp(units->items[i].file, units->items[i - 1].file) ==
		    0)
			units->items[i].config =
			    vn_strdup(units->items[i].origin);
}

void
configs_add(struct vn_units *units, const struct options *options)
{

	name_commands(units);
	for (size_t i = 0; i < options->configs.count; i++) {
		const char *spec = options->configs.items[i];
		const char *colon = strchr(spec, ':');
		char *name = vn_strndup(spec, (size_t)(colon - spec));

		vn_units_config(units, name, colon + 1);
		free(name);
	}
}

/* What an opt_*.h defines comes after the command line: take it out. */
static void
hide(struct vn_unit *unit, const struct vn_facts *facts,
    const struct vn_sources *sources, const char *macro)
{

	for (size_t i = 0; i < facts->nheaders; i++)
		if (vn_configs_is_options(facts->headers[i]))
			vn_unit_hide(unit, facts->headers[i], macro);
	for (size_t i = 0; i < sources->count; i++)
		if (vn_configs_is_options(sources->items[i]->path))
			vn_unit_hide(unit, sources->items[i]->path, macro);
}

static char *
flag_of(const struct vn_setting *s)
{

	if (!s->defined)
		return (vn_asprintf("-U%.*s", (int)s->len, s->macro));
	if (s->any)
		return (vn_asprintf("-D%.*s", (int)s->len, s->macro));
	return (vn_asprintf("-D%.*s=%ld", (int)s->len, s->macro, s->value));
}

static void
make_unit(struct vn_units *units, const struct vn_facts *facts,
    const struct vn_sources *sources, struct vn_config *config)
{
	char *flags[VN_SETTINGS_MAX];
	struct vn_strbuf name = { 0 };
	char *text;

	for (size_t i = 0; i < config->settings.count; i++) {
		flags[i] = flag_of(&config->settings.items[i]);
		vn_strbuf_printf(&name, "%s%s", i == 0 ? "" : " ", flags[i]);
	}
	text = vn_strbuf_take(&name);
	config->made = (unsigned)vn_units_vary(units, config->unit, text,
	    flags, config->settings.count);
	free(text);
	for (size_t i = 0; i < config->settings.count; i++) {
		const struct vn_setting *s = &config->settings.items[i];
		char *macro = vn_strndup(s->macro, s->len);

		if (!s->any)
			hide(&units->items[config->made], facts, sources,
			    macro);
		free(macro);
		free(flags[i]);
	}
}

/* Make and parse the last n configurations. */
static int
parse_last(struct vn_units *units, struct vn_facts *facts,
    const struct vn_plan *plan, const struct vn_collect *job,
    struct vn_configs *configs, size_t n)
{
	struct vn_collect c = *job;

	c.first = units->count;
	for (size_t i = configs->items.count - n; i < configs->items.count;
	    i++) {
		make_unit(units, facts, plan->sources,
		    &configs->items.items[i]);
		vn_note("parsing %s again: %s", units->items[units->count -
		    1].file, units->items[units->count - 1].config);
	}
	c.units = units->items;
	c.nunits = units->count;
	return (vn_collect_run(facts, &c));
}

int
configs_turn(struct vn_units *units, struct vn_facts *facts,
    const struct vn_plan *plan, const struct vn_collect *job)
{
	struct vn_configs configs = { 0 };
	int status = 0;

	for (int round = 0; status == 0 && round < ROUNDS; round++) {
		size_t n = vn_configs_choose(&configs, plan);

		if (n == 0)
			break;
		for (; status == 0 && n > 0;
		    n = vn_configs_split(&configs, plan))
			status = parse_last(units, facts, plan, job, &configs,
			    n);
	}
	vn_configs_free(&configs);
	return (status);
}
