# SPDX-License-Identifier: BSD-2-Clause
# Lines that are wider than 80 columns, tabs being of eight; a comment behind
# the code may stick out, as it does in FreeBSD, and a directive cannot be
# broken.
!/^#/ {
	line = $0
	if (line ~ /;[ \t]*\/\*.*\*\/$/)
		sub(/[ \t]*\/\*.*\*\/$/, "", line)
	while ((i = index(line, "\t")) > 0)
		line = substr(line, 1, i - 1) \
		    substr("        ", 1, 8 - (i - 1) % 8) substr(line, i + 1)
	if (length(line) > 80)
		print FILENAME ":" FNR ": " length(line) ": " $0
}
