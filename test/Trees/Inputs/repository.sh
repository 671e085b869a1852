#!/bin/sh
# usage: repository.sh DIR COMPILER
#
# A repository DIR/repo, with the plain tree as the first commit and the
# converted one as the second, in sys/; a generated header that git does not
# know; and a compilation database for its checkout.

set -eu

inputs=$(cd "$(dirname "$0")" && pwd)
FILES="netinet/ip_vars.c netinet/ip_input.c gen.c" \
    sh "$inputs/trees.sh" "$1" "$2"
cd "$1"
for side in plain converted; do
	echo '#include "gen.h"' > $side/gen.c
	echo 'int gen = GEN;' >> $side/gen.c
done
sed "s,$(pwd)/plain,$(pwd)/repo/sys," compile_commands.json > db.json
mkdir repo
cd repo
git init -q .
git config user.email test@localhost
git config user.name test
for side in plain converted; do
	rm -rf sys
	cp -R ../$side sys
	git add -A
	git commit -q -m $side
done
git tag same
mv ../db.json compile_commands.json
echo '#define GEN 3' > sys/gen.h
