#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Convert the sources of a test and compare each file with what is expected.
#
# Remarks of a run are left in DIR/err.STYLE.
#
# usage: pair.sh [-s STYLE] [-x STATUS] [-b] [-n] [-p PATH] [-f FLAG]
#            VNETIZE MINIBSD CC TEST DIR
#
# The parts of TEST (split-file) are `list`, the sources, and for each source F
# that changes F.expected, or F.vnet and F.vnet2009 where the styles differ.
# A source without such a part has to stay as it is.  A part `remarks` holds
# the remarks (remarks.vnet2009: in that style), or `kinds` their
# places and kinds; without it there are none.  Then, for each style:
#  - what was there compiles, and so does the result, with VIMAGE and without;
#  - a second run makes no edits, and leaves the same remarks.
#
#	-s STYLE	that style only
#	-x STATUS	exit status, if not 0 (1 with a part `remarks`)
#	-b		no second run
#	-n		do not compile
#	-p PATH		PATH of vnetize, if not all
#	-f FLAG		another flag of the compiler, repeatable
# FLAG, PATH and names of files hold no blanks.

set -eu

. "$(dirname "$0")/styles.sh"

styles='vnet vnet2009'
status=
again=yes
compile=yes
verify=
paths=
flags=
while getopts s:x:bnp:f: option; do
	case $option in
	s) styles=$OPTARG ;;
	x) status=$OPTARG ;;
	b) again=no ;;
	n) compile=no ;;
	p) paths="$paths $OPTARG" ;;
	f) flags="$flags $OPTARG" ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
operands "$@"

# Remarks without their lines, which edits move.
remarks() {
	sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: \(remark: .*\)/\1: \2/p; /^remark: /p' \
	    "$1" | sed 's/\([^ ]*\):[0-9][0-9]*:[0-9]*/\1/g; s/:[0-9][0-9]*//g'
}

compare_files() {
	for file in $(cd ../in && find . -type f | sort); do
		case $file in
		*.expected | *.vnet | *.vnet2009) continue ;;
		esac
		want=../in/$file
		[ ! -e "$want.expected" ] || want=$want.expected
		[ ! -e "../in/$file.$style" ] || want=../in/$file.$style
		diff -u "$want" "$file" ||
			fail "$file is not as expected (-) but so (+)"
	done
}

run_style() {
	cp -R ../in/. .
	find . -name '*.expected' -o -name '*.vnet' -o -name '*.vnet2009' |
		xargs rm -f
	build "the input"
	first_run -i
	compare_files
	build "the result without VIMAGE"
	build "the result with VIMAGE" -DVIMAGE
	[ $again = yes ] || return 0
	remarks ../err > ../remarks.1
	second_run
	remarks ../err > ../remarks.2
	diff -u ../remarks.1 ../remarks.2 ||
		fail "the second run has other remarks"
}

each_style
