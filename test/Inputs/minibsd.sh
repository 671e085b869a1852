#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: minibsd.sh MINIBSD DIR [VARIABLE=VALUE ...]
#
# Copy the example tree to DIR/tree, with a compilation database; the make(1)
# variables are for that.

set -eu

minibsd=$1
dir=$2
shift 2
rm -rf "$dir"
mkdir -p "$dir"
cp -R "$minibsd" "$dir/tree"
cd "$dir/tree"
rm -rf build
make -s compdb "$@"
