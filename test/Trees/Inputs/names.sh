#!/bin/sh
# usage: names.sh DIR COMPILER
#
# Make the trees of trees.sh, and a source of theirs whose name, and whose
# command, is full of what shells and ninja(1) read.

set -eu

FILES= sh "$(dirname "$0")/trees.sh" "$1" "$2"
cd "$1"
folder='a b/$x;y
`z'
file=$folder/'c '\''"d".c'
for side in plain converted; do
	mkdir -p "$side/$folder"
	{
		echo '#include <netinet/ip_var.h>'
		echo 'const char *text = TEXT;'
		echo 'int get(void);'
		echo 'int get(void) { return (VALUE); }'
	} > "$side/$file"
done
sed -i 's/VALUE/ip_ttl/' "plain/$file"
sed -i 's/VALUE/V_ip_ttl/' "converted/$file"
cat > compile_commands.json <<END
[{ "directory": "$(pwd)/plain",
   "file": "a b/\$x;y\\n\`z/c '\\"d\\".c",
   "arguments": ["$2", "-O2", "-I.", "-DTEXT=\\"\$HOME; \`id\`\\\\n'x' \\"",
       "-c", "a b/\$x;y\\n\`z/c '\\"d\\".c"] }]
END
