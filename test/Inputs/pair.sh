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

styles='vnet vnet2009'
status=
again=yes
compile=yes
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
vnetize=$1
minibsd=$2
cc=$3
test=$4
dir=$5

fail() {
	echo "pair.sh: $style: $*" >&2
	exit 1
}

# build WHAT FLAG ...: compile every source of the current directory.
build() {
	what=$1
	shift
	[ $compile = yes ] || return 0
	for source in $(find . -name '*.c'); do
		# shellcheck disable=SC2086
		"$cc" -std=gnu11 -fno-common -fsyntax-only -w \
		    -ffreestanding -nostdinc -D_KERNEL $flags "$@" \
		    -I. $old -I"$minibsd/include" -I"$minibsd" "$source" ||
			fail "$source does not compile: $what"
	done
}

# convert OPTION ...: its exit status.
convert() {
	# shellcheck disable=SC2086
	"$vnetize" --globals=../list --root=. "$@" ${paths:-.} -- -std=gnu11 \
	    -ffreestanding -nostdinc -D_KERNEL $flags -I. $old \
	    -I"$minibsd/include" -I"$minibsd" && return 0 || return $?
}

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
	old=
	[ $style = vnet ] || old=-I$minibsd/vnet2009
	mkdir "$dir/$style"
	cd "$dir/$style"
	cp -R ../in/. .
	find . -name '*.expected' -o -name '*.vnet' -o -name '*.vnet2009' |
		xargs rm -f
	build "the input"
	got=0
	convert -i > ../out 2> ../err || got=$?
	cat ../err >&2
	[ $got -eq $want_status ] ||
		fail "exit status $got, not $want_status"
	cp ../err "../err.$style"
	grep '^remark: \|^[^ ]*: remark: ' ../err > ../got || :
	case $remarks in
	*kinds*) sed -i 's/ remark: .* \[\(.*\)\]$/ \1/' ../got ;;
	esac
	diff -u $remarks ../got ||
		fail "the remarks are not the expected ones"
	compare_files
	build "the result without VIMAGE"
	build "the result with VIMAGE" -DVIMAGE
	[ $again = yes ] || return 0
	remarks ../err > ../remarks.1
	got=0
	convert > ../again 2> ../err || got=$?
	if [ -s ../again ]; then
		cat ../again
		fail "a second run makes edits"
	fi
	[ $got -eq $want_status ] || {
		cat ../err >&2
		fail "exit status of the second run is $got, not $want_status"
	}
	remarks ../err > ../remarks.2
	diff -u ../remarks.1 ../remarks.2 ||
		fail "the second run has other remarks"
}

rm -rf "$dir"
mkdir -p "$dir"
split-file "$test" "$dir/in"
dir=$(cd "$dir" && pwd)
# By a name without blanks, from the directory of a style.
ln -s "$minibsd" "$dir/minibsd"
minibsd=../minibsd
: > "$dir/none"
for part in list kinds kinds.vnet kinds.vnet2009 remarks remarks.vnet \
    remarks.vnet2009; do
	[ ! -e "$dir/in/$part" ] || mv "$dir/in/$part" "$dir"
done
for style in $styles; do
	remarks=../none
	for part in kinds "kinds.$style" remarks "remarks.$style"; do
		[ ! -e "$dir/$part" ] || remarks=../$part
	done
	want_status=$status
	if [ -z "$status" ]; then
		want_status=0
		[ $remarks = ../none ] || want_status=1
	fi
	(run_style)
done
