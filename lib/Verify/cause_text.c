/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Preprocessed text made an object, in a private directory.  The text of both
 * sides has the same name there and is compiled with the same words, so that
 * nothing but the tokens can make a difference.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Build/recompile.h"
#include "Quick/batch.h"
#include "Support/diag.h"
#include "Support/file.h"
#include "Support/mem.h"
#include "Support/proc.h"
#include "Support/strbuf.h"
#include "Units/commands.h"
#include "Units/flags.h"
#include "Verify/cause_impl.h"

struct words {
	char	**items;
	size_t	  count, room;
};

static void
free_words(char **words)
{
	for (size_t i = 0; words != NULL && words[i] != NULL; i++)
		free(words[i]);
	free(words);
}

/* How many words from here on are of no use once the text is preprocessed. */
static size_t
useless(const char *word)
{
	if (strcmp(word, "-include") == 0 || strcmp(word, "-imacros") == 0 ||
	    strcmp(word, "-x") == 0 || strcmp(word, "-MT") == 0 ||
	    strcmp(word, "-MF") == 0)
		return (2);
	return (strcmp(word, "-MD") == 0 || strcmp(word, "--") == 0);
}

/* The words of a command that compiles the text in place of its source. */
static char **
text_words(char *const *argv, const char *language, const char *text,
    const char *object)
{
	struct words out = { 0 };
	bool argument = true;	/* so is the compiler */

	for (size_t i = 0; argv[i] != NULL; i++) {
		size_t n = argument ? 0 : useless(argv[i]);

		if (n > 0) {
			i += n == 2 && argv[i + 1] != NULL;
			continue;
		}
		if (argument || *argv[i] == '-' ||
		    !vn_command_is_source(argv[i]))
			VN_PUSH(&out, vn_strdup(*argv[i] == '\1' ? object :
			    argv[i]));
		argument = !argument && vn_flags_takes_arg(argv[i]);
	}
	VN_PUSH(&out, vn_strdup("-x"));
	VN_PUSH(&out, vn_strdup(language));
	VN_PUSH(&out, vn_strdup(text));
	VN_PUSH(&out, NULL);
	return (out.items);
}

int
vn_cause_cc_init(struct vn_cause_cc *cc, const struct vn_command *command,
    const struct vn_recompile *how, const char *work)
{
	struct vn_recompile object = *how;
	char **argv;

	*cc = (struct vn_cause_cc){ .private = vn_file_join(work,
	    "cause") };
	/* One for all: what a run that was killed left is written over. */
	if (vn_file_mkdirs(cc->private) != 0) {
		vn_error("cannot make '%s': %s", cc->private, strerror(errno));
		free(cc->private);
		cc->private = NULL;
		return (-1);
	}
	cc->text = vn_file_join(cc->private, "text.i");
	cc->object = vn_file_join(cc->private, "text.o");
	object.output = VN_OUT_OBJECT;
	argv = vn_recompile(&object, command, &cc->dir);
	cc->argv = text_words(argv, vn_file_ends(command->file, ".c") ?
	    "cpp-output" : "assembler", cc->text, cc->object);
	free_words(argv);
	return (0);
}

void
vn_cause_cc_finish(struct vn_cause_cc *cc)
{
	if (cc->private != NULL) {
		unlink(cc->text);
		unlink(cc->object);
		rmdir(cc->private);
	}
	free_words(cc->argv);
	free(cc->dir);
	free(cc->private);
	free(cc->text);
	free(cc->object);
	*cc = (struct vn_cause_cc){ 0 };
}

static int
write_text(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "w");
	int bad = f == NULL;

	if (f != NULL) {
		bad = fwrite(text, 1, len, f) != len;
		bad |= fclose(f) != 0;
	}
	if (bad)
		vn_error("cannot write '%s': %s", path, strerror(errno));
	return (bad ? -1 : 0);
}

int
vn_cause_compile(struct vn_object *out, const struct vn_cause_cc *cc,
    const char *text, size_t len)
{
	struct vn_strbuf said = { 0 }, bytes = { 0 };
	int status;

	unlink(cc->object);
	if (write_text(cc->text, text, len) != 0)
		return (-1);
	status = vn_proc_run(cc->argv, cc->dir, NULL, &said);
	vn_strbuf_free(&said);
	if (status == -1)
		vn_error("cannot run '%s': %s", cc->argv[0], strerror(errno));
	if (status != 0)
		return (status == -1 ? -1 : 0);
	if (vn_file_read(&bytes, cc->object) != 0) {
		vn_error("cannot read '%s': %s", cc->object, strerror(errno));
		return (-1);
	}
	len = bytes.len;
	return (vn_object_read(out, cc->object,
	    (unsigned char *)vn_strbuf_take(&bytes), len) == 0 ? 1 : -1);
}

/* Called in this process, as there is one unit. */
static void
keep_texts(size_t i, struct vn_batch_text texts[2], void *result, void *arg)
{
	struct vn_ptokens *out = arg;

	(void)i;
	*(bool *)result = texts[0].data != NULL && texts[1].data != NULL;
	for (int side = 0; *(bool *)result && side < 2; side++) {
		vn_ptokens_read(&out[side], texts[side].data, texts[side].len);
		texts[side].data = NULL;
	}
}

int
vn_cause_preprocess(struct vn_ptokens out[2], const struct vn_command *command,
    const struct vn_recompile how[2])
{
	struct vn_batch_unit unit = { 0 };
	char **argv[2], *dir[2];
	bool good = false;

	for (int side = 0; side < 2; side++) {
		struct vn_recompile text = how[side];

		text.output = VN_OUT_TEXT;
		argv[side] = vn_recompile(&text, command, &dir[side]);
		unit.argv[side] = argv[side];
		unit.dir[side] = dir[side];
	}
	vn_batch_run(&good, sizeof(good), &unit, 1, 1, keep_texts, out);
	for (int side = 0; side < 2; side++) {
		free_words(argv[side]);
		free(dir[side]);
	}
	return (good ? 1 : 0);
}
