/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * One pair: its objects read, compared, explained, and their sums made.
 */

#include <elf.h>
#include <errno.h>
#include <md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Object/compare.h"
#include "Object/explain.h"
#include "Object/machine.h"
#include "Object/object.h"

#include "Verify/judge.h"
#include "Verify/pair.h"

static void
feed_md5(const void *bytes, size_t len, void *arg)
{

	MD5Update(arg, bytes, len);
}

static void
sum_object(char out[33], const struct vn_object *object)
{
	MD5_CTX md5;

	MD5Init(&md5);
	vn_object_feed(object, feed_md5, &md5);
	MD5End(&md5, out);
}

/* "a relocatable object, x86-64, 64 bits, little-endian"; owned by caller. */
static char *
format_of(const struct vn_object *o)
{
	const char *machine = vn_machine_name(o->machine);
	char number[32];

	snprintf(number, sizeof(number), "machine %u", o->machine);
	return (vn_asprintf("%s, %s, %d bits, %s-endian", o->type == ET_REL ?
	    "a relocatable object" : "a shared one", machine == NULL ? number :
	    machine, o->wide ? 64 : 32, o->little ? "little" : "big"));
}

/* Are both objects of one format?  -1 after an error if not. */
static int
check_formats(const struct vn_object objects[2])
{
	char *plain = format_of(&objects[VN_PLAIN]);
	char *converted = format_of(&objects[VN_CONVERTED]);
	int status = strcmp(plain, converted) == 0 ? 0 : -1;

	if (status != 0)
		vn_error("formats are mixed: '%s' is %s, '%s' is %s; build "
		    "both trees alike", objects[VN_PLAIN].name, plain,
		    objects[VN_CONVERTED].name, converted);
	free(plain);
	free(converted);
	return (status);
}

/* Fill in what two objects say of their pair. */
static void
compare(struct vn_pair *pair, const struct vn_object objects[2],
    const struct vn_judging *how)
{
	const struct vn_object *plain = &objects[VN_PLAIN];
	const struct vn_object *converted = &objects[VN_CONVERTED];

	pair->historical = how->historical;
	if (!how->historical)
		pair->rung = vn_object_compare(plain, converted, how->compare);
	else if (vn_object_historical(plain, converted))
		pair->rung = VN_RUNG_DEBUG;
	else
		pair->rung = VN_RUNG_DIFFERS;
	if (how->explain && pair->rung >= VN_RUNG_ORDER)
		vn_object_explain(&pair->differences, plain, converted);
}

/* Is the name one that a rename does away with, or makes of another one? */
static bool
is_taken(const struct vn_compare *how, size_t rename, bool *twice)
{
	const char *now = how->renames[rename].now;
	bool freed = strcmp(now, how->renames[rename].was) == 0;

	*twice = false;
	for (size_t i = 0; i < how->nrenames; i++) {
		freed |= strcmp(how->renames[i].was, now) == 0;
		*twice |= strcmp(how->renames[i].now, now) == 0 &&
		    strcmp(how->renames[i].was, how->renames[rename].was) != 0;
	}
	return (!freed);
}

static bool
has_global(const struct vn_object *o, const char *name)
{

	for (size_t i = 1; i < o->nsymbols; i++)
		if (o->symbols[i].binding != STB_LOCAL &&
		    strcmp(o->symbols[i].name, name) == 0)
			return (true);
	return (false);
}

/* Renames must not make two symbols one; -1 after an error. */
static int
check_renames(const struct vn_object *plain, const struct vn_compare *how)
{
	bool twice;

	for (size_t i = 0; how != NULL && i < how->nrenames; i++) {
		const struct vn_rename *r = &how->renames[i];
		bool taken = is_taken(how, i, &twice);

		if (!twice && (!taken || !has_global(plain, r->now)))
			continue;
		vn_error("'%s' cannot be renamed to '%s', as that is the name "
		    "of another symbol%s%s", r->was, r->now, twice ? "" :
		    " in ", twice ? ", too" : plain->name);
		return (-1);
	}
	return (0);
}

/* Both sides hold the same bytes: one look at them tells all. */
static int
judge_identical(struct vn_pair *pair, const struct vn_judging *how,
    unsigned char *data[2], size_t len)
{
	struct vn_object object;
	int status;

	free(data[VN_CONVERTED]);
	if (vn_object_read(&object, pair->paths[VN_PLAIN], data[VN_PLAIN],
	    len) != 0)
		return (-1);
	pair->rung = VN_RUNG_BYTES;
	pair->historical = how->historical;
	sum_object(pair->md5[VN_PLAIN], &object);
	memcpy(pair->md5[VN_CONVERTED], pair->md5[VN_PLAIN],
	    sizeof(pair->md5[VN_PLAIN]));
	status = check_renames(&object, how->compare);
	vn_object_free(&object);
	return (status);
}

int
vn_judge_bytes(struct vn_pair *pair, const struct vn_judging *how,
    unsigned char *data[2], const size_t len[2])
{
	struct vn_object objects[2] = { 0 };
	bool have[2] = { false, false };
	int status = 0;

	if (data[0] != NULL && data[1] != NULL && len[0] == len[1] &&
	    memcmp(data[0], data[1], len[0]) == 0)
		return (judge_identical(pair, how, data, len[0]));
	for (int side = 0; side < 2; side++) {
		if (status != 0)
			free(data[side]);
		else if (data[side] != NULL) {
			status = vn_object_read(&objects[side],
			    pair->paths[side], data[side], len[side]);
			have[side] = status == 0;
		}
		if (have[side])
			sum_object(pair->md5[side], &objects[side]);
	}
	if (status == 0 && have[VN_PLAIN])
		status = check_renames(&objects[VN_PLAIN], how->compare);
	if (status == 0 && have[VN_PLAIN] && have[VN_CONVERTED] &&
	    (status = check_formats(objects)) == 0)
		compare(pair, objects, how);
	for (int side = 0; side < 2; side++)
		if (have[side])
			vn_object_free(&objects[side]);
	return (status);
}

/* A whole file; NULL after an error. */
static unsigned char *
read_file(const char *path, size_t *len)
{
	struct vn_strbuf sb = { 0 };

	if (vn_file_read(&sb, path) != 0) {
		vn_error("cannot read '%s': %s", path, strerror(errno));
		vn_strbuf_free(&sb);
		return (NULL);
	}
	*len = sb.len;
	return ((unsigned char *)vn_strbuf_take(&sb));
}

int
vn_judge_pair(struct vn_pair *pair, const struct vn_judging *how)
{
	unsigned char *data[2] = { NULL, NULL };
	size_t len[2] = { 0, 0 };

	for (int side = 0; side < 2; side++) {
		if (pair->presence[side] != VN_PRESENT)
			continue;
		data[side] = read_file(pair->paths[side], &len[side]);
		if (data[side] == NULL) {
			free(data[VN_PLAIN]);
			return (-1);
		}
	}
	return (vn_judge_bytes(pair, how, data, len));
}

int
vn_judge_open(struct vn_object *out, const char *path)
{
	size_t len;
	unsigned char *data = read_file(path, &len);

	return (data == NULL ? -1 : vn_object_read(out, path, data, len));
}

void
vn_judge_lines(struct vn_pair *pair, const char *plain, const char *converted)
{
	struct vn_object one, other;

	if (vn_judge_open(&one, plain) != 0)
		return;
	if (vn_judge_open(&other, converted) == 0) {
		vn_object_explain_lines(&pair->differences, &one, &other);
		vn_object_free(&other);
	}
	vn_object_free(&one);
}
