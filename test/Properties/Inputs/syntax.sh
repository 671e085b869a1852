#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: syntax.sh CC [FLAG ...]: does every source of the kernel in the
# current directory compile?  All are tried, and all errors shown.

set -u

status=0
for source in ddb/*.c kern/*.c net/*.c netinet/*.c netinet6/*.c netipsec/*.c \
    harness/*.c; do
	"$@" -fsyntax-only -w -std=gnu11 -ffreestanding -nostdinc -D_KERNEL \
	    -DINET6 -Iinclude -I. "$source" || status=1
done
exit $status
