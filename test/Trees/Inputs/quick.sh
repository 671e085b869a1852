#!/bin/sh
# usage: quick.sh VERIFY DIR CLANG TESTS
#
# Plant the faults of the tests fault-*.test, and say how --quick ends.

inputs=$(cd "$(dirname "$0")" && pwd)
for test in "$4"/fault-*.test; do
	case $test in
	*unconverted*) continue ;;	# only VIMAGE shows it
	esac
	file=$(sed -n 's/^RUN:   \(netinet[^ ]*\) .*/\1/p' "$test")
	script=$(sed -n "s/^RUN:   '\(.*\)' >.*/\1/p" "$test")
	sh "$inputs/fault.sh" "$1" "$2" "$3" "$file" "$script" --quick |
	    sed -n "s,^[a-z]*: status ,$(basename "$test"): status ,p"
done
