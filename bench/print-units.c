/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Print how each source file named on standard input is compiled: a line for
 * sh(1) each, ended by a NUL, that expects the compiler in $CC.  For
 *	xargs -0 -n 1 -P 4 sh -c
 * The commands are those that vnetize parses with.
 */

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/file.h"
#include "Support/mem.h"

#include "Units/units.h"

struct files {
	char	**items;
	size_t	  count, room;
};

static void
read_files(struct files *out)
{
	char *line, *path;
	size_t size;
	ssize_t len;

	line = NULL;
	size = 0;
	while ((len = getline(&line, &size, stdin)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		path = vn_file_realpath(line);
		if (path == NULL)
			err(2, "%s", line);
		VN_PUSH(out, path);
	}
	free(line);
}

static void
free_files(struct files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++)
		free(files->items[i]);
	VN_FREE(files);
}

static int
has_file(const struct files *files, const char *path)
{
	size_t i;

	for (i = 0; i < files->count; i++)
		if (strcmp(files->items[i], path) == 0)
			return (1);
	return (0);
}

/* Print a word in single quotes. */
static void
quote(const char *word)
{
	putchar('\'');
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*word);
	}
	putchar('\'');
}

static void
print_unit(const struct vn_unit *unit)
{
	size_t i;

	fputs("cd ", stdout);
	quote(unit->dir);
	fputs(" && exec \"$CC\" -fsyntax-only -w", stdout);
	for (i = 0; i < unit->argc; i++) {
		putchar(' ');
		quote(unit->argv[i]);
	}
	putchar(' ');
	quote(unit->file);
	putchar('\0');
}

/*
 * Units of the files, by what was asked for: a database or a kernel tree; else
 * whichever is found.
 */
static int
find_units(struct vn_units *out, const struct files *files,
    const char *database, const char *tree, const char *cachedir)
{
	struct vn_bsd_options opts = { .arch = "amd64", .cachedir = cachedir };
	char *found, *sys;
	int error;

	found = NULL;
	if (database != NULL)
		found = vn_strdup(database);
	else if (tree == NULL)
		found = vn_units_discover(files->items[0]);
	if (found != NULL) {
		error = vn_units_compdb(out, found);
		free(found);
		return (error);
	}
	sys = tree != NULL ? vn_file_realpath(tree) :
	    vn_units_bsd_root(files->items[0]);
	if (sys == NULL)
		errx(2, "neither a compilation database nor a kernel tree");
	opts.sys = sys;
	error = vn_units_bsd(out, &opts, files->items, files->count);
	free(sys);
	return (error);
}

static void
usage(void)
{
	fprintf(stderr, "usage: print-units [-p DATABASE | -s TREE] "
	    "[-c CACHEDIR] < FILES\n");
	exit(2);
}

int
main(int argc, char **argv)
{
	const char *cachedir = "/tmp", *database = NULL, *tree = NULL;
	struct files files = { 0 };
	struct vn_units units = { 0 };
	size_t i;
	int ch;

	while ((ch = getopt(argc, argv, "c:p:s:")) != -1) {
		switch (ch) {
		case 'c':
			cachedir = optarg;
			break;
		case 'p':
			database = optarg;
			break;
		case 's':
			tree = optarg;
			break;
		default:
			usage();
		}
	}
	if (argc != optind)
		usage();
	read_files(&files);
	if (files.count == 0)
		errx(2, "no files");
	if (find_units(&units, &files, database, tree, cachedir) != 0)
		return (2);
	for (i = 0; i < units.count; i++)
		if (has_file(&files, units.items[i].file))
			print_unit(&units.items[i]);
	vn_units_free(&units);
	free_files(&files);
	return (0);
}
