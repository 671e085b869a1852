/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * For tests: private copies of two trees.
 *
 *   mirror [option ...] PLAIN CONVERTED WORK
 *
 * Prints the files that differ, those of one tree only, and the stretches.
 *   --no-lines            no #line
 *   --base=DIR            a tree that lends
 *   --define=N=V, --undef=N, --extra=FILE
 *   --counterpatch=FILE
 *   --checkout=REV        PLAIN is a repository, CONVERTED the directory to
 *                         make; nothing else is done
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Mirror/mirror.h"
#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"

static struct vn_mirror m = { .lines = true };
static VN_VEC(struct vn_setting) settings;
static VN_VEC(char *) extra;
static const char *revision, *patch;

static const char *
value_of(const char *arg, const char *option)
{
	size_t len = strlen(option);

	return (strncmp(arg, option, len) == 0 ? arg + len : NULL);
}

static void
add_setting(const char *text, bool undef)
{
	struct vn_setting s = { vn_strdup(text), NULL, false };
	char *eq = undef ? NULL : strchr(s.name, '=');

	if (eq != NULL) {
		*eq = '\0';
		s.value = eq + 1;
	}
	VN_PUSH(&settings, s);
}

static void
take_option(const char *arg)
{
	const char *v;

	if (strcmp(arg, "--no-lines") == 0)
		m.lines = false;
	else if ((v = value_of(arg, "--base=")) != NULL)
		m.base = vn_file_realpath(v);
	else if ((v = value_of(arg, "--define=")) != NULL)
		add_setting(v, false);
	else if ((v = value_of(arg, "--undef=")) != NULL)
		add_setting(v, true);
	else if ((v = value_of(arg, "--extra=")) != NULL)
		VN_PUSH(&extra, vn_file_realpath(v));
	else if ((v = value_of(arg, "--counterpatch=")) != NULL)
		patch = v;
	else if ((v = value_of(arg, "--checkout=")) != NULL)
		revision = v;
}

static void
print_stretches(const struct vn_stretches *v, const char *what)
{
	const struct vn_stretch *s;

	for (size_t i = 0; i < v->count; i++) {
		s = &v->items[i];
		printf("%s %s:%u-%u: says %u, wanted %u\n", what, s->path,
		    s->first, s->last, s->said, s->wanted);
	}
}

static void
print_found(void)
{
	size_t i;

	for (i = 0; i < m.nchanged; i++)
		printf("changed %s\n", m.changed[i]);
	for (i = 0; i < m.nonly[0]; i++)
		printf("plain %s\n", m.only[0][i]);
	for (i = 0; i < m.nonly[1]; i++)
		printf("converted %s\n", m.only[1][i]);
	for (i = 0; i < m.nsettings; i++)
		printf("%s %s\n", m.settings[i].name,
		    m.settings[i].in_file ? "in a file" : "in no file");
	print_stretches(&m.unmapped, "unmapped");
}

static int
make(void)
{
	struct vn_stretches left = { 0 };
	int error;

	m.settings = settings.items;
	m.nsettings = settings.count;
	m.extra = extra.items;
	m.nextra = extra.count;
	error = vn_mirror_make(&m);
	if (error == 0)
		print_found();
	if (error == 0 && patch != NULL)
		error = vn_mirror_counterpatch(&m, patch, &left);
	print_stretches(&left, "unpadded");
	vn_stretches_free(&left);
	vn_mirror_free(&m);
	return (error == 0 ? 0 : 2);
}

int
main(int argc, char **argv)
{
	int i;

	vn_diag_setup("mirror", VN_WARNING);
	for (i = 1; i < argc && strncmp(argv[i], "--", 2) == 0; i++)
		take_option(argv[i]);
	if (argc - i == 2 && revision != NULL)
		return (vn_mirror_checkout(argv[i], revision, argv[i + 1]) ==
		    0 ? 0 : 2);
	if (argc - i != 3)
		return (2);
	m.trees[0] = vn_file_realpath(argv[i]);
	m.trees[1] = vn_file_realpath(argv[i + 1]);
	if (vn_file_mkdirs(argv[i + 2]) != 0)
		return (2);
	m.work = vn_file_realpath(argv[i + 2]);
	return (m.trees[0] == NULL || m.trees[1] == NULL ? 2 : make());
}
