#!/bin/sh
# usage: database.sh DIR FILE WORD ...
#
# Print a compilation database of one command, run in DIR: WORD ... -c FILE.

set -eu

dir=$1 file=$2
shift 2
printf '[{ "directory": "%s", "file": "%s", "arguments": [' "$dir" "$file"
for word; do
	printf '"%s", ' "$word"
done
printf '"-c", "%s"] }]\n' "$file"
