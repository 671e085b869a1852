/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * --run-step: one command, run as it was given.
 */

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"
#include "Support/diag.h"
#include "Support/file.h"
#include "Units/path.h"

struct runner {
	struct vn_step_text step;
	char	*work;			/* owned, as the names below */
	char	*made, *depfile;	/* next to the output */
	char	*log, *state;
	int	 fd;			/* of log */
	struct vn_stamp started;	/* of log: the file system's clock */
};

/* Put the names in that only this run knows. */
static void
replace_words(struct runner *run)
{
	char **word;

	for (word = run->step.argv; *word != NULL; word++)
		if (strcmp(*word, "\001") == 0)
			*word = run->made;
		else if (strcmp(*word, "\002") == 0)
			*word = run->depfile;
}

static int
prepare(struct runner *run, const char *number, const char *file)
{
	struct stat st;

	if (vn_steps_read(&run->step, number, file) != 0)
		return (-1);
	run->work = vn_file_dirname(file);
	run->made = vn_asprintf("%s.%ld" VN_TEMPORARY, run->step.output,
	    (long)getpid());
	run->depfile = vn_asprintf("%s.%ld.d" VN_TEMPORARY, run->step.output,
	    (long)getpid());
	run->log = vn_asprintf("%s/step/%s.err", run->work, number);
	run->state = vn_asprintf("%s/step/%s.state", run->work, number);
	replace_words(run);
	run->fd = open(run->log, O_RDWR | O_CREAT | O_TRUNC | O_APPEND |
	    O_CLOEXEC, 0666);
	if (run->fd == -1 || fstat(run->fd, &st) != 0) {
		vn_diag(VN_ERROR, run->log, 0, 0, "cannot write: %s",
		    strerror(errno));
		return (-1);
	}
	vn_stamp_of(&run->started, &st);
	return (0);
}

static void
finish(struct runner *run)
{

	if (run->fd != -1)
		close(run->fd);
	if (run->made != NULL)
		unlink(run->made);
	if (run->depfile != NULL)
		unlink(run->depfile);
	vn_step_text_free(&run->step);
	free(run->work);
	free(run->made);
	free(run->depfile);
	free(run->log);
	free(run->state);
}

/* Add to what the command printed. */
static void
say(const struct runner *run, const char *text)
{
	size_t len = strlen(text);

	/* If that fails, the state still tells. */
	if (write(run->fd, text, len) != (ssize_t)len)
		errno = EIO;
}

/* Names of files that were read; those in words are there in any case. */
static void
collect_names(const struct runner *run, struct vn_strbuf *names)
{
	struct vn_strbuf text = { 0 };
	struct vn_stamp stamp;
	const char *name;
	char **word, *path;

	if (vn_file_read(&text, run->depfile) == 0 && text.len > 0)
		vn_depfile_names(names, text.data, text.len);
	vn_strbuf_free(&text);
	for (word = run->step.argv + 1; *word != NULL; word++) {
		if (*word == run->made || *word == run->depfile)
			continue;
		name = *word + (word[0][0] == '@');
		if (name[0] == '-' && strchr(name, '=') != NULL)
			name = strchr(name, '=') + 1;
		path = vn_file_join(run->step.dir, name);
		if (name[0] != '\0' && vn_stamp_path(&stamp, path))
			vn_strbuf_add(names, name, strlen(name) + 1);
		free(path);
	}
}

/*
 * The inputs with their stamps, their names in paths.  False if one cannot be
 * found or has changed since the command was started: then the output is good
 * for this time only.
 */
static bool
find_inputs(const struct runner *run, struct vn_built *record,
    struct vn_strbuf *paths)
{
	struct vn_strbuf names = { 0 };
	struct vn_input input;
	bool good = true;
	size_t at, n;
	char *path;

	collect_names(run, &names);
	for (at = 0; good && at < names.len; at += n) {
		n = strlen(names.data + at) + 1;
		path = vn_file_join(run->step.dir, names.data + at);
		input.path = NULL;
		good = vn_stamp_path(&input.stamp, path) &&
		    input.stamp.ctime <= run->started.ctime;
		vn_strbuf_add(paths, path, strlen(path) + 1);
		VN_PUSH(&record->inputs, input);
		free(path);
	}
	for (at = n = 0; n < record->inputs.count; n++) {
		record->inputs.items[n].path = paths->data + at;
		at += strlen(paths->data + at) + 1;
	}
	vn_strbuf_free(&names);
	return (good);
}

/* Put the output in its place, and note what it was made from. */
static int
keep(const struct runner *run)
{
	struct vn_strbuf messages = { 0 }, paths = { 0 };
	struct vn_built record = { 0 };
	int error;

	if (rename(run->made, run->step.output) != 0)
		return (-1);
	error = vn_file_read(&messages, run->log);
	vn_strbuf_putc(&messages, '\0');
	record.key = run->step.key;
	record.messages = messages.data;
	if (error == 0 && find_inputs(run, &record, &paths) &&
	    vn_stamp_path(&record.output, run->step.output))
		error = vn_built_write(&record, run->work, run->step.output);
	VN_FREE(&record.inputs);
	vn_strbuf_free(&messages);
	vn_strbuf_free(&paths);
	return (error);
}

static int
put_state(const struct runner *run, char letter, int number)
{
	struct vn_strbuf text = { 0 };

	vn_strbuf_printf(&text, "%c %d\n", letter, number);
	if (vn_build_write(run->state, &text) != 0)
		vn_diag(VN_ERROR, run->state, 0, 0, "cannot write: %s",
		    strerror(errno));
	vn_strbuf_free(&text);
	return (letter == VN_ENDED_BUILT ? 0 : 1);
}

static int
unstarted(const struct runner *run, int error)
{
	const char *dir = run->step.dir;
	char *text;

	text = access(dir, X_OK) != 0 ?
	    vn_asprintf("cannot run in '%s': %s\n", dir, strerror(error)) :
	    vn_asprintf("cannot run '%s': %s\n", run->step.argv[0],
	    strerror(error));
	say(run, text);
	free(text);
	return (put_state(run, VN_ENDED_UNSTARTED, error));
}

static int
ended(const struct runner *run, int status)
{
	struct stat st;

	if (WIFSIGNALED(status))
		return (put_state(run, VN_ENDED_FAILED,
		    128 + WTERMSIG(status)));
	if (WEXITSTATUS(status) != 0)
		return (put_state(run, VN_ENDED_FAILED, WEXITSTATUS(status)));
	if (stat(run->made, &st) != 0 || !S_ISREG(st.st_mode)) {
		say(run, "the command ended well, but made no output\n");
		return (put_state(run, VN_ENDED_FAILED, 0));
	}
	if (keep(run) != 0)
		return (put_state(run, VN_ENDED_TROUBLE, errno));
	return (put_state(run, VN_ENDED_BUILT, 0));
}

int
vn_build_run_step(const char *number, const char *file)
{
	struct runner run = { .fd = -1 };
	int interrupted = 0, result = 1, status;

	vn_child_block();
	vn_child_follow(SIGTERM);
	/* So that __DATE__ and __TIME__ are the same on both sides. */
	setenv("SOURCE_DATE_EPOCH", "0", 0);
	if (prepare(&run, number, file) == 0) {
		status = vn_child_run(run.step.argv, run.step.dir, run.fd,
		    true, &interrupted);
		if (interrupted != 0)
			result = 128 + interrupted;
		else
			result = status == -1 ? unstarted(&run, errno) :
			    ended(&run, status);
	}
	finish(&run);
	return (result);
}
