/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Error numbers: only the ones in use.
 */

#ifndef _SYS_ERRNO_H_
#define	_SYS_ERRNO_H_

#define	ENOENT		2
#define	ENOMEM		12
#define	EBUSY		16
#define	EEXIST		17
#define	EINVAL		22
#define	EOPNOTSUPP	45
#define	EADDRINUSE	48
#define	ENETUNREACH	51
#define	ENOBUFS		55
#define	EHOSTUNREACH	65

#endif /* !_SYS_ERRNO_H_ */
