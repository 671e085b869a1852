# SPDX-License-Identifier: BSD-2-Clause
#
# Has each file a row below its folder's heading?
#
# usage: awk -f rows.awk PAGE FILE ...

BEGIN {
	while ((getline line < ARGV[1]) > 0) {
		if (line ~ /^### /) {
			folder = line
			sub(/^### /, "", folder)
			sub(/:.*/, "", folder)
		} else if (line ~ /^\| `[^`]*` \|/) {
			split(line, cells, "`")
			known[folder "/" cells[2]] = 1
		}
	}
	for (i = 2; i < ARGC; i++)
		if (!(ARGV[i] in known)) {
			print ARGV[i] ": no row in " ARGV[1]
			bad = 1
		}
	exit bad
}
