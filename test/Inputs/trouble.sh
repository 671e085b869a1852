#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: trouble.sh COMMAND [ARGUMENT ...]
#
# Run a command that has to end with trouble: exit status 2, nothing on
# standard output, and the current directory as it was.  What it says on
# standard error comes out on standard output.

set -eu

fail() {
	echo "trouble.sh: $*" >&2
	exit 1
}

work=$(mktemp -d "${TMPDIR:-/tmp}/vnetize-test.XXXXXX")
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cp -Rp . "$work/before"
status=0
"$@" > "$work/out" 2> "$work/err" || status=$?
cat "$work/err"
[ $status -eq 2 ] || fail "exit status $status, not 2"
[ ! -s "$work/out" ] || fail "there is standard output: $(cat "$work/out")"
diff -r "$work/before" . >&2 || fail "files have changed"
