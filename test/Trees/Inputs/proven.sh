#!/bin/sh
# Does each object that differs have a cause, and none a guess?

awk '/: differs/ { n++; open++ }
/^    cause: / { open = 0 }
/^    guess: / { bad = 1 }
/[0-9] compared = .* but for the order/ { bad = 1 }
/: differs/ && open > 1 { bad = 1 }
END { exit(bad || open > 0 || n > 3) }'
