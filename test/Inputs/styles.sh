# SPDX-License-Identifier: BSD-2-Clause
#
# What pair.sh and undo.sh share; sourced.  They set styles, status, compile,
# paths, flags, verify, and define run_style, which works in a directory of
# its own and has set old.

# operands VNETIZE MINIBSD CC TEST DIR
operands() {
	vnetize=$1
	minibsd=$2
	cc=$3
	test=$4
	dir=$5
}

fail() {
	echo "${0##*/}: $style: $*" >&2
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
	"$vnetize" --globals=../list --root=. $verify "$@" ${paths:-.} -- \
	    -std=gnu11 -ffreestanding -nostdinc -D_KERNEL $flags -I. $old \
	    -I"$minibsd/include" -I"$minibsd" && return 0 || return $?
}

# first_run OPTION ...: with the exit status and remarks that are expected.
first_run() {
	got=0
	run "$@" > ../out 2> ../err || got=$?
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
}

# second_run OPTION ...: it makes no edits.
second_run() {
	got=0
	run "$@" > ../again 2> ../err || got=$?
	if [ -s ../again ]; then
		cat ../again
		fail "a second run makes edits"
	fi
	[ $got -eq $want_status ] || {
		cat ../err >&2
		fail "exit status of the second run is $got, not $want_status"
	}
}

# Split the test, and run each style in a directory of its own.
each_style() {
	rm -rf "$dir"
	mkdir -p "$dir"
	split-file "$test" "$dir/in"
	dir=$(cd "$dir" && pwd)
	# By a name without blanks, from the directory of a style.
	ln -s "$minibsd" "$dir/minibsd"
	minibsd=../minibsd
	: > "$dir/none"
	for part in list kinds kinds.vnet kinds.vnet2009 remarks \
	    remarks.vnet remarks.vnet2009; do
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
		old=
		[ $style = vnet ] || old=-I$minibsd/vnet2009
		mkdir "$dir/$style"
		(
			cd "$dir/$style"
			run_style
		)
	done
}
