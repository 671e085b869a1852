#!/bin/sh
# All that is in the repository here: names, times, sums; and what git says.

find . -type f -printf '%p %T@ %s\n' | sort
find . -type f -exec md5sum {} + | sort
find . -type d | sort
GIT_OPTIONAL_LOCKS=0 git status --short
git worktree list
git rev-parse HEAD
