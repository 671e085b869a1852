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
#  - a second run makes no edits, and leaves the same remarks;
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
vnetize=$1
minibsd=$2
cc=$3
test=$4
dir=$5

fail() {
	echo "undo.sh: $style: $*" >&2
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

# run OPTION ...: vnetize's exit status.
run() {
	# shellcheck disable=SC2086
	"$vnetize" --globals=../list --root=. $verify "$@" ${paths:-.} -- -std=gnu11 \
	    -ffreestanding -nostdinc -D_KERNEL $flags -I. $old \
	    -I"$minibsd/include" -I"$minibsd" && return 0 || return $?
}

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
	old=
	[ $style = vnet ] || old=-I$minibsd/vnet2009
	mkdir "$dir/$style"
	cd "$dir/$style"
	files=$(cd ../in && find . -type f |
		sed 's/\.plain$//; s/\.vnet$//; s/\.vnet2009$//' | sort -u)
	for file in $files; do
		mkdir -p "$(dirname "$file")"
		cp "$(part_of "$file")" "$file"
	done
	build "the input"
	build "the input with VIMAGE" -DVIMAGE
	got=0
	run --style=none -i > ../out 2> ../err || got=$?
	cat ../err >&2
	[ $got -eq $want_status ] ||
		fail "exit status $got, not $want_status"
	grep '^remark: \|^[^ ]*: remark: ' ../err > ../got || :
	case $remarks in
	*kinds*) sed -i 's/ remark: .* \[\(.*\)\]$/ \1/' ../got ;;
	esac
	diff -u $remarks ../got ||
		fail "the remarks are not the expected ones"
	compare_files undo .plain
	build "the result"
	if [ $again = yes ]; then
		got=0
		run --style=none > ../again 2> ../err || got=$?
		if [ -s ../again ]; then
			cat ../again
			fail "a second run makes edits"
		fi
		[ $got -eq $want_status ] ||
			fail "exit status of the second run is $got"
	fi
	[ $back = yes ] || return 0
	run -q -i || fail "the result is not converted: $?"
	compare_files "converted again" ''
}

rm -rf "$dir"
mkdir -p "$dir"
split-file "$test" "$dir/in"
dir=$(cd "$dir" && pwd)
# By a name without blanks, from the directory of a style.
ln -s "$minibsd" "$dir/minibsd"
minibsd=../minibsd
: > "$dir/none"
for part in list kinds remarks; do
	[ ! -e "$dir/in/$part" ] || mv "$dir/in/$part" "$dir"
done
for style in $styles; do
	remarks=../none
	for part in kinds remarks; do
		[ ! -e "$dir/$part" ] || remarks=../$part
	done
	want_status=$status
	if [ -z "$status" ]; then
		want_status=0
		[ $remarks = ../none ] || want_status=1
	fi
	(run_style)
done
