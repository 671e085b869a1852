#!/bin/sh
# usage: killed.sh VERIFY
#
# End a run by a signal after three objects; then finish it.  Prints what is
# compiled before and after.

set -u

printf '%s\n' '#!/bin/sh' "cd='$PWD'" \
    'if test ! -e "$cd/goon" && test "$(wc -l < "$cd/log")" -ge 3; then' \
    '	touch "$cd/stopped"' \
    '	exec sleep 20 > /dev/null 2>&1' \
    'fi' 'exec "$cd/count.sh" "$@"' > slow.sh
chmod +x slow.sh
: > log
timeout 60 "$1" -j1 -q -p . --plain=plain --converted=converted --work=work \
    --launcher=./slow.sh > /dev/null 2>&1 &
run=$!
tries=0
while test ! -e stopped && test $tries -lt 200; do
	sleep 0.1
	tries=$((tries + 1))
done
kill -TERM "$run"
wait "$run"
echo "ended: $?, compiled: $(wc -l < log)"
touch goon
timeout 60 "$1" -j1 -q -p . --plain=plain --converted=converted --work=work \
    --launcher=./slow.sh
echo "status $?"
sort log
