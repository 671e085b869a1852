/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Commands that show things: show ifnet, show route ...
 */

#ifndef _DDB_DDB_H_
#define	_DDB_DDB_H_

#include <sys/linker_set.h>

struct db_command {
	const char *name;
	void	(*fcn)(void);
};

#define	DB_SHOW_COMMAND(cmd_name, func_name)				\
	static void func_name(void);					\
	static struct db_command db_show_cmd_##cmd_name = {		\
		#cmd_name, func_name					\
	};								\
	DATA_SET(db_show_set, db_show_cmd_##cmd_name);			\
	static void							\
	func_name(void)

int	db_show(const char *);

#endif /* !_DDB_DDB_H_ */
