/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The report for a program: JSON, its members always in the same order.
 */

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Support/strbuf.h"

#include "Verify/pair.h"
#include "Verify/vimage.h"

/*
 * A string; bytes of one that is not UTF-8 are taken for Latin-1, so that any
 * name and any compiler's message can be told.
 */
static json_t *
text_value(const char *text)
{
	struct vn_strbuf sb = { 0 };
	json_t *value;

	if (text == NULL)
		return (json_null());
	value = json_string(text);
	if (value != NULL)
		return (value);
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x80)
			vn_strbuf_putc(&sb, (char)(0xc0 | c >> 6));
		vn_strbuf_putc(&sb, (char)(c < 0x80 ? c : 0x80 | (c & 0x3f)));
	}
	value = json_string(sb.data);
	vn_strbuf_free(&sb);
	return (value);
}

static void
set_text(json_t *object, const char *name, const char *text)
{

	json_object_set_new(object, name, text_value(text));
}

static void
set_number(json_t *object, const char *name, uint64_t number)
{

	json_object_set_new(object, name, json_integer((json_int_t)number));
}

/* {"plain": one, "converted": other}; "" and NULL are null. */
static void
set_sides(json_t *object, const char *name, const char *plain,
    const char *converted)
{
	json_t *sides = json_object();

	set_text(sides, "plain", plain != NULL && *plain == '\0' ? NULL :
	    plain);
	set_text(sides, "converted", converted != NULL && *converted == '\0' ?
	    NULL : converted);
	json_object_set_new(object, name, sides);
}

static json_t *
difference_value(const struct vn_difference *d)
{
	json_t *o = json_object();

	set_text(o, "kind", vn_difference_name(d->kind));
	set_text(o, "section", d->section);
	set_text(o, "symbol", d->symbol);
	set_number(o, "offset", d->offset);
	set_text(o, "was", d->was);
	set_text(o, "now", d->now);
	set_text(o, "where", d->where);
	return (o);
}

static json_t *
differences_value(const struct vn_differences *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->count; i++)
		json_array_append_new(array,
		    difference_value(&list->items[i]));
	return (array);
}

static json_t *
cause_value(const struct vn_cause *c)
{
	json_t *o = json_object();

	json_object_set_new(o, "proven", json_boolean(c->proven));
	set_text(o, "where", c->where);
	set_text(o, "what", c->what);
	set_text(o, "was", c->was);
	set_text(o, "now", c->now);
	return (o);
}

/* How the verdict was come to; null where nothing was compared. */
static const char *
rung_of(const struct vn_pair *p, enum vn_verdict verdict)
{

	if (verdict > VN_DIFFERENT)
		return (NULL);
	if (p->quick)
		return ("quick");
	if (p->historical)
		return (p->rung == VN_RUNG_DIFFERS ? "differs" : "historical");
	return (vn_rung_name(p->rung));
}

static json_t *
pair_value(const struct vn_pair *p, const struct vn_judge *judge)
{
	enum vn_verdict verdict = vn_pair_verdict(p, judge);
	json_t *o = json_object(), *causes = json_array();

	set_text(o, "name", p->name);
	set_text(o, "result", vn_verdict_name(verdict));
	set_text(o, "rung", rung_of(p, verdict));
	json_object_set_new(o, "unmapped", json_boolean(p->unmapped));
	set_sides(o, "md5", p->md5[VN_PLAIN], p->md5[VN_CONVERTED]);
	set_sides(o, "messages", p->messages[VN_PLAIN],
	    p->messages[VN_CONVERTED]);
	json_object_set_new(o, "differences",
	    differences_value(&p->differences));
	for (size_t i = 0; i < p->causes.count; i++)
		json_array_append_new(causes,
		    cause_value(&p->causes.items[i]));
	json_object_set_new(o, "causes", causes);
	return (o);
}

static json_t *
rungs_value(const struct vn_sums *s)
{
	json_t *o = json_object();

	if (s->historical)
		set_number(o, "historical",
		    s->compared - s->rungs[VN_RUNG_DIFFERS]);
	for (int i = s->historical ? VN_RUNG_DIFFERS : VN_RUNG_BYTES;
	    i <= VN_RUNG_DIFFERS; i++)
		set_number(o, vn_rung_name((enum vn_rung)i), s->rungs[i]);
	set_number(o, "quick", s->quick);
	set_number(o, "unmapped", s->unmapped);
	return (o);
}

static json_t *
sums_value(const struct vn_sums *s)
{
	json_t *o = json_object();

	set_number(o, "all", s->all);
	set_number(o, "compared", s->compared);
	set_number(o, "only in plain", s->only[VN_PLAIN]);
	set_number(o, "only in converted", s->only[VN_CONVERTED]);
	set_number(o, "failed in plain", s->failed[VN_PLAIN]);
	set_number(o, "failed in converted", s->failed[VN_CONVERTED]);
	set_number(o, "equal", s->equal);
	set_number(o, "expected", s->expected);
	set_number(o, "different", s->differ);
	json_object_set_new(o, "rungs", rungs_value(s));
	return (o);
}

/* ------ --vimage ------ */

static json_t *
problems_value(const struct vn_vimage *vimage)
{
	json_t *list = json_array();

	for (size_t i = 0; i < vimage->problems.count; i++) {
		const struct vn_vimage_problem *p = &vimage->problems.items[i];
		json_t *o = json_object();

		set_text(o, "kind", p->kind);
		set_text(o, "where", p->where);
		set_text(o, "text", p->text);
		json_array_append_new(list, o);
	}
	return (list);
}

/* {"name": "net/if.o", "size": 8, "variables": {"if_index": 4, ...}} */
static json_t *
sizes_value(const struct vn_vimage *vimage)
{
	json_t *list = json_array();

	for (size_t i = 0; i < vimage->objects.count; i++) {
		const struct vn_vimage_object *object =
		    &vimage->objects.items[i];
		json_t *o = json_object(), *variables = json_object();

		set_text(o, "name", object->name);
		set_number(o, "size", object->size);
		for (size_t k = 0; k < object->variables.count; k++)
			set_number(variables, object->variables.items[k].name,
			    object->variables.items[k].size);
		json_object_set_new(o, "variables", variables);
		json_array_append_new(list, o);
	}
	return (list);
}

static json_t *
modules_value(const struct vn_vimage *vimage)
{
	json_t *list = json_array();

	for (size_t i = 0; i < vimage->modules.count; i++) {
		const struct vn_vimage_module *m = &vimage->modules.items[i];
		json_t *o = json_object();

		set_text(o, "name", m->name);
		set_text(o, "glob", m->glob);
		set_number(o, "size", m->size);
		json_array_append_new(list, o);
	}
	return (list);
}

static json_t *
different_value(const struct vn_vimage *vimage)
{
	json_t *list = json_array();

	for (size_t i = 0; i < vimage->different.count; i++) {
		const struct vn_vimage_pair *p = &vimage->different.items[i];
		json_t *o = json_object();

		set_text(o, "name", p->name);
		json_object_set_new(o, "differences",
		    differences_value(&p->differences));
		json_array_append_new(list, o);
	}
	return (list);
}

static json_t *
vimage_value(const struct vn_vimage *vimage)
{
	json_t *o = json_object();

	set_number(o, "compiled", vimage->compiled);
	set_number(o, "failed", vimage->failed);
	set_number(o, "modspace", vimage->modspace);
	json_object_set_new(o, "compared", json_boolean(vimage->compared));
	set_number(o, "equal", vimage->equal);
	set_number(o, "differ", vimage->different.count);
	set_number(o, "other", vimage->other);
	json_object_set_new(o, "problems", problems_value(vimage));
	json_object_set_new(o, "different", different_value(vimage));
	json_object_set_new(o, "objects", sizes_value(vimage));
	json_object_set_new(o, "modules", modules_value(vimage));
	return (o);
}

int
vn_pairs_json(const char *file, const struct vn_pairs *pairs,
    const struct vn_judge *judge, const struct vn_sums *sums,
    const struct vn_vimage *vimage)
{
	json_t *root = json_object(), *objects = json_array();
	char *text, *line;
	int status = vn_sums_status(sums);

	if (status == 0 && vimage != NULL)
		status = vn_vimage_status(vimage);
	set_number(root, "version", 1);
	set_text(root, "program", "vnetize-verify-md5 " VN_VERSION);
	set_number(root, "status", (uint64_t)status);
	json_object_set_new(root, "historical",
	    json_boolean(sums->historical));
	json_object_set_new(root, "sums", sums_value(sums));
	for (size_t i = 0; i < pairs->count; i++)
		json_array_append_new(objects,
		    pair_value(&pairs->items[i], judge));
	json_object_set_new(root, "objects", objects);
	if (vimage != NULL)
		json_object_set_new(root, "vimage", vimage_value(vimage));
	text = json_dumps(root, JSON_INDENT(1));
	line = vn_asprintf("%s\n", text);
	free(text);
	json_decref(root);
	status = vn_file_write(file, line, strlen(line), NULL);
	free(line);
	return (status);
}
