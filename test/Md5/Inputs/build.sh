#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: build.sh CC [FLAG ...]
#
# Compile each .c file below plain/ and converted/, with its name as seen from
# there and nothing of the directory, to an object beside it.

set -eu

for tree in plain converted; do
	(
		cd "$tree"
		find . -name '*.c' | sort | while read -r file; do
			file=${file#./}
			"$@" "-ffile-prefix-map=$PWD=." -c -o "${file%.c}.o" "$file"
		done
	)
done
