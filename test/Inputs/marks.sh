#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Convert text that nothing compiles, and compare the uses found with marks.
#
# usage: marks.sh [-c] VNETIZE MINIBSD TEST DIR
#
# TEST (split-file) holds sources.  Each use of the external variable foo in
# them is written foo/*V*/, each token that a person has to look at foo/*?*/;
# any other foo means something else.  Where the text is C, -c has it compiled
# as well, with "#if 0" turned to "#if 1": the compiler has to find the same.

set -eu

compile=no
[ "$1" != -c ] || { compile=yes; shift; }
vnetize=$1
minibsd=$2
test=$3
dir=$4

fail() {
	echo "marks.sh: $*" >&2
	exit 1
}

# judge WHAT: convert the sources of the current directory.
judge() {
	printf '#include <net/vnet.h>\nextern int foo;\n' > foo.h
	printf '#include <net/vnet.h>\n#include "foo.h"\nint foo;\n' > foo.c
	for source in *.c; do
		[ "$source" = foo.c ] || sed -e '1i\
#include <net/vnet.h>\
#include "foo.h"' -i "$source"
		sed 's,foo/[*]V[*]/,V_&,g' "$source" > "../want.$source"
	done
	cat ./*.c > ../before
	got=0
	"$vnetize" --globals=../list --root=. -i . -- -std=gnu11 -w \
	    -Wno-implicit-int \
	    -Wno-implicit-function-declaration -Wno-int-conversion \
	    -ffreestanding -nostdinc -D_KERNEL -I. -I"$minibsd/include" \
	    -I"$minibsd" > ../out 2> ../remarks || got=$?
	[ $got -le 1 ] || fail "$1: $(cat ../remarks)"
	for source in *.c; do
		[ "$source" = foo.c ] || diff -u "../want.$source" "$source" ||
			fail "$1: $source is not as marked (-) but so (+)"
	done
	grep ': remark: ' ../remarks > ../unsure || :
	[ "$(grep -c '\[unsure\]$' ../unsure)" -eq \
	    "$(grep -o 'foo/[*]?[*]/' ../before | wc -l)" ] ||
		fail "$1: other remarks than marked: $(cat ../remarks)"
}

rm -rf "$dir"
mkdir -p "$dir/on"
split-file "$test" "$dir/off"
cp "$dir/off"/* "$dir/on"
echo foo > "$dir/list"
cd "$dir/off"
judge "by tokens"
if [ $compile = yes ]; then
	cd ../on
	sed -i 's/^#if 0$/#if 1/' ./*
	judge "by the compiler"
fi
