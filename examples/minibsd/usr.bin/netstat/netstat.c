/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * netstat: print the counters that minibsd -w left in a file.  This is a
 * program, not a part of the kernel: no _KERNEL, and variables of its own.
 */

#include <sys/types.h>

#include <netinet/ip_var.h>
#include <netinet/tcp_var.h>
#include <netinet/udp_var.h>

#include <stdio.h>

/* What the real program would look up in the kernel. */
static const char * const nl[] = { "_ipstat", "_tcpstat", "_udpstat", NULL };

static void
tcp_stats(const struct tcpstat *tcpstat)
{

	printf("%s:\n", nl[1] + 1);
	printf("\t%u packets received, %u bytes in sequence\n",
	    tcpstat->tcps_rcvtotal, tcpstat->tcps_rcvbyte);
	printf("\t%u accepts, %u connects, %u drops\n", tcpstat->tcps_accepts,
	    tcpstat->tcps_connects, tcpstat->tcps_drops);
}

static void
ip_stats(const struct ipstat *ips)
{

	printf("%s:\n", nl[0] + 1);
	printf("\t%u total packets received\n", ips->ips_total);
	printf("\t%u fragments received, %u packets reassembled\n",
	    ips->ips_fragments, ips->ips_reassembled);
	printf("\t%u packets forwarded\n", ips->ips_forward);
}

int
main(int argc, char *argv[])
{
	struct udpstat udpstat;
	struct tcpstat tcpstat;
	struct ipstat ipstat;
	FILE *fp;
	int n;

	if (argc != 2 || (fp = fopen(argv[1], "r")) == NULL) {
		perror(argc == 2 ? argv[1] : "usage: netstat file");
		return (1);
	}
	for (n = 0; fread(&ipstat, sizeof(ipstat), 1, fp) == 1 &&
	    fread(&tcpstat, sizeof(tcpstat), 1, fp) == 1 &&
	    fread(&udpstat, sizeof(udpstat), 1, fp) == 1; n++) {
		printf("stack %d\n", n);
		ip_stats(&ipstat);
		tcp_stats(&tcpstat);
		printf("%s:\n\t%u datagrams received\n", nl[2] + 1,
		    udpstat.udps_ipackets);
	}
	fclose(fp);
	return (0);
}
