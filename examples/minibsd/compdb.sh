#!/bin/sh
#
# SPDX-License-Identifier: BSD-2-Clause
#
# compdb.sh "command of the kernel" source ... -- "command of programs" source ...
#
# Writes a compilation database for the current directory.

set -eu

dir=$(pwd)
cmd=$1
sep='['
shift
for src in "$@"; do
	case $src in
	--)
		cmd=
		continue
		;;
	esac
	if [ -z "$cmd" ]; then
		cmd=$src
		continue
	fi
	printf '%s\n{ "directory": "%s",\n' "$sep" "$dir"
	printf '  "command": "%s -c %s",\n' "$cmd" "$src"
	printf '  "file": "%s" }' "$src"
	sep=','
done
printf '\n]\n'
