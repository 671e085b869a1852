/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Ninja: it knows how many commands to run at a time, and nothing else.
 */

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"
#include "Support/diag.h"
#include "Support/file.h"

/* Its name; some systems have it as the second.  The third is samurai(1). */
static const char *const names[] = { "ninja", "ninja-build", "samu" };

static int
cannot(const char *what, const char *path)
{

	vn_error("cannot %s '%s': %s", what, path, strerror(errno));
	return (-1);
}

/* Remove what a run that was killed left there. */
static void
sweep(const char *dir)
{
	struct dirent *entry;
	char *path;
	DIR *d;

	d = opendir(dir);
	while (d != NULL && (entry = readdir(d)) != NULL)
		if (vn_file_ends(entry->d_name, VN_TEMPORARY)) {
			path = vn_file_join(dir, entry->d_name);
			unlink(path);
			free(path);
		}
	if (d != NULL)
		closedir(d);
}

/* Nothing old may be taken for the output of a step that fails. */
static int
clear_step(const struct vn_build *build, size_t index, char **last)
{
	const char *output = build->steps[index].output;
	char *dir, *path;
	int error = 0;

	dir = vn_file_dirname(output);
	if (*last == NULL || strcmp(*last, dir) != 0) {
		if (vn_file_mkdirs(dir) != 0)
			error = cannot("make", dir);
		sweep(dir);
		free(*last);
		*last = dir;
	} else
		free(dir);
	path = vn_built_path(build->work, output);
	unlink(path);
	free(path);
	path = vn_asprintf("%s/step/%zu.state", build->work, index);
	unlink(path);
	free(path);
	if (error == 0 && unlink(output) != 0 && errno != ENOENT)
		error = cannot("replace", output);
	return (error);
}

static int
clear(const struct vn_build *build)
{
	char *last = NULL;
	size_t i;
	int error = 0;

	for (i = 0; error == 0 && i < build->count; i++)
		if (build->steps[i].state == VN_STEP_NONE)
			error = clear_step(build, i, &last);
	free(last);
	return (error);
}

/* Nothing in there is a user's, so nothing wants quoting. */
static int
write_ninja(const struct vn_build *build, const char *path)
{
	struct vn_strbuf text = { 0 };
	size_t i;
	int error;

	vn_strbuf_puts(&text, "rule step\n"
	    "  command = ./run --run-step=$n steps\n"
	    "  description = step $n\n");
	for (i = 0; i < build->count; i++)
		if (build->steps[i].state == VN_STEP_NONE)
			vn_strbuf_printf(&text, "build s%zu: step\n"
			    "  n = %zu\n", i, i);
	error = vn_build_write(path, &text);
	vn_strbuf_free(&text);
	return (error);
}

static int
link_self(const struct vn_build *build, const char *path)
{
	char *real;
	int error;

	real = vn_file_realpath(build->self);
	if (real == NULL)
		return (cannot("find", build->self));
	unlink(path);
	error = symlink(real, path) == 0 ? 0 : cannot("make", path);
	free(real);
	return (error);
}

static int
write_files(const struct vn_build *build, const char *keys)
{
	char *path;
	int error;

	path = vn_asprintf("%s/run", build->work);
	error = link_self(build, path);
	free(path);
	path = vn_asprintf("%s/steps", build->work);
	if (error == 0 && vn_steps_write(build, keys, path) != 0)
		error = cannot("write", path);
	free(path);
	path = vn_asprintf("%s/build.ninja", build->work);
	if (error == 0 && write_ninja(build, path) != 0)
		error = cannot("write", path);
	free(path);
	return (error);
}

static int
is_full(const struct vn_build *build)
{
	struct statvfs fs;

	return (statvfs(build->work, &fs) == 0 &&
	    (fs.f_bavail * fs.f_frsize < 16384));
}

/* Read how a step ended; false if it did not get so far. */
static bool
get_state(struct vn_build *build, size_t index, char *letter)
{
	struct vn_step *step = &build->steps[index];
	struct vn_strbuf text = { 0 };
	char *path;
	bool known;

	path = vn_asprintf("%s/step/%zu.state", build->work, index);
	known = vn_file_read(&text, path) == 0 && text.len > 0 &&
	    sscanf(text.data, "%c %d", letter, &step->status) == 2;
	free(path);
	vn_strbuf_free(&text);
	if (!known)
		return (false);
	path = vn_asprintf("%s/step/%zu.err", build->work, index);
	if (vn_file_read(&text, path) == 0 && text.len > 0)
		step->messages = vn_strbuf_take(&text);
	vn_strbuf_free(&text);
	unlink(path);
	free(path);
	return (true);
}

/* Fill in the step's end.  Returns -1 if the disk is full. */
static int
take_state(struct vn_build *build, size_t index)
{
	struct vn_step *step = &build->steps[index];
	char letter;

	if (!get_state(build, index, &letter))
		return (0);
	step->state = letter == VN_ENDED_BUILT ? VN_STEP_BUILT :
	    letter == VN_ENDED_FAILED ? VN_STEP_FAILED : VN_STEP_UNSTARTED;
	if (letter == VN_ENDED_TROUBLE && step->messages == NULL)
		step->messages = vn_asprintf("cannot keep '%s': %s\n",
		    step->output, strerror(step->status));
	if ((letter == VN_ENDED_TROUBLE && step->status == ENOSPC) ||
	    (step->state == VN_STEP_FAILED && step->messages != NULL &&
	    strstr(step->messages, strerror(ENOSPC)) != NULL)) {
		errno = ENOSPC;
		return (-1);
	}
	if (step->state == VN_STEP_UNSTARTED)
		step->status = 127;
	return (0);
}

/* What ninja itself had to say: its last line. */
static int
ninja_failed(const char *log)
{
	struct vn_strbuf text = { 0 };
	const char *line = "no reason given";

	if (vn_file_read(&text, log) == 0 && text.len > 0) {
		if (text.data[text.len - 1] == '\n')
			text.data[text.len - 1] = '\0';
		line = strrchr(text.data, '\n');
		line = line == NULL ? text.data : line + 1;
	}
	vn_error("ninja failed: %s", line);
	vn_strbuf_free(&text);
	return (-1);
}

/* A step that was killed itself, not its command, could not tell of it. */
static void
killed(struct vn_step *step)
{
	char *dir;

	step->state = VN_STEP_FAILED;
	step->status = 128 + SIGKILL;
	step->messages = vn_strdup(
	    "killed, or it could not tell how it ended\n");
	dir = vn_file_dirname(step->output);
	sweep(dir);
	free(dir);
}

/* Fill in how the steps ended, after ninja ended with that status. */
static int
take_states(struct vn_build *build, const char *log, int status,
    int interrupted)
{
	size_t i, ended = 0, left = 0;
	bool full = false;

	for (i = 0; i < build->count; i++) {
		if (build->steps[i].state != VN_STEP_NONE)
			continue;
		full |= take_state(build, i) != 0;
		ended += build->steps[i].state != VN_STEP_NONE;
		left += build->steps[i].state == VN_STEP_NONE;
	}
	if (full || (left != 0 && interrupted == 0 && is_full(build))) {
		vn_error("'%s': %s", build->work, strerror(ENOSPC));
		return (-1);
	}
	/* Ninja ends with 2, or 130, where only it was interrupted. */
	if (interrupted != 0 || (left != 0 && WIFEXITED(status) &&
	    (WEXITSTATUS(status) == 2 || WEXITSTATUS(status) >= 128))) {
		vn_error("interrupted; what is built will be kept");
		return (-1);
	}
	if (left != 0 && (ended == 0 || !WIFEXITED(status)))
		return (ninja_failed(log));
	for (i = 0; left != 0 && i < build->count; i++)
		if (build->steps[i].state == VN_STEP_NONE)
			killed(&build->steps[i]);
	return (0);
}

static int
run_ninja(struct vn_build *build, char *program, int fd, const char *log)
{
	char file[] = "build.ninja", k[] = "-k", zero[] = "0", f[] = "-f";
	char jobs[32], v[] = "-v";
	char *argv[] = { program, f, file, k, zero, NULL, NULL, NULL };
	int argc = 5, interrupted, status;

	snprintf(jobs, sizeof(jobs), "-j%u", build->jobs);
	if (build->jobs != 0)
		argv[argc++] = jobs;
	if (build->verbose)
		argv[argc++] = v;
	status = vn_child_run(argv, build->work,
	    build->verbose ? STDERR_FILENO : fd, false, &interrupted);
	if (status == -1)
		return (cannot("run", program));
	return (take_states(build, log, status, interrupted));
}

static char *
find_ninja(const struct vn_build *build)
{
	char *program = NULL;
	size_t i;

	for (i = 0; program == NULL && i < VN_NITEMS(names); i++)
		program = vn_find_program(names[i], build->work);
	if (program == NULL)
		vn_error("no 'ninja' in PATH; install ninja-build");
	return (program);
}

int
vn_ninja_run(struct vn_build *build, const char *keys)
{
	char *log, *program;
	int error = -1, fd;

	program = find_ninja(build);
	if (program == NULL || clear(build) != 0 ||
	    write_files(build, keys) != 0) {
		free(program);
		return (-1);
	}
	log = vn_asprintf("%s/ninja.log", build->work);
	fd = open(log, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd == -1)
		cannot("write", log);
	else {
		error = run_ninja(build, program, fd, log);
		close(fd);
	}
	free(log);
	free(program);
	return (error);
}
