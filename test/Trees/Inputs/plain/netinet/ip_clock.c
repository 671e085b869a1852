#include <netinet/ip_var.h>

volatile int ip_ticks;
