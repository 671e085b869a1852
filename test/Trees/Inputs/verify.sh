#!/bin/sh
# usage: verify.sh VERIFY OPTION ...
#
# Verify the trees that trees.sh made in the current directory, and say how it
# ends; all on standard output.

verify=$1
shift
timeout 300 "$verify" -p . --plain=plain --converted=converted --work=work \
    "$@" 2>&1
echo "status $?"
