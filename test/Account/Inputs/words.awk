# SPDX-License-Identifier: BSD-2-Clause
#
# usage: awk -f words.awk LIST SOURCE ...: how many words of the list stand in
# the sources outside of comments, strings, characters and names of includes.

FNR == 1 { file++; comment = 0 }

file == 1 {
	sub(/#.*/, "")
	sub(/.*:/, "", $1)
	if ($1 != "" && $1 !~ /^@/)
		listed[$1] = 1
	next
}

{ count($0) }

END { print n }

# Cut off the first token of the line; an identifier is returned.
function token(   word) {
	if (comment) {
		if (!match(line, /\*\//))
			line = ""
		else {
			line = substr(line, RSTART + 2)
			comment = 0
		}
		return ""
	}
	if (line ~ /^\/\*/)
		comment = 1
	if (line ~ /^\/\//)
		line = ""
	else if (match(line, /^"(\\.|[^"\\])*"/) ||
	    match(line, /^'(\\.|[^'\\])*'/) || match(line, /^\/\*/))
		line = substr(line, RLENGTH + 1)
	else if (match(line, /^[A-Za-z_0-9]+/)) {
		word = substr(line, 1, RLENGTH)
		line = substr(line, RLENGTH + 1)
	} else
		line = substr(line, 2)
	return word
}

function count(text) {
	line = text
	if (!comment && line ~ /^[ \t]*#[ \t]*include/)
		return
	while (line != "")
		n += token() in listed
}
