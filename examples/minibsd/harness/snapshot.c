/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Write the counters of a stack to a file, for netstat.
 */

#include <stdio.h>

#include <sys/param.h>
#include <sys/sysctl.h>
#include <sys/systm.h>

#include "harness.h"

static const char * const names[] = {
	"net.inet.ip.stats", "net.inet.tcp.stats", "net.inet.udp.stats"
};

/* Start the file with the first stack, and append the others. */
int
snapshot(const char *file, int n)
{
	char buf[256];
	size_t i, len;
	FILE *fp;

	fp = fopen(file, n == 0 ? "w" : "a");
	if (fp == NULL)
		return (1);
	for (i = 0; i < nitems(names); i++) {
		len = sizeof(buf);
		if (kernel_sysctlbyname(names[i], buf, &len, NULL, 0) != 0 ||
		    fwrite(buf, len, 1, fp) != 1)
			break;
	}
	return (fclose(fp) != 0 || i != nitems(names));
}
