#include <net/sysctl.h>
#include <net/vnet.h>
#include <netinet/ip_var.h>

VNET_DEFINE(int, ip_ttl) = 64;
VNET_DEFINE(int, ip_mtu) = 1500;
VNET_DEFINE(struct ipstat, ipstat);
static VNET_DEFINE(char, ip_name[31]);
#define	V_ip_name	VNET(ip_name)
static long ip_count __attribute__((aligned(32)));
static VNET_DEFINE(int, ip_debug);
#define	V_ip_debug	VNET(ip_debug)

SYSCTL_INT(ttl, &VNET_NAME(ip_ttl));
SYSCTL_INT(mtu, &VNET_NAME(ip_mtu));

char *
ip_call(int n)
{
	ip_count += n + V_ip_debug;
	V_ip_name[n] = (char)ip_count;
	return (V_ip_name);
}

int
ip_debugged(int on)
{
	V_ip_debug = on;
	return (V_ip_debug);
}
