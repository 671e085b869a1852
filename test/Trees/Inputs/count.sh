#!/bin/sh
# usage, as a launcher: count.sh COMPILER WORD ...
#
# Note beside this file which source is compiled, and from which copy.

for word; do
	case $word in
	-c)	compiles=yes ;;
	-frandom-seed=*) name=${word#*=} ;;
	-ffile-prefix-map=*=.)
		side=${word%=.}
		side=${side##*/} ;;
	esac
done
test -z "$compiles" || echo "$side $name" >> "$(dirname "$0")/log"
exec "$@"
