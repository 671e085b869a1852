#!/bin/sh
# usage: fault.sh VERIFY DIR CLANG FILE SCRIPT [OPTION ...]
#
# Plant a fault by a sed(1) script in FILE of the converted tree, verify with
# clang and with gcc, and print what is said.  Each has to end with 1, and to
# find no fault before it is planted.

set -u

inputs=$(cd "$(dirname "$0")" && pwd)
verify=$1 dir=$2 clang=$3 file=$4 script=$5
shift 5

# run NAME OPTION ...: the exit status is left in $status.
run() {
	log=$dir/$1
	shift
	"$verify" -p "$dir" --plain="$dir/plain" --converted="$dir/converted" \
	    --work="$dir/work" "$@" > "$log" 2>&1
	status=$?
}

for cc in "$clang" gcc; do
	sh "$inputs/trees.sh" "$dir" "$cc" || exit 3
	run before "$@"
	if [ $status -ne 0 ]; then
		echo "$cc: ends with $status before there is a fault"
		cat "$dir/before"
		exit 3
	fi
	sed -i "$script" "$dir/converted/$file"
	if cmp -s "$dir/converted/$file" "$inputs/converted/$file"; then
		echo "$cc: no fault was planted"
		exit 3
	fi
	run after "$@"
	echo "$(basename "$cc"): status $status"
	cat "$dir/after"
done
