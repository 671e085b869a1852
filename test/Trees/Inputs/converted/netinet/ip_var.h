#include <net/vnet.h>

struct ipstat {
	int	received;
	long	sent;
};

VNET_DECLARE(int, ip_ttl);
#define	V_ip_ttl	VNET(ip_ttl)
VNET_DECLARE(int, ip_mtu);
#define	V_ip_mtu	VNET(ip_mtu)
VNET_DECLARE(volatile int, ip_ticks);
#define	V_ip_ticks	VNET(ip_ticks)
VNET_DECLARE(struct ipstat, ipstat);
#define	V_ipstat	VNET(ipstat)
#define IP_ROOM()	(V_ip_mtu - 20)
