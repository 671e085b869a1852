# SPDX-License-Identifier: BSD-2-Clause
# usage: cause.sh DIR CAUSE FILE SCRIPT COMPILER ...
#
# Plant a fault in FILE of the converted example with sed(1), and print, for
# each compiler, why the objects differ.  DIR is made anew.

set -e
dir=$1 cause=$2 file=$3 script=$4
shift 4
rm -rf "$dir"
mkdir -p "$dir/work"
cp -R "${0%/*}/plain" "${0%/*}/converted" "$dir"
cd "$dir"
sed -e "$script" converted/$file > new
mv new converted/$file
for cc; do
	"$cause" plain converted a.c work "$cc" -O2
done
rmdir work
