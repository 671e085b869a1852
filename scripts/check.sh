#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Build in every way that is to work, run all tests with each build, and count.
# The last line is `N passed, N failed, N skipped`; a failure of any kind,
# a build that does not build too, ends with 1.
#
# usage: check.sh [-q BUILD [TEST ...]]
#	-q	only the build directory BUILD, as it stands, and of its
#		tests only those whose name matches a TEST

set -u

cd "$(dirname "$0")/.." || exit 2
top=$(pwd)
passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/vnetize-check.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

say() {
	printf '== %s\n' "$*"
}

fail() {
	printf 'check: %s\n' "$*" >&2
	failed=$((failed + 1))
}

# lit ARGUMENT ...: whichever lit there is.
lit() {
	for v in 19 20 21 22; do
		for f in /usr/lib/llvm-$v/build/utils/lit/lit.py \
		    /usr/lib/llvm-$v/bin/lit; do
			if [ -f "$f" ]; then
				PYTHONDONTWRITEBYTECODE=1 python3 "$f" "$@"
				return
			fi
		done
	done
	command lit "$@"
}

# count FILE CODE ...: how many tests lit's JSON gives one of the codes.
count() {
	file=$1
	shift
	for code; do
		printf '"code": "%s"\n' "$code"
	done | grep -cF -f - "$file"
}

# suites DIR [TEST ...]: run the tests of the build in DIR, and add them up.
# Many a test would trip over a blank in the name of its own file, so from a
# directory like that a copy of the tests is run elsewhere; the programs are
# the same.
suites() {
	build=$top/$1
	name=$(basename "$1")
	shift
	set -- ${1+--filter "$(echo "$*" | tr ' ' '|')"}
	case $top in
	*[!A-Za-z0-9_./+-]*)
		mkdir -p "$work/$name"
		cp -R test "$work/tests.$name"
		set -- "--param=tests=$work/tests.$name" \
		    "--param=work=$work/$name" "$@"
		;;
	esac
	# Reports go to files, since a worker's or an expected failure's would
	# pass unseen.
	mkdir -p "$work/reports.$name"
	options="abort_on_error=1:log_path=$work/reports.$name/report"
	ASAN_OPTIONS=detect_leaks=1:$options \
	UBSAN_OPTIONS=print_stacktrace=1:$options \
	    lit -s --no-progress-bar -v --output "$work/$name.json" "$@" \
	    "$build/unittests" "$build/test" </dev/null
	status=$?
	add "$name" $status
	for f in "$work/reports.$name"/*; do
		[ -f "$f" ] || continue
		fail "$name: a sanitizer reports"
		cat "$f" >&2
	done
}

# add NAME STATUS: the counts of a run of lit.
add() {
	json=$work/$1.json
	if [ ! -f "$json" ]; then
		fail "$1: lit ended with $2"
		return
	fi
	p=$(count "$json" PASS FLAKYPASS XFAIL)
	f=$(count "$json" FAIL XPASS UNRESOLVED TIMEOUT)
	s=$(count "$json" UNSUPPORTED SKIPPED EXCLUDED)
	if [ "$p" -eq 0 ] || { [ "$2" -ne 0 ] && [ "$f" -eq 0 ]; }; then
		fail "$1: lit ended with $2 after $p tests"
	fi
	say "$1: $p passed, $f failed, $s skipped"
	passed=$((passed + p))
	failed=$((failed + f))
	skipped=$((skipped + s))
}

# one DIR CMAKE-OPTION ...: build and test.
one() {
	say "$*"
	if scripts/build.sh "$@"; then
		suites "$1"
	else
		fail "$1: it does not build"
	fi
}

if [ "${1-}" = -q ]; then
	shift
	suites "$@"
else
	one build -DCMAKE_C_COMPILER=gcc
	clang=/usr/lib/llvm-19/bin/clang
	if [ -x "$clang" ]; then
		one build-asan -DVNETIZE_SANITIZE=ON \
		    "-DCMAKE_C_COMPILER=$clang"
	else
		one build-asan -DVNETIZE_SANITIZE=ON
	fi
	if [ -f /usr/lib/llvm-22/include/clang-c/Index.h ]; then
		one build-llvm22 -DVNETIZE_LLVM=22
	fi
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
