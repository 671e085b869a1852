/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * For test/Steps: builds the commands of a compilation database, and says how
 * each step ended.
 *
 *	steps [-v] [-jN] [--cc=CC] [--launcher=WORD] [--move=FROM=TO]
 *	    [--output=text|debug] WORK DATABASE
 *
 * The objects are WORK/o/NAME.o, where NAME is the source's as seen from here;
 * in what is printed a newline of it is '?'.  Exits with 2 where
 * vn_build_run fails.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Build/build.h"
#include "Build/recompile.h"
#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Units/commands.h"

static const char *const states[] = {
	"none", "kept", "built", "failed", "unstarted"
};

static const char *
value_of(const char *arg, const char *name)
{
	size_t len = strlen(name);

	return (strncmp(arg, name, len) == 0 ? arg + len : NULL);
}

static void
split_move(struct vn_recompile *how, const char *value)
{
	static struct vn_moved moved;
	char *from, *to;

	from = vn_strdup(value);
	to = strchr(from, '=');
	*to++ = '\0';
	moved = (struct vn_moved){ from, to };
	how->moved = &moved;
	how->nmoved = 1;
	how->root = to;
}

static int
options(int argc, char **argv, struct vn_recompile *how,
    struct vn_build *build)
{
	const char *value;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if ((value = value_of(argv[i], "-j")) != NULL)
			build->jobs = (unsigned)atoi(value);
		else if ((value = value_of(argv[i], "--cc=")) != NULL)
			how->cc = value;
		else if ((value = value_of(argv[i], "--launcher=")) != NULL)
			how->launcher = value;
		else if ((value = value_of(argv[i], "--move=")) != NULL)
			split_move(how, value);
		else if ((value = value_of(argv[i], "--output=")) != NULL)
			how->output = strcmp(value, "text") == 0 ?
			    VN_OUT_TEXT : VN_OUT_DEBUG;
		else
			build->verbose = true;
	}
	return (i);
}

static void
add(struct vn_build *build, const struct vn_recompile *how,
    const struct vn_command *command)
{
	const char *name;
	char **argv, *dir, *here, *output;

	here = vn_file_realpath(".");
	name = vn_file_below(command->file, here);
	if (name == NULL)
		name = command->file + 1;
	argv = vn_recompile(how, command, &dir);
	output = vn_asprintf("%s/o/%s.o", build->work, name);
	vn_build_add(build, argv, dir, output, name);
	free(output);
	free(dir);
	free(here);
}

static void
print(const struct vn_build *build)
{
	const struct vn_step *step;
	char *label;
	size_t i;

	for (i = 0; i < build->count; i++) {
		step = &build->steps[i];
		label = vn_strdup(step->label);
		while (strchr(label, '\n') != NULL)
			*strchr(label, '\n') = '?';
		printf("%s: %s", label, states[step->state]);
		if (step->status != 0)
			printf(" %d", step->status);
		printf("\n%s", step->messages == NULL ? "" : step->messages);
		free(label);
	}
}

int
main(int argc, char **argv)
{
	struct vn_commands commands = { 0 };
	struct vn_recompile how = { 0 };
	struct vn_build build = { 0 };
	const char *number;
	char *work;
	size_t i;
	int at, error;

	vn_diag_setup("steps", VN_WARNING);
	if (argc == 3 && (number = value_of(argv[1], "--run-step=")) != NULL)
		return (vn_build_run_step(number, argv[2]));
	at = options(argc, argv, &how, &build);
	if (argc - at != 2 || vn_file_mkdirs(argv[at]) != 0 ||
	    vn_commands_read(&commands, argv[at + 1]) != 0)
		return (2);
	build.work = work = vn_file_realpath(argv[at]);
	build.self = "/proc/self/exe";
	for (i = 0; i < commands.count; i++)
		add(&build, &how, &commands.items[i]);
	error = vn_build_run(&build);
	print(&build);
	vn_build_free(&build);
	vn_commands_free(&commands);
	free(work);
	return (error != 0 ? 2 : 0);
}
