#!/bin/sh
# usage: minibsd.sh DIR COMPILER VNETIZE LISTS
#
# Convert DIR/converted, and write DIR/db.json for the sources of DIR/plain.

set -eu
cd "$1"
{
	comma='['
	for file in $(cd plain && echo [dknh]*/*.c net*/*.c); do
		echo "$comma { \"directory\": \"$1/plain\", \"file\": \"$file\","
		echo "\"arguments\": [\"$2\", \"-O2\", \"-ffreestanding\","
		echo "\"-nostdinc\", \"-Iinclude\", \"-I.\", \"-D_KERNEL\", \"-DINET6\","
		echo "\"-c\", \"$file\"] }"
		comma=,
	done
	echo ']'
} > db.json
mkdir other
sed "s,$1/plain,$1/converted," db.json > other/compile_commands.json
"$3" -q -i --globals="$4/minibsd.list" -p other converted || test $? -eq 1
