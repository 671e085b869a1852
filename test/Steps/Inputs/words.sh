#!/bin/sh
# A compiler whose object is the words that it was called with, but for the
# names of temporary files.
words=
for word; do
	case $last in
	-o)	output=$word ;;
	-MF)	echo x: > "$word" ;;
	*)	words="$words<$word>
" ;;
	esac
	last=$word
done
printf '%s' "$words" > "$output"
