#ifndef NET_VNET_H
#define NET_VNET_H
#define VNET_MODMIN	4096
#ifdef VIMAGE
extern char *vnet_base;
#define VNET_NAME(n)		vnet_entry_##n
#define VNET_DECLARE(t, n)	extern t VNET_NAME(n)
#define VNET_DEFINE(t, n) \
	t VNET_NAME(n) __attribute__((section("set_vnet"), used))
#define VNET(n) \
	(*(__typeof__(VNET_NAME(n)) *)(vnet_base + (long)&VNET_NAME(n)))
#else
#define VNET_NAME(n)		n
#define VNET_DECLARE(t, n)	extern t n
#define VNET_DEFINE(t, n)	t n
#define VNET(n)			(n)
#endif
#endif
