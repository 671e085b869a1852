#!/bin/sh
# usage: trees.sh DIR COMPILER [FLAG ...]
#
# Make in DIR a plain and a converted tree of three small sources, and a
# compilation database for the plain one, of the files in $FILES if that is
# set.

set -eu

inputs=$(cd "$(dirname "$0")" && pwd)
dir=$1 cc=$2
shift 2
rm -rf "$dir"
mkdir -p "$dir"
cp -R "$inputs/plain" "$inputs/converted" "$dir"
cd "$dir"
flags=
for flag in -O2 -ffreestanding -I. "$@"; do
	flags="$flags\"$flag\", "
done
comma='['
for file in ${FILES-netinet/ip_vars.c netinet/ip_input.c}; do
	printf '%s{ "directory": "%s/plain", "file": "%s",\n' "$comma" \
	    "$(pwd)" "$file"
	printf '  "arguments": ["%s", %s"-c", "%s"] }' "$cc" "$flags" "$file"
	comma=,
done > compile_commands.json
printf ']\n' >> compile_commands.json
