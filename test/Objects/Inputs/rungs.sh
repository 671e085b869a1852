#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Compile the two sources of a test and compare the objects, with each of
# several compilers.
#
# usage: rungs.sh RUNG DIR EXPECTED 2008 FLAGS COMPILER ...
#
# DIR holds plain.c and converted.c (or .s).  EXPECTED is the name of a rung,
# 2008 "same", "differs", or "-" for either.  FLAGS are the compiler's; one
# that begins with @ is for converted.c only, one with = a rename.

set -eu

rung=$1 dir=$2 expected=$3 historical=$4 flags=$5
shift 5
both= converted= renames= bad=0
for f in $flags; do
	case $f in
	@*)	converted="$converted ${f#@}" ;;
	-*)	both="$both $f" ;;
	*)	renames="$renames $f" ;;
	esac
done

# check WHAT EXPECTED GOT
check() {
	[ "$2" = - ] || [ "$2" = "$3" ] && return
	echo "$cc $flags: $1: '$3', not '$2'" >&2
	bad=1
}

cd "$dir"
for cc; do
	for f in plain.[cs]; do
		"$cc" $both -c -o plain.o "$f"
		# The same name, so that it is in no object.
		rm -rf other
		mkdir other
		cp "converted.${f##*.}" "other/$f"
		(cd other && "$cc" $both $converted -c -o ../converted.o "$f")
	done
	check rung "$expected" "$("$rung" plain.o converted.o $renames)"
	[ -n "$renames" ] ||
	    check 'the other way' "$expected" "$("$rung" converted.o plain.o)"
	check itself bytes "$("$rung" plain.o plain.o)"
	check 2008 "$historical" "$("$rung" -h plain.o converted.o)"
	case $expected in
	bytes | debug) feed=same ;;
	*) feed=differs ;;
	esac
	check sum $feed "$("$rung" -f plain.o converted.o)"
done
exit $bad
