# SPDX-License-Identifier: BSD-2-Clause
# Names of one kernel's files, globals and macros, comments aside.
{
	line = $0
	while (comment || line ~ /\/\*/) {
		if (comment) {
			if (!(at = index(line, "*/")))
				next
			line = substr(line, at + 2)
			comment = 0
		} else {
			at = index(line, "/*")
			rest = substr(line, at + 2)
			line = substr(line, 1, at - 1)
			if ((end = index(rest, "*/")) > 0)
				line = line " " substr(rest, end + 2)
			else {
				comment = 1
				break
			}
		}
	}
}

# A blank on either side stands for the line's ends.
{
	line = " " line " "
	gsub(/[^A-Za-z0-9_]/, " ", line)
}

line ~ / (minibsd|netinet6?|netgraph|netipsec|ipforwarding) / ||
    line ~ / (ip6?|tcp|udp|in6?|icmp|igmp)_(input|output|usrreq|var|pcb)/ ||
    line ~ / if_(var|ethersubr|loop)/ ||
    line ~ / V_(ip|tcp|udp|if|in6?)[a-z0-9_]+ / {
	printf "%s:%d: the name of something in one tree\n", FILENAME, FNR
	bad = 1
}

END {
	exit bad
}
