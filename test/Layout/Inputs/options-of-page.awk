# SPDX-License-Identifier: BSD-2-Clause
# The options that a page in mdoc(7) lists, one a line.
/^\.It Fl / {
	gsub(/ Ns /, " ")
	for (i = 2; i < NF; i++) {
		if ($i != "Fl")
			continue
		name = $(i + 1)
		if (name == "Fl")
			name = "-" $(i + 2)
		gsub(/\\-/, "-", name)
		sub(/[,=].*/, "", name)
		if (name == "Fl" || name == "-")
			continue
		print "-" name
		if (name ~ /^-/)
			i++
	}
}
