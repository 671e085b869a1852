#include <netinet/ip_var.h>

int panic(const char *, int);

int
ip_input(int ttl)
{
	V_ipstat.received++;
	if (ttl > V_ip_ttl)
		return (panic(__FILE__, __LINE__));
	return (IP_ROOM());
}

int
ip_wait(void)
{
	int n = V_ip_ticks;

	V_ipstat.sent++;
	return (V_ip_ticks - n);
}
