/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Initializers of listed variables, taken apart: which member or element each
 * expression in the braces is for (C11 6.7.9), since a list without
 * designators does not say.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/facts.h"
#include "Facts/names.h"
#include "Facts/source.h"

#include "Collect/tu.h"

/* The variable, and how to add elements of it. */
struct var {
	struct vn_tu_worker	*worker;
	struct vn_place		 place;
};

struct cursors {
	VN_VEC(CXCursor) items;
};

/* An object that a list in braces initializes, and how far it is. */
struct object {
	CXType		 type;		/* canonical */
	struct cursors	 fields;	/* of a struct or union */
	long long	 next;		/* field or index; -1: not known */
};

static void take(struct var *v, CXCursor expr, CXType type, const char *part,
    CXCursor start, const char *why);

static enum CXChildVisitResult
add_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct cursors *list = data;

	(void)parent;
	VN_PUSH(&list->items, cursor);
	return (CXChildVisit_Continue);
}

static enum CXVisitorResult
add_field(CXCursor cursor, CXClientData data)
{
	struct cursors *list = data;

	VN_PUSH(&list->items, cursor);
	return (CXVisit_Continue);
}

static CXSourceLocation
start_of(CXCursor cursor)
{

	return (clang_getRangeStart(clang_getCursorExtent(cursor)));
}

/* Does the cursor start in a macro's expansion? */
static bool
in_macro(struct var *v, CXCursor cursor)
{
	struct vn_place a = vn_place_spelling(&v->worker->paths,
	    start_of(cursor));
	struct vn_place b = vn_place_expansion(&v->worker->paths,
	    start_of(cursor));

	return (a.file != b.file || a.off != b.off);
}

static void
add(struct var *v, CXCursor start, const char *part, const char *why,
    bool macro)
{
	struct vn_place at = vn_place_expansion(&v->worker->paths,
	    start_of(start));
	struct vn_element e = { .source = v->place.source,
	    .var = v->place.off, .off = at.off, .in_macro = macro };

	if (at.source != v->place.source)
		why = "it comes from another file";
	e.part = vn_facts_intern(v->worker->facts, part);
	e.why = vn_facts_intern(v->worker->facts, why);
	vn_facts_add_element(v->worker->facts, &e);
}

static bool
is_record(CXType type)
{

	return (type.kind == CXType_Record);
}

static bool
is_array(CXType type)
{

	return (type.kind == CXType_ConstantArray ||
	    type.kind == CXType_IncompleteArray);
}

/* A value for an object of a type: NULL, or why "object = value;" fails. */
static const char *
unassignable(CXCursor expr, CXType type)
{
	CXType own = clang_getCanonicalType(clang_getCursorType(expr));

	if (clang_isConstQualifiedType(type))
		return ("a part of it is const");
	if (is_array(type))
		return ("a string or macro stands for an array");
	if (is_record(type) && !clang_equalCursors(
	    clang_getTypeDeclaration(own), clang_getTypeDeclaration(type)))
		return ("braces around a struct are left out");
	return (NULL);
}

/* The field of that name; -1 if it is none of the struct's own. */
static long long
field_named(const struct object *o, CXCursor ref)
{
	CXString want = clang_getCursorSpelling(ref);
	long long found = -1;

	for (size_t i = 0; i < o->fields.items.count; i++) {
		CXString have = clang_getCursorSpelling(
		    o->fields.items.items[i]);

		if (strcmp(clang_getCString(have), clang_getCString(want)) ==
		    0)
			found = (long long)i;
		clang_disposeString(have);
	}
	clang_disposeString(want);
	return (found);
}

static struct object
open_object(CXType type)
{
	struct object o = { .type = clang_getCanonicalType(type) };

	if (is_record(o.type))
		clang_Type_visitFields(o.type, add_field, &o.fields);
	return (o);
}

/* Type and text of the object's next part, and step behind it. */
static CXType
next_part(struct object *o, char **part, const char **why)
{
	CXType none = { .kind = CXType_Invalid };
	CXCursor field;
	CXString name;

	*part = NULL;
	if (o->next == -1) {
		*why = "it follows a designator of a nested member";
		return (none);
	}
	if (is_array(o->type)) {
		*part = vn_asprintf("[%lld]", o->next++);
		return (clang_getArrayElementType(o->type));
	}
	if (!is_record(o->type))
		return (o->type);	/* int x = { 1 } */
	if ((size_t)o->next >= o->fields.items.count) {
		*why = "it has more values than members";
		return (none);
	}
	field = o->fields.items.items[o->next++];
	name = clang_getCursorSpelling(field);
	if (clang_Cursor_isAnonymous(field) || *clang_getCString(name) == '\0')
		*why = "a struct in it has no name";
	*part = vn_asprintf(".%s", clang_getCString(name));
	clang_disposeString(name);
	return (clang_getCursorType(field));
}

/* Go where one designator says; the type there. */
static CXType
designate(struct object *o, CXCursor designator, const char **why)
{
	CXType none = { .kind = CXType_Invalid };
	CXEvalResult value;

	if (clang_getCursorKind(designator) == CXCursor_MemberRef) {
		o->next = field_named(o, designator);
		if (o->next == -1) {
			*why = "a struct in it has no name";
			return (none);
		}
		return (clang_getCursorType(
		    o->fields.items.items[o->next++]));
	}
	value = clang_Cursor_Evaluate(designator);
	o->next = value != NULL && clang_EvalResult_getKind(value) ==
	    CXEval_Int ? clang_EvalResult_getAsLongLong(value) + 1 : -1;
	if (value != NULL)
		clang_EvalResult_dispose(value);
	if (o->next == -1)
		*why = "the value of an index is not known";
	return (clang_getArrayElementType(o->type));
}

/* Is it ".a = value", "[1] = value" or "a: value"? */
static bool
is_designated(struct var *v, CXCursor expr, const struct cursors *children)
{
	struct vn_place at = vn_place_spelling(&v->worker->paths,
	    start_of(expr));
	const struct vn_source *s;

	if (clang_getCursorKind(expr) != CXCursor_UnexposedExpr ||
	    children->items.count < 2)
		return (false);
	if (clang_getCursorKind(children->items.items[0]) ==
	    CXCursor_MemberRef)
		return (true);
	if (at.source < 0)
		return (false);
	s = v->worker->paths.sources->items[at.source];
	return (at.off < s->len && s->data[at.off] == '[');
}

/* An element with designators; what they say is read from the tokens. */
static void
take_designated(struct var *v, struct object *o, CXCursor expr,
    const struct cursors *children)
{
	size_t last = children->items.count - 1;
	const char *why = in_macro(v, expr) ? "a macro makes a designator" :
	    NULL;
	struct object inner = { .type = o->type };
	CXType type = designate(o, children->items.items[0], &why);

	for (size_t i = 1; i < last && why == NULL; i++) {
		inner = open_object(type);
		type = designate(&inner, children->items.items[i], &why);
		VN_FREE(&inner.fields.items);
		o->next = -1;
	}
	take(v, children->items.items[last], type, "", expr, why);
}

static void
take_list(struct var *v, CXCursor list, CXType type)
{
	struct object o = open_object(type);
	struct cursors children = { 0 };

	clang_visitChildren(list, add_child, &children);
	for (size_t i = 0; i < children.items.count; i++) {
		CXCursor expr = children.items.items[i];
		struct cursors below = { 0 };

		clang_visitChildren(expr, add_child, &below);
		if (is_designated(v, expr, &below))
			take_designated(v, &o, expr, &below);
		else {
			const char *why = NULL;
			char *part;
			CXType to = next_part(&o, &part, &why);

			take(v, expr, to, part == NULL ? "" : part, expr, why);
			free(part);
		}
		VN_FREE(&below.items);
	}
	VN_FREE(&children.items);
	VN_FREE(&o.fields.items);
}

/* An element from the cursor `start` on, whose value is expr. */
static void
take(struct var *v, CXCursor expr, CXType type, const char *part,
    CXCursor start, const char *why)
{
	bool list = clang_getCursorKind(expr) == CXCursor_InitListExpr;
	bool macro = list && in_macro(v, expr);

	type = clang_getCanonicalType(type);
	if (why == NULL && !list)
		why = unassignable(expr, type);
	add(v, start, part, why, macro);
	if (why == NULL && list && !macro)
		take_list(v, expr, type);
}

void
vn_tu_elements(struct vn_tu *tu, CXCursor var)
{
	struct var v = { tu->worker, vn_place_spelling(&tu->worker->paths,
	    clang_getCursorLocation(var)) };
	CXCursor init = clang_Cursor_getVarDeclInitializer(var);

	if (v.place.source < 0 || clang_equalCursors(tu->taken, var))
		return;
	tu->taken = var;
	if (!clang_Cursor_isNull(init))
		take(&v, init, clang_getCursorType(var), "", init, NULL);
}

/* Is the thing declared in a function, so that only the function knows it? */
static bool
is_inside(CXCursor decl, CXCursor var)
{

	if (!clang_isDeclaration(clang_getCursorKind(decl)) ||
	    clang_equalCursors(decl, var))
		return (false);
	for (CXCursor up = clang_getCursorSemanticParent(decl);
	    clang_isDeclaration(clang_getCursorKind(up));
	    up = clang_getCursorSemanticParent(up))
		if (clang_getCursorKind(up) == CXCursor_FunctionDecl)
			return (true);
	return (false);
}

/* A string that is spelled as a word: __func__ (C11 6.4.2.2) and its kin. */
static bool
names_function(CXCursor string)
{
	CXTranslationUnit tu = clang_Cursor_getTranslationUnit(string);
	CXFile file;
	const char *data;
	size_t size = 0;
	unsigned off;

	if (clang_getCursorKind(string) != CXCursor_StringLiteral)
		return (false);
	clang_getSpellingLocation(start_of(string), &file, NULL, NULL, &off);
	data = file == NULL ? NULL : clang_getFileContents(tu, file, &size);
	return (data != NULL && off + 2 < size &&
	    memcmp(data + off, "__", 2) == 0);
}

/* A static of a listed name: whether it is moved is for others to say. */
static bool
is_listed_static(const struct vn_tu *tu, CXCursor decl)
{
	CXString name;
	const char *text;
	bool is;

	if (clang_getCursorKind(decl) != CXCursor_VarDecl ||
	    clang_Cursor_getStorageClass(decl) != CX_SC_Static)
		return (false);
	name = clang_getCursorSpelling(decl);
	text = clang_getCString(name);
	is = vn_names_find(tu->worker->job->names, text, strlen(text)) != -1;
	clang_disposeString(name);
	return (is);
}

/* The declaration of a static, looked through. */
struct search {
	const struct vn_tu	*tu;
	CXCursor		 var;
	bool			 closed;
};

static enum CXChildVisitResult
see_closed(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct search *search = data;
	CXCursor decl = clang_getCursorReferenced(cursor);

	(void)parent;
	search->closed = names_function(cursor) ||
	    (!clang_Cursor_isNull(decl) && is_inside(decl, search->var) &&
	    !is_listed_static(search->tu, decl));
	return (search->closed ? CXChildVisit_Break : CXChildVisit_Recurse);
}

bool
vn_tu_closed(const struct vn_tu *tu, CXCursor var)
{
	struct search search = { tu, var, false };

	clang_visitChildren(var, see_closed, &search);
	return (search.closed);
}
