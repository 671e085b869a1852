/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * What an output was made from.
 */

#include <md5.h>
#include <stdlib.h>
#include <string.h>

#include "Build/build_impl.h"
#include "Support/file.h"
#include "Support/mem.h"

static const uint64_t magic = 0x0164726f63657276;

char *
vn_built_path(const char *work, const char *output)
{
	char digest[VN_DIGEST_SIZE];

	MD5Data((const uint8_t *)output, strlen(output), digest);
	return (vn_asprintf("%s/record/%s", work, digest));
}

static bool
get_record(struct vn_built *record, size_t len)
{
	struct vn_fields in = { .data = record->data, .len = len };
	struct vn_input input;
	uint64_t count;

	if (vn_field_get_number(&in) != magic)
		return (false);
	record->key = vn_field_get_text(&in);
	record->messages = vn_field_get_text(&in);
	vn_field_get_stamp(&in, &record->output);
	for (count = vn_field_get_number(&in); count > 0; count--) {
		input.path = vn_field_get_text(&in);
		vn_field_get_stamp(&in, &input.stamp);
		if (in.bad)
			return (false);
		VN_PUSH(&record->inputs, input);
	}
	return (!in.bad);
}

bool
vn_built_read(struct vn_built *record, const char *work, const char *output)
{
	struct vn_strbuf bytes = { 0 };
	size_t len;
	char *path;
	bool good;

	*record = (struct vn_built){ 0 };
	path = vn_built_path(work, output);
	good = vn_file_read(&bytes, path) == 0;
	len = bytes.len;
	record->data = vn_strbuf_take(&bytes);
	good = good && get_record(record, len);
	if (!good)
		vn_built_free(record);
	free(path);
	return (good);
}

int
vn_built_write(const struct vn_built *record, const char *work,
    const char *output)
{
	struct vn_strbuf bytes = { 0 };
	char *path;
	size_t i;
	int error;

	vn_field_number(&bytes, magic);
	vn_field_text(&bytes, record->key);
	vn_field_text(&bytes, record->messages);
	vn_field_stamp(&bytes, &record->output);
	vn_field_number(&bytes, record->inputs.count);
	for (i = 0; i < record->inputs.count; i++) {
		vn_field_text(&bytes, record->inputs.items[i].path);
		vn_field_stamp(&bytes, &record->inputs.items[i].stamp);
	}
	path = vn_built_path(work, output);
	error = vn_build_write(path, &bytes);
	free(path);
	vn_strbuf_free(&bytes);
	return (error);
}

void
vn_built_free(struct vn_built *record)
{

	VN_FREE(&record->inputs);
	free(record->data);
	*record = (struct vn_built){ 0 };
}
