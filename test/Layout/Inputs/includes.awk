# SPDX-License-Identifier: BSD-2-Clause
#
# Does each #include obey the table in docs/architecture.md?
#
# usage: awk -f includes.awk docs/architecture.md FILE ...
# Run in the top directory; the files are named from there.

function complain(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}

# The folder that has a row: lib/X, tools/x, unittests.
function folder_of(file, parts)
{
	split(file, parts, "/")
	return parts[1] == "unittests" ? parts[1] : parts[1] "/" parts[2]
}

function exists(file, line, got)
{
	got = (getline line < file)
	close(file)
	return got >= 0
}

function read_row(i, n, cells, words)
{
	n = split($0, cells, "|")
	gsub(/[ \t]/, "", cells[2])
	if (cells[2] == "folder" || cells[2] ~ /^-+$/)
		return
	known[cells[2]] = 1
	may[cells[2], cells[2]] = 1
	if (cells[3] ~ /all of them/)
		all[cells[2]] = 1
	gsub(/[`,]/, " ", cells[3])
	n = split(cells[3], words, " ")
	for (i = 1; i <= n; i++)
		may[cells[2], words[i]] = 1
}

FILENAME == ARGV[1] {
	if (/^## /)
		inside = /Who may include what/
	if (inside && /^\|/)
		read_row()
	next
}

FNR == 1 {
	folder = folder_of(FILENAME)
	directory = FILENAME
	sub(/[^\/]*$/, "", directory)
	if (!(folder in known))
		complain("'" folder "' has no row in docs/architecture.md")
}

# Libraries that only one folder is to know.
/^[ \t]*#[ \t]*include[ \t]*<(clang-c|elfutils|capstone)\// {
	split($0, angled, /[<\/]/)
	if (!((folder, angled[2] "/*.h") in may))
		complain("'" folder "' may not include " angled[2])
}

/^[ \t]*#[ \t]*include[ \t]*<(libelf|gelf)\.h>/ {
	split($0, angled, /[<>]/)
	if (!((folder, angled[2]) in may))
		complain("'" folder "' may not include " angled[2])
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	name = quoted[2]
	if (name !~ /\//) {
		if (!exists(directory name))
			complain("no '" name "' in this folder")
		next
	}
	target = "lib/" substr(name, 1, index(name, "/") - 1)
	if (!(target in known) || !exists("lib/" name))
		complain("no '" name "' in lib")
	else if (!((folder, target) in may) && !(folder in all))
		complain("'" folder "' may not include '" target "'")
}

END {
	exit bad
}
