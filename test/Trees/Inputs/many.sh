#!/bin/sh
# usage: many.sh COMPILER
#
# Make 22 equal sources in plain/ and converted/ of the current directory, and
# print a compilation database for them.

set -eu

comma='['
i=1
while [ $i -le 22 ]; do
	for side in plain converted; do
		printf '#include "x.h"\nint f%d(void) { return (VALUE); }\n' \
		    $i > $side/u$i.c
	done
	printf '%s{ "directory": "%s/plain", "file": "u%d.c",\n' "$comma" \
	    "$(pwd)" $i
	printf '  "arguments": ["%s", "-c", "u%d.c"] }' "$1" $i
	comma=,
	i=$((i + 1))
done
printf ']\n'
