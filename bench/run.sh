#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# How long vnetize takes, without --verify-parse and with it, next to what the
# compiler takes to parse the same units once: all in one run, one after the
# other, with as many jobs.
#
# usage: bench/run.sh [-b BINDIR] [-j JOBS] [-n TIMES] [-p DATABASE | -s TREE]
#	     [-e | -r ROOT] LIST PATH ... [-- VNETIZE-OPTION ...]
#
# Units are the .c files under the PATHs and those under ROOT (default: the
# PATHs) that mention a name of the list; with -e those that vnetize parses.
# TREE is the root of a kernel's sources.  Best of TIMES (3).
# $CLANG is the compiler (default: clang-19).

set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
bin=$top/build/bin jobs=$(nproc) times=3 database= tree= root= exact=

usage() {
	sed -n 's/^# usage: /usage: /p; s/^#	     /	   /p' "$0" >&2
	exit 2
}

while getopts b:ej:n:p:r:s: option; do
	case $option in
	e) exact=yes ;;
	b) bin=$(cd "$OPTARG" && pwd) ;;
	j) jobs=$OPTARG ;;
	n) times=$OPTARG ;;
	p) database=$OPTARG ;;
	r) root=$OPTARG ;;
	s) tree=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || usage
list=$1
shift

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# Leave the PATHs and then the options in "$@", without the "--" between.
: > "$work/all"
n=$# options=
while [ "$n" -gt 0 ]; do
	argument=$1
	shift
	n=$((n - 1))
	if [ "$argument" = -- ] && [ -z "$options" ]; then
		options=yes
		continue
	fi
	[ -n "$options" ] || find "$argument" -name '*.c' >> "$work/all"
	set -- "$@" "$argument"
done

# The names of the list, and the files that mention one.
awk '{ sub(/#.*/, ""); sub(/.*:/, "", $1) } $1 != "" && !/^ *@/ { print $1 }' \
    "$list" > "$work/names"
if [ -n "$root" ]; then
	find "$root" -name '*.c' -print0 |
	    xargs -0 grep -lwF -f "$work/names" >> "$work/all" || :
fi
xargs -d '\n' realpath < "$work/all" | sort -u > "$work/files"

if [ -n "$exact" ]; then
	"$bin/vnetize" "--globals=$list" ${database:+-p "$database"} \
	    ${tree:+"--bsd-sys=$tree"} "--cache-dir=$work/cache" --check -v \
	    "$@" 2>&1 | sed -n 's/^vnetize: parsed //p' | sort -u \
	    > "$work/files"
fi

CC=${CLANG:-/usr/lib/llvm-19/bin/clang}
export CC
"$bin/print-units" ${database:+-p "$database"} ${tree:+-s "$tree"} \
    -c "$work/headers" \
    < "$work/files" > "$work/units"
units=$(tr -dc '\0' < "$work/units" | wc -c)

if [ "$units" -eq 0 ]; then
	echo "bench: no compile command for any of the files" >&2
	exit 2
fi

# best NAME COMMAND ...: the fastest of some runs.
best() {
	name=$1
	shift
	i=0
	while [ $i -lt "$times" ]; do
		"$bin/measure" "$work/one" "$@" > "$work/$name.out" \
		    2> "$work/$name.err" || :
		cat "$work/one" >> "$work/$name.all"
		i=$((i + 1))
	done
	sort -n "$work/$name.all" | head -n 1 > "$work/$name"
	read -r seconds memory status cpu < "$work/$name"
	printf '%-24s %8s s %8s MiB  exit %s\n' "$name" "$seconds" \
	    $((memory / 1024)) "$status"
}

printf '%s units, %s jobs, best of %s\n' "$units" "$jobs" "$times"
best clang xargs -0 -n 1 -P "$jobs" -a "$work/units" sh -c
cacheless=
if "$bin/vnetize" --help | grep -q -e --no-cache; then
	cacheless=--no-cache
fi
XDG_CACHE_HOME=$work/cache
export XDG_CACHE_HOME

# ours NAME OPTION ...: the same for vnetize, and how it compares.
ours() {
	name=$1
	shift
	best "$name" "$bin/vnetize" "--globals=$list" -j "$jobs" $cacheless \
	    ${database:+-p "$database"} ${tree:+"--bsd-sys=$tree"} "$@"
	if [ "$status" -ge 2 ]; then
		tail -n 5 "$work/$name.err" >&2
	fi
	awk 'NR == FNR { clang = $1; next }
	    { printf "ratio %.2f\n", $1 / clang }' "$work/clang" "$work/$name"
}

ours vnetize "$@"
ours vnetize-verify --verify-parse "$@"
