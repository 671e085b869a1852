#!/bin/sh
# The compiler in REAL_CC, which leaves a line in the file LOG.
echo run >> "$LOG"
exec "$REAL_CC" "$@"
