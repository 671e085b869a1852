#include <netinet/ip_var.h>

int panic(const char *, int);

int
ip_input(int ttl)
{
	ipstat.received++;
	if (ttl > ip_ttl)
		return (panic(__FILE__, __LINE__));
	return (IP_ROOM());
}

int
ip_wait(void)
{
	int n = ip_ticks;

	ipstat.sent++;
	return (ip_ticks - n);
}
