/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * A compile command without what has no bearing on parsing.
 */

#include <stdlib.h>
#include <string.h>

#include "Support/file.h"
#include "Support/mem.h"
#include "Units/flags.h"
#include "Units/units_impl.h"

/* Programs that are put before a compiler. */
static const char *const launchers[] = {
	"ccache", "distcc", "sccache", "icecc", "env", "nice", "time"
};

/* Options to drop: how the name ends and where the argument stands. */
enum drop {
	DROP_ALONE,		/* exactly this word */
	DROP_PREFIX,		/* any word that starts so */
	DROP_ARG,		/* this word and the next */
	DROP_ARG_OR_JOINED	/* the same, or the argument in the same word */
};

static const struct {
	const char	*name;
	enum drop	 drop;
} dropped[] = {
	{ "-c",				DROP_ALONE },
	{ "-S",				DROP_ALONE },
	{ "-E",				DROP_ALONE },
	{ "-fsyntax-only",		DROP_ALONE },
	{ "-M",				DROP_ALONE },
	{ "-MM",			DROP_ALONE },
	{ "-MD",			DROP_ALONE },
	{ "-MMD",			DROP_ALONE },
	{ "-MG",			DROP_ALONE },
	{ "-MP",			DROP_ALONE },
	{ "-MV",			DROP_ALONE },
	{ "-MF",			DROP_ARG_OR_JOINED },
	{ "-MT",			DROP_ARG_OR_JOINED },
	{ "-MQ",			DROP_ARG_OR_JOINED },
	{ "-MJ",			DROP_ARG_OR_JOINED },
	{ "-Wp,-M",			DROP_PREFIX },
	{ "-o",				DROP_ARG_OR_JOINED },
	{ "--output",			DROP_ARG },
	{ "--output=",			DROP_PREFIX },
	{ "--serialize-diagnostics",	DROP_ARG },
	{ "-aux-info",			DROP_ARG },
	{ "-save-temps",		DROP_PREFIX },
	/* A warning of another compiler is no reason not to parse. */
	{ "-Werror",			DROP_ALONE },
	{ "-Werror=",			DROP_PREFIX },
	{ "-Werror-implicit-function-declaration", DROP_ALONE },
	{ "-pedantic-errors",		DROP_ALONE },
};

/* Options whose argument is the next word, and so is no operand. */
static const char *const with_arg[] = {
	"-A", "-B", "-D", "-F", "-G", "-I", "-L", "-T", "-U", "-Xanalyzer",
	"-Xassembler", "-Xclang", "-Xlinker", "-Xpreprocessor", "-arch",
	"-aux-info", "-dumpbase", "-dumpdir", "-e", "-idirafter", "-iframework",
	"-imacros", "-imultilib", "-include", "-include-pch", "-iprefix",
	"-iquote", "-isysroot", "-isystem", "-iwithprefix",
	"-iwithprefixbefore", "-l", "-mllvm", "-resource-dir", "-target", "-u",
	"-working-directory", "-x", "-z", "--param", "--sysroot"
};

static const char *
basename_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash == NULL ? path : slash + 1);
}

static bool
is_launcher(const char *word)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(launchers); i++)
		if (strcmp(basename_of(word), launchers[i]) == 0)
			return (true);
	return (false);
}

size_t
vn_flags_compiler(char *const *argv, size_t argc)
{
	size_t n = 0;

	if (argc == 0 || argv[0][0] == '-')
		return (0);
	while (n + 1 < argc && is_launcher(argv[n]) && argv[n + 1][0] != '-')
		do
			n++;
		while (n + 1 < argc && strchr(argv[n], '=') != NULL);
	return (n + 1);
}

size_t
vn_flags_outputs(const char *word)
{
	size_t i, len;
	bool starts, same;

	for (i = 0; i < VN_NITEMS(dropped); i++) {
		len = strlen(dropped[i].name);
		starts = strncmp(word, dropped[i].name, len) == 0;
		same = starts && word[len] == '\0';
		if (same && dropped[i].drop >= DROP_ARG)
			return (2);
		if (same || (starts && dropped[i].drop == DROP_PREFIX) ||
		    (starts && dropped[i].drop == DROP_ARG_OR_JOINED))
			return (1);
	}
	return (0);
}

bool
vn_flags_takes_arg(const char *word)
{
	size_t i;

	for (i = 0; i < VN_NITEMS(with_arg); i++)
		if (strcmp(word, with_arg[i]) == 0)
			return (true);
	return (false);
}

static bool
ends_in(const char *word, const char *end)
{
	size_t n = strlen(word), m = strlen(end);

	return (n >= m && strcmp(word + n - m, end) == 0);
}

/* Is the operand a source?  Another one than file belongs to another unit. */
static bool
is_source(const char *word, const char *dir, const char *file)
{
	char *joined, *real;
	bool same;

	if (word[0] == '-' || ends_in(word, ".c"))
		return (word[0] != '-');
	joined = vn_file_join(dir, word);
	real = vn_file_realpath(joined);
	same = real != NULL && file != NULL && strcmp(real, file) == 0;
	free(real);
	free(joined);
	return (same);
}

void
vn_flags_clean(struct vn_words *out, const struct vn_words *cmd, bool compiler,
    const char *dir, const char *file)
{
	size_t i, n;

	i = compiler ? vn_flags_compiler(cmd->items, cmd->count) : 0;
	while (i < cmd->count && strcmp(cmd->items[i], "--") != 0) {
		n = vn_flags_outputs(cmd->items[i]);
		if (n == 0 && is_source(cmd->items[i], dir, file))
			n = 1;
		if (n != 0) {
			i += n;
			continue;
		}
		n = vn_flags_takes_arg(cmd->items[i]) ? 2 : 1;
		for (; n > 0 && i < cmd->count; n--)
			vn_words_add(out, cmd->items[i++]);
	}
}
