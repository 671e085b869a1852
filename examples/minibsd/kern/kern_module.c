/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Modules: remember them, and tell them to come and go.
 */

#include <sys/module.h>
#include <sys/queue.h>
#include <sys/malloc.h>

struct module {
	SLIST_ENTRY(module) link;
	const moduledata_t *data;
};

static MALLOC_DEFINE(M_MODULE, "module", "loaded modules");

static SLIST_HEAD(, module) modules = SLIST_HEAD_INITIALIZER(modules);

void
module_load(const void *arg)
{
	struct module *mod;

	mod = malloc(sizeof(*mod), M_MODULE, M_WAITOK | M_ZERO);
	mod->data = arg;
	if (mod->data->evhand(mod, MOD_LOAD, mod->data->priv) != 0)
		panic("module %s does not load", mod->data->name);
	SLIST_INSERT_HEAD(&modules, mod, link);
}

int
module_unload(const char *name)
{
	struct module *mod, *prev;
	int error;

	prev = NULL;
	SLIST_FOREACH(mod, &modules, link) {
		if (strcmp(mod->data->name, name) == 0)
			break;
		prev = mod;
	}
	if (mod == NULL)
		return (ENOENT);
	error = mod->data->evhand(mod, MOD_UNLOAD, mod->data->priv);
	if (error != 0)
		return (error);
	if (prev == NULL)
		SLIST_REMOVE_HEAD(&modules, link);
	else
		SLIST_NEXT(prev, link) = SLIST_NEXT(mod, link);
	free(mod, M_MODULE);
	return (0);
}
