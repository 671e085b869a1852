#define	VNET_NAME(n)		n
#define	VNET_DECLARE(t, n)	extern t n
#define	VNET_DEFINE(t, n)	t n
#define	VNET(n)			(n)

struct oid {
	int		*ptr;
	const char	*descr;
};

#define	SYSCTL_INT(name, ptr)						\
	struct oid sysctl_##name = { ptr, #name }
#define	SYSCTL_VNET_INT(name, ptr)	SYSCTL_INT(name, ptr)

void	panic(const char *, ...);

#define	CHECK(exp) do {							\
	if (!(exp))							\
		panic("%s at %s:%d", #exp, "a.c", __LINE__);		\
} while (0)

struct entry {
	int	key;
	int	value;
};

VNET_DECLARE(int, ttl);
#define	V_ttl		VNET(ttl)
VNET_DECLARE(int, mtu);
#define	V_mtu		VNET(mtu)
VNET_DECLARE(volatile int, ready);
#define	V_ready		VNET(ready)

#define	TTL_OF(e)	((e)->value + V_ttl)
