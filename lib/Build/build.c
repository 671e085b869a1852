/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The steps of a build: which have to be run, and how they ended.
 */

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"
#include "Support/diag.h"
#include "Support/file.h"
#include "Units/path.h"

size_t
vn_build_add(struct vn_build *build, char **argv, const char *dir,
    const char *output, const char *label)
{
	struct vn_step step = { 0 };

	if (build->count == build->room) {
		build->room = build->room == 0 ? 64 : 2 * build->room;
		build->steps = vn_realloc(build->steps,
		    build->room * sizeof(*build->steps));
	}
	step.argv = argv;
	step.dir = vn_strdup(dir);
	step.output = vn_strdup(output);
	step.label = vn_strdup(label);
	build->steps[build->count] = step;
	return (build->count++);
}

void
vn_build_free(struct vn_build *build)
{
	struct vn_step *step;
	char **word;

	for (step = build->steps; build->count > 0; step++, build->count--) {
		for (word = step->argv; *word != NULL; word++)
			free(*word);
		free(step->argv);
		free(step->dir);
		free(step->output);
		free(step->label);
		free(step->messages);
	}
	free(build->steps);
	build->steps = NULL;
	build->room = 0;
}

static int
cannot(const char *what, const char *path)
{

	vn_error("cannot %s '%s': %s", what, path, strerror(errno));
	return (-1);
}

static char *
in_work(const struct vn_build *build, const char *name)
{

	return (vn_asprintf("%s/%s", build->work, name));
}

/* Make a directory of the work directory. */
static int
make_dir(const struct vn_build *build, const char *name)
{
	char *path;
	int error = 0;

	path = in_work(build, name);
	if (vn_file_mkdirs(path) != 0)
		error = cannot("make", path);
	free(path);
	return (error);
}

/* The work directory is this run's until the result is closed. */
static int
lock(const struct vn_build *build)
{
	char *path;
	int fd;

	path = in_work(build, "lock");
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd == -1)
		cannot("write", path);
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		vn_error("'%s' is in use by another run", build->work);
		close(fd);
		fd = -1;
	}
	free(path);
	return (fd);
}

static int
label_cmp(const void *va, const void *vb)
{
	const char *const *a = va, *const *b = vb;

	return (strcmp(*a, *b));
}

/* No two steps may make one file: they would run at once. */
static int
check_outputs(const struct vn_build *build)
{
	const char **outputs;
	size_t i;
	int error = 0;

	outputs = vn_calloc(build->count + 1, sizeof(*outputs));
	for (i = 0; i < build->count; i++)
		outputs[i] = build->steps[i].output;
	qsort(outputs, build->count, sizeof(*outputs), label_cmp);
	for (i = 1; error == 0 && i < build->count; i++)
		if (strcmp(outputs[i - 1], outputs[i]) == 0) {
			vn_error("two commands make '%s'", outputs[i]);
			error = -1;
		}
	free(outputs);
	return (error);
}

/* Is the output there, as it was left? */
static bool
is_untouched(const struct vn_built *record, const char *output)
{
	struct vn_stamp now;

	/* Another link to it changes its ctime. */
	return (vn_stamp_path(&now, output) &&
	    now.dev == record->output.dev && now.ino == record->output.ino &&
	    now.size == record->output.size &&
	    now.mtime == record->output.mtime);
}

static bool
is_right(const struct vn_build *build, const struct vn_built *record,
    size_t index, const char *key, struct vn_digests *digests)
{
	const struct vn_input *input;
	size_t i;

	if (strcmp(record->key, key) != 0 ||
	    !is_untouched(record, build->steps[index].output))
		return (false);
	for (i = 0; i < record->inputs.count; i++) {
		input = &record->inputs.items[i];
		if (!vn_digests_same(digests, input->path, &input->stamp))
			return (false);
	}
	return (true);
}

/* Find out whether the step has to be run. */
static void
judge(struct vn_build *build, size_t index, const char *key,
    struct vn_digests *digests)
{
	struct vn_step *step = &build->steps[index];
	struct vn_built record;

	free(step->messages);
	step->messages = NULL;
	step->status = 0;
	step->state = VN_STEP_NONE;
	if (!vn_built_read(&record, build->work, step->output))
		return;
	if (is_right(build, &record, index, key, digests)) {
		step->state = VN_STEP_KEPT;
		if (record.messages[0] != '\0')
			step->messages = vn_strdup(record.messages);
	}
	vn_built_free(&record);
}

/* What files of a step are in the build now, for the next time. */
static void
note_inputs(const struct vn_build *build, size_t index,
    struct vn_digests *digests)
{
	struct vn_built record;
	size_t i;

	if (build->steps[index].state != VN_STEP_BUILT ||
	    !vn_built_read(&record, build->work, build->steps[index].output))
		return;
	for (i = 0; i < record.inputs.count; i++)
		vn_digests_note(digests, record.inputs.items[i].path,
		    &record.inputs.items[i].stamp);
	vn_built_free(&record);
}

static int
run_steps(struct vn_build *build, struct vn_digests *digests)
{
	char *keys, *path;
	size_t i, run = 0;
	int error = 0;

	keys = vn_malloc((build->count + 1) * VN_DIGEST_SIZE);
	for (i = 0; i < build->count; i++) {
		vn_step_key(&build->steps[i], digests,
		    keys + i * VN_DIGEST_SIZE);
		judge(build, i, keys + i * VN_DIGEST_SIZE, digests);
		run += build->steps[i].state == VN_STEP_NONE;
	}
	if (run != 0)
		error = vn_ninja_run(build, keys);
	free(keys);
	for (i = 0; i < build->count; i++)
		note_inputs(build, i, digests);
	path = in_work(build, "digests");
	if (vn_digests_write(digests, path) != 0 && error == 0)
		error = cannot("write", path);
	free(path);
	return (error);
}

int
vn_build_run(struct vn_build *build)
{
	struct vn_digests *digests;
	char *path;
	int error, fd;

	if (check_outputs(build) != 0 || make_dir(build, "step") != 0 ||
	    make_dir(build, "record") != 0 || (fd = lock(build)) == -1)
		return (-1);
	path = in_work(build, "digests");
	digests = vn_digests_read(path);
	free(path);
	error = run_steps(build, digests);
	vn_digests_free(digests);
	close(fd);
	return (error);
}

char **
vn_build_inputs(const struct vn_build *build, size_t step)
{
	VN_VEC(char *) paths = { 0 };
	struct vn_built record;
	size_t i;

	if (!vn_built_read(&record, build->work, build->steps[step].output))
		return (NULL);
	for (i = 0; i < record.inputs.count; i++)
		VN_PUSH(&paths, vn_path_clean(record.inputs.items[i].path));
	VN_PUSH(&paths, NULL);
	vn_built_free(&record);
	return (paths.items);
}
