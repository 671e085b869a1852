struct ipstat {
	int	received;
	long	sent;
};

extern int ip_ttl;
extern int ip_mtu;
extern volatile int ip_ticks;
extern struct ipstat ipstat;
#define IP_ROOM()	(ip_mtu - 20)
