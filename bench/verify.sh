#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# How long vnetize-verify-md5 takes: compiling both trees, next to ninja alone
# on the build file that it writes; and the processor time of --quick, next to
# that of compiling both sides.  All from nothing, one after the other.
#
# usage: bench/verify.sh [-b BINDIR] [-j JOBS] [-n TIMES] DATABASE PLAIN
#	     CONVERTED [PATH ...] [-- VERIFY-OPTION ...]
#
# Best of TIMES (3).

set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
bin=$top/build/bin jobs=$(nproc) times=3

usage() {
	sed -n 's/^# usage: /usage: /p; s/^#	     /	   /p' "$0" >&2
	exit 2
}

while getopts b:j:n: option; do
	case $option in
	b) bin=$(cd "$OPTARG" && pwd) ;;
	j) jobs=$OPTARG ;;
	n) times=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -ge 3 ] || usage
database=$1 plain=$2 converted=$3
shift 3

work=$(mktemp -d "${TMPDIR:-/tmp}/vnetize-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# once NAME COMMAND ...: run it, and add its figures to those of the name.
once() {
	name=$1
	shift
	"$bin/measure" "$work/one" "$@" > "$work/$name.out" \
	    2> "$work/$name.err" || :
	cat "$work/one" >> "$work/$name.all"
}

verify() {
	name=$1
	shift
	rm -rf "$work/private"
	once "$name" "$bin/vnetize-verify-md5" -p "$database" \
	    "--plain=$plain" "--converted=$converted" -j "$jobs" \
	    "--work=$work/private" "$@"
}

# Ninja once more on the build file for all steps, with nothing built.  The
# run with --no-explain wrote no other.
again() {
	(cd "$work/private" && find step record object -type f -delete)
	once ninja ninja -C "$work/private" -j "$jobs" -k 0
}

i=0
while [ "$i" -lt "$times" ]; do
	verify full "$@"
	verify judged --no-explain "$@"
	again
	verify quick --quick --no-explain "$@"
	i=$((i + 1))
done

# show NAME COLUMN: the smallest of a column, and the run's exit status.
show() {
	sort -n -k "$2" "$work/$1.all" | head -n 1 > "$work/$1"
	awk -v name="$1" '{ printf "%-10s %8.2f s wall %8.2f s cpu  exit %s\n",
	    name, $1, $4, $3 }' "$work/$1"
}

# ratio NAME OTHER COLUMN WORDS: how two compare.
ratio() {
	awk -v k="$3" -v words="$4" 'NR == FNR { one = $k; next }
	    { printf "%s %.2f\n", words, one / $k }' "$work/$1" "$work/$2"
}

sed -n '/ objects* = /p' "$work/full.out"
printf '%s jobs, best of %s\n' "$jobs" "$times"
show ninja 1
show judged 1
ratio judged ninja 1 'compiling and comparing, to ninja alone:'
show full 1
ratio full ninja 1 'with explanations, to ninja alone:'
show ninja 4
show quick 4
ratio quick ninja 4 'processor time of --quick, to compiling both:'
sed -n '/ told from tokens/p' "$work/quick.out"
