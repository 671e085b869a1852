/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Loadable modules.  Here they are all linked in, and loaded at boot.
 */

#ifndef _SYS_MODULE_H_
#define	_SYS_MODULE_H_

#include <sys/kernel.h>

enum modeventtype {
	MOD_LOAD,
	MOD_UNLOAD
};

struct module;

typedef struct moduledata {
	const char *name;
	int	(*evhand)(struct module *, int, void *);
	void	*priv;
} moduledata_t;

#define	DECLARE_MODULE(name, data, sub, order)				\
	SYSINIT(name##_module, sub, order, module_load, &data)

void	module_load(const void *);
int	module_unload(const char *);

#endif /* !_SYS_MODULE_H_ */
