# SPDX-License-Identifier: BSD-2-Clause
# The options that --help names, one a line.
/^ *-/ {
	sub(/^ +/, "")
	sub(/  .*/, "")
	gsub(/[,=\[]/, " ")
	n = split($0, words, " ")
	for (i = 1; i <= n; i++) {
		if (words[i] ~ /^--[a-z]/)
			print words[i]
		else if (words[i] ~ /^-[A-Za-z]/)
			print substr(words[i], 1, 2)
	}
}
