#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Configure a build directory, if that was not done yet, and build in it.
#
# usage: build.sh DIR [CMAKE-OPTION ...]

set -eu

dir=$1
shift
top=$(cd "$(dirname "$0")/.." && pwd)

# A tree that was moved or copied has a cache that points elsewhere.
if [ -f "$dir/CMakeCache.txt" ] && ! grep -qxF \
    "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$dir/CMakeCache.txt"; then
	echo "build: $dir was configured for another place, starting afresh"
	rm -rf "$dir"
fi
if [ ! -f "$dir/build.ninja" ]; then
	cmake -S "$top" -B "$dir" -G Ninja "$@"
fi
exec cmake --build "$dir"
