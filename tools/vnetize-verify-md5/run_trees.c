/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The forms that compile: two trees, or two revisions of a git repository.
 */

#include <sys/file.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/proc.h"
#include "Support/strbuf.h"

#include "Mirror/mirror.h"
#include "Verify/trees.h"

#include "options.h"
#include "run.h"

/* Locked while a run works there, and there from the first one on. */
#define	LOCK	"run.lock"

/* What has to be freed at the end of a run of one of these forms. */
struct places {
	char		*trees[2], *base;
	char		*cc, *launcher;
	char		*work, *self;
	VN_VEC(char *)	 paths;
	int		 lock;
};

static void
free_places(struct places *p)
{

	for (size_t i = 0; i < p->paths.count; i++)
		free(p->paths.items[i]);
	VN_FREE(&p->paths);
	free(p->trees[0]);
	free(p->trees[1]);
	free(p->base);
	free(p->cc);
	free(p->launcher);
	free(p->work);
	free(p->self);
	if (p->lock != -1)
		close(p->lock);
}

/* The canonical name of an option's directory; NULL after an error. */
static char *
directory(const char *option, const char *name)
{
	char *path = vn_file_realpath(name);
	struct stat st;

	if (path != NULL && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return (path);
	vn_error("%s: '%s' is no directory that can be read", option, name);
	free(path);
	return (NULL);
}

/* ------ where to work ------ */

/* FNV-1a of what tells one verification from another. */
static uint64_t
add_digest(uint64_t digest, const char *s)
{

	for (; s != NULL && *s != '\0'; s++)
		digest = (digest ^ (unsigned char)*s) *
		    UINT64_C(0x100000001b3);
	return ((digest ^ 1) * UINT64_C(0x100000001b3));
}

static char *
default_work(const struct options *o, const struct places *p)
{
	uint64_t digest = UINT64_C(0xcbf29ce484222325);
	char *cache = vn_file_cache(), *work;
	char *database = vn_file_realpath(o->compdb);

	digest = add_digest(digest, p->trees[0]);
	digest = add_digest(digest, p->trees[1]);
	digest = add_digest(digest, p->base);
	digest = add_digest(digest, database);
	work = vn_asprintf("%s/verify-%016llx", cache,
	    (unsigned long long)digest);
	free(database);
	free(cache);
	return (work);
}

/*
 * What is in a work directory is replaced and removed, so it has to be one, or
 * have nothing in it.
 */
static int
check_work(const char *work)
{
	DIR *dir = opendir(work);
	struct dirent *de;
	bool empty = true, ours = false;

	while (dir != NULL && (de = readdir(dir)) != NULL) {
		if (strcmp(de->d_name, ".") != 0 &&
		    strcmp(de->d_name, "..") != 0)
			empty = false;
		ours |= strcmp(de->d_name, LOCK) == 0;
	}
	if (dir != NULL)
		closedir(dir);
	if (empty || ours)
		return (0);
	vn_error("'%s' holds other files, and is no work directory; name "
	    "an empty or a new one", work);
	return (-1);
}

/* The name from the root on, of what need not be there yet. */
static char *
absolute(const char *name)
{
	char *here = vn_file_realpath("."), *path, *slash, *real, *joined;

	path = vn_file_join(here == NULL ? "/" : here, name);
	free(here);
	for (slash = path + strlen(path); slash > path; slash--) {
		if (*slash != '/' && *slash != '\0')
			continue;
		here = vn_strndup(path, (size_t)(slash - path));
		real = vn_file_realpath(here);
		free(here);
		if (real == NULL)
			continue;
		joined = vn_asprintf("%s%s", real, slash);
		free(real);
		free(path);
		return (joined);
	}
	return (path);
}

/* Nothing is written into a tree. */
static int
check_outside(const struct places *p, const char *work)
{
	char *path = absolute(work);
	int status = 0;

	for (int side = 0; side < 2; side++)
		if (p->trees[side] != NULL &&
		    vn_file_below(path, p->trees[side]) != NULL)
			status = -1;
	if (status != 0)
		vn_error("--work: '%s' is in one of the trees, which are only "
		    "read", work);
	free(path);
	return (status);
}

/* Make the directory, and let no other run in. */
static int
find_work(struct places *p, const struct options *o)
{
	char *work = o->work != NULL ? vn_strdup(o->work) :
	    default_work(o, p), *lock;

	if (check_outside(p, work) != 0 || check_work(work) != 0) {
		free(work);
		return (-1);
	}
	if (vn_file_mkdirs(work) != 0 ||
	    (p->work = vn_file_realpath(work)) == NULL) {
		vn_error("cannot make '%s': %s", work, strerror(errno));
		free(work);
		return (-1);
	}
	free(work);
	lock = vn_file_join(p->work, LOCK);
	p->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (p->lock == -1)
		vn_error("cannot write '%s': %s", lock, strerror(errno));
	else if (flock(p->lock, LOCK_EX | LOCK_NB) != 0) {
		vn_error("another run works in '%s'; use --work=DIR", p->work);
		close(p->lock);
		p->lock = -1;
	}
	free(lock);
	return (p->lock == -1 ? -1 : 0);
}

/* ------ what to compare ------ */

/* "./netinet/" is "netinet", as a tree calls it. */
static char *
as_called(const char *path)
{
	size_t len;

	while (strncmp(path, "./", 2) == 0)
		path += 2 + strspn(path + 2, "/");
	len = strcmp(path, ".") == 0 ? 0 : strlen(path);
	while (len > 1 && path[len - 1] == '/')
		len--;
	return (vn_strndup(path, len));
}

/* PATHs: as they are from here, or as they are called in the trees. */
static void
find_paths(struct places *p, char *const *operands, int n)
{

	for (int i = 0; i < n; i++) {
		char *real = vn_file_realpath(operands[i]);

		if (real == NULL ||
		    (vn_file_below(real, p->trees[0]) == NULL &&
		    vn_file_below(real, p->trees[1]) == NULL &&
		    (p->base == NULL ||
		    vn_file_below(real, p->base) == NULL))) {
			free(real);
			real = as_called(operands[i]);
		}
		VN_PUSH(&p->paths, real);
	}
}

/*
 * A program is looked for from here, not from where commands run; what a link
 * to it is called matters to it.
 */
static char *
program(const char *name)
{
	char *here, *path;

	if (name == NULL || strchr(name, '/') == NULL)
		return (name == NULL ? NULL : vn_strdup(name));
	here = vn_file_realpath(".");
	path = vn_file_join(here == NULL ? "." : here, name);
	free(here);
	return (path);
}

static int
find_trees(struct places *p, const struct options *o)
{

	if ((p->trees[0] = directory("--plain", o->trees[0])) == NULL ||
	    (p->trees[1] = directory("--converted", o->trees[1])) == NULL)
		return (-1);
	if (strcmp(p->trees[0], p->trees[1]) == 0) {
		vn_error("--plain and --converted are one directory, '%s'",
		    p->trees[0]);
		return (-1);
	}
	if (o->root != NULL &&
	    (p->base = directory("--root", o->root)) == NULL)
		return (-1);
	return (find_work(p, o));
}

/* The top of the repository that the current directory is in. */
static char *
git_top(void)
{
	char git[] = "git", parse[] = "rev-parse", top_of[] = "--show-toplevel";
	char *argv[] = { git, parse, top_of, NULL };
	struct vn_strbuf out = { 0 }, err = { 0 };
	char *top = NULL;

	if (vn_proc_run(argv, NULL, &out, &err) == 0 && out.len > 1) {
		out.data[strcspn(out.data, "\n")] = '\0';
		top = vn_file_realpath(out.data);
	}
	if (top == NULL)
		vn_error("--git: this is no git repository with a tree, or "
		    "there is no git; or use --root=DIR");
	vn_strbuf_free(&out);
	vn_strbuf_free(&err);
	return (top);
}

/* The files of a revision, as git calls them; NULL: there is none such. */
static char *
git_tree(const char *top, const char *revision)
{
	char git[] = "git", in[] = "-C", parse[] = "rev-parse";
	char check[] = "--verify", quiet[] = "--quiet";
	char *spec = vn_asprintf("%s^{tree}", revision);
	char *dir = vn_strdup(top), *tree = NULL;
	char *argv[] = { git, in, dir, parse, check, quiet, spec, NULL };
	struct vn_strbuf out = { 0 }, err = { 0 };

	if (*revision != '-' && vn_proc_run(argv, NULL, &out, &err) == 0 &&
	    out.len > 0)
		tree = vn_strbuf_take(&out);
	vn_strbuf_free(&out);
	vn_strbuf_free(&err);
	free(dir);
	free(spec);
	return (tree);
}

/* Two names of one revision prove nothing. */
static int
check_revisions(const char *top, const char *const names[2])
{
	char *plain = git_tree(top, names[0]);
	char *converted = git_tree(top, names[1]);
	bool same = plain != NULL && converted != NULL &&
	    strcmp(plain, converted) == 0;

	if (same)
		vn_error("'%s' and '%s' hold the same files; name a plain "
		    "revision and a converted one", names[0], names[1]);
	free(plain);
	free(converted);
	return (same ? -1 : 0);
}

static int
find_revisions(struct places *p, const struct options *o)
{
	static const char *const names[] = { "plain", "converted" };
	char *git, *dir;

	if (strcmp(o->revisions[0], o->revisions[1]) == 0) {
		vn_error("--git: '%s' is given twice; name a plain revision "
		    "and a converted one", o->revisions[0]);
		return (-1);
	}
	p->base = o->root != NULL ? directory("--root", o->root) : git_top();
	if (p->base == NULL || check_revisions(p->base, o->revisions) != 0 ||
	    find_work(p, o) != 0)
		return (-1);
	git = vn_file_join(p->work, "git");
	for (int side = 0; side < 2; side++) {
		dir = vn_file_join(git, names[side]);
		if (vn_mirror_checkout(p->base, o->revisions[side], dir) == 0)
			p->trees[side] = vn_file_realpath(dir);
		free(dir);
		if (p->trees[side] == NULL)
			break;
	}
	free(git);
	return (p->trees[0] == NULL || p->trees[1] == NULL ? -1 : 0);
}

/* ------ the run ------ */

/* VIMAGE as well: what only that shows is the run's to print. */
static int
with_vimage(struct run *run, const struct vn_trees *trees)
{
	const struct options *o = run->options;

	if (!o->vimage)
		return (0);
	run->vimage.modspace = o->modspace;
	for (size_t i = 0; i < o->modules.count; i++)
		VN_PUSH(&run->vimage.modules, (struct vn_vimage_module){
		    .name = o->modules.items[i].name,
		    .glob = o->modules.items[i].glob });
	return (vn_vimage_verify(&run->vimage, &run->pairs, trees));
}

static unsigned
count_jobs(const struct options *o)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return (o->jobs != 0 ? o->jobs : n > 0 ? (unsigned)n : 1);
}

static int
verify(struct run *run, const struct places *p)
{
	const struct options *o = run->options;
	struct vn_trees trees = { .trees = { p->trees[0], p->trees[1] },
	    .base = p->base, .database = o->compdb,
	    .paths = p->paths.items, .npaths = p->paths.count,
	    .work = p->work, .self = p->self, .cc = p->cc,
	    .launcher = p->launcher, .jobs = count_jobs(o),
	    .settings = o->settings.items, .nsettings = o->settings.count,
	    .quick = o->quick, .verbose = o->verbose,
	    .counterpatch = o->counterpatch, .judging = &run->judging,
	    .record = &run->record };

	if (vn_trees_verify(&run->pairs, &trees) != 0)
		return (-1);
	return (with_vimage(run, &trees));
}

/* This program, for ninja to run. */
static char *
find_self(void)
{
	char *self = vn_file_realpath("/proc/self/exe");

	if (self == NULL)
		self = vn_file_realpath("/proc/curproc/file");
	if (self == NULL)
		vn_error("cannot find this program's own file; is /proc "
		    "mounted?");
	return (self);
}

/* Variables that make compilers write files of the caller's, too. */
static void
clear_environment(void)
{
	static const char *const names[] = {
		"DEPENDENCIES_OUTPUT", "SUNPRO_DEPENDENCIES",
		"CC_PRINT_OPTIONS", "CC_PRINT_HEADERS", "CC_LOG_DIAGNOSTICS",
		"CC_PRINT_PROC_STAT", "CC_PRINT_INTERNAL_STAT",
	};

	for (size_t i = 0; i < VN_NITEMS(names); i++)
		unsetenv(names[i]);
}

int
run_trees(struct run *run)
{
	const struct options *o = run->options;
	struct places p = { .lock = -1 };
	int status = -1;

	clear_environment();
	/* What compilers say is read. */
	setenv("LC_ALL", "C", 1);
	p.cc = program(o->cc);
	p.launcher = program(o->launcher);
	if ((p.self = find_self()) != NULL && (o->revisions[0] != NULL ?
	    find_revisions(&p, o) : find_trees(&p, o)) == 0) {
		find_paths(&p, o->operands, o->noperands);
		status = verify(run, &p);
	}
	free_places(&p);
	return (status);
}
