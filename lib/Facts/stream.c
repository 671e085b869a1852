/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Fields of a stream between processes.
 */

#include <stdint.h>
#include <string.h>

#include "Support/mem.h"

#include "Facts/stream.h"

void
vn_put(FILE *out, const void *p, size_t len)
{

	fwrite(p, 1, len, out);
}

void
vn_put_text(FILE *out, const char *s)
{
	uint32_t n = s == NULL ? UINT32_MAX : (uint32_t)strlen(s);

	vn_put(out, &n, sizeof(n));
	if (s != NULL)
		vn_put(out, s, n);
}

int
vn_get(FILE *in, void *p, size_t len)
{

	return (fread(p, 1, len, in) == len ? 0 : -1);
}

int
vn_get_text(FILE *in, char **out)
{
	uint32_t n;

	*out = NULL;
	if (vn_get(in, &n, sizeof(n)) != 0)
		return (-1);
	if (n == UINT32_MAX)
		return (0);
	if (n > 1u << 24)
		return (-1);
	*out = vn_calloc(1, (size_t)n + 1);
	return (vn_get(in, *out, n));
}
