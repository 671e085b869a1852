#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: help-matches.sh SOURCE BIN TOOL
# A tool that is not built yet has nothing to match.
[ -x "$2/$3" ] || exit 0
here=$(dirname "$0")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$2/$3" --help > "$work/help" || exit 1
awk -f "$here/options-of-help.awk" "$work/help" | sort -u > "$work/in-help"
awk -f "$here/options-of-page.awk" "$1/docs/$3.1" | sort -u > "$work/in-page"
if ! [ -s "$work/in-help" ]; then
	echo "$3 --help names no option" >&2
	exit 1
fi
diff "$work/in-help" "$work/in-page"
