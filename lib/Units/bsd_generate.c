/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What config(8) and a kernel's makefiles generate before the first file is
 * compiled, made in a directory of the cache.  The plan of what to make is
 * always drawn up; its digest names the directory, so that it is carried out
 * only if that is not there.
 */

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/proc.h"
#include "Units/bsd_impl.h"

/* Bump it when a plan is carried out in another way. */
static const char plan_version[] = "1";

/*
 * awk(1), by bytes: sources of old are in no encoding.  env(1) ends with 126 or
 * 127 where there is none.
 */
static const char *const awk_program[] = { "env", "LC_ALL=C", "awk", "-f" };
enum { CANNOT_RUN = 126 };

/* Interfaces: each *_if.m of the tree makes a header of the same name. */
static const char interface_script[] = "tools/makeobjops.awk";
static const char interface_flag[] = "-h";
static const char interface_end[] = ".m";

/* File system operations; trees differ in how many headers there are. */
static const char vnode_script[] = "tools/vnode_if.awk";
static const char vnode_source[] = "kern/vnode_if.src";
static const struct {
	const char	*flag, *header;
	bool		 always;	/* else if the script knows its name */
} vnode_headers[] = {
	{ "-h", "vnode_if.h",		true },
	{ "-p", "vnode_if_newproto.h",	false },
	{ "-q", "vnode_if_typedef.h",	false },
};

/* How conf/files starts a command that awk(1) alone can carry out. */
static const char *const awk_words[] = { "${AWK}", "-f" };
static const char redirection[] = ">";
static const char shell_bytes[] = ";|&`<>()*?[]~'\"\\";

/* Links to the headers of machines. */
static const char machine_link[] = "machine";

enum step_kind { STEP_TEXT, STEP_LINK, STEP_RUN };

/* One thing to make. */
struct step {
	enum step_kind	 kind;
	char		*name;		/* of what is made; owned */
	char		*text;		/* contents, or a link's; owned */
	struct vn_words	 argv;		/* of STEP_RUN */
	bool		 redirect;	/* its output is the contents */
};

struct plan {
	const char	*root;		/* borrowed */
	VN_VEC(struct step) steps;
};

/* Drawing up the plan. */

static bool
planned(const struct plan *plan, const char *name)
{
	size_t i;

	for (i = 0; i < plan->steps.count; i++)
		if (plan->steps.items[i].kind != STEP_TEXT &&
		    strcmp(plan->steps.items[i].name, name) == 0)
			return (true);
	return (false);
}

static void
plan_headers(struct plan *plan, const struct vn_bsd_config *config)
{
	struct vn_strbuf text = { 0 };
	struct step step = { .kind = STEP_TEXT };
	size_t i;

	for (i = 0; i < config->headers.count; i++) {
		vn_bsd_config_header(config, config->headers.items[i], &text);
		step.name = vn_strdup(config->headers.items[i]);
		step.text = vn_strbuf_take(&text);
		VN_PUSH(&plan->steps, step);
	}
}

static void
plan_link(struct plan *plan, const char *name, const char *machine)
{
	struct step step = { .kind = STEP_LINK };

	step.text = vn_asprintf("%s/%s/include", plan->root, machine);
	if (!vn_is_dir(step.text) || planned(plan, name)) {
		free(step.text);
		return;
	}
	step.name = vn_strdup(name);
	VN_PUSH(&plan->steps, step);
}

static void
plan_links(struct plan *plan, const char *name)
{
	const struct vn_bsd_arch *arch = vn_bsd_arch(name);
	size_t i;

	plan_link(plan, machine_link, name);
	for (i = 0; i < VN_NITEMS(arch->links) && arch->links[i] != NULL; i++)
		plan_link(plan, arch->links[i], arch->links[i]);
}

static void
add_awk(struct vn_words *argv)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(awk_program); i++)
		vn_words_add(argv, awk_program[i]);
}

/* Plan "awk -f script source flag", which makes the file name. */
static void
plan_awk(struct plan *plan, const char *script, const char *source,
    const char *flag, const char *name)
{
	struct step step = { .kind = STEP_RUN };

	add_awk(&step.argv);
	vn_words_own(&step.argv, vn_file_join(plan->root, script));
	vn_words_own(&step.argv, vn_file_join(plan->root, source));
	vn_words_add(&step.argv, flag);
	step.name = vn_strdup(name);
	VN_PUSH(&plan->steps, step);
}

static bool
have(const struct plan *plan, const char *name)
{
	char *path;
	bool is;

	path = vn_file_join(plan->root, name);
	is = vn_is_file(path);
	free(path);
	return (is);
}

/* Does the file below the root hold the word? */
static bool
mentions(const struct plan *plan, const char *name, const char *word)
{
	struct vn_strbuf sb = { 0 };
	char *path;
	bool does;

	path = vn_file_join(plan->root, name);
	does = vn_file_read(&sb, path) == 0 && sb.data != NULL &&
	    strstr(sb.data, word) != NULL;
	vn_strbuf_free(&sb);
	free(path);
	return (does);
}

static void
plan_vnode(struct plan *plan)
{
	size_t i;

	if (!have(plan, vnode_script) || !have(plan, vnode_source))
		return;
	for (i = 0; i < VN_NITEMS(vnode_headers); i++)
		if (vnode_headers[i].always || mentions(plan, vnode_script,
		    vnode_headers[i].header))
			plan_awk(plan, vnode_script, vnode_source,
			    vnode_headers[i].flag, vnode_headers[i].header);
}

/* The header that an interface makes, owned; NULL if name is no interface. */
static char *
interface_header(const char *name)
{
	const char *base = strrchr(name, '/');
	size_t len, end = sizeof(interface_end) - 1;

	base = base == NULL ? name : base + 1;
	len = strlen(base);
	if (len <= end || strcmp(base + len - end, interface_end) != 0)
		return (NULL);
	return (vn_asprintf("%.*s.h", (int)(len - end), base));
}

static void
plan_interface(struct plan *plan, const char *name)
{
	char *header;

	header = interface_header(name);
	if (header != NULL && !planned(plan, header) && have(plan, name))
		plan_awk(plan, interface_script, name, interface_flag,
		    header);
	free(header);
}

static int
interface_found(const char *file, void *arg)
{
	struct plan *plan = arg;
	const char *name = vn_file_below(file, plan->root);

	if (name != NULL)
		plan_interface(plan, name);
	return (0);
}

/*
 * Those that the lists name come first, so that another machine's interface of
 * the same name does not take its place; modules have some that no list names.
 */
static int
plan_interfaces(struct plan *plan, const struct vn_bsd_files *files)
{
	size_t i;

	if (!have(plan, interface_script))
		return (0);
	for (i = 0; i < files->count; i++)
		plan_interface(plan, files->items[i].name);
	if (vn_file_walk(plan->root, interface_found, plan) == 0)
		return (0);
	vn_error("cannot read the tree '%s': %s", plan->root,
	    strerror(errno));
	return (-1);
}

/*
 * Add a word of a command to the step's.  A word that is only a make(1)
 * variable is as good as empty; false if the command needs a shell, or a file
 * that this tree lacks.
 */
static bool
command_word(const struct plan *plan, struct step *step, const char *word)
{
	char *expanded;

	if (strpbrk(word, shell_bytes) != NULL)
		return (false);
	expanded = vn_bsd_expand(word, plan->root);
	if (expanded == NULL)
		return (word[0] == '$' && word[strlen(word) - 1] == '}');
	vn_words_own(&step->argv, expanded);
	return (expanded[0] != '/' || vn_is_file(expanded));
}

static bool
command_words(const struct plan *plan, struct step *step,
    const struct vn_words *words)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(awk_words); i++)
		if (i >= words->count ||
		    strcmp(words->items[i], awk_words[i]) != 0)
			return (false);
	add_awk(&step->argv);
	for (; i < words->count; i++) {
		if (strcmp(words->items[i], redirection) == 0) {
			step->redirect = true;
			return (i + 2 == words->count &&
			    strcmp(words->items[i + 1], step->name) == 0);
		}
		if (!command_word(plan, step, words->items[i]))
			return (false);
	}
	return (true);
}

static void
step_free(struct step *step)
{

	free(step->name);
	free(step->text);
	vn_words_free(&step->argv);
}

/* An entry of conf/files that one run of awk(1) makes. */
static void
plan_entry(struct plan *plan, const struct vn_bsd_file *file)
{
	struct step step = { .kind = STEP_RUN };
	struct vn_words words = { 0 };

	if (file->command == NULL || strchr(file->name, '/') != NULL ||
	    planned(plan, file->name))
		return;
	step.name = vn_strdup(file->name);
	vn_split_command(&words, file->command);
	if (command_words(plan, &step, &words))
		VN_PUSH(&plan->steps, step);
	else
		step_free(&step);
	vn_words_free(&words);
}

static int
make_plan(struct plan *plan, const char *arch,
    const struct vn_bsd_config *config, const struct vn_bsd_files *files)
{
	size_t i;

	plan_headers(plan, config);
	plan_links(plan, arch);
	plan_vnode(plan);
	for (i = 0; i < files->count; i++)
		plan_entry(plan, &files->items[i]);
	return (plan_interfaces(plan, files));
}

static void
plan_free(struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->steps.count; i++)
		step_free(&plan->steps.items[i]);
	VN_FREE(&plan->steps);
}

/* The digest: FNV-1a of 64 bits. */

static void
digest_bytes(uint64_t *digest, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	size_t i;

	for (i = 0; i < len; i++)
		*digest = (*digest ^ p[i]) * UINT64_C(0x100000001b3);
}

/* With the closing NUL, so that "ab" "c" is not "a" "bc". */
static void
digest_string(uint64_t *digest, const char *s)
{

	digest_bytes(digest, s, strlen(s) + 1);
}

/* A word of a command, and what it names if that is a file. */
static void
digest_input(uint64_t *digest, const char *word)
{
	struct vn_strbuf sb = { 0 };

	digest_string(digest, word);
	if (word[0] != '/' || vn_file_read(&sb, word) != 0)
		return;
	digest_bytes(digest, &sb.len, sizeof(sb.len));
	digest_bytes(digest, sb.data, sb.len);
	vn_strbuf_free(&sb);
}

static uint64_t
digest_of(const struct plan *plan)
{
	uint64_t digest = UINT64_C(0xcbf29ce484222325);
	const struct step *step;
	size_t i, j;

	digest_string(&digest, plan_version);
	digest_string(&digest, plan->root);
	for (i = 0; i < plan->steps.count; i++) {
		step = &plan->steps.items[i];
		digest_string(&digest, step->name);
		if (step->text != NULL)
			digest_string(&digest, step->text);
		for (j = 0; j < step->argv.count; j++)
			digest_input(&digest, step->argv.items[j]);
	}
	return (digest);
}

/* Carrying it out. */

static int
failed(const char *path)
{

	vn_error("cannot write '%s': %s", path, strerror(errno));
	return (-1);
}

static int
write_plain(const char *dir, const char *name, const char *data, size_t len)
{
	char *path;
	FILE *fp;
	int error;

	path = vn_file_join(dir, name);
	fp = fopen(path, "w");
	error = fp == NULL || fwrite(data, 1, len, fp) != len;
	if (fp != NULL && fclose(fp) != 0)
		error = 1;
	if (error)
		failed(path);
	free(path);
	return (error ? -1 : 0);
}

static int
make_link(const char *dir, const struct step *step)
{
	char *path;
	int error = 0;

	path = vn_file_join(dir, step->name);
	if (symlink(step->text, path) != 0)
		error = failed(path);
	free(path);
	return (error);
}

static int
cannot_run(const struct step *step, int status, const struct vn_strbuf *err)
{
	const char *said = err->data == NULL ? "it was stopped" : err->data;

	if (status == -1)
		said = strerror(errno);
	vn_error("cannot run awk to make '%s': %.*s", step->name,
	    (int)strcspn(said, "\n"), said);
	return (-1);
}

/* A script that fails is the tree's trouble: its header will be missing. */
static void
script_failed(const struct step *step, const struct vn_strbuf *err)
{
	const char *said = err->data == NULL ? "no reason given" : err->data;

	vn_warning("cannot make '%s' with '%s': %.*s", step->name,
	    step->argv.items[VN_NITEMS(awk_program)],
	    (int)strcspn(said, "\n"), said);
}

static int
run(const char *dir, const struct step *step)
{
	struct vn_words argv = { 0 };
	struct vn_strbuf out = { 0 }, err = { 0 };
	int status, error = 0;

	vn_words_addall(&argv, &step->argv);
	vn_words_own(&argv, NULL);
	status = vn_proc_run(argv.items, dir, &out, &err);
	if (status == -1 || status >= CANNOT_RUN)
		error = cannot_run(step, status, &err);
	else if (status != 0)
		script_failed(step, &err);
	else if (step->redirect)
		error = write_plain(dir, step->name,
		    out.data == NULL ? "" : out.data, out.len);
	vn_strbuf_free(&out);
	vn_strbuf_free(&err);
	vn_words_free(&argv);
	return (error);
}

static int
make_step(const char *dir, const struct step *step)
{

	switch (step->kind) {
	case STEP_TEXT:
		return (write_plain(dir, step->name, step->text,
		    strlen(step->text)));
	case STEP_LINK:
		return (make_link(dir, step));
	case STEP_RUN:
		return (run(dir, step));
	}
	return (-1);
}

/* Remove a directory of files and links. */
static void
remove_dir(const char *dir)
{
	struct dirent *entry;
	char *path;
	DIR *d;

	d = opendir(dir);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		path = vn_file_join(dir, entry->d_name);
		unlink(path);
		free(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(dir);
}

/*
 * Make everything in temp and give it its name at once.  Another process may
 * have been faster, which is as good.
 */
static int
carry_out(const struct plan *plan, const char *temp, const char *dir)
{
	size_t i;
	int error = 0;

	for (i = 0; error == 0 && i < plan->steps.count; i++)
		error = make_step(temp, &plan->steps.items[i]);
	if (error == 0 && (chmod(temp, 0755) != 0 || rename(temp, dir) != 0) &&
	    !vn_is_dir(dir))
		error = failed(dir);
	if (vn_is_dir(temp))
		remove_dir(temp);
	return (error);
}

static int
make_dir(const struct plan *plan, const char *cachedir, const char *dir)
{
	char *temp;
	int error;

	if (vn_is_dir(dir))
		return (0);
	if (vn_file_mkdirs(cachedir) != 0) {
		vn_error("cannot make the cache directory '%s': %s", cachedir,
		    strerror(errno));
		return (-1);
	}
	temp = vn_asprintf("%s.XXXXXX", dir);
	if (mkdtemp(temp) == NULL)
		error = failed(dir);
	else
		error = carry_out(plan, temp, dir);
	free(temp);
	return (error);
}

char *
vn_bsd_generate(const struct vn_bsd_options *opts,
    const struct vn_bsd_config *config, const struct vn_bsd_files *files)
{
	struct plan plan = { .root = opts->sys };
	char *name, *dir = NULL, *real = NULL;

	if (make_plan(&plan, opts->arch, config, files) == 0) {
		name = vn_asprintf("bsd-%016" PRIx64, digest_of(&plan));
		dir = vn_file_join(opts->cachedir, name);
		if (make_dir(&plan, opts->cachedir, dir) == 0)
			real = vn_file_realpath(dir);
		free(name);
	}
	plan_free(&plan);
	free(dir);
	return (real);
}
