# SPDX-License-Identifier: BSD-2-Clause
# usage: same.sh MIRROR CC CLANG TEST OUT
#
# TEST holds plain/ and converted/ (one file at least of each is x.c) and
# "flags", a line for each way to compile.  The objects of x.c in the copies
# are the same in each way; so are those of the trees padded by counterpatch.
# Those of the trees as they are differ in one way at least.  If TEST holds
# "neutral", that is x.c in the copy of converted/ ("neutral.h": x.h); what the
# program prints of lines without a number is "stretches", and of places that
# cannot be padded "unpadded", after which the padded trees are not compared.
set -e
mirror=$1 cc=$2 clang=$3 test=$4 out=$5

rm -rf "$out"
split-file "$test" "$out"
cd "$out"
touch stretches unpadded
"$mirror" --counterpatch=pad plain converted work > said
grep '^unmapped ' said | diff stretches -
grep '^unpadded ' said | diff unpadded -
test ! -f neutral || diff neutral work/1/x.c
test ! -f neutral.h || diff neutral.h work/1/x.h

for side in plain converted; do
	mkdir "padded-$side"
	cp -R "$side" "padded-$side/tree"
done
test ! -s pad || (cd padded-plain/tree && patch -s -p1 < ../../pad)
test ! -s pad.converted ||
    (cd padded-converted/tree && patch -s -p1 < ../../pad.converted)

# compile COMPILER FLAGS DIRECTORY OBJECT
compile()
{
	(cd "$3" && "$1" $2 -w -I. -c x.c -o "$out/$4.o")
}

differs=no
while read -r flags; do
	for compiler in "$cc" "$clang"; do
		compile "$compiler" "$flags" plain raw0
		compile "$compiler" "$flags" converted raw1
		cmp -s raw0.o raw1.o || differs=yes
		compile "$compiler" "$flags" work/0 copy0
		compile "$compiler" "$flags" work/1 copy1
		cmp copy0.o copy1.o
		test -s unpadded && continue
		compile "$compiler" "$flags" padded-plain/tree padded0
		compile "$compiler" "$flags" padded-converted/tree padded1
		cmp padded0.o padded1.o
	done
done < flags
test $differs = yes
