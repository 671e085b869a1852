# SPDX-License-Identifier: BSD-2-Clause
# Another order of the entries of a database that compdb.sh wrote.
/^{/ { n++ }
/^[[\]]/ { next }
{ sub(/ },$/, " }"); entry[n] = entry[n] (entry[n] == "" ? "" : "\n") $0 }
END {
	print "["
	for (i = 1; i <= n; i += 2)
		put(i)
	for (i = n - n % 2; i > 0; i -= 2)
		put(i)
	print "\n]"
}
function put(i) {
	printf "%s%s", sep, entry[i]
	sep = ",\n"
}
