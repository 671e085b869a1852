/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Which options go together: what a person asks for has to have an effect.
 */

#include "Support/diag.h"

#include "Verify/judge.h"

#include "options.h"

enum form
options_form(const struct options *options)
{

	if (options->git)
		return (FORM_GIT);
	return (options->trees[0] != NULL || options->trees[1] != NULL ?
	    FORM_TREES : FORM_DIRECTORIES);
}

/* An option that was given and has no sense without sources, or NULL. */
static const char *
for_sources(const struct options *o)
{
	const struct {
		bool		 given;
		const char	*name;
	} table[] = {
		{ o->compdb != NULL, "-p" },
		{ o->root != NULL, "--root" },
		{ o->cc != NULL, "--cc" },
		{ o->launcher != NULL, "--launcher" },
		{ o->jobs_given, "-j" },
		{ o->work != NULL, "--work" },
		{ o->settings.count > 0 && o->settings.items[0].value != NULL,
		    "--define" },
		{ o->settings.count > 0, "--undef" },
		{ o->counterpatch != NULL, "--counterpatch" },
		{ o->quick, "--quick" },
		{ o->vimage, "--vimage" },
	};

	for (size_t i = 0; i < VN_NITEMS(table); i++)
		if (table[i].given)
			return (table[i].name);
	return (NULL);
}

static int
check_directories(const struct options *o)
{
	const char *name = for_sources(o);

	if (name != NULL)
		vn_error("%s needs sources; use --plain and --converted, or "
		    "--git", name);
	else if (o->noperands != 2)
		vn_error("%s; name the directory of plain objects and that of "
		    "converted ones%s", o->noperands == 0 ? "no directory" :
		    o->noperands == 1 ? "only one directory" :
		    "more than two directories", o->noperands == 0 ?
		    ", or see '--help'" : "");
	else
		return (0);
	return (-1);
}

static int
check_trees(const struct options *o)
{

	if (o->trees[0] == NULL)
		vn_error("no plain tree; use --plain=TREE");
	else if (o->trees[1] == NULL)
		vn_error("no converted tree; use --converted=TREE");
	else
		return (vn_two_directories(o->trees[0], o->trees[1],
		    "sources"));
	return (-1);
}

static int
check_git(struct options *o)
{

	if (o->trees[0] != NULL || o->trees[1] != NULL) {
		vn_error("--git goes without --plain and --converted; its "
		    "revisions are the trees");
		return (-1);
	}
	if (o->noperands < 2) {
		vn_error("--git needs two revisions, REV_PLAIN "
		    "REV_CONVERTED");
		return (-1);
	}
	for (int i = 0; i < 2; i++)
		o->revisions[i] = o->operands[i];
	o->operands += 2;
	o->noperands -= 2;
	return (0);
}

int
options_check(struct options *o)
{
	enum form form = options_form(o);

	if ((o->modspace > 0 || o->modules.count > 0) && !o->vimage)
		vn_error("%s goes with --vimage", o->modspace > 0 ?
		    "--modspace" : "--module");
	else if (o->historical && o->quick)
		vn_error("--historical compares objects, --quick makes none; "
		    "drop one");
	else if (form == FORM_DIRECTORIES)
		return (check_directories(o));
	else if (o->compdb == NULL)
		vn_error("no compile commands; use -p DIR|FILE");
	else
		return (form == FORM_GIT ? check_git(o) : check_trees(o));
	return (-1);
}
