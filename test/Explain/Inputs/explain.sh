#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Compile the parts one/x.c and other/x.c of a test, without debug data and
# with it, and compare what is told of them with the part "expect".  Offsets
# are the compiler's: they become N unless -n is given.
#
# usage: explain.sh [-ns] [-f FLAGS] [-o OPTION] EXPLAIN TEST DIR COMPILER ...
#   -s         sort: compilers have sections in another order
#   -f FLAGS   for the compiler
#   -o OPTION  for unittests/explain

set -eu

flags=-O2
option=
sort=cat
offsets='s/+[0-9][0-9]*: /+N: /'
while getopts f:no:s opt; do
	case $opt in
	f)	flags=$OPTARG ;;
	n)	offsets= ;;
	o)	option=$OPTARG ;;
	s)	sort=sort ;;
	*)	exit 2 ;;
	esac
done
shift $((OPTIND - 1))
explain=$1
test=$2
dir=$3
shift 3

rm -rf "$dir"
split-file "$test" "$dir"
cd "$dir"
for compiler; do
	# How LLVM is told not to put strings together, by version.
	$compiler -x c -c /dev/null -o /dev/null 2> /dev/null ||
	    compiler="${compiler%% -mllvm *} -mllvm -ppc-global-merge=0"
	for side in one other; do
		for g in "" -g; do
			(cd $side && $compiler $flags $g -ffreestanding \
			    -fno-pic -fno-common -w -c x.c -o x$g.o)
		done
	done
	status=0
	"$explain" $option one/x.o other/x.o one/x-g.o other/x-g.o >told ||
	    status=$?
	sed "$offsets" told | $sort >told.sed
	diff -u expect told.sed || {
		echo "$0: this is of $compiler $flags" >&2
		exit 1
	}
	expected=1
	test -s expect || expected=0
	test $status -eq $expected
done
