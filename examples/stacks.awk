# SPDX-License-Identifier: BSD-2-Clause
#
# The values that differ from stack to stack in minibsd's output, side by side.

/^=== / {
	stack = /^=== stack [0-9]+$/ ? $3 : ""
	if (stack != "" && stack >= stacks)
		stacks = stack + 1
}

stack != "" && /^[a-z0-9_.]+: / && !/Format:/ {
	name = $1
	sub(/:$/, "", name)
	sub(/^[^:]*: /, "")
	if (!(name in known)) {
		known[name] = 1
		names[++n] = name
	}
	value[name, stack] = $0
}

END {
	if (stacks != 3) {
		print "not three stacks but " stacks + 0
		exit 1
	}
	printf "%-32s %-12s %-12s %s\n", "", "stack 0", "stack 1", "stack 2"
	for (i = 1; i <= n; i++) {
		name = names[i]
		if (value[name, 0] == value[name, 1] &&
		    value[name, 1] == value[name, 2])
			continue
		printf "%-32s %-12s %-12s %s\n", name, value[name, 0],
		    value[name, 1], value[name, 2]
		differ++
	}
	if (!differ) {
		print "the stacks do not differ"
		exit 1
	}
}
