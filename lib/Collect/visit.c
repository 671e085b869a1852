/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The walk over a unit's cursors: one fact for each token that spells a
 * listed name.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/facts.h"
#include "Facts/names.h"
#include "Facts/source.h"
#include "Units/units.h"

#include "Collect/tu.h"

/* Handed down the walk. */
struct visit {
	struct vn_tu	*tu;
	bool		 const_init;	/* below an initializer that must be
					   constant */
	CXCursor	 init;		/* of the variable above, or null */
	CXCursor	 var;		/* whose initializer this is in */
	const char	*config;	/* of the unit, interned */
};

/* Is the cursor's spelling listed?  Then its name, interned. */
static const char *
listed(struct visit *v, CXCursor cursor)
{
	CXString s = clang_getCursorSpelling(cursor);
	const char *text = clang_getCString(s), *name = NULL;

	if (text != NULL && vn_names_find(v->tu->worker->job->names, text,
	    strlen(text)) != -1)
		name = vn_facts_intern(v->tu->worker->facts, text);
	clang_disposeString(s);
	return (name);
}

/* clang's location of a token is that of the splices before it. */
static uint32_t
token_at(const struct vn_paths *paths, struct vn_place place)
{
	const struct vn_source *s;

	if (place.source < 0)
		return (place.off);
	s = paths->sources->items[place.source];
	return ((uint32_t)vn_skip_splices(s->data, s->len, place.off));
}

/* A variable in a file that nobody asked about, an included .inc or .def. */
static void
add_stray(struct visit *v, struct vn_place place, struct vn_fact fact)
{
	struct vn_tu_worker *w = v->tu->worker;

	if (fact.entity == NULL)
		return;
	fact.source = -1;
	fact.flags |= VN_FF_STRAY;
	fact.exp_path = vn_facts_intern(w->facts,
	    vn_paths_name(&w->paths, place.file));
	fact.exp_line = place.line;
	fact.exp_col = place.col;
	fact.exp_off = fact.off = place.off;
	vn_facts_add(w->facts, &fact);
}

static void
add_fact(struct visit *v, CXCursor at, struct vn_fact fact)
{
	struct vn_paths *paths = &v->tu->worker->paths;
	CXSourceLocation loc = clang_getCursorLocation(at);
	struct vn_place place = vn_place_spelling(paths, loc);
	struct vn_place exp = vn_place_expansion(paths, loc);

	if (place.file == NULL) {
		if (exp.file == NULL)
			return;
		fact.flags |= VN_FF_PASTED;
		place = exp;
	} else if (place.source == -1) {
		add_stray(v, place, fact);
		return;
	}
	if (place.file != exp.file || place.off != exp.off)
		fact.flags |= VN_FF_MACRO;
	fact.config = v->config;
	fact.source = place.source;
	fact.off = token_at(paths, place);
	if (fact.flags & (VN_FF_MACRO | VN_FF_PASTED)) {
		fact.exp_path = vn_facts_intern(v->tu->worker->facts,
		    vn_paths_name(paths, exp.file));
		fact.exp_line = exp.line;
		fact.exp_col = exp.col;
		fact.exp_off = exp.off;
	}
	vn_facts_add(v->tu->worker->facts, &fact);
}

static void
add_other(struct visit *v, CXCursor at, const char *name, enum vn_what what)
{

	add_fact(v, at, (struct vn_fact){ .kind = VN_FACT_OTHER,
	    .what = (uint8_t)what, .name = name });
}

static enum vn_what
storage_of(CXCursor var)
{

	switch (clang_getCursorLinkage(var)) {
	case CXLinkage_External:
	case CXLinkage_UniqueExternal:
		return (VN_EXTERN);
	case CXLinkage_Internal:
		return (VN_STATIC);
	default:
		return (clang_Cursor_getStorageClass(var) == CX_SC_Static ?
		    VN_STATIC_LOCAL : VN_LOCAL);
	}
}

/* See facts.h for how entities are written. */
static const char *
entity_of(struct visit *v, CXCursor var, enum vn_what what, const char *name)
{
	struct vn_tu_worker *w = v->tu->worker;
	CXCursor first = clang_getCanonicalCursor(var);
	struct vn_place place;
	const char *path, *entity;
	char *text;

	if (what == VN_EXTERN)
		return (name);
	place = vn_place_expansion(&w->paths, clang_getCursorLocation(first));
	path = vn_paths_name(&w->paths, place.file);
	if (what == VN_STATIC)
		text = vn_asprintf("%s:%s", path == NULL ? "" : path, name);
	else {
		CXString fn = clang_getCursorSpelling(
		    clang_getCursorSemanticParent(var));

		text = vn_asprintf("%s:%s():%s", path == NULL ? "" : path,
		    clang_getCString(fn), name);
		clang_disposeString(fn);
	}
	entity = vn_facts_intern(w->facts, text);
	free(text);
	return (entity);
}

/* const and volatile of the object: of the elements where it is an array. */
static unsigned
qualifiers_of(CXCursor var)
{
	CXType type = clang_getCursorType(var);
	CXType element;

	for (;;) {
		element = clang_getArrayElementType(type);
		if (element.kind == CXType_Invalid)
			break;
		type = element;
	}
	return ((clang_isConstQualifiedType(type) ? VN_FF_CONST : 0) |
	    (clang_isVolatileQualifiedType(type) ? VN_FF_VOLATILE : 0));
}

static void
see_variable(struct visit *v, CXCursor var)
{
	const char *name = listed(v, var);
	enum vn_what what;
	struct vn_fact fact;
	bool init;

	if (name == NULL)
		return;
	what = storage_of(var);
	if (what == VN_LOCAL) {
		add_other(v, var, name, VN_LOCAL);
		return;
	}
	init = !clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(var));
	fact = (struct vn_fact){ .what = (uint8_t)what, .name = name,
	    .entity = entity_of(v, var, what, name),
	    .flags = (uint16_t)qualifiers_of(var) };
	fact.kind = clang_Cursor_getStorageClass(var) == CX_SC_Extern &&
	    !init ? VN_FACT_DECL : VN_FACT_DEF;
	if (fact.kind == VN_FACT_DEF && !init)
		fact.flags |= VN_FF_NOINIT;
	if (what == VN_STATIC_LOCAL && vn_tu_closed(v->tu, var))
		fact.flags |= VN_FF_CLOSED;
	add_fact(v, var, fact);
	if (init)
		vn_tu_elements(v->tu, var);
}

/* What a declaration other than a variable's declares. */
static enum vn_what
what_of_decl(enum CXCursorKind kind)
{

	switch (kind) {
	case CXCursor_FieldDecl:
		return (VN_MEMBER);
	case CXCursor_ParmDecl:
		return (VN_PARAMETER);
	case CXCursor_FunctionDecl:
		return (VN_FUNCTION);
	case CXCursor_EnumConstantDecl:
		return (VN_ENUMERATOR);
	case CXCursor_TypedefDecl:
		return (VN_TYPEDEF);
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
	case CXCursor_EnumDecl:
		return (VN_TAG);
	default:
		return (VN_WHAT_COUNT);
	}
}

static void
see_reference(struct visit *v, CXCursor ref)
{
	const char *name = listed(v, ref);
	CXCursor decl;
	enum vn_what what;

	if (name == NULL)
		return;
	decl = clang_getCursorReferenced(ref);
	if (clang_getCursorKind(decl) != CXCursor_VarDecl) {
		what = what_of_decl(clang_getCursorKind(decl));
		if (what != VN_WHAT_COUNT)
			add_other(v, ref, name, what);
		return;
	}
	what = storage_of(decl);
	if (what == VN_LOCAL) {
		add_other(v, ref, name, VN_LOCAL);
		return;
	}
	if (v->const_init)
		vn_tu_elements(v->tu, v->var);
	add_fact(v, ref, (struct vn_fact){ .kind = VN_FACT_REF,
	    .what = (uint8_t)what, .name = name,
	    .entity = entity_of(v, decl, what, name),
	    .flags = v->const_init ? VN_FF_CONST_INIT : 0 });
}

/* TypeRef spells "struct foo" for a tag, "foo" for a typedef. */
static void
see_type(struct visit *v, CXCursor ref)
{
	CXCursor decl = clang_getCursorReferenced(ref);
	const char *name = listed(v, decl);

	if (name != NULL)
		add_other(v, ref, name,
		    clang_getCursorKind(decl) == CXCursor_TypedefDecl ?
		    VN_TYPEDEF : VN_TAG);
}

static void
see_plain(struct visit *v, CXCursor cursor, enum vn_what what)
{
	const char *name = what == VN_WHAT_COUNT ? NULL : listed(v, cursor);

	if (name != NULL)
		add_other(v, cursor, name, what);
}

static void
see(struct visit *v, CXCursor cursor, enum CXCursorKind kind)
{

	switch (kind) {
	case CXCursor_VarDecl:
		see_variable(v, cursor);
		break;
	case CXCursor_DeclRefExpr:
		see_reference(v, cursor);
		break;
	case CXCursor_TypeRef:
		see_type(v, cursor);
		break;
	case CXCursor_MemberRefExpr:
	case CXCursor_MemberRef:
		see_plain(v, cursor, VN_MEMBER);
		break;
	case CXCursor_LabelStmt:
	case CXCursor_LabelRef:
		see_plain(v, cursor, VN_LABEL);
		break;
	default:
		if (clang_isDeclaration(kind))
			see_plain(v, cursor, what_of_decl(kind));
		break;
	}
}

/*
 * C11 6.6 and 6.7.9p4: an initializer of an object with static storage
 * duration is constant; what sizeof and its like hold is not evaluated.
 */
static void
enter(struct visit *below, const struct visit *v, CXCursor cursor,
    enum CXCursorKind kind)
{

	*below = *v;
	below->init = clang_getNullCursor();
	if (kind == CXCursor_UnaryExpr)
		below->const_init = false;
	if (kind == CXCursor_VarDecl) {
		below->const_init = false;
		if (storage_of(cursor) != VN_LOCAL)
			below->init =
			    clang_Cursor_getVarDeclInitializer(cursor);
		below->var = cursor;
	}
	if (!clang_Cursor_isNull(v->init) &&
	    clang_equalCursors(v->init, cursor))
		below->const_init = true;
}

static enum CXChildVisitResult
walk(CXCursor cursor, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);
	struct visit below;

	(void)parent;
	see(data, cursor, kind);
	enter(&below, data, cursor, kind);
	/* sizeof's operand: the cursor may be the initializer itself. */
	if (kind == CXCursor_UnaryExpr)
		below.const_init = false;
	clang_visitChildren(cursor, walk, &below);
	return (CXChildVisit_Continue);
}

/*
 * Of the declarations at file scope, those in files that matter, or that the
 * search for names did not look at.  Preprocessing entities are read from the
 * tokens.
 */
static enum CXChildVisitResult
walk_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct visit *v = data;
	struct vn_paths *paths = &v->tu->worker->paths;
	struct vn_place place;

	if (clang_isPreprocessing(clang_getCursorKind(cursor)))
		return (CXChildVisit_Continue);
	place = vn_place_expansion(paths, clang_getCursorLocation(cursor));
	if (place.source == -1 && vn_paths_searched(paths, place.file))
		return (CXChildVisit_Continue);
	return (walk(cursor, parent, data));
}

void
vn_tu_visit(struct vn_tu *tu)
{
	struct vn_tu_worker *w = tu->worker;
	struct visit v = { .tu = tu, .init = clang_getNullCursor(),
	    .var = clang_getNullCursor() };

	v.config = vn_facts_intern(w->facts,
	    w->job->units[tu->number].config);
	tu->taken = clang_getNullCursor();
	clang_visitChildren(clang_getTranslationUnitCursor(tu->tu), walk_top,
	    &v);
}
