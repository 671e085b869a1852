#include <net/sysctl.h>
#include <netinet/ip_var.h>

int ip_ttl = 64;
int ip_mtu = 1500;
struct ipstat ipstat;
static char ip_name[31];
static long ip_count __attribute__((aligned(32)));
static int ip_debug;

SYSCTL_INT(ttl, &ip_ttl);
SYSCTL_INT(mtu, &ip_mtu);

char *
ip_call(int n)
{
	ip_count += n + ip_debug;
	ip_name[n] = (char)ip_count;
	return (ip_name);
}

int
ip_debugged(int on)
{
	ip_debug = on;
	return (ip_debug);
}
