/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What decides, next to the files that are read, what a command makes.
 */

#include <md5.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Build/build_impl.h"
#include "Support/file.h"

/* Variables that compilers heed. */
static const char *const variables[] = {
	"CPATH", "C_INCLUDE_PATH", "COMPILER_PATH", "GCC_EXEC_PREFIX",
	"CCC_OVERRIDE_OPTIONS", "SOURCE_DATE_EPOCH", "CCACHE_PREFIX"
};

static bool
is_program(const char *path)
{
	struct vn_stamp stamp;

	return (vn_stamp_path(&stamp, path) && access(path, X_OK) == 0);
}

char *
vn_find_program(const char *name, const char *dir)
{
	const char *path;
	char *in, *file;
	size_t n;

	if (strchr(name, '/') != NULL) {
		file = vn_file_join(dir, name);
		if (is_program(file))
			return (file);
		free(file);
		return (NULL);
	}
	path = getenv("PATH");
	if (path == NULL)
		path = "/usr/bin:/bin";
	for (; name[0] != '\0'; path += n + 1) {
		n = strcspn(path, ":");
		in = n == 0 ? vn_strdup(dir) : vn_strndup(path, n);
		file = vn_file_join(in, name);
		free(in);
		if (is_program(file))
			return (file);
		free(file);
		if (path[n] == '\0')
			break;
	}
	return (NULL);
}

/* The words before the first option are programs, or set variables. */
static void
put_programs(struct vn_strbuf *out, const struct vn_step *step,
    struct vn_digests *digests)
{
	const char *digest;
	char *program;
	size_t i;

	for (i = 0; step->argv[i] != NULL && step->argv[i][0] != '-'; i++) {
		program = vn_find_program(step->argv[i], step->dir);
		if (program == NULL)
			continue;
		digest = vn_digests_now(digests, program);
		vn_field_text(out, program);
		vn_field_text(out, digest == NULL ? "" : digest);
		free(program);
	}
}

void
vn_step_key(const struct vn_step *step, struct vn_digests *digests, char *key)
{
	struct vn_strbuf text = { 0 };
	const char *value;
	size_t i;

	put_programs(&text, step, digests);
	vn_field_text(&text, step->dir);
	for (i = 0; step->argv[i] != NULL; i++)
		vn_field_text(&text, step->argv[i]);
	vn_field_number(&text, step->around);
	for (i = 0; i < VN_NITEMS(variables); i++) {
		value = getenv(variables[i]);
		vn_field_text(&text, variables[i]);
		vn_field_text(&text, value == NULL ? "" : value);
	}
	MD5Data((const uint8_t *)text.data, text.len, key);
	vn_strbuf_free(&text);
}
