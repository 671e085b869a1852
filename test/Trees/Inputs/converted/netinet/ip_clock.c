#include <netinet/ip_var.h>

VNET_DEFINE(volatile int, ip_ticks);
