/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * The search's looks at files that may not matter otherwise.
 */

#ifndef VN_REWRITE_SURVEY_H
#define	VN_REWRITE_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

#include "Support/mem.h"

#include "Facts/names.h"

struct vn_facts;
struct vn_scan;
struct vn_source;
struct vn_strbuf;

/* A set of words that owns them. */
struct vn_scan_words {
	struct vn_names	 set;
	VN_VEC(char *)	 owned;
};

/* Add a word of len bytes, copied; false if it is there. */
bool	vn_scan_words_add(struct vn_scan_words *w, const char *text,
	    size_t len);

/* Free what the set owns; with drop also the set itself (NULL is none). */
void	vn_scan_words_free(struct vn_scan_words *w);
void	vn_scan_words_drop(struct vn_scan_words *w);

/* Is one of the names an identifier of those bytes? */
bool	vn_scan_words_spelled(const struct vn_names *set, const char *data,
	    size_t len);

/*
 * The same of a file, whose tables of nlist(3) and V_x are noted as well; of
 * those V_x that it does not define only where inside is set.
 */
bool	vn_survey_file(struct vn_scan *scan, const struct vn_names *set,
	    const char *file, const struct vn_strbuf *bytes, bool inside);

/*
 * Is one of the names an identifier of a file that is under no PATH?  *tells:
 * has vn_survey_file something to note of it?  Changes nothing.
 */
bool	vn_survey_look(const struct vn_scan *scan, const struct vn_names *set,
	    const struct vn_strbuf *bytes, bool *tells);

/* Add a file to the plan's sources: its index, or -1 after an error. */
int	vn_scan_add(struct vn_scan *scan, const char *file, bool open);

/*
 * Add the files under the PATHs that spell no listed name, but where the call
 * of a macro makes one with ##.
 */
void	vn_scan_pasted(struct vn_scan *scan);

/*
 * Add the files under the root and no PATH that may use a listed variable, and
 * note what else the look at them tells.
 */
void	vn_scan_outside(struct vn_scan *scan);

/*
 * Note the macros that stand around listed names; then add those of the files
 * that are headers and define one, in whatever configuration.
 */
void	vn_scan_want(struct vn_scan *scan);
void	vn_scan_defines(struct vn_scan *scan, const char *const *files,
	    size_t count);

/*
 * After the search and the parse: mention in the plan each V_x under the
 * PATHs that no file defines, where x is a variable.
 */
void	vn_survey_undefined(struct vn_scan *scan,
	    const struct vn_facts *facts);

#endif /* !VN_REWRITE_SURVEY_H */
