/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Find a show command, and run it in the current stack.
 */

#include <sys/systm.h>

#include <ddb/ddb.h>

SET_DECLARE(db_show_set, struct db_command);

int
db_show(const char *name)
{
	struct db_command **cmdp;

	SET_FOREACH(cmdp, db_show_set)
		if (strcmp((*cmdp)->name, name) == 0) {
			printf("show %s\n", name);
			(*cmdp)->fcn();
			return (0);
		}
	return (ENOENT);
}
