struct oid {
	const char	*name;
	int		*pointer;
};
#define SYSCTL_INT(name, pointer) \
	struct oid oid_##name __attribute__((section("set_sysctl"), used)) = \
	    { #name, pointer }
