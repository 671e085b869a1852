#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Convert a copy of the example tree and run it: before, after, and after with
# virtual stacks.  Fails if one of the claims that it prints does not hold.
#
# usage: demo.sh [VNETIZE]

set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
vnetize=${1:-$top/build/bin/vnetize}
case $vnetize in
/*) ;;
*) vnetize=$(pwd)/$vnetize ;;
esac
list=$top/globals-lists/minibsd.list

work=$(mktemp -d "${TMPDIR:-/tmp}/vnetize-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

say() {
	printf '\n== %s\n' "$*"
}

# quietly COMMAND ...: its output is of interest only if it fails.
quietly() {
	"$@" > "$work/log" 2>&1 || {
		status=$?
		cat "$work/log" >&2
		echo "demo: '$*' ended with $status" >&2
		exit 1
	}
}

# convert OPTION ...: vnetize over the tree; remarks (1) are no failure.
convert() {
	"$vnetize" "--globals=$list" "$@" . || {
		status=$?
		[ $status -eq 1 ] || {
			echo "demo: vnetize ended with $status" >&2
			exit 1
		}
	}
}

cp -R "$top/examples/minibsd" "$work/minibsd"
cd "$work/minibsd"

say "The tree as it is: one network stack, plain variables"
quietly make -s BUILD=../plain
quietly make -s compdb
../plain/minibsd > ../plain.out
echo "minibsd runs, and prints $(wc -l < ../plain.out) lines"

say "What vnetize --globals=minibsd.list would change (first 60 lines)"
convert -q > ../minibsd.diff
head -n 60 ../minibsd.diff
echo "... $(grep -c '^+++ ' ../minibsd.diff) files," \
    "$(grep -c '^+[^+]' ../minibsd.diff) lines in all"

say "vnetize --in-place"
convert --in-place

say "Converted, without VIMAGE: the same output, byte for byte?"
quietly make -s BUILD=../converted
../converted/minibsd > ../converted.out
cmp ../plain.out ../converted.out || exit 1
echo "yes"

say "A second run finds nothing to do?"
convert -q > ../again.diff
if [ -s ../again.diff ]; then
	cat ../again.diff
	exit 1
fi
echo "it finds nothing"

say "Converted, with VIMAGE: three stacks, each with values of its own"
quietly make -s BUILD=../virtual VIMAGE=1
../virtual/minibsd > ../virtual.out
awk -f "$top/examples/stacks.awk" ../virtual.out
