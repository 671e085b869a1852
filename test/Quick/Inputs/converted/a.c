#include "a.h"

VNET_DEFINE(int, limit) = 100;
static VNET_DEFINE(int, hits);
static VNET_DEFINE(char, name[31]);
static VNET_DEFINE(int, last[4]) __attribute__((aligned(16)));
#define	V_limit		VNET(limit)
#define	V_hits		VNET(hits)
#define	V_name		VNET(name)
#define	V_last		VNET(last)

SYSCTL_VNET_INT(limit, &VNET_NAME(limit));

int
lookup(const struct entry *e)
{

	while (V_ready == 0)
		;
	V_hits++;
	if (e->key > V_limit)
		return (V_mtu);
	return (TTL_OF(e) + V_hits);
}

char *
fill(int i)
{

	V_last[i & 3] = V_hits + V_mtu;
	V_name[i] = (char)V_last[0];
	return (V_name);
}
