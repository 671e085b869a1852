/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Flags that a kernel's files are compiled with: the makefiles' INCLUDES, the
 * machine's, and what lets a compiler of today accept an old kernel.
 */

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "Support/diag.h"
#include "Support/file.h"
#include "Units/bsd_impl.h"

/* A machine without a row is taken for a processor of its own name. */
static const struct vn_bsd_arch arches[] = {
	{ "amd64",	"x86_64-unknown-freebsd%u.0", { "x86", "i386" } },
	{ "arm",	"arm-unknown-freebsd%u.0", { NULL } },
	{ "arm64",	"aarch64-unknown-freebsd%u.0", { NULL } },
	{ "i386",	"i386-unknown-freebsd%u.0", { "x86" } },
	{ "mips",	"mips-unknown-freebsd%u.0", { NULL } },
	{ "pc98",	"i386-unknown-freebsd%u.0", { "x86", "i386" } },
	{ "powerpc",	"powerpc-unknown-freebsd%u.0", { NULL } },
	{ "riscv",	"riscv64-unknown-freebsd%u.0", { NULL } },
	{ "sparc64",	"sparc64-unknown-freebsd%u.0", { NULL } },
	{ "sun4v",	"sparc64-unknown-freebsd%u.0", { "sparc64" } },
};

static const struct vn_bsd_arch unknown_arch = {
	"", "x86_64-unknown-freebsd%u.0", { "x86" }
};

/* Where the release stands that the triple names, and what if it does not. */
static const char release_file[] = "sys/param.h";
static const char release_macro[] = "#define __FreeBSD_version";
enum { RELEASE_UNIT = 100000, RELEASE_DEFAULT = 9 };

/* Makefiles that add directories to INCLUDES; "%s" is the machine. */
static const char *const makefiles[] = {
	"conf/kern.pre.mk", "conf/Makefile.%s"
};
static const char includes_variable[] = "INCLUDES";

/* The root of the tree, as makefiles and conf/files spell it. */
static const char *const root_spellings[] = {
	"${SRCTOP}/sys", "${SYSDIR}", "${S}", "$(S)", "$S"
};

static const char *const plain_flags[] = {
	"-std=gnu99", "-nostdinc", "-ffreestanding", "-fno-common",
	/* What was a warning when the tree was new. */
	"-w", "-Wno-unknown-warning-option", "-Wno-implicit-int",
	"-Wno-implicit-function-declaration", "-Wno-int-conversion",
	"-Wno-incompatible-function-pointer-types",
	"-Wno-incompatible-pointer-types", "-Wno-return-type",
	"-Wno-return-mismatch", "-Wno-address-of-packed-member",
	"-D_KERNEL", "-DHAVE_KERNEL_OPTION_HEADERS"
};
static const char global_header[] = "opt_global.h";

/* Flags of a compile-with that are taken; the argument may be the next word. */
static const char *const own_flags[] = {
	"-I", "-D", "-U", "-include", "-imacros", "-isystem", "-iquote",
	"-idirafter"
};

/* What ends the compiler's command in a compile-with, alone or after a word. */
static const char *const command_ends[] = { ";", "&&", "||", "|" };

const struct vn_bsd_arch *
vn_bsd_arch(const char *name)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(arches); i++)
		if (strcmp(arches[i].name, name) == 0)
			return (&arches[i]);
	return (&unknown_arch);
}

/* Is it a machine's directory, and not one that several share? */
static bool
is_machine(const char *root, const char *name)
{
	char *include, *files;
	bool is;

	include = vn_asprintf("%s/%s/include", root, name);
	files = vn_asprintf("%s/conf/files.%s", root, name);
	is = vn_is_dir(include) && vn_is_file(files);
	free(files);
	free(include);
	return (is);
}

int
vn_bsd_arch_missing(const char *root, const char *arch)
{
	struct vn_strbuf names = { 0 };
	struct dirent **list;
	int i, n;

	n = scandir(root, &list, NULL, alphasort);
	for (i = 0; i < n; i++) {
		if (list[i]->d_name[0] != '.' &&
		    is_machine(root, list[i]->d_name))
			vn_strbuf_printf(&names, "%s%s",
			    names.len == 0 ? "" : ", ", list[i]->d_name);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	vn_error("no machine '%s' in '%s'; it has %s", arch, root,
	    names.len == 0 ? "none" : names.data);
	vn_strbuf_free(&names);
	return (-1);
}

/* The major release of the tree. */
static unsigned
release_of(const char *root)
{
	struct vn_strbuf sb = { 0 };
	unsigned long version = 0;
	const char *at;
	char *path;

	path = vn_file_join(root, release_file);
	if (vn_file_read(&sb, path) == 0 && sb.data != NULL &&
	    (at = strstr(sb.data, release_macro)) != NULL)
		version = strtoul(at + strlen(release_macro), NULL, 10);
	vn_strbuf_free(&sb);
	free(path);
	version /= RELEASE_UNIT;
	return (version == 0 || version > 99 ? RELEASE_DEFAULT :
	    (unsigned)version);
}

char *
vn_bsd_expand(const char *word, const char *root)
{
	struct vn_strbuf sb = { 0 };
	size_t i, len = 0;

	while (*word != '\0') {
		for (i = 0; i < VN_NITEMS(root_spellings); i++) {
			len = strlen(root_spellings[i]);
			if (strncmp(word, root_spellings[i], len) == 0)
				break;
		}
		if (i < VN_NITEMS(root_spellings)) {
			vn_strbuf_puts(&sb, root);
			word += len;
		} else if (*word == '$') {
			vn_strbuf_free(&sb);
			return (NULL);
		} else
			vn_strbuf_putc(&sb, *word++);
	}
	return (vn_strbuf_take(&sb));
}

/* Add the -I of a makefile's word, if it is one of a directory that exists. */
static void
add_include(struct vn_words *out, const char *word, const char *root)
{
	char *flag;

	if (strncmp(word, "-I", 2) != 0)
		return;
	flag = vn_bsd_expand(word, root);
	if (flag != NULL && flag[2] == '/' && vn_is_dir(flag + 2) &&
	    !vn_words_has(out, flag))
		vn_words_own(out, flag);
	else
		free(flag);
}

/* Where the value starts if line assigns to INCLUDES, else NULL. */
static const char *
includes_value(const char *line)
{
	size_t len = sizeof(includes_variable) - 1;

	if (strncmp(line, includes_variable, len) != 0)
		return (NULL);
	line += len;
	line += strspn(line, " \t");
	line += strspn(line, "+?:!");
	return (*line == '=' ? line + 1 : NULL);
}

/* How many conditions the directive opens: 1, 0 or -1. */
static int
opens(const char *line)
{

	if (*line++ != '.')
		return (0);
	line += strspn(line, " \t");
	if (strncmp(line, "if", 2) == 0)
		return (1);
	return (strncmp(line, "endif", 5) == 0 ? -1 : 0);
}

/* One logical line of a makefile. */
static void
makefile_line(struct vn_bsd_flags *out, const char *line, const char *root,
    int *depth)
{
	struct vn_words words = { 0 };
	const char *value;
	size_t i;

	*depth += opens(line);
	value = includes_value(line);
	if (value == NULL)
		return;
	vn_split_command(&words, value);
	for (i = 0; i < words.count && words.items[i][0] != '#'; i++)
		add_include(*depth == 0 ? &out->before : &out->after,
		    words.items[i], root);
	vn_words_free(&words);
}

/*
 * INCLUDES of a makefile.  What stands under a condition goes after a file's
 * own flags: there it is seen only by those that find a header nowhere else.
 */
static int
read_makefile(struct vn_bsd_flags *out, const char *root, const char *name)
{
	struct vn_strbuf line = { 0 };
	struct vn_text t;
	int c, error, depth = 0;

	error = vn_text_open(&t, root, name, true);
	if (error != 0)
		return (error < 0 ? -1 : 0);
	while ((c = vn_text_get(&t)) != -1) {
		if (c == '\\' && vn_text_peek(&t, 0) == '\n') {
			vn_text_get(&t);
			c = ' ';
		}
		vn_strbuf_putc(&line, c == '\n' ? '\0' : (char)c);
		if (c == '\n') {
			makefile_line(out, line.data, root, &depth);
			line.len = 0;
		}
	}
	if (line.len != 0)
		makefile_line(out, line.data, root, &depth);
	vn_strbuf_free(&line);
	vn_text_close(&t);
	return (0);
}

/* The flags that do not depend on the makefiles. */
static void
add_plain(struct vn_words *out, const char *root, const char *arch,
    const char *gendir)
{
	const char *triple = vn_bsd_arch(arch)->triple;
	size_t i;

	vn_words_own(out, vn_asprintf("--target=%.*s%u%s",
	    (int)strcspn(triple, "%"), triple, release_of(root),
	    strchr(triple, '%') + 2));
	for (i = 0; i < VN_NITEMS(plain_flags); i++)
		vn_words_add(out, plain_flags[i]);
	vn_words_add(out, "-include");
	vn_words_own(out, vn_file_join(gendir, global_header));
	vn_words_own(out, vn_asprintf("-I%s", gendir));
	vn_words_own(out, vn_asprintf("-I%s", root));
}

int
vn_bsd_flags_read(struct vn_bsd_flags *out, const char *root, const char *arch,
    const char *gendir)
{
	char *name;
	size_t i;
	int error = 0;

	*out = (struct vn_bsd_flags){ 0 };
	add_plain(&out->before, root, arch, gendir);
	for (i = 0; error == 0 && i < VN_NITEMS(makefiles); i++) {
		name = strchr(makefiles[i], '%') == NULL ?
		    vn_strdup(makefiles[i]) :
		    vn_asprintf("%.*s%s", (int)strcspn(makefiles[i], "%"),
		    makefiles[i], arch);
		error = read_makefile(out, root, name);
		free(name);
	}
	return (error);
}

void
vn_bsd_flags_free(struct vn_bsd_flags *flags)
{

	vn_words_free(&flags->before);
	vn_words_free(&flags->after);
}

/* How many words the flag is, 0 if it is none of own_flags. */
static size_t
own_flag(const char *word)
{
	size_t i, len;

	for (i = 0; i < VN_NITEMS(own_flags); i++) {
		len = strlen(own_flags[i]);
		if (strncmp(word, own_flags[i], len) == 0)
			return (word[len] == '\0' ? 2 : 1);
	}
	return (0);
}

/* Does the command end with the word?  What ends it is cut off. */
static bool
ends_command(char *word)
{
	size_t i, len, end;

	len = strlen(word);
	for (i = 0; i < VN_NITEMS(command_ends); i++) {
		end = strlen(command_ends[i]);
		if (len >= end &&
		    strcmp(word + len - end, command_ends[i]) == 0) {
			word[len - end] = '\0';
			return (true);
		}
	}
	return (false);
}

/* How many words the first command of several has. */
static size_t
first_command(const struct vn_words *words)
{
	size_t i;

	for (i = 0; i < words->count; i++)
		if (ends_command(words->items[i]))
			return (i + 1);
	return (words->count);
}

/* Add a flag of n words unless a variable in it is unknown. */
static void
add_own(struct vn_words *out, char *const *words, size_t n, const char *root)
{
	char *expanded[2] = { NULL, NULL };
	size_t i;
	bool known = true;

	for (i = 0; i < n; i++) {
		expanded[i] = vn_bsd_expand(words[i], root);
		known = known && expanded[i] != NULL;
	}
	for (i = 0; i < n; i++) {
		if (known)
			vn_words_own(out, expanded[i]);
		else
			free(expanded[i]);
	}
}

void
vn_bsd_flags_own(struct vn_words *out, const char *command, const char *root)
{
	struct vn_words words = { 0 };
	size_t count, i, n;

	vn_split_command(&words, command);
	count = first_command(&words);
	for (i = 0; i < count; ) {
		n = own_flag(words.items[i]);
		if (n != 0 && i + n <= count)
			add_own(out, words.items + i, n, root);
		i += n == 0 ? 1 : n;
	}
	vn_words_free(&words);
}
