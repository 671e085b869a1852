# SPDX-License-Identifier: BSD-2-Clause
#
# What a machine can check of style(9).
#
# usage: awk -f style.awk FILE ...

function complain(text)
{
	printf "%s:%d: %s\n", FILENAME, FNR, text
	bad = 1
}

function columns(line, i, n)
{
	for (i = 1; i <= length(line); i++)
		n += substr(line, i, 1) == "\t" ? 8 - n % 8 : 1
	return n
}

# VN_FOLDER_FILE_H
function guard_of(file, parts, n)
{
	n = split(file, parts, "/")
	file = "VN_" parts[n - 1] "_" parts[n]
	gsub(/[^A-Za-z0-9]/, "_", file)
	return toupper(file)
}

FNR == 1 {
	c = FILENAME ~ /\.(c|h|def)$/
	body = 0
	spdx = 0
	if (c && $0 != "/*-")
		complain("the first line is not '/*-'")
}

FNR <= 3 && /SPDX-License-Identifier: BSD-2-Clause/ {
	spdx = 1
}

FNR == 3 && !spdx {
	complain("no SPDX-License-Identifier in the first three lines")
}

/[ \t]$/ {
	complain("white space at the end of the line")
}

columns($0) > 80 && !/https?:\/\// {
	complain("more than 80 columns")
}

!c {
	next
}

/^\t*     / || /^\t* +\t/ {
	complain("indented with blanks")
}

/^[ \t]*#[ \t]*define / {
	complain("no tab after '#define'")
}

/^[ \t]*typedef (struct|union|enum)/ {
	complain("typedef of a " $2)
}

/^[ \t]*\/\// {
	complain("a // comment")
}

/^[ \t]*return [^(;]/ || /^[ \t]*return\(/ {
	complain("'return' without ' ('")
}

/^[ \t](.*[^A-Za-z0-9_])?(if|for|while|switch)\(/ && !/^[ \t]*[\/ ]?\*/ {
	complain("no blank after a keyword")
}

FILENAME ~ /\.h$/ && /^#ifndef VN_/ && !guard {
	guard = 1
	if ($2 != guard_of(FILENAME))
		complain("the guard is not '" guard_of(FILENAME) "'")
}

FNR == 1 {
	guard = 0
}

/^\{/ {
	body = FNR
}

/^\}/ && body {
	if (FNR - body - 1 > 60)
		complain(sprintf("a function of %d lines", FNR - body - 1))
	body = 0
}

END {
	exit bad
}
