/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Standard input and output, as far as programs here need it.
 */

#ifndef _STDIO_H_
#define	_STDIO_H_

#include <sys/types.h>

typedef struct __sFILE	FILE;

int	fclose(FILE *);
FILE	*fopen(const char *, const char *);
size_t	fread(void *, size_t, size_t, FILE *);
size_t	fwrite(const void *, size_t, size_t, FILE *);
void	perror(const char *);
int	printf(const char *, ...) __printflike(1, 2);

#endif /* !_STDIO_H_ */
