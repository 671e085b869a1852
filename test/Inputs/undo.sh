#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Undo the sources of a test (--style=none) and compare each file with what is
# expected.
#
# usage: undo.sh [-s STYLE] [-x STATUS] [-b] [-n] [-r] [-v] [-p PATH] [-f FLAG]
#            VNETIZE MINIBSD CC TEST DIR
#
# The parts of TEST (split-file) are `list`; the virtualized sources, F, or
# F.vnet and F.vnet2009 where the styles differ; and for each that changes
# F.plain.  A source without such a part has to stay as it is.  A part
# `remarks` holds the remarks, or `kinds` their places and kinds; without it
# there are none.  Then, for each style:
#  - what was there compiles, without VIMAGE and with it, and the result does
#    without;
#  - a second run makes no edits, and ends with the same status;
#  - a conversion makes what was there again.
#
#	-s STYLE	that style only
#	-x STATUS	exit status, if not 0 (1 with remarks)
#	-b		no second run
#	-n		do not compile
#	-r		do not convert again
#	-v		--no-verify-parse
#	-p PATH		PATH of vnetize, if not all
#	-f FLAG		another flag of the compiler, repeatable
# FLAG, PATH and names of files hold no blanks.

set -eu

. "$(dirname "$0")/styles.sh"

styles='vnet vnet2009'
status=
again=yes
compile=yes
back=yes
verify=
paths=
flags=
while getopts s:x:bnrvp:f: option; do
	case $option in
	s) styles=$OPTARG ;;
	x) status=$OPTARG ;;
	b) again=no ;;
	n) compile=no ;;
	r) back=no ;;
	v) verify=--no-verify-parse ;;
	p) paths="$paths $OPTARG" ;;
	f) flags="$flags $OPTARG" ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
operands "$@"

# The name of a source's part for this style.
part_of() {
	[ ! -e "../in/$1.$style" ] || { echo "../in/$1.$style"; return; }
	echo "../in/$1"
}

# compare WHAT SUFFIX: all sources; with SUFFIX where there is such a part.
compare_files() {
	for file in $files; do
		want=$(part_of "$file")
		[ -z "$2" ] || [ ! -e "../in/$file$2" ] || want=../in/$file$2
		diff -u "$want" "$file" ||
			fail "$1: $file is not as expected (-) but so (+)"
	done
}

run_style() {
	files=$(cd ../in && find . -type f |
		sed 's/\.plain$//; s/\.vnet$//; s/\.vnet2009$//' | sort -u)
	for file in $files; do
		mkdir -p "$(dirname "$file")"
		cp "$(part_of "$file")" "$file"
	done
	build "the input"
	build "the input with VIMAGE" -DVIMAGE
	first_run --style=none -i
	compare_files undo .plain
	build "the result"
	[ $again = no ] || second_run --style=none
	[ $back = yes ] || return 0
	run -q -i || fail "the result is not converted: $?"
	compare_files "converted again" ''
}

each_style
