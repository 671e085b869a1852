#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: words.sh DIR1 DIR2
#
# The sources of DIR1 whose text, comments and all, is not the same in DIR2 but
# for white space: their names, a line each.

set -eu

cd "$1"
find . -name '*.[ch]' | sort | while read -r file; do
	tr -d ' \t\n' < "$file" > "$2/.a"
	tr -d ' \t\n' < "$2/$file" > "$2/.b"
	cmp -s "$2/.a" "$2/.b" || echo "${file#./}"
done
rm -f "$2/.a" "$2/.b"
