/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The file of steps: how many, the offset of each, then their fields.
 */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"
#include "Support/diag.h"
#include "Support/mem.h"

static const uint64_t magic = 0x0131737065747376;

static void
put_step(struct vn_strbuf *out, const struct vn_step *step, const char *key)
{
	size_t n = 0;

	vn_field_text(out, step->dir);
	vn_field_text(out, step->output);
	vn_field_text(out, key);
	while (step->argv[n] != NULL)
		n++;
	vn_field_number(out, n);
	for (n = 0; step->argv[n] != NULL; n++)
		vn_field_text(out, step->argv[n]);
}

int
vn_steps_write(const struct vn_build *build, const char *keys,
    const char *path)
{
	struct vn_strbuf bytes = { 0 };
	uint64_t offset;
	size_t at, i;
	int error;

	vn_field_number(&bytes, magic);
	vn_field_number(&bytes, build->count);
	at = bytes.len;
	for (i = 0; i <= build->count; i++)
		vn_field_number(&bytes, 0);
	for (i = 0; i <= build->count; i++) {
		offset = bytes.len;
		memcpy(bytes.data + at + i * sizeof(offset), &offset,
		    sizeof(offset));
		if (i < build->count)
			put_step(&bytes, &build->steps[i],
			    keys + i * VN_DIGEST_SIZE);
	}
	error = vn_build_write(path, &bytes);
	vn_strbuf_free(&bytes);
	return (error);
}

/* Fill in the step from the bytes that it owns. */
static bool
get_step(struct vn_step_text *step, size_t len)
{
	struct vn_fields in = { .data = step->data, .len = len };
	uint64_t i, n;

	step->dir = vn_field_get_text(&in);
	step->output = vn_field_get_text(&in);
	step->key = vn_field_get_text(&in);
	n = vn_field_get_number(&in);
	if (in.bad || n == 0 || n > len)
		return (false);
	step->argv = vn_calloc((size_t)n + 1, sizeof(*step->argv));
	for (i = 0; i < n; i++)
		/* exec(2) wants them so, but changes none. */
		step->argv[i] = (char *)(uintptr_t)vn_field_get_text(&in);
	return (!in.bad);
}

static bool
get_at(int fd, void *to, size_t len, uint64_t offset)
{

	return (pread(fd, to, len, (off_t)offset) == (ssize_t)len);
}

static bool
read_step(struct vn_step_text *step, int fd, uint64_t index)
{
	uint64_t head[2], bounds[2];
	struct stat st;

	if (!get_at(fd, head, sizeof(head), 0) || head[0] != magic ||
	    index >= head[1] || !get_at(fd, bounds, sizeof(bounds),
	    sizeof(head) + index * sizeof(uint64_t)) || fstat(fd, &st) != 0 ||
	    bounds[1] < bounds[0] || bounds[1] > (uint64_t)st.st_size)
		return (false);
	step->data = vn_malloc((size_t)(bounds[1] - bounds[0]) + 1);
	return (get_at(fd, step->data, (size_t)(bounds[1] - bounds[0]),
	    bounds[0]) && get_step(step, (size_t)(bounds[1] - bounds[0])));
}

int
vn_steps_read(struct vn_step_text *step, const char *number, const char *path)
{
	unsigned long long index;
	char *end;
	bool good;
	int fd;

	*step = (struct vn_step_text){ 0 };
	errno = 0;
	index = strtoull(number, &end, 10);
	if (errno != 0 || number[0] < '0' || number[0] > '9' || *end != '\0') {
		vn_error("'%s' is not the number of a step", number);
		return (-1);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1) {
		vn_diag(VN_ERROR, path, 0, 0, "cannot read: %s",
		    strerror(errno));
		return (-1);
	}
	good = read_step(step, fd, index);
	close(fd);
	if (good)
		return (0);
	vn_diag(VN_ERROR, path, 0, 0, "holds no step %llu", index);
	vn_step_text_free(step);
	return (-1);
}

void
vn_step_text_free(struct vn_step_text *step)
{

	free(step->argv);
	free(step->data);
	*step = (struct vn_step_text){ 0 };
}
